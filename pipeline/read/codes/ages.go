package codes

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
)

// ageFrame matches the words around the ages in a folded label.
var ageFrame = regexp.MustCompile(`^(?:aged? |ages )?(.*?)(?: ?(?:years?|yrs?)(?:[ -]olds?| of age)?)?$`)

// ageFrom matches the first and the last of some ages.
var ageFrom = regexp.MustCompile(`^(\d{1,3})(?: ?(?:years?|yrs?)(?: old)?)? ?(?:to|-) ?(\d{1,3})$`)

// ageForms are the forms of ages with one number, and the codes that the number gives.
var ageForms = []struct {
	form *regexp.Regexp
	code func(n int) string
}{
	{regexp.MustCompile(`^(?:under|below|less than|younger than|<)[ -]?(\d{1,3})$`), func(n int) string { return span(0, n-1) }},
	{regexp.MustCompile(`^(?:up to (\d{1,3})|(\d{1,3})(?: ?(?:years?|yrs?)(?: old)?)? (?:and|or) (?:under|below|less|younger))$`), func(n int) string { return span(0, n) }},
	{regexp.MustCompile(`^(?:over|above|older than|more than|>) ?(\d{1,3})$`), func(n int) string { return since(n + 1) }},
	{regexp.MustCompile(`^(?:(\d{1,3})(?: ?(?:years?|yrs?)(?: old)?)?(?: ?\+| (?:and|or) (?:over|above|more|older))|>= ?(\d{1,3}))$`), since},
	{regexp.MustCompile(`^(\d{1,3})$`), one},
}

// oldest is the highest age in a band.
const oldest = 120

// ageCode returns the code of a folded label that states an age or a span of ages: "18 to 24",
// "under 18", "17 and under", "70+". The codes are those of SDMX; a span from birth is the one
// under its end, whatever words say it. It returns "" for any other text.
func ageCode(folded string) string {
	text := ageFrame.FindStringSubmatch(folded)[1]
	number := func(digits string) int { n, _ := strconv.Atoi(digits); return n } // up to three digits
	if m := ageFrom.FindStringSubmatch(text); m != nil {
		return span(number(m[1]), number(m[2]))
	}
	for _, x := range ageForms {
		if m := x.form.FindStringSubmatch(text); m != nil {
			return x.code(number(cmp.Or(m[1:]...)))
		}
	}
	return ""
}

// one returns the code of one age.
func one(age int) string {
	if age > oldest {
		return ""
	}
	return fmt.Sprintf("Y%d", age)
}

// span returns the code of the ages from one to another, both included.
func span(from, to int) string {
	switch {
	case to < from || to > oldest:
		return ""
	case from == 0:
		return fmt.Sprintf("Y_LT%d", to+1)
	case from == to:
		return one(from)
	}
	return fmt.Sprintf("Y%dT%d", from, to)
}

// since returns the code of all ages from one on.
func since(from int) string {
	if from == 0 || from > oldest {
		return ""
	}
	return fmt.Sprintf("Y_GE%d", from)
}
