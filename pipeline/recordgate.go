package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/microdata/layout"
	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

const (
	// whyName is the file of a release of records that waits which says why it does: a large
	// register is not read again whenever somebody asks.
	whyName = "_why.json"
	// maxWhy is how many findings, and how many moves, it says; those that go furthest.
	maxWhy = 1000
	// maxWhySize bounds its bytes.
	maxWhySize = 16 << 20
)

// ways is what may become of a delivery of records: it is kept, or it waits. hold is nil where
// a person has decided.
type ways struct {
	keep func() error
	hold func(verdict) error
}

// why is the content of the file that says why a release waits.
type why struct {
	Findings []stat.Finding `json:"findings,omitempty"`
	Moves    []check.Move   `json:"moves,omitempty"`
}

// weighRecords returns what a delivery that comes on top of all others contradicts: by its own
// arithmetic, and of what was known.
func (in *Ingest) weighRecords(s *source.Source, p *prepared, w ways) (v verdict, err error) {
	if w.hold == nil {
		return v, nil
	}
	v.findings = p.content.Findings
	entries, err := in.lake.Entries(s.ID)
	if err != nil {
		return v, err
	}
	now := described(s, p.content.Observations) // first: the breakdowns of a register are many
	v.moves, err = moves(in.lake, s, entries, nil, p.delivery.release, lake.HashNotes(p.content.Notes), now, false)
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
func (in *Ingest) weighLate(ctx context.Context, s *source.Source, p *prepared, on lateOn, w ways) (verdict, error) {
	v := verdict{findings: p.content.Findings}
	if w.hold == nil || len(on.before) == 0 || on.live == (ground{}) {
		return v, nil
	}
	top, err := in.prepare(ctx, s, p.delivery, on.live, on.before)
	if err != nil {
		return v, ctx.Err()
	}
	defer top.abort()
	last := on.before[len(on.before)-1].release
	last.FirstSeen = last.FirstSeen.Add(time.Second)
	v.moves, err = moves(in.lake, s, nil, nil, last, nil, described(s, top.content.Observations), false)
	return v, err
}

// waitsNow reports whether a delivery waits from now on, and then makes o its outcome. One that
// the lake has was decided on before.
func (in *Ingest) waitsNow(o Outcome, d delivery, v verdict, w ways) (Outcome, bool) {
	if w.hold == nil || !in.cfg.Gate.Holds(v.severity()) {
		return o, false
	}
	entries, err := in.lake.Entries(o.Source)
	if err != nil {
		return refuse(o, err), true
	}
	if slices.ContainsFunc(entries, func(e lake.Entry) bool { return e.Release == d.release.ID }) {
		return o, false
	}
	v = v.cut()
	if err := w.hold(v); err != nil {
		return refuse(o, err), true
	}
	return v.held(o, entries, d.release.ID, d.files[0].Meta), true
}

// rank orders moves: errors come first.
func rank(m check.Move) int {
	if m.Severity == stat.SeverityError {
		return 0
	}
	return 1
}

// cut returns what a verdict says first, where it says very much.
func (v verdict) cut() verdict {
	if len(v.moves) > maxWhy {
		worst := check.Worst(v.moves)
		slices.SortStableFunc(worst, func(x, y check.Move) int { return rank(x) - rank(y) })
		v.moves = worst[:maxWhy]
	}
	v.findings = v.findings[:min(len(v.findings), maxWhy)]
	return v
}

// holdRecords keeps a staged release where it waits, with its layout where none is kept yet, and
// why it waits. All of it is there, or nothing.
func (in *Ingest) holdRecords(a arrival, g *archive.Staging, d delivery, relaid bool, v verdict) error {
	to, err := in.held.Stage(a.s.ID)
	if err != nil {
		return err
	}
	defer to.Abort() // after Commit it does nothing
	if err := to.Link(g); err != nil {
		return err
	}
	m := archive.Sidecar{RetrievedAt: a.meta.RetrievedAt, FirstSeen: d.release.FirstSeen, Released: d.files[0].Meta.Released, Added: a.meta.Added, MediaType: "application/json",
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
	text, err := json.MarshalIndent(why{v.findings, v.moves}, "", " ")
	if err != nil {
		return err
	}
	if _, err := to.Add(whyName, bytes.NewReader(append(text, '\n')), maxWhySize, m); err != nil {
		return err
	}
	return to.Commit(d.release.ID)
}

// firsts returns the first file of each release: of records, which may be several files with
// their layout and why they wait. Of figures it returns all.
func firsts(s *source.Source, list []archive.Snapshot) []archive.Snapshot {
	if s == nil || s.Records == nil {
		return list
	}
	var out []archive.Snapshot
	for _, sn := range list {
		if n := len(out); ofRecords(sn) && (n == 0 || out[n-1].Release != sn.Release) {
			out = append(out, sn)
		}
	}
	return out
}

// ofRecords reports whether a file holds records, and is neither their layout nor why they wait.
func ofRecords(sn archive.Snapshot) bool { return sn.File != layout.FileName && sn.File != whyName }

// lookRecords returns the outcome of a release of records that waits, with why it does. sn is
// one of its files.
func (in *Ingest) lookRecords(s *source.Source, sn archive.Snapshot) Outcome {
	o := Outcome{Source: s.ID, File: sn.File, Release: sn.Release}
	files, err := in.held.Files(s.ID, sn.Release)
	if err != nil {
		return refuse(o, err)
	}
	entries, err := in.lake.Entries(s.ID)
	if err != nil {
		return refuse(o, err)
	}
	var said why
	if i := slices.IndexFunc(files, func(f archive.Snapshot) bool { return f.File == whyName }); i >= 0 {
		data, err := in.held.Read(files[i], maxWhySize)
		if err == nil {
			err = json.Unmarshal(data, &said)
		}
		if err != nil {
			return refuse(o, err)
		}
	}
	if own := slices.DeleteFunc(files, func(f archive.Snapshot) bool { return !ofRecords(f) }); len(own) > 0 {
		o.File = newDelivery(s.ID, own, nil).release.File
	}
	return verdict{said.Findings, said.Moves}.held(o, entries, sn.Release, sn.Meta)
}

// acceptRecords takes a release of records into data/raw and the lake as if it had never waited.
func (in *Ingest) acceptRecords(s *source.Source, sn archive.Snapshot, store *archive.Store) (Outcome, error) {
	ctx := context.Background()
	o := Outcome{Source: s.ID, File: sn.File, Release: sn.Release, State: Known}
	var list []Outcome
	if store == in.store {
		list = in.restoreRecords(ctx, s)
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
	if store == in.store {
		return o, nil
	}
	return o, store.Discard(s.ID, sn.Release)
}

// settleHeld takes in a release that another store has. A layout that waits with it is taken where
// none has been since.
func (in *Ingest) settleHeld(ctx context.Context, s *source.Source, sn archive.Snapshot, store *archive.Store) []Outcome {
	fail := func(err error) []Outcome {
		return []Outcome{refuse(Outcome{Source: s.ID, File: sn.File, Release: sn.Release}, err)}
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
	own := slices.DeleteFunc(files, func(f archive.Snapshot) bool { return !ofRecords(f) })
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
	relaid, d := a.layout != nil, newDelivery(s.ID, own, paths)
	return in.settle(ctx, a.s, d, before, relaid, ways{keep: func() error {
		if err := in.keepLayout(a, relaid); err != nil {
			return err
		}
		err := in.store.Take(store, own, sn.Release, func(m archive.Sidecar) archive.Sidecar {
			m.Rejected = ""
			return m
		})
		if err != nil {
			return err
		}
		return in.dropAfter(d.release)
	}})
}

// dropAfter takes the releases out of the lake that follow another on the same day. They are read
// again after it: one that then states nothing new is not in the lake.
func (in *Ingest) dropAfter(r stat.Release) error {
	entries, err := in.lake.Entries(r.Source)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Vintage == r.Vintage && e.Stat().Compare(r) > 0 {
			if err := in.lake.Remove(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// layoutOf makes a that of the layout that is kept, or else of the one among files.
func (in *Ingest) layoutOf(a *arrival, files []archive.Snapshot, store *archive.Store) error {
	l, err := keptLayout(in.store, a.s.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(files, func(f archive.Snapshot) bool { return f.File == layout.FileName })
	if l == nil && i >= 0 {
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

// rejectRecords moves a release of records that waits to those that were rejected.
func (in *Ingest) rejectRecords(s *source.Source, sn archive.Snapshot, reason string) (Outcome, error) {
	o := Outcome{Source: s.ID, File: sn.File, Release: sn.Release}
	files, err := in.held.Files(s.ID, sn.Release)
	if err != nil {
		return refuse(o, err), nil
	}
	files = slices.DeleteFunc(files, func(f archive.Snapshot) bool { return f.File == whyName })
	err = in.rejected.Take(in.held, files, sn.Release, func(m archive.Sidecar) archive.Sidecar {
		m.Rejected = reason
		return m
	})
	if err != nil {
		return refuse(o, err), nil
	}
	sn.Meta.Rejected = reason
	return o.rejected(&sn), in.held.Discard(s.ID, sn.Release)
}

// recordsDecided reports whether a release of records that waits, or was rejected, has been
// decided on since: it is in data/raw, or no longer waits but was rejected.
func (in *Ingest) recordsDecided(store *archive.Store, sn archive.Snapshot) bool {
	for _, other := range []*archive.Store{in.store, in.rejected} {
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
