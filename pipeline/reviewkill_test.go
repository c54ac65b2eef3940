package pipeline_test

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source/sourcetest"
)

// TestDecisionsAreEndedAfterAKill stops each decision between its steps.
func TestDecisionsAreEndedAfterAKill(t *testing.T) {
	t.Parallel()
	later := releaseID(t, "2026-02-27")
	_, cfg, _ := twoWeeks(t, check.GateDefault)
	cfg = offline(cfg)
	waits := filepath.Join(cfg.Data, "out", "review", boats, later)
	for name, c := range map[string]struct {
		decide func(cfg world)
		undo   []string // of what the decision did
		left   bool     // the file that waited is half removed
	}{
		"accept, before the lake":           {func(cfg world) { accept(t, cfg, later) }, []string{"out/lake"}, false},
		"accept, before the file is gone":   {func(cfg world) { accept(t, cfg, later) }, nil, false},
		"accept, while the file goes":       {func(cfg world) { accept(t, cfg, later) }, nil, true},
		"reject, before the file is gone":   {func(cfg world) { reject(t, cfg, later, "why") }, nil, false},
		"reject, while the file goes":       {func(cfg world) { reject(t, cfg, later, "why") }, nil, true},
		"accept after all, before the lake": {func(cfg world) { reject(t, cfg, later, "why"); accept(t, cfg, later) }, []string{"out/lake"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			killed := cfg
			killed.Data = t.TempDir()
			if err := os.CopyFS(killed.Data, os.DirFS(cfg.Data)); err != nil {
				t.Fatal(err)
			}
			c.decide(killed)
			want := kept(t, killed.Data)
			back := filepath.Join(killed.Data, "out", "review", boats, later)
			if c.left {
				back = filepath.Join(filepath.Dir(back), ".tmp-left")
			}
			if err := os.CopyFS(back, os.DirFS(waits)); err != nil {
				t.Fatal(err)
			}
			for _, part := range c.undo {
				if err := os.RemoveAll(filepath.Join(killed.Data, part)); err != nil {
					t.Fatal(err)
				}
			}
			look(t, killed)
			same(t, kept(t, killed.Data), want)
		})
	}
}

// TestKilledAccept kills ingest accept at random instants; the next one ends it.
func TestKilledAccept(t *testing.T) {
	t.Parallel()
	ingest := build(t, "ingest")
	ready := t.TempDir()
	air := "ukho-illegal-entry" // its second release moves beyond its limits
	var files []string
	for _, f := range sourcetest.IllegalEntry() {
		files = append(files, write(t, f.Name, f.Data))
	}
	do := func(dir string, args ...string) time.Duration {
		t.Helper()
		return took(t, exec.Command(ingest, append(args, "--data", dir)...))
	}
	do(ready, "add", air, files[0])
	if out, err := exec.Command(ingest, "add", "--data", ready, air, files[1]).CombinedOutput(); err == nil { // status 1, as it waits
		t.Fatalf("%s", out)
	}
	held, _ := filepath.Glob(filepath.Join(ready, "out", "review", air, "2023-08-24-*"))
	if len(held) != 1 {
		t.Fatalf("%v wait", held)
	}
	name := filepath.Base(held[0])
	undisturbed := t.TempDir()
	if err := os.CopyFS(undisturbed, os.DirFS(ready)); err != nil {
		t.Fatal(err)
	}
	whole := do(undisturbed, "accept", air, name)
	want := kept(t, undisturbed)
	for range kills(t) / 2 {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(ready)); err != nil {
			t.Fatal(err)
		}
		killed(t, exec.Command(ingest, "accept", air, name, "--data", dir), time.Duration(rand.Int64N(int64(whole))))
		do(dir, "accept", air, name)
		same(t, kept(t, dir), want)
	}
}
