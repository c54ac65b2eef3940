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
	"crossings/pipeline/datadir"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/registry"
	"crossings/pipeline/stat"
)

// publishAsOf builds the site as it was known at the end of a day, in o.Out or below the data
// folder. The site has no edition: it shows what was published, and publishes nothing. The
// caller holds the lock.
func publishAsOf(ctx context.Context, r registry.Registry, o Options, asOf stat.Date) (*Published, error) {
	dir := filepath.Join(r.Dir.AsOfSites(), asOf.String())
	if o.Out != "" {
		var err error
		if dir, err = outFolder(r.Dir, o.Out, dir); err != nil {
			return nil, err
		}
	}
	b := build{Registry: r, dir: dir, asOf: asOf}
	if err := b.compute(ctx, o); err != nil {
		return nil, err
	}
	staged := filepath.Join(filepath.Dir(dir), atomicfile.TempPrefix+"as-of-"+filepath.Base(dir))
	if err := os.RemoveAll(staged); err != nil { // left by a killed run
		return nil, err
	}
	err := b.render(ctx, o.Pictures, staged, dir, func(staged string) error {
		if o.Out != "" {
			if err := onlyOurs(dir, staged); err != nil {
				return err
			}
		}
		return atomicfile.SwapDir(staged, dir)
	})
	if err != nil {
		return nil, err
	}
	p := b.report()
	return &p, b.failed
}

// outFolder returns the resolved folder out for a site as of a day. own is the default folder
// in the data folder. The error is ErrUsage if out is inside the data folder or contains it, or
// if it contains anything but an older site of this kind.
func outFolder(data datadir.Dir, out, own string) (string, error) {
	dir, err := resolved(out)
	if err != nil {
		return "", err
	}
	if own, err := resolved(own); err != nil || dir == own {
		return dir, err
	}
	whole, err := resolved(data.Path())
	if err != nil {
		return "", err
	}
	if within(whole, dir) || within(dir, whole) {
		return "", fmt.Errorf("%w: --out %q and the data folder %q must not be one in the other", registry.ErrUsage, out, data.Path())
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
	return "", fmt.Errorf("%w: --out %q holds something other than a site as of a day in the past; name an empty folder", registry.ErrUsage, out)
}

// onlyOurs returns an error if a folder that is about to be replaced has files that the new
// site lacks, because somebody else may have put them there.
func onlyOurs(dir, site string) error {
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	unread := func(string, fs.FileInfo) bool { return false }
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
			return fmt.Errorf("%s: the new site has no file %s, so somebody else may need it; remove the folder, or name another", dir, f.Name)
		}
	}
	return nil
}

// resolved returns the absolute path of a file without symbolic links. The file need not exist.
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

// within reports whether path is dir or below it.
func within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}
