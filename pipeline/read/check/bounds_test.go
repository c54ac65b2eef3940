package check

import (
	"slices"
	"testing"

	"crossings/pipeline/stat"
)

// daysOf returns a series of days with these values; -1 is a missing one.
func daysOf(kind stat.Kind, from string, values ...int64) []stat.Observation {
	s := stat.NewSeries(stat.Series{Source: "x", Measure: "arrivals", Unit: "persons", Flow: "arrival", Kind: kind, RefArea: "GBR"}, stat.Daily)
	var out []stat.Observation
	for i, v := range values {
		o := stat.Observation{Series: &s, Period: stat.Day(stat.MustDate(from).AddDays(i)), Status: stat.Normal, Value: stat.Known(v), Locator: "A" + string(rune('1'+i)), Release: &stat.Release{}}
		if v < 0 {
			o.Value, o.Status = stat.Count{}, stat.Missing
		}
		out = append(out, o)
	}
	return out
}

// codesOf returns the codes and severities of what a rule finds.
func codesOf(rule Rule, obs []stat.Observation) (out []string) {
	for _, f := range rule(map[stat.SeriesID][]stat.Observation{obs[0].Series.ID: obs}).Findings {
		out = append(out, f.Code+" "+string(f.Severity)+" "+f.Where)
	}
	return out
}

// TestBounds compares figures, and the sums of years, with what there can be at most.
func TestBounds(t *testing.T) {
	for name, c := range map[string]struct {
		obs  []stat.Observation
		want []string
	}{
		"within":                {daysOf(stat.Flow, "2025-01-01", 40, -1, 60), nil},
		"a figure":              {daysOf(stat.Flow, "2025-01-01", 40, 101, 200), []string{"implausible error A2"}},
		"a year":                {daysOf(stat.Flow, "2025-01-01", 40, 60, 1), []string{"implausible error A3"}},
		"two years":             {daysOf(stat.Flow, "2024-12-30", 40, 60, 100), nil},
		"levels are not summed": {daysOf(stat.Stock, "2025-01-01", 90, 90, 100), nil},
		"a level":               {daysOf(stat.Stock, "2025-01-01", 90, 101), []string{"implausible error A2"}},
	} {
		if got := codesOf(Bounds{"arrivals": 100}.Rule, c.obs); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
		if got := codesOf(Bounds{"boats": 1}.Rule, c.obs); got != nil {
			t.Errorf("%s: another measure's bound gave %v", name, got)
		}
	}
}

// TestMultiples looks at figures that are all multiples of a number, and at such that only few are.
func TestMultiples(t *testing.T) {
	for name, c := range map[string]struct {
		values  []int64
		rounded int64
		want    string
	}{
		"thousands":            {[]int64{5, 7000, 0, 12000, 9000, 130000, 4}, 1, "all-multiples error A2"},
		"three thousands":      {[]int64{7000, 0, 12000, 9000, 5}, 1, ""},
		"tens":                 {[]int64{10, 20, 70, 90, 110, 130, 10, 50, 30, 20, 70, 20}, 1, "all-multiples error A1"},
		"tens, one is not":     {[]int64{10, 20, 70, 90, 110, 131, 10, 50, 30, 20, 70, 20}, 1, ""},
		"tens, as rounded":     {[]int64{10, 20, 70, 90, 110, 130, 10, 50, 30, 20, 70, 20}, 10, ""},
		"rounded, and more":    {[]int64{70000, 120000, 90000, 1300000}, 10, "all-multiples error A1"},
		"rounded to fives":     {[]int64{10, 20, 70, 90, 110, 130, 10, 50, 30, 20, 70, 20}, 5, ""},
		"counts of few people": {[]int64{1, 2, 1, 0, 0, 4, 2, 1, 3, 2}, 1, ""},
	} {
		got := codesOf(Multiples(stat.SeverityError, c.rounded), daysOf(stat.Flow, "2025-01-01", c.values...))
		if len(got) > 1 || len(got) == 1 && got[0] != c.want || len(got) == 0 && c.want != "" {
			t.Errorf("%s: got %v, want %q", name, got, c.want)
		}
	}
}

// TestAlone weighs a series that nothing was known about. One figure far above all others waits.
func TestAlone(t *testing.T) {
	for name, c := range map[string]struct {
		values []int64
		want   bool
	}{
		"a digit too many": {[]int64{60, 70, 80, 90, 61, 71, 81, 9100, 62, 72, 82, 92}, true},
		"a record":         {[]int64{60, 70, 80, 90, 61, 71, 81, 900, 62, 72, 82, 92}, false},
		"small figures":    {[]int64{0, 0, 1, 0, 0, 0, 0, 499, 0, 0, 0, 0}, false},
		"few figures":      {[]int64{60, 70, 80, 90, 61, 71, 81, 9100}, false},
	} {
		moves := DefaultLimits.Moves(Known{}, daysOf(stat.Flow, "2025-01-01", c.values...), nil)
		if is := len(moves) == 1 && moves[0].Kind == Alone && moves[0].Where == "A8" && moves[0].Severity == stat.SeverityError; is != c.want || !c.want && moves != nil {
			t.Errorf("%s: got %v", name, moves)
		}
	}
}
