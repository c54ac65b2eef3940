package datadir

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"crossings/pipeline/hint"
)

// TestAFolderOfANewerProgramIsLeftAlone locks folders with notes of several versions. What cannot be
// read is refused and stays as it was.
func TestAFolderOfANewerProgramIsLeftAlone(t *testing.T) {
	for _, tt := range []struct {
		note         string // "" for none
		newer, wrong bool
	}{{"", false, false}, {"1\n", false, false}, {"2", false, false}, {"3\n", true, true}, {"0", false, true}, {"x", false, true}, {"\n", false, true}} {
		d := Dir(t.TempDir())
		if tt.note != "" {
			if err := os.MkdirAll(d.Out(), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(d.formatFile(), []byte(tt.note), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.CheckFormat(); (err != nil) != tt.wrong || errors.Is(err, ErrNewer) != tt.newer || (hint.Of(err) != "") != tt.wrong {
			t.Errorf("note %q: error %v, hint %q", tt.note, err, hint.Of(err))
		}
		release, err := d.Lock(nil)
		if (err != nil) != tt.wrong {
			t.Errorf("note %q: lock %v", tt.note, err)
		}
		want := "2\n"
		switch {
		case tt.wrong, tt.note == "2":
			want = tt.note
		}
		if got, err := os.ReadFile(filepath.Join(d.Out(), "format")); err != nil || string(got) != want {
			t.Errorf("note %q is %q afterwards, %v", tt.note, got, err)
		}
		if release != nil {
			release()
		}
	}
}
