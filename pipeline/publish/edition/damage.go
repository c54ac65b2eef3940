package edition

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/hint"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/edition/store"
)

// ErrDamaged means that a file of an edition is lost, or not what was published.
var ErrDamaged = hint.New("edition is damaged", "restore data/out/releases from a backup: what was published cannot be made again")

// Damage is a file of an edition that is missing or differs from what was published.
type Damage struct {
	Version string
	File    File   // as it was published; its name is that of the pack if the edition is in the store
	Reason  error  // what is wrong with a pack
	Sum     string // SHA-256 that the pack had, if it is known
}

// Error names the file.
func (d Damage) Error() string {
	if d.Reason != nil {
		return fmt.Sprintf("%v: %s: %v; restore it from a copy", ErrDamaged, d.Version, d.Reason)
	}
	return fmt.Sprintf("%v: %s: %s is not what was published; restore it from a copy", ErrDamaged, d.Version, d.File.Name)
}

// Unwrap returns ErrDamaged.
func (d Damage) Unwrap() error { return ErrDamaged }

// Damaged compares the editions that have a folder with their manifests, every byte, and returns the
// files that differ. It reads a file that several editions share once.
func (a Archive) Damaged() (out []Damage, err error) {
	_, all, err := a.holding()
	if err != nil {
		return nil, err
	}
	seen := sums{}
	for _, h := range all {
		if h.pack.Number > 0 {
			continue
		}
		m, _, err := a.inFolder(h)
		if err != nil {
			return nil, fmt.Errorf("%w: %w; restore it from a copy", ErrDamaged, err)
		}
		for _, f := range m.Files {
			if !seen.is(a.path(m.Text, f.Name), f) {
				out = append(out, Damage{Version: m.Text, File: f})
			}
		}
	}
	return out, nil
}

func (a Archive) path(version, name string) string {
	return filepath.Join(a.dir, version, filepath.FromSlash(name))
}

// Mend replaces a damaged file of an edition that has a folder with a copy. It returns false if the copy
// is not what was published.
func (a Archive) Mend(d Damage, from string) (bool, error) {
	if name := filepath.FromSlash(d.File.Name); !filepath.IsLocal(name) || d.Reason != nil {
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

// Notes are the name and the SHA-256 of the pack of each edition, by version, as they were when it was
// written: "FILE SUM".
type Notes map[string]string

// keyOf returns what a pack is noted by: its edition, or its file if that was removed.
func keyOf(p store.Pack) string {
	if p.Name == store.Rest {
		return p.File()
	}
	return p.Name
}

// Check compares the packs with notes of them, which it completes. It reads the packs that have changed
// since they were read last. It returns those that are damaged or missing, in order of number.
func (a Archive) Check(noted Notes) (now Notes, damaged []Damage, err error) {
	s, _, err := a.holding()
	if err != nil {
		return nil, nil, err
	}
	now = Notes{}
	for _, p := range s.Packs() {
		key := keyOf(p)
		file, sum, _ := strings.Cut(noted[key], " ")
		if file == p.File() && sealed(filepath.Join(a.dir, file), sum) {
			now[key] = noted[key]
			continue
		}
		have, err := s.Check(p)
		if err == nil && file == p.File() && have != sum {
			err = errors.New(file + " is not what was written")
		}
		if err == nil {
			now[key] = p.File() + " " + have
			err = seal(filepath.Join(a.dir, p.File()), have)
		}
		if err != nil {
			damaged = append(damaged, Damage{Version: key, File: File{Name: p.File()}, Reason: err, Sum: sum})
		}
	}
	for _, v := range slices.Sorted(maps.Keys(noted)) {
		file, sum, _ := strings.Cut(noted[v], " ")
		if p, ok := store.ParsePack(file); ok && now[v] == "" && !slices.Contains(s.Packs(), p) {
			err := fmt.Errorf("%w: %s", fs.ErrNotExist, filepath.Join(a.dir, file))
			damaged = append(damaged, Damage{Version: v, File: File{Name: file}, Reason: err, Sum: sum})
		}
	}
	slices.SortStableFunc(damaged, func(x, y Damage) int { return strings.Compare(x.File.Name, y.File.Name) })
	return now, damaged, nil
}

// Remake writes a damaged or missing pack again, from the folder that a site has of its edition. It
// returns false if the result is not the pack that was written.
func (a Archive) Remake(d Damage, from string) bool {
	p, ok := store.ParsePack(d.File.Name)
	m, text, err := readManifest(filepath.Join(from, ManifestName))
	if !ok || d.Sum == "" || err != nil || m.Text != d.Version {
		return false
	}
	head, files, err := sources(m, text, from)
	if err != nil {
		return false
	}
	s, err := store.Open(a.dir)
	return err == nil && s.Remake(p, d.Sum, head, files) == nil
}

// Verify reads every byte of the archive: of all packs and of the editions that have a folder. It returns
// one error for each file that is not what was published.
func (a Archive) Verify() []error {
	s, all, err := a.holding()
	if err != nil {
		return []error{err}
	}
	var out []error
	for _, p := range s.Packs() {
		if _, err := s.Check(p); err != nil {
			out = append(out, fmt.Errorf("edition %s: %w; restore it from a copy", p.Name, err))
		}
	}
	for _, h := range all {
		if h.pack.Number == 0 {
			out = append(out, a.verifyFolder(h)...)
		} else if err := s.Whole(h.pack); err != nil {
			out = append(out, fmt.Errorf("edition %s: %w; restore it from a copy", h.version, err))
		}
	}
	return out
}

// verifyFolder compares an edition that has a folder with its manifest.
func (a Archive) verifyFolder(h held) (out []error) {
	m, _, err := a.inFolder(h)
	if err != nil {
		return []error{err}
	}
	have, err := List(filepath.Join(a.dir, m.Text), everyFile)
	if err != nil {
		return []error{err}
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
	return out
}

// VerifyShown compares every byte of the editions that a folder of a site shows with their manifests
// there, and returns the files that differ.
func VerifyShown(dir string) (out []string, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	seen := sums{}
	for _, e := range entries {
		v, err := ParseVersion(e.Name())
		if err != nil || !e.IsDir() {
			continue
		}
		same := func(path string, f File) bool { return seen.is(path, f) }
		for _, name := range differences(dir, v, same, func(path, suffix string, _ File) bool { return rightCopy(path, suffix) }) {
			out = append(out, v.String()+"/"+name)
		}
	}
	return out, err
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
