package compare

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

// levels returns a stock with a value on each date. A date that begins with "-" has none.
func levels(t *testing.T, f stat.Frequency, dates ...string) *Path {
	t.Helper()
	var obs []stat.Observation
	for i, d := range dates {
		o := stat.Observation{Value: stat.Known(int64(1000 + i))}
		if d[0] == '-' {
			o, d = stat.Observation{Status: stat.Missing}, d[1:]
		}
		o.Period = stat.Day(stat.MustDate(d))
		obs = append(obs, o)
	}
	return pathOf(t, stat.Series{Measure: "people", Kind: stat.Stock}, f, obs...)
}

// monthsWithout returns a monthly flow of ones from January 2023 to June 2024 without May 2023.
func monthsWithout(t *testing.T) *Path {
	t.Helper()
	var obs []stat.Observation
	for d := stat.NewDate(2023, time.January, 1); d <= stat.NewDate(2024, time.June, 1); d = d.MonthEnd() + 1 {
		o := stat.Observation{Period: stat.Month(d.Year(), d.Month()), Value: stat.Known(1)}
		if d == stat.NewDate(2023, time.May, 1) {
			o.Value, o.Status = stat.Count{}, stat.Missing
		}
		obs = append(obs, o)
	}
	return pathOf(t, stat.Series{Measure: "m", Kind: stat.Flow}, stat.Monthly, obs...)
}

// TestWholeSpans lists the periods in which parts are compared.
func TestWholeSpans(t *testing.T) {
	for name, c := range map[string]struct {
		p      *Path
		cutoff string
		want   []string
	}{
		"a flow that lacks a month": {monthsWithout(t), "2024-06-30", []string{
			"quarter 2023-01-01 2023-03-31 2022-01-01 2022-03-31", "quarter 2023-07-01 2023-09-30 2022-07-01 2022-09-30",
			"quarter 2023-10-01 2023-12-31 2022-10-01 2022-12-31", "quarter 2024-01-01 2024-03-31 2023-01-01 2023-03-31",
			"quarter 2024-04-01 2024-06-30 2023-04-01 2023-06-30", "year-ending 2023-07-01 2024-06-30 2022-07-01 2023-06-30"}},
		"an earlier cut-off": {monthsWithout(t), "2023-09-29", []string{"quarter 2023-01-01 2023-03-31 2022-01-01 2022-03-31"}},
		"years": {ones(t, stat.Quarterly, stat.MustDate("2022-07-01"), stat.MustDate("2023-12-31")), "2024-06-30", []string{
			"quarter 2022-07-01 2022-09-30 2021-07-01 2021-09-30", "quarter 2022-10-01 2022-12-31 2021-10-01 2021-12-31",
			"quarter 2023-01-01 2023-03-31 2022-01-01 2022-03-31", "quarter 2023-04-01 2023-06-30 2022-04-01 2022-06-30",
			"quarter 2023-07-01 2023-09-30 2022-07-01 2022-09-30", "quarter 2023-10-01 2023-12-31 2022-10-01 2022-12-31",
			"year 2023-01-01 2023-12-31 2022-01-01 2022-12-31", "year-ending 2022-07-01 2023-06-30 2021-07-01 2022-06-30",
			"year-ending 2022-10-01 2023-09-30 2021-10-01 2022-09-30", "year-ending 2023-01-01 2023-12-31 2022-01-01 2022-12-31"}},
		"weeks":                        {weeksFrom(t, stat.MustDate("2022-01-09"), 104), "2023-12-31", nil},
		"weeks that fill two quarters": {weeksFrom(t, stat.MustDate("2024-01-07"), 26), "2024-06-30", nil},
		"a stock in a leap year and after it": {levels(t, stat.Quarterly, "2023-02-28", "2024-02-29", "2025-02-28", "2025-06-15", "-2025-07-31", "2025-09-30", "2025-12-31"), "2025-09-30", []string{
			"point 2023-02-28 2023-02-28 2022-02-28 2022-02-28", "point 2024-02-29 2024-02-29 2023-02-28 2023-02-28",
			"point 2025-02-28 2025-02-28 2024-02-29 2024-02-29", "point 2025-06-15 2025-06-15 2024-06-15 2024-06-15",
			"point 2025-09-30 2025-09-30 2024-09-30 2024-09-30"}},
		"the same date is stated": {levels(t, stat.Quarterly, "2024-02-28", "2025-02-28"), "2025-09-30", []string{
			"point 2024-02-28 2024-02-28 2023-02-28 2023-02-28", "point 2025-02-28 2025-02-28 2024-02-28 2024-02-28"}},
	} {
		var got []string
		for _, s := range WholeSpans(c.p, stat.MustDate(c.cutoff)) {
			got = append(got, fmt.Sprint(s.Basis, " ", s.Period.Start, " ", s.Period.End, " ", s.Before.Start, " ", s.Before.End))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q; want %q", name, got, c.want)
		}
	}
}

