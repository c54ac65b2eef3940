package lake

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/source/sourcetest/files"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

var (
	arrivals = stat.NewSeries(stat.Series{Source: "a-b", Measure: "arrivals", Unit: "persons", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR"}, stat.Daily)
	boats    = stat.NewSeries(stat.Series{Source: "a-b", Measure: "boats", Unit: "boats", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR"}, stat.Daily)
	first    = stat.MustDate("2026-01-01")
)

// release returns a release of a day. The hour distinguishes releases of one day.
func release(day string, hour int, sha string) stat.Release {
	d := stat.MustDate(day)
	sha = strings.Repeat(sha, 64)
	return stat.Release{Source: "a-b", ID: stat.NewReleaseID(d, sha), Vintage: d, FirstSeen: d.Time().Add(time.Duration(hour) * time.Hour), File: "f.ods", SHA256: sha}
}

// days returns observations of consecutive days from start. -1 means missing and -2 a day that the
// release does not state.
func days(s *stat.Series, start stat.Date, values ...int64) []stat.Observation {
	var out []stat.Observation
	for i, v := range values {
		o := stat.Observation{Series: s, Period: stat.Day(start.AddDays(i)), Value: stat.Known(v), Status: stat.Provisional, Locator: "S!B2"}
		if v == -1 {
			o.Value, o.Status, o.Mark = stat.Count{}, stat.Missing, "-"
		}
		if v != -2 {
			out = append(out, o)
		}
	}
	return out
}

func put(t *testing.T, l *Lake, r stat.Release, obs []stat.Observation) bool {
	t.Helper()
	for i := range obs {
		obs[i].Release = &r
	}
	written, err := l.Append(r, Content{Observations: obs}, Raw{File: "a-b/" + r.ID + "/f.ods"})
	if err != nil {
		t.Fatal(err)
	}
	return written
}

func values(t *testing.T, l *Lake, at string) string {
	t.Helper()
	var day stat.Date
	if at != "" {
		day = stat.MustDate(at)
	}
	obs, _, err := l.AsOf("a-b", day)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, o := range obs {
		v := o.Value.String()
		if v == "" {
			v = o.Mark
		}
		out = append(out, o.Series.Measure[:1]+v)
	}
	return strings.Join(out, " ")
}

func TestReadGivesBackWhatWasAppended(t *testing.T) {
	l := Open(t.TempDir())
	r := release("2026-01-09", 1, "a")
	obs := days(&arrivals, first, 0, -1, 7)
	obs[2].Lower, obs[2].Upper, obs[2].Revised, obs[2].Mark = stat.Known(5), stat.Known(9), true, "Revised"
	put(t, l, r, obs)
	entries, err := l.Entries("a-b")
	if err != nil || len(entries) != 1 {
		t.Fatalf("%v, %v", entries, err)
	}
	if got := entries[0].Stat(); got != r {
		t.Errorf("release %+v, want %+v", got, r)
	}
	got, err := l.Read(entries[0])
	if err != nil || len(got) != 3 {
		t.Fatalf("%v, %v", got, err)
	}
	for i := range got {
		if *got[i].Series != arrivals || *got[i].Release != r {
			t.Errorf("series %+v, release %+v", got[i].Series, got[i].Release)
		}
		got[i].Series, got[i].Release = obs[i].Series, obs[i].Release
		if got[i] != obs[i] {
			t.Errorf("\n got %+v\nwant %+v", got[i], obs[i])
		}
	}
}

func TestAsOf(t *testing.T) {
	l := Open(t.TempDir())
	put(t, l, release("2026-01-09", 1, "a"), append(days(&arrivals, first, 1, 2), days(&boats, first, 1, 1)...))
	put(t, l, release("2026-01-16", 1, "b"), append(days(&arrivals, first, 1, 3, 4), days(&boats, first, 1, 1, 1)...))
	for at, want := range map[string]string{
		"2026-01-08": "", "2026-01-09": "a1 a2 b1 b1", "2026-01-15": "a1 a2 b1 b1",
		"2026-01-16": "a1 a3 a4 b1 b1 b1", "": "a1 a3 a4 b1 b1 b1",
	} {
		if got := values(t, l, at); got != want {
			t.Errorf("as of %q: %s, want %s", at, got, want)
		}
	}
}

func TestTwoReleasesOfOneDayAreOrderedByTimeSeen(t *testing.T) {
	l := Open(t.TempDir())
	put(t, l, release("2026-01-09", 16, "a"), days(&arrivals, first, 2))
	put(t, l, release("2026-01-09", 9, "b"), days(&arrivals, first, 1))
	if got := values(t, l, ""); got != "a2" {
		t.Errorf("got %s, want the release of the afternoon", got)
	}
}

func TestAWithdrawnValueIsNotTheOldOne(t *testing.T) {
	l := Open(t.TempDir())
	put(t, l, release("2026-01-09", 1, "a"), days(&arrivals, first, 1, 2, 3))
	put(t, l, release("2026-01-16", 1, "b"), days(&arrivals, first, 1, -2, 3))
	if got := values(t, l, ""); got != "a1 a3" {
		t.Errorf("got %s", got)
	}
	if got := values(t, l, "2026-01-09"); got != "a1 a2 a3" {
		t.Errorf("before it was withdrawn: %s", got)
	}
}

func TestAReleaseOfPartLeavesTheRest(t *testing.T) {
	l := Open(t.TempDir())
	put(t, l, release("2026-01-09", 1, "a"), append(days(&arrivals, first, 1, 2, 3, 4), days(&boats, first, 9)...))
	put(t, l, release("2026-01-16", 1, "b"), days(&arrivals, first.AddDays(1), 7, -1))
	if got := values(t, l, ""); got != "a1 a7 a- a4 b9" {
		t.Errorf("got %s", got)
	}
}

func TestAnyOrderGivesTheSameFiles(t *testing.T) {
	contents := map[string]string{}
	for round, order := range [][]int{{0, 1, 2}, {2, 0, 1}, {1, 2, 0}} {
		dir := t.TempDir()
		l := Open(dir)
		for _, i := range order {
			put(t, l, release([]string{"2026-01-09", "2026-01-16", "2026-01-16"}[i], i, string(rune('a'+i))), days(&arrivals, first, int64(i), 2, 3))
		}
		for path, data := range files.Tree(t, dir) {
			if round == 0 {
				contents[path] = data
			} else if contents[path] != data {
				t.Errorf("order %v: %s differs", order, path)
			}
		}
	}
	if len(contents) != 6 {
		t.Errorf("%d files", len(contents))
	}
}

func TestAppendWritesNothingTwice(t *testing.T) {
	l := Open(t.TempDir())
	r := release("2026-01-09", 1, "a")
	if !put(t, l, r, days(&arrivals, first, 1)) {
		t.Error("not written the first time")
	}
	if put(t, l, r, days(&arrivals, first, 1)) {
		t.Error("written the second time")
	}
}

func TestTheSameStatementIsKeptOnce(t *testing.T) {
	own, tidy := release("2026-01-09", 1, "b"), release("2026-01-09", 1, "a")
	other := release("2026-01-09", 2, "c")
	put := func(l *Lake, r stat.Release, isTidy bool, value int64) {
		obs := days(&arrivals, first, value)
		obs[0].Release, obs[0].Locator = &r, r.ID
		if _, err := l.Append(r, Content{Observations: obs}, Raw{File: "a-b/x/" + r.ID, Tidy: isTidy}); err != nil {
			t.Fatal(err)
		}
	}
	for name, order := range map[string][]int{"own last": {0, 1, 2}, "own first": {1, 2, 0}, "other first": {2, 0, 1}} {
		l := Open(t.TempDir())
		for _, i := range order {
			switch i {
			case 0:
				put(l, tidy, true, 1)
			case 1:
				put(l, own, false, 1)
			case 2:
				put(l, other, false, 2) // another statement of the same day
			}
		}
		entries, err := l.Entries("a-b")
		if err != nil || len(entries) != 2 || entries[0].Release != own.ID || entries[1].Release != other.ID {
			t.Errorf("%s: entries %+v, %v", name, entries, err)
		}
		if errs := l.Verify(); len(errs) != 0 {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

// A newer file that restates its history changes nothing, whatever the files' hashes are and in
// whichever order they come.
func TestAStatementStaysWithTheFileDatedFirst(t *testing.T) {
	for name, order := range map[string][]string{"as published": {"2026-01-09-f", "2026-02-09-a"}, "the other way round": {"2026-02-09-a", "2026-01-09-f"}} {
		l := Open(t.TempDir())
		for _, file := range order {
			r := release("2026-01-09", 1, file[len(file)-1:])
			obs := days(&arrivals, first, 1)
			obs[0].Release = &r
			if _, err := l.Append(r, Content{Observations: obs}, Raw{File: "a-b/" + file + "/f.csv"}); err != nil {
				t.Fatal(err)
			}
		}
		entries, err := l.Entries("a-b")
		if err != nil || len(entries) != 1 || entries[0].RawFile != "a-b/2026-01-09-f/f.csv" {
			t.Errorf("%s: entries %+v, %v", name, entries, err)
		}
	}
}

func TestAnEmptyLakeIsNoError(t *testing.T) {
	l := Open(filepath.Join(t.TempDir(), "none"))
	if obs, entries, err := l.AsOf("a-b", 0); err != nil || obs != nil || entries != nil {
		t.Errorf("%v, %v, %v", obs, entries, err)
	}
	if s, err := l.Sources(); err != nil || s != nil {
		t.Errorf("%v, %v", s, err)
	}
}

// breakdown returns a series of quarters by nationality.
func breakdown(origin string) *stat.Series {
	s := stat.NewSeries(stat.Series{Source: "a-b", Measure: "detections", Unit: "persons", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR",
		Dimensions: stat.Dimensions{Origin: origin}}, stat.Daily)
	return &s
}

// TestARestatedTableSpeaksForAllItsBreakdowns moves people from one nationality to another. The
// cell that is gone is withdrawn, though no row says so.
func TestARestatedTableSpeaksForAllItsBreakdowns(t *testing.T) {
	l := Open(t.TempDir())
	put(t, l, release("2026-02-01", 0, "a"), append(days(breakdown("_X"), first, 5, 2), days(breakdown("AFG"), first, 7, 8)...))
	put(t, l, release("2026-02-08", 0, "b"), days(breakdown("AFG"), first, 12, 8))
	obs, _, err := l.AsOf("a-b", 0)
	if err != nil || len(obs) != 2 || obs[0].Series.Origin != "AFG" || obs[0].Value != stat.Known(12) {
		t.Errorf("%+v, error %v", obs, err)
	}
	if obs, _, err = l.AsOf("a-b", stat.MustDate("2026-02-07")); err != nil || len(obs) != 4 {
		t.Errorf("before: %d observations, error %v", len(obs), err)
	}
}

// TestFiguresInTheTidyLayoutSpeakForThemselves checks that breakdowns stay if a tidy file with only
// some of the table does not state them.
func TestFiguresInTheTidyLayoutSpeakForThemselves(t *testing.T) {
	l := Open(t.TempDir())
	put(t, l, release("2026-02-01", 0, "a"), append(days(breakdown("_X"), first, 5), days(breakdown("AFG"), first, 7)...))
	r := release("2026-02-08", 0, "b")
	part := days(breakdown("AFG"), first, 12)
	part[0].Release = &r
	if _, err := l.Append(r, Content{Observations: part}, Raw{File: "a-b/x/y", Tidy: true}); err != nil {
		t.Fatal(err)
	}
	obs, _, err := l.AsOf("a-b", 0)
	if err != nil || len(obs) != 2 || obs[0].Value != stat.Known(12) || obs[1].Value != stat.Known(5) {
		t.Errorf("%+v, error %v", obs, err)
	}
}

// incidents returns a table of events, one on each given day.
func incidents(r stat.Release, on ...string) *table.Table {
	tbl := &table.Table{Schema: schemas.Table{Name: "events", Key: []string{"id"}, Columns: []schemas.Column{
		{Name: "source", Type: schemas.String, Required: true}, {Name: "id", Type: schemas.Integer, Required: true},
		{Name: "period_start", Type: schemas.Date, Required: true}, {Name: "release", Type: schemas.String, Required: true}}}}
	for i, day := range on {
		tbl.Add(table.Text(r.Source), table.Int(i), table.Day(stat.MustDate(day)), table.Text(r.ID))
	}
	return tbl
}

func TestEventsAreKeptByYear(t *testing.T) {
	dir := t.TempDir()
	l := Open(dir)
	r := release("2026-02-01", 0, "a")
	content := func(on ...string) Content {
		obs := days(&arrivals, first, 1)
		obs[0].Release = &r
		return Content{Observations: obs, Events: incidents(r, on...), Rejects: 1, Reader: "1"}
	}
	if _, err := l.Append(r, content("2025-12-31", "2026-01-01", "2026-01-05"), Raw{File: "a-b/x/y"}); err != nil {
		t.Fatal(err)
	}
	files := func() string {
		names, err := filepath.Glob(filepath.Join(dir, "events", "source=a-b", "year=*", r.ID+".parquet"))
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, n := range names {
			out = append(out, filepath.Base(filepath.Dir(n)))
		}
		return strings.Join(out, " ")
	}
	if got := files(); got != "year=2025 year=2026" {
		t.Errorf("files of %s", got)
	}
	entries, err := l.Entries("a-b")
	if err != nil || len(entries) != 1 || len(entries[0].Events) != 2 || entries[0].Events[1].Rows != 2 || entries[0].Rejects != 1 || entries[0].Reader != "1" {
		t.Errorf("entries %+v, error %v", entries, err)
	}
	if errs := l.Verify(); len(errs) != 0 {
		t.Errorf("damage %v", errs)
	}

	// A newer decoder reads the release differently, and the release is replaced.
	written, err := l.Append(r, content("2026-01-01"), Raw{File: "a-b/x/y"})
	if err != nil || !written {
		t.Fatalf("written %v, error %v", written, err)
	}
	if got := files(); got != "year=2026" || len(l.Verify()) != 0 {
		t.Errorf("files of %s, damage %v", got, l.Verify())
	}

	path := filepath.Join(dir, "events", "source=a-b", "year=2026", r.ID+".parquet")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if errs := l.Verify(); len(errs) != 1 || !errors.Is(errs[0], ErrDamaged) {
		t.Errorf("damage %v", errs)
	}
}

// TestTidyFiguresGiveWayToTheOwnFileThatHoldsThem keeps only the publisher's own file, in either
// order, and keeps both if the tidy figures differ.
func TestTidyFiguresGiveWayToTheOwnFileThatHoldsThem(t *testing.T) {
	own, part := release("2026-02-01", 0, "b"), release("2026-02-01", 0, "a")
	add := func(l *Lake, r stat.Release, tidy bool, values ...int64) {
		obs := days(&arrivals, first, values...)
		for i := range obs {
			obs[i].Release = &r
		}
		if _, err := l.Append(r, Content{Observations: obs}, Raw{File: "a-b/x/y", Tidy: tidy}); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		first, second func(*Lake)
		want          int
	}{
		"own first":       {func(l *Lake) { add(l, own, false, 1, 2, 3) }, func(l *Lake) { add(l, part, true, 1, 2) }, 1},
		"tidy first":      {func(l *Lake) { add(l, part, true, 1, 2) }, func(l *Lake) { add(l, own, false, 1, 2, 3) }, 1},
		"says otherwise":  {func(l *Lake) { add(l, own, false, 1, 2, 3) }, func(l *Lake) { add(l, part, true, 1, 5) }, 2},
		"said otherwise":  {func(l *Lake) { add(l, part, true, 1, 5) }, func(l *Lake) { add(l, own, false, 1, 2, 3) }, 2},
		"reaches further": {func(l *Lake) { add(l, own, false, 1, 2) }, func(l *Lake) { add(l, part, true, 1, 2, 3) }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			l := Open(t.TempDir())
			c.first(l)
			c.second(l)
			entries, err := l.Entries("a-b")
			if err != nil || len(entries) != c.want || c.want == 1 && entries[0].Tidy {
				t.Errorf("%d entries, error %v", len(entries), err)
			}
		})
	}
}
