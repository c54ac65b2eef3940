package check

import (
	"errors"
	"strings"
	"testing"

	"crossings/pipeline/stat"
)

func series(measure string, f stat.Frequency) *stat.Series {
	s := stat.NewSeries(stat.Series{Source: "a", Measure: measure, Unit: "persons", Kind: stat.Flow}, f)
	return &s
}

var (
	days    = series("arrivals", stat.Daily)
	weeks   = series("arrivals", stat.Weekly)
	boats   = series("boats", stat.Weekly)
	release = &stat.Release{}
	sunday  = stat.MustDate("2026-02-15")
)

func obs(s *stat.Series, p stat.Period, v int64) stat.Observation {
	return stat.Observation{Series: s, Period: p, Value: stat.Known(v), Status: stat.Normal, Release: release, Locator: "S!" + p.End.String()}
}

func week(values ...int64) []stat.Observation {
	var out []stat.Observation
	for i, v := range values {
		out = append(out, obs(days, stat.Day(sunday.AddDays(i-6)), v))
	}
	return out
}

func TestSumsTo(t *testing.T) {
	rule := []Rule{SumsTo(weeks.ID, days.ID)}
	missing := week(1, 2, 3, 4, 5, 6, 7)
	missing[3].Value, missing[3].Status = stat.Count{}, stat.Missing
	for name, c := range map[string]struct {
		days  []stat.Observation
		whole int64
		want  int
	}{
		"equal":        {week(1, 2, 3, 4, 5, 6, 7), 28, 0},
		"differs":      {week(1, 2, 3, 4, 5, 6, 7), 29, 1},
		"week not out": {week(1, 2, 3), 28, 0},
		"day missing":  {missing, 28, 0},
		"known exceed": {missing, 5, 1},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := Release(append(c.days, obs(weeks, stat.WeekEnding(sunday), c.whole)), rule)
			if err != nil || len(found) != c.want {
				t.Errorf("findings %v, error %v, want %d findings", found, err, c.want)
			}
		})
	}
}

func TestSubset(t *testing.T) {
	w := stat.WeekEnding(sunday)
	found, err := Release([]stat.Observation{obs(boats, w, 5), obs(weeks, w, 4)}, []Rule{Subset(boats.ID, weeks.ID)})
	if err != nil || len(found) != 1 || !strings.Contains(found[0].Message, "more than the 4") {
		t.Errorf("findings %v, error %v", found, err)
	}
}

func TestReleaseRefusesADateTwice(t *testing.T) {
	_, err := Release(append(week(1, 2), week(1)...), nil)
	if !errors.Is(err, ErrDuplicate) {
		t.Errorf("error %v", err)
	}
}

func TestReleaseRefusesAValueWithoutOne(t *testing.T) {
	o := obs(days, stat.Day(sunday), 1)
	o.Status = stat.Missing
	if _, err := Release([]stat.Observation{o}, nil); err == nil {
		t.Error("a missing observation with a value passed")
	}
}

func TestNotShrunkOfBreakdowns(t *testing.T) {
	cover := func(n int) []stat.Coverage {
		return []stat.Coverage{{Series: "a:b:Q:*", Start: sunday, End: sunday, Observations: n}}
	}
	if err := NotShrunk(cover(100), cover(96)); err != nil {
		t.Error(err)
	}
	if err := NotShrunk(cover(100), cover(90)); !errors.Is(err, ErrShrunk) {
		t.Errorf("error %v", err)
	}
	parts := []stat.Coverage{{Series: "a:b:Q:sex=F", Start: sunday.AddDays(-9), End: sunday, Observations: 3}, {Series: "a:b:Q:sex=M", Start: sunday, End: sunday.AddDays(9), Observations: 3}}
	if err := NotShrunk(cover(100), parts); err != nil {
		t.Errorf("a group, then series in it: %v", err)
	}
	if err := NotShrunk(parts[:1], cover(100)); !errors.Is(err, ErrShrunk) || !strings.Contains(err.Error(), "starts on") {
		t.Errorf("a series, then a group with a shorter span: %v", err)
	}
	if err := NotShrunk(cover(100), nil); !errors.Is(err, ErrShrunk) {
		t.Errorf("no group: %v", err)
	}
}

func TestRejects(t *testing.T) {
	bad := []stat.ExcludedRow{{Sheet: "S", Line: 7, Column: "Number", Value: "-1", Reason: "a negative count"}, {Line: 9, Reason: "no date"}}
	if err := TooManyExcluded(bad, 1000, 2); err != nil {
		t.Error(err)
	}
	err := TooManyExcluded(bad, 1000, 1)
	if !errors.Is(err, ErrTooManyExcluded) || !strings.Contains(err.Error(), `sheet S, row 7, column "Number": a negative count`) {
		t.Errorf("error %v", err)
	}
}

func TestNotShrunk(t *testing.T) {
	cover := func(start, end string, n int) []stat.Coverage {
		return []stat.Coverage{{Series: days.ID, Start: stat.MustDate(start), End: stat.MustDate(end), Observations: n}}
	}
	old := cover("2018-01-01", "2026-01-01", 100)
	for name, c := range map[string]struct {
		newer []stat.Coverage
		bad   bool
	}{
		"longer":       {cover("2018-01-01", "2026-01-08", 107), false},
		"the same":     {old, false},
		"ends earlier": {cover("2018-01-01", "2025-12-31", 100), true},
		"starts later": {cover("2018-01-02", "2026-01-08", 106), true},
		"fewer rows":   {cover("2018-01-01", "2026-01-01", 99), true},
		"series gone":  {nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			if err := NotShrunk(old, c.newer); errors.Is(err, ErrShrunk) != c.bad {
				t.Errorf("error %v", err)
			}
		})
	}
}
