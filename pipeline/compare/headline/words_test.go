package headline

import (
	"slices"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

func TestSentencesByName(t *testing.T) {
	var names []string
	for _, x := range templates.Templates() {
		names = append(names, x.Name())
	}
	slices.Sort(names)
	if want := []string{"balance", "context", "first-twelve-months", "largest", "newest-twelve-months", "policy-period", "rank", "rolling-12-months", "weeks-to-date", "whole-year", "year-to-date"}; !slices.Equal(names, want) {
		t.Errorf("sentences %q", names)
	}
	defer func() {
		if recover() == nil {
			t.Error("a sentence without its fields does not panic")
		}
	}()
	render("balance", fields{})
}

func TestMoreOrdinals(t *testing.T) {
	for n, want := range map[int]string{
		12: "12th", 14: "14th", 20: "20th", 23: "23rd", 24: "24th", 29: "29th", 30: "30th", 31: "31st", 42: "42nd",
		100: "100th", 101: "101st", 110: "110th", 112: "112th", 113: "113th", 121: "121st", 204: "204th",
	} {
		if got := ordinal(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

// TestTheYearBeforeIsIncomplete marks one part at a time. The sentence must say so in its place.
func TestTheYearBeforeIsIncomplete(t *testing.T) {
	whole := lackingYears(t)[2]
	lacking := lackingYears(t, "2025-01-04")[2].PriorWindow
	for name, c := range map[string]struct {
		change func(*compare.YTD)
		want   string
	}{
		"none": {func(*compare.YTD) {}, "against 1,000 by the same date of 2025 (no change) and 1,000 in the whole of 2025."},
		"by the same date": {func(y *compare.YTD) { y.PriorWindow = lacking },
			"against at least 1,000 by the same date of 2025 (no change) and 1,000 in the whole of 2025" + said},
		"the whole": {func(y *compare.YTD) { y.PriorYearIncomplete = true },
			"against 1,000 by the same date of 2025 (no change) and at least 1,000 in the whole of 2025" + said},
	} {
		y := whole
		c.change(&y)
		h, ok := YearToDate(&boats, y, Known{})
		if want := "1,000 boats have arrived so far in 2026, to 10 January 2026, " + c.want; !ok || h.Text != want {
			t.Errorf("%s:\n got %s\nwant %s", name, h.Text, want)
		}
	}
}

func TestRankNeedsWordsAndYears(t *testing.T) {
	years := lackingYears(t)
	silent := boats
	silent.Many = ""
	for name, ask := range map[string]func() (Headline, bool){
		"no years": func() (Headline, bool) { return Rank(&boats, nil, Known{}) },
		"no words": func() (Headline, bool) { return Rank(&silent, years, Known{}) },
	} {
		if h, ok := ask(); ok || h.Text != "" {
			t.Errorf("%s: %q", name, h.Text)
		}
	}
	if h, ok := Rank(&boats, years, Known{}); !ok || h.Text != "1,000 boats have arrived so far in 2026: the highest count by 10 January of the 3 years since 2024." {
		t.Errorf("%q", h.Text)
	}
}

// TestTheNewestOfEqualYearsIsTheHighest names the newest of the years that share the highest count.
func TestTheNewestOfEqualYearsIsTheHighest(t *testing.T) {
	var years []compare.YTD
	for i, n := range []int64{9, 9, 7} {
		end := stat.NewDate(2018+i, 6, 25)
		years = append(years, compare.YTD{Year: 2018 + i, Cutoff: end, Window: compare.Window{End: end, Value: stat.Known(n)}})
	}
	h, ok := Rank(&boats, years, Known{})
	if want := "7 boats have arrived so far in 2020: the third highest count by 25 June of the 3 years since 2018; the highest was 9, in 2019."; !ok || h.Text != want {
		t.Errorf("%q", h.Text)
	}
}

// TestComparisonsNeedWordsValueAndBasis removes one of the three at a time.
func TestComparisonsNeedWordsValueAndBasis(t *testing.T) {
	per := stat.Period{Start: stat.MustDate("2025-08-06"), End: stat.MustDate("2026-06-25"), Precision: stat.PrecisionRange}
	silent := boats
	silent.Many = ""
	since := func(s *stat.Series, c compare.Comparison) (Headline, bool) {
		return Since(s, Policy{"x", "the rule", per.Start}, c, Known{})
	}
	for basis, write := range map[string]func(*stat.Series, compare.Comparison) (Headline, bool){
		compare.BasisRolling:      Rolling,
		compare.BasisPolicyPeriod: func(s *stat.Series, c compare.Comparison) (Headline, bool) { return since(s, c) },
		compare.BasisFirstTwelve:  since,
		compare.BasisNewestTwelve: since,
	} {
		good := compare.Comparison{Basis: basis, Period: per, Value: stat.Known(5)}
		if h, ok := write(&boats, good); !ok || h.Text == "" {
			t.Errorf("%s: no sentence", basis)
		}
		blank, other := good, good
		blank.Value, other.Basis = stat.Count{}, compare.BasisMonth
		for name, ask := range map[string]func() (Headline, bool){
			"no words":      func() (Headline, bool) { return write(&silent, good) },
			"no value":      func() (Headline, bool) { return write(&boats, blank) },
			"another basis": func() (Headline, bool) { return write(&boats, other) },
		} {
			if h, ok := ask(); ok || h.Text != "" {
				t.Errorf("%s, %s: %q", basis, name, h.Text)
			}
		}
	}
	good := compare.Balance{Basis: compare.BasisCumulative, Period: per, Out: stat.Known(3), In: stat.Known(2)}
	noOut, noIn, month := good, good, good
	noOut.Out, noIn.In, month.Basis = stat.Count{}, stat.Count{}, compare.BasisMonth
	for i, b := range []compare.Balance{noOut, noIn, month} {
		if h, ok := Balance(Agreement{}, b, Known{}); ok || h.Text != "" {
			t.Errorf("balance %d: %q", i, h.Text)
		}
	}
}

func TestCountedWithItsRange(t *testing.T) {
	no, n := stat.Count{}, stat.Known
	for _, c := range []struct {
		lower, upper stat.Count
		want         string
	}{
		{no, no, "7 boats have arrived"},
		{n(5), n(9), "at least 7 boats have arrived (5 to 9)"},
		{n(7), n(7), "at least 7 boats have arrived"},
		{n(5), no, "7 boats have arrived"},
		{no, n(9), "at least 7 boats have arrived"},
	} {
		if got := counted(&boats, n(7), c.lower, c.upper, false); got != c.want {
			t.Errorf("%s to %s: %q, want %q", c.lower, c.upper, got, c.want)
		}
	}
}

func TestChangeInBrackets(t *testing.T) {
	no := compare.Percent{}
	for _, c := range []struct {
		change  stat.Count
		percent compare.Percent
		want    string
	}{
		{stat.Count{}, no, ""},
		{stat.Known(0), compare.KnownPercent(0), " (no change)"},
		{stat.Known(-1), no, " (1 fewer)"},
		{stat.Known(1), no, " (1 more)"},
		{stat.Known(1234), compare.KnownPercent(12.34), " (+12.3 %)"},
	} {
		if got := change(c.change, c.percent); got != c.want {
			t.Errorf("%s: %q, want %q", c.change, got, c.want)
		}
	}
}
