package pipeline

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"crossings/pipeline/atomicfile"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/publish/picture"
	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The kinds of failure that a command reports with an exit status of its own.
var (
	// ErrUsage means that the command line or the configuration is wrong.
	ErrUsage = errors.New("usage")
	// ErrLocked means that another run holds the lock.
	ErrLocked = errors.New("another run holds the lock")
)

// Config is the outside world as parameters.
type Config struct {
	Data    string // the data folder; raw/ and out/ are below it
	Sources []*source.Source
	Client  *fetch.Client
	Now     func() time.Time
	Log     *slog.Logger
	// Pictures draws the charts; nil keeps them in the data folder. Whoever gives it
	// prunes it.
	Pictures *picture.Renderer
	// Gate says which releases wait until they are accepted or rejected; the zero value
	// is the default gate.
	Gate check.Gate
	// Dry asks publishers, and reads and checks what they serve, but keeps nothing of it and
	// notes nothing. It is for Ingest.Run, and does not look at records.
	Dry bool
	// Progress is told how far a file of records is, now and then; or nil.
	Progress func(Progress)
	// KeptFrom is how many bytes the files of a first release of records have from which on what is read of them
	// is kept until all is, so that an interrupted run goes on; 0 is 2 GiB.
	KeptFrom int64
	// Begun is called when the data folder is taken for what is to be done, or nil.
	Begun func()
	// MaxAge is how old the last success of each job may be before Notify tells of it; nil
	// is watch.MaxAge.
	MaxAge map[string]time.Duration
	Base   string // the public address of the site, see ParseBase; "" where it is not known
	// Out is the folder for a site as of a day in the past; "" is one below the data folder.
	Out string
	// AllowFewer lets Publish leave out releases that it would not publish otherwise.
	AllowFewer bool
	// AllowOlder lets Upload put a site over a newer one.
	AllowOlder bool

	overlay string // a lake in place of the data folder's, with what waits in it; see DiffReview
}

func (c Config) raw() string        { return filepath.Join(c.Data, "raw") }
func (c Config) claims() string     { return filepath.Join(c.raw(), "claims") }
func (c Config) out() string        { return filepath.Join(c.Data, "out") }
func (c Config) site() string       { return filepath.Join(c.out(), "site") }
func (c Config) editions() string   { return filepath.Join(c.out(), "releases") }
func (c Config) pictures() string   { return filepath.Join(c.out(), "cache", "pictures") }
func (c Config) ledgers() string    { return filepath.Join(c.out(), "cache", "ledgers") }
func (c Config) stand() string      { return filepath.Join(c.out(), "cache", "site") }
func (c Config) nextStand() string  { return c.stand() + ".next" }
func (c Config) asOfSites() string  { return filepath.Join(c.out(), "as-of") }
func (c Config) shards() string     { return filepath.Join(c.out(), "cache", "shards") }
func (c Config) trouble() string    { return filepath.Join(c.out(), "status") }
func (c Config) lakeDir() string    { return filepath.Join(c.out(), "lake") }
func (c Config) lake() *lake.Lake   { return lake.Open(cmp.Or(c.overlay, c.lakeDir())) }
func (c Config) refused() string    { return filepath.Join(c.out(), "quarantine", "files") }
func (c Config) held() string       { return filepath.Join(c.out(), "review") }
func (c Config) rejected() string   { return filepath.Join(c.raw(), "rejected") }
func (c Config) lockFile() string   { return filepath.Join(c.out(), ".lock") }
func (c Config) stagedSite() string { return filepath.Join(c.out(), atomicfile.TempPrefix+"site") }

// find returns the source called id, or nil. Figures and records of anyone's own need
// no registration: tidy:<name> and tidy-events:<name> are sources by their names.
func (c Config) find(id string) *source.Source {
	if i := slices.IndexFunc(c.Sources, func(s *source.Source) bool { return s.ID == id }); i >= 0 {
		return c.Sources[i]
	}
	if !source.IsOwn(id) {
		return nil
	}
	return c.own(id, 0)
}

