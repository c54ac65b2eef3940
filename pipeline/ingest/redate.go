package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// ErrDated means that a file says itself of which day it is.
var ErrDated = errors.New("it cannot have another date")

// Redate corrects the date of a release that is in the lake, and with it its name. Its bytes
// stay as they came, and its sidecar keeps the date that it had. It is refused for a day on
// which the release cannot have come out: after its file was retrieved, before its figures
// end, or where it would state less than its neighbours. A second time it changes nothing; a
// killed Redate is ended by the next, or by Run.
func (in *Desk) Redate(ctx context.Context, id, release string, day stat.Date) ([]review.Outcome, error) {
	t, err := in.redated(id, release, day)
	if err != nil {
		return nil, err
	}
	o := review.Outcome{Source: id, File: t.files[0].File, Release: t.folder, State: review.Redated, Before: release}
	if t.folder != release && t.files[0].Meta.Released == day { // it has this date already
		return in.afterDecision(ctx, t, o), nil
	}
	as, err := in.asOfDay(ctx, t, day)
	if err != nil {
		o.State, o.Before = review.Refused, ""
		return []review.Outcome{review.Refuse(o, err)}, nil
	}
	d := t.decision(archive.Redated, in.Now())
	edit := func(m archive.Sidecar) archive.Sidecar {
		m.Released, m.Decisions = day, append(slices.Clone(m.Decisions), d)
		if t.source.Records == nil {
			m.FirstSeen = as.FirstSeen
		}
		return m
	}
	if _, err := in.takeBack(t, edit); err != nil {
		return []review.Outcome{review.Refuse(o, err)}, nil
	}
	o.Release = as.ID
	return in.afterDecision(ctx, t, o), nil
}

// redated returns the release that is to have another date. Where release is what one was
// before it got this date, it is that one as it is now.
func (in *Desk) redated(id, release string, day stat.Date) (taken, error) {
	t, err := in.taken(id, release)
	if err == nil && t.back {
		return t, fmt.Errorf("%w: release %s of %s was withdrawn or rejected; take it first: ingest accept %s %s", registry.ErrUsage, release, id, id, t.folder)
	}
	if err == nil && t.files[0].Meta.Released == day {
		return t, fmt.Errorf("%w: release %s of %s is of %s already", registry.ErrUsage, release, id, day)
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
			return in.taken(id, sn.Release)
		}
	}
	return t, err
}

// asOfDay returns what a release would be if it was of a day, or why it cannot be.
func (in *Desk) asOfDay(ctx context.Context, t taken, day stat.Date) (stat.Release, error) {
	s, sn := t.source, t.files[0]
	if err := check.NewClock(sn.Meta.RetrievedAt, s.Location()).CheckDay(day); err != nil {
		return stat.Release{}, fmt.Errorf("%w: DATE: %w", registry.ErrUsage, err)
	}
	if slices.ContainsFunc(t.files, func(f archive.Snapshot) bool { return f.Meta.Reissued }) {
		return stat.Release{}, fmt.Errorf("%w: release %s was served again on that day, and has no other date; withdraw it where it is wrong", registry.ErrUsage, t.folder)
	}
	var as stat.Release
	if s.Records != nil {
		var err error
		if as, err = in.micro.AsOfDay(ctx, s, t.files, day); err != nil {
			return as, err
		}
	} else {
		b, err := in.readAsOf(t, day)
		if err != nil {
			return stat.Release{}, err
		}
		as = b.release
	}
	for _, store := range []*archive.Store{in.Raw, in.Rejected, in.Pending} {
		if there, err := store.Files(s.ID, as.ID); err != nil {
			return as, err
		} else if len(there) > 0 {
			return as, fmt.Errorf("%w: %s has a release %s already, with the same bytes; withdraw this one in place of redating it", registry.ErrUsage, s.ID, as.ID)
		}
	}
	return as, nil
}

// readAsOf reads the file of a release as if it was of a day, and checks it against what else
// the lake has.
func (in *Desk) readAsOf(t taken, day stat.Date) (b batch, err error) {
	s, sn := t.source, t.files[0]
	data, err := in.Raw.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return b, err
	}
	m := sn.Meta
	m.Released, m.FirstSeen = day, time.Time{}
	list, err := read(s, sn.File, data, &m)
	if err != nil {
		return b, err
	}
	if b = list[0]; len(list) > 1 || b.release.Vintage != day {
		return b, &decode.Error{File: sn.File, Err: fmt.Errorf("%w: the file says itself of which day its figures are: %s", ErrDated, daysOf(list)),
			Hint: "withdraw it, and add a file with the right dates"}
	}
	entries, err := in.Lake.Entries(s.ID)
	if err != nil {
		return b, err
	}
	entries = slices.DeleteFunc(entries, func(e lake.Entry) bool { return e.Folder() == t.folder })
	raw := lake.Raw{File: lake.FolderName(s.ID) + "/" + b.release.ID + "/" + sn.File, Tidy: table.IsTidy(data)}
	if e, known, err := in.Lake.Stated(entries, b.release, b.Observations, raw); err != nil {
		return b, err
	} else if known {
		return b, fmt.Errorf("%w: release %s of that day states the same; withdraw this one in place of redating it", registry.ErrUsage, e.Release)
	}
	if err := b.check(s, entries, raw.Tidy); err != nil {
		return b, &decode.Error{File: sn.File, Err: err, Hint: "compare the dates of both releases with the publisher's page; redate or withdraw the other one first"}
	}
	return b, nil
}

// daysOf names the days of releases.
func daysOf(list []batch) string {
	text := list[0].release.Vintage.String()
	if n := len(list); n > 1 {
		text += fmt.Sprintf(" to %s, %d releases", list[n-1].release.Vintage, n)
	}
	return text
}
