package ingest

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/ingest/turn"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata"
	"crossings/pipeline/read/check"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// Ingest is one run of the ingest side. Open makes it; Close must end it.
type Ingest struct {
	Reviewer
	downloads downloader
	floor     *turn.Floor
	within    time.Duration
	close     func()
}

// intake brings files of figures into data/raw and the lake.
type intake struct {
	*registry.Session
	micro     *microdata.Intake
	Dry       bool // read and check, but keep nothing
	rereadAll bool // read the current file whatever the lake has of it
}

// restorer brings the lake in line with data/raw, and saves the state of each source.
type restorer struct{ intake }

// Reviewer carries out what a person decides about a release.
type Reviewer struct{ restorer }

// Options configure a run of the ingest side.
type Options struct {
	registry.Registry
	Client *fetch.Client
	Now    func() time.Time
	// Gate says which releases wait for a person. The zero value is the default gate.
	Gate check.Gate
	// Dry makes Run download and check, but keep nothing. A dry run does not read microdata.
	Dry bool
	// Progress is called now and then with how far a file of microdata has been read, by one
	// goroutine at a time; nil for no calls.
	Progress func(microdata.Progress)
	// ResumeAbove is the input size in bytes from which a first release of microdata keeps
	// its finished shards, so that an interrupted run can resume. Zero means 2 GiB.
	ResumeAbove int64
	// Within is the time in which Run begins with sources; the next run begins with those that are
	// left. Zero means no limit.
	Within time.Duration
	// Begun is called once the lock is held; nil for no call.
	Begun func()
}

// Open takes the lock and returns a run. Its error is ErrLocked if another run holds the lock.
func Open(o Options) (*Ingest, error) {
	release, err := o.Dir.Lock(o.Begun)
	if err != nil {
		return nil, err
	}
	session, err := registry.OpenSession(o.Registry, o.Gate, o.Now)
	if err != nil {
		release()
		return nil, err
	}
	micro := microdata.NewIntake(session, o.Progress, o.ResumeAbove)
	in := &Ingest{Reviewer: Reviewer{restorer{intake{Session: session, micro: micro, Dry: o.Dry}}}, floor: &turn.Floor{}, within: o.Within, close: release}
	in.downloads = downloader{&in.intake, o.Client, in.floor}
	if err := in.Lake.Prune(); err != nil && !errors.Is(err, lake.ErrDamaged) { // damage is reported with its source
		in.Close()
		return nil, err
	}
	if err := errors.Join(in.SweepExcluded(), in.finishDecisions()); err != nil {
		in.Close()
		return nil, err
	}
	return in, nil
}

// Close ends the run and releases the lock.
func (in *Ingest) Close() {
	if err := in.SweepExcluded(); err != nil {
		in.Log.Warn("lists of excluded rows could not be removed; the next run tries again", "error", err)
	}
	if err := in.finishDecisions(); err != nil {
		in.Log.Warn("files that were decided on could not be removed; the next run tries again", "error", err)
	}
	in.Session.Close()
	in.close()
}

// Add ingests files given by hand, in this order. released is the release date of files that state none.
// One bad file does not stop the others.
func (in *Ingest) Add(ctx context.Context, id string, files []string, released stat.Date) ([]review.Outcome, error) {
	s, err := in.Lookup(id)
	if err != nil {
		return nil, err
	}
	if s.Records != nil {
		return in.micro.Add(ctx, id, "", files, released)
	}
	return in.addFiles(ctx, s, files, released)
}

// addFiles ingests files of figures, in the order given.
func (in *Ingest) addFiles(ctx context.Context, s *source.Source, files []string, released stat.Date) ([]review.Outcome, error) {
	if err := in.CheckReleased(s, released); err != nil {
		return nil, err
	}
	var out []review.Outcome
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		started := in.Now()
		o := in.addFile(s, file, released)
		o.Took = in.Now().Sub(started)
		out = append(out, o)
	}
	return out, nil
}

