package check

import (
	"fmt"
	"slices"
	"strings"
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

// overlapping returns two days, and the second of them again.
func overlapping() []stat.Observation {
	list := daysOf(stat.Flow, "2025-01-01", 60, 60)
	list[0].Period.End++
	return list
}

// TestABoundOfNone finds the first person where there can be none.
func TestABoundOfNone(t *testing.T) {
	if got := codesOf(Bounds{"arrivals": 0}.Rule, daysOf(stat.Flow, "2025-01-01", 0, 1)); len(got) != 1 {
		t.Errorf("got %v", got)
	}
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
		"a year with a gap":     {daysOf(stat.Flow, "2025-01-01", 40, -1, 60, 1), []string{"implausible error A4"}},
		"one figure":            {daysOf(stat.Flow, "2025-01-01", 101), []string{"implausible error A1"}},
		"overlapping":           {overlapping(), nil},
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

// TestRunsOfMultiples has as many multiples of each number as show that they are no coincidence, and
// one fewer.
func TestRunsOfMultiples(t *testing.T) {
	others := []int64{11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53} // multiples of none of the numbers
	for of, least := range map[int64]int{1000: 4, 100: 6, 10: 12, 7: 15, 5: 18, 3: 26, 2: 40} {
		var values []int64
		for i := range least {
			values = append(values, of*others[i%len(others)])
		}
		var c, fewer Counts = *NewCounts(1), *NewCounts(1)
		for i, v := range values {
			c.Add(v, "A")
			if i > 0 {
				fewer.Add(v, "A")
			}
		}
		if f := c.Findings("x", stat.SeverityError); len(f) != 1 || !strings.Contains(f[0].Message, fmt.Sprintf(" %d figures, one after another, are multiples of %d,", least, of)) {
			t.Errorf("%d multiples of %d: %v", least, of, f)
		}
		if f := fewer.Findings("x", stat.SeverityError); f != nil {
			t.Errorf("%d multiples of %d: %v", least-1, of, f)
		}
	}
}

// TestTheLongestRunIsNamed has the first of the longest runs, without figures that say nothing new.
func TestTheLongestRunIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		values []int64
		want   string
	}{
		"the same again":    {[]int64{7000, 7000, 7000, 7000}, ""},
		"not in a row":      {[]int64{7000, 12000, 5, 9000, 130000}, ""},
		"a shorter one too": {[]int64{7000, 12000, 9000, 130000, 5, 3000}, "all-multiples error A1"},
		"one as long":       {[]int64{5, 7000, 12000, 9000, 130000, 5, 3000, 8000, 6000, 4000}, "all-multiples error A2"},
		"a longer one":      {[]int64{7000, 12000, 9000, 130000, 5, 3000, 8000, 6000, 4000, 3000}, "all-multiples error A6"},
	} {
		got := codesOf(Multiples(stat.SeverityError, 1), daysOf(stat.Flow, "2025-01-01", c.values...))
		if len(got) > 1 || len(got) == 1 && got[0] != c.want || len(got) == 0 && c.want != "" {
			t.Errorf("%s: got %v, want %q", name, got, c.want)
		}
	}
}

