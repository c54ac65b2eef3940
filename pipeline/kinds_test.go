package pipeline_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"crossings/pipeline"
	"crossings/pipeline/check"
)

// TestKindsOfFile ingests the files of a source of which some state one measure
// and some another, in every order: none is refused for what another kind states,
// and each still is for what its own kind has lost.
func TestKindsOfFile(t *testing.T) {
	const id, offenders = "ukho-returns", "returns_offenders_by_nationality_2023-08-24_1747051.csv"
	files, err := filepath.Glob(filepath.Join(shared, id, "*.csv"))
	if err != nil || len(files) != 4 {
		t.Fatalf("%d files (%v)", len(files), err)
	}
	reversed := slices.Clone(files)
	slices.Reverse(reversed)
	for _, order := range [][]string{files, reversed, {files[3], files[0], files[2], files[1]}} {
		for _, o := range addTo(t, config(t, t.TempDir()), id, order...) {
			if o.State != pipeline.Added {
				t.Errorf("%s after %v: %s %v", o.File, order, o.State, o.Err)
			}
		}
	}
	// Offenders of a later day without the first quarter. The release before it is of
	// another kind; the one before that has the quarter.
	data, err := os.ReadFile(filepath.Join(shared, id, offenders))
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(t.TempDir(), "returns_offenders_by_nationality_2023-12-01.csv")
	first := bytes.Index(data, []byte("2010-06-30"))
	if err := os.WriteFile(cut, append(bytes.Clone(data[:bytes.IndexByte(data, '\n')+1]), data[first:]...), 0o644); err != nil {
		t.Fatal(err)
	}
	out := addTo(t, config(t, t.TempDir()), id, append(slices.Clone(files), cut)...)
	if last := out[len(out)-1]; !errors.Is(last.Err, check.ErrShrunk) || last.Hint == "" {
		t.Errorf("%s: %s %v, want ErrShrunk", last.File, last.State, last.Err)
	}
}
