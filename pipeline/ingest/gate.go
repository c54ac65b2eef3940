package ingest

import (
	"slices"

	"crossings/pipeline/lake"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

// gate weighs a file that was read and checked, and reports whether it stops here, and
// then what became of it: it was rejected before; it waits for a person; or it weighs so
// much that it waits from now on. What waits does so under any gate: who began to look is
// not passed over by another command. Of a file that goes on, o has the findings.
func (in *figures) gate(o review.Outcome, d decoded) (_ review.Outcome, stops bool, err error) {
	stopped := review.Outcome{Source: d.source.ID, File: d.name}
	if sn, err := in.same(in.Rejected, d); err != nil || sn != nil {
		return stopped.Rejected(sn), sn != nil, err
	}
	sn, err := in.same(in.Pending, d)
	if err != nil {
		return o, false, err
	}
	v, err := in.weigh(d)
	if err != nil {
		return o, false, err
	}
	if sn == nil && !in.Gate.Holds(v.Severity()) {
		for _, m := range v.Moves {
			o.Findings = append(o.Findings, m.Finding())
		}
		return o, false, nil
	}
	if sn == nil && !in.Dry {
		kept, err := in.Pending.Save(d.source.ID, d.newest().ID, d.name, d.data, d.meta)
		if err != nil {
			return o, false, err
		}
		sn = &kept
	}
	release, m := d.newest().ID, d.meta
	if sn != nil {
		release, m = sn.Release, sn.Meta
	}
	return v.Held(stopped, d.entries, release, m), true, nil
}

// newest returns the newest release in a file.
func (d decoded) newest() stat.Release { return d.batches[len(d.batches)-1].release }

// weigh returns what a file contradicts: what those of its releases that the lake does not
// have state together is compared with what was known before the newest of them, and with
// the release after it. Breakdowns that the source does not describe are small counts that
// move among themselves, and are passed over.
func (in *figures) weigh(d decoded) (v review.Verdict, err error) {
	var now []stat.Observation
	var newest *batch
	for i, b := range d.batches {
		if _, known, err := in.Lake.Stated(d.entries, b.release, b.Observations, d.raw); err != nil {
			return v, err
		} else if known {
			continue
		}
		newest = &d.batches[i]
		v.Findings = append(v.Findings, b.Findings...)
		now = lake.Supersede(now, b.Observations, lake.Cover(b.Observations, d.raw.Tidy))
	}
	if newest == nil {
		return v, nil
	}
	at, _ := slices.BinarySearchFunc(d.entries, newest.release, func(e lake.Entry, r stat.Release) int { return e.Stat().Compare(r) })
	v.Moves, err = review.Moves(in.Lake, d.source, d.entries[:at], d.entries[at:], newest.release, lake.HashNotes(newest.Notes), now, d.raw.Tidy)
	return v, err
}
