package tables

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/datadir"
	"crossings/pipeline/lake"
	"crossings/pipeline/registry"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The series of the world. Those of x have three releases, the other has one.
const (
	people    stat.SeriesID = "x:people:D"
	boats     stat.SeriesID = "x:boats:D"
	returns   stat.SeriesID = "x:returns:M"
	transfers stat.SeriesID = "x:transfers:M"
	sightings stat.SeriesID = "y:people:D"
	weeks     stat.SeriesID = "y:people:W"
)

var (
	firstDay  = stat.NewDate(2021, 11, 20)
	lastDay   = stat.NewDate(2024, 5, 27) // of x
	agreed    = stat.NewDate(2023, 9, 1)
	firstRel  = stat.Release{Source: "x", ID: "2024-05-14-first", Vintage: stat.NewDate(2024, 5, 14), FirstSeen: instant(14, 8), File: "first.csv"}
	oldRel    = stat.Release{Source: "x", ID: "2024-05-21-old", Vintage: stat.NewDate(2024, 5, 21), FirstSeen: instant(21, 9), File: "old.csv"}
	newRel    = stat.Release{Source: "x", ID: "2024-05-28-new", Vintage: stat.NewDate(2024, 5, 28), FirstSeen: instant(28, 10), File: "new.csv"}
	otherRel  = stat.Release{Source: "y", ID: "2024-06-03-one", Vintage: stat.NewDate(2024, 6, 3), FirstSeen: instant(31, 11), File: "y.csv"}
	retrieved = instant(29, 7)
)

func instant(day, hour int) time.Time { return time.Date(2024, 5, day, hour, 0, 0, 0, time.UTC) }

// parts are the series that the people of x are broken down by. Some are ranges.
var parts = []struct {
	id          stat.SeriesID
	code, label string
	width       int64
}{{people + ":sex=F", "F", "female", 3}, {people + ":sex=M", "M", "male", 0}, {people + ":sex=_U", "_U", "unknown", 0}}

// world is a small lake, what it states now, and the tables made of it.
type world struct {
	*Builder
	now      map[stat.SeriesID][]stat.Observation // in order of their days
	releases [][]stat.Observation                 // what each release of x states
}

// series describes the series of a source.
func series(id stat.SeriesID, unit, one, many string) stat.Series {
	source, measure, _, _, err := id.Parse()
	if err != nil {
		panic(err)
	}
	return stat.Series{ID: id, Source: source, Measure: measure, Unit: unit, Kind: stat.Flow, Flow: "arrival", RefArea: "GBR", Title: "Title of " + measure, One: one, Many: many,
		Dimensions: stat.Dimensions{Route: stat.Total, Origin: stat.Total, Destination: stat.Total, Category: stat.Total, Sex: stat.Total, Age: stat.Total}}
}

// sources are the sources of the world.
func sources() []*source.Source {
	seen := series(sightings, "persons", "", "")
	seen.Dimensions = stat.Dimensions{Route: "rail", Origin: "AAA", Destination: "BBB", Category: "c", Sex: "F", Age: "Y18"}
	return []*source.Source{{
		ID: "x", Title: "Title of x", Terms: source.Terms{Publisher: "Publisher of x", Licence: "Licence of x"}, Every: 7, Grace: 3,
		Series: []stat.Series{series(people, "persons", "person has come", "people have come"), series(boats, "boats", "", ""),
			series(returns, "events", "", ""), series(transfers, "persons", "", "")},
		Rates: []source.Rate{{Name: "people-per-boat", Unit: "people per boat", Numerator: people, Denominator: boats, Note: "two counts"},
			{Name: "people-per-1000-boats", Unit: "people per 1,000 boats", Numerator: people, Denominator: boats, PerThousand: true}},
		Totals: []source.Total{{Series: people, Parts: []stat.SeriesID{boats}, Note: "not one kind"}},
		Balances: []source.Balance{{ID: "pact", Name: "the pact", Out: returns, In: transfers, Base: people, Since: agreed,
			OutWords: [2]string{"return", "returns"}, InWords: [2]string{"transfer", "transfers"}, BaseWords: "people who came"}},
		Contexts: []source.Context{{ID: "days", Series: people, Words: [2]string{"day", "days"}, Per: "per such day"},
			{ID: "boats", Series: people, By: boats, Words: [2]string{"boat", "boats"}, Per: "per boat"},
			{ID: "returns", Series: people, By: returns, Words: [2]string{"return", "returns"}, Per: "per return"}, // none has a month a year before
			{ID: "unknown", Series: people, By: "z:boats:D"}},
		Bridges: []source.Bridge{{Series: people, Reference: sightings, Note: "two publishers"}},
	}, {
		ID: "y", Title: "Title of y", Terms: source.Terms{Publisher: "Publisher of y", Licence: "Licence of y"}, Every: 7, Grace: 3,
		Series: []stat.Series{seen, series(weeks, "persons", "", "")},
	}}
}

