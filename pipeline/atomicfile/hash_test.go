package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestHash(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(path, []byte("abc"), 0o644); err != nil {
		t.Fatal(err)
	}
	// The first example of FIPS 180-4.
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if size, sum, err := Hash(path); size != 3 || sum != want || err != nil {
		t.Errorf("%d, %s, %v", size, sum, err)
	}
	if _, _, err := Hash(path + "x"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, _, err := Hash(t.TempDir()); err == nil {
		t.Error("a folder was hashed")
	}
}
