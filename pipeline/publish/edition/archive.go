package edition

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/publish/compressed"
	"crossings/pipeline/publish/edition/store"
)

// Archive is a folder that keeps editions: in a store, each in one pack. An earlier version of the
// program kept each in a folder; Move puts such editions into the store.
type Archive struct{ dir string }

// Open returns the archive in a folder, which need not exist yet.
func Open(dir string) Archive { return Archive{dir} }

// held says where an edition is kept.
type held struct {
	version Version
	pack    store.Pack // zero if the edition has a folder
}

// holding returns the store of the archive, and where its editions are, oldest first. A file that is
// neither a pack nor the folder of an edition is an error, because nobody may guess what was published.
func (a Archive) holding() (*store.Store, []held, error) {
	s, err := store.Open(a.dir)
	if err != nil {
		return nil, nil, err
	}
	entries, err := os.ReadDir(a.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	var out []held
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), atomicfile.TempPrefix) {
			continue
		}
		name, isFolder := e.Name(), e.IsDir()
		p, isPack := store.ParsePack(name)
		if isPack {
			if name = p.Name; name == store.Rest {
				continue
			}
		}
		v, err := ParseVersion(name)
		if err != nil || isFolder == isPack {
			return nil, nil, fmt.Errorf("%s: %s is not an edition; move it elsewhere", a.dir, e.Name())
		}
		out = append(out, held{v, p})
	}
	// An edition that was moved into the store, by a run that was killed then, is here twice: its pack counts.
	slices.SortFunc(out, func(x, y held) int {
		return cmp.Or(x.version.Compare(y.version), cmp.Compare(y.pack.Number, x.pack.Number))
	})
	return s, slices.CompactFunc(out, func(x, y held) bool { return x.version == y.version }), nil
}

// Editions returns what is known of all editions, oldest first: their manifests without Content and
// Files.
func (a Archive) Editions() ([]Manifest, error) {
	s, all, err := a.holding()
	if err != nil {
		return nil, err
	}
	var out []Manifest
	for _, h := range all {
		var m Manifest
		if h.pack.Number == 0 {
			m, _, err = a.inFolder(h)
			m.Content, m.Files = Content{}, nil
		} else {
			var head []byte
			if head, err = s.Head(h.pack); err == nil {
				m, err = parseManifest(h.pack.File(), head)
			}
		}
		if err != nil {
			return nil, err
		}
		if m.Version != h.version {
			return nil, fmt.Errorf("%s: the manifest of %s has version %q", a.dir, h.version, m.Text)
		}
		out = append(out, m)
	}
	return out, nil
}

// Versions returns the versions of all editions, oldest first.
func (a Archive) Versions() (out []Version, err error) {
	_, all, err := a.holding()
	for _, h := range all {
		out = append(out, h.version)
	}
	return out, err
}

// inFolder returns the manifest of an edition that has a folder, and its text.
func (a Archive) inFolder(h held) (m Manifest, text []byte, err error) {
	m, text, err = readManifest(filepath.Join(a.dir, h.version.String(), ManifestName))
	if err == nil && m.Version != h.version {
		err = fmt.Errorf("%s: the manifest has version %q", filepath.Join(a.dir, h.version.String()), m.Text)
	}
	return m, text, err
}

// Newest returns the manifest of the newest edition, or nil if there is none.
func (a Archive) Newest() (*Manifest, error) {
	s, all, err := a.holding()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	e, err := a.open(s, all[len(all)-1])
	if err != nil {
		return nil, err
	}
	return &e.manifest, nil
}

// kept is an edition whose files can be read.
type kept struct {
	held
	dir      string         // of its folder, if it has one
	files    *store.Edition // nil if the edition has a folder
	manifest Manifest
	text     []byte // of the manifest
}

// open opens an edition.
func (a Archive) open(s *store.Store, h held) (k kept, err error) {
	k = kept{held: h, dir: filepath.Join(a.dir, h.version.String())}
	if h.pack.Number == 0 {
		k.manifest, k.text, err = a.inFolder(h)
		return k, err
	}
	if k.files, err = s.Edition(h.pack); err != nil {
		return k, err
	}
	var text bytes.Buffer
	if err := k.files.Write(&text, ManifestName); err != nil {
		return k, err
	}
	k.text = text.Bytes()
	k.manifest, err = parseManifest(h.pack.File(), k.text)
	return k, err
}

// write writes a file of an edition.
func (k kept) write(w io.Writer, name string) error {
	if k.files != nil {
		return k.files.Write(w, name)
	}
	f, err := os.Open(filepath.Join(k.dir, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// Read returns a file of an edition. The error is fs.ErrNotExist if the edition has no such file.
func (a Archive) Read(v Version, name string) ([]byte, error) {
	s, all, err := a.holding()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(h held) bool { return h.version == v })
	if i < 0 {
		return nil, fmt.Errorf("%w: edition %s", fs.ErrNotExist, v)
	}
	k, err := a.open(s, all[i])
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = k.write(&out, name)
	return out.Bytes(), err
}

// Add keeps the files below the folder from as a new edition, and writes its manifest there. It leaves
// out the compressed copies of files, which are made for each site. It returns an error if the version
// exists already.
func (a Archive) Add(m Manifest, from string) error {
	s, all, err := a.holding()
	if err != nil {
		return err
	}
	m.Text = m.Version.String()
	if m.Text == "" || slices.ContainsFunc(all, func(h held) bool { return h.version == m.Version }) {
		return fmt.Errorf("edition %q exists already, and an edition never changes", m.Text)
	}
	list, err := List(from, everyFile)
	if err != nil {
		return err
	}
	m.Files = Own(list)
	text, err := m.text()
	if err != nil {
		return err
	}
	if err := atomicfile.Write(filepath.Join(from, ManifestName), text); err != nil {
		return err
	}
	_, err = a.keep(s, m, text, from)
	return err
}

// Own returns the files of an edition without its manifest and without the compressed copies of files
// that are there too.
func Own(list []File) (out []File) {
	there := map[string]bool{}
	for _, f := range list {
		there[f.Name] = true
	}
	for _, f := range list {
		if original := compressed.Original(f.Name); f.Name != ManifestName && (original == f.Name || !there[original]) {
			out = append(out, f)
		}
	}
	return out
}

// keep puts the files of an edition in a folder into a new pack.
func (a Archive) keep(s *store.Store, m Manifest, text []byte, from string) (store.Pack, error) {
	head, files, err := sources(m, text, from)
	if err != nil {
		return store.Pack{}, err
	}
	return s.Add(m.Text, head, files)
}

// sources returns what the pack of an edition is made of: the head, which is the manifest without what
// is long, and the files in a folder. text is the manifest.
func sources(m Manifest, text []byte, from string) (head []byte, files []store.Source, err error) {
	files = []store.Source{{File: fileOf(ManifestName, text), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }}}
	for _, f := range m.Files {
		name := filepath.FromSlash(f.Name)
		if !filepath.IsLocal(name) {
			return nil, nil, fmt.Errorf("edition %s: %q is not a valid file name", m.Text, f.Name)
		}
		files = append(files, store.Source{File: store.File(f), Open: func() (io.ReadCloser, error) { return os.Open(filepath.Join(from, name)) }})
	}
	m.Content, m.Files = Content{}, nil
	head, err = m.text()
	return head, files, err
}
