package microdata

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// Add ingests files of a source of microdata. Together they are one release. layoutFile is the path of a layout for
// tidy-events:<name>; "" means the stored layout or the default. If the layout differs from the stored one, all
// records are read again by it; the release is pending if the figures then contradict what is known. Each outcome but
// the last is about a file that was known.
func (in *Intake) Add(ctx context.Context, id, layoutFile string, files []string, released stat.Date) ([]review.Outcome, error) {
	return in.add(ctx, id, layoutFile, files, released, false)
}

// AddFrom is Add for the folder that bin/beam wrote to: records that other machines have read by the same layout. They
// are judged again here, and their manifest and the rows refused there are kept with them.
func (in *Intake) AddFrom(ctx context.Context, id, layoutFile, dir string, released stat.Date) ([]review.Outcome, error) {
	files, err := clusterFiles(dir)
	if err != nil {
		return nil, err
	}
	return in.add(ctx, id, layoutFile, files, released, true)
}

// add is Add, and AddFrom for the files of a cluster.
func (in *Intake) add(ctx context.Context, id, layoutFile string, files []string, released stat.Date, cluster bool) ([]review.Outcome, error) {
	s := in.Find(id)
	if s == nil || s.Records == nil || layoutFile != "" && !source.IsEvents(id) {
		return nil, fmt.Errorf("%w: a layout is for tidy-events:<name>, not for %q", registry.ErrUsage, id)
	}
	if err := in.CheckReleased(s, released); err != nil {
		return nil, err
	}
	a := arrival{s: s, meta: archive.Sidecar{Released: released, RetrievedAt: in.Now(), Added: true}, cluster: cluster}
	if layoutFile != "" {
		var err error
		if a.layout, err = archive.ReadFile(layoutFile, layout.MaxSize); err != nil {
			return nil, fmt.Errorf("%w: %w", registry.ErrUsage, err)
		}
		l, err := layout.Parse(filepath.Base(layoutFile), a.layout)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", registry.ErrUsage, err)
		}
		a.s = source.Events(id, l)
	}
	for _, file := range files {
		info, err := os.Stat(file)
		if err == nil && !info.Mode().IsRegular() {
			err = fmt.Errorf("%s is not a file", file)
		}
		if err != nil {
			return []review.Outcome{review.Fail(review.Outcome{Source: id, File: filepath.Base(file)}, err)}, nil
		}
		a.files = append(a.files, incoming{filepath.Base(file), info.Size(), func() (io.ReadCloser, error) { return os.Open(file) }})
	}
	return in.arrive(ctx, a), nil
}

// Take ingests the bytes of a fetched file of a source of microdata.
func (in *Intake) Take(ctx context.Context, s *source.Source, name string, data []byte, m archive.Sidecar) review.Outcome {
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	list := in.arrive(ctx, arrival{s: s, meta: m, files: []incoming{{name, int64(len(data)), open}}})
	return list[len(list)-1]
}

// arrival holds files of microdata on their way in.
type arrival struct {
	s      *source.Source
	layout []byte // as given; nil if none was given
	meta   archive.Sidecar
	files  []incoming
	// cluster says that the files are those of clusterFiles. They belong together: the manifest, which comes first,
	// says whether they are known.
	cluster bool
}

type incoming struct {
	name string
	size int64
	open func() (io.ReadCloser, error)
}

// arrive copies files into a staged release, reads them, and stores both the raw files and the records, or neither.
func (in *Intake) arrive(ctx context.Context, a arrival) []review.Outcome {
	kept, err := registry.KeptLayout(in.Raw, a.s.ID)
	if err != nil && a.layout == nil {
		return []review.Outcome{review.Fail(review.Outcome{Source: a.s.ID, File: layout.FileName}, err)}
	}
	before, err := in.deliveries(a.s.ID)
	if err != nil {
		return []review.Outcome{review.Fail(review.Outcome{Source: a.s.ID}, err)}
	}
	newLayout := source.IsEvents(a.s.ID) && (kept == nil || kept.Hash() != a.s.Records.Hash())
	if len(a.files) == 0 {
		return in.relay(ctx, a, newLayout, before)
	}
	staging, err := in.Raw.Stage(a.s.ID)
	if err != nil {
		return []review.Outcome{review.Fail(review.Outcome{Source: a.s.ID}, err)}
	}
	defer staging.Abort() // the next run removes leftovers
	snapshots, known, err := in.stage(ctx, staging, a, before)
	if err != nil {
		return append(known, review.Fail(review.Outcome{Source: a.s.ID, File: a.files[min(len(known)+len(snapshots), len(a.files)-1)].name}, err))
	}
	if len(snapshots) == 0 {
		if slices.ContainsFunc(known, func(o review.Outcome) bool { return o.State == review.Pending }) {
			return known // a layout that came with the pending files is pending too
		}
		if newLayout {
			return append(known, in.relay(ctx, a, newLayout, before)...)
		}
		return append(known, in.Restore(ctx, a.s)...)
	}
	var paths []string
	for _, sn := range snapshots {
		paths = append(paths, staging.Path(sn.File))
	}
	d := newDelivery(a.s.ID, snapshots, paths)
	accept := func() error {
		if err := in.keepLayout(a, newLayout); err != nil {
			return err
		}
		return staging.Commit(d.Release.ID)
	}
	pend := func(v review.Verdict) error { return in.storePending(a, staging, d, newLayout, v) }
	return append(known, in.reviewOrStore(ctx, a.s, d, before, newLayout, actions{accept, pend})...)
}

