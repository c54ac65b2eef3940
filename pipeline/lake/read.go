package lake

import (
	"fmt"

	"crossings/pipeline/stat"
)

// Read returns all observations of one release, in the order of its file. It checks the file
// against its hash first.
func (l *Lake) Read(e Entry) ([]stat.Observation, error) { return l.read(e, nil) }

// read is Read for the series for which keep is true; all if it is nil.
func (l *Lake) read(e Entry, keep func(stat.SeriesID) bool) ([]stat.Observation, error) {
	data, err := l.load(e, e.files()[0])
	if err != nil {
		return nil, err
	}
	out, err := observations(data, e, keep)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.parquetPath(e.Source, e.Release), err)
	}
	return out, nil
}

// observations converts a file of the tidy layout into observations of the series to keep. Those of one
// series share one stat.Series.
func observations(data []byte, e Entry, keep func(stat.SeriesID) bool) ([]stat.Observation, error) {
	r, err := newRows(data)
	if err != nil {
		return nil, err
	}
	release := e.Stat() // on its own: an observation that is kept must not keep the batch
	b := batch{keep: keep, release: &release, series: map[string]*stat.Series{}}
	if keep == nil {
		b.obs = make([]stat.Observation, 0, e.Rows)
	}
	for r.Next() {
		b.add(r)
	}
	return b.obs, r.err
}

// batch adds the rows of a file to observations, some at a time.
type batch struct {
	obs     []stat.Observation
	keep    func(stat.SeriesID) bool // nil for all
	release *stat.Release
	series  map[string]*stat.Series // nil for those that are not kept
}

// add adds the rows that r has read. It adds none if one of their columns cannot be read.
func (b *batch) add(r *rows) {
	text := map[string][]string{}
	for _, name := range []string{"series", "flow", "measure", "unit", "kind", "ref_area", "route", "origin", "destination",
		"category", "sex", "age", "precision", "obs_status", "publisher_mark", "locator"} {
		text[name] = r.texts(name)
	}
	starts, ends := r.dates("period_start"), r.dates("period_end")
	values, lowers, uppers := r.counts("value"), r.counts("lower"), r.counts("upper")
	revised := r.bools("revised")
	if r.err != nil {
		return
	}
	for i := range r.n {
		id := text["series"][i]
		s, known := b.series[id]
		if !known && (b.keep == nil || b.keep(stat.SeriesID(id))) {
			s = &stat.Series{ID: stat.SeriesID(id), Source: b.release.Source, Measure: text["measure"][i], Unit: text["unit"][i],
				Flow: text["flow"][i], Kind: stat.Kind(text["kind"][i]), RefArea: text["ref_area"][i],
				Dimensions: stat.Dimensions{Age: text["age"][i], Category: text["category"][i], Destination: text["destination"][i],
					Origin: text["origin"][i], Route: text["route"][i], Sex: text["sex"][i]}}
		}
		if !known {
			b.series[id] = s
		}
		if s == nil {
			continue
		}
		b.obs = append(b.obs, stat.Observation{Series: s, Period: stat.Period{Start: starts[i], End: ends[i], Precision: stat.Precision(text["precision"][i])},
			Value: values[i], Lower: lowers[i], Upper: uppers[i], Status: stat.Status(text["obs_status"][i]), Revised: revised[i],
			Mark: text["publisher_mark"][i], Release: b.release, Locator: text["locator"][i]})
	}
}
