package lake

import (
	"slices"

	"crossings/pipeline/stat"
)

// Supersede returns what is known after a release: what was known before, except in the spans of
// cover, and now.
func Supersede(before, now []stat.Observation, cover []stat.Coverage) []stat.Observation {
	if len(before) == 0 {
		return slices.Clip(now)
	}
	done := spoken{}
	for _, c := range cover {
		done[c.Series] = merge(append(done[c.Series], span{c.Start, c.End}))
	}
	out := make([]stat.Observation, 0, len(before)+len(now))
	for _, o := range before {
		if !done.touches(o.Series.ID, o.Period.Start, o.Period.End) {
			out = append(out, o)
		}
	}
	return append(out, now...)
}

// HashNotes returns the hashes of the texts that say what the figures mean, for an entry.
func HashNotes(notes []stat.Note) (out []NoteHash) {
	for _, n := range notes {
		out = append(out, NoteHash{Where: n.Where, SHA256: hash([]byte(n.Text))})
	}
	return out
}
