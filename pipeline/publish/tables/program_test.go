package tables

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestAProgramIsToldFromOthers compares what the program says of itself with what the go command does, and
// reads files that are no programs.
func TestAProgramIsToldFromOthers(t *testing.T) {
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "linux" {
		out, err := exec.Command("go", "tool", "buildid", path).Output()
		if err != nil || buildID(path) != strings.TrimSpace(string(out)) || buildID(path) == "" {
			t.Errorf("the program is %q, and the go command says %q: %v", buildID(path), out, err)
		}
	}
	if Program() == "" {
		t.Error("the program does not know itself")
	}
	other := filepath.Join(t.TempDir(), "other")
	for _, text := range []string{"", "no program", "\x7fELF"} {
		if err := os.WriteFile(other, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := buildID(other); got != "" {
			t.Errorf("%q has the identifier %q", text, got)
		}
	}
}
