package compare

import (
	"slices"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// daysPerWeek is the length of a week.
const daysPerWeek = 7

// pairOf returns the window that w, a sum of p, is compared with: the sum over before. Weeks do
// not fill every span alike, so weeks are paired by number: as many weeks as w has, from the first
// whole week of before on. If before has a week less, the last week straddles its end. It still
// ends before w begins, because the weeks of a series follow each other.
func pairOf(p *Path, w Window, before stat.Period) Window {
	if p.freq != stat.Weekly || p.isStock() {
		return p.Sum(before.Start, before.End)
	}
	first, _, _, _ := p.span(before.Start, before.End)
	return p.Sum(first, first.AddDays(w.Days-1))
}

// pairNotes returns what a reader must know of both windows of a comparison: the notes on w, why
// there is no change, and the days of prior. The spans of paired weeks are always stated.
func pairNotes(p *Path, w, prior Window, why note.List) note.List {
	out := slices.Concat(w.Note, why)
	if p.freq != stat.Weekly || p.isStock() || !prior.Value.IsKnown() {
		return append(out, span(note.PriorSpan, prior)...)
	}
	if w.Days == prior.Days && w.Days%daysPerWeek == 0 {
		out = append(out, note.Note{Code: note.WeeksPaired, N: w.Days / daysPerWeek})
	}
	return append(out, note.Note{Code: note.PriorSpan, From: prior.Start, To: prior.End})
}
