package headline

import (
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/breakdown"
	"crossings/pipeline/stat"
)

// TestImmatureFiguresSayTheOneOfTheSameAge checks each sentence that compares.
func TestImmatureFiguresSayTheOneOfTheSameAge(t *testing.T) {
	per := stat.Period{Start: stat.MustDate("2025-06-26"), End: stat.MustDate("2026-06-25"), Precision: stat.PrecisionRange}
	for _, c := range []struct {
		young *compare.Young
		want  string
	}{
		{nil, "(+75.4 %)."},
		{compare.NewYoung(4, stat.Known(1754), stat.Known(1600)),
			"(+75.4 %); the newest figures are immature: earlier ones changed in up to 4 later releases, and at the same age the one before was 1,600 (+9.6 %)."},
		{compare.NewYoung(1, stat.Known(1754), stat.Count{}), "(+75.4 %); the newest figures are immature: earlier ones changed in the next release."},
	} {
		x := compare.Comparison{Basis: compare.BasisRolling, Period: per, Value: stat.Known(1754), Prior: stat.Known(1000), Change: stat.Known(754), ChangePercent: compare.KnownPercent(75.4), Young: c.young}
		if h, ok := Rolling(&boats, x); !ok || !strings.HasSuffix(h.Text, c.want) {
			t.Errorf("rolling %q, want %q", h.Text, c.want)
		}
		y := compare.YTD{Year: 2026, Window: compare.Window{End: per.End, Value: stat.Known(1754)}, Prior: stat.Known(1000), Change: stat.Known(754), ChangePercent: compare.KnownPercent(75.4), Young: c.young}
		if h, ok := YearToDate(&boats, y, Known{}); !ok || !strings.HasSuffix(h.Text, c.want) {
			t.Errorf("year to date %q, want %q", h.Text, c.want)
		} else {
			hasMaturityRow(t, h, c.young != nil)
		}
		rolling, _ := Rolling(&boats, x)
		hasMaturityRow(t, rolling, c.young != nil)
		x.Basis = compare.BasisPolicyPeriod
		since, _ := Since(&boats, Policy{ID: "rule", Name: "the rule"}, x, Known{})
		hasMaturityRow(t, since, c.young != nil)
		total := breakdown.Row{Comparison: compare.Comparison{Basis: compare.BasisYear, Period: per, Value: stat.Known(10), Young: c.young}, Code: stat.Total}
		part := breakdown.Row{Comparison: compare.Comparison{Basis: compare.BasisYear, Period: per, Value: stat.Known(6)}, Code: "ALB", Rank: 1}
		largest, ok := Largest(Parts{Total: &boats, Dimension: "origin", Of: "people detected", Were: "were nationals of", Rows: []breakdown.Row{total, part}, Label: strings.Clone}, Known{})
		if !ok {
			t.Error("no sentence on the largest")
		}
		hasMaturityRow(t, largest, c.young != nil)
	}
}

// hasMaturityRow checks that a sentence on immature figures has the row with the number of releases that it states.
func hasMaturityRow(t *testing.T, h Headline, want bool) {
	t.Helper()
	if got := slices.Contains(h.Rows, "revision-summary/"+string(boats.ID)); got != want {
		t.Errorf("%s has rows %s", h.ID, h.Rows)
	}
}
