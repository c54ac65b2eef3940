package pipeline

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/lake"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// quarantineFile returns the path of the rows of a release that were not used.
func (c Config) quarantineFile(source, release string) string {
	return filepath.Join(c.out(), "quarantine", "rows", "source="+lake.FolderName(source), release+".csv")
}

// sweepQuarantine takes away the rejected rows of releases that are not in the
// lake: another release of the same vintage that states the same has displaced
// theirs, or a run was killed before it was in.
func (c Config) sweepQuarantine() error {
	files, err := filepath.Glob(c.quarantineFile("*", "*"))
	if err != nil {
		return err
	}
	for _, file := range files {
		folder, _ := strings.CutPrefix(filepath.Base(filepath.Dir(file)), "source=")
		entries, err := c.lake().Entries(strings.ReplaceAll(folder, "~", ":"))
		if err != nil {
			continue // what cannot be read is reported with its source, and nothing is taken away
		}
		release := strings.TrimSuffix(filepath.Base(file), ".csv")
		if !slices.ContainsFunc(entries, func(e lake.Entry) bool { return e.Release == release && e.Rejects > 0 }) {
			if err := os.Remove(file); err != nil {
				return err
			}
		}
	}
	return nil
}

// quarantine keeps the rejected rows of a release for a person to look at. It
// takes the file away where there are none, or none any more.
func (c Config) quarantine(r stat.Release, rejects []stat.Reject) error {
	file := c.quarantineFile(r.Source, r.ID)
	if len(rejects) == 0 {
		if err := os.Remove(file); !errors.Is(err, os.ErrNotExist) {
			return err
		}
		return nil
	}
	table := tabular.New("quarantine")
	for _, x := range rejects {
		table.Add(tabular.Text(r.Source), tabular.Text(r.ID), tabular.Text(r.File), tabular.Text(x.Sheet), tabular.Int(x.Line),
			tabular.Text(x.Column), tabular.Text(x.Value), tabular.Text(x.Reason))
	}
	table.Sort()
	var b bytes.Buffer
	if err := table.CSV(&b); err != nil {
		return err
	}
	return atomicfile.Write(file, b.Bytes())
}
