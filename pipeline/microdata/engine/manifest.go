package engine

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/atomicfile"
)

// ManifestName is the file that lists what a folder of partitions holds. It is written last.
// Readers of Parquet skip names with an underscore.
const ManifestName = "_manifest.json"

// Manifest lists what a folder of partitions holds.
type Manifest struct {
	// Inputs are the raw files, in the order in which they were read.
	Inputs     []Input     `json:"inputs,omitempty"`
	Partitions []Partition `json:"partitions"`
	// Check is the hash of all other fields. It is empty in a manifest of an older program.
	Check string `json:"check,omitempty"`
}

// Input is a raw file and the number of its records.
type Input struct {
	File    string `json:"file"`
	Records int64  `json:"records"`
}

// Partition is the files of one month.
type Partition struct {
	Name  string `json:"name"` // 2019-06
	Files []File `json:"files"`
	// From is the hash of what a cube's partition was made from; empty in a folder of records.
	From string `json:"from,omitempty"`
}

// File is one Parquet file.
type File struct {
	Path   string `json:"path"` // below the folder, with slashes
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	// Keys is the SHA-256 of the file with the hashes of the keys. It is empty if there is no such
	// file or an older program wrote it.
	Keys string `json:"keys_sha256,omitempty"`
}

// ReadManifest reads and checks the manifest of a folder. The error is fs.ErrNotExist if the folder
// has none.
func ReadManifest(dir string) (*Manifest, error) {
	data, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		return nil, err
	}
	m := &Manifest{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(m); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, ManifestName), err)
	}
	if want, err := m.check(); err != nil || m.Check != "" && m.Check != want {
		return nil, fmt.Errorf("%s: it does not match its hash", filepath.Join(dir, ManifestName))
	}
	for _, p := range m.Partitions {
		for _, f := range p.Files {
			if !filepath.IsLocal(filepath.FromSlash(f.Path)) {
				return nil, fmt.Errorf("%s: path %q leads out of the folder", filepath.Join(dir, ManifestName), f.Path)
			}
		}
	}
	return m, nil
}

// check returns the hash of all fields but Check.
func (m Manifest) check() (string, error) {
	m.Check = ""
	text, err := json.Marshal(m)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}

// write writes the manifest.
func (m *Manifest) write(dir string, durable bool) error {
	slices.SortFunc(m.Partitions, func(a, b Partition) int { return strings.Compare(a.Name, b.Name) })
	var err error
	if m.Check, err = m.check(); err != nil {
		return err
	}
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	f, err := atomicfile.Create(filepath.Join(dir, ManifestName))
	if err != nil {
		return err
	}
	if _, err := f.Write(append(data, '\n')); err != nil {
		f.Abort()
		return err
	}
	return f.Commit(durable)
}

// find returns the position of a partition, or where it would be inserted.
func (m *Manifest) find(name string) (int, bool) {
	return slices.BinarySearchFunc(m.Partitions, name, func(p Partition, name string) int { return strings.Compare(p.Name, name) })
}

// set replaces a partition, or removes it if it has no files.
func (m *Manifest) set(p Partition) {
	i, found := m.find(p.Name)
	switch {
	case found && len(p.Files) == 0:
		m.Partitions = slices.Delete(m.Partitions, i, i+1)
	case found:
		m.Partitions[i] = p
	case len(p.Files) > 0:
		m.Partitions = slices.Insert(m.Partitions, i, p)
	}
}

// paths returns all files.
func (m *Manifest) paths() map[string]bool {
	out := map[string]bool{}
	for _, p := range m.Partitions {
		for _, f := range p.Files {
			out[f.Path] = true
		}
	}
	return out
}

// removeStale removes the files that an older manifest names and the new one does not.
func (m *Manifest) removeStale(dir string, old *Manifest) error {
	if old == nil {
		return nil
	}
	keep := m.paths()
	for path := range old.paths() {
		if keep[path] {
			continue
		}
		for _, name := range []string{local(dir, path), idsPath(dir, path)} {
			if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

// oldManifest is ReadManifest, but a folder without a manifest is empty.
func oldManifest(dir string) (*Manifest, error) {
	m, err := ReadManifest(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return &Manifest{}, nil
	}
	return m, err
}
