package atomicfile

import (
	"os"
	"path/filepath"
	"testing"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := Write(path, []byte(text)); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestWriteReplacesWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "file")
	write(t, path, "a long first content")
	write(t, path, "short")
	if got := read(t, path); got != "short" {
		t.Errorf("content %q", got)
	}
	if names, _ := os.ReadDir(filepath.Dir(path)); len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
}

func TestWriteErrorKeepsTheOldContent(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	if err := os.MkdirAll(filepath.Join(path, "in the way"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Write(path, []byte("x")); err == nil {
		t.Fatal("a folder was replaced by a file")
	}
	if names, _ := os.ReadDir(dir); len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
}

func TestSwap(t *testing.T) {
	for name, swap := range map[string]func(staged, live string) error{"exchange": SwapDir, "two renames": swapByTwoRenames} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			staged, live := filepath.Join(dir, TempPrefix+"site"), filepath.Join(dir, "site")
			write(t, filepath.Join(live, "old"), "old")
			write(t, filepath.Join(staged, "new"), "new")
			if err := swap(staged, live); err != nil {
				t.Fatal(err)
			}
			if got := read(t, filepath.Join(live, "new")); got != "new" {
				t.Errorf("content %q", got)
			}
			if names, _ := os.ReadDir(dir); len(names) != 1 {
				t.Errorf("left behind: %v", names)
			}
		})
	}
}

func TestRecoverAfterAKillBetweenTheRenames(t *testing.T) {
	dir := t.TempDir()
	live := filepath.Join(dir, "site")
	write(t, filepath.Join(dir, setAside+"site", "page"), "old")
	if err := Recover(live); err != nil {
		t.Fatal(err)
	}
	if got := read(t, filepath.Join(live, "page")); got != "old" {
		t.Errorf("content %q", got)
	}
}

func TestSweepTakesTemporaryNamesOnly(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a", "keep"), "")
	write(t, filepath.Join(dir, "a", TempPrefix+"folder", "x"), "")
	write(t, filepath.Join(dir, TempPrefix+"file"), "")
	write(t, filepath.Join(dir, "a", "whole", TempPrefix+"x"), "not looked at")
	whole := func(path string) bool { return filepath.Base(path) == "whole" }
	if err := Sweep(dir, whole); err != nil {
		t.Fatal(err)
	}
	if read(t, filepath.Join(dir, "a", "whole", TempPrefix+"x")) != "not looked at" {
		t.Error("a whole folder was entered")
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "*")); len(names) != 1 {
		t.Errorf("left: %v", names)
	}
	if read(t, filepath.Join(dir, "a", "keep")) != "" {
		t.Error("kept file changed")
	}
	if err := Sweep(filepath.Join(dir, "none"), whole); err != nil {
		t.Error(err)
	}
}

func TestCreateCommitsWholeOrNotAtAll(t *testing.T) {
	for _, durable := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "a", "file")
		f, err := Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString("one"); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Errorf("the file is there before it is whole: %v", err)
		}
		if err := f.Commit(durable); err != nil {
			t.Fatal(err)
		}
		f, err = Create(path)
		if err != nil {
			t.Fatal(err)
		}
		f.WriteString("two")
		f.Abort()
		if got := read(t, path); got != "one" {
			t.Errorf("got %q", got)
		}
		if names, _ := os.ReadDir(filepath.Dir(path)); len(names) != 1 {
			t.Errorf("left over: %v", names)
		}
	}
}
