package cli_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/weekly"
	"crossings/pipeline/stat"
)

// TestScripts runs the commands as users do. Each file in testdata is a session. It says what
// must be on stdout and stderr, the exit status, and what must be in the data folder.
//
//	status N COMMAND...   the command must end with this exit status
//	lock DIR              hold the lock of a data folder until the script ends
//	$STARTER              the starter data
//	$FILES                files to add: the weekly releases of small boats, two releases
//	                      of illegal entry, one of frontex with bad rows
//	$RESTATED             the name of the second release of illegal entry
func TestScripts(t *testing.T) {
	bin := t.TempDir()
	build := exec.Command("go", "build", "-ldflags", "-X crossings/pipeline/publish/picture.drawing=sketch", "-o", bin, "crossings/cmd/...")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	files := t.TempDir()
	entry := sourcetest.IllegalEntry()
	for _, f := range []sourcetest.File{entry[0], entry[1], badRows(), weekly.File(t, "2026-02-20"), weekly.File(t, "2026-02-27"),
		weekly.File(t, "2026-06-19"), weekly.File(t, "2026-06-26")} {
		sourcetest.Save(t, files, f)
	}
	starter, err := filepath.Abs("../../../data/raw/starter")
	if err != nil {
		t.Fatal(err)
	}
	restated := stat.NewReleaseID(stat.MustDate("2023-08-24"), fmt.Sprintf("%x", sha256.Sum256(entry[1].Data)))
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", bin+string(filepath.ListSeparator)+env.Getenv("PATH"))
			env.Setenv("STARTER", starter)
			env.Setenv("FILES", files)
			env.Setenv("RESTATED", restated)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status, "lock": lock},
	})
}

// badRows is a release of frontex-detections with 600 rows, six of them without a count.
func badRows() sourcetest.File {
	var rows []string
	for _, nationality := range []string{"BGD", "EGY", "ERI", "SYR", "TUN"} {
		for m := range 120 {
			count := 7 + len(rows)*len(rows)%11
			if len(rows)%100 == 50 {
				count = -count
			}
			rows = append(rows, fmt.Sprintf("Central Mediterranean Route,Sea,%s,%d-%02d-01,%d", nationality, 2015+m/12, 1+m%12, count))
		}
	}
	return sourcetest.Table("2025-05-31_frontex.csv", "route,type,nat,t,n", rows...)
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
