package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/compare/revision"
	"crossings/pipeline/lake"
	"crossings/pipeline/stat"
)

// madeSeries is the series of the releases that the tests below make.
var madeSeries = stat.NewSeries(stat.Series{Source: "a-b", Measure: "arrivals", Unit: "persons", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR",
	One: "person", Many: "people"}, stat.Daily)

// madeRelease is a release with what it states, day by day.
type madeRelease struct {
	stat.Release
	obs []stat.Observation
}

// madeHistory returns releases of a few days each, in which values change, go
// missing, are left out and come back.
func madeHistory(r *rand.Rand) []madeRelease {
	var out []madeRelease
	for n := range 2 + r.IntN(7) {
		day := stat.MustDate("2026-03-01").AddDays(r.IntN(5)) // some share a vintage
		sha := fmt.Sprintf("%08x%056x", n+1, 0)
		m := madeRelease{Release: stat.Release{Source: "a-b", ID: stat.NewReleaseID(day, sha), Vintage: day,
			FirstSeen: day.Time().Add(time.Duration(n) * time.Minute), File: "f.ods", SHA256: sha}}
		first, length := r.IntN(4), 1+r.IntN(9)
		for i := range length {
			if r.IntN(5) == 0 && i > 0 && i < length-1 {
				continue
			}
			o := stat.Observation{Series: &madeSeries, Period: stat.Day(stat.MustDate("2026-01-01").AddDays(first + i)), Value: stat.Known(int64(r.IntN(3))),
				Status: stat.Provisional, Locator: "S!B2", Release: &m.Release}
			if r.IntN(6) == 0 {
				o.Value, o.Status, o.Mark = stat.Count{}, stat.Missing, "-"
			}
			m.obs = append(m.obs, o)
		}
		out = append(out, m)
	}
	return out
}

// lakeOf stores releases in random order.
func lakeOf(t *testing.T, r *rand.Rand, releases []madeRelease) *lake.Lake {
	t.Helper()
	l := lake.Open(t.TempDir())
	for _, i := range r.Perm(len(releases)) {
		m := releases[i]
		if _, err := l.Append(m.Release, lake.Content{Observations: m.obs}, lake.Raw{File: "a-b/" + m.ID + "/f.ods"}); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// known returns what a lake knows as of a day, as text by period.
func known(t *testing.T, l *lake.Lake, at stat.Date) map[string]string {
	t.Helper()
	obs, _, err := l.AsOf("a-b", at)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, o := range obs {
		out[o.Period.Start.String()] = o.Value.String() + " " + o.Release.Vintage.String()
	}
	return out
}

// TestWhatWasKnownDependsOnEarlierReleasesAlone reads random histories as of each day, and compares the
// result with a lake that never saw the later releases. As of a later day, no vintage of an observation
// may be older.
func TestWhatWasKnownDependsOnEarlierReleasesAlone(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 1))
		history := madeHistory(r)
		all := lakeOf(t, r, history)
		before := map[string]string{}
		for i := range 5 {
			day := stat.MustDate("2026-03-01").AddDays(i)
			var then []madeRelease
			for _, m := range history {
				if m.Vintage <= day {
					then = append(then, m)
				}
			}
			got := known(t, all, day)
			if want := known(t, lakeOf(t, r, then), day); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("seed %d, as of %s: %v, and %v where nothing came after it", seed, day, got, want)
			}
			for period, now := range got {
				if old := before[period]; old != "" && old[len(old)-10:] > now[len(now)-10:] {
					t.Errorf("seed %d, %s: %q as of %s, after %q", seed, period, now, day, old)
				}
			}
			before = got
		}
	}
}

// TestTheLedgerLeadsToTheNewestState replays the ledger from the first statement of
// each period. It must end in what is known now, and the changes must add up to the difference between
// the last and the first.
func TestTheLedgerLeadsToTheNewestState(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 2))
		l := lakeOf(t, r, madeHistory(r))
		entries, err := l.Entries("a-b")
		if err != nil {
			t.Fatal(err)
		}
		state, ends := map[string]stat.Count{}, map[string]int64{}
		var ledger revision.Ledger
		for _, e := range entries {
			obs, err := l.Read(e)
			if err != nil {
				t.Fatal(err)
			}
			for i, o := range obs {
				obs[i].Series = &madeSeries
				if _, stated := state[o.Period.Start.String()]; !stated {
					state[o.Period.Start.String()] = o.Value
				}
			}
			if err := ledger.Add(revision.Release{Release: e.Stat(), Observations: obs, Coverage: e.Coverage}); err != nil {
				t.Fatal(err)
			}
		}
		first := map[string]stat.Count{}
		for day, v := range state {
			first[day] = v
		}
		for _, x := range ledger.Revisions {
			day := x.Period.Start.String()
			if state[day] != x.Old {
				t.Fatalf("seed %d, %s: the ledger changes %s, the state is %s", seed, day, x.Old, state[day])
			}
			state[day] = x.New
			after, _ := x.New.Get()
			before, _ := x.Old.Get()
			ends[day] += after - before
		}
		newest := known(t, l, 0)
		for day, v := range state {
			got, _, _ := strings.Cut(newest[day], " ")
			if got != v.String() {
				t.Errorf("seed %d, %s: replayed to %q, known as %q", seed, day, v, newest[day])
			}
			last, _ := v.Get()
			start, _ := first[day].Get()
			if last-start != ends[day] {
				t.Errorf("seed %d, %s: changes of %d from %s to %s", seed, day, ends[day], first[day], v)
			}
		}
	}
}
