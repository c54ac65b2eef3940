package ingest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// same returns the file of a store with the same bytes, or which states the same of
// the same day: a page that is served with another token every night is no other. It is
// nil where there is none.
func (in *figures) same(store *archive.Store, d decoded) (*archive.Snapshot, error) {
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
		other, err := read(s, sn.File, data, &meta)
		if err == nil && slices.EqualFunc(other, d.batches, func(a, b batch) bool {
			return lake.Statement(a.Observations) == lake.Statement(b.Observations)
		}) {
			return &snapshots[i], nil
		}
	}
	return nil, nil
}

// Review returns the files that wait, after them those that were rejected, and then those
// that were withdrawn, by source and release.
func (in *Desk) Review() ([]review.Outcome, error) {
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
				continue // of a source that this program no longer has
			}
			list, err := x.store.Snapshots(id)
			if err != nil {
				return nil, err
			}
			list = registry.Firsts(s, list)
			for i, sn := range list {
				o := review.Outcome{Source: id, File: sn.File}.Rejected(&list[i])
				if x.store == in.Pending {
					o = in.look(s, sn)
				}
				if d := sn.Meta.LastDecision(); d.Kind == archive.Withdrawn {
					o.State, o.Releases = review.Withdrawn, d.Releases
				}
				*x.to = append(*x.to, o)
			}
		}
	}
	slices.SortStableFunc(rejected, func(a, b review.Outcome) int { return strings.Compare(a.State, b.State) }) // the withdrawn ones last
	return append(waiting, rejected...), nil
}

// look returns the outcome of a file that waits, with why it does.
func (in *Desk) look(s *source.Source, sn archive.Snapshot) review.Outcome {
	if s.Records != nil {
		return in.micro.Look(s, sn)
	}
	o := review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release}
	data, err := in.Pending.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return review.Refuse(o, err)
	}
	return in.ingestFile(s, sn.File, data, sn.Meta, false)
}

// Accept takes a file that waits into data/raw and the lake, as if it had never
// waited. release names it; "" is the one that waits. With its release named, one that
// was rejected is taken after all, and one that was accepted before stays as it is.
// A killed Accept is ended by the next, or by Run.
func (in *Desk) Accept(id, release string) (review.Outcome, error) {
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
	data, err := store.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return review.Refuse(review.Outcome{Source: id, File: sn.File, Release: sn.Release}, err), nil
	}
	m := sn.Meta
	m.Rejected = ""
	o := in.ingestFile(s, sn.File, data, m, true)
	if !o.Failed() && store != in.Raw {
		return o, store.Discard(sn.Source, sn.Release)
	}
	return o, nil
}

// Reject notes, for good, that a file that waits is not to be taken, and why. Its bytes
// move to data/raw/rejected: they are not held or ingested again. release is as for
// Accept; a file that was rejected before stays so, for the reason given then. What is
// in the lake cannot be rejected.
func (in *Desk) Reject(id, release, reason string) (review.Outcome, error) {
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
		return review.Outcome{}, fmt.Errorf("%w: release %s of %s is taken already, and what was taken stays; see: ingest withdraw", registry.ErrUsage, release, id)
	}
	if s.Records != nil {
		return in.micro.Reject(s, sn, reason)
	}
	data, err := store.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return review.Refuse(o, err), nil
	}
	m := sn.Meta
	m.Rejected = reason
	kept, err := in.Rejected.Save(id, sn.Release, sn.File, data, m)
	if err != nil {
		return review.Refuse(o, err), nil
	}
	return o.Rejected(&kept), store.Discard(sn.Source, sn.Release)
}

// maxReason bounds why a file was rejected, in bytes.
const maxReason = 1000

// parseReason returns a reason as it is kept: one line of text.
func parseReason(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case text == "":
		return "", fmt.Errorf("%w: say why: --reason TEXT", registry.ErrUsage)
	case len(text) > maxReason:
		return "", fmt.Errorf("%w: --reason has more than %d bytes", registry.ErrUsage, maxReason)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) }):
		return "", fmt.Errorf("%w: --reason holds what is no text", registry.ErrUsage)
	}
	return text, nil
}

// choose returns the file that a person decides on, and where it is. One that waits
// comes before one that was rejected, and that before one that was taken.
func (in *Desk) choose(id, release string) (*source.Source, archive.Snapshot, *archive.Store, error) {
	none := archive.Snapshot{}
	s := in.Find(id)
	if s == nil {
		return nil, none, nil, fmt.Errorf("%w: there is no source %q; see: ingest sources", registry.ErrUsage, id)
	}
	held, err := in.Pending.Snapshots(id)
	if err != nil {
		return nil, none, nil, err
	}
	if held = registry.Firsts(s, held); release == "" {
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
		list = registry.Firsts(s, list)
		if i := slices.IndexFunc(list, func(sn archive.Snapshot) bool { return sn.Release == release }); i >= 0 {
			return s, list[i], store, nil
		}
	}
	return nil, none, nil, fmt.Errorf("%w: no release %q of %s waits; see: ingest review", registry.ErrUsage, release, id)
}

// sweepDecided ends decisions that a kill cut short: what is in the lake waits no more
// and is not rejected, what is rejected does not wait.
func (in *Desk) sweepDecided() error {
	for _, store := range []*archive.Store{in.Pending, in.Rejected} {
		ids, err := store.Sources()
		if err = errors.Join(err, store.Sweep()); err != nil {
			return err
		}
		for _, id := range ids {
			list, err := store.Snapshots(id)
			entries, damaged := in.Lake.Entries(id)
			if err != nil || damaged != nil {
				continue // reported where it is used, and nothing is taken away
			}
			for _, sn := range list {
				if store == in.Rejected && len(sn.Meta.Decisions) > 0 {
					in.resumeDecision(sn)
					continue
				}
				done := ingested(entries, sn.Meta) >= 0
				if s := in.Find(id); s != nil && s.Records != nil {
					done = in.micro.Decided(store, sn)
				} else if !done && store == in.Pending {
					_, done, _ = in.Rejected.Find(id, sn.Meta.SHA256) // what cannot be read has not decided anything
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

// last returns the day of the newest release of a source that its publisher is known
// to have made: that it waits here does not make the publisher late. Zero is none.
func (in *mender) last(id string) (stat.Date, error) {
	entries, err := in.Lake.Entries(id)
	if err != nil {
		return 0, err
	}
	held, err := in.Pending.Snapshots(id)
	return registry.LastOf(entries, held), err
}
