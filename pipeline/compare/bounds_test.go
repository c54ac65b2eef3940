package compare

import (
	"strings"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

// pathOf returns a path of observations, and sets their series.
func pathOf(t *testing.T, s stat.Series, f stat.Frequency, list ...stat.Observation) *Path {
	t.Helper()
	s.Source = "x"
	s = stat.NewSeries(s, f)
	for i := range list {
		list[i].Series = &s
		if list[i].Status == "" {
			list[i].Status = stat.Normal
		}
	}
	p, err := NewPath(&s, list)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// ranged returns a value with its range, in a release of one vintage.
func ranged(p stat.Period, lower, value, upper int64, vintage string) stat.Observation {
	return stat.Observation{Period: p, Lower: stat.Known(lower), Value: stat.Known(value), Upper: stat.Known(upper), Release: &stat.Release{Vintage: stat.MustDate(vintage)}}
}

// TestEachBoundIsInItsPlace gives every bound of this year and of last year its own value, so
// that swapping two of them fails the test.
func TestEachBoundIsInItsPlace(t *testing.T) {
	k := stat.Known
	may := func(y int) stat.Period { return stat.Month(y, time.May) }
	flow := pathOf(t, stat.Series{Measure: "dead", Kind: stat.Flow}, stat.Monthly, ranged(may(2024), 11, 12, 13, "2025-01-01"), ranged(may(2025), 21, 22, 23, "2026-01-01"))
	day := func(y int) stat.Period { return stat.Day(stat.NewDate(y, 5, 31)) }
	stock := pathOf(t, stat.Series{Measure: "people", Kind: stat.Stock}, stat.Daily, ranged(day(2024), 11, 12, 13, "2025-01-01"), ranged(day(2025), 21, 22, 23, "2026-01-01"))
	cutoff := stat.NewDate(2025, 5, 31)
	compared := map[string]Comparison{"same period": PolicyPeriods(flow, may(2025).Start, cutoff)[0]}
	for name, p := range map[string]*Path{"month": flow, "point": stock} {
		list, err := YearOnYear(p, cutoff)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			if c.Basis == name && c.Period.End == cutoff {
				compared[name] = c
			}
		}
	}
	for _, name := range []string{"same period", "month", "point"} {
		c := compared[name]
		got := [6]stat.Count{c.Lower, c.Value, c.Upper, c.PriorLower, c.Prior, c.PriorUpper}
		if want := [6]stat.Count{k(21), k(22), k(23), k(11), k(12), k(13)}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		if c.Period.Start.Year() != 2025 || c.PriorPeriod.Start.Year() != 2024 || c.Change != k(10) || c.Vintage != stat.MustDate("2026-01-01") {
			t.Errorf("%s: %+v", name, c)
		}
	}
	var full []stat.Observation
	for m := range time.Month(17) {
		n := int64(m) + 1
		full = append(full, ranged(stat.Month(2024, m+1), n, 10*n, 100*n, "2026-01-01"))
	}
	years, err := YearToDate(pathOf(t, stat.Series{Measure: "dead", Kind: stat.Flow}, stat.Monthly, full...), cutoff)
	if err != nil || len(years) != 2 {
		t.Fatal(err, years)
	}
	y := years[1]
	got := [7]stat.Count{y.Lower, y.Value, y.Upper, y.PriorWindow.Lower, y.Prior, y.PriorWindow.Upper, y.PriorYear}
	if want := [7]stat.Count{k(75), k(750), k(7500), k(15), k(150), k(1500), k(780)}; got != want {
		t.Errorf("year to date %v, want %v", got, want)
	}
}

// TestIncompleteIsStated marks one sum at a time as lacking rows. The result must say which.
func TestIncompleteIsStated(t *testing.T) {
	lacking := func(p stat.Period, is bool) stat.Observation {
		o := stat.Observation{Period: p, Value: stat.Known(40), Release: &stat.Release{}}
		if is {
			o.Status, o.Locator = stat.Estimated, stat.Lacking("A", 1)
		}
		return o
	}
	for _, c := range []struct {
		now, prior bool
		note       string
	}{{false, false, ""}, {true, false, "incomplete"}, {false, true, "prior value: incomplete"}, {true, true, "incomplete; prior value: incomplete"}} {
		months := []stat.Observation{lacking(stat.Month(2024, 5), c.prior), lacking(stat.Month(2025, 5), c.now)}
		flow := pathOf(t, stat.Series{Measure: "dead", Kind: stat.Flow}, stat.Monthly, months...)
		x := PolicyPeriods(flow, stat.MustDate("2025-05-01"), stat.MustDate("2025-05-31"))[0]
		if x.Incomplete != c.now || x.PriorIncomplete != c.prior || x.Note.String() != c.note {
			t.Errorf("%+v: flow %+v", c, x)
		}
		ends := []stat.Observation{lacking(stat.Day(stat.MustDate("2024-05-31")), c.prior), lacking(stat.Day(stat.MustDate("2025-05-31")), c.now)}
		stock := pathOf(t, stat.Series{Measure: "people", Kind: stat.Stock}, stat.Daily, ends...)
		points, err := YearOnYear(stock, stat.MustDate("2025-05-31"))
		if err != nil || len(points) != 2 || points[1].Incomplete != c.now || points[1].PriorIncomplete != c.prior || points[1].Note.String() != c.note {
			t.Errorf("%+v: stock %+v, %v", c, points, err)
		}
		if w := stock.Over(stat.Day(stat.MustDate("2025-05-31"))); w.Incomplete() != c.now {
			t.Errorf("%+v: window %+v", c, w)
		}
	}
	for i := range 4 {
		var paths [3]*Path
		for j := range paths {
			paths[j] = pathOf(t, stat.Series{Measure: "m", Kind: stat.Flow}, stat.Monthly, lacking(stat.Month(2025, 5), i == j))
		}
		want := i < 3
		b := Balances(paths[0], paths[1], paths[2], stat.MustDate("2025-05-01"))[0]
		if b.Incomplete != want || strings.HasPrefix(b.Note.String(), "incomplete") != want {
			t.Errorf("balance %d: %+v", i, b)
		}
		if r := Ratio("r", paths[0], paths[1], stat.Month(2025, 5)); (r.Note.String() == "incomplete") != (i < 2) {
			t.Errorf("ratio %d: %q", i, r.Note)
		}
	}
	var days []stat.Observation
	for d := stat.MustDate("2024-01-01"); d <= stat.MustDate("2025-01-10"); d++ {
		days = append(days, lacking(stat.Day(d), d == stat.MustDate("2024-12-31")))
	}
	years, err := YearToDate(pathOf(t, stat.Series{Measure: "m", Kind: stat.Flow}, stat.Daily, days...), stat.MustDate("2025-01-10"))
	if err != nil || len(years) != 2 || !years[1].PriorYearIncomplete || years[1].Note.String() != "prior year: incomplete" || years[1].PriorWindow.Incomplete() {
		t.Errorf("%+v, %v", years, err)
	}
}

// TestLastYearWithoutAnswer has a cut-off, a series and values that give no answer.
func TestLastYearWithoutAnswer(t *testing.T) {
	month := func(y int, m time.Month, n int64) stat.Observation {
		return stat.Observation{Period: stat.Month(y, m), Value: stat.Known(n), Release: &stat.Release{}}
	}
	flow := func(list ...stat.Observation) *Path {
		return pathOf(t, stat.Series{Measure: "m", Flow: "fatality", Kind: stat.Flow}, stat.Monthly, list...)
	}
	jan := stat.MustDate("2025-01-31")
	for name, c := range map[string]struct {
		p      *Path
		cutoff stat.Date
		want   stat.Date
	}{
		"passed":             {flow(month(2024, 1, 3), month(2024, 2, 3), month(2025, 1, 5)), jan, stat.MustDate("2024-02-29")},
		"reached exactly":    {flow(month(2024, 1, 5), month(2024, 2, 3), month(2025, 1, 5)), jan, stat.MustDate("2024-01-31")},
		"one":                {flow(month(2024, 1, 1), month(2025, 1, 1)), jan, stat.MustDate("2024-01-31")},
		"no cut-off":         {flow(month(2024, 1, 3), month(2025, 1, 3)), 0, 0},
		"zero":               {flow(month(2024, 1, 3), month(2025, 1, 0)), jan, 0},
		"not known":          {flow(month(2024, 1, 3)), jan, 0},
		"never reached":      {flow(month(2024, 1, 3), month(2025, 1, 5)), jan, 0},
		"January is missing": {flow(month(2024, 2, 9), month(2025, 1, 5)), jan, 0},
		"a gap":              {flow(month(2024, 1, 1), month(2024, 3, 9), month(2025, 1, 5)), jan, 0},
	} {
		if got, ok := PassedOn(c.p, c.cutoff); got != c.want || ok != (c.want != 0) {
			t.Errorf("%s: %s, %v", name, got, ok)
		}
	}
	year := func(y int, first, rest int64) (list []stat.Observation) {
		for m := range time.Month(12) {
			n := rest
			if m == 0 {
				n = first
			}
			list = append(list, month(y, m+1, n))
		}
		return list
	}
	for name, c := range map[string]struct {
		p      *Path
		cutoff stat.Date
		want   string
	}{
		"a share":     {flow(append(year(2024, 9, 1), month(2025, 1, 5))...), jan, "45"},
		"none so far": {flow(append(year(2024, 0, 1), month(2025, 1, 5))...), jan, "0"},
		"below zero":  {flow(append(year(2024, -1, 1), month(2025, 1, 5))...), jan, ""},
		"none at all": {flow(append(year(2024, 0, 0), month(2025, 1, 5))...), jan, ""},
		"no cut-off":  {flow(year(2024, 9, 1)...), 0, ""},
		"empty":       {flow(), jan, ""},
		"part years":  {flow(month(2024, 1, 5), month(2025, 1, 5)), jan, ""},
		"the last":    {flow(year(2024, 9, 1)...), jan, "45"},
	} {
		got := ""
		for _, s := range ShareReached(c.p, c.cutoff) {
			got += s.Share.String()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestPathAnswers(t *testing.T) {
	p := pathOf(t, stat.Series{Measure: "m", Kind: stat.Flow}, stat.Monthly, ranged(stat.Month(2025, 1), 1, 2, 3, "2026-02-01"), ranged(stat.Month(2025, 2), 1, 2, 3, "2026-01-01"))
	if p.Vintage() != stat.MustDate("2026-02-01") {
		t.Errorf("vintage %s", p.Vintage())
	}
	for f, want := range map[stat.Frequency]string{stat.Daily: "days", stat.Weekly: "weeks", stat.Monthly: "months", stat.Quarterly: "quarters", stat.Annual: "years"} {
		if got := (&Path{freq: f}).unit(); got != want {
			t.Errorf("%s: %s", f, got)
		}
	}
	half := stat.Period{Start: stat.MustDate("2025-01-01"), End: stat.MustDate("2025-02-14")}
	late := stat.Period{Start: stat.MustDate("2025-01-02"), End: stat.MustDate("2025-02-28")}
	for _, per := range []stat.Period{half, late} {
		if w := p.Over(per); w.Value.IsKnown() || w.Lower.IsKnown() || w.Upper.IsKnown() {
			t.Errorf("%s to %s: %+v", per.Start, per.End, w)
		}
	}
	day := stat.MustDate("2026-01-10")
	stock := pathOf(t, stat.Series{Measure: "m", Kind: stat.Stock}, stat.Daily, ranged(stat.Day(day), 1, 2, 3, "2026-02-01"))
	if w := stock.Sum(day, day+2); w.Days != 3 || w.Status != stat.NotExisting || w.Value.IsKnown() {
		t.Errorf("sum of a stock %+v", w)
	}
	if w := stock.Sum(day+2, day); w.Days != 0 {
		t.Errorf("%d days backwards", w.Days)
	}
	if w := stock.Over(stat.Day(day)); w.Days != 1 || w.Start != day || w.End != day || w.Value != stat.Known(2) {
		t.Errorf("level %+v", w)
	}
	if got := Slots(stock, 2026); got[9].Value.IsKnown() {
		t.Errorf("a stock has a cumulative of %s", got[9].Value)
	}
	if got := quotient(stat.Known(1), stat.Known(0)); got.IsKnown() {
		t.Errorf("1 ÷ 0 is %s", got)
	}
	if got := quotient(stat.Known(1), stat.Known(-1)); got.IsKnown() {
		t.Errorf("1 ÷ -1 is %s", got)
	}
	if got := quotient(stat.Known(3), stat.Known(1)); got != KnownFloat(3) {
		t.Errorf("3 ÷ 1 is %s", got)
	}
}
