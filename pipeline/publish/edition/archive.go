package edition

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/atomicfile"
)

// ManifestName is the file in each edition that lists the other files with their hashes.
const ManifestName = "edition.json"

// Manifest describes an edition and lists its files.
type Manifest struct {
	Version Version `json:"-"`
	Text    string  `json:"version"`
	Vintage string  `json:"vintage"` // newest release in it, as a date
	Content Content `json:"content"`
	// Restated is nil if the edition changes no value of the one before.
	Restated *Restated `json:"restated,omitempty"`
	// TakenBack lists the retractions that a site shows for the edition. It is nil in the archive;
	// see Retract.
	TakenBack []Retraction `json:"taken_back,omitempty"`
	Files     []File       `json:"files"` // sorted by name, without the manifest
}

// File is one file of an edition.
type File struct {
	Name   string `json:"name"` // relative to the edition, with slashes
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Archive is a folder of editions. Each edition is a folder named by its version.
type Archive struct{ dir string }

// Open returns the archive in a folder, which need not exist yet.
func Open(dir string) Archive { return Archive{dir} }

// Editions returns the manifests of all editions, oldest first. It returns an error if one cannot
// be read, because nobody may guess what was published.
func (a Archive) Editions() ([]Manifest, error) {
	entries, err := os.ReadDir(a.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Manifest
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), atomicfile.TempPrefix) {
			continue
		}
		v, err := ParseVersion(e.Name())
		if err != nil || !e.IsDir() {
			return nil, fmt.Errorf("%s: %s is not an edition; move it elsewhere", a.dir, e.Name())
		}
		m, err := readManifest(filepath.Join(a.dir, e.Name(), ManifestName))
		if err != nil {
			return nil, err
		}
		if m.Text != v.String() {
			return nil, fmt.Errorf("%s: the manifest has version %q", filepath.Join(a.dir, e.Name()), m.Text)
		}
		m.Version = v
		out = append(out, m)
	}
	slices.SortFunc(out, func(x, y Manifest) int { return x.Version.Compare(y.Version) })
	return out, nil
}

// maxManifest is the largest size of a manifest in bytes. A file takes some hundred.
const maxManifest = 16 << 20

func readManifest(path string) (Manifest, error) {
	var m Manifest
	f, err := os.Open(path)
	if err != nil {
		return m, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxManifest))
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// Add stores the files below the folder from as a new edition: as hard links if the file system
// can, otherwise as copies. A file that is the same in the newest edition is stored once. Add
// returns an error if the version exists already.
func (a Archive) Add(m Manifest, from string) error {
	older, err := a.Editions()
	if err != nil {
		return err
	}
	m.Text = m.Version.String()
	final := filepath.Join(a.dir, m.Text)
	if _, err := os.Lstat(final); err == nil || m.Text == "" {
		return fmt.Errorf("edition %q exists already, and an edition never changes", m.Text)
	}
	staged := filepath.Join(a.dir, atomicfile.TempPrefix+m.Text)
	if err := os.RemoveAll(staged); err != nil {
		return err
	}
	if m.Files, err = List(from, everyFile); err != nil {
		return err
	}
	same := map[File]string{}
	if n := len(older); n > 0 {
		for _, f := range older[n-1].Files {
			same[f] = filepath.Join(a.dir, older[n-1].Text, filepath.FromSlash(f.Name))
		}
	}
	for _, f := range m.Files {
		source, kept := same[f]
		if !kept {
			source = filepath.Join(from, filepath.FromSlash(f.Name))
		}
		if err := link(source, filepath.Join(staged, filepath.FromSlash(f.Name))); err != nil {
			return err
		}
	}
	if err := writeManifest(filepath.Join(staged, ManifestName), m); err != nil {
		return err
	}
	if err := syncFolders(staged); err != nil {
		return err
	}
	if err := os.Rename(staged, final); err != nil {
		return err
	}
	return atomicfile.SyncDir(a.dir)
}

