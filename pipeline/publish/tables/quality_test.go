package tables

import (
	"crossings/pipeline/publish/quality"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// of returns those of some rows that are of a source.
func of[R row.Row](rows []row.Row, source string, id func(R) string) (out []R) {
	for _, r := range rows {
		if x := r.(R); id(x) == source {
			out = append(out, x)
		}
	}
	return out
}

// qualityRows are the reports that the rows of the other tables imply. The figures themselves are
// checked in package quality.
func (w *world) qualityRows() (out []row.Row) {
	for _, s := range sources() {
		f := quality.Facts{Source: s, Compared: s.Series,
			Releases:  of(w.releaseRows(), s.ID, func(r row.Release) string { return r.Source }),
			Summaries: of(w.revisionSummary(), s.ID, func(r row.RevisionSummary) string { return sourceOf(r.Series) }),
			Bridges:   of(w.bridges(), s.ID, func(r row.Bridge) string { return sourceOf(r.Series) }),
			Residuals: of(w.residuals(), s.ID, func(r row.Residual) string { return sourceOf(r.Series) }),
			Observations: func(yield func(*stat.Observation) bool) {
				for id, obs := range w.now {
					for i := range obs {
						if sourceOf(id) == s.ID && !yield(&obs[i]) {
							return
						}
					}
				}
			}}
		for _, r := range quality.Report(f) {
			out = append(out, r)
		}
	}
	return out
}
