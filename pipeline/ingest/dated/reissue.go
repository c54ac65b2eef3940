package dated

import (
	"slices"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/lake"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// Covering returns a function that reports whether any of the spans covers an observation.
func Covering(cover []stat.Coverage) func(stat.Observation) bool {
	spans := map[stat.SeriesID]stat.Coverage{}
	for _, c := range cover {
		spans[c.Series] = c
	}
	in := func(id stat.SeriesID, p stat.Period) bool {
		c, ok := spans[id]
		return ok && c.Start <= p.Start && p.End <= c.End
	}
	return func(o stat.Observation) bool {
		return in(o.Series.ID, o.Period) || in(o.Series.ID.Group(), o.Period)
	}
}

// Merged returns what a file states as a whole. If several of its releases cover an observation,
// the newest counts.
func Merged(batches []Batch, tidy bool) []stat.Observation {
	if len(batches) == 1 {
		return batches[0].Observations
	}
	all := map[StatedKey]stat.Observation{}
	for _, b := range batches {
		covers := Covering(lake.Cover(b.Observations, tidy))
		for k, o := range all {
			if covers(o) {
				delete(all, k)
			}
		}
		for _, o := range b.Observations {
			all[StatementOf(o)] = o
		}
	}
	out := make([]stat.Observation, 0, len(all))
	for _, o := range all {
		out = append(out, o)
	}
	slices.SortFunc(out, stat.Observation.Compare)
	return out
}

// Reissue merges the releases of a file into one, dated by its sidecar.
func Reissue(batches []Batch, m archive.Sidecar, tidy bool) []Batch {
	last := batches[len(batches)-1]
	last.Observations = Merged(batches, tidy)
	r := last.Release
	r.Vintage, r.FirstSeen = m.Released, m.FirstSeen.UTC().Truncate(time.Second)
	if r.FirstSeen.IsZero() {
		r.FirstSeen = m.RetrievedAt
	}
	r.ID = review.ReissueID(r)
	last.SetRelease(r)
	last.Findings = append(slices.Clone(last.Findings), review.ServedAgain(r.Vintage))
	return []Batch{last}
}

// SetRelease makes everything in the batch part of another release.
func (b *Batch) SetRelease(r stat.Release) {
	b.Release = r
	b.Observations = slices.Clone(b.Observations)
	for i := range b.Observations {
		b.Observations[i].Release = &r
	}
	if b.Events == nil {
		return
	}
	cells := map[string]table.Cell{"vintage": table.Day(r.Vintage), "first_seen": table.Instant(r.FirstSeen), "release": table.Text(r.ID)}
	for name, c := range cells {
		if at := b.Events.Schema.Index(name); at >= 0 {
			for _, row := range b.Events.Rows {
				row[at] = c
			}
		}
	}
}

// StatedKey identifies an observation across releases.
type StatedKey struct {
	series     stat.SeriesID
	start, end stat.Date
}

// StatementOf returns the key of an observation.
func StatementOf(o stat.Observation) StatedKey {
	return StatedKey{o.Series.ID, o.Period.Start, o.Period.End}
}