func writeManifest(path string, m Manifest) error {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(m); err != nil {
		return err
	}
	return atomicfile.WriteSynced(path, out.Bytes())
}

// Link puts every edition into the folder dir as hard links or copies. It replaces a folder there
// that has the name of an edition, and leaves everything else.
func (a Archive) Link(dir string) error {
	all, err := a.Editions()
	if err != nil {
		return err
	}
	for _, m := range all {
		folder := filepath.Join(dir, m.Text)
		if err := os.RemoveAll(folder); err != nil {
			return err
		}
		for _, f := range append([]File{{Name: ManifestName}}, m.Files...) {
			name := filepath.FromSlash(f.Name)
			if !filepath.IsLocal(name) {
				return fmt.Errorf("edition %s: %q is not a valid file name", m.Text, f.Name)
			}
			if err := link(filepath.Join(a.dir, m.Text, name), filepath.Join(folder, name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Verify compares every file of every edition with its manifest.
func (a Archive) Verify() []error {
	all, err := a.Editions()
	if err != nil {
		return []error{err}
	}
	var out []error
	for _, m := range all {
		folder := filepath.Join(a.dir, m.Text)
		have, err := List(folder, everyFile)
		if err != nil {
			out = append(out, err)
			continue
		}
		have = slices.DeleteFunc(have, func(f File) bool { return f.Name == ManifestName })
		for _, f := range m.Files {
			if !slices.Contains(have, f) {
				out = append(out, fmt.Errorf("edition %s: %s is not what was published; restore it from a copy", m.Text, f.Name))
			}
		}
		for _, f := range have {
			if !slices.ContainsFunc(m.Files, func(x File) bool { return x.Name == f.Name }) {
				out = append(out, fmt.Errorf("edition %s: %s was not published with it", m.Text, f.Name))
			}
		}
	}
	return out
}

// List returns the regular files below a folder, sorted by name. It reads and hashes the files for
// which hashed returns true.
func List(dir string, hashed func(name string) bool) ([]File, error) {
	var out []File
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() {
			return fmt.Errorf("%s is not a regular file", path)
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		f := File{Name: filepath.ToSlash(name)}
		if !hashed(f.Name) {
			info, err := d.Info()
			if err != nil {
				return err
			}
			f.Bytes = info.Size()
		} else if f.Bytes, f.SHA256, err = atomicfile.Hash(path); err != nil {
			return err
		}
		out = append(out, f)
		return nil
	})
	slices.SortFunc(out, func(x, y File) int { return strings.Compare(x.Name, y.Name) })
	return out, err
}

// everyFile selects every file for hashing.
func everyFile(string) bool { return true }

// link makes the file to a hard link of from, or a copy if the file system has no links.
func link(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if err := os.Link(from, to); err == nil {
		return nil
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return atomicfile.WriteSynced(to, data)
}

func syncFolders(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return atomicfile.SyncDir(path)
	})
}

// Share replaces the files below dir that are the same in the newest edition by links to it, so
// that an unchanged file takes its space once. dir must not be in use yet.
func (a Archive) Share(dir string) error {
	all, err := a.Editions()
	if err != nil || len(all) == 0 {
		return err
	}
	newest := all[len(all)-1]
	for _, f := range newest.Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		kept := filepath.Join(a.dir, newest.Text, filepath.FromSlash(f.Name))
		if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() || info.Size() != f.Bytes {
			continue
		}
		if _, sum, err := atomicfile.Hash(path); err != nil || sum != f.SHA256 {
			continue
		}
		linked := filepath.Join(filepath.Dir(path), atomicfile.TempPrefix+filepath.Base(path))
		if err := os.Link(kept, linked); err != nil {
			return nil // no links here: keep the copies
		}
		if err := os.Rename(linked, path); err != nil {
			return err
		}
		if err := os.Remove(linked); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err // renaming one name of a file onto another does nothing
		}
	}
	return nil
}
