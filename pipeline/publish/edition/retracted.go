package edition

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/compressed"
)

// pageName is the page of an edition, below its folder.
const pageName = "index.html"

// Retraction is a file that was taken back after an edition was made from its releases.
type Retraction struct {
	Source   string   `json:"source"`
	Release  string   `json:"release"`          // the one that names the file's folder
	Releases []string `json:"releases"`         // the releases of the file in the edition
	Kind     string   `json:"kind"`             // withdrawn or redated
	At       string   `json:"at"`               // time of the decision, RFC 3339 in UTC
	Reason   string   `json:"reason,omitempty"` // why it was withdrawn
	Now      string   `json:"now,omitempty"`    // the new release of a redated one
}

// Retract marks the edition in dir, below a site, with the releases taken back since it was
// published: in its manifest and on its page, which stamp edits. The data files do not change, and
// neither does the archive.
func Retract(dir string, list []Retraction, stamp func(page []byte) ([]byte, error)) error {
	m, _, err := readManifest(filepath.Join(dir, ManifestName))
	if err != nil {
		return err
	}
	page, err := os.ReadFile(filepath.Join(dir, pageName))
	if err != nil {
		return err
	}
	if page, err = stamp(page); err != nil {
		return err
	}
	// The files may be links into the archive, so write new ones instead of changing them.
	if err := atomicfile.Write(filepath.Join(dir, pageName), page); err != nil {
		return err
	}
	f := File{Name: pageName}
	if f.Bytes, f.SHA256, err = atomicfile.Hash(filepath.Join(dir, pageName)); err != nil {
		return err
	}
	if i := slices.IndexFunc(m.Files, func(f File) bool { return f.Name == pageName }); i >= 0 {
		m.Files[i] = f
	}
	m.TakenBack = list
	staged := filepath.Join(dir, atomicfile.TempPrefix+ManifestName)
	if err := writeManifest(staged, m); err != nil {
		return err
	}
	if err := os.Rename(staged, filepath.Join(dir, ManifestName)); err != nil {
		return err
	}
	return atomicfile.SyncDir(dir)
}

// MayChange reports whether a file of a site, named with slashes, is the page or the manifest of an
// edition, which show which releases were taken back, or a compressed copy. A copy always holds the same,
// but a later version of the program may compress it otherwise. All other files of an edition never
// change; see Holds.
func MayChange(name string) bool {
	base := path.Base(name)
	return Holds(name) && (compressed.Original(base) != base || (base == pageName || base == ManifestName) && path.Dir(path.Dir(name)) == Folder)
}

// Changing returns the page and the manifest of an edition below a site and their compressed copies, with
// the hashes of those that hashed returns true for; see MayChange. It leaves out a missing one.
func Changing(dir string, hashed func(name string, info fs.FileInfo) bool) (out []File, err error) {
	for _, name := range changing() {
		f := File{Name: name}
		path := filepath.Join(dir, name)
		info, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if f.Bytes = info.Size(); hashed(name, info) {
			if f.Bytes, f.SHA256, err = atomicfile.Hash(path); err != nil {
				return nil, err
			}
		}
		out = append(out, f)
	}
	return out, nil
}

// changing are the names of the files that MayChange reports, in their folder.
func changing() (out []string) {
	for _, name := range []string{ManifestName, pageName} {
		out = append(out, name)
		for _, suffix := range compressed.Suffixes() {
			out = append(out, name+suffix)
		}
	}
	return out
}

// Compress writes the compressed copies of the page and the manifest of an edition below a site. The
// archive has none, because a copy there would show what the file said before a retraction.
func Compress(dir string) error {
	for _, name := range []string{ManifestName, pageName} {
		if err := compressed.NextTo(filepath.Join(dir, name), atomicfile.Write); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
