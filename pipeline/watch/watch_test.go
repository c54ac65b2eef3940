package watch

import (
	"os"
	"path/filepath"
	"testing"

	"crossings/pipeline/stat"
)

func TestState(t *testing.T) {
	last := stat.MustDate("2026-06-26")
	for _, c := range []struct {
		last stat.Date
		days int
		want string
	}{{last, 0, Current}, {last, 12, Current}, {last, 13, Late}, {last, 72, Late}, {last, 73, Dead}, {0, 5, Empty}} {
		if got := State(c.last, 12, last.AddDays(c.days)); got != c.want {
			t.Errorf("after %d days: %s, want %s", c.days, got, c.want)
		}
	}
}

func TestFaultIsWrittenWhenItChanges(t *testing.T) {
	dir := t.TempDir()
	fault := SourceFault{State: Moved, Message: "gone"}
	for range 2 {
		if err := Save(dir, "tidy:mine", fault); err != nil {
			t.Fatal(err)
		}
		if got, err := Load(dir, "tidy:mine"); err != nil || got != fault {
			t.Errorf("got %+v, %v", got, err)
		}
	}
	if err := Save(dir, "tidy:mine", SourceFault{}); err != nil {
		t.Fatal(err)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "*")); len(files) != 0 {
		t.Errorf("left: %v", files)
	}
	if got, err := Load(dir, "tidy:mine"); err != nil || got != (SourceFault{}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestLoadReportsADamagedFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir, "a"); err == nil {
		t.Error("no error")
	}
}
