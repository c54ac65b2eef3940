package upload

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/edition"
)

// workers is the number of files put at a time.
const workers = 8

// Upload carries out a plan for the site in a folder. It calls done, if not nil, after each file,
// from one goroutine at a time. After an error, the files that lead readers to the newest figures
// are unchanged, unless only the removal of old files failed.
func Upload(ctx context.Context, dir string, t Target, p Plan, done func(f edition.File)) error {
	if len(p.Put) == 0 && len(p.Remove) == 0 {
		return nil
	}
	if err := putManifest(ctx, t, p.before); err != nil {
		return err
	}
	for len(p.Put) > 0 {
		n := 1
		for n < len(p.Put) && turn(p.Put[n].Name) == turn(p.Put[0].Name) {
			n++
		}
		if err := putAll(ctx, dir, t, p.Put[:n], done); err != nil {
			return err
		}
		p.Put = p.Put[n:]
	}
	for _, name := range p.Remove {
		if err := t.Remove(ctx, name); err != nil {
			return fmt.Errorf("%s: %w; the site is complete, and the next upload removes this file", name, err)
		}
	}
	return putManifest(ctx, t, p.after)
}

// putAll puts files, several at a time.
func putAll(ctx context.Context, dir string, t Target, files []edition.File, done func(f edition.File)) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	var one sync.Mutex // serialises the calls of done
	for _, f := range files {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := t.Put(ctx, dir, f); err != nil {
				return fmt.Errorf("%s: %w", f.Name, err)
			}
			if done != nil {
				one.Lock()
				defer one.Unlock()
				done(f)
			}
			return nil
		})
	}
	return g.Wait()
}

// putManifest puts the manifest on the target.
func putManifest(ctx context.Context, t Target, m manifest) (err error) {
	dir, err := os.MkdirTemp("", "crossings-upload-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := atomicfile.Write(filepath.Join(dir, ManifestName), text); err != nil {
		return err
	}
	if err := t.Put(ctx, dir, edition.File{Name: ManifestName, Bytes: int64(len(text))}); err != nil {
		return fmt.Errorf("%s: %w", ManifestName, err)
	}
	return nil
}
