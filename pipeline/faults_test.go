package pipeline_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"crossings/pipeline/hint"
	"crossings/pipeline/ingest"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/publish"
	"crossings/pipeline/read/check"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

const (
	italy     = "it-interior-landings"
	spreads   = "application/vnd.oasis.opendocument.spreadsheet"
	pageOf    = "/www.gov.uk/api/content/government/publications/migrants-detected-crossing-the-english-channel-in-small-boats"
	mediaHost = "assets.publishing.service.gov.uk"
)

// TestFaults runs a night of two sources with every fault. The state, the message and the stored files
// must be right, the other source must be ingested, and nothing known may be lost. The night after,
// without the fault, must be well.
func TestFaults(t *testing.T) {
	older, newer := readAllOf(t, release(t, "2026-06-19")), readAllOf(t, release(t, "2026-06-26"))
	const older26 = "26_June_2026_Small_boats_-_time_series.ods"
	by := func(off time.Duration) http.HandlerFunc { // a server whose clock is wrong
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", now.Add(off).Format(http.TimeFormat))
			w.Header().Set("Last-Modified", now.Add(off).Format(http.TimeFormat))
			w.Header().Set("Content-Type", spreads)
			w.Write(newer)
		}
	}
	const day = 24 * time.Hour
	all := map[string]fault{
		"page: other JSON":             {page: htmlOf(`{"a":1}`), state: watch.Moved, message: "no attachments"},
		"page: HTML":                   {page: htmlOf(`<title>Sorry</title>`), state: watch.Malformed, message: "not a content API document"},
		"file: shorter than announced": {file: partly(len(newer)+100, newer), state: watch.Unreachable, message: "broke off"},
		"file: longer than announced":  {file: partly(len(newer)-100, newer), state: watch.Malformed, message: "not the expected file format"},
		"file: HTML":                   {file: htmlOf("<!doctype html><title>Down</title>"), state: watch.Malformed, message: "a web page instead of the file"},
		"file: truncated":              {data: newer[:len(newer)/2], state: watch.Malformed, message: "not the expected file format"},
		"file: of months ago":          {data: readAllOf(t, release(t, "2025-11-14")), name: older26, state: watch.Shrunk, message: "shrunk"},
		"file: without its last half":  {data: halved(t, true), name: older26, state: watch.Shrunk, message: "shrunk"},
		"file: without its first half": {data: halved(t, false), name: older26, state: watch.Malformed, message: "SB_01"},
		"file: the same, newly dated":  {data: older, name: older26, state: watch.Current, well: true},
		"file: issued again":           {data: newer, name: "19_June_2026_Small_boats_-_time_series.ods", state: watch.Malformed, message: "was not over"},
		"its clock: a day ahead":       {file: by(day), state: watch.Current, well: true},
		"its clock: a day behind":      {file: by(-day), state: watch.Current, well: true},
		"our clock: a day ahead":       {data: newer, name: newest, clock: day, state: watch.Current, well: true},
		"our clock: a day behind":      {data: newer, name: newest, clock: -day, state: watch.Current, well: true},
		"our clock: of 1970":           {data: newer, name: newest, clock: -56 * 365 * day, state: watch.Current, well: true},
	}
	maps.Copy(all, answers("page"))
	maps.Copy(all, answers("file"))
	before := t.TempDir()
	_, cfg := publishersOf(t, before, older)
	night(t, *cfg)
	if got := state(t, *cfg); got != "current 0" {
		t.Fatalf("the night before the faults: %s", got)
	}
	for name, c := range all {
		t.Run(name, func(t *testing.T) {
			if c.total == 0 && c.idle == 0 { // what must be in time is done while nothing else is
				t.Parallel()
			}
			playFault(t, c, before, older, newer)
		})
	}
}

// publishersOf starts both publishers as they are on the night before a fault. It returns the world of
// a data folder that fetches from them.
func publishersOf(t *testing.T, dir string, older []byte) (*faulty, *world) {
	t.Helper()
	f := &faulty{name: "19_June_2026_Small_boats_-_time_series.ods", data: older, sound: italianReports()[0]}
	server := httptest.NewServer(f)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	cfg := config(t, dir)
	cfg.Client = fetch.Mirror(server.URL, func() time.Time { return cfg.Now() })
	cfg.Client.Wait = instantly
	cfg.Sources = []*source.Source{sourceOf(t, cfg, boats), sourceOf(t, cfg, italy)}
	return f, &cfg
}