// states returns what a release of x states up to a day. All values of the people are ranges.
func states(s *source.Source, r *stat.Release, last stat.Date) (out []stat.Observation) {
	add := func(id stat.SeriesID, per stat.Period, value int64, width int64) {
		described := s.FindSeries(id)
		if described == nil { // a part
			x := series(people, "persons", "", "")
			_, _, _, x.Dimensions, _ = id.Parse()
			x.ID, described = id, &x
		}
		o := stat.Observation{Series: described, Period: per, Value: stat.Known(value), Status: stat.Normal, Release: r, Locator: "line"}
		if width > 0 {
			o.Lower, o.Upper = stat.Known(value-width%3), stat.Known(value+width)
		}
		if per.Start.Year() == 2024 {
			o.Status = stat.Provisional
		}
		out = append(out, o)
	}
	for d := firstDay; d <= last; d++ {
		n := int64(d)
		if id := s.Series[0].ID; id == people {
			add(people, stat.Day(d), 60+n*n%97+int64(d.Year()-2021)*11, 2+n%5)
			add(boats, stat.Day(d), 1+n*13%7, 0)
			for i, x := range parts {
				add(x.id, stat.Day(d), 9+n*int64(i+3)%(17+int64(i)), x.width)
			}
		} else {
			add(id, stat.Day(d), 50+n*n%89, 0)
		}
	}
	if s.ID == "x" {
		for m := stat.Month(2023, 9); m.End <= last; m = stat.Month(m.End.Year(), m.End.Month()+1) {
			if m.Start > agreed {
				add(returns, m, 40+int64(m.Start)%23, 0)
			}
			add(transfers, m, 70+int64(m.Start)%29, 0)
		}
		slices.SortFunc(out, stat.Observation.Compare)
		return out
	}
	for week := stat.WeekEnding(stat.NewDate(2022, 5, 1)); week.End <= last; week = stat.WeekEnding(week.End + 7) {
		add(weeks, week, 20+int64(week.Start)*5%31, 0)
	}
	slices.SortFunc(out, stat.Observation.Compare)
	return out
}

// change alters the observation of a series that begins on a day.
func change(obs []stat.Observation, id stat.SeriesID, day stat.Date, to func(o *stat.Observation)) {
	i := slices.IndexFunc(obs, func(o stat.Observation) bool { return o.Series.ID == id && o.Period.Start == day })
	to(&obs[i])
}

// without removes the value of an observation.
func without(o *stat.Observation) { o.Value, o.Status = stat.Count{}, stat.Missing }

