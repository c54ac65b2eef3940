package microdata

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/atomicfile"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/read/check"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// relay takes in a layout without files. A layout that is pending or was rejected stays so.
func (in *Intake) relay(ctx context.Context, a arrival, newLayout bool, before []delivery) []review.Outcome {
	o := review.Outcome{Source: a.s.ID, File: layout.FileName, Release: registry.LayoutRelease(in.Now(), a.layout), State: review.Known}
	if !newLayout {
		return append([]review.Outcome{o}, in.Restore(ctx, a.s)...)
	}
	if known, err := in.decidedLayout(a, o); err != nil {
		return []review.Outcome{review.Fail(o, err)}
	} else if known != nil {
		return []review.Outcome{*known}
	}
	a.meta.Released = stat.DateOf(in.Now().UTC())
	d := delivery{Release: stat.Release{Source: a.s.ID, ID: o.Release}, Files: []archive.Snapshot{{File: layout.FileName, Meta: a.meta}}}
	return in.takeLayout(ctx, a, d, before, o, func(v review.Verdict) error { return in.storePending(a, nil, d, true, v) })
}

// takeLayout stores a layout that came without files and reads all records by it, unless the layout must wait.
// hold is nil if a person has decided.
func (in *Intake) takeLayout(ctx context.Context, a arrival, d delivery, before []delivery, o review.Outcome, hold func(review.Verdict) error) []review.Outcome {
	list := in.reread(ctx, a.s, before, d, o, actions{func() error { return in.keepLayout(a, true) }, hold})
	if slices.ContainsFunc(list, func(x review.Outcome) bool {
		return x.File == o.File && x.Release == o.Release && (x.Failed() || x.State == review.Pending)
	}) {
		return list
	}
	o.State = review.Added
	return append([]review.Outcome{o}, list...)
}

// reread takes in a layout and rebuilds the records by it, once it is known that all files can be read
// and that their figures need not wait. d is the delivery that waits otherwise.
func (in *Intake) reread(ctx context.Context, s *source.Source, all []delivery, d delivery, o review.Outcome, do actions) []review.Outcome {
	v, err := in.weighLayout(ctx, s, all)
	if err != nil {
		return []review.Outcome{review.Fail(o, err)}
	}
	if held, waits := in.pendIfNeeded(o, d, v, do); waits {
		return []review.Outcome{held}
	}
	return in.acceptAndRestore(ctx, s, o, do)
}

// weighLayout reads all deliveries by a layout into separate folders. It returns how their figures contradict
// each other or what is known now.
func (in *weigher) weighLayout(ctx context.Context, s *source.Source, all []delivery) (v review.Verdict, err error) {
	if len(all) == 0 {
		return v, nil
	}
	dir := filepath.Join(in.Dir.Lake(), atomicfile.TempPrefix+"layout-"+lake.FolderName(s.ID))
	trial := folders{filepath.Join(dir, "events"), filepath.Join(dir, "cube")}
	if err := trial.remove(); err != nil {
		return v, err
	}
	defer func() { err = errors.Join(err, trial.remove()) }()
	all = slices.SortedFunc(slices.Values(all), func(a, b delivery) int { return a.Release.Compare(b.Release) })
	for i, d := range all {
		if err := in.readOnto(ctx, s, d, trial, all[:i]); err != nil {
			return v, err
		}
	}
	margins, err := in.margins(ctx, s, trial)
	if err != nil {
		return v, err
	}
	last := all[len(all)-1].Release
	now, err := s.Records.Observations(margins, &last, s.Records.Since(nil, margins))
	if err != nil {
		return v, err
	}
	if v.Findings, err = check.Weigh(now, s.Records.Findings(margins), s.Checks()); err != nil {
		return v, err
	}
	v.Moves, err = review.Restated(in.Lake, in.Find(s.ID), s, last, now)
	return v, err
}

// readOnto reads a delivery and adds it to the earlier ones in on.
func (in *loading) readOnto(ctx context.Context, s *source.Source, d delivery, on folders, before []delivery) error {
	d, err := in.located(d)
	if err != nil {
		return err
	}
	p, err := in.prepare(ctx, s, d, on, before)
	if err != nil {
		return err
	}
	defer p.abort()
	return in.swapIn(s, p)
}

// decidedLayout returns the outcome of a layout that is already pending or rejected, or nil if it is new.
func (in *weigher) decidedLayout(a arrival, o review.Outcome) (*review.Outcome, error) {
	hash := archive.HashOf(a.layout)
	for _, store := range []*archive.Store{in.Pending, in.Rejected} {
		list, err := store.Snapshots(a.s.ID)
		if err != nil {
			return nil, err
		}
		for _, sn := range registry.FirstFiles(a.s, list) {
			if sn.File != layout.FileName || sn.Meta.SHA256 != hash {
				continue
			}
			if store == in.Rejected {
				o = o.Rejected(&sn)
			} else {
				o = in.Look(a.s, sn)
			}
			return &o, nil
		}
	}
	return nil, nil
}

// keepLayout stores a new layout among the raw files. It stores the default too, so that the raw files say how they
// are read.
func (in *Intake) keepLayout(a arrival, newLayout bool) error {
	if !newLayout {
		return nil
	}
	data := a.layout
	if data == nil {
		data = layout.DefaultText()
	}
	m := archive.Sidecar{RetrievedAt: in.Now(), Released: stat.DateOf(in.Now().UTC()), Added: true, MediaType: "application/json",
		Publisher: a.s.Publisher, Licence: a.s.Licence, Title: a.s.Title}
	_, err := in.Raw.Save(a.s.ID, registry.LayoutRelease(m.RetrievedAt, data), layout.FileName, data, m)
	return err
}
