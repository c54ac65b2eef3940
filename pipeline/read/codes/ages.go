package codes

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
)

// The forms of a folded label that names ages.
var (
	ageFrame = regexp.MustCompile(`^(?:aged? |ages )?(.*?)(?: ?(?:years?|yrs?)(?:[ -]olds?| of age)?)?$`)
	ageFrom  = regexp.MustCompile(`^(\d{1,3})(?: ?(?:years?|yrs?)(?: old)?)? ?(?:to|-) ?(\d{1,3})$`)
	ageUnder = regexp.MustCompile(`^(?:under|below|less than|younger than|<)[ -]?(\d{1,3})$`)
	ageUpTo  = regexp.MustCompile(`^(?:up to (\d{1,3})|(\d{1,3})(?: ?(?:years?|yrs?)(?: old)?)? (?:and|or) (?:under|below|less|younger))$`)
	ageOver  = regexp.MustCompile(`^(?:over|above|older than|more than|>) ?(\d{1,3})$`)
	ageSince = regexp.MustCompile(`^(?:(\d{1,3})(?: ?(?:years?|yrs?)(?: old)?)?(?: ?\+| (?:and|or) (?:over|above|more|older))|>= ?(\d{1,3}))$`)
	ageOne   = regexp.MustCompile(`^(\d{1,3})$`)
)

// oldest is the highest age in a band.
const oldest = 120

// ageCode returns the code of a folded label that states an age or a span of ages: "18 to 24",
// "under 18", "17 and under", "70+". The codes are those of SDMX; a span from birth is the one
// under its end, whatever words say it. It returns "" for any other text.
func ageCode(folded string) string {
	text := ageFrame.FindStringSubmatch(folded)[1]
	year := func(form *regexp.Regexp) int {
		m := form.FindStringSubmatch(text)
		if m == nil {
			return -1
		}
		n, _ := strconv.Atoi(cmp.Or(m[1], m[len(m)-1])) // up to three digits
		return n
	}
	switch m := ageFrom.FindStringSubmatch(text); {
	case m != nil:
		from, _ := strconv.Atoi(m[1])
		to, _ := strconv.Atoi(m[2])
		return span(from, to)
	case year(ageUnder) > 0:
		return span(0, year(ageUnder)-1)
	case year(ageUpTo) >= 0:
		return span(0, year(ageUpTo))
	case year(ageOver) >= 0:
		return since(year(ageOver) + 1)
	case year(ageSince) >= 0:
		return since(year(ageSince))
	case year(ageOne) >= 0 && year(ageOne) <= oldest:
		return fmt.Sprintf("Y%d", year(ageOne))
	}
	return ""
}

// span returns the code of the ages from one to another, both included.
func span(from, to int) string {
	switch {
	case to < from || to > oldest:
		return ""
	case from == 0:
		return fmt.Sprintf("Y_LT%d", to+1)
	case from == to:
		return fmt.Sprintf("Y%d", from)
	}
	return fmt.Sprintf("Y%dT%d", from, to)
}

// since returns the code of all ages from one on.
func since(from int) string {
	if from <= 0 || from > oldest {
		return ""
	}
	return fmt.Sprintf("Y_GE%d", from)
}
