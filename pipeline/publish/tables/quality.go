package tables

import (
	"crossings/pipeline/publish/quality"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
	"crossings/pipeline/watch"
)

// addQuality adds the quality report of each source. The other tables must be complete and in order.
func addQuality(b *Builder) {
	releases := bySource(row.All[row.Release](b.Tables["releases"]), func(r row.Release) string { return r.Source })
	summaries := bySource(row.All[row.RevisionSummary](b.Tables["revision-summary"]), func(r row.RevisionSummary) string { return sourceOf(r.Series) })
	bridges := bySource(row.All[row.Bridge](b.Tables["bridges"]), func(r row.Bridge) string { return sourceOf(r.Series) })
	residuals := bySource(row.All[row.Residual](b.Tables["residuals"]), func(r row.Residual) string { return sourceOf(r.Series) })
	for i := range b.Known {
		k := &b.Known[i]
		id := k.Source.ID
		f := quality.Facts{Source: k.Source, Releases: releases[id], Summaries: summaries[id], Bridges: bridges[id], Residuals: residuals[id],
			Observations: func(yield func(*stat.Observation) bool) { eachObservation(k, yield) }}
		for _, p := range k.Paths {
			f.Compared = append(f.Compared, *p.Series())
		}
		for _, r := range quality.Report(f) {
			b.put(r)
		}
	}
	b.Tables["quality"].Sort()
}

// bySource groups rows by their source.
func bySource[R any](rows []R, source func(R) string) map[string][]R {
	out := map[string][]R{}
	for _, r := range rows {
		out[source(r)] = append(out[source(r)], r)
	}
	return out
}

// sourceOf returns the source of a series, or "".
func sourceOf(id stat.SeriesID) string {
	source, _, _, _, _ := id.Parse() // "" with an error
	return source
}

// eachObservation yields what is known of a source.
func eachObservation(k *watch.Known, yield func(*stat.Observation) bool) {
	for _, p := range k.Paths {
		obs := p.Observations()
		for i := range obs {
			if !yield(&obs[i]) {
				return
			}
		}
	}
	for i := range k.Others {
		if !yield(&k.Others[i]) {
			return
		}
	}
}
