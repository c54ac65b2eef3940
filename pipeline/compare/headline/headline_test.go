package headline

import (
	"strings"
	"testing"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

var boats = stat.NewSeries(stat.Series{Source: "a-b", Measure: "boats", Unit: "boats", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR", Title: "Boats",
	One: "boat has arrived", Many: "boats have arrived"}, stat.Daily)

// ytd returns the year to date of 2026 to 10 January. Each year has the same value every day;
// a year of -1 is not covered.
func ytd(t *testing.T, before, now int64) compare.YTD {
	t.Helper()
	var obs []stat.Observation
	r := &stat.Release{Vintage: stat.MustDate("2026-01-12")}
	add := func(from, to string, v int64) {
		for d := stat.MustDate(from); d <= stat.MustDate(to); d++ {
			n := int64(0)
			if d.Month() == 1 && d.Slot() == 1 {
				n = v
			}
			obs = append(obs, stat.Observation{Series: &boats, Period: stat.Day(d), Value: stat.Known(n), Status: stat.Provisional, Release: r})
		}
	}
	if before >= 0 {
		add("2025-01-01", "2025-12-31", before)
	}
	add("2026-01-01", "2026-01-10", now)
	p, err := compare.NewPath(&boats, obs)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := compare.YearToDate(p, stat.MustDate("2026-01-10"))
	if err != nil {
		t.Fatal(err)
	}
	return rows[len(rows)-1]
}

func TestYearToDate(t *testing.T) {
	for name, c := range map[string]struct {
		before, now int64
		want        string
	}{
		"up":         {1000, 1367, "1,367 boats have arrived so far in 2026, to 10 January 2026, against 1,000 by the same date of 2025 (+36.7 %) and 1,000 in the whole of 2025."},
		"down":       {1000, 669, "669 boats have arrived so far in 2026, to 10 January 2026, against 1,000 by the same date of 2025 (−33.1 %) and 1,000 in the whole of 2025."},
		"same":       {40, 40, "40 boats have arrived so far in 2026, to 10 January 2026, against 40 by the same date of 2025 (no change) and 40 in the whole of 2025."},
		"one":        {3, 1, "1 boat has arrived so far in 2026, to 10 January 2026, against 3 by the same date of 2025 (2 fewer) and 3 in the whole of 2025."},
		"from zero":  {0, 5, "5 boats have arrived so far in 2026, to 10 January 2026, against 0 by the same date of 2025 (5 more) and 0 in the whole of 2025."},
		"first year": {-1, 5, "5 boats have arrived so far in 2026, to 10 January 2026."},
	} {
		t.Run(name, func(t *testing.T) {
			h, ok := YearToDate(&boats, ytd(t, c.before, c.now), Known{})
			if !ok || h.Text != c.want {
				t.Errorf("\n got %s\nwant %s", h.Text, c.want)
			}
			if h.ID != "a-b-boats-d-year-to-date" || h.Rows[0] != "year-to-date/a-b:boats:D/2026" || h.Status != stat.Provisional {
				t.Errorf("headline %+v", h)
			}
		})
	}
}

func TestNoHeadlineWithoutWordsOrValue(t *testing.T) {
	y := ytd(t, 1, 1)
	silent := boats
	silent.Many = ""
	if _, ok := YearToDate(&silent, y, Known{}); ok {
		t.Error("a series without words has a sentence")
	}
	y.Value = stat.Count{}
	if h, ok := YearToDate(&boats, y, Known{}); ok {
		t.Errorf("a missing value has the sentence %q", h.Text)
	}
}

func TestRolling(t *testing.T) {
	c := compare.Comparison{Basis: compare.BasisRolling, Period: stat.Period{Start: stat.MustDate("2022-11-08"), End: stat.MustDate("2023-11-07")},
		Value: stat.Known(32525), Prior: stat.Known(47332), Change: stat.Known(32525 - 47332), ChangePercent: compare.KnownPercent(100 * (32525.0 - 47332) / 47332)}
	h, ok := Rolling(&boats, c)
	if !ok || !strings.HasPrefix(h.Text, "In the twelve months to 7 November 2023, 32,525 boats have arrived, against 47,332 in the twelve months before (−31.3 %)") {
		t.Errorf("got %q", h.Text)
	}
}

func TestBalance(t *testing.T) {
	a := Agreement{ID: "x", Name: "the agreement", Since: stat.MustDate("2025-08-06"), Series: "a:out:M",
		Out: [2]string{"return", "returns"}, In: [2]string{"transfer", "transfers"}, Base: "people arrived"}
	end := stat.Period{Start: a.Since, End: stat.MustDate("2026-06-30"), Precision: stat.PrecisionRange}
	for name, c := range map[string]struct {
		out, in, base int64
		want          string
	}{
		"more in":  {1087, 1117, 0, "Since the agreement began on 6 August 2025, to 30 June 2026: 1,087 returns and 1,117 transfers, 30 more in than out."},
		"more out": {1200, 1117, 0, "Since the agreement began on 6 August 2025, to 30 June 2026: 1,200 returns and 1,117 transfers, 83 more out than in."},
		"one each": {1, 1, 25178, "Since the agreement began on 6 August 2025, to 30 June 2026: 1 return and 1 transfer, as many out as in; 25,178 people arrived over the same days."},
	} {
		t.Run(name, func(t *testing.T) {
			b := compare.Balance{Basis: compare.BasisCumulative, Period: end, Out: stat.Known(c.out), In: stat.Known(c.in)}
			if c.base > 0 {
				b.Base, b.OutPercent = stat.Known(c.base), compare.KnownPercent(1)
			}
			h, ok := Balance(a, b, Known{})
			if !ok || h.Text != c.want || h.ID != "x-balance" || h.Rows[0] != "balances/x/cumulative/2026-06-30" {
				t.Errorf("%v %+v", ok, h)
			}
		})
	}
	if h, ok := Balance(a, compare.Balance{Basis: compare.BasisCumulative, Period: end, Out: stat.Known(5)}, Known{}); ok {
		t.Errorf("one side gives a headline: %s", h.Text)
	}
}

// TestRangesAreStatedAsAtLeast writes a figure whose parts are ranges.
func TestRangesAreStatedAsAtLeast(t *testing.T) {
	s := stat.NewSeries(stat.Series{Source: "a-b", Measure: "dead-and-missing", Unit: "persons", Kind: stat.Flow,
		One: "person has died or gone missing", Many: "people have died or gone missing"}, stat.Monthly)
	var obs []stat.Observation
	for m, v := range [][2]int64{{10, 12}, {40, 43}, {0, 0}, {30, 36}} { // December to March
		obs = append(obs, stat.Observation{Series: &s, Period: stat.Month(2023, time.December+time.Month(m)), Value: stat.Known(v[1]), Lower: stat.Known(v[0]),
			Upper: stat.Known(v[1]), Status: stat.Provisional, Release: &stat.Release{}})
	}
	p, err := compare.NewPath(&s, obs)
	if err != nil {
		t.Fatal(err)
	}
	years, err := compare.YearToDate(p, stat.MustDate("2024-03-31"))
	if err != nil {
		t.Fatal(err)
	}
	h, ok := YearToDate(&s, years[1], Known{})
	if want := "At least 79 people have died or gone missing (70 to 79) so far in 2024, to 31 March 2024."; !ok || h.Text != want {
		t.Errorf("got %q, want %q", h.Text, want)
	}
}

func TestOrdinal(t *testing.T) {
	for n, want := range map[int]string{1: "", 2: "second", 9: "ninth", 10: "10th", 11: "11th", 13: "13th", 21: "21st", 22: "22nd", 33: "33rd", 111: "111th"} {
		if got := ordinal(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

// TestRank ranks the newest year by the same date; equal counts share a place.
func TestRank(t *testing.T) {
	year := func(y int, n int64) compare.YTD {
		end := stat.NewDate(y, time.June, 25)
		c := stat.Count{}
		if n >= 0 {
			c = stat.Known(n)
		}
		return compare.YTD{Year: y, Cutoff: end, Window: compare.Window{End: end, Value: c}}
	}
	for name, c := range map[string]struct {
		counts []int64
		want   string
		rows   int
	}{
		"highest":       {[]int64{5, 7, 9}, "9 boats have arrived so far in 2020: the highest count by 25 June of the 3 years since 2018.", 1},
		"shared":        {[]int64{9, 7, 9}, "9 boats have arrived so far in 2020: the highest count by 25 June of the 3 years since 2018.", 1},
		"third":         {[]int64{5, 9, 7, 6}, "6 boats have arrived so far in 2021: the third highest count by 25 June of the 4 years since 2018; the highest was 9, in 2019.", 2},
		"not known":     {[]int64{-1, 9, 7, 6}, "6 boats have arrived so far in 2021: the third highest count by 25 June of the 3 years since 2019; the highest was 9, in 2019.", 2},
		"too few":       {[]int64{9, 7}, "", 0},
		"newest is not": {[]int64{9, 7, 6, -1}, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			var years []compare.YTD
			for i, n := range c.counts {
				years = append(years, year(2018+i, n))
			}
			h, ok := Rank(&boats, years, Known{})
			if ok != (c.want != "") || h.Text != c.want || len(h.Rows) != c.rows {
				t.Errorf("%v %+v", ok, h)
			}
		})
	}
}

func TestSince(t *testing.T) {
	per := stat.Period{Start: stat.MustDate("2025-08-06"), End: stat.MustDate("2026-06-25"), Precision: stat.PrecisionRange}
	c := compare.Comparison{Basis: compare.BasisPolicyPeriod, Period: per, Value: stat.Known(500), Prior: stat.Known(1000), Change: stat.Known(-500), ChangePercent: compare.KnownPercent(-50)}
	h, ok := Since(&boats, Policy{"x", "the agreement", per.Start}, c, Known{})
	if want := "Since the agreement began on 6 August 2025, to 25 June 2026, 500 boats have arrived, against 1,000 over the same span a year before (−50.0 %)."; !ok || h.Text != want {
		t.Errorf("got %q, want %q", h.Text, want)
	}
}
