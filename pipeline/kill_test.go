package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"
)

// kills is how often each command is killed.
func kills(testing.TB) int { return killRounds }

// killed starts a command and kills it after a while. It returns 1 if the command was still at work.
func killed(t *testing.T, cmd *exec.Cmd, after time.Duration) int {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	cmd.Process.Kill()
	if state, _ := cmd.Process.Wait(); state.Sys().(syscall.WaitStatus).Signaled() {
		return 1
	}
	return 0
}

// compile builds both commands, once for all tests of the package.
var compile = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "build", "-ldflags", drawing, "-o", commandsIn, "crossings/cmd/...").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, out)
	}
	return commandsIn, err
})

// build compiles a command and returns its path.
func build(t *testing.T, name string) string {
	t.Helper()
	bin, err := compile()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(bin, name)
}

// took runs commands, which must succeed, and returns how long they took.
func took(t *testing.T, commands ...*exec.Cmd) time.Duration {
	t.Helper()
	start := time.Now()
	for _, c := range commands {
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	return time.Since(start)
}

// TestKill kills both commands at random instants, many times, without cleaning up, and then lets each
// run once. The data folder must equal that of an undisturbed run byte for byte, with no leftovers.
func TestKill(t *testing.T) {
	t.Parallel()
	ingest, publish := build(t, "ingest"), build(t, "publish")
	paths := []string{wholeRelease(t, "2026-06-19"), wholeRelease(t, "2026-06-26")}
	undisturbed, disturbed := t.TempDir(), t.TempDir()
	commands := func(dir string) [2][]string {
		return [2][]string{append([]string{ingest, "add", "--data", dir, boats}, paths...), {publish, "run", "--data", dir}}
	}
	finish := func(dir string) time.Duration {
		both := commands(dir)
		return took(t, exec.Command(both[0][0], both[0][1:]...), exec.Command(both[1][0], both[1][1:]...))
	}
	whole := finish(undisturbed)

	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	interrupted := 0
	for i := range kills(t) {
		for _, args := range commands(disturbed) {
			// Without this note a site is rendered although it is there already.
			if err := os.RemoveAll(filepath.Join(disturbed, "out", "cache", "site")); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(args[0], args[1:]...)
			// Half of them early: with its pictures kept, a run takes a part of the time.
			interrupted += killed(t, cmd, time.Duration(r.Int64N(int64(whole)/[]int64{2, 8}[i%2])))
		}
		if i%8 == 0 {
			// Start over, so that the first steps are interrupted as well.
			if err := os.RemoveAll(filepath.Join(disturbed, []string{"out", "raw"}[i/8%2])); err != nil {
				t.Fatal(err)
			}
		}
	}
	if interrupted < kills(t)/5 {
		t.Errorf("only %d runs were interrupted; the test shows little", interrupted)
	}
	t.Logf("%d runs interrupted", interrupted)
	finish(disturbed)
	same(t, outOf(t, disturbed), outOf(t, undisturbed))
	if out, err := exec.Command(ingest, "verify", "--data", disturbed).CombinedOutput(); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
	for _, folder := range []string{"out", "raw"} {
		left, _ := filepath.Glob(filepath.Join(disturbed, folder, ".tmp-*"))
		if len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// TestKillFetch kills ingest run at random instants while it asks two publishers, and now and
// then deletes the results. After one more run everything must be as if no run had been killed.
func TestKillFetch(t *testing.T) {
	t.Parallel()
	ingest := build(t, "ingest")
	f := &faulty{name: newest, data: readAllOf(t, wholeRelease(t, "2026-06-26")), sound: italianReports()[1]}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	undisturbed, disturbed := t.TempDir(), t.TempDir()
	command := func(dir string) *exec.Cmd {
		return exec.Command(ingest, "run", "--data", dir, "--mirror", server.URL, boats, italy)
	}
	finish := func(dir string) time.Duration { return took(t, command(dir)) }
	whole := finish(undisturbed)
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 2))
	interrupted := 0
	for i := range kills(t) {
		n := killed(t, command(disturbed), time.Duration(r.Int64N(int64(whole))))
		if interrupted += n; n == 0 && whole > 20*time.Millisecond {
			whole = whole * 3 / 4 // a run with little to do is shorter than the first
		}
		if i%3 == 2 {
			if err := os.RemoveAll(filepath.Join(disturbed, []string{"out", "raw"}[i/3%2])); err != nil {
				t.Fatal(err)
			}
		}
	}
	if interrupted < kills(t)/5 {
		t.Errorf("only %d runs were interrupted; the test shows little", interrupted)
	}
	finish(disturbed)
	finish(disturbed) // nothing is left to be done
	same(t, outOf(t, disturbed), outOf(t, undisturbed))
	for _, id := range []string{boats, italy} {
		files := func(dir string) []string {
			list, err := filepath.Glob(filepath.Join(dir, "raw", id, "*", "*"))
			if err != nil {
				t.Fatal(err)
			}
			for i := range list {
				list[i], _ = filepath.Rel(dir, list[i])
			}
			return list
		}
		if got, want := files(disturbed), files(undisturbed); !slices.Equal(got, want) {
			t.Errorf("kept %v, want %v", got, want)
		}
	}
	if out, err := exec.Command(ingest, "verify", "--data", disturbed).CombinedOutput(); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
}
