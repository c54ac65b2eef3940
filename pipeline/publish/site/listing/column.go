package listing

import (
	"cmp"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// Column is a column of a table for people. Cell returns the text for a row of the published table;
// Class is the class of the cells.
type Column[R any] struct {
	Head, Class string
	Cell        func(r *R) string
}

// Plain returns a column of figures, or the one that heads the rows.
func Plain[R any](head string, cell func(r *R) string) Column[R] { return Column[R]{head, "", cell} }

// Main returns the column of the figures that the rows are about.
func Main[R any](head string, cell func(r *R) string) Column[R] {
	return Column[R]{head, ClassMain, cell}
}

// Text returns a column of words.
func Text[R any](head string, cell func(r *R) string) Column[R] {
	return Column[R]{head, ClassText, cell}
}

// Notes returns the column of the notes on the rows.
func Notes[R any](of func(r *R) note.List) Column[R] {
	return Column[R]{"Notes", ClassNote, func(r *R) string { return cmp.Or(of(r).String(), wording.Nothing) }}
}

// File returns a column of file names and the like.
func File[R any](head string, cell func(r *R) string) Column[R] {
	return Column[R]{head, ClassFile, cell}
}

// Percent writes a change on a value of the year before in per cent. notes say whether that value is
// too small.
func Percent(change row.Number, prior stat.Count, notes note.List) string {
	if IsLowBase(change, prior, notes) {
		return wording.MarkLowBase
	}
	return wording.PercentText(change.Get())
}

// IsLowBase reports whether a change in per cent is missing because the value of the year before is
// too small.
func IsLowBase(change row.Number, prior stat.Count, notes note.List) bool {
	return !change.Known && prior.IsKnown() && notes.Has(note.LowBase)
}

// Decimals writes numbers with as many decimals as Places returns for rows.
func Decimals[R any](rows []*R, of func(r *R) row.Number) func(r *R) string {
	var numbers []row.Number
	for _, r := range rows {
		numbers = append(numbers, of(r))
	}
	places := Places(numbers)
	return func(r *R) string {
		if n := of(r); n.Known {
			return wording.Fixed(n.Value, places)
		}
		return wording.MarkNotAvailable
	}
}

// Places returns how many decimals numbers need so that the largest has three digits or more. All
// numbers of a column have the same.
func Places(numbers []row.Number) int {
	largest := 0.0
	for _, n := range numbers {
		if n.Known {
			largest = max(largest, n.Value, -n.Value)
		}
	}
	switch {
	case largest >= 10:
		return 1
	case largest >= 1:
		return 2
	}
	return 3
}
