package compare

import (
	"strings"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

// daysFrom returns a daily series from a day on. A "-" is a day whose value is missing.
func daysFrom(t *testing.T, first stat.Date, kind stat.Kind, values string) *Path {
	t.Helper()
	var obs []stat.Observation
	for i, v := range strings.Fields(values) {
		o := stat.Observation{Period: stat.Day(first.AddDays(i)), Status: stat.Missing}
		if v != "-" {
			n, err := stat.ParseCount(v)
			if err != nil {
				t.Fatal(err)
			}
			o.Value, o.Status = n, stat.Normal
		}
		obs = append(obs, o)
	}
	return pathOf(t, stat.Series{Measure: "m", Kind: kind}, stat.Daily, obs...)
}

// TestContextOfDays counts the days above zero next to the change of a daily series.
func TestContextOfDays(t *testing.T) {
	before, now := stat.NewDate(2024, time.June, 1), stat.NewDate(2024, time.June, 5)
	span := func(first stat.Date) stat.Period {
		return stat.Period{Start: first, End: first.AddDays(3), Precision: stat.PrecisionRange}
	}
	for _, c := range []struct {
		name, values string
		kind         stat.Kind
		ok           bool
		days, prior  int64
		per, rise    string // persons a day above zero, and its change in per cent
	}{
		{"fewer days", "100 100 0 10 0 300 0 120", stat.Flow, true, 2, 3, "210", "200"},
		{"a low base", "10 10 0 1 0 30 0 12", stat.Flow, true, 2, 3, "21", ""},
		{"no day", "10 10 0 1 0 0 0 0", stat.Flow, true, 0, 3, "", ""},
		{"no day now, of many", "100 100 0 10 0 0 0 0", stat.Flow, true, 0, 3, "", ""},
		{"no day before", "0 0 0 0 1 2 3 4", stat.Flow, true, 4, 0, "2.5", ""},
		{"a missing day", "10 10 0 1 0 - 0 12", stat.Flow, false, 0, 0, "", ""},
		{"a stock", "10 10 0 1 0 30 0 12", stat.Stock, false, 0, 0, "", ""},
	} {
		got, ok := ContextOfDays(daysFrom(t, before, c.kind, c.values), span(now), span(before))
		if ok != c.ok || ok && (got.Of != stat.Known(c.days) || got.PriorOf != stat.Known(c.prior)) || got.Per.String() != c.per || got.PerChangePercent.String() != c.rise {
			t.Errorf("%s: %t, %+v", c.name, ok, got)
		}
	}
	weeks := weeksFrom(t, before+6, 9)
	first, second := rangeOf("2024-06-01", "2024-06-07"), rangeOf("2024-06-08", "2024-06-14")
	if _, ok := ContextOfDays(weeks, second, first); ok || !weeks.Over(second).Value.IsKnown() {
		t.Error("days are counted in a weekly series")
	}
}

// TestContextOfDaysOfLongPeriods has none for a daily series that states two days at once.
func TestContextOfDaysOfLongPeriods(t *testing.T) {
	before, now := rangeOf("2024-06-01", "2024-06-04"), rangeOf("2024-06-05", "2024-06-08")
	s := stat.Series{Measure: "m", Kind: stat.Flow}
	var obs []stat.Observation
	for d := before.Start; d < now.End; d += 2 {
		obs = append(obs, stat.Observation{Period: stat.Period{Start: d, End: d + 1, Precision: stat.PrecisionRange}, Value: stat.Known(100)})
	}
	p := pathOf(t, s, stat.Daily, obs...)
	if !p.Over(now).Value.IsKnown() {
		t.Fatal("the sum is not known")
	}
	if c, ok := ContextOfDays(p, now, before); ok {
		t.Errorf("days are counted: %+v", c)
	}
}

// TestContextOfNothingBefore has no change of a ratio whose prior window has nothing below the line.
func TestContextOfNothingBefore(t *testing.T) {
	first := stat.MustDate("2024-06-01")
	p, of := daysFrom(t, first, stat.Flow, "100 200"), daysFrom(t, first, stat.Flow, "0 4")
	c, ok := ContextOf(p, of, stat.Day(first+1), stat.Day(first))
	if !ok || c.ChangePercent.String() != "100" || c.Per.String() != "50" || c.PriorPer.IsKnown() || c.PerChangePercent.IsKnown() {
		t.Errorf("%t, %+v", ok, c)
	}
}

// TestMeanings says what lower and upper are in each table that has them, once.
func TestMeanings(t *testing.T) {
	var tables []string
	for _, m := range Meanings() {
		tables = append(tables, m.Table)
		if m.Sentence == "" || m.Lower == "" || m.Upper == "" {
			t.Errorf("%+v", m)
		}
		if m.Table == "rates" {
			for _, want := range []string{"on fewer than 1,000 arrivals", "of fewer than 5 deaths", "Poisson 95 % interval"} {
				if !strings.Contains(m.Sentence, want) {
					t.Errorf("%q does not say %q", m.Sentence, want)
				}
			}
		}
	}
	if got, want := strings.Join(tables, " "), "observations rates breakdowns year-on-year year-to-date"; got != want {
		t.Errorf("the tables %s, want %s", got, want)
	}
}
