package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts runs the commands as their users do: each file in testdata is a
// session with what must be on stdout and stderr, the exit status, and what must
// and must not be left in the data folder.
//
//	status N COMMAND...   the command must end with this exit status
//	lock DIR              hold the lock of a data folder until the script ends
//	$SHARED               the publishers' real files
//	$STARTER              the figures of the repository
func TestScripts(t *testing.T) {
	bin := t.TempDir()
	build := exec.Command("go", "build", "-o", bin, "crossings/cmd/...")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	shared, err := filepath.Abs("../../../shared/data")
	if err != nil {
		t.Fatal(err)
	}
	starter, err := filepath.Abs("../../data/raw/starter")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", bin+string(filepath.ListSeparator)+env.Getenv("PATH"))
			env.Setenv("SHARED", shared)
			env.Setenv("STARTER", starter)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status, "lock": lock},
	})
}

func status(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if exit, ok := err.(*exec.ExitError); ok {
		got = exit.ProcessState.String()[len("exit status "):]
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}

func lock(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(filepath.Join(args[0], "out"))
	ts.Check(os.MkdirAll(dir, 0o755))
	l := flock.New(filepath.Join(dir, ".lock"))
	if held, err := l.TryLock(); !held || err != nil {
		ts.Fatalf("lock: %v %v", held, err)
	}
	ts.Defer(func() { l.Unlock() })
}
