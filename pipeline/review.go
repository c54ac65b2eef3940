package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// rejected makes o the outcome of a file that was rejected, or leaves it where sn is nil.
func (o Outcome) rejected(sn *archive.Snapshot) Outcome {
	if sn != nil {
		o.State, o.Release, o.Reason = Rejected, sn.Release, sn.Meta.Rejected
	}
	return o
}

// same returns the file of a store with the same bytes, or which states the same of
// the same day: a page that is served with another token every night is no other. It is
// nil where there is none.
func (in *Ingest) same(store *archive.Store, d decoded) (*archive.Snapshot, error) {
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
func (in *Ingest) Review() ([]Outcome, error) {
	waiting, rejected := []Outcome{}, []Outcome{}
	for _, x := range []struct {
		store *archive.Store
		to    *[]Outcome
	}{{in.held, &waiting}, {in.rejected, &rejected}} {
		ids, err := x.store.Sources()
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			s := in.cfg.find(id)
			if s == nil {
				continue // of a source that this program no longer has
			}
			list, err := x.store.Snapshots(id)
			if err != nil {
				return nil, err
			}
			list = firsts(s, list)
			for i, sn := range list {
				o := Outcome{Source: id, File: sn.File}.rejected(&list[i])
				if x.store == in.held {
					o = in.look(s, sn)
				}
				if d := sn.Meta.Decided(); d.Kind == archive.Withdrawn {
					o.State, o.Releases = Withdrawn, d.Releases
				}
				*x.to = append(*x.to, o)
			}
		}
	}
	slices.SortStableFunc(rejected, func(a, b Outcome) int { return strings.Compare(a.State, b.State) }) // the withdrawn ones last
	return append(waiting, rejected...), nil
}

// look returns the outcome of a file that waits, with why it does.
func (in *Ingest) look(s *source.Source, sn archive.Snapshot) Outcome {
	if s.Records != nil {
		return in.lookRecords(s, sn)
	}
	o := Outcome{Source: s.ID, File: sn.File, Release: sn.Release}
	data, err := in.held.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return refuse(o, err)
	}
	return in.take(s, sn.File, data, sn.Meta, false)
}

// Accept takes a file that waits into data/raw and the lake, as if it had never
// waited. release names it; "" is the one that waits. With its release named, one that
// was rejected is taken after all, and one that was accepted before stays as it is.
// A killed Accept is ended by the next, or by Run.
func (in *Ingest) Accept(id, release string) (Outcome, error) {
	s, sn, store, err := in.choose(id, release)
	if err != nil {
		return Outcome{}, err
	}
	if sn.Meta.Decided().Kind == archive.Withdrawn && store == in.rejected {
		return in.reinstate(s, sn)
	}
	if s.Records != nil {
		return in.acceptRecords(s, sn, store)
	}
	data, err := store.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return refuse(Outcome{Source: id, File: sn.File, Release: sn.Release}, err), nil
	}
	m := sn.Meta
	m.Rejected = ""
	o := in.take(s, sn.File, data, m, true)
	if !o.Failed() && store != in.store {
		return o, store.Remove(sn)
	}
	return o, nil
}

// Reject notes, for good, that a file that waits is not to be taken, and why. Its bytes
// move to data/raw/rejected: they are not held or ingested again. release is as for
// Accept; a file that was rejected before stays so, for the reason given then. What is
// in the lake cannot be rejected.
func (in *Ingest) Reject(id, release, reason string) (Outcome, error) {
	reason, err := parseReason(reason)
	if err != nil {
		return Outcome{}, err
	}
	s, sn, store, err := in.choose(id, release)
	if err != nil {
		return Outcome{}, err
	}
	o := Outcome{Source: id, File: sn.File}
	switch store {
	case in.rejected:
		return o.rejected(&sn), nil
	case in.store:
		return Outcome{}, fmt.Errorf("%w: release %s of %s is taken already, and what was taken stays; see: ingest withdraw", ErrUsage, release, id)
	}
	if s.Records != nil {
		return in.rejectRecords(s, sn, reason)
	}
	data, err := store.Read(sn, s.Place.MaxBytes)
	if err != nil {
		return refuse(o, err), nil
	}
	m := sn.Meta
	m.Rejected = reason
	kept, err := in.rejected.Save(id, sn.Release, sn.File, data, m)
	if err != nil {
		return refuse(o, err), nil
	}
	return o.rejected(&kept), store.Remove(sn)
}

