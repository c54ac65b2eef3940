package decode

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// fixtures is the folder of all sources; each has fixtures in its testdata.
const fixtures = "../../source"

// readFile returns the bytes of a file.
func readFile(t testing.TB, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// wantError checks that err is an *Error with a file, wraps want and contains msg.
func wantError(t *testing.T, err, want error, msg string) {
	t.Helper()
	var e *Error
	switch {
	case !errors.As(err, &e) || !errors.Is(err, want):
		t.Fatalf("got error %v, want an *Error that wraps %v", err, want)
	case e.File != "a.ods" || e.Hint == "":
		t.Errorf("got file %q and hint %q, want both", e.File, e.Hint)
	case !strings.Contains(err.Error(), msg):
		t.Errorf("got error %q, want one with %q", err, msg)
	}
}

// allocated returns the bytes that f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
