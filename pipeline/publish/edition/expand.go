package edition

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/compressed"
)

// All shows all editions.
const All = -1

// Newest returns the last of a list, or all of it if count is All.
func Newest[T any](list []T, count int) []T {
	if count >= 0 && count < len(list) {
		return list[len(list)-count:]
	}
	return list
}

// Expand puts the newest editions into a folder of a new site, which has the files of a new edition
// already: as links to the same files in the folder of the site before, if they are what was
// published, and from the archive otherwise. Files that are not text get no compressed copies; the page
// and the manifest get theirs from Compress.
func (a Archive) Expand(dir, before string, count int) error {
	s, all, err := a.holding()
	if err != nil {
		return err
	}
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, h := range Newest(all, count) {
		g.Go(func() error {
			k, err := a.open(s, h)
			if err != nil {
				return err
			}
			x := expansion{k, filepath.Join(dir, h.version.String()), filepath.Join(before, h.version.String())}
			if err := x.expand(); err != nil {
				return fmt.Errorf("edition %s: %w", h.version, err)
			}
			return nil
		})
	}
	return g.Wait()
}

// expansion is an edition on its way into a site.
type expansion struct {
	kept
	dir, before string // its folders in the new site and in the one before
}

func (x expansion) expand() error {
	own := map[string]bool{ManifestName: true}
	manifest := File(fileOf(ManifestName, x.text))
	for _, f := range append([]File{manifest}, x.manifest.Files...) {
		own[f.Name] = true
		if err := x.put(f); err != nil {
			return err
		}
	}
	for _, f := range x.manifest.Files {
		if f.Name == pageName {
			continue
		}
		if err := x.copies(f); err != nil {
			return err
		}
		for _, suffix := range compressed.Suffixes() {
			own[f.Name+suffix] = true
		}
	}
	// A new edition must have no other files.
	there, err := names(x.dir)
	for _, name := range there {
		if err == nil && !own[name] {
			err = os.Remove(filepath.Join(x.dir, filepath.FromSlash(name)))
		}
	}
	return errors.Join(err, syncFolders(x.dir))
}

// put puts a file into the new site, unless it is there.
func (x expansion) put(f File) error {
	name := filepath.FromSlash(f.Name)
	if !filepath.IsLocal(name) {
		return fmt.Errorf("%q is not a valid file name", f.Name)
	}
	to, from := filepath.Join(x.dir, name), filepath.Join(x.before, name)
	if is(to, f) {
		return nil
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o755), removeAny(to)); err != nil {
		return err
	}
	if is(from, f) && os.Link(from, to) == nil {
		return nil
	}
	if x.files != nil {
		if err := x.files.Extract(f.Name, to); err != nil {
			return err
		}
	} else if err := link(filepath.Join(x.kept.dir, name), to); err != nil {
		return err
	}
	return seal(to, f.SHA256)
}

// copies puts the compressed copies of a file next to it, if it needs any.
func (x expansion) copies(f File) error {
	name := filepath.FromSlash(f.Name)
	to, from := filepath.Join(x.dir, name), filepath.Join(x.before, name)
	missing := false
	for _, suffix := range compressed.Suffixes() {
		if slices.ContainsFunc(x.manifest.Files, func(other File) bool { return other.Name == f.Name+suffix }) {
			continue // an earlier version of the program kept them
		}
		key := f.SHA256 + suffix
		if _, err := os.Lstat(to + suffix); err == nil {
			if err := seal(to+suffix, key); err != nil {
				return err
			}
		} else if !sealed(from+suffix, key) || os.Link(from+suffix, to+suffix) != nil {
			missing = true
		}
	}
	if !missing || !mayNeed(to, f) {
		return nil
	}
	return compressed.NextTo(to, func(path string, data []byte) error {
		if _, err := os.Lstat(path); err == nil {
			return nil
		}
		if err := atomicfile.Write(path, data); err != nil {
			return err
		}
		return seal(path, f.SHA256+filepath.Ext(path))
	})
}

// packed are the endings of files that are compressed in themselves. They have no copies.
var packed = []string{".png", ".parquet", ".xlsx", ".ods", ".zip", ".woff2"}

// mayHave reports whether a file may have compressed copies, without looking at it.
func mayHave(f File) bool {
	return f.Bytes > compressed.MinSize && compressed.Original(f.Name) == f.Name && !slices.Contains(packed, filepath.Ext(f.Name))
}

