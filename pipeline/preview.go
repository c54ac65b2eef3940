package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// DiffReview is Diff as it would be once every release that waits was accepted. It
// builds a lake of links to the data folder's in a temporary folder, with what waits
// added; nothing is written to the data folder. Releases of records are left out, and the
// difference names them. A file that cannot be read is left out, and the error then says so.
func DiffReview(ctx context.Context, cfg Config, asOf stat.Date) (*Difference, error) {
	dir, err := os.MkdirTemp("", "crossings-review-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := linkAll(cfg.lakeDir(), dir); err != nil {
		return nil, err
	}
	cfg.overlay = dir
	leftOut, failed := cfg.addHeld()
	d, err := Diff(ctx, cfg, asOf)
	if d != nil {
		d.LeftOut = leftOut
	}
	return d, errors.Join(failed, err)
}

// linkAll makes a link in the folder to for every file below the folder from, which
// need not be there.
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

// addHeld adds the files that wait to the overlay, and returns the releases of records, which
// it does not add.
func (c Config) addHeld() (leftOut []LeftOut, failed error) {
	if _, err := os.Stat(c.held()); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	store, err := archive.OpenStore(c.held())
	if err != nil {
		return nil, err
	}
	defer store.Close()
	ids, err := store.Sources()
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		s := c.find(id)
		if s == nil {
			continue // of a source that this program no longer has
		}
		list, err := store.Snapshots(id)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", id, err))
		}
		for _, sn := range firsts(s, list) {
			if s.Records != nil {
				leftOut = append(leftOut, LeftOut{id, sn.Release})
				continue
			}
			if err := c.addOne(s, store, sn); err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: release %s: %w", id, sn.Release, err))
			}
		}
	}
	return leftOut, failed
}

func (c Config) addOne(s *source.Source, store *archive.Store, sn archive.Snapshot) error {
	data, err := store.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return err
	}
	meta := sn.Meta
	batches, err := read(s, sn.File, data, &meta)
	if err != nil {
		return err
	}
	l := c.lake()
	entries, err := l.Entries(s.ID)
	if err != nil {
		return err
	}
	raw := lake.Raw{File: path.Join(lake.FolderName(s.ID), sn.Release, sn.File), Tidy: table.IsTidy(data)}
	for i := range batches { // none is added unless all may be
		if err := batches[i].check(s, entries, raw.Tidy); err != nil {
			return err
		}
	}
	for _, b := range batches {
		if _, err := l.Append(b.release, b.content(s), raw); err != nil {
			return err
		}
	}
	return nil
}
