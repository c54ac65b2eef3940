package archive

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"crossings/pipeline/stat"
)

// The kinds of decisions about a release that had come in.
const (
	Withdrawn  = "withdrawn"  // it was taken out of the lake
	Reinstated = "reinstated" // it came in again
	Redated    = "redated"    // its date was corrected
)

// Decision is what an operator decided about a release that had come in. A sidecar keeps all of
// them, oldest first. If a release has two copies, one in data/raw and one among the rejected, the
// copy with more decisions is the newer.
type Decision struct {
	Kind     string    // Withdrawn, Reinstated or Redated
	At       time.Time // when it was decided
	Reason   string    // why it was withdrawn, in the operator's words; "" for other kinds
	Released stat.Date // the release date before the decision
	Releases []string  // the releases in the lake that came from it before the decision
}

// decisionJSON is the JSON form of a Decision.
type decisionJSON struct {
	Kind     string   `json:"kind"`
	At       string   `json:"at"`
	Reason   string   `json:"reason,omitempty"`
	Released string   `json:"released"`
	Releases []string `json:"releases,omitempty"`
}

// MarshalJSON writes the day as YYYY-MM-DD and the time as RFC 3339 in UTC. It does not fail.
func (d Decision) MarshalJSON() ([]byte, error) {
	return encode(decisionJSON{d.Kind, formatTime(d.At), d.Reason, d.Released.String(), d.Releases}, "")
}

// UnmarshalJSON reads what MarshalJSON writes. An unknown kind is an error, because its meaning for
// the release cannot be guessed.
func (d *Decision) UnmarshalJSON(b []byte) error {
	var j decisionJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	if j.Kind != Withdrawn && j.Kind != Reinstated && j.Kind != Redated {
		return fmt.Errorf("decision: kind %q is not known", Short(j.Kind))
	}
	at, err := parseTime(j.At)
	if err != nil {
		return fmt.Errorf("decision: at: %w", err)
	}
	released, err := stat.ParseDate(j.Released)
	if err != nil {
		return fmt.Errorf("decision: released: %w", err)
	}
	*d = Decision{j.Kind, at, j.Reason, released, nilIfEmpty(j.Releases)}
	return nil
}

// nilIfEmpty returns list, or nil if it has no elements.
func nilIfEmpty[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// LastDecision returns the newest decision about the file, or the zero Decision.
func (m Sidecar) LastDecision() Decision {
	if len(m.Decisions) == 0 {
		return Decision{}
	}
	return m.Decisions[len(m.Decisions)-1]
}

// Files returns the files of one release, sorted by name, or none if the release is not kept.
// ErrDamaged means that it is there but broken.
func (s *Store) Files(source, release string) ([]Snapshot, error) {
	dir, err := Snapshot{Source: source, Release: release, File: "x"}.dir()
	if err != nil {
		return nil, err
	}
	if _, err := s.root.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return s.load(source, release)
}

// CopyRelease puts the files of a release in another store into s, under the name release and with
// the sidecars that edit makes from theirs. If the file system has links, the bytes are not copied.
// Afterwards either the whole release is in s and on the disk, or nothing of it. A release that is
// already there with the same bytes stays as it is; other bytes are an error. ErrDamaged means that
// a file does not match its sidecar.
func (s *Store) CopyRelease(from *Store, files []Snapshot, release string, edit func(Sidecar) Sidecar) error {
	if len(files) == 0 {
		return errors.New("a release without files")
	}
	for _, sn := range files {
		if err := from.checkFile(sn); err != nil {
			return err
		}
	}
	g, err := s.Stage(files[0].Source)
	if err != nil {
		return err
	}
	for _, sn := range files {
		if err := g.addFrom(from, sn, edit(sn.Meta)); err != nil {
			return errors.Join(err, g.Abort())
		}
	}
	if err := g.Commit(release); err != nil {
		return errors.Join(err, g.Abort())
	}
	return nil
}

// addFrom adds a file of another store, as a link to the same bytes or as a copy.
func (g *Staging) addFrom(from *Store, sn Snapshot, m Sidecar) error {
	dir, err := sn.dir()
	if err != nil {
		return err
	}
	text, err := encode(m, "  ")
	if err != nil {
		return err
	}
	name := path.Join(dir, sn.File)
	if os.Link(filepath.Join(from.root.Name(), filepath.FromSlash(name)), g.Path(sn.File)) != nil {
		f, size, err := from.root.open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if _, _, err := g.copy(sn.File, f, size); err != nil {
			return err
		}
	}
	sn.Meta = m
	g.files = append(g.files, sn)
	return g.store.root.writeFile(path.Join(g.tmp, sn.File+sidecarSuffix), text)
}

// Discard removes a release from a store, whole or not at all. It is for pending releases, and for
// a release of data/raw that is now kept elsewhere. A release that is not there is no error.
func (s *Store) Discard(source, release string) error {
	dir, err := Snapshot{Source: source, Release: release, File: "x"}.dir()
	if err != nil {
		return err
	}
	tmp := path.Join(path.Dir(dir), temporary+rand.Text())
	if err := s.root.Rename(dir, tmp); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	return errors.Join(s.root.sync(path.Dir(dir)), s.root.RemoveAll(tmp))
}