// newWorld fills a lake and builds the tables of it.
func newWorld(t *testing.T) *world {
	t.Helper()
	all := sources()
	r := registry.Registry{Dir: datadir.Dir(t.TempDir()), Sources: all, Log: slog.New(slog.DiscardHandler)}
	w := &world{now: map[stat.SeriesID][]stat.Observation{}}
	appendTo := func(rel *stat.Release, obs []stat.Observation, findings, rejects int) {
		rel.SHA256 = w.keep(t, r.Dir.Raw(), *rel, archive.Sidecar{Released: rel.Vintage, FirstSeen: rel.FirstSeen, RetrievedAt: retrieved})
		c := lake.Content{Observations: obs, Events: w.events(*rel), Findings: findingsOf(findings), Rejects: rejects, RejectsSHA256: rel.SHA256, Reader: "1"}
		if _, err := r.OpenLake().Append(*rel, c, lake.Raw{File: "x/" + rel.ID + "/" + rel.File}); err != nil {
			t.Fatal(err)
		}
	}
	first, before, after := states(all[0], &firstRel, lastDay.AddDays(-14)), states(all[0], &oldRel, lastDay.AddDays(-7)), states(all[0], &newRel, lastDay)
	june := stat.NewDate(2023, 6, 1)
	change(first, people, june, func(o *stat.Observation) { o.Value, o.Upper = stat.Known(350), stat.Known(360) })
	change(first, returns, stat.NewDate(2024, 1, 1), without)
	change(before, returns, stat.NewDate(2024, 1, 1), without)
	change(after, people, june, func(o *stat.Observation) {
		o.Value, o.Upper, o.Revised, o.Mark = stat.Known(400), stat.Known(409), true, "Revised"
	})
	change(after, people, lastDay.AddDays(-9), func(o *stat.Observation) { o.Value, o.Lower, o.Revised = stat.Known(55), stat.Known(54), true })
	change(after, boats, stat.NewDate(2022, 4, 4), without)
	for _, obs := range [][]stat.Observation{before, after} {
		change(obs, boats, lastDay.AddDays(-15), func(o *stat.Observation) { o.Value = stat.Known(12) })
	}
	change(after, boats, lastDay.AddDays(-9), func(o *stat.Observation) { o.Value = stat.Known(15) })
	after = slices.DeleteFunc(after, func(o stat.Observation) bool {
		return o.Series.ID == boats && o.Period.Start == stat.NewDate(2022, 3, 3)
	})
	w.releases = [][]stat.Observation{first, before, after}
	other := states(all[1], &otherRel, lastDay.AddDays(4))
	appendTo(&firstRel, first, 2, 0)
	appendTo(&oldRel, before, 0, 0)
	appendTo(&newRel, after, 1, 4)
	appendTo(&otherRel, other, 0, 2)
	for _, o := range slices.Concat(after, other) {
		w.now[o.Series.ID] = append(w.now[o.Series.ID], o)
	}
	w.takeBack(t, r)
	w.claim(t, r)
	var err error
	if w.Builder, err = Build(context.Background(), r, 0); err != nil {
		t.Fatal(err)
	}
	return w
}

// keep stores a file of a release and returns its hash.
func (w *world) keep(t *testing.T, dir string, r stat.Release, m archive.Sidecar) string {
	t.Helper()
	store, err := archive.OpenStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	sn, err := store.Save(r.Source, r.ID, r.File, []byte(r.ID), m)
	if err != nil {
		t.Fatal(err)
	}
	return sn.Meta.SHA256
}

// takeBack withdraws one release and gives another its right date.
func (w *world) takeBack(t *testing.T, r registry.Registry) {
	w.keep(t, r.Dir.Rejected(), stat.Release{Source: "x", ID: "2024-04-02-bad", File: "bad.csv"}, archive.Sidecar{Released: stat.NewDate(2024, 4, 2), FirstSeen: instant(2, 1),
		RetrievedAt: instant(2, 1), Decisions: []archive.Decision{{Kind: archive.Withdrawn, At: instant(30, 12), Reason: "a wrong column", Released: stat.NewDate(2024, 4, 2),
			Releases: []string{"2024-04-02-bad"}}}})
	w.keep(t, r.Dir.Raw(), stat.Release{Source: "y", ID: "2024-04-11-right", File: "right.csv"}, archive.Sidecar{Released: stat.NewDate(2024, 4, 11), FirstSeen: instant(2, 1),
		RetrievedAt: instant(2, 1), Decisions: []archive.Decision{{Kind: archive.Redated, At: instant(30, 13), Released: stat.NewDate(2024, 4, 10),
			Releases: []string{"2024-04-10-wrong"}}}})
}

// claim writes the claims of the world: the number of a window that a revision changed since, one
// that was said before any release, and a sentence without a number.
func (w *world) claim(t *testing.T, r registry.Registry) {
	t.Helper()
	if err := os.MkdirAll(r.Dir.Claims(), 0o755); err != nil {
		t.Fatal(err)
	}
	text := "text,date,url\n" +
		w.sentence(1, stat.Month(2023, 6)) + ",2024-05-23,https://example.org/a\n" +
		w.sentence(0, stat.Month(2023, 2)) + ",2024-01-10,https://example.org/b\n" +
		"Nobody counts.,2024-05-24,\n"
	if err := os.WriteFile(filepath.Join(r.Dir.Claims(), "said.csv"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// sentence says how many people came in a month by what a release states.
func (w *world) sentence(release int, m stat.Period) string {
	return fmt.Sprintf("%s people came in %s %d.", sum(w.releases[release], people, m.Start, m.End).value, m.Start.Month(), m.Start.Year())
}
