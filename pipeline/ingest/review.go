package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"crossings/pipeline/archive"
	"crossings/pipeline/ingest/dated"
	"crossings/pipeline/lake"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// findSame returns the file of a store that has the same bytes, or states the same of the same day:
// a page that is served with another token every night is not another file. It returns nil if there
// is none.
func (in *intake) findSame(store *archive.Store, d decoded) (*archive.Snapshot, error) {
	s := d.source
	snapshots, err := store.Snapshots(s.ID)
	if err != nil {
		return nil, err
	}
	for i, sn := range snapshots {
		if sn.Meta.SHA256 == d.meta.SHA256 {
			return &snapshots[i], nil
		}
		if sn.Meta.Released != d.meta.Released {
			continue
		}
		data, err := store.Read(sn, s.Place.MaxBytes)
		if err != nil {
			return nil, err
		}
		meta := sn.Meta
		other, err := dated.Read(s, in.Lists, sn.File, data, &meta)
		if err == nil && slices.EqualFunc(other, d.batches, func(a, b dated.Batch) bool {
			return lake.Statement(a.Observations) == lake.Statement(b.Observations)
		}) {
			return &snapshots[i], nil
		}
	}
	return nil, nil
}

// Review returns the pending files, then the rejected ones, then the withdrawn ones, sorted by
// source and release.
func (in *Reviewer) Review() ([]review.Outcome, error) {
	waiting, rejected := []review.Outcome{}, []review.Outcome{}
	for _, x := range []struct {
		store *archive.Store
		to    *[]review.Outcome
	}{{in.Pending, &waiting}, {in.Rejected, &rejected}} {
		ids, err := x.store.Sources()
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			s := in.Find(id)
			if s == nil {
				continue // the program no longer has this source
			}
			list, err := x.store.Snapshots(id)
			if err != nil {
				return nil, err
			}
			list = registry.FirstFiles(s, list)
			for i, sn := range list {
				o := review.Outcome{Source: id, File: sn.File}.Rejected(&list[i])
				if x.store == in.Pending {
					o = in.reviewOutcome(s, sn)
				}
				if d := sn.Meta.LastDecision(); d.Kind == archive.Withdrawn {
					o.State, o.Releases = review.Withdrawn, d.Releases
				}
				*x.to = append(*x.to, o)
			}
		}
	}
	slices.SortStableFunc(rejected, func(a, b review.Outcome) int { return strings.Compare(a.State, b.State) }) // withdrawn ones last
	return append(waiting, rejected...), nil
}

// reviewOutcome returns the outcome of a pending file, with the reasons why it waits.
func (in *Reviewer) reviewOutcome(s *source.Source, sn archive.Snapshot) review.Outcome {
	if s.Records != nil {
		return in.micro.Look(s, sn)
	}
	if s.Table != nil && registry.IsLayout(sn) {
		return in.relay().Look(sn)
	}
	o := review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release}
	data, err := in.Pending.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return review.Fail(o, err)
	}
	return in.ingestFile(s, sn.File, data, sn.Meta, false)
}

// Accept moves a pending file into data/raw and the lake, as if it had never waited. release names
// it; "" means the only pending one. If release names a rejected file, it is accepted after all;
// one that was accepted before stays as it is. If Accept is killed, the next one or Run completes
// it.
func (in *Reviewer) Accept(id, release string) (review.Outcome, error) {
	s, sn, store, err := in.choose(id, release)
	if err != nil {
		return review.Outcome{}, err
	}
	if sn.Meta.LastDecision().Kind == archive.Withdrawn && store == in.Rejected {
		return in.reinstate(s, sn)
	}
	if s.Records != nil {
		return in.micro.Accept(s, sn, store)
	}
	if s.Table != nil && registry.IsLayout(sn) {
		return in.acceptLayout(context.Background(), s, sn, store)
	}
	data, err := store.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return review.Fail(review.Outcome{Source: id, File: sn.File, Release: sn.Release}, err), nil
	}
	m := sn.Meta
	m.Rejected = ""
	o := in.ingestFile(s, sn.File, data, m, true)
	if !o.Failed() && store != in.Raw {
		return o, store.Discard(sn.Source, sn.Release)
	}
	return o, nil
}

