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

// Session is the folders of one run on a data folder, open, with the rules that the run
// follows. The run holds the lock.
type Session struct {
	Registry
	Raw      *archive.Store // the files as they were served
	Invalid  *archive.Store // downloaded, and could not be read
	Pending  *archive.Store // waiting for a person
	Rejected *archive.Store // rejected or withdrawn by that person
	Lake     *lake.Lake
	Gate     check.Gate
	Now      func() time.Time
}

// OpenSession opens the folders of files and the lake. Close closes them.
func OpenSession(r Registry, gate check.Gate, now func() time.Time) (*Session, error) {
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

// Close closes the folders of files.
func (s *Session) Close() {
	for _, store := range []*archive.Store{s.Raw, s.Invalid, s.Pending, s.Rejected} {
		if store != nil {
			store.Close()
		}
	}
}

// Today returns the day that it is for a source's publisher.
func (s *Session) Today(of *source.Source) stat.Date {
	return stat.DateOf(s.Now().In(of.Location()))
}

// CheckReleased returns an error wrapping ErrUsage for a release date that is given and
// cannot be that of a file that is there today. The zero date is not given.
func (s *Session) CheckReleased(of *source.Source, released stat.Date) error {
	if err := check.NewClock(s.Now(), of.Location()).CheckDay(released); err != nil {
		return fmt.Errorf("%w: --released: %w", ErrUsage, err)
	}
	return nil
}

// RedateHint says what to do about a release with a date that cannot be.
const RedateHint = "give the release its right date: ingest redate SOURCE RELEASE DATE; or take it out: ingest withdraw SOURCE RELEASE --reason TEXT"

// ReleasedHint says what to do about a file whose own date is not believed.
const ReleasedHint = "give the day on which it was released: --released DATE"
