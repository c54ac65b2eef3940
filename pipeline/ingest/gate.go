package ingest

import (
	"slices"

	"crossings/pipeline/ingest/dated"
	"crossings/pipeline/lake"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

// gate weighs a file that was read and checked. It reports whether the file stops here, and then
// what became of it: it was rejected before, it is pending, or its findings and moves make it
// pending now. A pending release waits under any gate, so that a second command does not let it
// past the person who is looking at it. If the file goes on, o has the findings.
func (in *intake) gate(o review.Outcome, d decoded) (_ review.Outcome, stops bool, err error) {
	stopped := review.Outcome{Source: d.source.ID, File: d.name}
	if sn, err := in.findSame(in.Rejected, d); err != nil || sn != nil {
		return stopped.Rejected(sn), sn != nil, err
	}
	sn, err := in.findSame(in.Pending, d)
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
	return v.Pending(stopped, d.entries, release, m), true, nil
}

// newest returns the newest release in a file.
func (d decoded) newest() stat.Release { return d.batches[len(d.batches)-1].Release }

// weigh returns what a file contradicts. It compares what the new releases of the file state
// together with what was known before the newest of them, and with the release after it. It skips
// breakdowns that the source does not describe: they are small counts that move among themselves.
func (in *intake) weigh(d decoded) (v review.Verdict, err error) {
	var now []stat.Observation
	var newest *dated.Batch
	for i, b := range d.batches {
		if _, known, err := in.Lake.Stated(d.entries, b.Release, b.Observations, d.raw); err != nil {
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
	at, _ := slices.BinarySearchFunc(d.entries, newest.Release, func(e lake.Entry, r stat.Release) int { return e.Stat().Compare(r) })
	v.Moves, err = review.Moves(in.Lake, d.source, d.entries[:at], d.entries[at:], newest.Release, lake.HashNotes(newest.Notes), now, d.raw.Tidy)
	return v, err
}