// playFault runs two nights in the folder that a good night left: one with the fault, and another good
// one.
func playFault(t *testing.T, c fault, before string, older, newer []byte) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(before)); err != nil {
		t.Fatal(err)
	}
	reports := italianReports()
	f, cfg := publishersOf(t, dir, older)
	lake := tree(t, filepath.Join(dir, "out", "lake", "observations", "source="+boats), true)

	f.change(func() {
		f.page, f.file, f.sound = c.page, c.file, reports[1]
		f.name = cmp.Or(c.name, f.name)
		if c.data != nil {
			f.data = c.data
		}
		if c.file != nil {
			f.name = newest // another address, so that there is nothing to compare with
		}
	})
	right := cfg.Now
	cfg.Now, cfg.Client.Total, cfg.Client.Idle = func() time.Time { return right().Add(c.clock) }, c.total, c.idle
	out := night(t, *cfg)
	cfg.Now, cfg.Client.Total, cfg.Client.Idle = right, 0, 0
	if out[boats].Failed() == c.well || !strings.Contains(out[boats].Error, c.message) {
		t.Errorf("outcome %+v", out[boats])
	}
	if got, _, _ := strings.Cut(state(t, *cfg), " "); got != c.state {
		t.Errorf("state %q, want %q", got, c.state)
	}
	if out[italy].State != review.Added {
		t.Errorf("the other source: %+v", out[italy])
	}
	after := tree(t, filepath.Join(dir, "out", "lake", "observations", "source="+boats), true)
	for file, sum := range lake {
		if after[file] != sum {
			t.Errorf("%s is not what it was", file)
		}
	}
	if !c.well && len(after) != len(lake) {
		t.Errorf("the lake has %d files, and had %d", len(after), len(lake))
	}

	f.change(func() { f.page, f.file, f.data, f.name = nil, nil, newer, newest })
	if out := night(t, *cfg); out[boats].Failed() {
		t.Errorf("when the fault was gone: %+v", out[boats])
	}
	if got := state(t, *cfg); got != "current 0" {
		t.Errorf("when the fault was gone: %s", got)
	}
	if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) > 0 {
		t.Errorf("damage %v, %v", bad, err)
	}
}

// italianReports returns the sound source's file as it was after its first report, and
// after its third.
func italianReports() [2][]byte {
	return [2][]byte{landings("2019-09-16"), landings("2019-10-16")}
}

// landings returns the file of the Italian source as it is on a day.
func landings(today string) []byte {
	return sourcetest.ItalianReports(stat.MustDate("2019-09-01"), stat.MustDate(today)).Data
}

func readAllOf(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func sourceOf(t *testing.T, cfg world, id string) *source.Source {
	t.Helper()
	for _, s := range cfg.Sources {
		if s.ID == id {
			return s
		}
	}
	t.Fatal("no source " + id)
	return nil
}

// twoSources is a data folder with the two sources that f serves.
func twoSources(t *testing.T, dir string, f *faulty) world {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	cfg := config(t, dir)
	cfg.Client = fetch.Mirror(server.URL, cfg.Now)
	cfg.Client.Wait = instantly
	cfg.Sources = []*source.Source{sourceOf(t, cfg, boats), sourceOf(t, cfg, italy)}
	return cfg
}

// night runs all sources and returns the last outcome of each.
func night(t *testing.T, cfg world) map[string]review.Outcome {
	t.Helper()
	out := map[string]review.Outcome{}
	for _, o := range runs(t, cfg) {
		out[o.Source] = o
	}
	return out
}

// TestOneDamagedNoteStopsNothing damages what the last ingest noted of one source, and the
// sidecar of a release that waits: the other source is ingested, told of and published all the same,
// and the damage shows.
func TestOneDamagedNoteStopsNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	reports := italianReports()
	f := &faulty{name: newest, data: readAllOf(t, release(t, "2026-06-26")), sound: reports[0]}
	cfg := twoSources(t, dir, f)
	night(t, cfg)
	note := filepath.Join(dir, "out", "status", boats+".json")
	waits := filepath.Join(dir, "out", "review", boats, "2026-07-03-00000000", "x.ods.meta.json")
	for _, path := range []string{note, waits} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("{"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	table, findings, err := watch.Status(cfg.watch())
	if err != nil || len(table.Rows) != 2 || !strings.Contains(fmt.Sprint(findings[boats]), watch.Lost) || !strings.Contains(fmt.Sprint(findings[boats]), "2026-07-03-00000000") {
		t.Fatalf("status %v, findings %v", err, findings[boats])
	}
	if _, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0); err != nil {
		t.Errorf("publish: %v", err)
	}
	if _, err := watch.Notify(t.Context(), cfg.watch(), nil, true); err != nil {
		t.Errorf("notify: %v", err)
	}
	f.change(func() { f.sound = reports[1] })
	out := night(t, cfg)
	if !out[boats].Failed() || out[italy].State != review.Added {
		t.Errorf("outcomes %+v", out)
	}
	if err := os.RemoveAll(filepath.Join(dir, "out", "review")); err != nil {
		t.Fatal(err)
	}
	night(t, cfg)
	wantState(t, cfg, "current 0")
}

