// Package atomicfile writes files and folders whole or not at all.
//
// A reader, and the next run after a kill or a power cut, sees either the old content or the new,
// never a part of it:
//
//  1. the bytes go to a temporary name in the same folder and are synced;
//  2. one rename gives them their final name;
//  3. the folder is synced, so that the rename itself survives.
//
// Temporary names begin with TempPrefix. A process that holds the lock may sweep them.
package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// TempPrefix begins the name of every file and folder that is not finished.
const TempPrefix = ".tmp-"

// Write makes path hold exactly data, with mode 0644, and creates missing folders above it. After
// an error the old content, or its absence, is unchanged.
func Write(path string, data []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	tmp := filepath.Join(dir, TempPrefix+filepath.Base(path))
	if err := WriteSynced(tmp, data); err != nil {
		os.Remove(tmp)
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		os.Remove(tmp)
		return err
	}
	return SyncDir(dir)
}

// WriteSynced writes data to path and syncs it to disk. It is not atomic: use it for files in a
// folder that is renamed as a whole.
func WriteSynced(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// SyncFile syncs a file to disk.
func SyncFile(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// SyncDir syncs the names in dir to disk.
func SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	if err := d.Sync(); err != nil {
		d.Close()
		return fmt.Errorf("sync %s: %w", dir, err)
	}
	return d.Close()
}

// Sweep removes what a killed run left under root: every file and folder whose name begins with
// TempPrefix. The caller must hold the lock. A missing root is not an error. Sweep does not enter
// folders for which whole returns true: they are only renamed as a whole, so nothing in them is
// unfinished.
func Sweep(root string, whole func(path string) bool) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if !strings.HasPrefix(d.Name(), TempPrefix) {
			if d.IsDir() && whole(path) {
				return fs.SkipDir
			}
			return nil
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
		if d.IsDir() {
			return fs.SkipDir
		}
		return nil
	})
}

// File is a file being written under a temporary name. Use it for content too large for memory, and
// Write for the rest.
type File struct {
	*os.File
	path string
}

// Create starts the file that will be path and creates missing folders above it. The caller ends it
// with Commit or Abort.
func Create(path string) (*File, error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(dir, TempPrefix+filepath.Base(path)), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return nil, err
	}
	return &File{f, path}, nil
}

// Commit closes the file and gives it its name. If durable is set, it syncs the file and its name
// to disk first, so that not even a power cut can leave a part of it. Otherwise this holds only for
// a kill of the program.
func (f *File) Commit(durable bool) error {
	if durable {
		if err := f.Sync(); err != nil {
			f.Abort()
			return err
		}
	}
	if err := f.Close(); err != nil {
		os.Remove(f.Name())
		return err
	}
	if err := os.Rename(f.Name(), f.path); err != nil {
		os.Remove(f.Name())
		return err
	}
	if !durable {
		return nil
	}
	return SyncDir(filepath.Dir(f.path))
}

// Abort removes the temporary file. The old content of the path stays.
func (f *File) Abort() {
	f.Close()
	os.Remove(f.Name())
}
