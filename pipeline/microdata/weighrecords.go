package microdata

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/read/check"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

const (
	// maxWhy is how many findings, and how many moves, it says; those that go furthest.
	maxWhy = 1000
	// maxWhySize bounds its bytes.
	maxWhySize = 16 << 20
)

// ways is what may become of a delivery of records: it is kept, or it waits. hold is nil where
// a person has decided.
type ways struct {
	keep func() error
	hold func(review.Verdict) error
}

// why is the content of the file that says why a release waits.
type why struct {
	Findings []stat.Finding `json:"findings,omitempty"`
	Moves    []check.Move   `json:"moves,omitempty"`
}

// weighRecords returns what a delivery that comes on top of all others contradicts: by its own
// arithmetic, and of what was known.
func (in *scales) weighRecords(s *source.Source, p *prepared, w ways) (v review.Verdict, err error) {
	if w.hold == nil {
		return v, nil
	}
	v.Findings = p.content.Findings
	entries, err := in.Lake.Entries(s.ID)
	if err != nil {
		return v, err
	}
	now := review.Described(s, p.content.Observations) // first: the breakdowns of a register are many
	v.Moves, err = review.Moves(in.Lake, s, entries, nil, p.delivery.Release, lake.HashNotes(p.content.Notes), now, false)
	return v, err
}

// lateOn is what a delivery that comes in before others is weighed on: the records that are
// there, and what they were made from.
type lateOn struct {
	live   ground
	before []delivery
}

// weighLate returns what a delivery contradicts that comes in before others: by its own
// arithmetic, and of what is known now where it is read on top of all others. p is the delivery
// read by itself, which does not say what becomes of a day. Where it cannot be read on top of
// the others, because most of its records are there, its own arithmetic has to do.
func (in *scales) weighLate(ctx context.Context, s *source.Source, p *prepared, on lateOn, w ways) (review.Verdict, error) {
	v := review.Verdict{Findings: p.content.Findings}
	if w.hold == nil || len(on.before) == 0 || on.live == (ground{}) {
		return v, nil
	}
	top, err := in.prepare(ctx, s, p.delivery, on.live, on.before)
	if err != nil {
		return v, ctx.Err()
	}
	defer top.abort()
	last := on.before[len(on.before)-1].Release
	last.FirstSeen = last.FirstSeen.Add(time.Second)
	v.Moves, err = review.Moves(in.Lake, s, nil, nil, last, nil, review.Described(s, top.content.Observations), false)
	return v, err
}

// waitsNow reports whether a delivery waits from now on, and then makes o its outcome. One that
// the lake has was decided on before.
func (in *scales) waitsNow(o review.Outcome, d delivery, v review.Verdict, w ways) (review.Outcome, bool) {
	if w.hold == nil || !in.Gate.Holds(v.Severity()) {
		return o, false
	}
	entries, err := in.Lake.Entries(o.Source)
	if err != nil {
		return review.Refuse(o, err), true
	}
	if slices.ContainsFunc(entries, func(e lake.Entry) bool { return e.Release == d.Release.ID }) {
		return o, false
	}
	v = cut(v)
	if err := w.hold(v); err != nil {
		return review.Refuse(o, err), true
	}
	return v.Held(o, entries, d.Release.ID, d.Files[0].Meta), true
}

// rank orders moves: errors come first.
func rank(m check.Move) int {
	if m.Severity == stat.SeverityError {
		return 0
	}
	return 1
}

// cut returns what a verdict says first, where it says very much.
func cut(v review.Verdict) review.Verdict {
	if len(v.Moves) > maxWhy {
		worst := check.Worst(v.Moves)
		slices.SortStableFunc(worst, func(x, y check.Move) int { return rank(x) - rank(y) })
		v.Moves = worst[:maxWhy]
	}
	v.Findings = v.Findings[:min(len(v.Findings), maxWhy)]
	return v
}

