package engine

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/hint"

	"crossings/pipeline/atomicfile"
)

// ErrDamaged is in every error about a folder that does not hold what its manifest says.
var ErrDamaged = hint.New("records are damaged", "run: ingest run. It rebuilds what data/raw has; a file that nobody knows is yours to move")

// Verify compares every file of a folder with its manifest. It returns one error for each file that
// is damaged, missing or not in the manifest.
func Verify(dir string) []error {
	bad := Damaged(dir)
	unknown, err := Unknown(dir)
	if err != nil {
		return append(bad, fmt.Errorf("%w: %w", ErrDamaged, err))
	}
	for _, path := range unknown {
		bad = append(bad, fmt.Errorf("%s: %w: the manifest does not name this file; move it out of the lake", filepath.Join(dir, path), ErrDamaged))
	}
	return bad
}

// Damaged compares the files named by a folder's manifest with their hashes. A missing manifest is
// damage.
func Damaged(dir string) (bad []error) {
	m, err := ReadManifest(dir)
	if err != nil {
		return []error{fmt.Errorf("%w: %w", ErrDamaged, err)}
	}
	check := func(path, want string) {
		if _, sum, err := atomicfile.Hash(path); err != nil {
			bad = append(bad, fmt.Errorf("%w: %w", ErrDamaged, err))
		} else if sum != want {
			bad = append(bad, fmt.Errorf("%s: %w: it does not match its hash", path, ErrDamaged))
		}
	}
	for _, p := range m.Partitions {
		for _, f := range p.Files {
			check(local(dir, f.Path), f.SHA256)
			if f.Keys != "" {
				check(idsPath(dir, f.Path), f.Keys)
			}
		}
	}
	return bad
}

// Unknown returns the files below a folder, relative to it, that its manifest does not name. It
// skips files directly in the folder, which belong to the caller. Without a manifest, every file is
// unknown.
func Unknown(dir string) (out []string, err error) {
	named := map[string]bool{}
	m, err := ReadManifest(dir)
	if err == nil {
		named = m.paths()
		for path := range m.paths() {
			if rel, err := filepath.Rel(dir, idsPath(dir, path)); err == nil {
				named[filepath.ToSlash(rel)] = true
			}
		}
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Dir(path) == filepath.Clean(dir) || strings.HasPrefix(d.Name(), atomicfile.TempPrefix) {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err == nil && !named[filepath.ToSlash(rel)] {
			out = append(out, rel)
		}
		return err
	})
	return out, err
}

// Clone makes the folder to hold the files named by the manifest of the folder from: as hard links
// if the file system can, as copies if not. No function of this package writes to an existing file,
// so changes in one folder do not show in the other. If from has no manifest, to is an empty
// folder.
func Clone(from, to string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	m, err := ReadManifest(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	paths := []string{filepath.Join(from, ManifestName)}
	for path := range m.paths() {
		paths = append(paths, local(from, path))
		if _, err := os.Lstat(idsPath(from, path)); err == nil {
			paths = append(paths, idsPath(from, path))
		}
	}
	slices.Sort(paths)
	for _, path := range paths {
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if err := link(path, filepath.Join(to, rel)); err != nil {
			return err
		}
	}
	return nil
}

// link makes to a hard link or a copy of a file.
func link(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if os.Link(from, to) == nil {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
