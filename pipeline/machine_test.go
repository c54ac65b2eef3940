//go:build unix

package pipeline_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// ends runs a command and returns what it said and its exit status.
func ends(t *testing.T, cmd *exec.Cmd) (string, int) {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// TestTwoRunsAtOnce delays one run at its publisher. Another must end with status 3 and change nothing. Then
// the first is killed, and its lock file must not stop the next run.
func TestTwoRunsAtOnce(t *testing.T) {
	t.Parallel()
	ingest, dir := build(t, "ingest"), t.TempDir()
	asked := make(chan bool, 10)
	f := &faulty{name: newest, data: readAllOf(t, wholeRelease(t, "2026-06-26")), page: func(_ http.ResponseWriter, r *http.Request) {
		asked <- true
		<-r.Context().Done()
	}}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	run := func() *exec.Cmd { return exec.Command(ingest, "run", "--data", dir, "--mirror", server.URL, boats) }
	first := run()
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	<-asked
	before := tree(t, dir, true)
	for _, args := range [][]string{{"run"}, {"add", italy, "x.csv"}, {"review"}, {"notify"}} {
		cmd := exec.Command(ingest, append(args, "--data", dir)...)
		cmd.Env = append(os.Environ(), "CROSSINGS_COMMAND=/bin/false")
		if out, status := ends(t, cmd); status != 3 || !strings.Contains(out, "another run holds the lock") {
			t.Errorf("%s: status %d: %s", args[0], status, out)
		}
	}
	same(t, tree(t, dir, true), before)
	if out, status := ends(t, exec.Command(ingest, "status", "--data", dir)); status != 0 {
		t.Errorf("reading needs no lock: status %d: %s", status, out)
	}
	first.Process.Kill()
	first.Wait()
	if _, err := os.Stat(filepath.Join(dir, "out", ".lock")); err != nil {
		t.Errorf("a killed run leaves its lock file: %v", err)
	}
	f.change(func() { f.page = nil })
	if out, status := ends(t, run()); status != 0 || !strings.Contains(out, "added release 2026-06-26") {
		t.Errorf("after the kill: status %d: %s", status, out)
	}
}

// TestAStoppedRunEnds tells a run to stop, as systemd does, while a publisher makes it wait.
func TestAStoppedRunEnds(t *testing.T) {
	t.Parallel()
	ingest, dir := build(t, "ingest"), t.TempDir()
	asked := make(chan bool, 10)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- true
		<-r.Context().Done()
	}))
	t.Cleanup(server.Close)
	cmd := exec.Command(ingest, "run", "--data", dir, "--mirror", server.URL)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-asked
	cmd.Process.Signal(syscall.SIGTERM)
	ended := make(chan error)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		cmd.Process.Kill()
		t.Fatal("it goes on")
	}
	if status := cmd.ProcessState.ExitCode(); status != 1 {
		t.Errorf("status %d", status)
	}
	left := tree(t, filepath.Join(dir, "out"), false)
	maps.DeleteFunc(left, func(name, _ string) bool { return strings.HasPrefix(name, "runs/") }) // that it was stopped
	if len(left) > 0 {
		t.Errorf("it left %v", left)
	}
}

// TestAReadOnlyFolder runs the commands as a user who may not write to the data folder. Commands that only
// read must work. The others must end with status 1 and say what to do, and nothing may change.
func TestAReadOnlyFolder(t *testing.T) {
	t.Parallel()
	ingest, publish, dir := build(t, "ingest"), build(t, "publish"), t.TempDir()
	cfg := configAllYears(t, dir)
	mustAdd(t, cfg, wholeRelease(t, "2026-06-26"))
	older := write(t, "19_June_2026_Small_boats_-_time_series.ods", readAllOf(t, wholeRelease(t, "2026-06-19")))
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // the folder of t.TempDir, which only its owner can enter
		t.Fatal(err)
	}
	var modes []string
	for path := range tree(t, dir, false) {
		for path = filepath.Join(dir, path); path != filepath.Dir(dir); path = filepath.Dir(path) {
			modes = append(modes, path)
		}
	}
	for _, path := range modes {
		if err := os.Chmod(path, 0o555); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		for _, path := range modes {
			os.Chmod(path, 0o755)
		}
	})
	before := tree(t, dir, true)
	for _, c := range []struct {
		status int
		says   string
		args   []string
	}{
		{1, "who owns the data folder", []string{ingest, "run", "ukho-asylum"}}, // which is not fetched
		{1, "who owns the data folder", []string{ingest, "add", boats, older}},
		{1, "who owns the data folder", []string{publish, "run"}},
		{1, "who owns the data folder", []string{ingest, "notify"}},
		{0, "ukho-small-boats: ", []string{ingest, "notify", "--dry-run"}},
		{0, "last release 2026-06-26", []string{ingest, "status"}},
		{0, "as it was written", []string{ingest, "verify"}},
	} {
		cmd := exec.Command(c.args[0], append(c.args[1:], "--data", dir)...)
		cmd.Env = append(os.Environ(), "CROSSINGS_COMMAND=/bin/true")
		if os.Getuid() == 0 { // who may write everywhere
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
			cmd.Dir = "/"
		}
		if out, status := ends(t, cmd); status != c.status || !strings.Contains(out, c.says) {
			t.Errorf("%s: status %d, want %d: %s", c.args[1], status, c.status, out)
		}
	}
	same(t, tree(t, dir, true), before)
}

// TestTimeZonesChangeNothing ingests and publishes the same file on machines in two time zones, one a
// day ahead of the other. The bytes must be the same.
func TestTimeZonesChangeNothing(t *testing.T) {
	t.Parallel()
	ingest, publish := build(t, "ingest"), build(t, "publish")
	file := write(t, "sbarchi-per-giorno.csv", italianReports()[1])
	var want map[string]string
	for _, zone := range []string{"UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/London"} {
		dir := t.TempDir()
		for _, args := range [][]string{{ingest, "add", italy, file}, {publish, "run"}} {
			cmd := exec.Command(args[0], append(args[1:], "--data", dir)...)
			cmd.Env = append(os.Environ(), "TZ="+zone, "LC_ALL=tr_TR.UTF-8")
			if out, status := ends(t, cmd); status != 0 {
				t.Fatalf("%s: status %d: %s", zone, status, out)
			}
		}
		got := outOf(t, dir)
		if want == nil {
			want = got
		}
		same(t, got, want)
	}
}
