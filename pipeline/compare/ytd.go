package compare

import (
	"fmt"
	"time"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// YTD is a year to date: so far this year, by the same date of the year before,
// and the whole of the year before. The three are always stated together.
type YTD struct {
	Year   int
	Cutoff stat.Date // the month and day of the cut-off, in Year
	Window           // 1 January to Cutoff; Status is that of its value

	Prior         stat.Count // by the same date of the year before; of weeks as many as in Window
	PriorWindow   Window     // the window whose value is Prior
	Change        stat.Count // may be negative
	ChangePercent Percent
	// PriorYear is the whole calendar year before. It is missing if Prior is, because a part
	// year is never compared with only a whole year.
	PriorYear stat.Count
	// PriorYearIncomplete says that PriorYear is a sum that lacks rows.
	PriorYearIncomplete bool

	Vintage stat.Date // the newest vintage among all parts of the row
	Note    note.List // everything that the row must say, Window.Note included

	// Young is set by the caller if the value may still move.
	Young *Young
}

// YearToDate returns the year to date of every covered year up to that of the cut-off, oldest
// first, each to the cut-off's month and day:
//
//	YTD(y, C) = Σ days from 1 January of y to the month and day of C
//
// Years are aligned by calendar date, never by day number, so a leap year may have a day more.
// A cut-off on 29 February is 28 February in common years. Weeks are paired by number: the whole
// weeks inside the year to C, and as many first whole weeks of the year before. A stock is an error,
// and so is a zero cut-off.
func YearToDate(p *Path, cutoff stat.Date) ([]YTD, error) {
	if cutoff.IsZero() {
		return nil, fmt.Errorf("year to date of %s: no cut-off", p.series.ID)
	}
	if p.isStock() {
		return nil, fmt.Errorf("year to date of %s: a stock is not summed over time", p.series.ID)
	}
	first, last := p.Coverage()
	if first.IsZero() {
		return nil, nil
	}
	var out []YTD
	for y := first.Year(); y <= min(last.Year(), cutoff.Year()); y++ {
		out = append(out, p.yearToDate(y, cutoff))
	}
	return out, nil
}

// yearToDate returns the row of year y.
func (p *Path) yearToDate(y int, cutoff stat.Date) YTD {
	w, whole := p.toDate(y, cutoff), p.wholeYear(y-1)
	prior := pairOf(p, w, stat.Period{Start: stat.Year(y - 1).Start, End: cutoff.InYear(y - 1)})
	r := YTD{Year: y, Cutoff: cutoff.InYear(y), Window: w, Prior: prior.Value, PriorWindow: prior,
		Vintage: max(w.Vintage, prior.Vintage)}
	if prior.Value.IsKnown() {
		r.PriorYear = whole.Value
		r.Vintage = max(r.Vintage, whole.Vintage)
	}
	var why note.List
	r.Change, r.ChangePercent, why = compare(w, prior)
	r.Note = pairNotes(p, w, prior, why)
	if r.PriorYear.IsKnown() {
		r.Note = append(r.Note, span(note.PriorYearSpan, whole)...)
		if r.PriorYearIncomplete = whole.Incomplete(); r.PriorYearIncomplete {
			r.Note = append(r.Note, note.Note{Code: note.PriorYearIncomplete})
		}
	}
	return r
}

// toDate sums 1 January of y to the month and day of the cut-off.
func (p *Path) toDate(y int, cutoff stat.Date) Window {
	return p.Sum(stat.NewDate(y, time.January, 1), cutoff.InYear(y))
}

// wholeYear sums the calendar year y.
func (p *Path) wholeYear(y int) Window {
	return p.Sum(stat.Year(y).Start, stat.Year(y).End)
}

// span returns a note with the days of a window that was cut back and has a value.
func span(code note.Code, w Window) note.List {
	if !w.Value.IsKnown() || w.Complete {
		return nil
	}
	return note.List{{Code: code, From: w.Start, To: w.End}}
}
