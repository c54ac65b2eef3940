package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/atomicfile"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
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
func (in *Ingest) keepRefused(s *source.Source, name string, data []byte, m archive.Sidecar) error {
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
	slices.SortStableFunc(list, func(a, b archive.Snapshot) int { return b.Meta.RetrievedAt.Compare(a.Meta.RetrievedAt) })
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

// rowsIntact compares the list of the rejected rows of a release with the hash that the lake
// has of it. Of one that an older program wrote, only that it is there is known.
func (c Config) rowsIntact(e lake.Entry) error {
	if e.Rejects == 0 {
		return nil
	}
	file := c.quarantineFile(e.Source, e.Release)
	sum, err := hashOf(file)
	if err == nil && e.RejectsSHA256 != "" && sum != e.RejectsSHA256 {
		err = errors.New("its hash is not the one written")
	}
	if err != nil {
		return fmt.Errorf("%s: the list of rejected rows: %w: %w", file, lake.ErrDamaged, err)
	}
	return nil
}

// hashOf returns the SHA-256 of a file in hexadecimal.
func hashOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

// damagedRows returns the releases among entries whose list of rejected rows is lost or damaged.
func (c Config) damagedRows(entries []lake.Entry) (out []lake.Damage) {
	for _, e := range entries {
		if err := c.rowsIntact(e); err != nil {
			out = append(out, lake.Damage{Release: e.Release, Folder: e.Folder(), Err: err})
		}
	}
	return out
}

// verifyRows returns an error for each list of rejected rows that is lost or damaged. A source whose
// entries cannot be read is left out: the lake names it.
func (c Config) verifyRows() (bad []error) {
	known, err := c.lake().Sources()
	if err != nil {
		return nil
	}
	for _, id := range known {
		entries, err := c.lake().Entries(id)
		if err != nil {
			continue
		}
		for _, d := range c.damagedRows(entries) {
			bad = append(bad, fmt.Errorf("%w; make it again: ingest run", d.Err))
		}
	}
	return bad
}

// quarantine keeps the rejected rows of a release for a person to look at, and returns the hash
// of their list. It takes the file away where there are none, or none any more.
func (c Config) quarantine(r stat.Release, rejects []stat.Reject) (sum string, err error) {
	file := c.quarantineFile(r.Source, r.ID)
	if len(rejects) == 0 {
		if err := os.Remove(file); !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
		return "", nil
	}
	tbl := table.New("quarantine")
	for _, x := range rejects {
		tbl.Add(table.Text(r.Source), table.Text(r.ID), table.Text(r.File), table.Text(x.Sheet), table.Int(x.Line),
			table.Text(x.Column), table.Text(x.Value), table.Text(x.Reason))
	}
	tbl.Sort()
	var b bytes.Buffer
	if err := tbl.CSV(&b); err != nil {
		return "", err
	}
	hash := sha256.Sum256(b.Bytes())
	return hex.EncodeToString(hash[:]), atomicfile.Write(file, b.Bytes())
}
