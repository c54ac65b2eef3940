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
	// maxWhy limits the findings, and the moves, in a pendingNote. The largest moves are listed.
	maxWhy = 1000
	// maxWhySize limits the size of a pendingNote in bytes.
	maxWhySize = 16 << 20
)

// actions are the two ways to store a delivery of microdata: accept it, or make it pending. pend is nil if
// a person has decided.
type actions struct {
	accept func() error
	pend   func(review.Verdict) error
}

// pendingNote is the content of the file that says why a release waits.
type pendingNote struct {
	Findings []stat.Finding `json:"findings,omitempty"`
	Moves    []check.Move   `json:"moves,omitempty"`
}

// weigh returns how a delivery that is newer than all others contradicts itself or what was known.
func (in *weigher) weigh(s *source.Source, p *prepared, do actions) (v review.Verdict, err error) {
	if do.pend == nil {
		return v, nil
	}
	v.Findings = p.content.Findings
	entries, err := in.Lake.Entries(s.ID)
	if err != nil {
		return v, err
	}
	now := review.Described(s, p.content.Observations) // comes first, because microdata have many breakdowns
	v.Moves, err = review.Moves(in.Lake, s, entries, nil, p.delivery.Release, lake.HashNotes(p.content.Notes), now, false)
	return v, err
}

// lateOn is what a delivery older than others is compared with: the live records, and the deliveries that
// they were built from.
type lateOn struct {
	live   folders
	before []delivery
}