// TestAStateThatCannotBeNoted puts a folder where the status of one source belongs. That source must
// fail, and the next one must be ingested.
func TestAStateThatCannotBeNoted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := &faulty{page: statusOf(500, ""), sound: italianReports()[0]}
	cfg := twoSources(t, dir, f)
	if err := os.MkdirAll(filepath.Join(dir, "out", "status", boats+".json"), 0o755); err != nil {
		t.Fatal(err)
	}
	out := night(t, cfg)
	if !strings.Contains(out[boats].Error, "could not be saved") || out[italy].State != review.Added {
		t.Errorf("outcomes %+v", out)
	}
}

// TestAStoppedRunSaysNothingOfASource ends a run during a download, as a shutdown of the machine does.
// The state of the source must not change.
func TestAStoppedRunSaysNothingOfASource(t *testing.T) {
	t.Parallel()
	p, cfg := visit(t, t.TempDir())
	cfg.Sources = []*source.Source{sourceOf(t, cfg, boats)}
	p.serve(t, release(t, "2026-06-26"), newest)
	night(t, cfg)
	ctx, stop := context.WithCancel(t.Context())
	p.status = http.StatusInternalServerError
	cfg.Client.Wait = func(ctx context.Context, _ time.Duration) error {
		stop()
		return ctx.Err()
	}
	in := opened(t, cfg)
	if _, err := in.Run(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	in.Close()
	wantState(t, cfg, "current 0")
}

// TestErrorsOfThisMachine checks that local errors do not change the state of a source, and have a hint.
func TestErrorsOfThisMachine(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]string{
		&fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}: "make room",
		&fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}:  "who owns the data folder",
		&fs.PathError{Op: "open", Path: "x", Err: syscall.EROFS}:   "can be written to",
		&fs.PathError{Op: "open", Path: "x", Err: syscall.EIO}:     "",
	} {
		if got := hint.Of(err); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%v: hint %q", err, got)
		}
		if got := ingest.StateOf(err); got != "" {
			t.Errorf("%v: state %q", err, got)
		}
	}
}

// TestADryRunKeepsNothing checks that a dry run says what would come in, be pending or be refused, and
// changes no file. The next run must do what it said.
func TestADryRunKeepsNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p, cfg := visit(t, dir)
	cfg.Sources = []*source.Source{sourceOf(t, cfg, boats)}
	p.serve(t, release(t, "2026-06-19"), "19_June_2026_Small_boats_-_time_series.ods")
	night(t, cfg)
	dry := cfg
	dry.Dry = true
	foretold := func(state string) {
		t.Helper()
		before := tree(t, dir, true)
		o := night(t, dry)[boats]
		if o.State != state {
			t.Errorf("foretold %+v, want %s", o, state)
		}
		same(t, tree(t, dir, true), before)
		if o.Failed() {
			return
		}
		if did := night(t, cfg)[boats]; did.State != state || did.Release != o.Release || state == review.Added && did.Rows != o.Rows {
			t.Errorf("did %+v, foretold %+v", did, o)
		}
	}
	p.status = http.StatusGone
	foretold(review.Failed)
	p.serve(t, write(t, "x.ods", []byte("PK no file")), newest)
	foretold(review.Failed)
	p.serve(t, release(t, "2026-06-26"), newest)
	foretold(review.Added)
	foretold(review.Unchanged)
	cfg.Gate, dry.Gate = check.GateDefault, check.GateDefault
	p.serve(t, rewrite(t, release(t, "2026-06-26"), "03_July_2026_Small_boats_-_time_series.ods", func(s string) string {
		return strings.NewReplacer(`office:value="1195"`, `office:value="9195"`, ">1195<", ">9195<", ">1,195<", ">9,195<").Replace(s)
	}), "03_July_2026_Small_boats_-_time_series.ods")
	foretold(review.Pending)
}
