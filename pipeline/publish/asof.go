package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
)

// publishAsOf builds the site of what was known at the end of a day, in cfg.Out or below
// the data folder. It has no data version: it shows what was published, and publishes
// nothing. The caller holds the lock.
func publishAsOf(ctx context.Context, cfg Options, asOf stat.Date) (*Published, error) {
	dir, err := cfg.asOfDir(asOf)
	if err != nil {
		return nil, err
	}
	w := &work{cfg: cfg, dir: dir, staged: filepath.Join(filepath.Dir(dir), atomicfile.TempPrefix+"as-of-"+filepath.Base(dir))}
	if err := w.fill(ctx, asOf); err != nil {
		return nil, err
	}
	if err := os.RemoveAll(w.staged); err != nil { // of a killed run
		return nil, err
	}
	err = w.render(ctx, dir, func() error {
		if cfg.Out != "" {
			if err := onlyOurs(dir, w.staged); err != nil {
				return err
			}
		}
		return atomicfile.SwapDir(w.staged, dir)
	})
	if err != nil {
		return nil, err
	}
	return w.published(), w.failed
}

// asOfDir returns the folder for a site as of a day. It is an ErrUsage where that is in the
// data folder or around it, or holds anything but an older site of this kind.
func (c Options) asOfDir(asOf stat.Date) (string, error) {
	own := filepath.Join(c.Dir.AsOfSites(), asOf.String())
	if c.Out == "" {
		return own, nil
	}
	dir, err := resolved(c.Out)
	if err != nil {
		return "", err
	}
	if own, err := resolved(own); err != nil || dir == own {
		return dir, err
	}
	data, err := resolved(c.Dir.Path())
	if err != nil {
		return "", err
	}
	if within(data, dir) || within(dir, data) {
		return "", fmt.Errorf("%w: --out %q and the data folder %q must not be one in the other", registry.ErrUsage, c.Out, c.Dir.Path())
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return dir, nil
	}
	if err != nil {
		return "", fmt.Errorf("%w: --out: %w", registry.ErrUsage, err)
	}
	text, err := archive.ReadFile(filepath.Join(dir, releaseFile), maxRelease)
	if err == nil {
		if r, bad := parseRelease(text); bad == nil && r.AsOf != nil {
			return dir, nil
		}
	}
	return "", fmt.Errorf("%w: --out %q holds something else than a site as of a day in the past; name an empty folder", registry.ErrUsage, c.Out)
}

// onlyOurs is an error where a folder that is to be replaced has files that the new site
// has not: nobody knows who put them there.
func onlyOurs(dir, site string) error {
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	unread := func(string) bool { return false }
	there, err := edition.List(dir, unread)
	if err != nil {
		return err
	}
	ours, err := edition.List(site, unread)
	if err != nil {
		return err
	}
	for _, f := range there {
		if !slices.ContainsFunc(ours, func(x edition.File) bool { return x.Name == f.Name }) {
			return fmt.Errorf("%s: the new site has no file %s, and it is not known who wrote it; remove the folder, or name another", dir, f.Name)
		}
	}
	return nil
}

// resolved returns the absolute path of a file that need not be there, with no links on the
// way to it.
func resolved(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(path) != path {
		if _, err := os.Lstat(path); err == nil {
			return "", fmt.Errorf("%w: %s is a link to nothing", registry.ErrUsage, path)
		}
		dir, err := resolved(filepath.Dir(path))
		return filepath.Join(dir, filepath.Base(path)), err
	}
	return real, err
}

// within reports whether a path is a folder or below it.
func within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}
