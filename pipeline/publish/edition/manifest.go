package edition

import (
	"bytes"
	"encoding/json"
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

// maxManifest is the largest size of a manifest in bytes. A file takes some hundred.
const maxManifest = 16 << 20

// readManifest returns the manifest in a file, and its text.
func readManifest(path string) (m Manifest, text []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return m, nil, err
	}
	defer f.Close()
	if text, err = io.ReadAll(io.LimitReader(f, maxManifest)); err != nil {
		return m, nil, err
	}
	m, err = parseManifest(path, text)
	return m, text, err
}

// parseManifest parses a manifest. from says where it is, for an error.
func parseManifest(from string, data []byte) (m Manifest, err error) {
	if err = json.Unmarshal(data, &m); err == nil {
		m.Version, err = ParseVersion(m.Text)
	}
	if err != nil {
		return m, fmt.Errorf("%s: %w", from, err)
	}
	return m, nil
}

// text returns a manifest as it is in the folder of an edition.
func (m Manifest) text() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(m)
	return out.Bytes(), err
}

func writeManifest(path string, m Manifest) error {
	text, err := m.text()
	if err != nil {
		return err
	}
	return atomicfile.WriteSynced(path, text)
}

// List returns the regular files below a folder, sorted by name. It reads and hashes the files for
// which hashed returns true.
func List(dir string, hashed func(name string, info fs.FileInfo) bool) ([]File, error) {
	var out []File
	err := each(dir, func(name, path string, d fs.DirEntry) error {
		f := File{Name: name}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if f.Bytes = info.Size(); hashed(name, info) {
			f.Bytes, f.SHA256, err = atomicfile.Hash(path)
		}
		out = append(out, f)
		return err
	})
	slices.SortFunc(out, func(x, y File) int { return strings.Compare(x.Name, y.Name) })
	return out, err
}

// names returns the names of the files below a folder. Like List, it refuses what is no regular file.
func names(dir string) (out []string, err error) {
	err = each(dir, func(name, _ string, _ fs.DirEntry) error {
		out = append(out, name)
		return nil
	})
	slices.Sort(out)
	return out, err
}

// each calls do for each file below a folder, with its name there.
func each(dir string, do func(name, path string, d fs.DirEntry) error) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
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
		return do(filepath.ToSlash(name), path, d)
	})
}

// everyFile selects every file for hashing.
func everyFile(string, fs.FileInfo) bool { return true }
