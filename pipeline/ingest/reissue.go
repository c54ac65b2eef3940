package ingest

import (
	"cmp"
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/dated"
	"crossings/pipeline/lake"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

// A publisher states what it served last. Usually the newest release by its own date is also the
// one that came last. If it is not, for example after a correction was undone, the file that came
// last is a release of the day on which it came: a reissue.

// byArrival orders snapshots by when they came.
func byArrival(a, b archive.Snapshot) int {
	return cmp.Or(a.Meta.RetrievedAt.Compare(b.Meta.RetrievedAt), a.Meta.FirstSeen.Compare(b.Meta.FirstSeen), cmp.Compare(a.Release, b.Release))
}

// lastServed returns the snapshot in data/raw that was fetched last from a source's publisher, or
// nil.
func (in *intake) lastServed(id string) (*archive.Snapshot, error) {
	snapshots, err := in.Raw.Snapshots(id)
	if err != nil {
		return nil, err
	}
	snapshots = slices.DeleteFunc(snapshots, func(sn archive.Snapshot) bool { return sn.Meta.URL == "" })
	if len(snapshots) == 0 {
		return nil, nil
	}
	last := slices.MaxFunc(snapshots, byArrival)
	return &last, nil
}

// readNew reads a file into its releases. A reissue is dated by when it came. known is the index in
// entries of the release of the same bytes, or -1. If the file brings nothing new, readNew returns
// that release and reads nothing. fresh means that the file just came, so it may be a reissue; must
// means that it is read whatever is known.
func (in *intake) readNew(d *decoded, known int, fresh, must bool) (*lake.Entry, error) {
	must = must || known < 0 || dated.Stale(d.source, in.Lists, d.entries[known])
	var after *stat.Release
	if fresh && !d.meta.Reissued {
		var err error
		if after, err = in.predecessor(d, known); err != nil {
			return nil, err
		}
	}
	if after == nil && !must {
		return &d.entries[known], nil
	}
	var err error
	if d.batches, err = dated.Read(d.source, in.Lists, d.name, d.data, &d.meta); err != nil {
		return nil, err
	}
	d.raw = lake.Raw{Tidy: d.source.SpeaksForSeries(d.data)}
	if after != nil {
		if d.meta.Reissued, err = in.isReissue(*d, known, *after); err != nil {
			return nil, err
		}
		if !d.meta.Reissued && !must {
			return &d.entries[known], nil
		}
		if d.meta.Reissued {
			d.meta.Released = reissueDate(*d, *after)
			d.meta.FirstSeen = review.Later(d.meta.RetrievedAt, after.FirstSeen.Add(time.Second))
			d.batches = dated.Reissue(d.batches, d.meta, d.raw.Tidy)
		}
	}
	if !d.meta.Reissued {
		before := d.entries
		if !fresh {
			if before, err = in.arrivedBefore(*d); err != nil {
				return nil, err
			}
		}
		d.orderSameDay(before)
	}
	d.raw.Reissued = d.meta.Reissued
	d.raw.File = lake.RawFile(d.source.ID, d.newest().ID, d.name)
	return nil, nil
}

// predecessor returns the release that a file came after, if the file may be a reissue, else nil.
// For a fetched file that is the release served last, if it has other bytes and comes from the same
// place: what two places serve by turns is not taken back. A file added by hand
// may be a reissue only if it is in the lake already; its predecessor is the newest release of the
// day on which it was added, or of the later day given for it.
func (in *intake) predecessor(d *decoded, known int) (*stat.Release, error) {
	if !d.meta.Added {
		last, err := in.lastServed(d.source.ID)
		if err != nil || last == nil || last.Meta.SHA256 == d.meta.SHA256 || d.source.PlaceOf(last.Meta.Place) != d.source.PlaceOf(d.meta.Place) {
			return nil, err
		}
		correctClock(d, *last)
		r := stat.Release{Source: d.source.ID, ID: last.Release, Vintage: last.Meta.Released, FirstSeen: last.Meta.FirstSeen}
		return &r, nil
	}
	if known < 0 {
		return nil, nil
	}
	day := d.meta.Released
	if day.IsZero() {
		if claimed, _ := d.source.Date(d.name, d.data); d.source.IsTidy(d.data) || !claimed.IsZero() {
			return nil, nil
		}
		day = in.Today(d.source)
	} else if day <= d.entries[known].Vintage {
		return nil, nil
	}
	for _, e := range slices.Backward(d.entries) {
		if e.Vintage > day {
			continue
		}
		if e.RawSHA256 == d.meta.SHA256 {
			return nil, nil
		}
		r := e.Stat()
		return &r, nil
	}
	return nil, nil
}

// reissueDate returns the date of a file that came after a release: the date given, or the day of
// its retrieval. It is never before that release, whatever our clock says.
func reissueDate(d decoded, after stat.Release) stat.Date {
	if d.meta.Added && !d.meta.Released.IsZero() {
		return d.meta.Released
	}
	return max(stat.DateOf(d.meta.RetrievedAt.In(d.source.Location())), after.Vintage)
}

// isReissue reports whether a file that came after a release restates what was known before it. By
// its own date it is no newer and was stated before, or it is older; and it states something else
// than what was known after that release.
func (in *intake) isReissue(d decoded, known int, after stat.Release) (bool, error) {
	newest := d.batches[len(d.batches)-1]
	own := newest.Release.Vintage
	if known >= 0 {
		own = min(own, d.entries[known].Vintage) // a file without a date has the date of its first arrival
	}
	switch cover := lake.Cover(newest.Observations, d.raw.Tidy); {
	case d.meta.Added: // dated by hand
	case own > after.Vintage:
		return false, nil // the next release
	case own == after.Vintage && known < 0 && !d.statedBefore():
		return false, nil // a correction on the same day
	case !slices.ContainsFunc(d.entries, func(e lake.Entry) bool {
		return e.RawSHA256 != d.meta.SHA256 && e.Vintage >= own && overlap(e.Coverage, cover)
	}):
		return false, nil // nothing is known that it could replace
	}
	after.FirstSeen, after.ID = after.FirstSeen.Add(1), "" // what was known after it, not before
	view, err := in.Lake.Before(after, nil)
	if err != nil {
		return false, err
	}
	return differs(view, dated.Merged(d.batches, d.raw.Tidy), d.raw.Tidy), nil
}

// statedBefore reports whether the lake has every release of a file: of the same day, stating the
// same.
func (d decoded) statedBefore() bool {
	return !slices.ContainsFunc(d.batches, func(b dated.Batch) bool {
		statement := lake.Statement(b.Observations)
		return !slices.ContainsFunc(d.entries, func(e lake.Entry) bool { return e.Vintage == b.Release.Vintage && e.Statement == statement })
	})
}

// differs reports whether observations state something else than what was known of the spans that
// they cover.
func differs(view, obs []stat.Observation, tidy bool) bool {
	covers := dated.Covering(lake.Cover(obs, tidy))
	view = slices.DeleteFunc(view, func(o stat.Observation) bool { return !covers(o) })
	return lake.Statement(view) != lake.Statement(obs)
}

// arrivedBefore returns the releases whose files came before one that is read again.
func (in *intake) arrivedBefore(d decoded) ([]lake.Entry, error) {
	snapshots, err := in.Raw.Snapshots(d.source.ID)
	if err != nil {
		return nil, err
	}
	at := map[string]archive.Snapshot{}
	for _, sn := range snapshots {
		at[sn.Release] = sn
	}
	own := archive.Snapshot{Release: d.batches[len(d.batches)-1].Release.ID, Meta: d.meta}
	return slices.DeleteFunc(slices.Clone(d.entries), func(e lake.Entry) bool {
		sn, ok := at[e.Folder()]
		return ok && byArrival(sn, own) > 0
	}), nil
}

// orderSameDay makes sure that of two statements of one day the one that came last is the newest.
// If the file's own time does not say so, it is first seen when it came. For fetched files the
// order of arrival is more certain than any time in them. before has the releases of files that
// came before.
func (d *decoded) orderSameDay(before []lake.Entry) {
	for i := range d.batches {
		b := &d.batches[i]
		statement, seen := lake.Statement(b.Observations), b.Release.FirstSeen
		cover := lake.Cover(b.Observations, d.raw.Tidy)
		for _, e := range before {
			if e.Vintage != b.Release.Vintage || e.Tidy != d.raw.Tidy || e.RawSHA256 == b.Release.SHA256 || !overlap(e.Coverage, cover) {
				continue
			}
			if e.Statement == statement {
				seen = b.Release.FirstSeen
				break // it is already known
			}
			if e.FirstSeen.Equal(seen) || !d.meta.Added && e.FirstSeen.After(seen) {
				seen = review.Later(d.meta.RetrievedAt, e.FirstSeen.Add(time.Second))
			}
		}
		if r := b.Release; !seen.Equal(r.FirstSeen) {
			r.FirstSeen = seen.UTC().Truncate(time.Second)
			b.SetRelease(r)
		}
	}
}

// overlap reports whether two releases cover the same series in the same span.
func overlap(a, b []stat.Coverage) bool {
	return slices.ContainsFunc(a, func(x stat.Coverage) bool {
		return slices.ContainsFunc(b, func(y stat.Coverage) bool { return x.Meets(y) })
	})
}

// correctClock moves the time at which a file was fetched to what the file says, if our clock is
// behind that and was ahead of it when the last file came: the clock has gone wrong since.
func correctClock(d *decoded, last archive.Snapshot) {
	if !d.meta.RetrievedAt.Before(last.Meta.RetrievedAt) {
		return
	}
	released, at := d.source.Date(d.name, d.data)
	if !released.IsZero() {
		at = review.Later(at, released.Time())
	}
	if at.After(d.meta.RetrievedAt) && !at.After(last.Meta.RetrievedAt) {
		d.meta.RetrievedAt = at.UTC().Truncate(time.Second)
	}
}
