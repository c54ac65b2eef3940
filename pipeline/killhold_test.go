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

// retrieved is the time in a sidecar at which a file came in.
var retrieved = regexp.MustCompile(`"(retrieved_at|first_seen)": "[^"]*"`)

// untimed is what a data folder keeps of files, among them those that wait, the sidecars without
// the time.
func untimed(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, part := range []string{"raw", "out/lake", "out/quarantine", "out/review"} {
		for name, sum := range tree(t, filepath.Join(dir, part), false) {
			if strings.HasSuffix(name, ".meta.json") {
				data, err := os.ReadFile(filepath.Join(dir, part, name))
				if err != nil {
					t.Fatal(err)
				}
				sum = sidecarCheck.ReplaceAllString(retrieved.ReplaceAllString(string(data), `"$1": ""`), `"check": ""`)
			}
			out[part+"/"+name] = sum
		}
	}
	return out
}

// mustWait runs a command that makes a release pending. It must end with status 1 and say so.
func mustWait(t testing.TB, name string, args ...string) {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "is pending") {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
}

// TestKillHolding kills ingest add of a release that becomes pending, and ingest reject of it, at random
// instants, for figures and for microdata. The same command again must finish, and the data folder must
// equal that of an undisturbed run.
func TestKillHolding(t *testing.T) {
	t.Parallel()
	ingest := build(t, "ingest")
	text := func(vintage, value string) []byte {
		return []byte("# vintage: " + vintage + "\n# flow: arrival\n# unit: persons\nseries,period_start,value\ntidy:mine:arrivals:D,2026-04-01," + value + "\n")
	}
	figures := t.TempDir()
	must(t, ingest, "add", "tidy:mine", "--data", figures, write(t, "mine.csv", text("2026-05-01", "500")))
	register := registered(t, borderLayout).Data
	for _, c := range []struct{ id, ready, file string }{
		{"tidy:mine", figures, write(t, "mine.csv", text("2026-05-02", "5000"))},
		{border, register, nextDay(t, 400)},
	} {
		t.Run(c.id, func(t *testing.T) {
			held := killedAndAgain(t, c.ready, func(dir string) []string { return []string{ingest, "add", c.id, "--data", dir, c.file} }, func(dir string) {
				mustWait(t, ingest, "add", c.id, "--data", dir, c.file)
			})
			found, _ := filepath.Glob(filepath.Join(held, "out", "review", strings.Replace(c.id, ":", "~", 1), "20*"))
			if len(found) != 1 {
				t.Fatalf("%v wait", found)
			}
			reject := func(dir string) []string {
				return []string{"reject", c.id, filepath.Base(found[0]), "--reason", "a digit too many", "--data", dir}
			}
			killedAndAgain(t, held, func(dir string) []string { return append([]string{ingest}, reject(dir)...) }, func(dir string) {
				must(t, ingest, reject(dir)...)
				must(t, ingest, "run", "--data", dir, c.id)
				must(t, ingest, "verify", "--data", dir)
			})
		})
	}
}

// killedAndAgain kills a command a few times, each time on a fresh copy of a data folder, and
// compares what its end leaves with what an undisturbed one does. It returns the folder of that.
func killedAndAgain(t *testing.T, ready string, command func(dir string) []string, end func(dir string)) (undisturbed string) {
	t.Helper()
	fresh := func() string {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(ready)); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	args := command(fresh())
	start := time.Now()
	exec.Command(args[0], args[1:]...).Run() // whether it ends well is for end to see
	took := time.Since(start)
	undisturbed = fresh()
	end(undisturbed)
	want := untimed(t, undisturbed)
	interrupted := 0
	for i := range max(kills(t)/2, 3) {
		dir := fresh()
		args := command(dir)
		cmd := exec.Command(args[0], args[1:]...)
		interrupted += killed(t, cmd, time.Duration(rand.Int64N(int64(took))))
		end(dir)
		same(t, untimed(t, dir), want)
		if t.Failed() {
			t.Fatalf("after kill %d of %v", i, args)
		}
	}
	t.Logf("%d interrupted", interrupted)
	return undisturbed
}
