package incidentmap

import (
	"fmt"
	"slices"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// maxYears is how many years can be chosen one by one. Those before are one period.
const maxYears = 6

// Period is a span that a reader can choose. Class is that of everything that belongs to it.
type Period struct {
	Class, Label string
	Part         string // until when it reaches if it is not over, or ""
	Says         string // how many incidents and people, in a sentence
	first, last  int    // years
}

// periods returns the periods of entries, the newest first, and gives each entry its own. until is the
// last day that the list has an incident of.
func periods(list []*entry, until stat.Date) []Period {
	var years []int
	for _, e := range list {
		if y := e.DateStart.Year(); !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	slices.Sort(years)
	slices.Reverse(years)
	var out []Period
	for i, y := range years {
		if i >= maxYears {
			oldest := years[len(years)-1]
			out = append(out, Period{first: oldest, last: y, Label: label(oldest, y)})
			break
		}
		p := Period{first: y, last: y, Label: label(y, y)}
		if y == until.Year() && until.AddDays(1).Year() == y {
			p.Part = "to " + wording.DayMonth(until)
		}
		out = append(out, p)
	}
	for i := range out {
		out[i].Class = fmt.Sprintf("p%d", i)
		var t tally
		for _, e := range list {
			if y := e.DateStart.Year(); y >= out[i].first && y <= out[i].last {
				e.period = i
				t.add(e)
			}
		}
		when := "in " + out[i].Label
		if out[i].Part != "" {
			when += ", " + out[i].Part
		}
		out[i].Says = t.says(when)
	}
	return out
}

func label(first, last int) string {
	if first == last {
		return fmt.Sprint(first)
	}
	return fmt.Sprintf("%d–%02d", first, last%100)
}

// says says how many incidents and people there were in a period.
func (t tally) says(when string) string {
	return fmt.Sprintf("%s %s: at least %s people, %s found dead and %s missing.", wording.Counted(t.incidents, "incident", "incidents"), when,
		wording.Thousands(t.people), wording.Thousands(t.dead), wording.Thousands(t.missing))
}
