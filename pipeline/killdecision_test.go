package pipeline_test

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestKillDecisions kills ingest withdraw, redate and accept at random instants. The same
// command again must finish the decision, and so must ingest run once the decision is recorded. The data
// folder must then equal that of an undisturbed run, except for the time of the decision.
func TestKillDecisions(t *testing.T) {
	t.Parallel()
	ingest := build(t, "ingest")
	ready := decidable(t, ingest)
	for _, args := range [][]string{
		{"withdraw", boats, idOf(t, "2026-02-20", wholeRelease(t, "2026-02-20")), "--reason", "wrong"},
		{"withdraw", "tidy:mine", "2023-03-10", "--reason", "wrong"},
		{"withdraw", border, "2025-02-21", "--reason", "wrong"},
		{"redate", "tidy:mine", "2023-03-10", "2023-03-12"},
		{"redate", border, "2025-02-21", "2025-02-24"},
		{"accept", "tidy:gone", "2023-03-10"},
	} {
		args[2] = named(t, ready, args[1], args[2])
		t.Run(strings.Join(args[:2], " "), func(t *testing.T) { killDecision(t, ingest, ready, args) })
	}
}

// decidable makes a data folder with releases to decide on; tidy:gone is withdrawn.
func decidable(t *testing.T, ingest string) string {
	t.Helper()
	dir := t.TempDir()
	cfg := configAllYears(t, dir)
	mustAdd(t, cfg, wholeRelease(t, "2026-02-20"), wholeRelease(t, "2026-02-27"))
	for _, file := range nights(t)[:3] {
		mustAddRecords(t, cfg, borderLayout, "", file)
	}
	for _, id := range []string{"tidy:mine", "tidy:gone"} {
		for i, day := range []string{"2023-02-10", "2023-03-10"} {
			text := "# flow: arrival\n# unit: persons\nseries,period_start,value\n" + id + ":arrivals:M,2023-01-01," + []string{"1", "2"}[i] + "\n"
			must(t, ingest, "add", id, "--released", day, "--data", dir, write(t, "mine.csv", []byte(text)))
		}
	}
	must(t, ingest, "withdraw", "tidy:gone", named(t, dir, "tidy:gone", "2023-03-10"), "--reason", "wrong", "--data", dir)
	return dir
}

// must runs a command that must succeed.
func must(t testing.TB, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
}

// named returns the name of the release of a source that begins so.
func named(t testing.TB, dir, id, begin string) string {
	t.Helper()
	folder := strings.Replace(id, ":", "~", 1)
	for _, at := range []string{folder, "rejected/" + folder} {
		if found, _ := filepath.Glob(filepath.Join(dir, "raw", at, begin+"*")); len(found) == 1 {
			return filepath.Base(found[0])
		}
	}
	t.Fatalf("no release %s of %s", begin, id)
	return ""
}

// killDecision kills one command again and again, each time on a fresh copy.
func killDecision(t *testing.T, ingest, ready string, args []string) {
	fresh := func() string {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(ready)); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	undisturbed := fresh()
	start := time.Now()
	must(t, ingest, append(args, "--data", undisturbed)...)
	took := time.Since(start)
	want := unstamped(t, undisturbed)
	interrupted := 0
	for i := range max(kills(t)/8, 3) {
		dir := fresh()
		cmd := exec.Command(ingest, append(args, "--data", dir)...)
		interrupted += killed(t, cmd, time.Duration(rand.Int64N(int64(took))))
		if i%2 == 0 && args[1] != boats && decided(t, dir, args) {
			must(t, ingest, "run", "--data", dir, args[1])
		} else {
			must(t, ingest, append(args, "--data", dir)...)
		}
		same(t, unstamped(t, dir), want)
		if t.Failed() {
			t.Fatalf("after kill %d", i)
		}
		must(t, ingest, "verify", "--data", dir)
	}
	t.Logf("%d interrupted", interrupted)
}

// decided reports whether the decision was recorded before the kill. Then any run must finish it.
func decided(t testing.TB, dir string, args []string) bool {
	t.Helper()
	folder := strings.Replace(args[1], ":", "~", 1)
	_, kept := os.Stat(filepath.Join(dir, "raw", folder, args[2]))
	_, noted := os.Stat(filepath.Join(dir, "raw", "rejected", folder, args[2]))
	if args[0] == "accept" {
		return kept == nil
	}
	return noted == nil || kept != nil
}

// sidecarTime is the time of a decision.
var sidecarTime = regexp.MustCompile(`"at": "[^"]*"`)

