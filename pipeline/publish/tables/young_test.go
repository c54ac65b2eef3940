package tables

import (
	"testing"

	"crossings/pipeline/compare"
	"crossings/pipeline/compare/revision"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
)

// growing returns the ledger of a quarterly series. Each release states a new quarter with 100 persons
// for each release so far, and with half as many again in the next release. After that it stays.
func growing(t *testing.T, releases int) (*revision.Ledger, *compare.Path, stat.Date) {
	t.Helper()
	s := series("x:people:Q", "persons", "person has come", "people have come")
	l := &revision.Ledger{}
	var obs []stat.Observation
	var day stat.Date
	for n := range releases {
		newest := stat.QuarterOf(stat.NewDate(2022, 1, 1).AddDays(92 * n))
		day = newest.End.AddDays(20)
		rel := stat.Release{Source: "x", ID: day.String(), Vintage: day, FirstSeen: day.Time()}
		obs = nil
		for i := range n + 1 {
			value := int64(100 * (i + 1))
			if i < n {
				value += value / 2
			}
			obs = append(obs, stat.Observation{Series: &s, Period: stat.QuarterOf(stat.NewDate(2022, 1, 1).AddDays(92 * i)), Value: stat.Known(value), Status: stat.Normal, Release: &rel})
		}
		cover := []stat.Coverage{{Series: s.ID, Start: obs[0].Period.Start, End: newest.End, Observations: len(obs)}}
		if err := l.Add(revision.Release{Release: rel, Observations: obs, Coverage: cover}); err != nil {
			t.Fatal(err)
		}
	}
	p, err := compare.NewPath(&s, obs)
	if err != nil {
		t.Fatal(err)
	}
	return l, p, day
}

// TestImmatureFiguresHaveOneOfTheSameAge checks the newest quarter, which is as first stated. It is
// compared with the quarter of the year before as it was first stated, too.
func TestImmatureFiguresHaveOneOfTheSameAge(t *testing.T) {
	l, p, day := growing(t, 12)
	b := &Builder{rows: rows{Vintage: day}, histories: l.Histories()}
	ages := ageingOf(b, p.Series().ID)
	_, cutoff := p.KnownCoverage()
	list, err := compare.YearOnYear(p, cutoff)
	if err != nil {
		t.Fatal(err)
	}
	young := 0
	for _, c := range list {
		y := ages.of(c.Value, c.Period, c.PriorPeriod)
		if c.Period.End < cutoff {
			if y != nil || ages.notes(y, c.Period.End) != nil {
				t.Errorf("%s %v does not move any more: %+v", c.Basis, c.Period, y)
			}
			continue
		}
		if young++; y == nil || y.Releases != 1 {
			t.Fatalf("%s %v: %+v", c.Basis, c.Period, y)
		}
		if text := ages.notes(y, c.Period.End).String(); text != "immature: earlier periods of this age moved by 0.0 % to +50.0 % and stopped with release 1 after their first" {
			t.Errorf("note %q", text)
		}
		if c.Basis != compare.BasisQuarter {
			continue
		}
		// 1,200 as first stated; the quarter before, with 800, has 1,200 now.
		if c.Value != stat.Known(1200) || c.Prior != stat.Known(1200) || y.SameAge != stat.Known(800) || y.ChangePercent != compare.KnownPercent(50) || y.Change != stat.Known(400) {
			t.Errorf("%+v, young %+v", c, y)
		}
	}
	if young == 0 {
		t.Error("nothing is young")
	}
	if y := ages.of(stat.Count{}, stat.Period{End: cutoff}, stat.Period{}); y != nil {
		t.Error("a missing value is young")
	}
	if y := ages.of(stat.Known(1), stat.Period{End: cutoff}, stat.Period{}); y == nil || y.SameAge.IsKnown() || y.ChangePercent.IsKnown() {
		t.Errorf("without a prior period: %+v", y)
	}
	if y := ages.of(stat.Known(1), stat.Period{Start: cutoff, End: cutoff}, stat.Quarter(2019, 1)); y == nil || y.SameAge.IsKnown() {
		t.Errorf("before the first release: %+v", y)
	}
}

// TestFiguresAreMatureWithoutAHistory checks a series with one release, and one that the ledger lacks.
func TestFiguresAreMatureWithoutAHistory(t *testing.T) {
	l, p, day := growing(t, 1)
	b := &Builder{rows: rows{Vintage: day}, histories: l.Histories()}
	for _, id := range []stat.SeriesID{p.Series().ID, "x:other:Q"} {
		if y := ageingOf(b, id).of(stat.Known(5), stat.Quarter(2022, 1), stat.Quarter(2021, 1)); y != nil {
			t.Errorf("%s: %+v", id, y)
		}
	}
	if n := (note.List)(nil); ageingOf(b, "x:other:Q").notes(nil, day).String() != n.String() {
		t.Error("a note on a mature figure")
	}
}