// holdRecords keeps a staged release where it waits, with its layout where none is kept yet, and
// why it waits. All of it is there, or nothing.
func (in *scales) holdRecords(a arrival, g *archive.Staging, d delivery, relaid bool, v review.Verdict) error {
	to, err := in.Pending.Stage(a.s.ID)
	if err != nil {
		return err
	}
	defer to.Abort() // after Commit it does nothing
	if g != nil {    // a layout may come by itself
		if err := to.Link(g); err != nil {
			return err
		}
	}
	m := archive.Sidecar{RetrievedAt: a.meta.RetrievedAt, FirstSeen: d.Release.FirstSeen, Released: d.Files[0].Meta.Released, Added: a.meta.Added, MediaType: "application/json",
		Publisher: a.s.Publisher, Licence: a.s.Licence, Title: a.s.Title}
	if relaid {
		text := a.layout
		if text == nil {
			text = layout.DefaultText()
		}
		if _, err := to.Add(layout.FileName, bytes.NewReader(text), layout.MaxSize, m); err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(why{v.Findings, v.Moves}, "", " ")
	if err != nil {
		return err
	}
	if _, err := to.Add(registry.WhyName, bytes.NewReader(append(text, '\n')), maxWhySize, m); err != nil {
		return err
	}
	return to.Commit(d.Release.ID)
}

// Look returns the outcome of a release of records that waits, with why it does. sn is
// one of its files.
func (in *scales) Look(s *source.Source, sn archive.Snapshot) review.Outcome {
	o := review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release}
	files, err := in.Pending.Files(s.ID, sn.Release)
	if err != nil {
		return review.Refuse(o, err)
	}
	entries, err := in.Lake.Entries(s.ID)
	if err != nil {
		return review.Refuse(o, err)
	}
	var said why
	if i := slices.IndexFunc(files, func(f archive.Snapshot) bool { return f.File == registry.WhyName }); i >= 0 {
		data, err := in.Pending.Read(files[i], maxWhySize)
		if err == nil {
			err = json.Unmarshal(data, &said)
		}
		if err != nil {
			return review.Refuse(o, err)
		}
	}
	if own := slices.DeleteFunc(files, func(f archive.Snapshot) bool { return !registry.OfRecords(f) }); len(own) > 0 {
		o.File = newDelivery(s.ID, own, nil).Release.File
	}
	return review.Verdict{Findings: said.Findings, Moves: said.Moves}.Held(o, entries, sn.Release, sn.Meta)
}

// Accept takes a release of records into data/raw and the lake as if it had never waited.
func (in *Intake) Accept(s *source.Source, sn archive.Snapshot, store *archive.Store) (review.Outcome, error) {
	ctx := context.Background()
	o := review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release, State: review.Known}
	var list []review.Outcome
	if store == in.Raw {
		list = in.Restore(ctx, s)
	} else {
		list = in.settleHeld(ctx, s, sn, store)
	}
	for _, x := range list {
		if x.Failed() || x.Release == sn.Release {
			o = x
		}
		if x.Failed() {
			return o, nil
		}
	}
	if store == in.Raw {
		return o, nil
	}
	return o, store.Discard(s.ID, sn.Release)
}

