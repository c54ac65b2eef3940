package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crossings/pipeline/stat"
)

// said returns a week's values from its Monday on; -1 is a day stated as missing, -2 one that is
// not stated.
func said(values ...int64) []stat.Observation {
	var out []stat.Observation
	for i, v := range values {
		o := obs(days, stat.Day(sunday.AddDays(i-6)), v)
		switch v {
		case -1:
			o.Value, o.Status = stat.Count{}, stat.Missing
		case -2:
			continue
		}
		out = append(out, o)
	}
	return out
}

// zeros states the ten days before the week of said as zero.
func zeros() (out []stat.Observation) {
	for i := range fewKnown {
		out = append(out, obs(days, stat.Day(sunday.AddDays(i-6-fewKnown)), 0))
	}
	return out
}

func cover(obs []stat.Observation) []stat.Coverage {
	if len(obs) == 0 {
		return nil
	}
	return []stat.Coverage{{Series: days.ID, Start: obs[0].Period.Start, End: obs[len(obs)-1].Period.End, Observations: len(obs)}}
}

func TestMoves(t *testing.T) {
	limits := Limits{Revision: 0.1, AtLeast: 50, Growth: 3}
	for name, c := range map[string]struct {
		limits      Limits
		before, now []stat.Observation
		want        string
	}{
		"nothing known before":            {limits, nil, said(9000), ""},
		"the same":                        {limits, said(500, 0), said(500, 0), ""},
		"a tenth exactly":                 {limits, said(1000), said(1100), ""},
		"more than a tenth":               {limits, said(1000), said(1101), "revised 1000 1101"},
		"downwards too":                   {limits, said(1000), said(899), "revised 1000 899"},
		"a large share of few":            {limits, said(10), said(59), ""},
		"as many units as count":          {limits, said(10), said(60), "revised 10 60"},
		"from zero":                       {limits, said(0), said(50), "revised 0 50"},
		"to zero":                         {limits, said(50), said(0), "revised 50 0"},
		"to missing is withdrawn":         {limits, said(50), said(-1), "withdrawn 50 "},
		"few to missing":                  {limits, said(49), said(-1), ""},
		"missing to a value":              {limits, said(100, -1), said(100, 300), ""},
		"missing to one out of all":       {limits, said(100, -1), said(100, 301), "grown 100 301"},
		"missing stays missing":           {limits, said(-1), said(-1), ""},
		"missing is no base for growth":   {limits, said(-1), said(-1, 9000), ""},
		"a new value, three times":        {limits, said(100), said(100, 300), ""},
		"a new value, more":               {limits, said(100), said(100, 301), "grown 100 301"},
		"of a series of few zeros":        {limits, said(0, 0), said(0, 0, 9000), ""},
		"of a series of none":             {limits, zeros(), append(zeros(), said(150)...), "record 0 150"},
		"of a series of none, more":       {limits, zeros(), append(zeros(), said(151)...), "grown 0 151"},
		"a period within is gone":         {limits, said(60, 70, 80), said(60, -2, 80), "withdrawn 70 "},
		"a small one within is gone":      {limits, said(60, 7, 80), said(60, -2, 80), ""},
		"one outside what it speaks for":  {limits, said(60, 70, 80), said(-2, 70, 80), ""},
		"a week instead of its days":      {limits, said(60, 70), weekInstead(), ""},
		"limits of zero limit nothing":    {Limits{}, said(1000, 1000), said(5, -1, 1000000), ""},
		"growth only":                     {Limits{Growth: 2}, said(10), said(5, 21), "grown 10 21"},
		"each move, in order of the days": {limits, said(1000, 1000, 1000), said(1, -1, 1000, 9000), "revised 1000 1; withdrawn 1000 ; grown 1000 9000"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, m := range c.limits.Moves(Known{Before: c.before}, c.now, cover(c.now)) {
				got = append(got, m.Kind+" "+m.From+" "+m.To)
			}
			if text := strings.Join(got, "; "); text != c.want {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
}

// weekInstead states the days of a week as one.
func weekInstead() []stat.Observation {
	o := obs(days, stat.Period{Start: sunday.AddDays(-6), End: sunday, Precision: stat.PrecisionRange}, 140)
	return []stat.Observation{o}
}

func TestMovesOfBreakdownsThatAreGone(t *testing.T) {
	woman := series("arrivals", stat.Weekly)
	woman.ID = "a:arrivals:W:sex=F"
	w := stat.WeekEnding(sunday)
	spans := []stat.Coverage{{Series: "a:arrivals:W:*", Start: w.Start, End: w.End, Observations: 3}}
	got := DefaultLimits.Moves(Known{Before: []stat.Observation{obs(woman, w, 51)}}, nil, spans)
	want := []Move{{Kind: Withdrawn, Severity: stat.SeverityError, Series: woman.ID, Start: w.Start, End: w.End, From: "51"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMoveSaysItself(t *testing.T) {
	for want, m := range map[string]Move{
		"a:b:D, 2026-02-15: 1 becomes 200":                                        {Kind: Revised, Series: "a:b:D", Start: sunday, End: sunday, From: "1", To: "200"},
		"a:b:W, 2026-02-09 to 2026-02-15: 200, and the largest value so far is 0": {Kind: Grown, Series: "a:b:W", Start: sunday.AddDays(-6), End: sunday, From: "0", To: "200"},
		"a:b:D, 2026-02-15: 70 is withdrawn":                                      {Kind: Withdrawn, Series: "a:b:D", Start: sunday, End: sunday, From: "70", To: ""},
	} {
		if got := m.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestLimitsOr(t *testing.T) {
	own := Limits{Growth: 2}
	if own.Or(DefaultLimits) != own || (Limits{}).Or(DefaultLimits) != DefaultLimits {
		t.Error("the wrong limits")
	}
}
