package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/fetch"
	"crossings/pipeline/lake"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// What is kept of the files of a source that were fetched and could not be read: the
// newest so many, of at most so many bytes in all. A page that is dead for years, and
// comes with another token every night, would fill the disk.
const (
	keptRefused      = 60
	keptRefusedBytes = 256 << 20
)

// keepRefused keeps the bytes of a fetched file that could not be ingested, as
// evidence and to be tried again when the decoder is mended.
func (in *Ingest) keepRefused(s *source.Source, name string, data []byte, m fetch.Sidecar) error {
	sum := sha256.Sum256(data)
	m.Released = stat.DateOf(m.RetrievedAt)
	m.Publisher, m.Licence = s.Publisher, s.Licence
	if _, err := in.refused.Save(s.ID, hex.EncodeToString(sum[:]), name, data, m); err != nil {
		return err
	}
	return in.pruneRefused(s.ID)
}

// pruneRefused removes the oldest of the files of a source that could not be read, beyond
// what is kept. The newest stays, whatever its size.
func (in *Ingest) pruneRefused(id string) error {
	list, err := in.refused.Snapshots(id)
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(a, b fetch.Snapshot) int { return b.Meta.RetrievedAt.Compare(a.Meta.RetrievedAt) })
	size := int64(0)
	for i, sn := range list {
		if size += sn.Meta.Size; i == 0 || i < keptRefused && size <= keptRefusedBytes {
			continue
		}
		if err := in.refused.Remove(sn); err != nil {
			return err
		}
	}
	return nil
}

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
