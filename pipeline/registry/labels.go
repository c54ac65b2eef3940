package registry

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"crossings/pipeline/hint"
	"crossings/pipeline/lake"
	"crossings/pipeline/read/codes"
	"crossings/schemas"
)

// maxListFiles is how many files the operator's folder of labels may have.
const maxListFiles = 100

// ReadLists reads the operator's label lists, data/labels/<list>.csv. The result is nil if there
// are none. An error wraps ErrUsage: a list that cannot be read in part is not used in part, because
// labels would change their codes.
func (r Registry) ReadLists() (*codes.Lists, error) {
	entries, err := os.ReadDir(r.Dir.Labels())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUsage, err)
	}
	rows, files := map[string][]schemas.Label{}, 0
	for _, e := range entries {
		list, isCSV := strings.CutSuffix(e.Name(), ".csv")
		if !isCSV || strings.HasPrefix(list, ".") {
			continue // a note, or the trace of an editor
		}
		if files++; files > maxListFiles {
			return nil, fmt.Errorf("%w: %s has more than %d lists", ErrUsage, r.Dir.Labels(), maxListFiles)
		}
		if rows[list], err = readList(list, filepath.Join(r.Dir.Labels(), e.Name())); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrUsage, err)
		}
	}
	return codes.NewLists(rows), nil
}

// readList reads one list. A list that is no ordinary file is an error.
func readList(list, name string) ([]schemas.Label, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, hint.With(fmt.Errorf("%s is not a file", name), "put a CSV with the columns publisher, label, code and note in its place, or remove it")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, codes.MaxOperatorList+1))
	if err != nil {
		return nil, err
	}
	return codes.ReadList(list, name, data)
}

// ReadOtherwise reports whether the label lists now give a label of a release another code than
// they did when the release was read.
func ReadOtherwise(lists *codes.Lists, e lake.Entry) bool {
	for _, f := range e.Findings {
		if f.Label != nil && !lists.Agree(*f.Label) {
			return true
		}
	}
	return false
}
