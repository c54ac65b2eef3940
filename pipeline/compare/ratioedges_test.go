package compare

import (
	"strings"
	"testing"

	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// flowOn returns a flow with one value in a period, which may be unknown.
func flowOn(t *testing.T, f stat.Frequency, per stat.Period, n stat.Count) *Path {
	t.Helper()
	o := stat.Observation{Period: per, Value: n}
	if !n.IsKnown() {
		o.Status = stat.Missing
	}
	return pathOf(t, stat.Series{Measure: "m", Kind: stat.Flow}, f, o)
}

// TestStatusOfARate is that of its sums, and "missing" if one of them is.
func TestStatusOfARate(t *testing.T) {
	year := stat.Year(2024)
	known := func(n int64) *Path { return flowOn(t, stat.Annual, year, stat.Known(n)) }
	suppressed := pathOf(t, stat.Series{Measure: "m", Kind: stat.Flow}, stat.Annual, stat.Observation{Period: year, Status: stat.Suppressed})
	missing, elsewhere := flowOn(t, stat.Annual, year, stat.Count{}), flowOn(t, stat.Annual, stat.Year(2020), stat.Known(5))
	for _, c := range []struct {
		name     string
		num, den *Path
		status   stat.Status // of the ratio
		thousand stat.Status // of the rate per 1,000
		notes    string      // of the rate per 1,000
	}{
		{"known", known(10), known(5000), stat.Normal, stat.Normal, ""},
		{"a low base", known(10), known(999), stat.Normal, stat.Suppressed, "low base"},
		{"a base of one", known(10), known(1), stat.Normal, stat.Suppressed, "low base"},
		{"few events", known(4), known(5000), stat.Normal, stat.Suppressed, "low base"},
		{"no numerator", missing, known(5000), stat.Missing, stat.Missing, ""},
		{"no denominator", known(10), missing, stat.Missing, stat.Missing, ""},
		{"a suppressed numerator", suppressed, known(5000), stat.Missing, stat.Missing, ""},
		{"a suppressed denominator", known(10), suppressed, stat.Missing, stat.Missing, ""},
		{"another year", elsewhere, known(5000), stat.Missing, stat.Missing, ""},
	} {
		r, k := Ratio("r", c.num, c.den, year), PerThousand("r", c.num, c.den, year)
		if r.Status != c.status || k.Status != c.thousand || c.notes == "low base" != k.Note.Has(note.LowBase) {
			t.Errorf("%s: ratio %q, rate per 1,000 %q %q", c.name, r.Status, k.Status, k.Note)
		}
	}
}

// TestAReasonIsSaidOnce says of an end of a range what is not said of the value already.
func TestAReasonIsSaidOnce(t *testing.T) {
	year := stat.Year(2024)
	arrivals := flowOn(t, stat.Annual, year, stat.Known(5000))
	for _, c := range []struct {
		lower, value, upper int64
		low                 int // notes on a low base
	}{{3, 3, 3, 1}, {3, 3, 9, 1}, {3, 9, 12, 1}, {2, 3, 9, 2}, {7, 9, 12, 0}} {
		deaths := pathOf(t, stat.Series{Measure: "deaths", Kind: stat.Flow}, stat.Annual, ranged(year, c.lower, c.value, c.upper, "2025-01-01"))
		if r := PerThousand("r", deaths, arrivals, year); strings.Count(r.Note.String(), note.List{{Code: note.LowBase}}.String()) != c.low {
			t.Errorf("%d, %d, %d: %q", c.lower, c.value, c.upper, r.Note)
		}
	}
}

// TestIdleDays counts days with something below the line and nothing above it, in daily figures only.
func TestIdleDays(t *testing.T) {
	first := stat.MustDate("2024-01-01") // a Monday
	daily := func(values string) *Path { return daysFrom(t, first, stat.Flow, values) }
	weeks := weeksFrom(t, first.AddDays(6), 2)
	for _, c := range []struct {
		name     string
		num, den *Path
		days     int // of the window
		want     int
	}{
		{"two of five", daily("0 5 0 0 1"), daily("2 1 0 3 1"), 5, 2},
		{"the only day", daily("0"), daily("2"), 1, 1},
		{"nothing on either side", daily("0 5"), daily("0 1"), 2, 0},
		{"weeks below the line", daily("0 1 1 1 1 1 1"), weeks, 7, 0},
		{"weeks above the line", flowOn(t, stat.Weekly, stat.WeekEnding(first.AddDays(6)), stat.Known(0)), daily("1 1 1 1 1 1 1"), 7, 0},
	} {
		w := Window{Start: first, End: first.AddDays(c.days - 1), Days: c.days}
		if got := idleDays(c.num, c.den, w); got != c.want {
			t.Errorf("%s: %d days, want %d", c.name, got, c.want)
		}
	}
	if got := idleDays(daily("0 1"), daily("1 1"), Window{}); got != 0 {
		t.Errorf("no window: %d days", got)
	}
}

// TestTwelveMonthsMayBeCutBack has the twelve months to a cut-off also where months straddle it.
func TestTwelveMonthsMayBeCutBack(t *testing.T) {
	p := ones(t, stat.Monthly, stat.MustDate("2022-01-01"), stat.MustDate("2024-12-31"))
	for _, list := range [][]Rate{Ratios("r", p, p, stat.MustDate("2024-06-15")), RatesPerThousand("r", p, p, stat.MustDate("2024-06-15"))} {
		cut := 0
		for _, r := range list {
			if r.Basis == BasisRolling && r.Period == rangeOf("2023-07-01", "2024-05-31") {
				cut++
			}
		}
		if cut != 1 {
			t.Errorf("%d rates of the twelve months to 15 June: %+v", cut, list)
		}
	}
}
