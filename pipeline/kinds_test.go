package pipeline_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"crossings/pipeline/read/check"
	"crossings/pipeline/review"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// TestKindsOfFile ingests files of a source that state one measure, and others that
// state another.
func TestKindsOfFile(t *testing.T) {
	t.Parallel()
	ends := []string{"2022-12-31", "2023-03-31", "2023-06-30", "2023-09-30"}
	var files []string
	for i, released := range []string{"2023-05-31", "2023-08-24", "2023-11-23"} {
		var rows []string
		for _, end := range ends[:2+i] {
			q := stat.MustDate(end)
			rows = append(rows, fmt.Sprintf("%s,%d,%d,Voluntary return,Assisted returns,Albania,Europe Other,193", q, q.Year(), (q.Month()+2)/3))
		}
		f := sourcetest.Table("returns_by_destination_"+released+".csv",
			"Date,Year,Quarter,Return type group,Return type,Return destination,Return destination region,Number of returns", rows...)
		files = append(files, write(t, f.Name, f.Data))
	}
	f := sourcetest.Table("returns_offenders_by_nationality_2023-08-24.csv",
		"Date,Year,Quarter,Nationality,Region,Return destination group,Number of foreign national offender returns",
		"2010-03-31,2010,1,Albania,Europe Other,Home country,24", "2010-06-30,2010,2,Albania,Europe Other,Home country,30",
		"2010-09-30,2010,3,Albania,Europe Other,Home country,20")
	kindsOfFile(t, append(files, write(t, f.Name, f.Data)))
}

// kindsOfFile ingests three files of returns by destination and one of offenders, in
// every order. None may be refused because of what another kind states, but each must be refused for what
// its own kind has lost.
func kindsOfFile(t *testing.T, files []string) {
	t.Helper()
	const id = "ukho-returns"
	reversed := slices.Clone(files)
	slices.Reverse(reversed)
	for _, order := range [][]string{files, reversed, {files[3], files[0], files[2], files[1]}} {
		for _, o := range addTo(t, config(t, t.TempDir()), id, order...) {
			if o.State != review.Added {
				t.Errorf("%s after %v: %s %v", o.File, order, o.State, o.Err)
			}
		}
	}
	// Offenders of a later day without the first quarter. The release before it is of
	// another kind; the one before that has the quarter.
	data, err := os.ReadFile(files[3])
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
