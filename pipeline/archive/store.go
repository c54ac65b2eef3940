package archive

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// temporary begins the name of a folder in which a release is being written. SafeName does not
// allow the dot, so no release has such a name.
const temporary = ".tmp-"

// maxSidecar is the largest sidecar that is read, in bytes.
const maxSidecar = 1 << 20

// Snapshot is a raw file in the store. Most releases are one file.
type Snapshot struct {
	Source  string // "ukho-small-boats", "tidy:my-figures"
	Release string // see stat.Release.ID
	File    string // the file's name, as served
	Meta    Sidecar
}

// dir returns the snapshot's folder below the store's root.
func (sn Snapshot) dir() (string, error) {
	folder, err := folderOf(sn.Source)
	if err != nil {
		return "", err
	}
	if _, err := SafeName(sn.Release); err != nil {
		return "", fmt.Errorf("%s: release: %w", sn.Source, err)
	}
	if _, err := SafeName(sn.File); err != nil {
		return "", fmt.Errorf("%s: release %s: %w", sn.Source, sn.Release, err)
	}
	if strings.HasSuffix(sn.File, sidecarSuffix) {
		return "", fmt.Errorf("%s: release %s: file name %q is that of a sidecar", sn.Source, sn.Release, sn.File)
	}
	return path.Join(folder, sn.Release), nil
}

// Store is the folder data/raw, or a folder of the same form for pending releases, rejected
// releases or invalid files. Nothing in it is ever rewritten. Its methods reach nothing outside the
// folder, not even through links. Writers hold the run's lock; readers need none.
type Store struct {
	root folder
}

// OpenStore opens the store in the folder root, and creates it if it is missing. Errors are those
// of the file system.
func OpenStore(root string) (*Store, error) {
	if err := os.MkdirAll(root, folderMode); err != nil {
		return nil, err
	}
	r, err := os.OpenRoot(root)
	if err != nil {
		return nil, err
	}
	return &Store{folder{r}}, nil
}

// OpenExisting opens the store in the folder root. It returns nil if there is no such folder.
func OpenExisting(root string) (*Store, error) {
	if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return OpenStore(root)
}

// Close releases the store's folder. Do not use the store afterwards.
func (s *Store) Close() error { return s.root.Close() }

// Save keeps data as the file of a release, with m as its sidecar, and returns the snapshot. It
// fills in m's hash and size, which must be empty or right; m.Released must be set. Afterwards
// either the whole release is in the store and on the disk, or nothing of it.
//
// If the release is already there with the same bytes, Save returns it and writes nothing. Other
// bytes under the same release are an error, and so are names that SafeName does not allow.
// ErrDamaged means that the release is there but broken.
func (s *Store) Save(source, release, file string, data []byte, m Sidecar) (Snapshot, error) {
	sn := Snapshot{source, release, file, m}
	dir, err := sn.dir()
	if err != nil {
		return Snapshot{}, err
	}
	if err := complete(&sn.Meta, data); err != nil {
		return Snapshot{}, fmt.Errorf("%s: %w", dir, err)
	}
	if have, ok, err := s.existing(sn, dir); ok || err != nil {
		return have, err
	}
	if err := s.root.makeDir(path.Dir(dir)); err != nil {
		return Snapshot{}, err
	}
	tmp := path.Join(path.Dir(dir), temporary+rand.Text())
	if err := s.write(tmp, sn, data); err != nil {
		return Snapshot{}, errors.Join(err, s.root.RemoveAll(tmp))
	}
	if err := s.root.Rename(tmp, dir); err != nil {
		return Snapshot{}, errors.Join(err, s.root.RemoveAll(tmp))
	}
	if err := s.root.sync(path.Dir(dir)); err != nil {
		return Snapshot{}, err
	}
	return sn, nil
}

// HashOf returns the SHA-256 of data as a sidecar has it.
func HashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// complete fills in the hash and size of data.
func complete(m *Sidecar, data []byte) error {
	hash, size := HashOf(data), int64(len(data))
	if m.SHA256 != "" && m.SHA256 != hash || m.Size != 0 && m.Size != size {
		return fmt.Errorf("sidecar is for other bytes: sha256 %q, size %d", m.SHA256, m.Size)
	}
	if m.Released.IsZero() {
		return errors.New("sidecar has no date of release")
	}
	m.SHA256, m.Size = hash, size
	m.RetrievedAt, m.FirstSeen = Seconds(m.RetrievedAt), Seconds(m.FirstSeen)
	return nil
}

// existing returns the release sn if it is in the store with the same bytes.
func (s *Store) existing(sn Snapshot, dir string) (Snapshot, bool, error) {
	if _, err := s.root.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return Snapshot{}, false, nil
	} else if err != nil {
		return Snapshot{}, false, err
	}
	files, err := s.load(sn.Source, sn.Release)
	if err != nil {
		return Snapshot{}, false, err
	}
	have := files[0]
	if have.Meta.SHA256 != sn.Meta.SHA256 || len(files) > 1 {
		return Snapshot{}, false, fmt.Errorf("%s: the release is already kept with other bytes (sha256 %s, now %s); snapshots are never rewritten",
			dir, have.Meta.SHA256, sn.Meta.SHA256)
	}
	if err := s.checkFile(have); err != nil {
		return Snapshot{}, false, err
	}
	return have, true, nil
}

