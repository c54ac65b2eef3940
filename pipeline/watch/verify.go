package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata"
	"crossings/pipeline/read/check"
	"crossings/pipeline/registry"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// Verify checks every snapshot and every file of the lake against the hash written with it,
// and compares data/raw and the lake both ways. It returns an error for each damage. A missing
// folder is damage too, and is not made. edition.Archive checks what was published.
func Verify(r registry.Registry) ([]error, error) {
	if missing := checkFolder(r.Dir.Raw(), "name the data folder with --data, or restore it from a backup"); missing != nil {
		return []error{missing}, nil
	}
	store, err := archive.OpenStore(r.Dir.Raw())
	if err != nil {
		return nil, err
	}
	defer store.Close()
	lacking := missingReleases(r, store)
	bad := slices.Concat(store.Verify(), r.OpenLake().Verify(), r.VerifyExcluded(), missingSnapshots(r, store), lacking)
	if missing := checkFolder(r.Dir.Lake(), "make it from data/raw: ingest run"); missing != nil && len(lacking) > 0 {
		bad = append(bad, missing)
	}
	for _, dir := range []string{r.Dir.Rejected(), r.Dir.Pending(), r.Dir.Invalid()} {
		if _, err := os.Stat(dir); err != nil {
			continue // no file was ever rejected, pending or unreadable
		}
		other, err := archive.OpenStore(dir)
		if err != nil {
			return nil, err
		}
		bad = append(bad, other.Verify()...)
		other.Close()
	}
	damaged, err := microdata.VerifyRecords(r)
	if err != nil {
		return nil, err
	}
	misdated, err := misdated(r)
	if err != nil {
		return nil, err
	}
	return slices.Concat(bad, damaged, misdated, otherLabels(r)), nil
}

// otherLabels returns an error if the operator's label lists cannot be read, or else for each
// release that was read with other lists.
func otherLabels(r registry.Registry) (bad []error) {
	lists, err := r.ReadLists()
	if err != nil {
		return []error{err}
	}
	for _, e := range readable(r) {
		if registry.ReadOtherwise(lists, e) {
			bad = append(bad, fmt.Errorf("%s: release %s: the label lists give a label another code than it was read with; read the release again: ingest run", e.Source, e.Release))
		}
	}
	return bad
}

// readable returns the releases in the lake, source by source. It leaves out sources that cannot be
// read; the check of the lake reports them.
func readable(r registry.Registry) (out []lake.Entry) {
	known, err := r.OpenLake().Sources()
	if err != nil {
		return nil
	}
	for _, id := range known {
		if entries, err := r.OpenLake().Entries(id); err == nil {
			out = append(out, entries...)
		}
	}
	return out
}

// checkFolder returns an error with a hint if a folder is missing.
func checkFolder(dir, hint string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s is not there; %s", dir, hint)
	case err == nil && !info.IsDir():
		return fmt.Errorf("%s is not a folder; %s", dir, hint)
	}
	return err
}

// missingSnapshots returns an error for each release in the lake whose snapshot is missing.
func missingSnapshots(r registry.Registry, store *archive.Store) (bad []error) {
	for _, e := range readable(r) {
		if !store.Has(e.RawFile) {
			bad = append(bad, fmt.Errorf("%s: release %s was made from it: %w: the file is gone; restore data/raw from a backup, or add the file again", e.RawFile, e.Release, archive.ErrDamaged))
		}
	}
	return bad
}

// missingReleases returns an error for each snapshot whose release is not in the lake. A
// source whose files cannot be read is left out; another check reports it.
func missingReleases(r registry.Registry, store *archive.Store) (bad []error) {
	ids, err := store.Sources()
	if err != nil {
		return nil
	}
	for _, id := range ids {
		lacking, err := r.Missing(store, id)
		if err != nil {
			continue
		}
		for _, release := range lacking {
			bad = append(bad, fmt.Errorf("%s/%s: %w: the lake lacks this release; make it again: ingest run", lake.FolderName(id), release, lake.ErrDamaged))
		}
	}
	return bad
}

// misdated returns an error for each file of data/raw that is dated after it was retrieved, and for each
// release in the lake with a period that was not over, as earlier versions of the program believed.
func misdated(r registry.Registry) (bad []error, err error) {
	store, err := archive.OpenStore(r.Dir.Raw())
	if err != nil {
		return nil, err
	}
	defer store.Close()
	err = r.EachStored(store, func(s *source.Source, list []archive.Snapshot, err error) {
		if err != nil {
			return // another check reports this
		}
		for _, sn := range list {
			if err := check.NewClock(sn.Meta.RetrievedAt, s.Location()).CheckDay(sn.Meta.Released); err != nil {
				bad = append(bad, fmt.Errorf("%s: release %s: its day of release, %w; %s", s.ID, sn.Release, err, registry.RedateHint))
			}
		}
		if entries, err := r.OpenLake().Entries(s.ID); err == nil { // another check reports an error
			bad = append(bad, unfinished(s, entries)...)
		}
	})
	return bad, err
}

// unfinished returns an error for each release that states a period that was not over.
func unfinished(s *source.Source, entries []lake.Entry) (bad []error) {
	for _, e := range entries {
		for _, x := range e.Coverage {
			if err := s.Time.CheckOver(stat.Day(x.End), e.Vintage); err != nil {
				bad = append(bad, fmt.Errorf("%s: release %s: %s: %w; delete data/out/lake and run ingest again: it is rebuilt from data/raw", s.ID, e.Release, x.Series, err))
				break
			}
		}
	}
	return bad
}
