package pipeline

import (
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// waitsText continues the name of a release that waits.
const waitsText = "contradicts itself or what was known, and waits; see: ingest review"

// Waiting says of a release that waits what a person needs in order to decide.
type Waiting struct {
	Retrieved time.Time `json:"retrieved_at"`
	Added     bool      `json:"added,omitempty"` // by hand
	Released  stat.Date `json:"released"`
	// Stays is the newest release that was taken, which stays published meanwhile; "" where
	// there is none. Its figures reach to Until.
	Stays string    `json:"stays,omitempty"`
	Until stat.Date `json:"stays_until,omitzero"`
}

// gate weighs a file that was read and checked, and reports whether it stops here, and
// then what became of it: it was rejected before; it waits for a person; or it weighs so
// much that it waits from now on. What waits does so under any gate: who began to look is
// not passed over by another command. Of a file that goes on, o has the findings.
func (in *Ingest) gate(o Outcome, d decoded) (_ Outcome, stops bool, err error) {
	stopped := Outcome{Source: d.source.ID, File: d.name}
	if sn, err := in.same(in.rejected, d); err != nil || sn != nil {
		return stopped.rejected(sn), sn != nil, err
	}
	sn, err := in.same(in.held, d)
	if err != nil {
		return o, false, err
	}
	v, err := in.weigh(d)
	if err != nil {
		return o, false, err
	}
	if sn == nil && !in.cfg.Gate.Holds(v.severity()) {
		for _, m := range v.moves {
			o.Findings = append(o.Findings, m.Finding())
		}
		return o, false, nil
	}
	if sn == nil && !in.cfg.Dry {
		kept, err := in.held.Save(d.source.ID, d.newest().ID, d.name, d.data, d.meta)
		if err != nil {
			return o, false, err
		}
		sn = &kept
	}
	release, m := d.newest().ID, d.meta
	if sn != nil {
		release, m = sn.Release, sn.Meta
	}
	return v.held(stopped, d.entries, release, m), true, nil
}

// newest returns the newest release in a file.
func (d decoded) newest() stat.Release { return d.batches[len(d.batches)-1].release }

// verdict is what there is to say of the releases of a file that the lake lacks.
type verdict struct {
	findings []stat.Finding // of the files' own arithmetic and their decoder
	moves    []check.Move   // of what was known
}

// severity returns the heaviest of a verdict.
func (v verdict) severity() stat.Severity {
	heaviest := stat.SeverityNote
	note := func(s stat.Severity) {
		if s == stat.SeverityError || heaviest == stat.SeverityNote {
			heaviest = s
		}
	}
	for _, f := range v.findings {
		note(f.Severity)
	}
	for _, m := range v.moves {
		note(m.Severity)
	}
	return heaviest
}

// held makes o the outcome of a release that waits, with the sidecar m; entries are those
// of its source in the lake.
func (v verdict) held(o Outcome, entries []lake.Entry, release string, m archive.Sidecar) Outcome {
	o.State, o.Release, o.Findings, o.Beyond = Held, release, v.findings, v.moves
	o.Waiting = &Waiting{Retrieved: m.RetrievedAt, Added: m.Added, Released: m.Released}
	if n := len(entries); n > 0 {
		o.Waiting.Stays = entries[n-1].Release
		_, o.Waiting.Until = span(entries)
	}
	return o
}

// weigh returns what a file contradicts: what those of its releases that the lake does not
// have state together is compared with what was known before the newest of them, and with
// the release after it. Breakdowns that the source does not describe are small counts that
// move among themselves, and are passed over.
func (in *Ingest) weigh(d decoded) (v verdict, err error) {
	var now []stat.Observation
	var newest *batch
	for i, b := range d.batches {
		if _, known, err := in.lake.Stated(d.entries, b.release, b.Observations, d.raw); err != nil {
			return v, err
		} else if known {
			continue
		}
		newest = &d.batches[i]
		v.findings = append(v.findings, b.Findings...)
		now = lake.Supersede(now, b.Observations, lake.Cover(b.Observations, d.raw.Tidy))
	}
	if newest == nil {
		return v, nil
	}
	at, _ := slices.BinarySearchFunc(d.entries, newest.release, func(e lake.Entry, r stat.Release) int { return e.Stat().Compare(r) })
	v.moves, err = moves(in.lake, d.source, d.entries[:at], d.entries[at:], newest.release, lake.HashNotes(newest.Notes), now, d.raw.Tidy)
	return v, err
}

// moves returns what a release moves of what was known before it, the release after it
// considered: older and newer are the entries of the lake around it, now and notes what it
// states.
func moves(l *lake.Lake, s *source.Source, older, newer []lake.Entry, r stat.Release, notes []lake.NoteHash, now []stat.Observation, tidy bool) ([]check.Move, error) {
	before, err := l.Before(r)
	if err != nil {
		return nil, err
	}
	cover := lake.Cover(now, tidy)
	k := check.Known{Before: described(s, before), Pairs: s.Pairs, Wholes: s.Wholes, Texts: newTexts(older, lake.Entry{Vintage: r.Vintage, Notes: notes})}
	for _, e := range newer {
		if !overlap(e.Coverage, cover) {
			continue
		}
		after, err := l.Read(e)
		if err != nil {
			return nil, err
		}
		k.After, k.Cover = described(s, after), e.Coverage
		break
	}
	return s.Limits.Or(check.DefaultLimits).Moves(k, described(s, now), cover), nil
}

// warnings returns what an operator should be told once of a source's newest release: what
// it moves within the limits. What cannot be read is reported elsewhere.
func (c Config) warnings(k known) (out []stat.Finding) {
	n := len(k.entries)
	if n == 0 || k.err != nil {
		return nil
	}
	e := k.entries[n-1]
	now, err := c.lake().Read(e)
	if err != nil {
		return nil
	}
	list, err := moves(c.lake(), k.source, k.entries[:n-1], nil, e.Stat(), e.Notes, now, e.Tidy)
	if err != nil {
		return nil
	}
	for _, m := range list {
		if m.Severity == stat.SeverityWarning {
			out = append(out, m.Finding())
		}
	}
	return out
}

// described returns the observations of the series that a source describes.
func described(s *source.Source, obs []stat.Observation) []stat.Observation {
	compares := map[*stat.Series]bool{}
	var out []stat.Observation
	for _, o := range obs {
		is, known := compares[o.Series]
		if !known {
			is = s.Compares(o.Series.ID)
			compares[o.Series] = is
		}
		if is {
			out = append(out, o)
		}
	}
	return out
}

// overlap reports whether two releases speak for any day of one series.
func overlap(a, b []stat.Coverage) bool {
	return slices.ContainsFunc(a, func(x stat.Coverage) bool {
		return slices.ContainsFunc(b, func(y stat.Coverage) bool {
			return x.Series == y.Series && x.Start <= y.End && y.Start <= x.End
		})
	})
}

// newTexts returns the places of definitions of a release that differ from those of the
// newest of the entries that has any.
func newTexts(entries []lake.Entry, now lake.Entry) (out []string) {
	if len(now.Notes) == 0 {
		return nil
	}
	for _, e := range slices.Backward(entries) {
		if len(e.Notes) == 0 {
			continue
		}
		for _, f := range changedBetween(e, now) {
			out = append(out, f.Where)
		}
		return out
	}
	return nil
}
