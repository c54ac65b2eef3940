package pipeline_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/compare/revision"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/lake"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
)

// notes is a source whose files are lines of a day and a count. A line "released DAY" dates
// the file, "stamp INSTANT" is its time stamp, and a line that begins with # says nothing.
const notes = "x-notes"

var notesSeries = stat.NewSeries(stat.Series{Source: notes, Measure: "arrivals", Unit: "persons", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR"}, stat.Daily)

func notesSource() *source.Source {
	return &source.Source{ID: notes, Title: "Notes", Terms: source.Terms{Publisher: "Nobody", Licence: "None"}, Zone: "Europe/London", Every: 7, Grace: 7,
		Place:  origin.Place{Address: "https://example.org/notes.txt", Hosts: []string{"example.org"}, MaxBytes: 1 << 20},
		Series: []stat.Series{notesSeries},
		Date: func(_ string, data []byte) (day stat.Date, stamp time.Time) {
			for line := range strings.Lines(string(data)) {
				if s, ok := strings.CutPrefix(strings.TrimSpace(line), "released "); ok {
					day, _ = stat.ParseDate(s)
				}
				if s, ok := strings.CutPrefix(strings.TrimSpace(line), "stamp "); ok {
					stamp, _ = time.Parse(time.RFC3339, s)
				}
			}
			return day, stamp
		},
		Decode: func(f source.File) (r source.Result, err error) {
			lines := bufio.NewScanner(strings.NewReader(string(f.Data)))
			for n := 1; lines.Scan(); n++ {
				day, count, _ := strings.Cut(lines.Text(), " ")
				if at, err := stat.ParseDate(day); err == nil {
					v, _ := strconv.ParseInt(count, 10, 64)
					r.Observations = append(r.Observations, stat.Observation{Series: &notesSeries, Period: stat.Day(at), Value: stat.Known(v),
						Status: stat.Normal, Release: f.Release, Locator: fmt.Sprintf("line %d, column B", n)})
				}
			}
			return r, nil
		}}
}

// serving serves one file per night and keeps the outcomes.
type serving struct {
	t      *testing.T
	cfg    world
	body   string
	etag   bool
	sent   int // whole files
	clock  time.Time
	source string
}

// newServing starts a server for a source that is fetched from a fixed address. Each night is a day later.
func newServing(t *testing.T, s *source.Source, dir string) *serving {
	n := &serving{t: t, etag: true, clock: now, source: s.ID}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.etag {
			w.Header().Set("ETag", fmt.Sprintf(`"%x"`, n.body))
			if r.Header.Get("If-None-Match") == w.Header().Get("ETag") {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		n.sent++
		w.Write([]byte(n.body))
	}))
	t.Cleanup(server.Close)
	n.cfg = config(t, dir)
	n.cfg.Now = func() time.Time { return n.clock }
	n.cfg.Client = fetch.Mirror(server.URL, n.cfg.Now)
	n.cfg.Client.Wait = instantly
	n.cfg.Sources = []*source.Source{s}
	return n
}

// serve runs a night in which the server serves a file.
func (n *serving) serve(body string) review.Outcome {
	n.t.Helper()
	n.body = body
	return night(n.t, n.cfg)[n.source]
}

// must runs a night and checks the state in which it ends.
func (n *serving) must(body, state string) review.Outcome {
	n.t.Helper()
	o := n.serve(body)
	if o.State != state {
		n.t.Fatalf("%.60q: %s %v, want %s", body, o.State, o.Err, state)
	}
	return o
}

// noonOf returns a clock that shows noon on a day.
func noonOf(day string) func() time.Time {
	at := stat.MustDate(day).Time().Add(12 * time.Hour)
	return func() time.Time { return at }
}

// value returns the value known for a day now, and the number of releases.
func value(t *testing.T, dir, id, day string) (string, []lake.Entry) {
	t.Helper()
	obs, entries, err := lake.Open(filepath.Join(dir, "out", "lake")).AsOf(id, 0)
	if err != nil {
		t.Fatal(err)
	}
	at := stat.MustDate(day)
	i := slices.IndexFunc(obs, func(o stat.Observation) bool { return o.Period.Start == at })
	if i < 0 {
		return "none", entries
	}
	return obs[i].Value.String(), entries
}

// changes returns the revisions in the ledger of a source, as "5 -> 6".
func changes(t *testing.T, dir, id string) (out []string) {
	t.Helper()
	l := lake.Open(filepath.Join(dir, "out", "lake"))
	_, entries := value(t, dir, id, "2026-01-01")
	var ledger revision.Ledger
	for _, e := range entries {
		obs, err := l.Read(e)
		if err == nil {
			err = ledger.Add(revision.Release{Release: e.Stat(), Observations: obs, Coverage: e.Coverage})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range ledger.Revisions {
		out = append(out, r.Old.String()+" -> "+r.New.String())
	}
	return out
}

// rebuilt builds a data folder from the raw files, and compares its lake with the existing one.
func rebuilt(t *testing.T, cfg world) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "raw"), os.DirFS(filepath.Join(cfg.Data, "raw"))); err != nil {
		t.Fatal(err)
	}
	again := offline(cfg)
	again.Data = dir
	runs(t, again)
	same(t, tree(t, filepath.Join(dir, "out", "lake"), false), tree(t, filepath.Join(cfg.Data, "out", "lake"), false))
	same(t, tree(t, filepath.Join(dir, "raw"), false), tree(t, filepath.Join(cfg.Data, "raw"), false))
}