// write creates the folder tmp with the snapshot's two files and syncs it.
func (s *Store) write(tmp string, sn Snapshot, data []byte) error {
	meta, err := encode(sn.Meta, "  ")
	if err != nil {
		return err
	}
	if err := s.root.Mkdir(tmp, folderMode); err != nil {
		return err
	}
	if err := s.root.writeFile(path.Join(tmp, sn.File), data); err != nil {
		return err
	}
	if err := s.root.writeFile(path.Join(tmp, sn.File+sidecarSuffix), meta); err != nil {
		return err
	}
	return s.root.sync(tmp)
}

// Has reports whether the release of a file is kept. file has the form <source>/<release>/<file>.
// Has does not check the bytes; Verify does.
func (s *Store) Has(file string) bool {
	info, err := s.root.Stat(path.Dir(file))
	return err == nil && info.IsDir()
}

// Snapshots returns a source's snapshots sorted by release id. A source without a folder has none.
// A sidecar that is missing or unreadable is an ErrDamaged that names it.
func (s *Store) Snapshots(source string) ([]Snapshot, error) {
	folder, err := folderOf(source)
	if err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(s.root.FS(), folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []Snapshot
	for _, e := range entries { // sorted by name
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		files, err := s.load(source, e.Name())
		if err != nil {
			return nil, err
		}
		all = append(all, files...)
	}
	return all, nil
}

// load reads the sidecars of a release, at least one, sorted by the names of their files.
func (s *Store) load(source, release string) ([]Snapshot, error) {
	folder, err := folderOf(source)
	if err != nil {
		return nil, err
	}
	dir := path.Join(folder, release)
	entries, err := fs.ReadDir(s.root.FS(), dir)
	if err != nil {
		return nil, err
	}
	var all []Snapshot
	for _, e := range entries { // sorted by name, but a.csv.meta.json may come after a.csv.b.meta.json
		f, ok := strings.CutSuffix(e.Name(), sidecarSuffix)
		if !ok {
			continue
		}
		sn := Snapshot{Source: source, Release: release, File: f}
		if err := s.sidecar(&sn); err != nil {
			return nil, err
		}
		all = append(all, sn)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: %w: 0 sidecars *%s, want 1 or more; restore the folder from a backup", dir, ErrDamaged, sidecarSuffix)
	}
	slices.SortFunc(all, func(a, b Snapshot) int { return strings.Compare(a.File, b.File) })
	return all, nil
}

// sidecar reads the sidecar of a snapshot.
func (s *Store) sidecar(sn *Snapshot) error {
	dir, err := sn.dir()
	if err != nil {
		return fmt.Errorf("%s: %w: %w", sn.File+sidecarSuffix, ErrDamaged, err)
	}
	name := path.Join(dir, sn.File+sidecarSuffix)
	b, err := s.root.readFile(name, maxSidecar)
	if err == nil {
		err = json.Unmarshal(b, &sn.Meta)
	}
	if err != nil {
		return fmt.Errorf("%s: %w: %w", name, ErrDamaged, err)
	}
	return nil
}

// Find returns the source's snapshot of the bytes with this hash, and whether there is one. Errors
// are those of Snapshots.
func (s *Store) Find(source, sha256 string) (Snapshot, bool, error) {
	all, err := s.Snapshots(source)
	for _, sn := range all {
		if sn.Meta.SHA256 == sha256 {
			return sn, true, nil
		}
	}
	return Snapshot{}, false, err
}

// Read returns the snapshot's bytes, at most max. ErrTooLarge means that there are more, ErrDamaged
// that they do not match the sidecar.
func (s *Store) Read(sn Snapshot, max int64) ([]byte, error) {
	dir, err := sn.dir()
	if err != nil {
		return nil, err
	}
	name := path.Join(dir, sn.File)
	b, err := s.root.readFile(name, max)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w: %w", name, ErrDamaged, err)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	sum := sha256.Sum256(b)
	if err := checkBytes(name, sn.Meta, int64(len(b)), sum[:]); err != nil {
		return nil, err
	}
	return b, nil
}

// checkBytes returns ErrDamaged unless the size and hash are those of the sidecar.
func checkBytes(name string, m Sidecar, size int64, sum []byte) error {
	if size != m.Size {
		return fmt.Errorf("%s: %w: %d bytes, the sidecar says %d; restore it from a backup", name, ErrDamaged, size, m.Size)
	}
	if h := hex.EncodeToString(sum); h != m.SHA256 {
		return fmt.Errorf("%s: %w: sha256 %s, the sidecar says %s; restore it from a backup", name, ErrDamaged, h, m.SHA256)
	}
	return nil
}
