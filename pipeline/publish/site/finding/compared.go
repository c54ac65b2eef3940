package finding

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// compared is a figure and the one that it is compared with.
type compared struct {
	value, prior stat.Count
	percent      row.Number
	notes        note.List
	status       stat.Status
	ranged       bool   // whether the figures are minimum counts
	when, before string // "in May 2026", "in May 2025"
}

// A change of this many per cent or more is said as two figures.
const hugePercent = 1000

// text returns a finding in three parts: what, and after when it was, the rest. It is empty if the two
// figures cannot be compared in fairness.
func (c compared) text(noun string) (what, rest string, ok bool) {
	value, known := c.value.Get()
	prior, priorKnown := c.prior.Get()
	if !known || !priorKnown || c.status == stat.Break || c.notes.Has(note.Immature) {
		return "", "", false
	}
	if value == 0 && (prior == 0 || c.ranged) {
		return "", "", false // that there is still none is no finding, and a minimum of none says nothing
	}
	both, countable := counting(value, noun)
	if c.ranged || c.notes.Has(note.Incomplete) || c.notes.Has(note.PriorIncomplete) {
		least := fmt.Sprintf(", against at least %s %s", wording.Thousands(prior), c.before)
		if prior == 0 {
			least = ", against none recorded " + c.before
		}
		return "at least " + both, least, countable
	}
	f, comparable := c.percent.Get()
	against := fmt.Sprintf(", against %s %s", wording.Thousands(prior), c.before)
	switch {
	case value == prior:
		return "as many " + noun, fmt.Sprintf(" as %s: %s", c.before, wording.Thousands(value)), true
	case listing.IsLowBase(c.percent, c.prior, c.notes), comparable && math.Abs(f) >= hugePercent:
		return both, against, countable
	case !comparable:
		return "", "", false // the windows differ, or a source says that they do not compare
	case wording.OneDecimal(f) == 0:
		return fewer(value-prior) + " " + noun, " than " + c.before, true
	}
	return wording.More(f) + " " + noun, " than " + c.before, true
}

// counting writes a value with what is counted: one of people is a person. Other titles have no
// singular, and then it is not ok.
func counting(value int64, noun string) (text string, ok bool) {
	if value != 1 {
		return wording.Thousands(value) + " " + noun, true
	}
	rest, ok := strings.CutPrefix(noun, "people ")
	return "1 person " + rest, ok
}

// fewer says a change that is not zero as a number: "3 fewer", "12 more".
func fewer(change int64) string {
	if change < 0 {
		return wording.Thousands(-change) + " fewer"
	}
	return wording.Thousands(change) + " more"
}

// The ways to say how far a year has come.
const (
	byDate = "by date"
	byWeek = "by week"
)

// yearToDate says the newest year to date of a series next to the same days, or weeks, of the year
// before.
func (s sayer) yearToDate(series stat.SeriesID, way string) Finding {
	rows := slices.DeleteFunc(s.index.YearToDate.Of(series), func(r *row.YearToDate) bool { return !r.Value.IsKnown() })
	if len(rows) == 0 {
		return Finding{}
	}
	r := slices.MaxFunc(rows, func(a, b *row.YearToDate) int { return cmp.Compare(a.Year, b.Year) })
	c := compared{value: r.Value, prior: r.PriorValue, percent: r.ChangePercent, notes: r.Note, status: r.Status, ranged: wording.IsRange(r.Lower, r.Upper)}
	switch {
	case r.Cutoff == stat.Year(r.Year).End:
		c.when, c.before = fmt.Sprintf("in %d", r.Year), fmt.Sprintf("in %d", r.Year-1)
	case way == byWeek:
		c.when, c.before = "in the weeks of "+fmt.Sprint(r.Year)+" to "+wording.DayMonth(r.Cutoff), fmt.Sprintf("in the same weeks of %d", r.Year-1)
	default:
		c.when, c.before = "by "+r.Cutoff.Long(), "by "+wording.DayMonth(r.Cutoff)+" "+fmt.Sprint(r.Year-1)
	}
	what, rest, ok := c.text(s.noun)
	if !ok {
		return Finding{}
	}
	return s.found(what, c.when, rest, *r)
}

// onYear says the newest period or date of a basis of the table year-on-year next to the same a year
// before, and that it is the highest or the lowest of all, if it is.
func (s sayer) onYear(series stat.SeriesID, basis string) Finding {
	rows := slices.DeleteFunc(s.index.YearOnYear.Of(series), func(r *row.YearOnYear) bool { return r.Basis != basis || !r.Value.IsKnown() })
	if len(rows) == 0 {
		return Finding{}
	}
	slices.SortFunc(rows, func(a, b *row.YearOnYear) int { return cmp.Compare(a.PeriodEnd, b.PeriodEnd) })
	r := rows[len(rows)-1]
	c := compared{value: r.Value, prior: r.PriorValue, percent: r.ChangePercent, notes: r.Note, status: r.Status, ranged: wording.IsRange(r.Lower, r.Upper)}
	c.when = wording.During(r.PeriodStart, r.PeriodEnd)
	c.before = wording.During(r.PeriodStart.AddYears(-1), r.PeriodEnd.AddDays(1).AddYears(-1).AddDays(-1))
	if basis == "point" {
		c.when, c.before = "on "+r.PeriodEnd.Long(), "a year before"
	}
	what, rest, ok := c.text(s.noun)
	if !ok {
		return Finding{}
	}
	if !c.ranged && !s.behind {
		rest += extreme(rows)
	}
	return s.found(what, c.when, rest, *r)
}

// fewest is how many periods there must be for the newest to be called the highest or lowest of all.
const fewest = 8

// extreme says that the last of rows has the highest or the lowest value of all, or returns "". Rows are
// of one basis and in order; with a gap or a break in series among them nothing is said.
func extreme(rows []*row.YearOnYear) string {
	last := rows[len(rows)-1]
	value, _ := last.Value.Get()
	highest, lowest := true, true
	for i, r := range rows[:len(rows)-1] {
		if n, _ := r.Value.Get(); n >= value {
			highest = false
		}
		if n, _ := r.Value.Get(); n <= value {
			lowest = false
		}
		if r.PeriodEnd.AddDays(1) != rows[i+1].PeriodStart && r.Basis != "point" || r.Status == stat.Break || r.Note.Has(note.Incomplete) {
			return ""
		}
	}
	if len(rows) < fewest || !highest && !lowest || last.Note.Has(note.Incomplete) {
		return ""
	}
	what, each := "the fewest", map[string]string{"month": "in any month", "quarter": "in any quarter", "year": "in any year", "point": "on any date"}[last.Basis]
	if highest {
		what = "the most"
	}
	return fmt.Sprintf(", %s %s since %s", what, each, wording.PeriodText(rows[0].PeriodStart, rows[0].PeriodEnd))
}