// own returns a source that needs no registration as it was described at the end of the day asOf; see
// tidy. A layout that cannot be read is reported where the records are taken in.
func (c Config) own(id string, asOf stat.Date) *source.Source {
	if source.IsTidy(id) {
		return c.tidy(id, asOf)
	}
	l := layout.Default()
	if store, err := archive.OpenStore(c.raw()); err == nil {
		defer store.Close()
		if kept, err := keptLayout(store, id); err == nil && kept != nil {
			l = kept
		}
	}
	return source.Events(id, l)
}

// tidy returns the source of anyone's own figures as its newest file known at the
// end of the day asOf describes it; the zero date means the newest of all.
func (c Config) tidy(id string, asOf stat.Date) *source.Source {
	var meta archive.Sidecar
	// What cannot be read is reported where the snapshots are used; here it only leaves
	// the source without a title.
	snapshots, _ := c.snapshots(id)
	for _, sn := range snapshots {
		if (asOf.IsZero() || sn.Meta.Released <= asOf) && sn.Meta.Released >= meta.Released {
			meta = sn.Meta
		}
	}
	return source.Tidy(id, meta.Title, meta.Publisher, meta.Licence)
}

// snapshots returns the files of a source that are taken, with an overlay those that
// wait too.
func (c Config) snapshots(id string) ([]archive.Snapshot, error) {
	store, err := archive.OpenStore(c.raw())
	if err != nil {
		return nil, err
	}
	defer store.Close()
	out, err := store.Snapshots(id)
	if err != nil || c.overlay == "" {
		return out, err
	}
	held, err := c.heldOf(id)
	return append(out, held...), err
}

// sources returns the registered sources, and those of anyone's own figures of
// which the lake has a release that was known at the end of the day asOf; the zero
// date means any.
func (c Config) sources(asOf stat.Date) ([]*source.Source, error) {
	known, err := c.lake().Sources()
	if err != nil {
		return nil, err
	}
	all := slices.Clone(c.Sources)
	for _, id := range known {
		if !source.IsOwn(id) {
			continue
		}
		entries, err := c.lake().Entries(id)
		if err != nil || slices.ContainsFunc(entries, func(e lake.Entry) bool { return asOf.IsZero() || e.Vintage <= asOf }) {
			all = append(all, c.own(id, asOf)) // an entry that cannot be read is reported with its source
		}
	}
	return all, nil
}

// Lock takes the lock on the data folder and mends what a killed run left
// behind. The caller calls release when done. It does not wait: where another
// run holds the lock the error is ErrLocked. The system drops the lock of a
// process that has died.
func (c Config) Lock() (release func(), err error) {
	if err := os.MkdirAll(c.out(), 0o755); err != nil {
		return nil, err
	}
	lock := flock.New(c.lockFile())
	held, err := lock.TryLock()
	if err != nil {
		return nil, err
	}
	if !held {
		return nil, ErrLocked
	}
	release = func() { lock.Unlock() } // closing the file cannot lose data
	if err := errors.Join(atomicfile.Recover(c.site()), c.recoverStand(), atomicfile.Sweep(c.out(), c.whole), atomicfile.Sweep(c.raw(), c.whole)); err != nil {
		release()
		return nil, err
	}
	if c.Begun != nil {
		c.Begun()
	}
	return release, nil
}

// whole reports whether a folder came to where it is as a whole: a site, a data version.
// There are ever more of these.
func (c Config) whole(path string) bool {
	return path == c.site() || filepath.Dir(path) == c.editions() || filepath.Dir(path) == c.asOfSites()
}

// How long, and how often, a scheduled job waits for the lock.
const (
	lockPatience = 15 * time.Minute
	lockPause    = 5 * time.Second
)

// WhenFree calls do, and again while it ends with ErrLocked, for up to a quarter
// of an hour: two schedules on one data folder wait for one another.
func (c Config) WhenFree(ctx context.Context, do func() error) error {
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
