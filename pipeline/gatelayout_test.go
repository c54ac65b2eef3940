package pipeline_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/ingest"
	"crossings/pipeline/read/check"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// relaid returns the path of the example's layout with one text replaced.
func relaid(t *testing.T, old, new string) string {
	t.Helper()
	text, err := os.ReadFile(borderLayout)
	if err != nil || !strings.Contains(string(text), old) {
		t.Fatal(old, err)
	}
	return writeRecords(t, "layout.json", strings.Replace(string(text), old, new, 1))
}

// swapped returns the path of a layout that exchanges two routes, and so every figure of both.
func swapped(t *testing.T) string {
	return relaid(t, `{"English Channel": "english-channel", "Western Balkans": "western-balkans"}`, `{"English Channel": "western-balkans", "Western Balkans": "english-channel"}`)
}

// uneven has a register with more records of one route than of the other.
func uneven(t *testing.T) world {
	t.Helper()
	text := borderHeader
	for i := range 50 {
		day := stat.MustDate("2025-01-01").AddDays(i).String()
		text += registerDay(day, "", 40) + strings.ReplaceAll(registerDay(day, "more", 40), "Western Balkans", "English Channel")
	}
	cfg := gated(t, t.TempDir())
	mustAddRecords(t, cfg, borderLayout, "", writeRecords(t, "2025-02-20.csv", text))
	return cfg
}

// TestALayoutIsWeighed gives another layout for records in the lake. The layout must be pending if its
// figures contradict what was known.
func TestALayoutIsWeighed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		layout      func(t *testing.T) string
		state, kind string
	}{
		"another title":    {func(t *testing.T) string { return relaid(t, `"Border register"`, `"Register"`) }, review.Added, ""},
		"a new breakdown":  {func(t *testing.T) string { return relaid(t, `{"name": "sex"}`, `{"name": "sex", "compared": true}`) }, review.Added, ""},
		"exchanged routes": {swapped, review.Pending, check.Revised},
		"another measure":  {func(t *testing.T) string { return relaid(t, `"measure": "arrivals"`, `"measure": "landings"`) }, review.Pending, check.Withdrawn},
		"a route left out": {func(t *testing.T) string { return relaid(t, `{"name": "route", "compared": true},`, ``) }, review.Pending, check.Withdrawn},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := uneven(t)
			before := takenTree(t, cfg)
			out := mustAddRecords(t, cfg, c.layout(t), "")
			if out[0].State != c.state {
				t.Fatalf("%+v", out)
			}
			if c.state == review.Pending {
				same(t, takenTree(t, cfg), before)
			}
			if kinds := movesOf(out[0]); c.kind != "" && !slices.Contains(kinds, c.kind) || c.kind == "" && len(kinds) > 0 {
				t.Errorf("got %v, want %q", kinds, c.kind)
			}
			if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) > 0 {
				t.Errorf("%v %v", bad, err)
			}
		})
	}
}

