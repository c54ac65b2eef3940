package cached

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestWhatWasMadeIsNotMadeAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "files")
	made := 0
	get := func(f *Folder, parts ...string) string {
		t.Helper()
		var in [][]byte
		for _, p := range parts {
			in = append(in, []byte(p))
		}
		data, err := f.Get(func() ([]byte, error) { made++; return []byte("made of " + parts[0]), nil }, in...)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	want := func(n int, when string) {
		t.Helper()
		if made != n {
			t.Errorf("%s: made %d times, want %d", when, made, n)
		}
	}
	f := Open(dir, []byte("one program"))
	for range 2 {
		if got := get(f, "a"); got != "made of a" {
			t.Errorf("got %q", got)
		}
	}
	want(1, "the same twice")
	get(f, "a", "")
	get(f, "", "a")
	want(3, "other parts")
	get(Open(dir, []byte("one program")), "a")
	want(3, "in a later build")
	get(Open(dir, []byte("another program")), "a")
	want(4, "by another program")
	var none *Folder
	get(none, "a")
	get(Open("", nil), "a")
	want(6, "where nothing is kept")

	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 4 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	for _, e := range entries {
		if err := os.WriteFile(filepath.Join(dir, e.Name()), []byte("made of b"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f = Open(dir, []byte("one program"))
	if got := get(f, "a"); got != "made of a" {
		t.Errorf("a damaged file is read as %q", got)
	}
	want(7, "after damage")
	if err := errors.Join(f.Prune(), none.Prune(), Open("", nil).Prune()); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%d files are left, %v", len(entries), err)
	}
}

func TestAFailureIsNotKept(t *testing.T) {
	f := Open(t.TempDir(), nil)
	bad := errors.New("bad")
	if _, err := f.Get(func() ([]byte, error) { return nil, bad }, []byte("a")); err != bad {
		t.Error(err)
	}
	if data, err := f.Get(func() ([]byte, error) { return []byte("good"), nil }, []byte("a")); err != nil || string(data) != "good" {
		t.Errorf("%q, %v", data, err)
	}
}
