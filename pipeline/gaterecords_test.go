package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/ingest"
	"crossings/pipeline/read/check"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// registerDay returns n records of a day, each with its own key.
func registerDay(day, prefix string, n int) string {
	var keys []string
	for i := range n {
		keys = append(keys, fmt.Sprintf("%s%s-%d", prefix, day, i))
	}
	return borderDay(day, keys...)
}

// registered is a data folder with a register of fifty days, of forty records each, and a gate.
func registered(t *testing.T, layout string) world {
	t.Helper()
	text := borderHeader
	for i := range 50 {
		text += registerDay(stat.MustDate("2025-01-01").AddDays(i).String(), "", 40)
	}
	cfg := gated(t, t.TempDir())
	out := mustAddRecords(t, cfg, layout, "", writeRecords(t, "2025-02-20.csv", text))
	if !slices.Equal(states(out), []string{review.Added}) {
		t.Fatalf("the first release is held: %+v", out)
	}
	return cfg
}

// nextDay is the release after the register's first, with so many records of its day.
func nextDay(t *testing.T, n int) string {
	return writeRecords(t, "2025-02-21.csv", borderHeader+registerDay("2025-02-20", "", n))
}

// takenTree returns the raw files and the files of the lake.
func takenTree(t *testing.T, cfg world) map[string]string {
	t.Helper()
	out := tree(t, filepath.Join(cfg.Data, "out", "lake"), false)
	for path, data := range tree(t, filepath.Join(cfg.Data, "raw"), false) {
		if !strings.HasPrefix(path, "rejected") {
			out["raw/"+path] = data
		}
	}
	return out
}

// replacing is the layout of the example that replaces records by the day.
func replacing(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(borderLayout)
	if err != nil {
		t.Fatal(err)
	}
	return writeRecords(t, "layout.json", strings.Replace(string(text), `"append"`, `"replace"`, 1))
}

// movesOf returns the kinds of moves in an outcome.
func movesOf(o review.Outcome) (out []string) {
	for _, m := range o.Moves {
		out = append(out, m.Kind)
	}
	return out
}

func TestTheGateOfRecords(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		layout, text, state, kind string
	}{
		"ten times as many":    {borderLayout, registerDay("2025-02-20", "", 400), review.Pending, check.Grown},
		"a day that is added":  {borderLayout, registerDay("2025-01-10", "late", 80), review.Pending, check.Revised},
		"a day that is lost":   {replacing(t), registerDay("2025-01-10", "new", 2), review.Pending, check.Revised},
		"a day as any":         {borderLayout, registerDay("2025-02-20", "", 40), review.Added, ""},
		"a record":             {borderLayout, registerDay("2025-02-20", "", 60), review.Added, check.Record},
		"a few late records":   {borderLayout, registerDay("2025-01-10", "late", 3), review.Added, ""},
		"a day that is mended": {replacing(t), registerDay("2025-01-10", "new", 39), review.Added, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := registered(t, x.layout)
			before := takenTree(t, cfg)
			out := mustAddRecords(t, cfg, "", "", writeRecords(t, "2025-02-21.csv", borderHeader+x.text))
			if len(out) != 1 || out[0].State != x.state {
				t.Fatalf("%+v", out)
			}
			kinds := movesOf(out[0])
			if x.state == review.Pending {
				same(t, takenTree(t, cfg), before)
			} else {
				for _, f := range out[0].Findings {
					kinds = append(kinds, f.Code)
				}
			}
			if x.kind != "" && !slices.Contains(kinds, x.kind) || x.kind == "" && len(kinds) > 0 {
				t.Errorf("got %v, want %q", kinds, x.kind)
			}
			if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) > 0 {
				t.Errorf("%v %v", bad, err)
			}
		})
	}
}

// heldRegister is a data folder in which a release of records waits, and its file.
func heldRegister(t *testing.T) (world, review.Outcome, string) {
	t.Helper()
	cfg := registered(t, borderLayout)
	file := nextDay(t, 400)
	out := mustAddRecords(t, cfg, "", "", file)
	if len(out) != 1 || out[0].State != review.Pending || out[0].Pending == nil || out[0].Pending.Until != stat.MustDate("2025-02-19") {
		t.Fatalf("%+v", out)
	}
	return cfg, out[0], file
}

// reviewed returns what ingest review lists.
func reviewed(t *testing.T, cfg world) []review.Outcome {
	t.Helper()
	return ingested(t, cfg, (*ingest.Ingest).Review)
}

func TestRecordsThatWaitAreAccepted(t *testing.T) {
	t.Parallel()
	cfg, held, file := heldRegister(t)
	list := reviewed(t, cfg)
	if len(list) != 1 || list[0].State != review.Pending || list[0].Release != held.Release || !slices.Equal(movesOf(list[0]), movesOf(held)) || len(list[0].Explain()) == 0 {
		t.Fatalf("review: %+v", list)
	}
	off := cfg
	off.Gate = check.GateOff
	for _, c := range []world{cfg, off} {
		if out := mustAddRecords(t, c, "", "", file); len(out) != 1 || out[0].State != review.Pending || len(out[0].Moves) != len(held.Moves) {
			t.Errorf("again while it waits: %+v", out)
		}
	}
	o, err := acceptFrom(t, cfg, border, "")
	if err != nil || o.State != review.Added || o.Release != held.Release {
		t.Fatalf("%+v %v", o, err)
	}
	straight := registered(t, borderLayout)
	straight.Gate = check.GateOff
	if out := mustAddRecords(t, straight, "", "", file); out[0].State != review.Added {
		t.Fatalf("--gate off: %+v", out)
	}
	same(t, takenTree(t, cfg), takenTree(t, straight))
	if list := reviewed(t, cfg); len(list) > 0 {
		t.Errorf("it still waits: %+v", list)
	}
	twin := restored(t, cfg)
	sameRecords(t, cfg, twin)
	if o, err := acceptFrom(t, cfg, border, held.Release); err != nil || o.Failed() || o.State != review.Known {
		t.Errorf("accepted again: %+v %v", o, err)
	}
}

