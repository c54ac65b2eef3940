package pipeline_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crossings/pipeline"

	"crossings/pipeline/ingest"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/publish"
	"crossings/pipeline/read/check"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
	"crossings/pipeline/watch/notify"
)

// The release of a week later sets 5 landings of a week to 0.
const (
	weekBefore = "20_February_2026_Small_boats_-_time_series.ods"
	weekLater  = "27_February_2026_Small_boats_-_time_series.ods"
)

// strict returns the configuration with boats alone, where the smallest change counts.
func strict(t *testing.T, cfg world, gate check.Gate) world {
	t.Helper()
	s := *sourceOf(t, cfg, boats)
	s.Limits = check.Limits{Revision: 0.001, AtLeast: 1, Growth: 3}
	cfg.Sources, cfg.Gate = []*source.Source{&s}, gate
	cfg.Now = func() time.Time { return time.Date(2026, 2, 28, 3, 0, 0, 0, time.UTC) }
	cfg.Client.Now = cfg.Now
	return cfg
}

// twoWeeks serves the release of a week and then the one after it, in two nights.
func twoWeeks(t *testing.T, gate check.Gate) (*publisher, world, review.Outcome) {
	t.Helper()
	p, cfg := visit(t, t.TempDir())
	cfg = strict(t, cfg, gate)
	p.serve(t, release(t, "2026-02-20"), weekBefore)
	if o := run(t, cfg); o.State != review.Added {
		t.Fatalf("outcome %+v", o)
	}
	p.serve(t, release(t, "2026-02-27"), weekLater)
	return p, cfg, run(t, cfg)
}

// decide opens a run for a decision.
func decide(t *testing.T, cfg world, do func(*ingest.Ingest) (review.Outcome, error)) (review.Outcome, error) {
	t.Helper()
	in := opened(t, cfg)
	defer in.Close()
	return do(in)
}

// acceptFrom accepts a pending release of a source, the newest one if it has no name.
func acceptFrom(t *testing.T, cfg world, source, release string) (review.Outcome, error) {
	t.Helper()
	return decide(t, cfg, func(in *ingest.Ingest) (review.Outcome, error) { return in.Accept(source, release) })
}

