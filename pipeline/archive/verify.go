package archive

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// folders returns the names of the folders below the root that hold sources.
func (s *Store) folders() ([]string, error) {
	entries, err := fs.ReadDir(s.root.FS(), ".")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !reserved[e.Name()] && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// Sources returns the sources that have snapshots, sorted by folder.
func (s *Store) Sources() ([]string, error) {
	folders, err := s.folders()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, folder := range folders {
		if id, err := sourceOf(folder); err == nil { // Verify reports others
			out = append(out, id)
		}
	}
	return out, nil
}

// Sweep removes the temporary folders that a killed run left. The caller must hold the run's lock,
// or another run's release may be among them. Errors are those of the file system.
func (s *Store) Sweep() error {
	folders, err := s.folders()
	if err != nil {
		return err
	}
	var errs []error
	for _, folder := range folders {
		entries, err := fs.ReadDir(s.root.FS(), folder)
		errs = append(errs, err)
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), temporary) {
				errs = append(errs, s.root.RemoveAll(path.Join(folder, e.Name())))
			}
		}
	}
	return errors.Join(errs...)
}

// Verify checks every snapshot of every source against its sidecar. It returns one error for each
// damage, sorted by path, and none if all is well.
func (s *Store) Verify() []error {
	folders, err := s.folders()
	if err != nil {
		return []error{err}
	}
	var errs []error
	for _, folder := range folders {
		source, err := sourceOf(folder)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		entries, err := fs.ReadDir(s.root.FS(), folder)
		if err != nil {
			errs = append(errs, err)
		}
		for _, e := range entries {
			switch {
			case strings.HasPrefix(e.Name(), "."):
			case !e.IsDir():
				errs = append(errs, fmt.Errorf("%s/%s: %w: not the folder of a release; move it out of the store", folder, e.Name(), ErrDamaged))
			default:
				errs = append(errs, s.verifyRelease(source, path.Join(folder, e.Name()))...)
			}
		}
	}
	return errs
}

// verifyRelease checks one release.
func (s *Store) verifyRelease(source, dir string) []error {
	all, err := s.load(source, path.Base(dir))
	if err != nil {
		return []error{err}
	}
	var errs []error
	named := map[string]bool{}
	for _, sn := range all {
		if err := s.checkFile(sn); err != nil {
			errs = append(errs, err)
		}
		named[sn.File], named[sn.File+sidecarSuffix] = true, true
	}
	entries, err := fs.ReadDir(s.root.FS(), dir)
	if err != nil {
		errs = append(errs, err)
	}
	for _, e := range entries {
		if !named[e.Name()] {
			errs = append(errs, fmt.Errorf("%s/%s: %w: not a file of the release; move it out of the store", dir, e.Name(), ErrDamaged))
		}
	}
	return errs
}

// checkFile returns ErrDamaged unless the snapshot's file matches its sidecar. It does not hold the
// file in memory.
func (s *Store) checkFile(sn Snapshot) error {
	dir, err := sn.dir()
	if err != nil {
		return err
	}
	name := path.Join(dir, sn.File)
	f, _, err := s.root.open(name)
	if err != nil {
		return fmt.Errorf("%s: %w: %w; restore it from a backup", name, ErrDamaged, err)
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		return fmt.Errorf("%s: %w: %w", name, ErrDamaged, err)
	}
	return checkBytes(name, sn.Meta, n, h.Sum(nil))
}
