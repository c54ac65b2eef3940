package registry

import (
	"fmt"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// Session is one run on a data folder: the open folders and the rules that the run follows. The run
// holds the lock.
type Session struct {
	Registry
	Raw      *archive.Store // files as served
	Invalid  *archive.Store // downloaded files that could not be read
	Pending  *archive.Store // files that wait for a person
	Rejected *archive.Store // files that a person rejected or withdrew
	Lake     *lake.Lake
	Gate     check.Gate
	Now      func() time.Time
}

// OpenSession opens the stores of files and the lake, and reads the operator's label lists. Close closes them.
func OpenSession(r Registry, gate check.Gate, now func() time.Time) (*Session, error) {
	var err error
	if r.Lists, err = r.ReadLists(); err != nil {
		return nil, err
	}
	s := &Session{Registry: r, Lake: r.OpenLake(), Gate: gate, Now: now}
	for _, x := range []struct {
		store **archive.Store
		dir   string
	}{{&s.Raw, r.Dir.Raw()}, {&s.Invalid, r.Dir.Invalid()}, {&s.Pending, r.Dir.Pending()}, {&s.Rejected, r.Dir.Rejected()}} {
		var err error
		if *x.store, err = archive.OpenStore(x.dir); err != nil {
			s.Close()
			return nil, err
		}
	}
	return s, nil
}

// Close closes the stores of files.
func (s *Session) Close() {
	for _, store := range []*archive.Store{s.Raw, s.Invalid, s.Pending, s.Rejected} {
		if store != nil {
			store.Close()
		}
	}
}

// Today returns the current day in the time zone of a source's publisher.
func (s *Session) Today(of *source.Source) stat.Date {
	return stat.DateOf(s.Now().In(of.Location()))
}

// CheckReleased returns an error wrapping ErrUsage for a given release date that is not possible
// for a file that is here today. The zero date passes.
func (s *Session) CheckReleased(of *source.Source, released stat.Date) error {
	if err := check.NewClock(s.Now(), of.Location()).CheckDay(released); err != nil {
		return fmt.Errorf("%w: --released: %w", ErrUsage, err)
	}
	return nil
}

// RedateHint is the hint about a release with an impossible date.
const RedateHint = "give the release its right date: ingest redate SOURCE RELEASE DATE; or take it out: ingest withdraw SOURCE RELEASE --reason TEXT"

// ReleasedHint is the hint about a file whose own date is not believed.
const ReleasedHint = "give the day on which it was released: --released DATE"