// reviewOrStore reads a new delivery and stores it, or makes it pending if nobody has decided on it. If the delivery is
// newer than all others, it is added to the records. Otherwise the records are rebuilt, once it is known that all files
// can be read.
func (in *Intake) reviewOrStore(ctx context.Context, s *source.Source, d delivery, before []delivery, newLayout bool, do actions) []review.Outcome {
	o := review.Outcome{Source: s.ID, File: d.Release.File, Release: d.Release.ID}
	live := foldersOf(in.Dir, s.ID)
	loaded, err := in.countLoaded(s, live, before)
	if err != nil {
		return []review.Outcome{review.Fail(o, err)}
	}
	onTop := loaded == len(before) && (len(before) == 0 || !newLayout && before[len(before)-1].Release.Compare(d.Release) < 0)
	if !onTop {
		if loaded < len(before) {
			live = folders{} // incomplete records cannot be compared with
		}
		all := append(slices.Clone(before), d)
		if newLayout {
			return in.reread(ctx, s, all, d, o, do)
		}
		return in.rebuildWith(ctx, s, all, o, do, lateOn{live, before})
	}
	p, err := in.prepare(ctx, s, d, live, before)
	if err != nil {
		return []review.Outcome{review.Fail(o, err)}
	}
	defer p.abort()
	v, err := in.weigh(s, p, do)
	if err != nil {
		return []review.Outcome{review.Fail(o, err)}
	}
	if held, waits := in.pendIfNeeded(o, d, v, do); waits {
		return []review.Outcome{held}
	}
	if err := do.accept(); err != nil {
		return []review.Outcome{review.Fail(o, err)}
	}
	if o = in.commit(s, p); !o.Failed() {
		for _, m := range v.Moves {
			o.Findings = append(slices.Clip(o.Findings), m.Finding())
		}
	}
	return []review.Outcome{o}
}

// rebuildWith stores a delivery that is not the newest and rebuilds the records, once it is known that the delivery can
// be read. It checks the delivery against the records of on.
func (in *Intake) rebuildWith(ctx context.Context, s *source.Source, all []delivery, o review.Outcome, do actions, on lateOn) []review.Outcome {
	for _, d := range all {
		if d.paths == nil {
			continue
		}
		d, err := in.located(d)
		if err != nil {
			return []review.Outcome{review.Fail(o, err)}
		}
		p, err := in.prepare(ctx, s, d, folders{}, nil)
		if err != nil {
			return []review.Outcome{review.Fail(o, err)}
		}
		p.abort()
		v, err := in.weighLate(ctx, s, p, on, do)
		if err != nil {
			return []review.Outcome{review.Fail(o, err)}
		}
		if held, waits := in.pendIfNeeded(o, d, v, do); waits {
			return []review.Outcome{held}
		}
	}
	return in.acceptAndRestore(ctx, s, o, do)
}

// acceptAndRestore accepts what was weighed and rebuilds the records with it.
func (in *Intake) acceptAndRestore(ctx context.Context, s *source.Source, o review.Outcome, do actions) []review.Outcome {
	if err := do.accept(); err != nil {
		return []review.Outcome{review.Fail(o, err)}
	}
	return in.Restore(ctx, s)
}

