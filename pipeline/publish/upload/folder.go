package upload

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/edition"
)

// folder is a target on this machine. Files keep their modification times, so that rsync copies
// only what changed.
type folder struct{ dir string }

func (t folder) path(name string) (string, error) {
	local := filepath.FromSlash(name)
	if !filepath.IsLocal(local) {
		return "", fmt.Errorf("%q is not a valid file name below a folder", name)
	}
	return filepath.Join(t.dir, local), nil
}

// List returns the size in bytes of every file in the folder.
func (t folder) List(ctx context.Context) (map[string]int64, error) {
	out := map[string]int64{}
	err := filepath.WalkDir(t.dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && path == t.dir:
			return nil
		case err != nil || d.IsDir() || strings.HasPrefix(d.Name(), atomicfile.TempPrefix):
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(t.dir, path)
		out[filepath.ToSlash(name)] = info.Size()
		return errors.Join(err, ctx.Err())
	})
	return out, err
}

// Get returns the content of a file in the folder of at most limit bytes; see Target.
func (t folder) Get(_ context.Context, name string, limit int64) ([]byte, error) {
	path, err := t.path(name)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readBounded(f, name, limit)
}

func readBounded(r io.Reader, name string, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		return nil, fmt.Errorf("%s has more than %d bytes", name, limit)
	}
	return data, err
}

// Sum returns the SHA-256 of a file in the folder in lower-case hex.
func (t folder) Sum(_ context.Context, name string) (string, error) {
	path, err := t.path(name)
	if err != nil {
		return "", err
	}
	_, sum, err := atomicfile.Hash(path)
	return sum, err
}

func sumOf(r io.Reader) (string, error) {
	h := sha256.New()
	_, err := io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), err
}

// Put copies a file into the folder, whole or not at all.
func (t folder) Put(_ context.Context, dir string, f edition.File) error {
	path, err := t.path(f.Name)
	if err != nil {
		return err
	}
	from := filepath.Join(dir, filepath.FromSlash(f.Name))
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	out, err := atomicfile.Create(path)
	if err != nil {
		return err
	}
	defer out.Abort()
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	if err := out.Commit(true); err != nil {
		return err
	}
	return os.Chtimes(path, info.ModTime(), info.ModTime())
}

// Remove removes a file. One that is not there is no error.
func (t folder) Remove(_ context.Context, name string) error {
	path, err := t.path(name)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// Remove folders that are now empty.
	for dir := filepath.Dir(path); dir != filepath.Clean(t.dir) && os.Remove(dir) == nil; dir = filepath.Dir(dir) {
	}
	return nil
}
