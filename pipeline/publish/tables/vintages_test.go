package tables

import (
	"slices"
	"testing"

	"crossings/pipeline/compare/revision"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// said is what one release of x states of a period.
type said struct {
	release int
	value   stat.Count
}

// told returns, by the first day of each period of a series, what the releases state of it from the
// first on. A release that leaves a period out withdraws it.
func (w *world) told(id stat.SeriesID) (periods []stat.Period, statements map[stat.Date][]said) {
	statements = map[stat.Date][]said{}
	for n, obs := range w.releases {
		value := map[stat.Date]stat.Count{}
		for _, o := range obs {
			if o.Series.ID == id {
				value[o.Period.Start] = o.Value
				if statements[o.Period.Start] == nil {
					periods = append(periods, o.Period)
				}
			}
		}
		for _, p := range periods {
			statements[p.Start] = append(statements[p.Start], said{n, value[p.Start]})
		}
	}
	slices.SortFunc(periods, func(a, b stat.Period) int { return int(a.Start - b.Start) })
	return periods, statements
}

// triangle has the returns, whose series is short, and those days of the others that changed. No transfer ever did.
func (w *world) triangle() (out []row.Row) {
	for _, id := range []stat.SeriesID{boats, people, returns} {
		periods, statements := w.told(id)
		for _, p := range periods {
			all := statements[p.Start]
			changed := slices.ContainsFunc(all, func(s said) bool { return s.value != all[0].value })
			if daily := id == boats || id == people; daily && !changed {
				continue
			}
			for i, s := range all {
				release := w.releases[s.release][0].Release
				x := row.Vintage{Series: id, PeriodStart: p.Start, PeriodEnd: p.End, Release: release.ID, Vintage: release.Vintage, Value: s.value, AgeDays: int(release.Vintage - p.End)}
				if id == boats || id == people {
					x.Lag = stat.Known(int64(lagOf(s.release, p)))
				}
				if i > 0 {
					x.Change = s.value.Sub(all[i-1].value)
				}
				out = append(out, x)
			}
		}
	}
	return out
}

// bias returns the bias of a series of x as the package revision finds it. Its tests of bias are
// compared with those of other programs there.
func (w *world) bias(id stat.SeriesID) []revision.ScopedBias {
	var l revision.Ledger
	for _, obs := range w.releases {
		reach := map[stat.SeriesID]*stat.Coverage{}
		for _, o := range obs {
			if reach[o.Series.ID] == nil {
				reach[o.Series.ID] = &stat.Coverage{Series: o.Series.ID, Start: o.Period.Start}
			}
			reach[o.Series.ID].End = o.Period.End
		}
		r := revision.Release{Release: *obs[0].Release, Observations: obs}
		for _, c := range reach {
			r.Coverage = append(r.Coverage, *c)
		}
		if err := l.Add(r); err != nil {
			panic(err)
		}
	}
	return l.Histories().Of(id).Biases()
}

// lagOf returns the lag of a day in a release. Each adds seven days.
func lagOf(release int, p stat.Period) int {
	return int(lastDay.AddDays(7*(release-2))-p.End) / 7
}

// pairs returns the values that a row of revision-lags compares. Only the boats have young periods.
func (w *world) pairs(id stat.SeriesID, scope string) (out [][2]int64) {
	periods, statements := w.told(id)
	for _, p := range periods {
		all := statements[p.Start]
		from := slices.IndexFunc(all, func(s said) bool { return s.value.IsKnown() })
		step := max(len(all)-1-from, 1)
		if scope == "lag" || scope == "older" {
			step = 1
		}
		for i := from; i+step < len(all); i += step {
			a, knownA := all[i].value.Get()
			b, knownB := all[i+step].value.Get()
			young := id == boats && (scope == "young" && lagOf(all[i].release, p) == 0 || scope != "young" && lagOf(all[i+step].release, p) == 1)
			if knownA && knownB && (scope == "all" || young == (scope != "older")) {
				out = append(out, [2]int64{a, b})
			}
		}
	}
	return out
}

// revisionLags has all periods and older ones, and two young periods of the boats that moved at once.
func (w *world) revisionLags() (out []row.Row) {
	for _, id := range []stat.SeriesID{boats, people, returns, transfers} {
		scopes := []string{"all", "older"}
		if id == boats {
			scopes = []string{"all", "young", "lag", "older"}
		}
		for n, scope := range scopes {
			x := row.RevisionLag{Series: id, Scope: scope}
			if scope == "lag" {
				x.Lag = stat.Known(1)
			}
			var sum, absolute, before int64
			for _, p := range w.pairs(id, scope) {
				d := p[1] - p[0]
				sum, absolute, before = sum+d, absolute+max(d, -d), before+p[0]
				x.Compared++
				if d > 0 {
					x.Raised++
				}
				if d < 0 {
					x.Lowered++
				}
				x.LargestFall, x.LargestRise = min(x.LargestFall, int(d)), max(x.LargestRise, int(d))
			}
			x.MeanRevision, x.MeanAbsoluteRevision = row.Num(float64(sum)/float64(x.Compared), true), row.Num(float64(absolute)/float64(x.Compared), true)
			if changed := float64(x.Raised + x.Lowered); changed > 0 {
				x.MeanRevisionOfRevised, x.MeanAbsoluteRevisionOfRevised = row.Num(float64(sum)/changed, true), row.Num(float64(absolute)/changed, true)
			}
			x.RevisionPercent = row.Num(100*float64(sum)/float64(before), true)
			x.Test, x.Tested, x.Statistic, x.PValue = test(w.bias(id)[n].Bias)
			out = append(out, x)
		}
	}
	return out
}

// direction fills the columns of a summary from compared on.
func (w *world) direction(s *row.RevisionSummary) {
	for _, r := range w.revisionLags() {
		if x := r.(row.RevisionLag); x.Series == s.Series && x.Scope == "all" {
			s.Compared, s.Raised, s.Lowered, s.MeanRevision, s.MeanAbsoluteRevision = x.Compared, x.Raised, x.Lowered, x.MeanRevision, x.MeanAbsoluteRevision
			s.MeanRevisionOfRevised, s.MeanAbsoluteRevisionOfRevised = x.MeanRevisionOfRevised, x.MeanAbsoluteRevisionOfRevised
			s.Test, s.Tested, s.Statistic, s.PValue = x.Test, x.Tested, x.Statistic, x.PValue
		}
	}
	s.WholesaleReleases = stat.Known(0)
	switch s.Series {
	case boats:
		s.Settled = row.Known(true)
		s.MatureAfterReleases, s.MatureAfterDays, s.YoungCompared, s.YoungRevised, s.LaterChanges = stat.Known(1), stat.Known(10), stat.Known(14), stat.Known(2), stat.Known(2)
		s.Maturity = "Periods stop moving after 1 release: 2 of the 14 that were stated again by then changed, the last of them 10 days after its end." +
			" From the first release on, the change was 0 to +13. Older periods changed 2 times."
	case people:
		s.Settled = row.Known(true)
		s.MatureAfterReleases, s.LaterChanges = stat.Known(0), stat.Known(3)
		s.Maturity = "New values rarely move: releases have changed 3 values that were stated before."
	default:
		s.Maturity = "It is not known when a value stops moving: no later release has both stated a period again and added one."
	}
}

func TestTriangleIsBounded(t *testing.T) {
	statement := func(values ...int64) (out []revision.Statement) {
		for _, v := range values {
			out = append(out, revision.Statement{Release: &firstRel, Value: stat.Known(v)})
		}
		return out
	}
	long := slices.Repeat([]int64{5}, 100)
	for i := 80; i < 100; i++ {
		long[i] = 6
	}
	if got := inTriangle(statement(long...)); len(got) != 61 || got[58] != 58 || got[59] != 80 || got[60] != 99 {
		t.Errorf("%v", got)
	}
	if got := inTriangle(statement(long[:60]...)); len(got) != 60 {
		t.Errorf("%d of 60", len(got))
	}
	h := &revision.History{Releases: []*stat.Release{&firstRel, &oldRel}}
	for i := range 201 {
		h.Periods = append(h.Periods, revision.Vintages{Period: stat.Day(firstDay.AddDays(i)), Statements: statement(5, 5+int64(i%2))})
	}
	got := triangle(h)
	if len(got) != 40 || got[39].Period.Start != firstDay.AddDays(199) || got[0].Period.Start != firstDay.AddDays(121) {
		t.Errorf("%d periods from %s", len(got), got[0].Period.Start)
	}
	if h.Periods = h.Periods[:200]; len(triangle(h)) != 200 {
		t.Errorf("%d periods of a short series", len(triangle(h)))
	}
	same := firstRel
	same.ID = "later-that-day"
	if h.Releases = []*stat.Release{&firstRel, &same}; triangle(h) != nil {
		t.Error("two releases of one day have a triangle")
	}
	if h.Releases = h.Releases[:1]; triangle(h) != nil {
		t.Error("one release has a triangle")
	}
	h = &revision.History{Releases: []*stat.Release{&firstRel, &oldRel}, Periods: []revision.Vintages{{Period: stat.Day(firstDay), Statements: statement(5, 5)}}}
	if triangle(h) != nil {
		t.Error("a series that never moved has a triangle")
	}
}
