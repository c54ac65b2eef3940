package headline

import (
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/breakdown"
	"crossings/pipeline/stat"
)

// TestLargestAtItsLimits has rows right at what decides whether they are named, summed or marked.
func TestLargestAtItsLimits(t *testing.T) {
	total := year("_T", 0, 100, 90, 100)
	changed := func(r breakdown.Row, change func(*breakdown.Row)) breakdown.Row {
		change(&r)
		return r
	}
	ranks := func(of ...int) []breakdown.Row {
		rows := []breakdown.Row{total}
		for i, rank := range of {
			rows = append(rows, year(string(rune('a'+i)), rank, 10, 10, 100))
		}
		return rows
	}
	const of, against = "Of 100 people detected in 2022, ", ", against 8 of 90 in 2021"
	const lacks = " (" + stat.IncompleteText + ")."
	a := year("a", 1, 10, 8, 100)
	for name, c := range map[string]struct {
		rows []breakdown.Row
		want string
	}{
		"unknown and not stated": {[]breakdown.Row{total, a, year("_U", 0, 5, 5, 100), year("_X", 0, 1, 5, 100)}, of + "10 were nationals of a (10.0 %)" + against + "; for 6 no nationality is stated."},
		"one not stated":         {[]breakdown.Row{total, a, year("_X", 0, 1, 5, 100)}, of + "10 were nationals of a (10.0 %)" + against + "; for 1 no nationality is stated."},
		"none not stated":        {[]breakdown.Row{total, a, year("_X", 0, 0, 5, 100)}, of + "10 were nationals of a (10.0 %)" + against + "."},
		"no rank":                {[]breakdown.Row{total, a, year("b", 0, 9, 9, 100)}, of + "10 were nationals of a (10.0 %)" + against + "."},
		"a part of none":         {[]breakdown.Row{total, a, year("b", 2, 0, 9, 100)}, of + "10 were nationals of a (10.0 %)" + against + "."},
		"a part of one":          {[]breakdown.Row{total, a, year("b", 2, 1, 1, 100)}, of + "10 were nationals of a (10.0 %) and 1 of b (1.0 %), against 8 and 1 of 90 in 2021."},
		"the total is not known": {[]breakdown.Row{changed(total, func(r *breakdown.Row) { r.Value = stat.Count{} }), a}, ""},
		"no total a year before": {[]breakdown.Row{changed(total, func(r *breakdown.Row) { r.Prior = stat.Count{} }), a}, of + "10 were nationals of a (10.0 %)."},
		"the total lacks rows a year before": {[]breakdown.Row{changed(total, func(r *breakdown.Row) { r.PriorIncomplete = true }), a},
			of + "10 were nationals of a (10.0 %), against 8 of at least 90 in 2021" + lacks},
		"a part lacks rows": {[]breakdown.Row{total, changed(a, func(r *breakdown.Row) { r.Incomplete = true })},
			of + "at least 10 were nationals of a (10.0 %)" + against + lacks},
		"a part lacks rows a year before": {[]breakdown.Row{total, changed(a, func(r *breakdown.Row) { r.PriorIncomplete = true })},
			of + "10 were nationals of a (10.0 %), against at least 8 of 90 in 2021" + lacks},
		"five parts":             {ranks(1, 2, 3, 3, 3), of + "10 were nationals of a (10.0 %), 10 of b (10.0 %), 10 of c (10.0 %), 10 of d (10.0 %) and 10 of e (10.0 %), against 10, 10, 10, 10 and 10 of 90 in 2021."},
		"six, four of them last": {ranks(1, 2, 3, 3, 3, 3), of + "10 were nationals of a (10.0 %) and 10 of b (10.0 %), against 10 and 10 of 90 in 2021."},
		"six, one of them last":  {ranks(1, 2, 2, 2, 2, 3), of + "10 were nationals of a (10.0 %), 10 of b (10.0 %), 10 of c (10.0 %), 10 of d (10.0 %) and 10 of e (10.0 %), against 10, 10, 10, 10 and 10 of 90 in 2021."},
	} {
		h, ok := Largest(Parts{Total: &boats, Dimension: "origin", Of: "people detected", Were: "were nationals of", Rows: slices.Clone(c.rows), Label: strings.Clone}, Known{})
		if h.Text != c.want || ok != (c.want != "") {
			t.Errorf("%s:\n got %s\nwant %s", name, h.Text, c.want)
		}
		if named := strings.Contains(strings.Join(h.Rows, " "), "/_X/"); named != strings.Contains(c.want, "for") {
			t.Errorf("%s: rows %s", name, h.Rows)
		}
	}
}

