package card

import (
	"fmt"
	"slices"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Lead is the first thing that the front page says: a finding, and the three figures that it rests on.
type Lead struct {
	Kicker  string // the title of the series
	Finding string
	Figures []LeadFigure
}

// LeadFigure is a figure of the lead. Class is "now", "before" or "past".
type LeadFigure struct{ Value, Text, Class string }

// NewLead returns the lead from the newest year to date of a series. It has no finding if there is no
// figure.
func NewLead(index *content.Index, id stat.SeriesID) Lead {
	r := newest(slices.DeleteFunc(index.YearToDate.Of(id), func(x *row.YearToDate) bool { return !x.Value.IsKnown() }))
	if r == nil {
		return Lead{}
	}
	l := Lead{Kicker: index.Title(id), Finding: finding(index, r)}
	show := func(n stat.Count, text, class string) {
		if n.IsKnown() {
			l.Figures = append(l.Figures, LeadFigure{wording.Count(n), text, class})
		}
	}
	newest := "now"
	if index.Stopped(id) {
		newest = "before" // of the past
	}
	show(r.Value, window(index, r), newest)
	if !r.PriorValue.IsKnown() {
		return l // a part year is never next to a whole one without the part of that
	}
	if whole(r.Cutoff) {
		show(r.PriorValue, fmt.Sprintf("in %d", r.Year-1), "before")
		return l
	}
	show(r.PriorValue, fmt.Sprintf("by %s %d", wording.DayMonth(r.Cutoff), r.Year-1), "before")
	show(r.PriorYearValue, fmt.Sprintf("in the whole of %d", r.Year-1), "past")
	return l
}

// finding says the change on the year before. Without one it says the figure.
func finding(index *content.Index, r *row.YearToDate) string {
	unit := index.Unit(r.Series)
	if unit == "persons" {
		unit = "people"
	}
	if !r.ChangePercent.Known {
		return fmt.Sprintf("%s %s %s", wording.Count(r.Value), unit, window(index, r))
	}
	if whole(r.Cutoff) {
		return fmt.Sprintf("%s %s in %d than in %d", wording.More(r.ChangePercent.Value), unit, r.Year, r.Year-1)
	}
	return fmt.Sprintf("%s %s than by the same date of %d", wording.More(r.ChangePercent.Value), unit, r.Year-1)
}
