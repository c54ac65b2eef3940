package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/dated"
	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

// ErrDated means that a file itself states its date.
var ErrDated = errors.New("it cannot have another date")

// Redate corrects the date of a release in the lake, and with it its name. The bytes stay as they
// came, and the sidecar keeps the old date. A day is an error if the release cannot have come out
// on it: after its file was retrieved, before its figures end, or such that it would state less
// than its neighbours. A second Redate changes nothing. If one is killed, the next one or Run
// completes it.
func (in *Reviewer) Redate(ctx context.Context, id, release string, day stat.Date) ([]review.Outcome, error) {
	t, err := in.findToRedate(id, release, day)
	if err != nil {
		return nil, err
	}
	o := review.Outcome{Source: id, File: t.files[0].File, Release: t.folder, State: review.Redated, Before: release}
	if t.folder != release && t.files[0].Meta.Released == day { // it already has this date
		return in.afterDecision(ctx, t, o), nil
	}
	as, err := in.releaseOn(ctx, t, day)
	if err != nil {
		o.State, o.Before = review.Failed, ""
		return []review.Outcome{review.Fail(o, err)}, nil
	}
	d := t.decision(archive.Redated, in.Now())
	edit := func(m archive.Sidecar) archive.Sidecar {
		m.Released, m.Decisions = day, append(slices.Clone(m.Decisions), d)
		if t.source.Records == nil {
			m.FirstSeen = as.FirstSeen
		}
		return m
	}
	if _, err := in.moveToRejected(t, edit); err != nil {
		return []review.Outcome{review.Fail(o, err)}, nil
	}
	o.Release = as.ID
	return in.afterDecision(ctx, t, o), nil
}

// findToRedate returns the release that is to have another date. If release is the name that it had
// before it got this date, the result is the release as it is now.
func (in *Reviewer) findToRedate(id, release string, day stat.Date) (storedRelease, error) {
	t, err := findStored(in.Session, id, release)
	if err == nil && t.decided {
		return t, fmt.Errorf("%w: release %s of %s was withdrawn or rejected; accept it first: ingest accept %s %s", registry.ErrUsage, release, id, id, t.folder)
	}
	if err == nil && t.files[0].Meta.Released == day {
		return t, fmt.Errorf("%w: release %s of %s already has the date %s", registry.ErrUsage, release, id, day)
	}
	if err == nil || t.source == nil {
		return t, err
	}
	list, bad := in.Raw.Snapshots(id)
	if bad != nil {
		return t, bad
	}
	for _, sn := range list {
		if d := sn.Meta.LastDecision(); d.Kind == archive.Redated && sn.Meta.Released == day && slices.Contains(d.Releases, release) {
			return findStored(in.Session, id, sn.Release)
		}
	}
	return t, err
}

// releaseOn returns what a release would be on another day, or why it cannot be of that day.
func (in *Reviewer) releaseOn(ctx context.Context, t storedRelease, day stat.Date) (stat.Release, error) {
	s, sn := t.source, t.files[0]
	if err := check.NewClock(sn.Meta.RetrievedAt, s.Location()).CheckDay(day); err != nil {
		return stat.Release{}, fmt.Errorf("%w: DATE: %w", registry.ErrUsage, err)
	}
	if slices.ContainsFunc(t.files, func(f archive.Snapshot) bool { return f.Meta.Reissued }) {
		return stat.Release{}, fmt.Errorf("%w: release %s is a reissue and has no other date; if it is wrong, withdraw it", registry.ErrUsage, t.folder)
	}
	var as stat.Release
	if s.Records != nil {
		var err error
		if as, err = in.micro.AsOfDay(ctx, s, t.files, day); err != nil {
			return as, err
		}
	} else {
		b, err := in.readOn(t, day)
		if err != nil {
			return stat.Release{}, err
		}
		as = b.Release
	}
	for _, store := range []*archive.Store{in.Raw, in.Rejected, in.Pending} {
		if there, err := store.Files(s.ID, as.ID); err != nil {
			return as, err
		} else if len(there) > 0 {
			return as, fmt.Errorf("%w: %s already has a release %s with the same bytes; withdraw this one instead of redating it", registry.ErrUsage, s.ID, as.ID)
		}
	}
	return as, nil
}

// readOn reads the file of a release as if it were of another day, and checks it against the rest
// of the lake.
func (in *Reviewer) readOn(t storedRelease, day stat.Date) (b dated.Batch, err error) {
	s, sn := t.source, t.files[0]
	data, err := in.Raw.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return b, err
	}
	m := sn.Meta
	m.Released, m.FirstSeen = day, time.Time{}
	list, err := dated.Read(s, in.Lists, sn.File, data, &m)
	if err != nil {
		return b, err
	}
	if b = list[0]; len(list) > 1 || b.Release.Vintage != day {
		return b, &decode.Error{File: sn.File, Err: fmt.Errorf("%w: the file itself states the day of its figures: %s", ErrDated, daysOf(list)),
			Hint: "withdraw it, and add a file with the right dates"}
	}
	entries, err := in.Lake.Entries(s.ID)
	if err != nil {
		return b, err
	}
	entries = slices.DeleteFunc(entries, func(e lake.Entry) bool { return e.Folder() == t.folder })
	raw := lake.Raw{File: lake.RawFile(s.ID, b.Release.ID, sn.File), Tidy: s.SpeaksForSeries(data)}
	if e, known, err := in.Lake.Stated(entries, b.Release, b.Observations, raw); err != nil {
		return b, err
	} else if known {
		return b, fmt.Errorf("%w: release %s of that day states the same; withdraw this one instead of redating it", registry.ErrUsage, e.Release)
	}
	if err := b.Check(s, entries, data); err != nil {
		return b, &decode.Error{File: sn.File, Err: err, Hint: "compare the dates of both releases with the publisher's page; redate or withdraw the other one first"}
	}
	return b, nil
}

// daysOf names the days of releases.
func daysOf(list []dated.Batch) string {
	text := list[0].Release.Vintage.String()
	if n := len(list); n > 1 {
		text += fmt.Sprintf(" to %s, %d releases", list[n-1].Release.Vintage, n)
	}
	return text
}