func accept(t *testing.T, cfg world, release string) review.Outcome {
	t.Helper()
	o, err := acceptFrom(t, cfg, boats, release)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func reject(t *testing.T, cfg world, release, reason string) review.Outcome {
	t.Helper()
	o, err := decide(t, cfg, func(in *ingest.Ingest) (review.Outcome, error) { return in.Reject(boats, release, reason) })
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// kept returns all stored files of a data folder, whether in the lake or not.
func kept(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, part := range []string{"raw", "out/lake", "out/review", "out/quarantine"} {
		for name, sum := range tree(t, filepath.Join(dir, part), false) {
			out[part+"/"+name] = sum
		}
	}
	return out
}

// TestAReleaseBeyondTheLimitsWaits runs a week of nights. A release that exceeds limits must be pending and not
// be fetched again. Its source must not be late, and the site must not change. Once accepted, the release
// is in the data folder as if it had never been pending.
func TestAReleaseBeyondTheLimitsWaits(t *testing.T) {
	t.Parallel()
	later := releaseID(t, "2026-02-27")
	_, free, o := twoWeeks(t, check.GateOff)
	if o.State != review.Added || o.Release != later {
		t.Fatalf("without a gate: %+v", o)
	}
	p, cfg, o := twoWeeks(t, check.GateDefault)
	want := []check.Move{{Kind: check.Revised, Severity: stat.SeverityError, Where: "SB_02!D59", Series: boats + ":uncontrolled-landings:W", Start: stat.MustDate("2026-02-09"), End: stat.MustDate("2026-02-15"), From: "5", To: "0"}}
	if o.State != review.Pending || o.Failed() || o.Release != later || !cmp.Equal(o.Moves, want) {
		t.Fatalf("outcome %+v", o)
	}
	if _, err := os.Stat(filepath.Join(cfg.Data, "raw", boats, later)); !os.IsNotExist(err) {
		t.Errorf("the file is in data/raw: %v", err)
	}
	published(t, cfg, "")
	before, sent := tree(t, cfg.Data, true), p.sent
	for _, gate := range []check.Gate{check.GateDefault, check.GateOff} { // no gate leaves it waiting
		cfg.Gate = gate
		if again := run(t, cfg); !cmp.Equal(again, o) {
			t.Errorf("another night: %+v", again)
		}
	}
	if p.sent != sent {
		t.Error("the file was fetched again")
	}
	same(t, tree(t, cfg.Data, true), before)

	promised, err := pipeline.DiffReview(t.Context(), cfg.registry(), 0)
	if err != nil || promised.Added["revisions"] != 1 {
		t.Fatalf("%v, %v", promised.Added, err)
	}
	same(t, tree(t, cfg.Data, true), before)
	if d, err := publish.Diff(t.Context(), cfg.registry(), 0); err != nil || len(d.Changes) > 0 {
		t.Errorf("without review %d changes, %v", len(d.Changes), err)
	}
	if p := published(t, cfg, ""); !p.Unchanged {
		t.Error("what waits made another site")
	}

	if o := accept(t, cfg, ""); o.State != review.Added || o.Release != later {
		t.Errorf("accepted: %+v", o)
	}
	same(t, kept(t, cfg.Data), kept(t, free.Data))
	d, err := publish.Diff(t.Context(), cfg.registry(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(promised, d); diff != "" {
		t.Errorf("publish diff --review said otherwise: %s", diff)
	}
	if o := accept(t, cfg, later); o.State != review.Known {
		t.Errorf("accepted again: %+v", o)
	}
	if o := run(t, cfg); o.State != review.Unchanged || p.sent != sent {
		t.Errorf("the night after: %+v", o)
	}
}

// TestWhatWaitsIsSaid looks at the status, the metrics and the operator's messages,
// weeks after.
func TestWhatWaitsIsSaid(t *testing.T) {
	t.Parallel()
	later := releaseID(t, "2026-02-27")
	_, cfg, _ := twoWeeks(t, check.GateDefault)
	cfg.Now = func() time.Time { return time.Date(2026, 3, 10, 3, 0, 0, 0, time.UTC) } // late, but for the one that waits
	look(t, cfg)
	table, findings, err := watch.Status(cfg.watch())
	if err != nil {
		t.Fatal(err)
	}
	list := findings[boats]
	if f := list[len(list)-1]; f.Code != review.Pending || f.Where != later || state(t, cfg) != "held 2" {
		t.Errorf("status %s, findings %+v", state(t, cfg), list)
	}
	if text, err := watch.Metrics(table, findings); err != nil || !strings.Contains(string(text), `crossings_source_held{source="ukho-small-boats"} 1`) {
		t.Errorf("%s, %v", text, err)
	}
	for day, due := range map[int]bool{5: false, 6: true} { // a week after the one that waits
		on := cfg
		on.Now = func() time.Time { return time.Date(2026, 3, day, 12, 0, 0, 0, time.UTC) }
		in := opened(t, on)
		if in.Waits(cfg.Sources[0]) != due {
			t.Errorf("on %d March a release is due: %t", day, !due)
		}
		in.Close()
	}
	ch := &told{name: "good"}
	for range 2 {
		if _, err := watch.Notify(t.Context(), cfg.watch(), []notify.Channel{ch}, false); err != nil {
			t.Fatal(err)
		}
	}
	if len(ch.got) != 1 || ch.got[0].Subject != "crossings: 1 release waits for review, 1 release has warnings" || !strings.Contains(ch.got[0].Text, "release "+later+" contradicts itself") {
		t.Errorf("told %+v", ch.got)
	}
	accept(t, cfg, "")
	ch.got = nil
	if _, err := watch.Notify(t.Context(), cfg.watch(), []notify.Channel{ch}, false); err != nil || len(ch.got) != 1 || len(ch.got[0].Changes) != 1 || ch.got[0].Changes[0].Now != watch.Changed {
		t.Errorf("told %+v, %v; a note of that release differs, and nothing waits", ch.got, err)
	}
}

// TestARejectedReleaseStaysOut rejects a pending release. The same bytes must not come in or become
// pending again, whether fetched or added by hand. The next release is checked as usual, and the
// decision can be changed.
func TestARejectedReleaseStaysOut(t *testing.T) {
	t.Parallel()
	later := releaseID(t, "2026-02-27")
	p, cfg, _ := twoWeeks(t, check.GateDefault)
	if o := reject(t, cfg, "", " five landings\n are gone "); o.State != review.Rejected || o.Release != later || o.Reason != "five landings are gone" {
		t.Fatalf("outcome %+v", o)
	}
	before := tree(t, cfg.Data, true)
	sent := p.sent
	for _, gate := range []check.Gate{check.GateDefault, check.GateOff} {
		cfg.Gate = gate
		if o := run(t, cfg); o.State != review.Rejected || o.Reason != "five landings are gone" || o.Failed() || p.sent != sent {
			t.Errorf("fetched: %+v", o)
		}
		if o := add(t, cfg, release(t, "2026-02-27"))[0]; o.State != review.Rejected {
			t.Errorf("by hand: %+v", o)
		}
		if o := reject(t, cfg, later, "another reason"); o.Reason != "five landings are gone" {
			t.Errorf("rejected again: %+v", o)
		}
	}
	same(t, tree(t, cfg.Data, true), before)
	wantState(t, cfg, "current 2")
	if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) > 0 {
		t.Errorf("damage %v, %v", bad, err)
	}

	if err := os.RemoveAll(filepath.Join(cfg.Data, "out")); err != nil { // the decision is no cache
		t.Fatal(err)
	}
	list := look(t, cfg)
	if o := list[len(list)-1]; o.State != review.Rejected {
		t.Errorf("after data/out was lost: %+v", o)
	}
	if o := accept(t, cfg, later); o.State != review.Added {
		t.Errorf("accepted after all: %+v", o)
	}
	if len(tree(t, filepath.Join(cfg.Data, "raw", "rejected"), false)) != 0 {
		t.Error("the rejection is still there")
	}
	_, free, _ := twoWeeks(t, check.GateOff)
	same(t, kept(t, cfg.Data), kept(t, free.Data))
}

// TestTheNextReleaseIsComparedWithWhatWasTaken has two pending releases of a source, so that a decision must
// name one.
func TestTheNextReleaseIsComparedWithWhatWasTaken(t *testing.T) {
	t.Parallel()
	later := releaseID(t, "2026-02-27")
	_, cfg, _ := twoWeeks(t, check.GateDefault)
	cfg.Now = noonOf("2026-03-07")
	if o := add(t, cfg, release(t, "2026-03-06"))[0]; o.State != review.Pending {
		t.Fatalf("outcome %+v", o)
	}
	_, err := acceptFrom(t, cfg, boats, "")
	if !errors.Is(err, registry.ErrUsage) || !strings.Contains(err.Error(), "2 releases of ukho-small-boats wait, name one of them: "+later+", 2026-03-06-") {
		t.Errorf("error %v", err)
	}
	if o := accept(t, cfg, later); o.State != review.Added {
		t.Errorf("outcome %+v", o)
	}
	in := opened(t, cfg)
	defer in.Close()
	if list, err := in.Review(); err != nil || len(list) != 1 || list[0].State != review.Pending || !strings.HasPrefix(list[0].Release, "2026-03-06") {
		t.Errorf("waiting: %+v, %v", list, err)
	}
}

func TestDecisionsRefuse(t *testing.T) {
	t.Parallel()
	later := releaseID(t, "2026-02-27")
	_, cfg, _ := twoWeeks(t, check.GateDefault)
	list, err := filepath.Glob(filepath.Join(cfg.Data, "raw", boats, "2026-02-20-*"))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	taken := filepath.Base(list[0])
	before := tree(t, cfg.Data, true)
	for name, c := range map[string]struct {
		do   func(*ingest.Ingest) (review.Outcome, error)
		want string
	}{
		"no such source":    {func(in *ingest.Ingest) (review.Outcome, error) { return in.Accept("no-such", "") }, "see: ingest sources"},
		"a path for a name": {func(in *ingest.Ingest) (review.Outcome, error) { return in.Accept(boats, "../"+later) }, "see: ingest review"},
		"nothing waits":     {func(in *ingest.Ingest) (review.Outcome, error) { return in.Accept("tidy:mine", "") }, "no release of tidy:mine waits; see: ingest review"},
		"no such release":   {func(in *ingest.Ingest) (review.Outcome, error) { return in.Accept(boats, "2026-01-01-00000000") }, "see: ingest review"},
		"no reason":         {func(in *ingest.Ingest) (review.Outcome, error) { return in.Reject(boats, "", " \n ") }, "--reason"},
		"a reason too long": {func(in *ingest.Ingest) (review.Outcome, error) {
			return in.Reject(boats, "", strings.Repeat("x", 1001))
		}, "--reason"},
		"a reason of bytes":  {func(in *ingest.Ingest) (review.Outcome, error) { return in.Reject(boats, "", "a\x1b[2Jb") }, "--reason"},
		"what is taken":      {func(in *ingest.Ingest) (review.Outcome, error) { return in.Reject(boats, taken, "late") }, "to take it out, see: ingest withdraw"},
		"rejecting the rest": {func(in *ingest.Ingest) (review.Outcome, error) { return in.Reject("tidy:mine", "", "late") }, "no release of tidy:mine waits"},
	} {
		t.Run(name, func(t *testing.T) {
			if o, err := decide(t, cfg, c.do); !errors.Is(err, registry.ErrUsage) || !strings.Contains(fmt.Sprint(err), c.want) {
				t.Errorf("%+v, error %v", o, err)
			}
		})
	}
	same(t, tree(t, cfg.Data, true), before)
}

// TestAPageWithAnotherTokenWaitsOnce serves a page with a new token each night: it
// is one release, before and after it was rejected.
func TestAPageWithAnotherTokenWaitsOnce(t *testing.T) {
	t.Parallel()
	const id = "ukho-small-boats-last7days"
	var before []string // enough days to be a record of what is usual
	for _, day := range []string{"2026-04-16", "2026-04-23", "2026-07-08"} {
		page := sourcetest.LastSevenDays(t, stat.MustDate(day))
		before = append(before, write(t, page.Name, page.Data))
	}
	last := sourcetest.Load(t, id, "2026-07-15.html")
	nights := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		nights++
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, "%s<!-- %d -->", last.Data, nights)
	}))
	t.Cleanup(server.Close)
	cfg := config(t, t.TempDir())
	cfg.Now = noonOf("2026-07-16")
	s := *sourceOf(t, cfg, id)
	s.Limits = check.Limits{Growth: 0.001} // any day with arrivals
	cfg.Sources, cfg.Client = []*source.Source{&s}, fetch.Mirror(server.URL, cfg.Now)
	addTo(t, cfg, id, before...)
	cfg.Gate = check.GateDefault
	one := night(t, cfg)[id]
	if other := night(t, cfg)[id]; one.State != review.Pending || !cmp.Equal(one, other) {
		t.Errorf("first %+v, second %+v", one, other)
	}
	if _, err := decide(t, cfg, func(in *ingest.Ingest) (review.Outcome, error) { return in.Reject(id, "", "no") }); err != nil {
		t.Fatal(err)
	}
	if o := night(t, cfg)[id]; o.State != review.Rejected || nights != 3 {
		t.Errorf("%d nights, outcome %+v", nights, o)
	}
}
