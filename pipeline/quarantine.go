package pipeline

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
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
			tabular.Text(x.Column), tabular.Text(inert(x.Value)), tabular.Text(x.Reason))
	}
	table.Sort()
	var b bytes.Buffer
	if err := table.CSV(&b); err != nil {
		return err
	}
	return atomicfile.Write(file, b.Bytes())
}

// inert returns text that a spreadsheet program shows and does not compute: the
// file is for people, and what stands in a bad row is anything. Numbers stay as
// they are.
func inert(s string) string {
	if _, err := strconv.ParseFloat(s, 64); err == nil || !strings.ContainsAny(s[:min(len(s), 1)], "=+-@\t\r") && !strings.HasPrefix(s, "\uff1d") {
		return s
	}
	return "'" + s
}
