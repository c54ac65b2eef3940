// Package files reads files for tests. It imports nothing of the project, so that every package can use
// it in its own tests.
package files

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// ReadFile returns the bytes of the file at the joined path.
func ReadFile(t testing.TB, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// ReadCSV returns the records of the CSV file at the joined path, its header included.
func ReadCSV(t testing.TB, path ...string) [][]string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(ReadFile(t, path...))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// CSVRows reads a CSV, with the fields of each row by the names of their columns.
func CSVRows(t testing.TB, text string) (out []map[string]string) {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = r[i]
		}
		out = append(out, row)
	}
	return out
}

// Packed returns bytes packed as gzip and as Zstandard.
func Packed(t testing.TB, data []byte) (asGzip, asZstd []byte) {
	t.Helper()
	var z, s bytes.Buffer
	gz := gzip.NewWriter(&z)
	gz.Write(data)
	gz.Close()
	zs, err := zstd.NewWriter(&s)
	if err != nil {
		t.Fatal(err)
	}
	zs.Write(data)
	zs.Close()
	return z.Bytes(), s.Bytes()
}

// Tree returns the files below a folder by their paths, with slashes.
func Tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Allocated returns the bytes that f allocates.
func Allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

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
