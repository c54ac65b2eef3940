package compare

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// Float is a number computed from counts, or its absence. The zero value is
// missing. It is never infinite and always a number.
type Float struct {
	x     float64
	known bool
}

// KnownFloat returns the number x; an infinity or NaN becomes missing.
func KnownFloat(x float64) Float {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return Float{}
	}
	return Float{x, true}
}

// Get returns the number, unrounded, and whether there is one.
func (f Float) Get() (x float64, known bool) { return f.x, f.known }

// IsKnown reports whether there is a number.
func (f Float) IsKnown() bool { return f.known }

// String returns the number for machines: six decimals less trailing zeros, a
// dot, an ASCII minus; "" where it is missing.
func (f Float) String() string { return f.format(6) }

// format returns the number with at most the given decimals, trailing zeros
// trimmed and no negative zero.
func (f Float) format(decimals int) string {
	if !f.known {
		return ""
	}
	s := strconv.FormatFloat(f.x, 'f', decimals, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

// Percent is a number in per cent, 36.7 for 36.7 %, unrounded, or its absence.
type Percent struct{ Float }

// KnownPercent returns x per cent; an infinity or NaN becomes missing.
func KnownPercent(x float64) Percent { return Percent{KnownFloat(x)} }

// String returns the number for machines: four decimals less trailing zeros,
// without a sign for per cent; "" where it is missing.
func (p Percent) String() string { return p.format(4) }

// Signed returns a change for people, rounded to one decimal, halves away from
// zero: "+36.7 %", "−33.1 %" with a true minus sign (U+2212), "0.0 %" where it
// rounds to none, and "" where it is missing.
func (p Percent) Signed() string {
	x, known := p.Get()
	r := math.Round(math.Abs(x)*10) / 10
	switch {
	case !known:
		return ""
	case r == 0:
		return "0.0 %"
	case x < 0:
		return fmt.Sprintf("\u2212%.1f %%", r)
	}
	return fmt.Sprintf("+%.1f %%", r)
}

// lowBase is the smallest prior value on which a per cent is published.
const lowBase = 30

// change sets value beside prior, both unrounded:
//
//	change         = value − prior
//	change_percent = 100 × (value − prior) ÷ prior
//
// A part that is missing leaves both empty. There is no per cent on a prior
// value that is zero, missing or below 30; the note then says "low base".
func change(value, prior stat.Count) (diff stat.Count, pct Percent, why note.List) {
	base, known := prior.Get()
	if !known {
		return stat.Count{}, Percent{}, note.List{{Code: note.NoPriorValue}}
	}
	diff = value.Sub(prior)
	if base < lowBase {
		return diff, Percent{}, note.List{{Code: note.LowBase}}
	}
	if d, ok := diff.Get(); ok {
		pct = KnownPercent(100 * float64(d) / float64(base))
	}
	return diff, pct, nil
}

// compare sets window w beside the prior one; see change. Windows are compared
// only where they have the same number of days, give or take the leap day:
// whole weeks do not always fill two years alike. Otherwise both results are
// empty and the note gives the days.
func compare(w, prior Window) (diff stat.Count, pct Percent, why note.List) {
	diff, pct, why = change(w.Value, prior.Value)
	if d := w.Days - prior.Days; prior.Value.IsKnown() && (d < -1 || d > 1) {
		diff, pct = stat.Count{}, Percent{}
		why = append(why, note.Note{Code: note.NotCompared, N: w.Days, Of: prior.Days})
	}
	return diff, pct, slices.Concat(why, warn(w.Status, prior), prior.priorLacks())
}

// priorLacks returns the note on a prior value that is incomplete, or "".
func (w Window) priorLacks() note.List {
	if w.Incomplete() {
		return note.List{{Code: note.PriorIncomplete}}
	}
	return nil
}

// warn says what a reader must know of a prior value and cannot see in the
// status, which is the value's own.
func warn(s stat.Status, prior Window) note.List {
	if prior.Value.IsKnown() && !prior.Incomplete() && stat.Worst(s, prior.Status) != s {
		return note.List{{Code: note.PriorStatus, Status: prior.Status}}
	}
	return nil
}