// TestALayoutThatWaitsIsDecidedOn rejects a pending layout and then accepts it, and accepts one that came
// with records.
func TestALayoutThatWaitsIsDecidedOn(t *testing.T) {
	t.Parallel()
	cfg := uneven(t)
	layout, file := swapped(t), nextDay(t, 80)
	before := takenTree(t, cfg)
	held := mustAddRecords(t, cfg, layout, "")[0]
	if again := mustAddRecords(t, cfg, layout, ""); len(again) != 1 || again[0].State != review.Pending || len(again[0].Moves) != len(held.Moves) {
		t.Errorf("again while it waits: %+v", again)
	}
	if list := reviewed(t, cfg); len(list) != 1 || list[0].Release != held.Release || !slices.Equal(movesOf(list[0]), movesOf(held)) {
		t.Fatalf("review: %+v", list)
	}
	o, err := decide(t, cfg, func(in *ingest.Ingest) (review.Outcome, error) {
		return in.Reject(border, "", "the routes are exchanged")
	})
	if err != nil || o.State != review.Rejected {
		t.Fatalf("%+v, %v", o, err)
	}
	if again := mustAddRecords(t, cfg, layout, ""); len(again) != 1 || again[0].State != review.Rejected {
		t.Errorf("the same layout: %+v", again)
	}
	same(t, takenTree(t, cfg), before)
	o, err = acceptFrom(t, cfg, border, held.Release)
	if err != nil || o.State != review.Added || o.Release != held.Release {
		t.Fatalf("accepted after all: %+v, %v", o, err)
	}
	straight := uneven(t)
	straight.Gate = check.GateOff
	mustAddRecords(t, straight, layout, "")
	same(t, takenTree(t, cfg), takenTree(t, straight))
	sameRecords(t, cfg, restored(t, cfg))

	both := uneven(t)
	held = mustAddRecords(t, both, layout, "", file)[0]
	if held.State != review.Pending {
		t.Fatalf("a layout with records: %+v", held)
	}
	if o, err := acceptFrom(t, both, border, ""); err != nil || o.State != review.Added || o.Release != held.Release {
		t.Fatalf("accepted: %+v, %v", o, err)
	}
	mustAddRecords(t, straight, "", "", file)
	for part, data := range tree(t, filepath.Join(straight.Data, "out", "lake"), false) {
		if got := tree(t, filepath.Join(both.Data, "out", "lake"), false)[part]; got != data {
			t.Errorf("%s differs", part)
		}
	}
	for _, c := range []world{cfg, both} {
		if list := reviewed(t, c); len(list) > 0 {
			t.Errorf("it still waits: %+v", list)
		}
	}
}

// TestALayoutThatWaitsIsOvertaken adds another layout while one is pending. The pending one can no longer be
// accepted, because it was compared with older figures.
func TestALayoutThatWaitsIsOvertaken(t *testing.T) {
	t.Parallel()
	cfg := uneven(t)
	held := mustAddRecords(t, cfg, swapped(t), "")[0]
	cfg.Now = func() time.Time { return now.Add(time.Hour) }
	mustAddRecords(t, cfg, relaid(t, `"Border register"`, `"Register"`), "")
	before := takenTree(t, cfg)
	o, err := acceptFrom(t, cfg, border, held.Release)
	if err != nil || !o.Failed() || !strings.Contains(o.Error, "another layout has come in since") {
		t.Errorf("%+v, %v", o, err)
	}
	same(t, takenTree(t, cfg), before)
	if out := mustAddRecords(t, cfg, "", "", nextDay(t, 40)); out[0].State != review.Added {
		t.Errorf("a release while a layout waits: %+v", out)
	}
}

// TestALayoutGivenAgainIsTheNewest gives a layout, another one and the first again, all on one day.
func TestALayoutGivenAgainIsTheNewest(t *testing.T) {
	t.Parallel()
	cfg := uneven(t)
	first, second := relaid(t, `"Border register"`, `"First"`), relaid(t, `"Border register"`, `"Second"`)
	for i, layout := range []string{first, second, first, first} {
		cfg.Now = func() time.Time { return now.Add(time.Duration(i+1) * time.Minute) }
		out := mustAddRecords(t, cfg, layout, "")
		if want := map[bool]string{true: review.Added, false: review.Known}[i < 3]; out[0].State != want {
			t.Errorf("layout %d: %s", i, out[0].State)
		}
	}
	if got := cfg.registry().Find(border).Title; got != "First" {
		t.Errorf("the title is %q", got)
	}
}

// TestAKilledAcceptOfALayoutIsEnded leaves an accepted layout among the pending ones, as a kill does.
func TestAKilledAcceptOfALayoutIsEnded(t *testing.T) {
	t.Parallel()
	cfg := uneven(t)
	held := mustAddRecords(t, cfg, swapped(t), "")[0]
	waiting := filepath.Join(cfg.Data, "out", "review", "tidy-events~border", held.Release)
	left := t.TempDir()
	if err := os.CopyFS(left, os.DirFS(waiting)); err != nil {
		t.Fatal(err)
	}
	cfg.Now = func() time.Time { return now.Add(48 * time.Hour) }
	if o, err := acceptFrom(t, cfg, border, ""); err != nil || o.State != review.Added {
		t.Fatalf("%+v, %v", o, err)
	}
	if err := os.CopyFS(waiting, os.DirFS(left)); err != nil {
		t.Fatal(err)
	}
	if list := reviewed(t, cfg); len(list) > 0 {
		t.Errorf("it still waits: %+v", list)
	}
}
