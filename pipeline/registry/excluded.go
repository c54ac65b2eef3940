package registry

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/lake"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// ExcludedRows returns the path of the list of rows that were left out of a release.
func (r Registry) ExcludedRows(source, release string) string {
	return filepath.Join(r.Dir.ExcludedRows(), "source="+lake.FolderName(source), release+".csv")
}

// SweepExcluded removes the lists of releases that are not in the lake: another release
// of the same vintage that states the same has displaced theirs, or a run was killed
// before its release was in.
func (r Registry) SweepExcluded() error {
	files, err := filepath.Glob(r.ExcludedRows("*", "*"))
	if err != nil {
		return err
	}
	for _, file := range files {
		folder, _ := strings.CutPrefix(filepath.Base(filepath.Dir(file)), "source=")
		entries, err := r.OpenLake().Entries(lake.SourceOf(folder))
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
func (r Registry) rowsIntact(e lake.Entry) error {
	if e.Rejects == 0 {
		return nil
	}
	file := r.ExcludedRows(e.Source, e.Release)
	_, sum, err := atomicfile.Hash(file)
	if err == nil && e.RejectsSHA256 != "" && sum != e.RejectsSHA256 {
		err = errors.New("its hash is not the one written")
	}
	if err != nil {
		return fmt.Errorf("%s: the list of rejected rows: %w: %w", file, lake.ErrDamaged, err)
	}
	return nil
}

// DamagedRows returns the releases among entries whose list of rejected rows is lost or damaged.
func (r Registry) DamagedRows(entries []lake.Entry) (out []lake.Damage) {
	for _, e := range entries {
		if err := r.rowsIntact(e); err != nil {
			out = append(out, lake.Damage{Release: e.Release, Folder: e.Folder(), Err: err})
		}
	}
	return out
}

// VerifyRows returns an error for each list of rejected rows that is lost or damaged. A source whose
// entries cannot be read is left out: the lake names it.
func (r Registry) VerifyRows() (bad []error) {
	known, err := r.OpenLake().Sources()
	if err != nil {
		return nil
	}
	for _, id := range known {
		entries, err := r.OpenLake().Entries(id)
		if err != nil {
			continue
		}
		for _, d := range r.DamagedRows(entries) {
			bad = append(bad, fmt.Errorf("%w; make it again: ingest run", d.Err))
		}
	}
	return bad
}

// Exclude keeps the rows that were left out of a release for a person to look at, and
// returns the hash of their list. It removes the list if there are no such rows.
func (r Registry) Exclude(of stat.Release, rejects []stat.ExcludedRow) (sum string, err error) {
	file := r.ExcludedRows(of.Source, of.ID)
	if len(rejects) == 0 {
		if err := os.Remove(file); !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
		return "", nil
	}
	tbl := table.New("quarantine")
	for _, x := range rejects {
		tbl.Add(table.Text(of.Source), table.Text(of.ID), table.Text(of.File), table.Text(x.Sheet), table.Int(x.Line),
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
