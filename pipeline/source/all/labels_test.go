package all

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSourcesKnowTheOperatorsLabels checks that every source takes its labels from the lists that
// come with a file, which include the operator's.
func TestSourcesKnowTheOperatorsLabels(t *testing.T) {
	read := 0
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		read++
		if strings.Contains(string(text), "codes.For(") {
			t.Errorf("%s: use the Lists of the source.File, which include the operator's", name)
		}
		return nil
	})
	if err != nil || read < 20 {
		t.Errorf("%d files were read: %v", read, err)
	}
}
