package sdmx

import (
	"fmt"
	"maps"
	"slices"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// Flow is a published table as a dataflow.
type Flow struct {
	table      *table.Table
	id         string
	frequency  int // index of the column whose series have the frequency, or -1
	start, end int // indices of the columns with the first and the last day of TIME_PERIOD, or -1
	dimensions []component
	measures   []component
	attributes []component
}

// component is a column of a dataflow.
type component struct {
	schemas.Column
	id    string
	index int    // of the column in the table
	list  string // our code list of its values, or "" if they are not codes
	codes []string
}

// classifying are the columns that are dimensions even if the key does without them, because the
// series implies them.
var classifying = []string{"source", "flow", "measure", "unit", "kind", "ref_area", "route", "origin", "destination", "category", "sex", "age"}

// implied are columns of a key that other columns of it imply in what is published: of an observation
// only the newest vintage is.
var implied = map[string][]string{"observations": {"vintage", "first_seen"}}

// New makes a dataflow of a table. It reads every row, to find the codes that occur.
func New(t *table.Table) (*Flow, error) {
	f := &Flow{table: t, id: plainID(t.Schema.Name), frequency: -1, start: -1, end: -1}
	s := t.Schema
	inKey := func(name string) bool {
		return slices.Contains(s.Key, name) && !slices.Contains(implied[s.Name], name)
	}
	switch {
	case (inKey("period_start") || inKey("period_end")) && s.Index("period_start") >= 0 && s.Index("period_end") >= 0:
		f.start, f.end = s.Index("period_start"), s.Index("period_end")
	case inKey("date"):
		f.start, f.end = s.Index("date"), s.Index("date")
	}
	if inKey("series") && f.haveFrequency(s.Index("series")) {
		f.frequency = s.Index("series")
	}
	for i, c := range s.Columns {
		x := component{Column: c, id: idOf(c.Name), index: i, list: listOf(c)}
		switch {
		case i == f.start || i == f.end:
		case inKey(c.Name) || c.Required && slices.Contains(classifying, c.Name):
			f.dimensions = append(f.dimensions, x)
		case c.Type == schemas.Integer || c.Type == schemas.Number:
			f.measures = append(f.measures, x)
		default:
			f.attributes = append(f.attributes, x)
		}
	}
	if len(f.dimensions) == 0 {
		return nil, fmt.Errorf("table %s: no column of the key is a dimension", s.Name)
	}
	slices.SortStableFunc(f.measures, func(a, b component) int { return rank(a) - rank(b) })
	f.findCodes()
	return f, nil
}

// rank puts the main measure first.
func rank(c component) int {
	if c.Name == "value" {
		return 0
	}
	return 1
}

// haveFrequency reports whether every text of a column names a series with its frequency.
func (f *Flow) haveFrequency(column int) bool {
	checked := map[string]bool{}
	for row := range f.table.All() {
		id := row[column].Text()
		if checked[id] {
			continue
		}
		if _, _, _, _, err := stat.SeriesID(id).Parse(); err != nil {
			return false
		}
		checked[id] = true
	}
	return true
}

// findCodes collects the codes of columns that have a code list. A column with anything else is text.
func (f *Flow) findCodes() {
	var coded []*component
	for _, list := range [][]component{f.dimensions, f.attributes} {
		for i := range list {
			if list[i].list != "" {
				coded = append(coded, &list[i])
			}
		}
	}
	seen := make([]map[string]bool, len(coded))
	for i := range seen {
		seen[i] = map[string]bool{}
	}
	for row := range f.table.All() {
		for i, c := range coded {
			if text := row[c.index].Field(); text != "" {
				seen[i][text] = true
			}
		}
	}
	for i, c := range coded {
		c.codes = slices.Sorted(maps.Keys(seen[i]))
		if slices.ContainsFunc(c.codes, func(code string) bool { return !isID(code) }) {
			c.list, c.codes = "", nil
		}
	}
}

// Name returns the name of the dataflow's file.
func (f *Flow) Name() string { return f.table.Schema.Name + ".csv" }
