package microdata

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// delivery is a raw release of microdata: one or more files that came together.
type delivery struct {
	Release stat.Release
	Files   []archive.Snapshot // sorted by name
	paths   []string           // of Files; nil until located
}

// newDelivery groups files into a delivery. A release of several files is identified by the hash of
// their hashes. Its FirstSeen is the time of arrival, which orders the releases of one day.
func newDelivery(id string, files []archive.Snapshot, paths []string) delivery {
	m := files[0].Meta
	r := stat.Release{Source: id, Vintage: m.Released, FirstSeen: m.FirstSeen, File: files[0].File, SHA256: m.SHA256}
	if len(files) > 1 {
		h := sha256.New()
		for _, f := range files {
			fmt.Fprintln(h, f.Meta.SHA256)
		}
		r.SHA256 = hex.EncodeToString(h.Sum(nil))
		r.File = fmt.Sprintf("%s and %d more", r.File, len(files)-1)
	}
	again := false
	for _, f := range files {
		if f.Meta.Reissued {
			again, r.Vintage, r.FirstSeen = true, max(r.Vintage, f.Meta.Released), review.Later(r.FirstSeen, f.Meta.FirstSeen)
		}
	}
	r.ID = stat.NewReleaseID(r.Vintage, r.SHA256)
	if again {
		r.ID = review.ReissueID(r)
	}
	return delivery{r, files, paths}
}

// ReleaseOf returns the release that the files of a source make up together.
func ReleaseOf(id string, files []archive.Snapshot) stat.Release {
	return newDelivery(id, files, nil).Release
}

// raw returns the reference to the delivery that the lake stores.
func (d delivery) raw() lake.Raw {
	return lake.Raw{File: lake.RawFile(d.Release.Source, d.Release.ID, d.Release.File),
		Reissued: slices.ContainsFunc(d.Files, func(f archive.Snapshot) bool { return f.Meta.Reissued })}
}

// deliveries returns the raw releases of a source of microdata, oldest first, without their paths.
func (in *loading) deliveries(id string) ([]delivery, error) {
	snapshots, err := in.Raw.Snapshots(id)
	if err != nil {
		return nil, err
	}
	var out []delivery
	for len(snapshots) > 0 {
		n := 1
		for n < len(snapshots) && snapshots[n].Release == snapshots[0].Release {
			n++
		}
		if snapshots[0].File != layout.FileName {
			out = append(out, newDelivery(id, snapshots[:n], nil))
		}
		snapshots = snapshots[n:]
	}
	slices.SortFunc(out, func(a, b delivery) int { return a.Release.Compare(b.Release) })
	return out, nil
}

// Restore takes in the deliveries that the records lack, in order: after a kill, after data/out was
// deleted, or after a delivery came in between others. It continues where an interrupted run ended.
func (in *loading) Restore(ctx context.Context, s *source.Source) []review.Outcome {
	fail := func(err error) []review.Outcome {
		return []review.Outcome{review.Fail(review.Outcome{Source: s.ID}, err)}
	}
	if source.IsEvents(s.ID) {
		if kept, err := registry.KeptLayout(in.Raw, s.ID); err != nil {
			return fail(err)
		} else if kept != nil {
			s = source.Events(s.ID, kept)
		}
	}
	all, err := in.deliveries(s.ID)
	if err != nil {
		return fail(err)
	}
	live, rebuilt := foldersOf(in.Dir, s.ID), rebuildOf(in.Dir, s.ID)
	on, loaded, err := in.resumeFrom(s, live, rebuilt, all)
	if err != nil {
		return fail(err)
	}
	var out []review.Outcome
	damaged := false
	if on == rebuilt || loaded == 0 {
		if damaged, err = in.mayRebuild(s, all); err != nil {
			return fail(err)
		}
	} else if o, err := in.repairCube(ctx, s, live); err != nil {
		return fail(err)
	} else if o != nil {
		out = append(out, *o)
	}
	for i := loaded; i < len(all); i++ {
		o := in.replay(ctx, s, all[i], on, all[:i])
		if damaged && o.State == review.Reread {
			o.State, o.Reason = review.Rebuilt, "the records or their notes in the lake are not what was written"
		}
		out = append(out, o)
		if o.Failed() {
			return out
		}
	}
	if on == rebuilt {
		if err := rebuilt.moveTo(live, unknownIn(in.Dir)); err != nil {
			return append(out, fail(err)...)
		}
	}
	return out
}

// resumeFrom returns the folders in which to continue, and the number of deliveries that they hold. These are
// the live folders, or the folders for a rebuild if the live ones hold something else.
func (in *loading) resumeFrom(s *source.Source, live, rebuilt folders, all []delivery) (on folders, loaded int, err error) {
	if loaded, err = in.countLoaded(s, live, all); err != nil {
		return live, 0, err
	}
	if loaded >= 0 {
		return live, loaded, rebuilt.remove()
	}
	if loaded, err = in.countLoaded(s, rebuilt, all); err == nil && loaded < 0 {
		loaded, err = 0, rebuilt.remove()
	}
	return rebuilt, loaded, err
}

// replay takes in a delivery that data/raw has.
func (in *loading) replay(ctx context.Context, s *source.Source, d delivery, on folders, before []delivery) review.Outcome {
	o := review.Outcome{Source: s.ID, File: d.Release.File, Release: d.Release.ID}
	d, err := in.located(d)
	if err != nil {
		return review.Fail(o, err)
	}
	p, err := in.prepare(ctx, s, d, on, before)
	if err != nil {
		return review.Fail(o, err)
	}
	defer p.abort()
	return in.commit(s, p)
}

// located sets the paths of a delivery's files, after checking their hashes.
func (in *loading) located(d delivery) (delivery, error) {
	if d.paths != nil {
		return d, nil
	}
	for _, f := range d.Files {
		p, err := in.Raw.Path(f)
		if err != nil {
			return d, err
		}
		d.paths = append(d.paths, p)
	}
	return d, nil
}

// missing reports whether an error says that there is no such file.
func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// checkDate returns an error if a delivery is dated after its files were retrieved.
func (d delivery) checkDate(s *source.Source) error {
	for _, f := range d.Files {
		if err := check.NewClock(f.Meta.RetrievedAt, s.Location()).CheckDay(d.Release.Vintage); err != nil {
			return &decode.Error{File: f.File, Err: fmt.Errorf("the day of release that its sidecar has, %w", err), Hint: registry.RedateHint}
		}
	}
	return nil
}

// dateFindings returns the findings about impossible days in the names of a delivery's files, and about
// files that were served again.
func (d delivery) dateFindings(s *source.Source) (out []stat.Finding) {
	for _, f := range d.Files {
		c := check.NewClock(f.Meta.RetrievedAt, s.Location())
		if day := source.DateInName(f.File); errors.Is(c.CheckDay(day), check.ErrAhead) {
			out = append(out, review.DateAhead("a day of release, %s", day, c))
		}
		if f.Meta.Reissued {
			out = append(out, review.ServedAgain(d.Release.Vintage))
		}
	}
	return out
}