// sidecarCheck is the check of a sidecar, which its times are part of.
var sidecarCheck = regexp.MustCompile(`"check": "[0-9a-f]+"`)

// unstamped is what a data folder keeps of files, the sidecars of decisions without the time.
func unstamped(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, part := range []string{"raw", "out/lake", "out/quarantine"} {
		for name, sum := range tree(t, filepath.Join(dir, part), false) {
			out[part+"/"+name] = sum
		}
	}
	for name := range out {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".meta.json") && strings.Contains(string(data), `"decisions"`) {
			out[name] = sidecarCheck.ReplaceAllString(sidecarTime.ReplaceAllString(string(data), `"at": ""`), `"check": ""`)
		}
	}
	return out
}

// TestDecisionsAreEndedFromEveryStep leaves what a kill leaves after each step of a withdrawal,
// a correction of a date, and an accept that undoes a withdrawal. The next run must finish it.
func TestDecisionsAreEndedFromEveryStep(t *testing.T) {
	t.Parallel()
	ready := offline(config(t, t.TempDir()))
	for i, day := range []string{"2023-02-10", "2023-03-10"} {
		addMine(t, ready, day, tidyFile(t, "mine.csv", "P", []string{"1", "2"}[i]))
	}
	for _, file := range nights(t)[:3] {
		mustAddRecords(t, ready, borderLayout, "", file)
	}
	for _, id := range []string{"tidy:mine", border} {
		old := named(t, ready.Data, id, map[string]string{"tidy:mine": "2023-03-10", border: "2025-02-21"}[id])
		folder := strings.Replace(id, ":", "~", 1)
		raw, rejected := filepath.Join("raw", folder), filepath.Join("raw", "rejected", folder)
		entry := filepath.Join("out", "lake", "releases", folder, old+".json")

		withdrawn := copied(t, ready)
		withdraw(t, withdrawn, id, old, "wrong")
		redated := copied(t, ready)
		now := mustRedate(t, redated, id, old, map[string]string{"tidy:mine": "2023-03-12", border: "2025-02-24"}[id])
		accepted := copied(t, withdrawn)
		if o, err := acceptFrom(t, accepted, id, old); err != nil || o.Failed() {
			t.Fatalf("%+v, %v", o, err)
		}
		for _, c := range []struct {
			name       string
			from, want world
			put        map[string]string // folder of want by its folder here
			undo       []string
		}{
			{"withdrawal noted", ready, withdrawn, map[string]string{filepath.Join(rejected, old): filepath.Join(rejected, old)}, nil},
			{"withdrawn from the lake", ready, withdrawn, map[string]string{filepath.Join(rejected, old): filepath.Join(rejected, old)}, []string{entry}},
			{"withdrawn from raw", ready, withdrawn, map[string]string{filepath.Join(rejected, old): filepath.Join(rejected, old)}, []string{entry, filepath.Join(raw, old)}},
			{"date noted", ready, redated, map[string]string{filepath.Join(rejected, old): filepath.Join(raw, now)}, nil},
			{"redated, not in the lake", ready, redated, map[string]string{filepath.Join(rejected, old): filepath.Join(raw, now)}, []string{entry, filepath.Join(raw, old)}},
			{"redated, in raw", ready, redated, map[string]string{filepath.Join(rejected, old): filepath.Join(raw, now), filepath.Join(raw, now): filepath.Join(raw, now)}, []string{entry, filepath.Join(raw, old)}},
			{"accepted, still rejected", withdrawn, accepted, map[string]string{filepath.Join(raw, old): filepath.Join(raw, old)}, nil},
		} {
			t.Run(id+" "+c.name, func(t *testing.T) {
				cfg := copied(t, c.from)
				for _, part := range c.undo {
					path := filepath.Join(cfg.Data, part)
					if part == entry { // an entry becomes a note of what is to be taken away
						if err := os.Rename(path, path+".undo"); err != nil {
							t.Fatal(err)
						}
						continue
					}
					if err := os.RemoveAll(path); err != nil {
						t.Fatal(err)
					}
				}
				for to, from := range c.put {
					if err := os.CopyFS(filepath.Join(cfg.Data, to), os.DirFS(filepath.Join(c.want.Data, from))); err != nil {
						t.Fatal(err)
					}
				}
				look(t, cfg)
				for _, part := range []string{"raw", "out/lake", "out/quarantine"} {
					same(t, tree(t, filepath.Join(cfg.Data, part), false), tree(t, filepath.Join(c.want.Data, part), false))
				}
			})
		}
	}
}