// maxReason bounds why a file was rejected, in bytes.
const maxReason = 1000

// parseReason returns a reason as it is kept: one line of text.
func parseReason(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case text == "":
		return "", fmt.Errorf("%w: say why: --reason TEXT", ErrUsage)
	case len(text) > maxReason:
		return "", fmt.Errorf("%w: --reason has more than %d bytes", ErrUsage, maxReason)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) }):
		return "", fmt.Errorf("%w: --reason holds what is no text", ErrUsage)
	}
	return text, nil
}

// choose returns the file that a person decides on, and where it is. One that waits
// comes before one that was rejected, and that before one that was taken.
func (in *Ingest) choose(id, release string) (*source.Source, archive.Snapshot, *archive.Store, error) {
	none := archive.Snapshot{}
	s := in.cfg.find(id)
	if s == nil {
		return nil, none, nil, fmt.Errorf("%w: there is no source %q; see: ingest sources", ErrUsage, id)
	}
	held, err := in.held.Snapshots(id)
	if err != nil {
		return nil, none, nil, err
	}
	if held = firsts(s, held); release == "" {
		switch len(held) {
		case 0:
			return nil, none, nil, fmt.Errorf("%w: no release of %s waits; see: ingest review", ErrUsage, id)
		case 1:
			return s, held[0], in.held, nil
		}
		var names []string
		for _, sn := range held {
			names = append(names, sn.Release)
		}
		return nil, none, nil, fmt.Errorf("%w: %d releases of %s wait, name one of them: %s", ErrUsage, len(held), id, strings.Join(names, ", "))
	}
	for _, store := range []*archive.Store{in.held, in.rejected, in.store} {
		list, err := store.Snapshots(id)
		if err != nil {
			return nil, none, nil, err
		}
		list = firsts(s, list)
		if i := slices.IndexFunc(list, func(sn archive.Snapshot) bool { return sn.Release == release }); i >= 0 {
			return s, list[i], store, nil
		}
	}
	return nil, none, nil, fmt.Errorf("%w: no release %q of %s waits; see: ingest review", ErrUsage, release, id)
}

// sweepDecided ends decisions that a kill cut short: what is in the lake waits no more
// and is not rejected, what is rejected does not wait.
func (in *Ingest) sweepDecided() error {
	for _, store := range []*archive.Store{in.held, in.rejected} {
		ids, err := store.Sources()
		if err = errors.Join(err, store.Sweep()); err != nil {
			return err
		}
		for _, id := range ids {
			list, err := store.Snapshots(id)
			entries, damaged := in.lake.Entries(id)
			if err != nil || damaged != nil {
				continue // reported where it is used, and nothing is taken away
			}
			for _, sn := range list {
				if store == in.rejected && len(sn.Meta.Decisions) > 0 {
					in.resumeDecision(sn)
					continue
				}
				done := ingested(entries, sn.Meta) >= 0
				if s := in.cfg.find(id); s != nil && s.Records != nil {
					done = in.recordsDecided(store, sn)
				} else if !done && store == in.held {
					_, done, _ = in.rejected.Find(id, sn.Meta.SHA256) // what cannot be read has not decided anything
				}
				if !done {
					continue
				}
				if err := store.Remove(sn); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// heldOf returns the files of a source that wait, by release, and of records one of each, without making a folder.
func (c Config) heldOf(id string) ([]archive.Snapshot, error) {
	if _, err := os.Stat(c.held()); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	store, err := archive.OpenStore(c.held())
	if err != nil {
		return nil, err
	}
	defer store.Close()
	list, err := store.Snapshots(id)
	return firsts(c.find(id), list), err
}

// last returns the day of the newest release of a source that its publisher is known
// to have made: that it waits here does not make the publisher late. Zero is none.
func (in *Ingest) last(id string) (stat.Date, error) {
	entries, err := in.lake.Entries(id)
	if err != nil {
		return 0, err
	}
	held, err := in.held.Snapshots(id)
	return lastOf(entries, held), err
}

// lastOf returns the newest day of releases in the lake and of those that wait.
func lastOf(entries []lake.Entry, held []archive.Snapshot) (last stat.Date) {
	if n := len(entries); n > 0 {
		last = entries[n-1].Vintage
	}
	if len(held) > 0 {
		last = max(last, slices.MaxFunc(held, func(a, b archive.Snapshot) int { return cmp.Compare(a.Meta.Released, b.Meta.Released) }).Meta.Released)
	}
	return last
}
