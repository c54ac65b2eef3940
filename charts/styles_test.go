package charts

import (
	"io/fs"
	"testing"
)

// TestEveryPartIsInTheStyleSheet fails if a file of the style sheet is in no page.
func TestEveryPartIsInTheStyleSheet(t *testing.T) {
	files, err := fs.Glob(styles, "styles/*.css")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(sheets) {
		t.Errorf("%d files in charts/styles, %d parts of the style sheet", len(files), len(sheets))
	}
	if sheet, err := styleSheet(); err != nil || len(sheet) == 0 {
		t.Errorf("style sheet of %d bytes: %v", len(sheet), err)
	}
}
