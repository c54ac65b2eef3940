package edition

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"crossings/pipeline/hint"

	"crossings/pipeline/atomicfile"
)

// ErrDamaged means that a file of an edition is lost, or not what was published.
var ErrDamaged = hint.New("edition is damaged", "restore data/out/releases from a backup: what was published cannot be made again")

// Damage is a file of an edition that is missing or differs from what was published.
type Damage struct {
	Version string
	File    File // as it was published
}

// Error names the file.
func (d Damage) Error() string {
	return fmt.Sprintf("%v: %s: %s is not what was published; restore it from a copy", ErrDamaged, d.Version, d.File.Name)
}

// Unwrap returns ErrDamaged.
func (d Damage) Unwrap() error { return ErrDamaged }

// Damaged reads every byte of every edition and returns the files that do not match their manifest.
// It reads a file that several editions share once.
func (a Archive) Damaged() (out []Damage, err error) {
	all, err := a.Editions()
	if err != nil {
		return nil, err
	}
	seen := sums{}
	for _, m := range all {
		for _, f := range m.Files {
			if !seen.is(a.path(m.Text, f.Name), f) {
				out = append(out, Damage{m.Text, f})
			}
		}
	}
	return out, nil
}

func (a Archive) path(version, name string) string {
	return filepath.Join(a.dir, version, filepath.FromSlash(name))
}

// Mend replaces a damaged file with a copy. It returns false if the copy is not what was published.
func (a Archive) Mend(d Damage, from string) (bool, error) {
	if name := filepath.FromSlash(d.File.Name); !filepath.IsLocal(name) {
		return false, nil
	}
	if !(sums{}).is(from, d.File) {
		return false, nil
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return false, err
	}
	return true, atomicfile.Write(a.path(d.Version, d.File.Name), data)
}

// Shown reports whether a folder below a site has the files of all editions, as links to the same
// bytes or as copies. It does not check the files that Changing lists.
func (a Archive) Shown(dir string) bool {
	all, err := a.Editions()
	if err != nil {
		return false
	}
	for _, m := range all {
		changing := map[string]bool{}
		list, err := Changing(filepath.Join(dir, m.Text))
		if err != nil {
			return false
		}
		for _, f := range list {
			changing[f.Name] = true
		}
		for _, f := range m.Files {
			there, err := os.Lstat(filepath.Join(dir, m.Text, filepath.FromSlash(f.Name)))
			if err != nil {
				return false
			}
			kept, err := os.Lstat(a.path(m.Text, f.Name))
			if same := err == nil && os.SameFile(there, kept); !same && !changing[f.Name] && !(sums{}).is(filepath.Join(dir, m.Text, filepath.FromSlash(f.Name)), f) {
				return false
			}
		}
	}
	return true
}

// sums caches the hashes of files, so that a file with several names is read once.
type sums map[sumKey][]sum

type sumKey struct {
	size int64
	time time.Time
}

type sum struct {
	info fs.FileInfo
	hash string
}

// is reports whether a path is the file that f describes.
func (s sums) is(path string, f File) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() != f.Bytes {
		return false
	}
	key := sumKey{info.Size(), info.ModTime()}
	for _, x := range s[key] {
		if os.SameFile(x.info, info) {
			return x.hash == f.SHA256
		}
	}
	_, hash, err := atomicfile.Hash(path)
	if err != nil {
		return false
	}
	s[key] = append(s[key], sum{info, hash})
	return hash == f.SHA256
}
