package headline

import (
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// yearTo returns the newest year to date of boats, or of a weekly series like it, with one boat on
// each day from 2024 to the cut-off.
func yearTo(t *testing.T, f stat.Frequency, cutoff stat.Date) (*stat.Series, compare.YTD) {
	t.Helper()
	s := boats
	s.ID = stat.NewSeriesID("a", "boats", f, stat.Dimensions{})
	if got := s.Frequency(); got != f {
		t.Fatal(got)
	}
	var obs []stat.Observation
	for d := stat.MustDate("2024-01-01"); d <= cutoff; {
		per := stat.Day(d)
		if f == stat.Weekly {
			per = stat.WeekEnding(d.AddDays(6))
		}
		if d = per.End + 1; per.End <= cutoff {
			obs = append(obs, stat.Observation{Series: &s, Period: per, Value: stat.Known(int64(per.Days())), Status: stat.Normal, Release: &stat.Release{Vintage: cutoff}})
		}
	}
	p, err := compare.NewPath(&s, obs)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := compare.YearToDate(p, cutoff)
	if err != nil {
		t.Fatal(err)
	}
	return &s, rows[len(rows)-1]
}

// TestSoFarIsSaidOfOpenYearsOnly checks the days around the end of a year, a late source, and weeks.
func TestSoFarIsSaidOfOpenYearsOnly(t *testing.T) {
	const dead = true
	for _, c := range []struct {
		f          stat.Frequency
		cutoff, on string
		late       bool
		want       string
	}{
		{stat.Daily, "2025-11-30", "2025-12-31", false, "334 boats have arrived so far in 2025, to 30 November 2025, against 335 by the same date of 2024 (−0.3 %) and 366 in the whole of 2024."},
		{stat.Daily, "2025-11-30", "2026-01-01", false, "334 boats have arrived in 2025, to 30 November 2025, against 335 by the same date of 2024 (−0.3 %) and 366 in the whole of 2024."},
		{stat.Daily, "2025-11-30", "2027-05-01", dead, "To 30 November 2025, 334 boats have arrived in 2025, against 335 by the same date of 2024 (−0.3 %) and 366 in the whole of 2024."},
		{stat.Daily, "2025-11-30", "2025-12-30", dead, "To 30 November 2025, 334 boats have arrived so far in 2025, against 335 by the same date of 2024 (−0.3 %) and 366 in the whole of 2024."},
		{stat.Daily, "2025-12-31", "2026-01-02", false, "365 boats have arrived in 2025, against 366 in 2024 (−0.3 %)."},
		{stat.Daily, "2025-12-31", "2025-12-31", false, "365 boats have arrived in 2025, against 366 in 2024 (−0.3 %)."},
		{stat.Daily, "2025-12-31", "2027-05-01", dead, "To 31 December 2025, 365 boats have arrived in 2025, against 366 in 2024 (−0.3 %)."},
		{stat.Daily, "2024-12-31", "2026-05-01", dead, "To 31 December 2024, 366 boats have arrived in 2024."},
		{stat.Daily, "2026-01-01", "2026-01-02", false, "1 boat has arrived so far in 2026, to 1 January 2026, against 1 by the same date of 2025 (no change) and 365 in the whole of 2025."},
		{stat.Daily, "2028-02-29", "2028-03-03", false, "60 boats have arrived so far in 2028, to 29 February 2028, against 59 by the same date of 2027 (+1.7 %) and 365 in the whole of 2027."},
		{stat.Weekly, "2026-06-21", "2026-06-26", false, "168 boats have arrived so far in the 24 whole weeks of 2026 to 21 June 2026, against 168 in the first 24 of 2025 (no change) and 357 in all whole weeks of 2025."},
		{stat.Weekly, "2025-12-28", "2026-01-02", false, "357 boats have arrived in the 51 whole weeks of 2025 to 28 December 2025, against 357 in the first 51 of 2024 (no change) and 364 in all whole weeks of 2024."},
		{stat.Weekly, "2026-06-21", "2027-06-26", dead, "To 21 June 2026, 168 boats have arrived in the 24 whole weeks of 2026, against 168 in the first 24 of 2025 (no change) and 357 in all whole weeks of 2025."},
	} {
		s, y := yearTo(t, c.f, stat.MustDate(c.cutoff))
		if h, ok := YearToDate(s, y, Known{On: stat.MustDate(c.on), Late: c.late}); !ok || h.Text != c.want {
			t.Errorf("to %s, on %s:\n got %q\nwant %q", c.cutoff, c.on, h.Text, c.want)
		}
	}
}

// TestLateSourcesSayFirstUntilWhen checks the other sentences.
func TestLateSourcesSayFirstUntilWhen(t *testing.T) {
	late := Known{On: stat.MustDate("2027-05-01"), Late: true}
	per := stat.Period{Start: stat.MustDate("2025-08-06"), End: stat.MustDate("2026-06-25"), Precision: stat.PrecisionRange}
	first := compare.Comparison{Basis: compare.BasisPolicyPeriod, Period: per, Value: stat.Known(5)}
	cut := first
	cut.Period.Start = stat.MustDate("2025-09-01")
	balance := compare.Balance{Basis: compare.BasisCumulative, Period: per, Out: stat.Known(3), In: stat.Known(2)}
	a := Agreement{Name: "the pact", Since: per.Start, Series: "a:out:M", Out: [2]string{"return", "returns"}, In: [2]string{"transfer", "transfers"}}
	years := make([]compare.YTD, 3)
	for i := range years {
		years[i] = compare.YTD{Year: 2024 + i, Window: compare.Window{End: stat.MustDate("2026-06-25"), Value: stat.Known(int64(i))}}
	}
	rule := Policy{"x", "the pact", per.Start}
	for want, say := range map[string]func(k Known) (Headline, bool){
		"To 25 June 2026, since the pact began on 6 August 2025, 5 boats have arrived.":                          func(k Known) (Headline, bool) { return Since(&boats, rule, first, k) },
		"To 25 June 2026, since the pact began on 6 August 2025, from 1 September 2025, 5 boats have arrived.":   func(k Known) (Headline, bool) { return Since(&boats, rule, cut, k) },
		"To 25 June 2026, since the pact began on 6 August 2025: 3 returns and 2 transfers, 1 more out than in.": func(k Known) (Headline, bool) { return Balance(a, balance, k) },
		"To 25 June 2026, 2 boats have arrived in 2026: the highest count by 25 June of the 3 years since 2024.": func(k Known) (Headline, bool) { return Rank(&boats, years, k) },
	} {
		if h, ok := say(late); !ok || h.Text != want {
			t.Errorf("got %q, want %q", h.Text, want)
		}
		if h, ok := say(Known{On: late.On}); !ok || strings.HasPrefix(h.Text, "To ") || !strings.Contains(h.Text, "25 June") {
			t.Errorf("on time: %q", h.Text)
		}
	}
}
