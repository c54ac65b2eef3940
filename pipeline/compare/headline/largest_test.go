package headline

import (
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/breakdown"
	"crossings/pipeline/stat"
)

// year returns the row of a part in a calendar year.
func year(code string, rank int, value, prior, total int64) breakdown.Row {
	r := breakdown.Row{Code: code, Rank: rank, Share: compare.KnownPercent(100 * float64(value) / float64(total))}
	r.Basis, r.Period, r.PriorPeriod = compare.BasisYear, stat.Year(2022), stat.Year(2021)
	r.Value, r.Prior, r.Status = stat.Known(value), stat.Known(prior), stat.Normal
	return r
}

func TestLargest(t *testing.T) {
	total := year("_T", 0, 45774, 28526, 45774)
	worked := []breakdown.Row{total, year("AFG", 2, 9088, 1437, 45774), year("ALB", 1, 12658, 815, 45774), year("IRN", 3, 5841, 8319, 45774), year("IRQ", 4, 4574, 6117, 45774), year("_X", 0, 200, 582, 45774)}
	first := worked[2]
	first.Prior = stat.Count{}
	lacking := total
	lacking.Incomplete = true
	stock := slices.Clone(worked)
	for i := range stock {
		stock[i].Basis, stock[i].Period, stock[i].PriorPeriod = compare.BasisPoint, stat.Day(stat.MustDate("2024-09-30")), stat.Day(stat.MustDate("2023-09-30"))
	}
	part := slices.Clone(worked)
	for i := range part {
		part[i].Period = stat.Period{Start: stat.MustDate("2021-10-01"), End: stat.MustDate("2022-09-30"), Precision: stat.PrecisionRange}
	}
	var equal []breakdown.Row
	for _, code := range []string{"a", "b", "c", "d", "e"} {
		equal = append(equal, year(code, 2, 10, 10, 100))
	}
	for name, c := range map[string]struct {
		rows []breakdown.Row
		want string
	}{
		"worked": {worked, "Of 45,774 people detected in 2022, 12,658 were nationals of ALB (27.7 %), 9,088 of AFG (19.9 %) and 5,841 of IRN (12.8 %), against 815, 1,437 and 8,319 of 28,526 in 2021; for 200 no nationality is stated."},
		"stock":  {stock[:3], "Of 45,774 people detected on 30 September 2024, 12,658 were nationals of ALB (27.7 %) and 9,088 of AFG (19.9 %), against 815 and 1,437 of 28,526 on 30 September 2023."},
		"months": {part[:2], "Of 45,774 people detected in the twelve months to 30 September 2022, 9,088 were nationals of AFG (19.9 %), against 1,437 of 28,526 in the twelve months before."},
		"no year before": {[]breakdown.Row{total, first, worked[1]},
			"Of 45,774 people detected in 2022, 12,658 were nationals of ALB (27.7 %) and 9,088 of AFG (19.9 %)."},
		"incomplete": {[]breakdown.Row{lacking, worked[2]}, "Of at least 45,774 people detected in 2022, 12,658 were nationals of ALB (27.7 %), against 815 of 28,526 in 2021 (incomplete: some rows could not be used)."},
		"equal":      {append([]breakdown.Row{total, worked[2]}, equal...), "Of 45,774 people detected in 2022, 12,658 were nationals of ALB (27.7 %), against 815 of 28,526 in 2021."},
		"no total":   {worked[1:], ""},
		"no parts":   {worked[:1], ""},
	} {
		h, ok := Largest(Parts{Total: &boats, Dimension: "origin", Of: "people detected", Were: "were nationals of", Rows: c.rows, Label: strings.Clone}, Known{})
		if h.Text != c.want || ok != (c.want != "") {
			t.Errorf("%s:\n got %s\nwant %s", name, h.Text, c.want)
		}
	}
	h, _ := Largest(Parts{Total: &boats, Dimension: "origin", Of: "people detected", Were: "were nationals of", Rows: worked, Label: strings.Clone}, Known{})
	want := "breakdowns/a-b:boats:D/origin/_T/year/2022-01-01 breakdowns/a-b:boats:D/origin/_X/year/2022-01-01 breakdowns/a-b:boats:D/origin/ALB/year/2022-01-01 " +
		"breakdowns/a-b:boats:D/origin/AFG/year/2022-01-01 breakdowns/a-b:boats:D/origin/IRN/year/2022-01-01"
	if got := strings.Join(h.Rows, " "); got != want || h.ID != "a-b-boats-d-largest-origin" {
		t.Errorf("%s: rows %s", h.ID, got)
	}
	late, _ := Largest(Parts{Total: &boats, Dimension: "origin", Of: "people detected", Were: "were nationals of", Rows: part[:2], Label: strings.Clone}, Known{Late: true})
	if want := "In the twelve months to 30 September 2022, of 45,774 people detected, 9,088 were nationals of AFG (19.9 %), against 1,437 of 28,526 in the twelve months before."; late.Text != want {
		t.Errorf("a late source:\n got %s\nwant %s", late.Text, want)
	}
}