// TestMultiplesAcrossSeries looks at the figures of a measure series by series, and then period by
// period. What both show is found once.
func TestMultiplesAcrossSeries(t *testing.T) {
	of := func(from string, dimension string, values ...int64) []stat.Observation {
		list := daysOf(stat.Flow, from, values...)
		s := stat.NewSeries(stat.Series{Source: "x", Measure: "arrivals", Unit: "persons", Kind: stat.Flow, Dimensions: stat.Dimensions{Sex: dimension}}, stat.Daily)
		for i := range list {
			list[i].Series = &s
			list[i].Period = stat.Day(list[0].Period.Start.AddDays(2 * i))
		}
		return list
	}
	for name, c := range map[string]struct {
		women, men []int64
		found      int
	}{
		"day by day":       {[]int64{7000, 9000, 3}, []int64{12000, 130000, 7}, 1},
		"series by series": {[]int64{7000, 9000, 12000, 130000}, []int64{1, 2, 4, 7}, 1},
		"both":             {[]int64{7000, 9000, 12000, 130000}, []int64{8000, 11000, 14000, 90000}, 1},
		"neither":          {[]int64{7000, 9000, 3}, []int64{12000, 13, 7}, 0},
	} {
		women, men := of("2025-01-01", "F", c.women...), of("2025-01-02", "M", c.men...)
		got := Multiples(stat.SeverityError, 1)(map[stat.SeriesID][]stat.Observation{women[0].Series.ID: women, men[0].Series.ID: men}).Findings
		if len(got) != c.found {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestAlone weighs a series that nothing was known about. One figure far above all others waits.
func TestAlone(t *testing.T) {
	for name, c := range map[string]struct {
		values []int64
		want   bool
	}{
		"a digit too many":   {[]int64{60, 70, 80, 90, 61, 71, 81, 9100, 62, 72, 82, 92}, true},
		"a record":           {[]int64{60, 70, 80, 90, 61, 71, 81, 900, 62, 72, 82, 92}, false},
		"ten times as large": {[]int64{600, 700, 800, 900, 610, 710, 810, 9200, 620, 720, 820, 920}, false},
		"a little above":     {[]int64{600, 700, 800, 900, 610, 710, 810, 9300, 620, 720, 820, 920}, true},
		"another after it":   {[]int64{60, 70, 80, 90, 61, 71, 81, 9100, 62, 4000, 82, 92}, false},
		"small figures":      {[]int64{0, 0, 1, 0, 0, 0, 0, 499, 0, 0, 0, 0}, false},
		"few figures":        {[]int64{60, 70, 80, 90, 61, 71, 81, 9100, 62, 72, 82}, false},
		"few figures, a gap": {[]int64{60, 70, 80, 90, 61, 71, 81, 9100, 62, 72, 82, -1}, false},
	} {
		moves := DefaultLimits.Moves(Known{}, daysOf(stat.Flow, "2025-01-01", c.values...), nil)
		if is := len(moves) == 1 && moves[0].Kind == Alone && moves[0].Where == "A8" && moves[0].Severity == stat.SeverityError; is != c.want || !c.want && moves != nil {
			t.Errorf("%s: got %v", name, moves)
		}
		if is := len(moves) == 1 && strings.HasSuffix(moves[0].String(), fmt.Sprintf(": %d, and the largest other value of the series is %d", c.values[7], slices.Max(slices.Delete(slices.Clone(c.values), 7, 8)))); is != c.want {
			t.Errorf("%s: %v", name, moves)
		}
	}
}

// TestAloneOnlyAtFirst weighs no series that is known, nothing that the release after it says too, and
// nothing where a source sets no limit.
func TestAloneOnlyAtFirst(t *testing.T) {
	list := func(from string) []stat.Observation {
		return daysOf(stat.Flow, from, 60, 70, 80, 90, 61, 71, 81, 9100, 62, 72, 82, 92)
	}
	alone := func(l Limits, k Known) (n int) {
		for _, m := range l.Moves(k, list("2025-01-01"), nil) {
			if m.Kind == Alone {
				n++
			}
		}
		return n
	}
	if n := alone(DefaultLimits, Known{}); n != 1 {
		t.Fatalf("%d moves", n)
	}
	if n := alone(DefaultLimits, Known{Before: list("2024-01-01")}); n != 0 {
		t.Errorf("of a known series: %d moves", n)
	}
	if n := alone(DefaultLimits, Known{After: list("2025-01-01"), Cover: []stat.Coverage{}}); n != 0 {
		t.Errorf("the next release says the same: %d moves", n)
	}
	limits := DefaultLimits
	limits.Growth = 0
	if n := alone(limits, Known{}); n != 0 {
		t.Errorf("without a limit: %d moves", n)
	}
}