const (
	noteA = "released 2026-06-20\n2026-06-10 5\n2026-06-11 7\n"
	noteB = "released 2026-06-20\n2026-06-10 6\n2026-06-11 7\n"
	noteC = "released 2026-06-27\n2026-06-10 6\n2026-06-11 7\n"
)

// TestTheSameServedAgain serves A, then B with a value corrected, then A again with the same bytes, or
// with the same figures in other bytes. The file served last must be the newest, the ledger must have
// both changes, the next night must bring nothing new, and the raw files must give the same lake.
func TestTheSameServedAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		a, b, back string
		etag       bool
		pause      time.Duration
		dated      string // of the third release; "" for the day of the third night
	}{
		"same day":               {a: noteA, b: noteB, back: noteA, etag: true, pause: 24 * time.Hour},
		"a later day between":    {a: noteA, b: noteC, back: noteA, etag: true, pause: 24 * time.Hour},
		"no entity tag":          {a: noteA, b: noteB, back: noteA, pause: 24 * time.Hour},
		"with another token":     {a: noteA + "# 1\n", b: noteB + "# 2\n", back: noteA + "# 3\n", pause: 24 * time.Hour},
		"all within a second":    {a: noteA, b: noteB, back: noteA, etag: true},
		"without a date":         {a: noteA[20:], b: noteB[20:], back: noteA[20:], pause: 24 * time.Hour},
		"undated, on one day":    {a: noteA[20:], b: noteB[20:], back: noteA[20:], pause: time.Hour},
		"undated, in a second":   {a: noteA[20:], b: noteB[20:], back: noteA[20:]},
		"stamps of another time": {a: noteA + "stamp 2026-06-20T09:00:00Z\n", b: noteB + "stamp 2026-06-20T08:00:00Z\n", back: noteA + "stamp 2026-06-20T09:00:00Z\n", pause: time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			n := newServing(t, notesSource(), dir)
			n.etag = c.etag
			n.must(c.a, review.Added)
			n.clock = n.clock.Add(c.pause)
			n.must(c.b, review.Added)
			if got, _ := value(t, dir, notes, "2026-06-10"); got != "6" {
				t.Fatalf("after the second night: %s", got)
			}
			n.clock = n.clock.Add(c.pause)
			o := n.must(c.back, review.Added)
			got, entries := value(t, dir, notes, "2026-06-10")
			if got != "5" || len(entries) != 3 {
				t.Errorf("after the third night: %s of %d releases", got, len(entries))
			}
			if day := stat.DateOf(n.clock); !strings.HasPrefix(o.Release, day.String()) {
				t.Errorf("release %s, want one of %s", o.Release, day)
			}
			for range 2 {
				before := tree(t, dir, true)
				n.clock = n.clock.Add(c.pause)
				if o := n.serve(c.back); o.State != review.Unchanged && o.State != review.Known {
					t.Errorf("the night after: %+v", o)
				}
				same(t, tree(t, dir, true), before)
			}
			if got := changes(t, dir, n.source); !slices.Equal(got, []string{"5 -> 6", "6 -> 5"}) {
				t.Errorf("revisions %v", got)
			}
			rebuilt(t, n.cfg)
		})
	}
}

