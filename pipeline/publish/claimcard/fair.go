package claimcard

import (
	"fmt"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/claim"
	"crossings/pipeline/compare/claim/words"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// fair returns the sentence that says the figures of a window in the fair form: a part of a year with the
// same part of the year before and all of that, anything else with its like.
func (k card) fair(m claim.Match) string {
	title := k.about(m.Series).Title
	if m.Per != "" {
		return fmt.Sprintf("%s, %s: %s; %s: %s. That is %s. Release of %s.", title, wording.PeriodText(m.WindowStart, m.WindowEnd), wording.Count(m.Value),
			k.about(m.Per).Title, wording.Count(m.PerValue), k.ratio(m), m.AsOf.Long())
	}
	if k.isPartYear(m) {
		return k.partYear(m, title)
	}
	text := fmt.Sprintf("%s, %s: %s", title, on(m.Basis, m.WindowStart, m.WindowEnd), wording.Count(m.Value))
	if m.Prior.IsKnown() {
		text += fmt.Sprintf("; %s: %s%s", on(m.Basis, m.PriorStart, m.PriorEnd), wording.Count(m.Prior), change(m.Percent))
	}
	return text + ". Release of " + m.AsOf.Long() + "."
}

// ratio says what one count is of another.
func (k card) ratio(m claim.Match) string {
	if v, _ := m.Value.Get(); v > 0 {
		d, _ := m.PerValue.Get()
		if d >= v {
			return fmt.Sprintf("%s %% of them, or one in %s", wording.Decimal(100*float64(v)/float64(d)), wording.Decimal(float64(d)/float64(v)))
		}
		return wording.Decimal(float64(v)/float64(d)) + " each"
	}
	return "none"
}

// isPartYear reports whether a window is the first part of a year.
func (k card) isPartYear(m claim.Match) bool {
	s := k.about(m.Series)
	return s.Kind == stat.Flow && m.Basis == words.BasisYearToDate && m.WindowStart.Year() == m.WindowEnd.Year()
}

// partYear says the first part of a year, the same of the year before, and the whole of that.
func (k card) partYear(m claim.Match, title string) string {
	y := m.WindowEnd.Year()
	text := fmt.Sprintf("%s in %d to %s: %s", title, y, wording.DayMonth(m.WindowEnd), wording.Count(m.Value))
	prior, start := m.Prior, stat.NewDate(y-1, time.January, 1)
	percent := m.Percent
	if m.PriorEnd.Year() != y-1 { // the sentence compares with another year
		before := k.a.Over(m.Series, m.AsOf, stat.Period{Start: start, End: m.WindowEnd.InYear(y - 1), Precision: stat.PrecisionRange})
		prior, percent = before, compare.PercentChange(m.Value, before)
	}
	if prior.IsKnown() {
		text += fmt.Sprintf("; by the same date of %d: %s%s", y-1, wording.Count(prior), change(percent))
	}
	if whole := k.a.Over(m.Series, m.AsOf, stat.Year(y-1)); whole.IsKnown() {
		text += fmt.Sprintf("; in the whole of %d: %s", y-1, wording.Count(whole))
	}
	return text + ". Release of " + m.AsOf.Long() + "."
}

// change writes a change in brackets.
func change(p compare.Percent) string {
	f, known := p.Get()
	if !known {
		return ""
	}
	return " (" + wording.Percent(f) + ")"
}

// on writes when a window is, and what kind it is of where the dates do not say.
func on(basis string, start, end stat.Date) string {
	if basis == compare.BasisYearEnding || basis == compare.BasisRolling {
		return "twelve months to " + end.Long()
	}
	return wording.PeriodText(start, end)
}
