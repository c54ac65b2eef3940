package datadir

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"crossings/pipeline/hint"

	"github.com/gofrs/flock"

	"crossings/pipeline/atomicfile"
)

// ErrLocked means that another run holds the lock.
var ErrLocked = hint.New("another run holds the lock", "wait until it has ended; the lock of a process that died is dropped by the system")

// Dir is the path of a data folder, with raw/ and out/ below it. Its methods return the
// paths of what the folder holds; none of them has to exist.
type Dir string

// Path returns the folder itself.
func (d Dir) Path() string { return string(d) }

// Raw returns the folder of the files as they were served.
func (d Dir) Raw() string { return filepath.Join(string(d), "raw") }

// Claims returns the folder of claims that others made.
func (d Dir) Claims() string { return filepath.Join(d.Raw(), "claims") }

// Announced returns the folder of announced release dates.
func (d Dir) Announced() string { return filepath.Join(d.Raw(), "announced") }

// Layouts returns the folder with the layouts of sources without code.
func (d Dir) Layouts() string { return filepath.Join(string(d), "layouts") }

// Rejected returns the folder of files that a person rejected or withdrew.
func (d Dir) Rejected() string { return filepath.Join(d.Raw(), "rejected") }

// Labels returns the folder of the operator's label lists. Only the operator writes to it.
func (d Dir) Labels() string { return filepath.Join(string(d), "labels") }

// Out returns the folder of everything that the programs make.
func (d Dir) Out() string { return filepath.Join(string(d), "out") }

// Lake returns the folder of observations and microdata.
func (d Dir) Lake() string { return filepath.Join(d.Out(), "lake") }

// Pending returns the folder of files that wait for a person.
func (d Dir) Pending() string { return filepath.Join(d.Out(), "review") }

// Invalid returns the folder of downloaded files that could not be read.
func (d Dir) Invalid() string { return filepath.Join(d.Out(), "quarantine", "files") }

// ExcludedRows returns the folder of rows that were left out of a release.
func (d Dir) ExcludedRows() string { return filepath.Join(d.Out(), "quarantine", "rows") }

// Status returns the folder that keeps the state of each source.
func (d Dir) Status() string { return filepath.Join(d.Out(), "status") }

// Runs returns the folder that notes the runs of jobs. The notes hold times of day, and
// nothing that is published is made from them.
func (d Dir) Runs() string { return filepath.Join(d.Out(), "runs") }

// Site returns the folder of the published site.
func (d Dir) Site() string { return filepath.Join(d.Out(), "site") }

// StagedSite returns the folder in which the next site is rendered.
func (d Dir) StagedSite() string { return filepath.Join(d.Out(), atomicfile.TempPrefix+"site") }

// AsOfSites returns the folder of sites as of a day in the past.
func (d Dir) AsOfSites() string { return filepath.Join(d.Out(), "as-of") }

// Editions returns the folder of published editions.
func (d Dir) Editions() string { return filepath.Join(d.Out(), "releases") }

// Embargo returns the folder of an edition that waits for its time.
func (d Dir) Embargo() string { return filepath.Join(d.Out(), "embargo") }

// Cache returns a folder of what can be made again, by its name.
func (d Dir) Cache(name string) string { return filepath.Join(d.Out(), "cache", name) }

// Lock takes the lock on the data folder and mends what a killed run left behind. The
// caller calls release when done. It returns ErrNewer if a newer program wrote to the folder. Lock does not wait: if another run holds the lock, the
// error is ErrLocked. The system drops the lock of a process that has died. begun is
// called once the lock is taken; it may be nil.
func (d Dir) Lock(begun func()) (release func(), err error) {
	if err := os.MkdirAll(d.Out(), 0o755); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(d.Out(), ".lock"))
	held, err := lock.TryLock()
	if err != nil {
		return nil, err
	}
	if !held {
		return nil, ErrLocked
	}
	release = func() { lock.Unlock() } // closing the file cannot lose data
	if err := raiseFormat(d.formatFile()); err != nil {
		release()
		return nil, err
	}
	if err := errors.Join(atomicfile.Recover(d.Site()), atomicfile.Sweep(d.Out(), d.isAtomicDir), atomicfile.Sweep(d.Raw(), d.isAtomicDir)); err != nil {
		release()
		return nil, err
	}
	if begun != nil {
		begun()
	}
	return release, nil
}

// isAtomicDir reports whether a folder is put in place as a whole: a site or an edition.
// Their number grows, and Sweep need not look into them.
func (d Dir) isAtomicDir(path string) bool {
	return path == d.Site() || filepath.Dir(path) == d.Editions() || filepath.Dir(path) == d.AsOfSites()
}

// How long, and how often, a scheduled job waits for the lock.
const (
	lockPatience = 15 * time.Minute
	lockPause    = 5 * time.Second
)

// WhenFree calls do, and again while it ends with ErrLocked, for up to a quarter of an
// hour: two schedules on one data folder wait for each other.
func WhenFree(ctx context.Context, do func() error) error {
	deadline := time.Now().Add(lockPatience)
	for {
		err := do()
		if !errors.Is(err, ErrLocked) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lockPause):
		}
	}
}