// Reject records, for good, that a pending file is not to come in, and why. Its bytes move to
// data/raw/rejected, and do not wait or come in again. release is as in Accept. A file that was
// rejected before stays so, for the reason given then. A release in the lake cannot be rejected.
func (in *Reviewer) Reject(id, release, reason string) (review.Outcome, error) {
	reason, err := parseReason(reason)
	if err != nil {
		return review.Outcome{}, err
	}
	s, sn, store, err := in.choose(id, release)
	if err != nil {
		return review.Outcome{}, err
	}
	o := review.Outcome{Source: id, File: sn.File}
	switch store {
	case in.Rejected:
		return o.Rejected(&sn), nil
	case in.Raw:
		return review.Outcome{}, fmt.Errorf("%w: release %s of %s is in the lake; to take it out, see: ingest withdraw", registry.ErrUsage, release, id)
	}
	if s.Records != nil {
		return in.micro.Reject(s, sn, reason)
	}
	data, err := store.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return review.Fail(o, err), nil
	}
	m := sn.Meta
	m.Rejected = reason
	kept, err := in.Rejected.Save(id, sn.Release, sn.File, data, m)
	if err != nil {
		return review.Fail(o, err), nil
	}
	return o.Rejected(&kept), store.Discard(sn.Source, sn.Release)
}

// maxReason is the longest reason for a rejection, in bytes.
const maxReason = 1000

// parseReason returns a reason in the form in which it is kept: one line of text.
func parseReason(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case text == "":
		return "", fmt.Errorf("%w: say why: --reason TEXT", registry.ErrUsage)
	case len(text) > maxReason:
		return "", fmt.Errorf("%w: --reason has more than %d bytes", registry.ErrUsage, maxReason)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) }):
		return "", fmt.Errorf("%w: --reason has characters that are not text", registry.ErrUsage)
	}
	return text, nil
}

// choose returns the file that a person decides on, and the store that has it. A pending file takes
// precedence over a rejected one, and that over one in data/raw.
func (in *Reviewer) choose(id, release string) (*source.Source, archive.Snapshot, *archive.Store, error) {
	none := archive.Snapshot{}
	s, err := in.Lookup(id)
	if err != nil {
		return nil, none, nil, err
	}
	held, err := in.Pending.Snapshots(id)
	if err != nil {
		return nil, none, nil, err
	}
	if held = registry.FirstFiles(s, held); release == "" {
		switch len(held) {
		case 0:
			return nil, none, nil, fmt.Errorf("%w: no release of %s waits; see: ingest review", registry.ErrUsage, id)
		case 1:
			return s, held[0], in.Pending, nil
		}
		var names []string
		for _, sn := range held {
			names = append(names, sn.Release)
		}
		return nil, none, nil, fmt.Errorf("%w: %d releases of %s wait, name one of them: %s", registry.ErrUsage, len(held), id, strings.Join(names, ", "))
	}
	for _, store := range []*archive.Store{in.Pending, in.Rejected, in.Raw} {
		list, err := store.Snapshots(id)
		if err != nil {
			return nil, none, nil, err
		}
		list = registry.FirstFiles(s, list)
		if i := slices.IndexFunc(list, func(sn archive.Snapshot) bool { return sn.Release == release }); i >= 0 {
			return s, list[i], store, nil
		}
	}
	return nil, none, nil, fmt.Errorf("%w: no release %q of %s waits; see: ingest review", registry.ErrUsage, release, id)
}

// finishDecisions completes decisions that a kill cut short. A release in the lake is neither
// pending nor rejected, and a rejected one is not pending.
func (in *Reviewer) finishDecisions() error {
	for _, store := range []*archive.Store{in.Pending, in.Rejected} {
		ids, err := store.Sources()
		if err = errors.Join(err, store.Sweep()); err != nil {
			return err
		}
		for _, id := range ids {
			list, err := store.Snapshots(id)
			entries, damaged := in.Lake.Entries(id)
			if err != nil || damaged != nil {
				continue // reported where it is used; nothing is removed
			}
			for _, sn := range list {
				if store == in.Rejected && len(sn.Meta.Decisions) > 0 {
					in.resumeDecision(sn)
					continue
				}
				done := ingested(entries, sn.Meta) >= 0 || in.layoutKept(sn)
				if s := in.Find(id); s != nil && s.Records != nil {
					done = in.micro.Decided(store, sn)
				} else if !done && store == in.Pending {
					_, done, _ = in.Rejected.Find(id, sn.Meta.SHA256) // if it cannot be read, nothing has been decided
				}
				if !done {
					continue
				}
				if err := store.Discard(sn.Source, sn.Release); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// lastRelease returns the day of the newest release that a source's publisher is known to have
// made, pending ones included: a release that waits here does not make the publisher late. Zero
// means none.
func (in *intake) lastRelease(id string) (stat.Date, error) {
	entries, err := in.Lake.Entries(id)
	if err != nil {
		return 0, err
	}
	held, err := in.Pending.Snapshots(id)
	return registry.LastOf(entries, held), err
}

// layoutKept reports whether a layout of a table is in data/raw under its own name.
func (in *intake) layoutKept(sn archive.Snapshot) bool {
	return source.IsTable(sn.Source) && registry.IsLayout(sn) && in.Raw.Has(lake.RawFile(sn.Source, sn.Release, sn.File))
}