// weighLate returns how a delivery older than others contradicts itself, or what is known now if it is added
// to the live records. p is the delivery read by itself, which does not show the resulting figures. If the
// delivery cannot be added, because most of its records are there already, only its own arithmetic counts.
func (in *weigher) weighLate(ctx context.Context, s *source.Source, p *prepared, on lateOn, do actions) (review.Verdict, error) {
	v := review.Verdict{Findings: p.content.Findings}
	if do.pend == nil || len(on.before) == 0 || on.live == (folders{}) {
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

// pendIfNeeded makes a delivery pending if the gate says so. It then returns the outcome and true. A delivery
// that the lake has was decided on before.
func (in *weigher) pendIfNeeded(o review.Outcome, d delivery, v review.Verdict, do actions) (review.Outcome, bool) {
	if do.pend == nil || !in.Gate.Holds(v.Severity()) {
		return o, false
	}
	entries, err := in.Lake.Entries(o.Source)
	if err != nil {
		return review.Fail(o, err), true
	}
	if slices.ContainsFunc(entries, func(e lake.Entry) bool { return e.Release == d.Release.ID }) {
		return o, false
	}
	v = truncate(v)
	if err := do.pend(v); err != nil {
		return review.Fail(o, err), true
	}
	return v.Pending(o, entries, d.Release.ID, d.Files[0].Meta), true
}

// rank orders moves: errors come first.
func rank(m check.Move) int {
	if m.Severity == stat.SeverityError {
		return 0
	}
	return 1
}

// truncate limits the findings and moves of a verdict to the most important ones.
func truncate(v review.Verdict) review.Verdict {
	if len(v.Moves) > maxWhy {
		worst := check.Worst(v.Moves)
		slices.SortStableFunc(worst, func(x, y check.Move) int { return rank(x) - rank(y) })
		v.Moves = worst[:maxWhy]
	}
	v.Findings = v.Findings[:min(len(v.Findings), maxWhy)]
	return v
}

// storePending stores a staged release as pending, with its layout if that is new, and with the reasons. It
// stores all or nothing.
func (in *weigher) storePending(a arrival, g *archive.Staging, d delivery, newLayout bool, v review.Verdict) error {
	to, err := in.Pending.Stage(a.s.ID)
	if err != nil {
		return err
	}
	defer to.Abort() // does nothing after Commit
	if g != nil {    // a layout may come by itself
		if err := to.Link(g); err != nil {
			return err
		}
	}
	m := archive.Sidecar{RetrievedAt: a.meta.RetrievedAt, FirstSeen: d.Release.FirstSeen, Released: d.Files[0].Meta.Released, Added: a.meta.Added, MediaType: "application/json",
		Publisher: a.s.Publisher, Licence: a.s.Licence, Title: a.s.Title}
	if newLayout {
		text := a.layout
		if text == nil {
			text = layout.DefaultText()
		}
		if _, err := to.Add(layout.FileName, bytes.NewReader(text), layout.MaxSize, m); err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(pendingNote{v.Findings, v.Moves}, "", " ")
	if err != nil {
		return err
	}
	if _, err := to.Add(registry.ReasonsFile, bytes.NewReader(append(text, '\n')), maxWhySize, m); err != nil {
		return err
	}
	return to.Commit(d.Release.ID)
}

// Look returns the outcome of a pending release of microdata, with the reasons. sn is one of its files.
func (in *weigher) Look(s *source.Source, sn archive.Snapshot) review.Outcome {
	o := review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release}
	files, err := in.Pending.Files(s.ID, sn.Release)
	if err != nil {
		return review.Fail(o, err)
	}
	entries, err := in.Lake.Entries(s.ID)
	if err != nil {
		return review.Fail(o, err)
	}
	var said pendingNote
	if i := slices.IndexFunc(files, func(f archive.Snapshot) bool { return f.File == registry.ReasonsFile }); i >= 0 {
		data, err := in.Pending.Read(files[i], maxWhySize)
		if err == nil {
			err = json.Unmarshal(data, &said)
		}
		if err != nil {
			return review.Fail(o, err)
		}
	}
	if own := slices.DeleteFunc(files, func(f archive.Snapshot) bool { return !registry.IsMicrodata(f) }); len(own) > 0 {
		o.File = newDelivery(s.ID, own, nil).Release.File
	}
	return review.Verdict{Findings: said.Findings, Moves: said.Moves}.Pending(o, entries, sn.Release, sn.Meta)
}

// Accept takes a release of microdata into data/raw and the lake as if it had never been pending.
func (in *Intake) Accept(s *source.Source, sn archive.Snapshot, store *archive.Store) (review.Outcome, error) {
	ctx := context.Background()
	o := review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release, State: review.Known}
	var list []review.Outcome
	if store == in.Raw {
		list = in.Restore(ctx, s)
	} else {
		list = in.acceptPending(ctx, s, sn, store)
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

// acceptPending takes in a release or layout from another store. It takes a layout only if no other layout came
// in later.
func (in *Intake) acceptPending(ctx context.Context, s *source.Source, sn archive.Snapshot, store *archive.Store) []review.Outcome {
	fail := func(err error) []review.Outcome {
		return []review.Outcome{review.Fail(review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release}, err)}
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
	own := slices.DeleteFunc(files, func(f archive.Snapshot) bool { return !registry.IsMicrodata(f) })
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
	newLayout, d := a.layout != nil, newDelivery(s.ID, own, paths)
	return in.reviewOrStore(ctx, a.s, d, before, newLayout, actions{accept: func() error {
		if err := in.keepLayout(a, newLayout); err != nil {
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

// dropAfter removes from the lake the later releases of the same day. Restore reads them again after r; one that
// then states nothing new stays out of the lake.
func (in *weigher) dropAfter(r stat.Release) error {
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

// layoutOf sets the layout of a from files, or from the stored layout if that came in later.
func (in *weigher) layoutOf(a *arrival, files []archive.Snapshot, store *archive.Store) error {
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

// Reject moves a pending release of microdata to the rejected ones.
func (in *Intake) Reject(s *source.Source, sn archive.Snapshot, reason string) (review.Outcome, error) {
	o := review.Outcome{Source: s.ID, File: sn.File, Release: sn.Release}
	files, err := in.Pending.Files(s.ID, sn.Release)
	if err != nil {
		return review.Fail(o, err), nil
	}
	files = slices.DeleteFunc(files, func(f archive.Snapshot) bool { return f.File == registry.ReasonsFile })
	err = in.Rejected.CopyRelease(in.Pending, files, sn.Release, func(m archive.Sidecar) archive.Sidecar {
		m.Rejected = reason
		return m
	})
	if err != nil {
		return review.Fail(o, err), nil
	}
	sn.Meta.Rejected = reason
	return o.Rejected(&sn), in.Pending.Discard(s.ID, sn.Release)
}

// Decided reports whether a person has decided on a pending or rejected release of microdata since: data/raw
// has it, or another store does. A
// layout has been decided on once it was kept, under a name of its own.
func (in *Intake) Decided(store *archive.Store, sn archive.Snapshot) bool {
	if kept, err := registry.LastLayout(in.Raw, sn.Source); err == nil && kept != nil && registry.IsLayout(sn) && kept.Meta.SHA256 == sn.Meta.SHA256 &&
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
