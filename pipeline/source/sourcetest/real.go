//go:build real

package sourcetest

import (
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest/files"
)

// Real returns the folder of the publishers' real files, which has a folder for each source. Only
// tests with the build tag real use it; run them with make test-real REAL=folder.
func Real(t testing.TB) string {
	t.Helper()
	return files.Real(t)
}

// RealFile returns a real file of a source.
func RealFile(t testing.TB, id, name string) File {
	t.Helper()
	return File{Name: name, Data: files.ReadFile(t, Real(t), id, name)}
}

// RealDates is Dates for real files.
func RealDates(t *testing.T, s *source.Source, want map[string]string) {
	t.Helper()
	dates(t, s, RealFile, want)
}