// stage copies files into a staged release. It leaves out files that are in an earlier release, were rejected or are
// pending, and returns their outcomes.
func (in *Intake) stage(ctx context.Context, g *archive.Staging, a arrival, before []delivery) (out []archive.Snapshot, known []review.Outcome, err error) {
	there := map[string]stat.Release{}
	for _, d := range before {
		for _, f := range d.Files {
			there[f.Meta.SHA256] = d.Release
		}
	}
	rejected, err := in.Rejected.Snapshots(a.s.ID)
	if err != nil {
		return nil, nil, err
	}
	held, err := in.Pending.Snapshots(a.s.ID)
	if err != nil {
		return nil, nil, err
	}
	m := a.meta
	if m.Released, err = a.day(); err != nil {
		return nil, nil, err
	}
	m.FirstSeen, m.Publisher, m.Licence, m.Title = m.RetrievedAt, a.s.Publisher, a.s.Licence, a.s.Title
	meter := in.meter(a)
	for _, f := range a.files {
		m.MediaType = cmp.Or(a.meta.MediaType, archive.MediaType(f.name))
		sn := archive.Snapshot{Source: a.s.ID, File: f.name}
		if sn.Meta, err = in.copyIn(ctx, g, f, a, m, meter); err != nil {
			return out, known, err
		}
		release, is := there[sn.Meta.SHA256]
		if is && !a.cluster && a.reissued(f.name, release, before) {
			last := before[len(before)-1].Release
			sn.Meta.Reissued, sn.Meta.FirstSeen = true, review.Later(m.FirstSeen, last.FirstSeen.Add(time.Second))
			sn.Meta.Released = max(m.Released, last.Vintage)
			if err := g.Amend(f.name, sn.Meta); err != nil {
				return out, known, err
			}
			is = false
		}
		same := func(x archive.Snapshot) bool { return x.Meta.SHA256 == sn.Meta.SHA256 }
		bad, waits := slices.IndexFunc(rejected, same), slices.IndexFunc(held, same)
		if (is || bad >= 0 || waits >= 0) && (!a.cluster || f.name == manifestName) {
			o := review.Outcome{Source: a.s.ID, File: f.name, Release: release.ID, State: review.Known}
			switch {
			case is:
			case bad >= 0:
				o = o.Rejected(&rejected[bad])
			default:
				o = in.Look(a.s, held[waits])
				o.File = f.name
			}
			known = append(known, o)
			if err := g.Drop(f.name); err != nil {
				return out, known, err
			}
			if a.cluster {
				return nil, known, nil
			}
			continue
		}
		there[sn.Meta.SHA256] = stat.Release{}
		out = append(out, sn)
	}
	slices.SortFunc(out, func(a, b archive.Snapshot) int { return cmp.Compare(a.File, b.File) })
	return out, known, nil
}

// day returns the day on which the files were released: the day given, the newest day in their names, or the day of
// retrieval. A day in a name after the retrieval is ignored; for a file added by hand it is an error.
func (a arrival) day() (stat.Date, error) {
	c := check.NewClock(a.meta.RetrievedAt, a.s.Location())
	if !a.meta.Released.IsZero() {
		return a.meta.Released, nil
	}
	var day stat.Date
	for _, f := range a.files {
		named := source.DateInName(f.name)
		if err := c.CheckDay(named); err == nil {
			day = max(day, named)
		} else if a.meta.Added {
			return 0, &decode.Error{File: f.name, Err: fmt.Errorf("the day in its name, %w", err), Hint: registry.ReleasedHint}
		}
	}
	if day.IsZero() {
		day = c.Day
	}
	return day, nil
}

// reissued reports whether a file of an earlier release is published again after newer ones replaced it. A file added by
// hand counts as reissued unless a date says that it is the earlier release.
func (a arrival) reissued(name string, release stat.Release, before []delivery) bool {
	if a.s.Records.Update != layout.Replace || len(before) == 0 || before[len(before)-1].Release.ID == release.ID {
		return false
	}
	if !a.meta.Added {
		return true
	}
	if a.meta.Released.IsZero() {
		return source.DateInName(name).IsZero()
	}
	return a.meta.Released > release.Vintage
}

// copyIn copies one file of an arrival.
func (in *Intake) copyIn(ctx context.Context, g *archive.Staging, f incoming, a arrival, m archive.Sidecar, meter *meter) (archive.Sidecar, error) {
	if _, err := archive.SafeName(f.name); err != nil {
		return m, err
	}
	if f.name == registry.ReasonsFile {
		return m, fmt.Errorf("%w: a file of records cannot be called %s; rename it", registry.ErrUsage, f.name)
	}
	if f.name == layout.FileName {
		return m, fmt.Errorf("%w: a file of records cannot be called %s; a layout goes to --layout", registry.ErrUsage, f.name)
	}
	if f.name == manifestName && !a.cluster {
		return m, fmt.Errorf("%w: a file of records cannot be called %s; add what bin/beam wrote with --from", registry.ErrUsage, f.name)
	}
	r, err := f.open()
	if err != nil {
		return m, err
	}
	defer r.Close()
	return g.Add(f.name, meter.reader(ctx, r), cmp.Or(a.s.Place.MaxBytes, source.MaxRecords), m)
}
