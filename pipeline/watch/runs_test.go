package watch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// at returns the tests' clock after some hours.
func at(hours int) time.Time {
	return time.Date(2026, 6, 28, 3, 0, 0, 0, time.UTC).Add(time.Duration(hours) * time.Hour)
}

// runsIn returns a folder for notes in an existing data folder.
func runsIn(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "runs")
}

func begin(t *testing.T, dir string, hour int) *Running {
	t.Helper()
	r, err := Begin(dir, JobPublish, at(hour))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func end(t *testing.T, r *Running, hour, status int, reason, version string) {
	t.Helper()
	if err := r.End(at(hour), status, reason, version); err != nil {
		t.Fatal(err)
	}
}

// only returns the one note in a folder.
func only(t *testing.T, dir string) Run {
	t.Helper()
	runs, err := Runs(dir)
	if err != nil || len(runs) != 1 {
		t.Fatalf("runs %+v, %v; want one", runs, err)
	}
	return runs[0]
}

const day = 24 * time.Hour

func TestARunIsNoted(t *testing.T) {
	dir := runsIn(t)
	r := begin(t, dir, 0)
	if n := only(t, dir); !n.UnderWay || n.State(at(1), day) != JobWell {
		t.Errorf("under way: %+v is %s", n, n.State(at(1), day))
	}
	if n := only(t, dir); n.State(at(30), day) != JobSilent {
		t.Errorf("under way for longer than its age: %s", n.State(at(30), day))
	}
	end(t, r, 1, 0, "", "1.2.3")
	n := only(t, dir)
	if n.Unfinished || !n.Succeeded.Equal(at(1)) || n.Version != "1.2.3" || n.State(at(2), day) != JobWell {
		t.Errorf("a success: %+v", n)
	}
	end(t, begin(t, dir, 3), 4, 1, "the disk\nis \x1b[31mfull", "")
	n = only(t, dir)
	if n.Reason != "the disk is [31mfull" || n.Status != 1 || !n.Succeeded.Equal(at(1)) || n.Version != "1.2.3" || n.State(at(5), day) != JobFailed {
		t.Errorf("a failure after it: %+v", n)
	}
	end(t, begin(t, dir, 6), 7, 1, "", "") // status 1 without a reason: reported elsewhere
	if n = only(t, dir); n.State(at(8), day) != JobWell || n.State(at(32), day) != JobSilent || n.State(at(9999), 0) != JobWell {
		t.Errorf("a success whose findings are reported elsewhere: %+v", n)
	}
}

// TestAKilledRunIsTold checks that an unfinished run whose process is gone is neither under way nor
// a success.
func TestAKilledRunIsTold(t *testing.T) {
	dir := runsIn(t)
	end(t, begin(t, dir, 0), 1, 0, "", "1.0.0")
	begin(t, dir, 2).lock.Unlock() // as the system does for a dead process
	if n := only(t, dir); n.State(at(3), day) != JobInterrupted || !n.Succeeded.Equal(at(1)) {
		t.Errorf("killed: %+v is %s", n, n.State(at(3), day))
	}
	end(t, begin(t, dir, 4), 5, 0, "", "1.0.1")
	if n := only(t, dir); n.State(at(6), day) != JobWell {
		t.Errorf("after the next: %+v", n)
	}
}

// TestOneRunOfAJobIsNoted checks that a second, simultaneous run of a job does not change the note.
func TestOneRunOfAJobIsNoted(t *testing.T) {
	dir := runsIn(t)
	first := begin(t, dir, 0)
	end(t, begin(t, dir, 1), 2, 1, "bad luck", "")
	if n := only(t, dir); !n.UnderWay || !n.Started.Equal(at(0)) || n.Reason != "" {
		t.Errorf("while the first goes on: %+v", n)
	}
	end(t, first, 3, 0, "", "")
	if n := only(t, dir); n.Unfinished || !n.Succeeded.Equal(at(3)) {
		t.Errorf("after it: %+v", n)
	}
}

// TestAFolderIsNotMadeForANote checks that a command in the wrong place leaves nothing there, and
// that the very first run, which makes the folder, is noted.
func TestAFolderIsNotMadeForANote(t *testing.T) {
	out := filepath.Join(t.TempDir(), "data", "out")
	dir := filepath.Join(out, "runs")
	r := begin(t, dir, 0)
	if _, err := os.Stat(filepath.Dir(out)); err == nil {
		t.Error("a folder was made")
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		t.Fatal(err)
	}
	end(t, r, 1, 0, "", "1.0.0")
	if n := only(t, dir); !n.Succeeded.Equal(at(1)) || n.Unfinished {
		t.Errorf("the first run: %+v", n)
	}
}

// TestADamagedNoteIsTold checks that an unreadable note is not reported as a healthy job, and that
// the next run repairs it.
func TestADamagedNoteIsTold(t *testing.T) {
	for name, text := range map[string]string{"cut": `{"job":`, "another": `{"job":"publish upload"}`, "empty": "", "long": strings.Repeat("x", maxRun+1)} {
		t.Run(name, func(t *testing.T) {
			dir := runsIn(t)
			end(t, begin(t, dir, 0), 1, 0, "", "")
			if err := os.WriteFile(runFile(dir, JobPublish), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			if n := only(t, dir); n.State(at(2), 0) != JobFailed || !strings.Contains(n.Reason, "damaged") {
				t.Errorf("got %+v", n)
			}
			end(t, begin(t, dir, 2), 3, 0, "", "")
			if n := only(t, dir); n.State(at(4), day) != JobWell {
				t.Errorf("after the next run: %+v", n)
			}
		})
	}
}

func TestAReasonIsOneBoundedLine(t *testing.T) {
	if got := oneLine(strings.Repeat("é\n", 10_000)); len(got) > maxReason+10 || strings.ContainsAny(got, "\n\ufffd") {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}