// TestWholeYearsNeedAllDays has a year to 31 December that lacks a day.
func TestWholeYearsNeedAllDays(t *testing.T) {
	s, y := yearTo(t, stat.Daily, stat.MustDate("2025-12-31"))
	y.Window.Complete = false
	h, ok := YearToDate(s, y, Known{On: stat.MustDate("2025-12-31")})
	if !ok || !strings.Contains(h.Text, "boats have arrived in 2025, to 31 December 2025, against") {
		t.Errorf("%q", h.Text)
	}
}

// TestInContextNeedsBothRatios has one ratio and not the other, and changes that are not known.
func TestInContextNeedsBothRatios(t *testing.T) {
	x := Context{"days", [2]string{"day", "days"}, "per such day"}
	per := stat.Period{Start: stat.MustDate("2025-01-01"), End: stat.MustDate("2025-04-30")}
	c := compare.Context{Period: per, PriorPeriod: per, Value: stat.Known(2), Prior: stat.Known(3), Of: stat.Known(1), PriorOf: stat.Known(1)}
	one, other, both := c, c, c
	one.Per, other.PriorPer = compare.KnownFloat(2), compare.KnownFloat(3)
	both.Per, both.PriorPer = compare.KnownFloat(2), compare.KnownFloat(3)
	for name, c := range map[string]compare.Context{"not a year before": one, "only a year before": other} {
		if h, ok := InContext(&boats, x, c, Known{}); ok {
			t.Errorf("%s: %q", name, h.Text)
		}
	}
	if h, ok := InContext(&boats, x, both, Known{}); !ok || strings.Contains(h.Text, "(") {
		t.Errorf("%q", h.Text)
	}
}

// TestRenderNeedsItsSentence checks that a sentence that is not in the list is no empty text.
func TestRenderNeedsItsSentence(t *testing.T) {
	defer func() {
		if err, _ := recover().(error); err == nil || !strings.Contains(err.Error(), "no such sentence") {
			t.Errorf("%v", err)
		}
	}()
	t.Error(render("no such sentence", nil))
}

// TestYearBefore has windows that differ in one thing from the same dates of the year before.
func TestYearBefore(t *testing.T) {
	per := func(from, to string) stat.Period {
		return stat.Period{Start: stat.MustDate(from), End: stat.MustDate(to)}
	}
	p := per("2025-02-01", "2025-04-30")
	for _, c := range []struct {
		p, prior stat.Period
		want     int
	}{
		{p, per("2024-02-01", "2024-04-30"), 2024},
		{p, per("2024-02-02", "2024-04-30"), 0}, {p, per("2024-02-01", "2024-04-29"), 0},
		{p, per("2023-02-01", "2024-04-30"), 0}, {p, per("2024-02-01", "2023-04-30"), 0}, {p, per("2023-02-01", "2023-04-30"), 0},
		{per("2024-11-01", "2025-04-30"), per("2023-11-01", "2024-04-30"), 0}, // not of one year
	} {
		if got := yearBefore(c.p, c.prior); got != c.want {
			t.Errorf("%v before %v: %d, want %d", c.prior, c.p, got, c.want)
		}
	}
}

// TestRankOfAWholeYear has a year that ended today: nobody says "so far" of it.
func TestRankOfAWholeYear(t *testing.T) {
	var years []compare.YTD
	for y, n := range []int64{5, 7, 9} {
		end := stat.Year(2018 + y).End
		years = append(years, compare.YTD{Year: 2018 + y, Cutoff: end, Window: compare.Window{End: end, Value: stat.Known(n)}})
	}
	h, _ := Rank(&boats, years, Known{On: stat.MustDate("2020-12-31")})
	if want := "9 boats have arrived in 2020: the highest count by 31 December of the 3 years since 2018."; h.Text != want {
		t.Errorf("%q", h.Text)
	}
}