// TestBackAndForth serves two files in turn, five times.
func TestBackAndForth(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	n := newServing(t, notesSource(), dir)
	for i, body := range []string{noteA, noteB, noteA, noteB, noteA} {
		n.must(body, review.Added)
		if got, entries := value(t, dir, notes, "2026-06-10"); got != strconv.Itoa(5+i%2) || len(entries) != i+1 {
			t.Errorf("night %d: %s of %d releases", i+1, got, len(entries))
		}
		n.clock = n.clock.Add(24 * time.Hour)
	}
	if got := changes(t, dir, n.source); len(got) != 4 {
		t.Errorf("revisions %v", got)
	}
	rebuilt(t, n.cfg)
}

// TestWhatWasNeverTakenIsNotBetween serves A, then an invalid file, then A again.
func TestWhatWasNeverTakenIsNotBetween(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	n := newServing(t, notesSource(), dir)
	n.must(noteA, review.Added)
	if o := n.serve("nothing at all\n"); !o.Failed() {
		t.Fatalf("outcome %+v", o)
	}
	if o := n.serve(noteA); o.State != review.Known && o.State != review.Unchanged {
		t.Errorf("outcome %+v", o)
	}
	if _, entries := value(t, dir, notes, "2026-06-10"); len(entries) != 1 {
		t.Errorf("%d releases", len(entries))
	}
}

// TestAFileByHandIsNotTakenBackByTheServer adds the next release by hand before the publisher's page
// has it. The page keeps serving the file before.
func TestAFileByHandIsNotTakenBackByTheServer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	n := newServing(t, notesSource(), dir)
	n.must(noteA, review.Added)
	addTo(t, n.cfg, notes, write(t, "notes.txt", []byte(noteC)))
	n.must(noteA, review.Unchanged)
	n.must(noteA+"# another token\n", review.Known)
	if got, _ := value(t, dir, notes, "2026-06-10"); got != "6" {
		t.Errorf("newest is %s", got)
	}
}

// TestFilesGivenAgainByHand adds A, B and A. A file that states its date keeps its release. A file without a
// date, or one given a later day, becomes a release of that day.
func TestFilesGivenAgainByHand(t *testing.T) {
	t.Parallel()
	day := stat.MustDate
	for name, c := range map[string]struct {
		a, b     string
		released [3]stat.Date
		want     string
	}{
		"dated":             {noteA, noteB, [3]stat.Date{}, "6"},
		"undated":           {noteA[20:], noteB[20:], [3]stat.Date{}, "5"},
		"given a later day": {noteA[20:], noteB[20:], [3]stat.Date{day("2026-06-20"), day("2026-06-21"), day("2026-06-22")}, "5"},
		"given the old day": {noteA[20:], noteB[20:], [3]stat.Date{day("2026-06-20"), day("2026-06-21"), day("2026-06-20")}, "6"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			cfg := config(t, dir)
			cfg.Sources = []*source.Source{notesSource()}
			for i, body := range []string{c.a, c.b, c.a, c.a} {
				in := opened(t, cfg)
				out, err := in.Add(t.Context(), notes, []string{write(t, "notes.txt", []byte(body))}, c.released[min(i, 2)])
				in.Close()
				if err != nil || out[0].Failed() || i == 3 && out[0].State != review.Known {
					t.Fatalf("file %d: %+v, %v", i+1, out, err)
				}
			}
			if got, _ := value(t, dir, notes, "2026-06-10"); got != c.want {
				t.Errorf("newest is %s, want %s", got, c.want)
			}
			rebuilt(t, cfg)
		})
	}
}
