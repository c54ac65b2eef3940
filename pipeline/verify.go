package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/publish/edition"
)

// Verify checks every snapshot, every file of the lake and every published data version
// against the hash written with it, and compares data/raw and the lake both ways. It
// returns an error for each damage. A folder that is not there is damage too, and is not made.
func Verify(cfg Config) ([]error, error) {
	if missing := missingFolder(cfg.raw(), "name the data folder with --data, or restore it from a backup"); missing != nil {
		return []error{missing}, nil
	}
	store, err := archive.OpenStore(cfg.raw())
	if err != nil {
		return nil, err
	}
	defer store.Close()
	lacking := cfg.withoutRelease(store)
	bad := slices.Concat(store.Verify(), cfg.lake().Verify(), cfg.verifyRows(), cfg.withoutSnapshot(store), lacking)
	if missing := missingFolder(cfg.lakeDir(), "make it from data/raw: ingest run"); missing != nil && len(lacking) > 0 {
		bad = append(bad, missing)
	}
	for _, dir := range []string{cfg.rejected(), cfg.held(), cfg.refused()} {
		if _, err := os.Stat(dir); err != nil {
			continue // nothing was ever rejected, waited, or could not be read
		}
		other, err := archive.OpenStore(dir)
		if err != nil {
			return nil, err
		}
		bad = append(bad, other.Verify()...)
		other.Close()
	}
	damaged, err := cfg.verifyRecords()
	if err != nil {
		return nil, err
	}
	misdated, err := cfg.misdated()
	if err != nil {
		return nil, err
	}
	return slices.Concat(bad, damaged, misdated, edition.Open(cfg.editions()).Verify()), nil
}

// missingFolder returns an error where a folder is not there, with what to do about it.
func missingFolder(dir, hint string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s is not there; %s", dir, hint)
	case err == nil && !info.IsDir():
		return fmt.Errorf("%s is not a folder; %s", dir, hint)
	}
	return err
}

// withoutSnapshot returns an error for each release in the lake whose snapshot is gone.
func (c Config) withoutSnapshot(store *archive.Store) (bad []error) {
	known, err := c.lake().Sources()
	if err != nil {
		return nil // the lake says so itself
	}
	for _, id := range known {
		entries, err := c.lake().Entries(id)
		if err != nil {
			continue
		}
		for _, e := range entries {
			if !store.Has(e.RawFile) {
				bad = append(bad, fmt.Errorf("%s: release %s was made from it: %w: the file is gone; restore data/raw from a backup, or add the file again", e.RawFile, e.Release, archive.ErrDamaged))
			}
		}
	}
	return bad
}

// withoutRelease returns an error for each snapshot whose release is not in the lake. A
// source whose files cannot be read is left out: the store or the lake names it.
func (c Config) withoutRelease(store *archive.Store) (bad []error) {
	ids, err := store.Sources()
	if err != nil {
		return nil
	}
	for _, id := range ids {
		lacking, err := c.lacking(store, id)
		if err != nil {
			continue
		}
		for _, release := range lacking {
			bad = append(bad, fmt.Errorf("%s/%s: %w: the lake lacks this release; make it again: ingest run", lake.FolderName(id), release, lake.ErrDamaged))
		}
	}
	return bad
}