// mayNeed reports whether a file may need compressed copies, without reading all of it.
func mayNeed(path string, f File) bool {
	if !mayHave(f) {
		return false
	}
	in, err := os.Open(path)
	if err != nil {
		return false
	}
	defer in.Close()
	begin := make([]byte, 512)
	n, _ := in.Read(begin)
	return filepath.Ext(path) == ".wasm" || !slices.Contains(begin[:n], 0)
}

// needs reports whether a file needs compressed copies.
func needs(path string) bool {
	data, err := os.ReadFile(path)
	return err == nil && compressed.Needs(path, data)
}

// removeAny removes a file if it is there.
func removeAny(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// link makes a file a hard link of from, or a copy if the file system has no links.
func link(from, to string) error {
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

// Share replaces the files below a site that are the same in its folder of the newest edition by links
// to these, so that an unchanged file takes its space once. The site must not be in use yet.
func (a Archive) Share(site string) error {
	m, err := a.Newest()
	if err != nil || m == nil {
		return err
	}
	folder := filepath.Join(site, Folder, m.Text)
	for _, f := range m.Files {
		path := filepath.Join(site, filepath.FromSlash(f.Name))
		kept := filepath.Join(folder, filepath.FromSlash(f.Name))
		if !(sums{}).is(path, f) || !is(kept, f) { // the edition's page may have a notice
			continue
		}
		linked := filepath.Join(filepath.Dir(path), atomicfile.TempPrefix+filepath.Base(path))
		if err := os.Link(kept, linked); err != nil {
			return nil // no links here: keep the copies
		}
		if err := os.Rename(linked, path); err != nil {
			return err
		}
		if err := removeAny(linked); err != nil {
			return err // renaming one name of a file onto another does nothing
		}
	}
	return nil
}

// Intact reports whether a folder of a site has all files of the editions that it shows, and shows the
// newest of the archive's, count of them. It does not check the files that Changing lists.
func (a Archive) Intact(dir string, count int) bool {
	versions, err := a.Versions()
	if err != nil {
		return false
	}
	for _, v := range Newest(versions, count) {
		if len(differences(dir, v, is, copied)) > 0 {
			return false
		}
	}
	return true
}

// copied reports whether a copy of a file is there.
func copied(path, suffix string, f File) bool {
	return sealed(path+suffix, f.SHA256+suffix) || rightCopy(path, suffix) && seal(path+suffix, f.SHA256+suffix) == nil
}

// rightCopy reads a compressed copy and compares it with the file that it is a copy of.
func rightCopy(path, suffix string) bool {
	copy, err := os.ReadFile(path + suffix)
	if err != nil {
		return false
	}
	data, err := os.ReadFile(path)
	return err == nil && compressed.Is(suffix, copy, data)
}

// differences lists the files of an edition in a site that are not what its manifest there says, and
// those that it should not have. The manifest is a file that Changing lists.
func differences(dir string, v Version, same func(path string, f File) bool, copied func(path, suffix string, f File) bool) (out []string) {
	folder := filepath.Join(dir, v.String())
	m, _, err := readManifest(filepath.Join(folder, ManifestName))
	if err != nil || m.Version != v {
		return []string{ManifestName}
	}
	listed := map[string]bool{}
	for _, name := range changing() {
		listed[name] = true
	}
	for _, f := range m.Files {
		listed[f.Name] = true
	}
	for _, f := range m.Files {
		path := filepath.Join(folder, filepath.FromSlash(f.Name))
		if !same(path, f) {
			out = append(out, f.Name)
			continue
		}
		if f.Name == pageName || !mayHave(f) {
			continue // the copies of the page are among those that Changing lists
		}
		for _, suffix := range compressed.Suffixes() {
			if listed[f.Name+suffix] {
				continue
			}
			if copied(path, suffix, f) {
				listed[f.Name+suffix] = true
			} else if mayNeed(path, f) && needs(path) {
				listed[f.Name+suffix] = true
				out = append(out, f.Name+suffix)
			}
		}
	}
	there, err := names(folder)
	if err != nil {
		return append(out, err.Error())
	}
	for _, name := range there {
		if !listed[name] {
			out = append(out, name)
		}
	}
	return out
}
