//go:build real

package sourcetest

import (
	"os"
	"path/filepath"
	"testing"

	"crossings/pipeline/source"
)

// Real returns the folder of the publishers' real files, which has a folder for each source. Only
// tests with the build tag real use it; run them with make test-real REAL=folder.
func Real(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("CROSSINGS_REAL")
	if dir == "" {
		t.Fatal("CROSSINGS_REAL does not name the folder of the real files; use: make test-real REAL=folder")
	}
	return dir
}

// RealFile returns a real file of a source.
func RealFile(t testing.TB, id, name string) File {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(Real(t), id, name))
	if err != nil {
		t.Fatal(err)
	}
	return File{Name: name, Data: data}
}

// RealDates is Dates for real files.
func RealDates(t *testing.T, s *source.Source, want map[string]string) {
	t.Helper()
	dates(t, s, RealFile, want)
}
