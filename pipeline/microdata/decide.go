package microdata

import (
	"context"
	"errors"
	"os"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// AsOfDay returns the release that some files would be if it were dated another day. The error
// says why the files cannot be read.
func (in *Intake) AsOfDay(ctx context.Context, s *source.Source, files []archive.Snapshot, day stat.Date) (stat.Release, error) {
	files = slices.Clone(files)
	for i := range files {
		files[i].Meta.Released = day
	}
	d, err := in.located(newDelivery(s.ID, files, nil))
	if err != nil {
		return stat.Release{}, err
	}
	p, err := in.prepare(ctx, s, d, folders{}, nil)
	if err != nil {
		return stat.Release{}, err // under its present date the release can be read
	}
	p.abort()
	return d.Release, nil
}

// Reinstate takes in a rejected or withdrawn release of microdata again.
func (in *Intake) Reinstate(s *source.Source, sn archive.Snapshot, back func(archive.Sidecar) archive.Sidecar) (review.Outcome, error) {
	o := review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release}
	files, err := in.Rejected.Files(s.ID, sn.Release)
	if err == nil {
		err = in.Raw.CopyRelease(in.Rejected, files, sn.Release, back)
	}
	if err != nil {
		return review.Fail(o, err), nil
	}
	if err := in.Rejected.Discard(s.ID, sn.Release); err != nil {
		return o, err
	}
	for _, x := range in.Restore(context.Background(), s) {
		if x.Failed() || x.Release == sn.Release {
			o = x
		}
	}
	return o, nil
}

// Empty removes the records of a source if they were built only from the release that goes. If
// there are other releases, Restore builds the records again.
func (in *loading) Empty(id, folder string) error {
	s := in.Find(id)
	if s == nil || s.Records == nil {
		return nil
	}
	all, err := in.deliveries(id)
	if err != nil || slices.ContainsFunc(all, func(d delivery) bool { return d.Release.ID != folder }) {
		return err
	}
	live := foldersOf(in.Dir, id)
	st, err := readLoaded(live.events)
	if err != nil || slices.ContainsFunc(st.Releases, func(r string) bool { return r != folder }) {
		return nil // ingest verify reports what is wrong with the records
	}
	return errors.Join(os.RemoveAll(live.events), os.RemoveAll(live.cube), rebuildOf(in.Dir, id).remove())
}
