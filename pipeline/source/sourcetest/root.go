package sourcetest

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Root returns the root folder of the repository, for a test in any package.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := root()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "data", "raw", "starter")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("the test runs outside the repository, which has data/raw/starter")
		}
	}
}

// Save writes a file into a folder and returns its path.
func Save(t testing.TB, dir string, f File) string {
	t.Helper()
	path := filepath.Join(dir, f.Name)
	if err := os.WriteFile(path, f.Data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
