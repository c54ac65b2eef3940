package registry

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/archive"
	"crossings/pipeline/atomicfile"
	"crossings/pipeline/lake"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// ExcludedRows returns the path of the list of rows excluded from a release.
func (r Registry) ExcludedRows(source, release string) string {
	return filepath.Join(r.Dir.ExcludedRows(), "source="+lake.FolderName(source), release+".csv")
}

// SweepExcluded removes the lists of releases that are not in the lake but whose files are kept.
// Another release of the same vintage that states the same displaced theirs, they were redated, or
// a run was killed before its release was in. It leaves all other files; VerifyExcluded reports
// them.
func (r Registry) SweepExcluded() error {
	files, err := r.unnamedRows()
	if err != nil {
		return err
	}
	for _, file := range files {
		if !written(r, file) {
			continue
		}
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	return nil
}

// unnamedRows returns the lists of excluded rows that no release in the lake names. It skips
// sources whose entries cannot be read; they are reported.
func (r Registry) unnamedRows() (out []string, err error) {
	err = filepath.WalkDir(r.Dir.ExcludedRows(), func(file string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), atomicfile.TempPrefix) {
			return err
		}
		source, release := listOf(file)
		entries, err := r.OpenLake().Entries(source)
		named := err != nil || slices.ContainsFunc(entries, func(e lake.Entry) bool {
			return e.Release == release && e.Rejects > 0 && file == r.ExcludedRows(source, release)
		})
		if !named {
			out = append(out, file)
		}
		return nil
	})
	return out, err
}

// listOf returns the source and the release in the name of a list.
func listOf(file string) (source, release string) {
	return lake.SourceOf(strings.TrimPrefix(filepath.Base(filepath.Dir(file)), "source=")), strings.TrimSuffix(filepath.Base(file), ".csv")
}

// written reports whether this program wrote a list: it has the name of a list, and the hash in the
// name is that of a kept file of the source, or of a release of several files.
func written(r Registry, list string) bool {
	id, release := listOf(list)
	hash := hashIn(release)
	if hash == "" || list != r.ExcludedRows(id, release) {
		return false
	}
	for _, dir := range []string{r.Dir.Raw(), r.Dir.Rejected(), r.Dir.Pending()} {
		if _, err := os.Stat(dir); err != nil {
			continue
		}
		store, err := archive.OpenStore(dir)
		if err != nil {
			return false
		}
		kept, err := store.Snapshots(id)
		store.Close()
		if err == nil && slices.ContainsFunc(kept, func(sn archive.Snapshot) bool {
			return strings.HasPrefix(sn.Meta.SHA256, hash) || hashIn(sn.Release) == hash
		}) {
			return true
		}
	}
	return false
}

// hashIn returns the hash in the name of a release, or "" if the name has none.
func hashIn(release string) string {
	const day, end = len("2006-01-02-"), len("2006-01-02-01234567")
	if len(release) < end {
		return ""
	}
	return release[day:end]
}

// checkExcluded compares the list of a release's excluded rows with the hash in the lake. For a
// list from an older program without a hash it checks only that it exists.
func (r Registry) checkExcluded(e lake.Entry) error {
	if e.Rejects == 0 {
		return nil
	}
	file := r.ExcludedRows(e.Source, e.Release)
	_, sum, err := atomicfile.Hash(file)
	if err == nil && e.RejectsSHA256 != "" && sum != e.RejectsSHA256 {
		err = errors.New("its hash is not the one written")
	}
	if err != nil {
		return fmt.Errorf("%s: the list of excluded rows: %w: %w", file, lake.ErrDamaged, err)
	}
	return nil
}

// DamagedExcluded returns the releases among entries whose list of excluded rows is lost or
// damaged.
func (r Registry) DamagedExcluded(entries []lake.Entry) (out []lake.Damage) {
	for _, e := range entries {
		if err := r.checkExcluded(e); err != nil {
			out = append(out, lake.Damage{Release: e.Release, Folder: e.Folder(), Err: err})
		}
	}
	return out
}

// VerifyExcluded returns an error for each list of excluded rows that is lost or damaged, and for
// each list that no release names. It skips a source whose entries cannot be read; the lake reports
// it.
func (r Registry) VerifyExcluded() (bad []error) {
	files, err := r.unnamedRows()
	if err != nil {
		bad = append(bad, err)
	}
	for _, file := range files {
		if !written(r, file) { // the next run removes the others
			bad = append(bad, fmt.Errorf("%s: %w: no release names this list of excluded rows; move it out of the folder", file, lake.ErrDamaged))
		}
	}
	known, err := r.OpenLake().Sources()
	if err != nil {
		return nil
	}
	for _, id := range known {
		entries, err := r.OpenLake().Entries(id)
		if err != nil {
			continue
		}
		for _, d := range r.DamagedExcluded(entries) {
			bad = append(bad, fmt.Errorf("%w; rebuild it: ingest run", d.Err))
		}
	}
	return bad
}

// SaveExcluded stores the excluded rows of a release for a person to look at, and returns the hash
// of their list. It removes the list if there are no such rows.
func (r Registry) SaveExcluded(of stat.Release, rejects []stat.ExcludedRow) (sum string, err error) {
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