func TestRecordsThatWaitAreRejected(t *testing.T) {
	t.Parallel()
	cfg, held, file := heldRegister(t)
	before := takenTree(t, cfg)
	o, err := decide(t, cfg, func(in *ingest.Ingest) (review.Outcome, error) {
		return in.Reject(border, "", "a day stands ten times")
	})
	if err != nil || o.State != review.Rejected || o.Reason != "a day stands ten times" {
		t.Fatalf("%+v %v", o, err)
	}
	if out := addRecords(t, cfg, "", "", file); len(out) == 0 || out[0].State != review.Rejected {
		t.Errorf("the same bytes: %+v", out)
	}
	same(t, takenTree(t, cfg), before)
	if list := reviewed(t, cfg); len(list) != 1 || list[0].State != review.Rejected {
		t.Errorf("review: %+v", list)
	}
	if out := mustAddRecords(t, cfg, "", "", nextDay(t, 41)); out[0].State != review.Added {
		t.Errorf("the publisher's next: %+v", out)
	}
	if o, err := acceptFrom(t, cfg, border, held.Release); err != nil || o.Failed() || o.State == review.Rejected {
		t.Errorf("accepted after all: %+v %v", o, err)
	}
	sameRecords(t, cfg, restored(t, cfg))
}

// TestRecordsOfSeveralFilesWait adds a release of several files under the strict gate, and accepts it.
func TestRecordsOfSeveralFilesWait(t *testing.T) {
	t.Parallel()
	cfg := gated(t, t.TempDir())
	cfg.Gate = check.GateStrict
	text := borderHeader
	for i := range 50 {
		text += registerDay(stat.MustDate("2025-01-01").AddDays(i).String(), "", 40+i%3)
	}
	files := []string{writeRecords(t, "a.csv", text), writeRecords(t, "b.csv", borderHeader+registerDay("2025-02-25", "", 2))}
	first := mustAddRecords(t, cfg, borderLayout, "2025-03-01", files...)
	if first[0].State != review.Added {
		t.Fatalf("a first release is held for its moves: %+v", first)
	}
	more := []string{writeRecords(t, "c.csv", borderHeader+registerDay("2025-02-26", "", 60)), writeRecords(t, "d.csv", borderHeader+registerDay("2025-02-27", "", 2))}
	out := mustAddRecords(t, cfg, "", "2025-03-02", more...)
	if len(out) != 1 || out[0].State != review.Pending || !slices.Contains(movesOf(out[0]), check.Record) {
		t.Fatalf("--gate strict: %+v", out)
	}
	if list := reviewed(t, cfg); len(list) != 1 || list[0].File != "c.csv and 1 more" {
		t.Errorf("%+v", list)
	}
	o, err := acceptFrom(t, cfg, border, "")
	if err != nil || o.State != review.Added || o.Records != 62 {
		t.Errorf("%+v %v", o, err)
	}
	sameRecords(t, cfg, restored(t, cfg))
}

// TestALayoutWaitsWithItsRecords adds a first release with a future day in its name under the strict gate.
func TestALayoutWaitsWithItsRecords(t *testing.T) {
	t.Parallel()
	cfg := gated(t, t.TempDir())
	cfg.Gate = check.GateStrict
	file := writeRecords(t, "2030-01-01.csv", borderHeader+registerDay("2025-01-01", "", 40))
	layout := lenient(t, "50")
	for range 2 {
		out := mustAddRecords(t, cfg, layout, "2025-02-20", file)
		if len(out) != 1 || out[0].State != review.Pending {
			t.Fatalf("%+v", out)
		}
		if _, err := os.Stat(filepath.Join(cfg.Data, "out", "lake", "events")); err == nil {
			t.Error("there are records")
		}
	}
	o, err := acceptFrom(t, cfg, border, "")
	if err != nil || o.State != review.Added {
		t.Fatalf("%+v %v", o, err)
	}
	straight := config(t, t.TempDir())
	mustAddRecords(t, straight, layout, "2025-02-20", file)
	same(t, takenTree(t, cfg), takenTree(t, straight))
	sameRecords(t, cfg, restored(t, cfg))
}

// TestKilledDecisionsOnRecordsAreEnded leaves the state of a kill after the first step of a decision.
func TestKilledDecisionsOnRecordsAreEnded(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"", "rejected"} {
		cfg, held, _ := heldRegister(t)
		waiting := filepath.Join(cfg.Data, "out", "review", "tidy-events~border", held.Release)
		kept := filepath.Join(cfg.Data, "raw", to, "tidy-events~border", held.Release)
		if err := os.CopyFS(kept, os.DirFS(waiting)); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"_why.json", "_why.json.meta.json"} {
			if err := os.Remove(filepath.Join(kept, name)); err != nil {
				t.Fatal(err)
			}
		}
		runRecords(t, cfg, border)
		if _, err := os.Stat(waiting); err == nil {
			t.Errorf("%q: it still waits", to)
		}
		_, err := os.Stat(filepath.Join(cfg.Data, "out", "lake", "releases", "tidy-events~border", held.Release+".json"))
		if taken := err == nil; taken != (to == "") {
			t.Errorf("%q: in the lake: %v", to, taken)
		}
	}
}
