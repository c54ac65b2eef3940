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

// Float is a number computed from counts, or missing. The zero value is missing. A known
// number is never infinite or NaN.
type Float struct {
	x     float64
	known bool
}

// KnownFloat returns x as a Float. An infinity or NaN becomes missing.
func KnownFloat(x float64) Float {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return Float{}
	}
	return Float{x, true}
}

// Get returns the unrounded number and whether it is known.
func (f Float) Get() (x float64, known bool) { return f.x, f.known }

// IsKnown reports whether the number is known.
func (f Float) IsKnown() bool { return f.known }

// String returns the number for machines: at most six decimals, with a dot and an ASCII
// minus, or "" if it is missing.
func (f Float) String() string { return f.format(6) }

// format returns the number with at most the given decimals, without trailing zeros and
// without a negative zero.
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

// Percent is an unrounded number in per cent, 36.7 for 36.7 %, or missing.
type Percent struct{ Float }

// KnownPercent returns x per cent. An infinity or NaN becomes missing.
func KnownPercent(x float64) Percent { return Percent{KnownFloat(x)} }

// String returns the number for machines: at most four decimals and no per cent sign, or ""
// if it is missing.
func (p Percent) String() string { return p.format(4) }

// Signed returns a change for people, rounded to one decimal with halves away from zero:
// "+36.7 %", "−33.1 %" with a true minus sign (U+2212), "0.0 %" if it rounds to zero, and "" if
// it is missing.
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

// PercentChange returns the change from prior to value in per cent, unrounded. It is missing if a value is
// missing or prior is below stat.LowBase.
func PercentChange(value, prior stat.Count) Percent {
	d, known := value.Sub(prior).Get()
	base, _ := prior.Get()
	if !known || base < stat.LowBase {
		return Percent{}
	}
	return KnownPercent(100 * float64(d) / float64(base))
}

// change compares value with prior, both unrounded:
//
//	change         = value − prior
//	change_percent = 100 × (value − prior) ÷ prior
//
// If either value is missing, so are both results. There is no percentage on a prior value
// that is missing or below 30; the note then says "no prior value" or "low base".
func change(value, prior stat.Count) (diff stat.Count, pct Percent, why note.List) {
	base, known := prior.Get()
	if !known {
		return stat.Count{}, Percent{}, note.List{{Code: note.NoPriorValue}}
	}
	if base < stat.LowBase {
		why = note.List{{Code: note.LowBase}}
	}
	return value.Sub(prior), PercentChange(value, prior), why
}

// compare compares window w with the prior one; see change. The two must have the same number
// of days, give or take the leap day, because cut-off ranges do not fill every span alike.
// Otherwise both results are missing and the note gives the days.
func compare(w, prior Window) (diff stat.Count, pct Percent, why note.List) {
	diff, pct, why = change(w.Value, prior.Value)
	if d := w.Days - prior.Days; prior.Value.IsKnown() && (d < -1 || d > 1) {
		diff, pct = stat.Count{}, Percent{}
		why = append(why, note.Note{Code: note.NotCompared, N: w.Days, Of: prior.Days})
	}
	return diff, pct, slices.Concat(why, priorWarning(w.Status, prior), prior.priorIncompleteNote())
}

// priorIncompleteNote returns the note on a prior value that is incomplete, or "".
func (w Window) priorIncompleteNote() note.List {
	if w.Incomplete() {
		return note.List{{Code: note.PriorIncomplete}}
	}
	return nil
}

// priorWarning says what a reader must know of a prior value and cannot see in the
// status, which is the value's own.
func priorWarning(s stat.Status, prior Window) note.List {
	if prior.Value.IsKnown() && !prior.Incomplete() && stat.Worst(s, prior.Status) != s {
		return note.List{{Code: note.PriorStatus, Status: prior.Status}}
	}
	return nil
}
