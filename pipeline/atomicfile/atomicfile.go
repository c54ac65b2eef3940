// Package atomicfile puts files and folders in place whole or not at all.
//
// A reader, and the next run after a kill or a power cut, sees either what was
// there before or the new content, never a part of it:
//
//  1. the bytes go to a temporary name in the same folder and are synced;
//  2. one rename gives them their final name;
//  3. the folder is synced, so that the rename itself survives.
//
// Temporary names begin with TempPrefix; whoever holds the lock may sweep them.
package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// TempPrefix begins the name of every file and folder that is not in place yet.
const TempPrefix = ".tmp-"

// Write makes path hold exactly data, with mode 0644. Folders above it are
// made. On an error the old content, or its absence, stays.
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

// WriteSynced writes data to path and waits until it is on the disk. It is not
// atomic: it is for files in a folder that is renamed as a whole.
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

// SyncFile waits until what was written to a file is on the disk.
func SyncFile(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// SyncDir makes the names in dir durable.
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

// Sweep removes what a killed run left under root: every file and folder whose
// name begins with TempPrefix. The caller must hold the lock. A root that does
// not exist is nothing to sweep. Folders for which whole is true are not looked into:
// they are renamed as a whole, and nothing is begun in them.
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

// File is a file that is being written under a temporary name. It is for what
// is too large to hold in memory; Write is for the rest.
type File struct {
	*os.File
	path string
}

// Create begins the file that will be path, and makes the folders above it.
// The caller ends it with Commit or Abort.
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

// Commit closes the file and gives it its name. With durable set it and its
// name are on the disk first, so that not even a power cut can show a part of
// it; without, only a kill of the program cannot.
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

// Abort removes the file; the old content of its path stays.
func (f *File) Abort() {
	f.Close()
	os.Remove(f.Name())
}
