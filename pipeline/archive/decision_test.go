package archive

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

// TestSidecarKeepsDecisions writes decisions and reads them back. A decision of an unknown kind or
// without a day is an error, and never read as no decision.
func TestSidecarKeepsDecisions(t *testing.T) {
	m := Sidecar{Released: 1, SHA256: strings.Repeat("a", 64), Decisions: []Decision{
		{Kind: Redated, At: time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC), Released: stat.MustDate("2026-06-19"), Releases: []string{"2026-06-19-aaaaaaaa"}},
		{Kind: Withdrawn, At: time.Date(2026, 7, 2, 9, 0, 0, 0, time.UTC), Released: 1, Reason: `May <stands> "twice"`, Releases: []string{"a", "b"}},
	}}
	text, err := m.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var back Sidecar
	if err := back.UnmarshalJSON(text); err != nil || !reflect.DeepEqual(back, m) {
		t.Errorf("%+v, %v", back, err)
	}
	if d := back.LastDecision(); d.Kind != Withdrawn || (Sidecar{}).LastDecision().Kind != "" {
		t.Errorf("decided %+v", d)
	}
	for _, bad := range []string{`{"kind":"forgotten","released":"2026-06-19"}`, `{"kind":"withdrawn"}`, `{"kind":"withdrawn","released":"2026-06-19","at":"late"}`, `[]`} {
		if err := json.Unmarshal([]byte(bad), new(Decision)); err == nil {
			t.Errorf("%s is a decision", bad)
		}
	}
}

// TestCopyReleaseMovesARelease copies a release of two files to another store, with other sidecars.
// A second copy changes nothing. Other or damaged bytes are an error.
func TestCopyReleaseMovesARelease(t *testing.T) {
	from, dir := open(t)
	to, toDir := open(t)
	g := stage(t, from, "a", "b")
	if err := g.Commit("r"); err != nil {
		t.Fatal(err)
	}
	source := g.source
	folder, err := folderOf(source)
	if err != nil {
		t.Fatal(err)
	}
	files, err := from.Files(source, "r")
	if err != nil || len(files) != 2 {
		t.Fatalf("%+v, %v", files, err)
	}
	edit := func(m Sidecar) Sidecar {
		m.Rejected = "why"
		return m
	}
	for range 2 {
		if err := to.CopyRelease(from, files, "other", edit); err != nil {
			t.Fatal(err)
		}
	}
	if err := from.Discard(source, "r"); err != nil {
		t.Fatal(err)
	}
	if left, err := from.Files(source, "r"); left != nil || err != nil {
		t.Errorf("left %+v, %v", left, err)
	}
	if err := from.Discard(source, "r"); err != nil {
		t.Errorf("nothing to discard: %v", err)
	}
	moved, err := to.Files(source, "other")
	if err != nil || len(moved) != 2 || moved[1].Meta.Rejected != "why" || moved[1].Meta.SHA256 != files[1].Meta.SHA256 {
		t.Fatalf("moved %+v, %v", moved, err)
	}
	if bad := to.Verify(); bad != nil {
		t.Error(bad)
	}
	if err := os.WriteFile(filepath.Join(toDir, folder, "other", "b"), []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := from.CopyRelease(to, moved, "r", edit); !errors.Is(err, ErrDamaged) {
		t.Errorf("damaged bytes: %v", err)
	}
	for _, p := range tree(t, dir) {
		if strings.Contains(p, temporary) || strings.HasSuffix(p, "/a") {
			t.Errorf("%s is left", p)
		}
	}
}
