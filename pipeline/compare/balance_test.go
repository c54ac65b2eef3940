package compare

import (
	"strings"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

// months returns a path of consecutive months from January 2026. -1 means missing.
func months(t *testing.T, measure string, values ...int64) *Path {
	t.Helper()
	s := stat.NewSeries(stat.Series{Source: "x", Measure: measure, Unit: "persons", Kind: stat.Flow}, stat.Monthly)
	var obs []stat.Observation
	for i, v := range values {
		o := stat.Observation{Series: &s, Period: stat.Month(2026, time.January+time.Month(i)), Value: stat.Known(v), Status: stat.Provisional, Release: &stat.Release{}}
		if v < 0 {
			o.Value, o.Status = stat.Count{}, stat.Missing
		}
		obs = append(obs, o)
	}
	p, err := NewPath(&s, obs)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestBalances checks an agreement since 10 December 2025 with its first returns
// in January: by hand, 31 returns on 310 arrivals are 10 % and one a day.
func TestBalances(t *testing.T) {
	since := stat.MustDate("2025-12-10")
	out, base := months(t, "out", 31, 28, 4), months(t, "base", 310, 0)
	in := stat.NewSeries(stat.Series{Source: "x", Measure: "in", Unit: "persons", Kind: stat.Flow}, stat.Monthly)
	whole, err := NewPath(&in, []stat.Observation{{Series: &in, Value: stat.Known(70), Status: stat.Provisional, Release: &stat.Release{},
		Period: stat.Period{Start: since, End: stat.MustDate("2026-02-28"), Precision: stat.PrecisionRange}}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range Balances(out, whole, base, since) {
		got = append(got, strings.Join([]string{b.Basis, b.Period.End.String()[5:], b.Out.String(), b.In.String(), b.Difference.String(),
			b.Base.String(), b.OutPercent.String(), b.OutPerDay.String(), b.Note.String()}, "|"))
	}
	want := []string{
		"month|01-31|31|||310|10|1|in is not known for this period",
		"cumulative|01-31|31|||||0.584906|out is counted from 2026-01-01; in is not known for this period; base: 22 of 53 days outside coverage",
		"month|02-28|28|||0||1|in is not known for this period",
		"cumulative|02-28|59|70|-11|||0.728395|out is counted from 2026-01-01; base: 22 of 81 days outside coverage",
		"month|03-31|4|||||0.129032|in is not known for this period; base: 31 of 31 days outside coverage",
		"cumulative|03-31|63|||||0.5625|out is counted from 2026-01-01; in is not known for this period; base: 53 of 112 days outside coverage",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestOver(t *testing.T) {
	p := months(t, "out", 31, -1, 4)
	for _, c := range []struct {
		start, end, want string
		complete         bool
	}{
		{"2026-01-01", "2026-01-31", "31", true},
		{"2026-01-01", "2026-02-28", "", false},
		{"2026-01-02", "2026-01-31", "", false},
		{"2026-01-01", "2026-01-30", "", false},
		{"2026-03-01", "2026-04-30", "", false},
	} {
		w := p.Over(stat.Period{Start: stat.MustDate(c.start), End: stat.MustDate(c.end)})
		if w.Value.String() != c.want || w.Complete != c.complete {
			t.Errorf("%s to %s: %+v", c.start, c.end, w)
		}
	}
	s := stat.NewSeries(stat.Series{Source: "x", Measure: "level", Unit: "persons", Kind: stat.Stock}, stat.Quarterly)
	q, err := NewPath(&s, []stat.Observation{{Series: &s, Period: stat.Day(stat.MustDate("2026-03-31")), Value: stat.Known(5), Status: stat.Normal, Release: &stat.Release{}}})
	if err != nil {
		t.Fatal(err)
	}
	if w := q.Over(stat.Quarter(2026, 1)); w.Value != stat.Known(5) || !w.Complete {
		t.Errorf("level at the quarter's end: %+v", w)
	}
	if w := q.Over(stat.Quarter(2026, 2)); w.Value.IsKnown() || w.Status != stat.Missing {
		t.Errorf("level that is not stated: %+v", w)
	}
}