func (in *Ingest) addFile(s *source.Source, file string, released stat.Date) review.Outcome {
	name := filepath.Base(file)
	data, err := archive.ReadFile(file, s.Place.MaxBytes)
	if err != nil {
		return review.Fail(review.Outcome{Source: s.ID, File: name}, err)
	}
	return in.ingestFile(s, name, data, archive.Sidecar{Released: released, RetrievedAt: in.Now(), Added: true}, false)
}

// Waits reports whether a source should have a release today, by its own calendar, that is neither
// in the lake nor pending.
func (in *Ingest) Waits(s *source.Source) bool {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return false // its schedule has been reported as wrong
	}
	last, err := in.lastRelease(s.ID)
	if err != nil {
		return false // reported by Run
	}
	return s.Due(last, stat.DateOf(in.Now().In(zone)))
}

// Run restores what the lake lacks of the snapshots, then fetches each source's newest file and
// ingests it. ids names the sources; none means all that have an address. Retired sources are not
// fetched. One bad source never stops the others.
func (in *Ingest) Run(ctx context.Context, ids []string) ([]review.Outcome, error) {
	sources, err := in.sources()
	if err != nil {
		return nil, err
	}
	if len(ids) > 0 {
		sources = nil
		for _, id := range ids {
			s, err := in.Lookup(id)
			if err != nil {
				return nil, err
			}
			sources = append(sources, s)
		}
	}
	ctx, forget := fetch.Remembering(ctx)
	defer forget()
	left := turn.Left(in.Dir.Cache("left"))
	out, err := in.runLines(ctx, left.First(sources))
	if in.Dry {
		return out, err
	}
	var rest []string
	for _, o := range out {
		if o.State == review.Left {
			rest = append(rest, o.Source)
		}
	}
	return out, errors.Join(err, left.Keep(sources, rest))
}

// runSource restores and fetches one source, and saves its state. list is what was done to it before.
func (in *Ingest) runSource(ctx context.Context, s *source.Source, list []review.Outcome) ([]review.Outcome, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	started := in.Now()
	if !in.Dry {
		list = append(list, in.restore(ctx, s)...)
	}
	if !slices.ContainsFunc(list, review.Outcome.Failed) && s.Place.Given() && !s.IsRetired(stat.DateOf(in.Now().UTC())) {
		list = append(list, in.downloads.fetch(ctx, s)...)
	}
	if err := ctx.Err(); err != nil {
		return list, err // cancellation is not a fault of the source
	}
	if !in.Dry {
		list = in.record(s, list)
	}
	if len(list) > 0 {
		list[len(list)-1].Took = in.Now().Sub(started)
	}
	return list, nil
}

// sources returns the registered sources, and those of one's own figures that have a snapshot or a
// release.
func (in *Ingest) sources() ([]*source.Source, error) {
	out, err := in.All(0)
	if err != nil {
		return nil, err
	}
	stored, err := in.Raw.Sources()
	if err != nil {
		return nil, err
	}
	declared, err := in.DeclaredTables()
	if err != nil {
		return nil, err
	}
	stored = append(stored, declared...)
	for _, id := range stored {
		if source.IsOwn(id) && !slices.ContainsFunc(out, func(s *source.Source) bool { return s.ID == id }) {
			out = append(out, in.Own(id, 0))
		}
	}
	return out, nil
}

// AddMicrodata ingests one release of microdata. See Intake.Add.
func (in *Ingest) AddMicrodata(ctx context.Context, id, layoutFile string, files []string, released stat.Date) ([]review.Outcome, error) {
	return in.micro.Add(ctx, id, layoutFile, files, released)
}

// AddMicrodataFrom ingests the folder that bin/beam wrote to. See Intake.AddFrom.
func (in *Ingest) AddMicrodataFrom(ctx context.Context, id, layoutFile, dir string, released stat.Date) ([]review.Outcome, error) {
	return in.micro.AddFrom(ctx, id, layoutFile, dir, released)
}
