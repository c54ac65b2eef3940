package headline

import (
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// said is the end of every sentence with a sum that lacks rows.
const said = " (incomplete: some rows could not be used)."

// lackingYears returns the years to date of a path that lacks rows on some days.
func lackingYears(t *testing.T, lacking ...string) []compare.YTD {
	t.Helper()
	var obs []stat.Observation
	r := &stat.Release{Vintage: stat.MustDate("2026-01-12")}
	for d := stat.MustDate("2024-01-01"); d <= stat.MustDate("2026-01-10"); d++ {
		o := stat.Observation{Series: &boats, Period: stat.Day(d), Value: stat.Known(0), Status: stat.Provisional, Release: r, Locator: "A1"}
		if d.Month() == 1 && d.Slot() == 1 {
			o.Value = stat.Known(1000)
		}
		for _, day := range lacking {
			if d == stat.MustDate(day) {
				o.Status, o.Locator = stat.Estimated, stat.Lacking(o.Locator, 2)
			}
		}
		obs = append(obs, o)
	}
	p, err := compare.NewPath(&boats, obs)
	if err != nil {
		t.Fatal(err)
	}
	years, err := compare.YearToDate(p, stat.MustDate("2026-01-10"))
	if err != nil {
		t.Fatal(err)
	}
	return years
}

// TestAnIncompleteSumIsStated writes sentences with sums that lack rows. They must say "at least"
// and why.
func TestAnIncompleteSumIsStated(t *testing.T) {
	for _, c := range []struct{ day, want string }{
		{"2025-12-31", "1,000 boats have arrived so far in 2026, to 10 January 2026, against 1,000 by the same date of 2025 (no change) and at least 1,000 in the whole of 2025" + said},
		{"2026-01-04", "At least 1,000 boats have arrived so far in 2026, to 10 January 2026, against 1,000 by the same date of 2025 (no change) and 1,000 in the whole of 2025" + said},
		{"2025-01-04", "1,000 boats have arrived so far in 2026, to 10 January 2026, against at least 1,000 by the same date of 2025 (no change) and at least 1,000 in the whole of 2025" + said},
		{"2024-06-04", "1,000 boats have arrived so far in 2026, to 10 January 2026, against 1,000 by the same date of 2025 (no change) and 1,000 in the whole of 2025."},
	} {
		years := lackingYears(t, c.day)
		if h, ok := YearToDate(&boats, years[2], Known{}); !ok || h.Text != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.day, h.Text, c.want)
		}
	}
}

// TestARankSaysThatAYearIsIncomplete ranks years. One lacks rows and might be higher.
func TestARankSaysThatAYearIsIncomplete(t *testing.T) {
	for day, incomplete := range map[string]bool{"2024-01-05": true, "2026-01-05": true, "2025-01-05": true, "2025-06-05": false} {
		h, ok := Rank(&boats, lackingYears(t, day), Known{})
		if !ok || strings.HasSuffix(h.Text, said) != incomplete {
			t.Errorf("%s: %q", day, h.Text)
		}
	}
}

// TestComparisonsSayThatTheyAreIncomplete does the same with the other sentences.
func TestComparisonsSayThatTheyAreIncomplete(t *testing.T) {
	per := stat.Period{Start: stat.MustDate("2025-08-06"), End: stat.MustDate("2026-06-25"), Precision: stat.PrecisionRange}
	for _, c := range []struct {
		value, prior bool
		want         string
	}{
		{true, false, "at least 500 boats have arrived, against 1,000"},
		{false, true, "500 boats have arrived, against at least 1,000"},
		{true, true, "at least 500 boats have arrived, against at least 1,000"},
	} {
		for _, basis := range []string{compare.BasisRolling, compare.BasisPolicyPeriod} {
			x := compare.Comparison{Basis: basis, Period: per, Value: stat.Known(500), Prior: stat.Known(1000), Change: stat.Known(-500),
				Incomplete: c.value, PriorIncomplete: c.prior}
			h, ok := Rolling(&boats, x)
			if basis == compare.BasisPolicyPeriod {
				h, ok = Since(&boats, Policy{"x", "the agreement", per.Start}, x, Known{})
			}
			if !ok || !strings.Contains(h.Text, c.want) || !strings.HasSuffix(h.Text, said) {
				t.Errorf("%+v: %q", c, h.Text)
			}
		}
	}
	a := Agreement{ID: "x", Name: "the agreement", Since: per.Start, Series: "a:out:M", Out: [2]string{"return", "returns"}, In: [2]string{"transfer", "transfers"}, Base: "people"}
	b := compare.Balance{Basis: compare.BasisCumulative, Period: per, Out: stat.Known(3), In: stat.Known(2), Base: stat.Known(9), Incomplete: true}
	if h, ok := Balance(a, b, Known{}); !ok || !strings.HasSuffix(h.Text, "; 9 people over the same days"+said) {
		t.Errorf("%q", h.Text)
	}
}