// settleHeld takes in a release that another store has, or a layout. A layout that waits is taken where
// none has been since.
func (in *Intake) settleHeld(ctx context.Context, s *source.Source, sn archive.Snapshot, store *archive.Store) []review.Outcome {
	fail := func(err error) []review.Outcome {
		return []review.Outcome{review.Refuse(review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release}, err)}
	}
	files, err := store.Files(s.ID, sn.Release)
	if err != nil {
		return fail(err)
	}
	a := arrival{s: s}
	if source.IsEvents(s.ID) {
		if err := in.layoutOf(&a, files, store); err != nil {
			return fail(err)
		}
	}
	own := slices.DeleteFunc(files, func(f archive.Snapshot) bool { return !registry.OfRecords(f) })
	var paths []string
	for _, f := range own {
		p, err := store.Path(f)
		if err != nil {
			return fail(err)
		}
		paths = append(paths, p)
	}
	before, err := in.deliveries(s.ID)
	if err != nil {
		return fail(err)
	}
	if len(own) == 0 {
		if a.layout == nil {
			return fail(fmt.Errorf("%w: another layout has come in since; give this one again: ingest add %s --layout FILE", registry.ErrUsage, s.ID))
		}
		o := review.Outcome{Source: s.ID, File: layout.FileName, Release: sn.Release, State: review.Known}
		return in.takeLayout(ctx, a, delivery{}, before, o, nil)
	}
	relaid, d := a.layout != nil, newDelivery(s.ID, own, paths)
	return in.settle(ctx, a.s, d, before, relaid, ways{keep: func() error {
		if err := in.keepLayout(a, relaid); err != nil {
			return err
		}
		err := in.Raw.CopyRelease(store, own, sn.Release, func(m archive.Sidecar) archive.Sidecar {
			m.Rejected = ""
			return m
		})
		if err != nil {
			return err
		}
		return in.dropAfter(d.Release)
	}})
}

// dropAfter takes the releases out of the lake that follow another on the same day. They are read
// again after it: one that then states nothing new is not in the lake.
func (in *scales) dropAfter(r stat.Release) error {
	entries, err := in.Lake.Entries(r.Source)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Vintage == r.Vintage && e.Stat().Compare(r) > 0 {
			if err := in.Lake.Remove(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// layoutOf makes a that of the layout among files, or of the one that is kept where that came in later.
func (in *scales) layoutOf(a *arrival, files []archive.Snapshot, store *archive.Store) error {
	l, err := registry.KeptLayout(in.Raw, a.s.ID)
	if err != nil {
		return err
	}
	kept, err := registry.LastLayout(in.Raw, a.s.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(files, func(f archive.Snapshot) bool { return f.File == layout.FileName })
	if i >= 0 && (kept == nil || !files[i].Meta.RetrievedAt.Before(kept.Meta.RetrievedAt)) {
		if a.layout, err = store.Read(files[i], layout.MaxSize); err != nil {
			return err
		}
		if l, err = layout.Parse(layout.FileName, a.layout); err != nil {
			return err
		}
	}
	if l != nil {
		a.s = source.Events(a.s.ID, l)
	}
	return nil
}

// Reject moves a release of records that waits to those that were rejected.
func (in *Intake) Reject(s *source.Source, sn archive.Snapshot, reason string) (review.Outcome, error) {
	o := review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release}
	files, err := in.Pending.Files(s.ID, sn.Release)
	if err != nil {
		return review.Refuse(o, err), nil
	}
	files = slices.DeleteFunc(files, func(f archive.Snapshot) bool { return f.File == registry.WhyName })
	err = in.Rejected.CopyRelease(in.Pending, files, sn.Release, func(m archive.Sidecar) archive.Sidecar {
		m.Rejected = reason
		return m
	})
	if err != nil {
		return review.Refuse(o, err), nil
	}
	sn.Meta.Rejected = reason
	return o.Rejected(&sn), in.Pending.Discard(s.ID, sn.Release)
}

// Decided reports whether a release of records that waits, or was rejected, has been
// decided on since: it is in data/raw, or no longer waits but was rejected. A
// layout has been decided on once it was kept, under a name of its own.
func (in *Intake) Decided(store *archive.Store, sn archive.Snapshot) bool {
	if kept, err := registry.LastLayout(in.Raw, sn.Source); err == nil && kept != nil && isLayout(sn) && kept.Meta.SHA256 == sn.Meta.SHA256 &&
		!kept.Meta.RetrievedAt.Before(sn.Meta.RetrievedAt) {
		return true
	}
	for _, other := range []*archive.Store{in.Raw, in.Rejected} {
		if other == store {
			continue
		}
		files, err := other.Files(sn.Source, sn.Release)
		if err == nil && len(files) > 0 {
			return true
		}
	}
	return false
}
