package edition

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"crossings/pipeline/atomicfile"
)

// pageName is the page of an edition, below its folder.
const pageName = "index.html"

// Retraction is a file whose releases an edition was made from and that was taken back since.
type Retraction struct {
	Source   string   `json:"source"`
	Release  string   `json:"release"`          // the one that named the file's folder
	Releases []string `json:"releases"`         // those of the file that the edition was made from
	Kind     string   `json:"kind"`             // withdrawn, or redated
	At       string   `json:"at"`               // when that was decided, RFC 3339 in UTC
	Reason   string   `json:"reason,omitempty"` // why it was withdrawn
	Now      string   `json:"now,omitempty"`    // the release that a redated one is now
}

// Retract says in the folder dir of an edition, below a site, which releases were taken back
// since it was published: in its manifest, and on its page as stamp writes it. The files of
// data stay as they are, and so does the archive.
func Retract(dir string, list []Retraction, stamp func(page []byte) ([]byte, error)) error {
	m, err := readManifest(filepath.Join(dir, ManifestName))
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
	// They may be links to the files of the archive: others take their names.
	if err := atomicfile.Write(filepath.Join(dir, pageName), page); err != nil {
		return err
	}
	f := File{Name: pageName}
	if f.Bytes, f.SHA256, err = describe(filepath.Join(dir, pageName)); err != nil {
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

// MayChange reports whether a file of a site, named with slashes, is the page or the manifest
// of an edition: they tell which of the releases in it were taken back since. All other files
// of an edition never change; see Holds.
func MayChange(name string) bool {
	base := path.Base(name)
	return Holds(name) && (base == pageName || base == ManifestName) && path.Dir(path.Dir(name)) == Folder
}

// Changing returns the page and the manifest of an edition below a site, with their hashes;
// see MayChange. One that is not there is left out.
func Changing(dir string) (out []File, err error) {
	for _, name := range []string{ManifestName, pageName} {
		f := File{Name: name}
		if f.Bytes, f.SHA256, err = describe(filepath.Join(dir, name)); errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}
