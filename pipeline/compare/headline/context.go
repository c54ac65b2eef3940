package headline

import (
	"fmt"
	"strconv"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// Context holds the words for a figure that may explain a part of a change.
type Context struct {
	ID    string    // ends the identifier of the headline
	Words [2]string // singular and plural, such as "day had arrivals", "days had arrivals"
	Per   string    // such as "per such day"
}

// InContext returns the sentence on a change and its context. ok is false if the series has no
// words, or if a ratio is not known.
func InContext(s *stat.Series, x Context, c compare.Context, k Known) (h Headline, ok bool) {
	per, known := c.Per.Get()
	priorPer, priorKnown := c.PriorPer.Get()
	if s.Many == "" || !known || !priorKnown {
		return Headline{}, false
	}
	n, _ := c.Of.Get()
	before, _ := c.PriorOf.Get()
	percent := func(p compare.Percent) string {
		if !p.IsKnown() {
			return ""
		}
		return " (" + p.Signed() + ")"
	}
	prior, _ := c.Prior.Get()
	text := render("context", fields{"Late": k.reach(c.Period.End), "Start": c.Period.Start.Long(), "End": c.Period.End.Long(),
		"YearBefore": yearBefore(c.Period, c.PriorPeriod), "PriorStart": c.PriorPeriod.Start.Long(), "PriorEnd": c.PriorPeriod.End.Long(), "Of": Number(n) + " " + plural(x.Words, n), "PriorOf": Number(before),
		"Count": counted(s, c.Value, stat.Count{}, stat.Count{}, false), "Prior": Number(prior), "Change": percent(c.ChangePercent),
		"Per": strconv.FormatFloat(per, 'f', 1, 64), "Unit": x.Per, "PriorPer": strconv.FormatFloat(priorPer, 'f', 1, 64), "PerChange": percent(c.PerChangePercent)})
	return Headline{ID: id(s, "context") + "-" + x.ID, Text: text, Series: s.ID, Cutoff: c.Period.End,
		Rows: []string{fmt.Sprintf("context/%s/%s/%s", s.ID, x.ID, c.Period.Start)}, Status: c.Status, Vintage: c.Vintage}, true
}

// yearBefore returns the year of a window on the same dates of the year before, or 0 if the window has
// other dates.
func yearBefore(p, prior stat.Period) int {
	date := func(d stat.Date) string { return d.Time().Format("01-02") }
	before := p.Start.Year() - 1
	if prior.Start.Year() != before || p.End.Year()-1 != prior.End.Year() || before+1 != p.End.Year() || date(p.Start) != date(prior.Start) || date(p.End) != date(prior.End) {
		return 0
	}
	return before
}
