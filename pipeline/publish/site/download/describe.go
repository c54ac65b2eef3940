package download

import (
	"cmp"
	"maps"
	"regexp"
	"slices"

	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// describer says what is in a table as a whole.
type describer struct{ index *content.Index }

// site describes the site without its tables.
func (d describer) site() catalogue.Site {
	s := d.index.Site
	c := catalogue.Site{Title: s.Title, Description: content.Description, Base: s.Base, Version: s.Version, Program: s.Program, AsOf: s.AsOf, Vintage: s.Vintage,
		Sources: described(s.Sources)}
	for _, r := range d.index.ReleaseList {
		c.Inputs = append(c.Inputs, catalogue.Input{Source: r.Source, Release: r.Release, Vintage: r.Vintage, File: r.File, SHA256: r.SHA256})
	}
	return c
}

func described(sources []content.SourceInfo) []catalogue.Source {
	out := make([]catalogue.Source, len(sources))
	for i, s := range sources {
		out[i] = catalogue.Source{ID: s.ID, Title: s.Title, Publisher: s.Publisher, Licence: s.Licence, LicenceAt: s.LicenceAt, Homepage: s.Homepage, Every: s.Every}
	}
	return out
}

// table describes a table without its files.
func (d describer) table(t *table.Table) catalogue.Table {
	c := scan(t)
	sources := d.sourcesIn(c)
	return catalogue.Table{Schema: t.Schema, Rows: t.Len(), Vintage: cmp.Or(c.vintage, d.newest(sources), d.index.Site.Vintage), Sources: described(sources),
		Start: c.start, End: c.end, Areas: d.areasIn(c)}
}

// newest returns the newest release of the data sets.
func (d describer) newest(sources []content.SourceInfo) (day stat.Date) {
	for _, r := range d.index.ReleaseList {
		if slices.ContainsFunc(sources, func(s content.SourceInfo) bool { return s.ID == r.Source }) {
			day = max(day, r.Vintage)
		}
	}
	return day
}

// sourcesIn returns the data sets that the rows of a table come from, in the order of the site. It
// returns all of them if the table has no rows, or if the rows do not say.
func (d describer) sourcesIn(c contents) []content.SourceInfo {
	seen := c.values["source"]
	if seen == nil {
		seen = map[string]bool{}
		for id := range c.series() {
			seen[d.index.SourceOf(id).ID] = true
		}
	}
	if len(seen) == 0 {
		return d.index.Site.Sources
	}
	return slices.DeleteFunc(slices.Clone(d.index.Site.Sources), func(s content.SourceInfo) bool { return !seen[s.ID] })
}

// country is the form of an area in ISO 3166-1 alpha-3.
var country = regexp.MustCompile(`^[A-Z]{3}$`)

// areasIn returns the countries that the rows of a table are about, sorted.
func (d describer) areasIn(c contents) []string {
	seen := maps.Clone(c.values["ref_area"])
	if seen == nil {
		seen = map[string]bool{}
		for id := range c.series() {
			seen[d.index.Area(id)] = true
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(seen)), func(a string) bool { return !country.MatchString(a) })
}

// seriesColumns are the columns that name a series.
var seriesColumns = []string{"series", "reference_series", "numerator", "denominator"}

// The columns that say which days a row is about.
var (
	startColumns = []string{"period_start", "date", "window_start", "coverage_start"}
	endColumns   = []string{"period_end", "date", "window_end", "coverage_end"}
)

// contents is what the rows of a table say of the table as a whole.
type contents struct {
	vintage, start, end stat.Date
	values              map[string]map[string]bool // of the columns that name series, sources and areas
}

// scan reads every row of a table once. There may be a hundred thousand rows.
func scan(t *table.Table) contents {
	c := contents{values: map[string]map[string]bool{}}
	index := func(names ...string) (found []int) {
		for _, n := range names {
			if i := t.Schema.Index(n); i >= 0 {
				found = append(found, i)
			}
		}
		return found
	}
	vintages, starts, ends := index("vintage"), index(startColumns...), index(endColumns...)
	named := index(append([]string{"source", "ref_area"}, seriesColumns...)...)
	for _, i := range named {
		c.values[t.Schema.Columns[i].Name] = map[string]bool{}
	}
	for row := range t.All() {
		for _, i := range vintages {
			c.vintage = max(c.vintage, row[i].Date())
		}
		for _, i := range starts {
			if d := row[i].Date(); !d.IsZero() && (c.start.IsZero() || d < c.start) {
				c.start = d
			}
		}
		for _, i := range ends {
			c.end = max(c.end, row[i].Date())
		}
		for _, i := range named {
			c.values[t.Schema.Columns[i].Name][row[i].String()] = true
		}
	}
	return c
}

// series returns the series that a table names.
func (c contents) series() map[stat.SeriesID]bool {
	out := map[stat.SeriesID]bool{}
	for _, column := range seriesColumns {
		for id := range c.values[column] {
			out[stat.SeriesID(id)] = true
		}
	}
	return out
}
