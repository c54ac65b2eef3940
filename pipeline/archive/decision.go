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

// The kinds of decisions about a release that had been taken in.
const (
	Withdrawn  = "withdrawn"  // it was taken out
	Reinstated = "reinstated" // it was taken in again
	Redated    = "redated"    // it had another date
)

// Decision is what an operator decided about a release that had been taken in. A
// sidecar keeps all of them, the oldest first. Of two copies of a release, one in
// data/raw and one among the rejected, that with more decisions is the newer.
type Decision struct {
	Kind     string    // Withdrawn, Reinstated or Redated
	At       time.Time // when it was decided
	Reason   string    // why it was withdrawn, in the operator's words; else ""
	Released stat.Date // the date that it had until then
	Releases []string  // the releases in the lake that came from it until then
}

// decisionJSON is the form of a Decision in JSON.
type decisionJSON struct {
	Kind     string   `json:"kind"`
	At       string   `json:"at"`
	Reason   string   `json:"reason,omitempty"`
	Released string   `json:"released"`
	Releases []string `json:"releases,omitempty"`
}

// MarshalJSON writes the day as YYYY-MM-DD and the time as RFC 3339 in UTC. It does not fail.
func (d Decision) MarshalJSON() ([]byte, error) {
	return encode(decisionJSON{d.Kind, stamp(d.At), d.Reason, d.Released.String(), d.Releases}, "")
}

// UnmarshalJSON reads what MarshalJSON writes. A kind that is not known is an error:
// what it would mean for the release is not guessed.
func (d *Decision) UnmarshalJSON(b []byte) error {
	var j decisionJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	if j.Kind != Withdrawn && j.Kind != Reinstated && j.Kind != Redated {
		return fmt.Errorf("decision: kind %q is not known", Short(j.Kind))
	}
	at, err := parseStamp(j.At)
	if err != nil {
		return fmt.Errorf("decision: at: %w", err)
	}
	released, err := stat.ParseDate(j.Released)
	if err != nil {
		return fmt.Errorf("decision: released: %w", err)
	}
	*d = Decision{j.Kind, at, j.Reason, released, noneIfEmpty(j.Releases)}
	return nil
}

// noneIfEmpty returns a list, and nil for one without elements.
func noneIfEmpty[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// Decided returns the newest decision about the file, or the zero Decision.
func (m Sidecar) Decided() Decision {
	if len(m.Decisions) == 0 {
		return Decision{}
	}
	return m.Decisions[len(m.Decisions)-1]
}

// Files returns the files of one release, in order of their names, and none where it
// is not kept. ErrDamaged means that it is there but broken.
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

// Take puts the files of a release that another store keeps into s, under the name
// release and with the sidecars that edit makes of theirs. The bytes are not copied where
// the file system has links. Either the whole release is in s afterwards and on the disk,
// or nothing of it. Where it is there already with the same bytes, it stays as it is;
// other bytes are an error, and ErrDamaged means that a file is not what its sidecar says.
func (s *Store) Take(from *Store, files []Snapshot, release string, edit func(Sidecar) Sidecar) error {
	if len(files) == 0 {
		return errors.New("a release without files")
	}
	for _, sn := range files {
		if err := from.intact(sn); err != nil {
			return err
		}
	}
	g, err := s.Stage(files[0].Source)
	if err != nil {
		return err
	}
	for _, sn := range files {
		if err := g.take(from, sn, edit(sn.Meta)); err != nil {
			return errors.Join(err, g.Abort())
		}
	}
	if err := g.Commit(release); err != nil {
		return errors.Join(err, g.Abort())
	}
	return nil
}

// take adds a file of another store, as a link to the same bytes or as a copy.
func (g *Staging) take(from *Store, sn Snapshot, m Sidecar) error {
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
		f, size, err := from.open(name)
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
	return g.store.writeFile(path.Join(g.tmp, sn.File+sidecarSuffix), text)
}

// Discard takes a release out of a store, whole or not at all. It is for files that wait
// for a decision, and for a release of data/raw that is kept elsewhere by then. One that is
// not there is no error.
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
	return errors.Join(s.sync(path.Dir(dir)), s.root.RemoveAll(tmp))
}
