package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/dated"
	"crossings/pipeline/lake"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
)

// Overlay makes a lake in a folder as it would be if every pending release were accepted: links to
// the files of the data folder's lake, with the pending releases added. It returns the pending
// releases of microdata, which it does not add. The error names files that cannot be read; the
// others are added anyway.
func Overlay(r registry.Registry, dir string) (leftOut []review.LeftOut, failed error) {
	if err := linkAll(r.Dir.Lake(), dir); err != nil {
		return nil, err
	}
	r.Overlay = dir
	var err error
	if r.Lists, err = r.ReadLists(); err != nil {
		return nil, err
	}
	return addPending(r)
}

// linkAll creates a link in the folder to for every file below the folder from, which need not
// exist.
func linkAll(from, to string) error {
	from, err := filepath.Abs(from)
	if err != nil {
		return err
	}
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		return os.Symlink(name, filepath.Join(to, rel))
	})
}

// addPending adds the pending files to the overlay, and returns the pending releases of microdata,
// which it does not add.
func addPending(r registry.Registry) (leftOut []review.LeftOut, failed error) {
	store, err := archive.OpenExisting(r.Dir.Pending())
	if store == nil {
		return nil, err
	}
	defer store.Close()
	err = r.EachStored(store, func(s *source.Source, list []archive.Snapshot, err error) {
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", s.ID, err))
		}
		for _, sn := range registry.FirstFiles(s, list) {
			if s.Records != nil || registry.IsLayout(sn) {
				leftOut = append(leftOut, review.LeftOut{Source: s.ID, Release: sn.Release})
				continue
			}
			if err := addOne(r, s, store, sn); err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: release %s: %w", s.ID, sn.Release, err))
			}
		}
	})
	return leftOut, errors.Join(failed, err)
}

func addOne(r registry.Registry, s *source.Source, store *archive.Store, sn archive.Snapshot) error {
	data, err := store.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return err
	}
	meta := sn.Meta
	batches, err := dated.Read(s, r.Lists, sn.File, data, &meta)
	if err != nil {
		return err
	}
	l := r.OpenLake()
	entries, err := l.Entries(s.ID)
	if err != nil {
		return err
	}
	raw := lake.Raw{File: lake.RawFile(s.ID, sn.Release, sn.File), Tidy: s.SpeaksForSeries(data)}
	for i := range batches { // add all of them or none
		if err := batches[i].Check(s, entries, data); err != nil {
			return err
		}
	}
	for _, b := range batches {
		if _, err := l.Append(b.Release, b.Content(s, r.Lists), raw); err != nil {
			return err
		}
	}
	return nil
}
