package listing

import (
	"fmt"
	"strings"

	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// Column is a column of a table for people. Cell returns the text for a row of the published table;
// Class is the class of the cells.
type Column struct {
	Head, Class string
	Cell        func(row int) string
}

// Plain returns a column of figures, or the one that heads the rows.
func Plain(head string, cell func(row int) string) Column { return Column{head, "", cell} }

// Main returns the column of the figures that the rows are about.
func Main(head string, cell func(row int) string) Column { return Column{head, ClassMain, cell} }

// Text returns a column of words.
func Text(head string, cell func(row int) string) Column { return Column{head, ClassText, cell} }

// Note returns a column of sentences.
func Note(head string, cell func(row int) string) Column { return Column{head, ClassNote, cell} }

// File returns a column of file names and the like.
func File(head string, cell func(row int) string) Column { return Column{head, ClassFile, cell} }

// The functions below make the texts of a column's cells.

// Counts writes the counts of a column. If the count that a row is about is missing, the text gives
// the reason that the row's status has.
func Counts(g grid.Grid, col string) func(row int) string {
	return func(i int) string {
		if col == "value" && g.Has("obs_status") {
			return wording.CountText(g.Cell(i, col), g.Status(i))
		}
		return wording.CountText(g.Cell(i, col), stat.Missing)
	}
}

// Ranged writes counts that may be ranges whose ends are in the columns lower and upper. If the
// value of the row is a range, a column without ends is a sum of ranges and is written as "at least".
func Ranged(g grid.Grid, col, lower, upper string) func(row int) string {
	plain := Counts(g, col)
	return func(i int) string {
		if _, known := g.Number(i, col); !known || !g.IsRange(i, "lower", "upper") {
			return plain(i)
		}
		text := "at least " + plain(i)
		if g.IsRange(i, lower, upper) && g.Text(i, lower) != g.Text(i, upper) {
			text += fmt.Sprintf(" (%s to %s)", Counts(g, lower)(i), Counts(g, upper)(i))
		}
		return text
	}
}

// Value writes the value of a row, which may be a range.
func Value(g grid.Grid) func(row int) string { return Ranged(g, "value", "lower", "upper") }

// Prior writes the value of the year before, which may be a range.
func Prior(g grid.Grid) func(row int) string {
	return Ranged(g, "prior_value", "prior_lower", "prior_upper")
}

// Changes writes differences with their sign.
func Changes(g grid.Grid, col string) func(row int) string {
	return func(i int) string {
		if n, known := g.Number(i, col); known {
			return wording.Signed(int64(n))
		}
		return wording.MarkNotAvailable
	}
}

// IsLowBase reports whether a row has no change in per cent because the value of the year before is
// too small.
func IsLowBase(g grid.Grid, row int) bool {
	return !g.IsNull(row, "prior_value") && strings.Contains(g.Text(row, "note"), "low base")
}

// Percents writes changes in per cent, and says where the value of the year before is too small.
func Percents(g grid.Grid, col string) func(row int) string {
	plain := PlainPercents(g, col)
	return func(i int) string {
		if g.IsNull(i, col) && IsLowBase(g, i) {
			return wording.MarkLowBase
		}
		return plain(i)
	}
}

// PlainPercents writes changes in per cent of a table that says nothing about low bases.
func PlainPercents(g grid.Grid, col string) func(row int) string {
	return func(i int) string {
		if f, known := g.Number(i, col); known {
			return wording.Percent(f)
		}
		return wording.MarkNotAvailable
	}
}

// Decimals writes numbers with as many decimals as Places returns for rows.
func Decimals(g grid.Grid, col string, rows []int) func(row int) string {
	places := Places(g, col, rows)
	return func(i int) string {
		if f, known := g.Number(i, col); known {
			return wording.Fixed(f, places)
		}
		return wording.MarkNotAvailable
	}
}

// Places returns how many decimals the numbers of rows need so that the largest has three digits or
// more. All numbers of a column have the same.
func Places(g grid.Grid, col string, rows []int) int {
	largest := 0.0
	for _, i := range rows {
		if f, known := g.Number(i, col); known {
			largest = max(largest, f, -f)
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

// Days writes dates.
func Days(g grid.Grid, col string) func(row int) string {
	return func(i int) string { return wording.DateText(g.Date(i, col)) }
}

// Words writes texts.
func Words(g grid.Grid, col string) func(row int) string {
	return func(i int) string {
		if s := g.Text(i, col); s != "" {
			return s
		}
		return wording.Nothing
	}
}

// YesNo writes booleans.
func YesNo(g grid.Grid, col string) func(row int) string {
	return func(i int) string {
		if g.Text(i, col) == "true" {
			return "yes"
		}
		return "no"
	}
}

// Statuses writes the status of rows in words, with its shorthand.
func Statuses(g grid.Grid) func(row int) string {
	return func(i int) string {
		s := g.Status(i)
		if m := wording.Caveat(s); m != "" {
			return s.Label() + " " + m
		}
		return s.Label()
	}
}

// Periods writes the reference periods of rows.
func Periods(g grid.Grid) func(row int) string {
	return func(i int) string { return wording.PeriodText(g.Period(i)) }
}