// TestAgainst compares exactly the days of a span. A month that straddles its edge leaves no value.
func TestAgainst(t *testing.T) {
	p := ones(t, stat.Monthly, stat.MustDate("2023-01-01"), stat.MustDate("2024-12-31"))
	days := func(start, end string) stat.Period {
		return stat.Period{Start: stat.MustDate(start), End: stat.MustDate(end), Precision: stat.PrecisionRange}
	}
	whole := Span{"quarter", days("2024-01-01", "2024-03-31"), days("2023-01-01", "2023-03-31")}
	if c := Against(p, whole); c.Basis != "quarter" || c.Value != stat.Known(3) || c.Prior != stat.Known(3) || c.Change != stat.Known(0) || c.Period != whole.Period || c.PriorPeriod != whole.Before {
		t.Errorf("a quarter: %+v", c)
	}
	half := Span{"range", days("2024-01-01", "2024-03-15"), days("2023-01-01", "2023-03-15")}
	if c := Against(p, half); c.Value.IsKnown() || c.Prior.IsKnown() || c.Change.IsKnown() || c.Period != half.Period || c.PriorPeriod != half.Before {
		t.Errorf("two months and a half: %+v", c)
	}
}

// TestBetweenAndTouches looks for observations in periods, whole ones and parts.
func TestBetweenAndTouches(t *testing.T) {
	p := ones(t, stat.Monthly, stat.MustDate("2023-01-01"), stat.MustDate("2023-06-30"))
	for _, c := range []struct {
		start, end string
		within     int
		touches    bool
	}{
		{"2023-01-01", "2023-06-30", 6, true},
		{"2023-02-02", "2023-04-29", 1, true}, // March
		{"2023-03-05", "2023-03-05", 0, true},
		{"2022-12-01", "2022-12-31", 0, false}, // the day before the first
		{"2022-12-01", "2023-01-01", 0, true},
		{"2023-07-01", "2023-07-31", 0, false},
	} {
		per := stat.Period{Start: stat.MustDate(c.start), End: stat.MustDate(c.end), Precision: stat.PrecisionRange}
		if got := Between(p, per); len(got) != c.within || Touches(p, per) != c.touches {
			t.Errorf("%s to %s: %d within, touches %t", c.start, c.end, len(got), Touches(p, per))
		}
	}
	first := Between(p, stat.Period{Start: stat.MustDate("2023-01-01"), End: stat.MustDate("2023-02-28")})
	if _ = append(first, stat.Observation{}); p.obs[2].Value != stat.Known(1) {
		t.Error("an append to a part of the observations writes over the next of them")
	}
}

// TestNewYoung compares a value with what the prior value was at the same age.
func TestNewYoung(t *testing.T) {
	if y := NewYoung(3, stat.Known(150), stat.Known(100)); y == nil || y.Releases != 3 || y.SameAge != stat.Known(100) || y.Change != stat.Known(50) || y.ChangePercent.String() != "50" {
		t.Errorf("%+v", y)
	}
	if y := NewYoung(3, stat.Known(150), stat.Count{}); y == nil || y.Change.IsKnown() || y.ChangePercent.IsKnown() {
		t.Errorf("%+v", y)
	}
}
