package site

import (
	"cmp"
	"slices"

	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// builder holds the site and what is looked up in it again and again.
type builder struct {
	site      Site
	tables    map[string]grid
	series    map[stat.SeriesID]stat.Series
	sources   map[string]SourceInfo
	vintages  map[stat.SeriesID]stat.Date // newest that any table states of a series
	downloads []download
	topicsOwn map[string][]topicFile // workbooks and archives, by topic
	figures   []figure               // of all charts, in their order
	own       []figure               // of the series that no chart draws, by ownOf
	ownOf     map[stat.SeriesID]int
	changes   map[releaseKey][]int // rows of the table revisions
	about     catalogue.Site       // complete once the tables are written
}

func newBuilder(s Site) *builder {
	b := &builder{site: s, tables: map[string]grid{}, series: map[stat.SeriesID]stat.Series{},
		sources: map[string]SourceInfo{}, vintages: map[stat.SeriesID]stat.Date{}}
	for _, x := range s.Series {
		b.series[x.ID] = x
	}
	for _, x := range s.Sources {
		b.sources[x.ID] = x
	}
	for _, t := range s.Tables {
		g := newGrid(t)
		b.tables[t.Schema.Name] = g
		if !g.has("series") || !g.has("vintage") {
			continue
		}
		for i := range t.Rows {
			id := stat.SeriesID(g.text(i, "series"))
			b.vintages[id] = max(b.vintages[id], g.date(i, "vintage"))
		}
	}
	b.findChanges()
	b.about = b.newCatalogue()
	return b
}

// title returns the title of a series, or its identifier where none is given.
func (b *builder) title(id stat.SeriesID) string { return cmp.Or(b.series[id].Title, string(id)) }

// unit returns the unit of a series.
func (b *builder) unit(id stat.SeriesID) string { return cmp.Or(b.series[id].Unit, "count") }

// sourceOf returns the data set that a series comes from; of one that the site
// does not describe, only the identifier is known.
func (b *builder) sourceOf(id stat.SeriesID) SourceInfo {
	name := b.series[id].Source
	if name == "" {
		name, _, _, _, _ = id.Parse() // "" where it cannot be read, and then unknown below
	}
	return b.sourceInfo(name)
}

// sourceInfo returns a data set by its identifier.
func (b *builder) sourceInfo(id string) SourceInfo {
	if s, ok := b.sources[id]; ok {
		return s
	}
	return SourceInfo{ID: id, Title: cmp.Or(id, "unknown"), Publisher: "unknown"}
}

// vintageOf returns the newest release that the series' figures rest on.
func (b *builder) vintageOf(ids ...stat.SeriesID) stat.Date {
	var v stat.Date
	for _, id := range ids {
		v = max(v, b.vintages[id])
	}
	return cmp.Or(v, b.site.Vintage)
}

// grid reads a published table by the names of its columns. The zero value has
// no rows. A name that the schema does not have is a bug and panics.
type grid struct {
	t        *table.Table
	bySeries map[string][]int // rows by the column series, where there is one
}

func newGrid(t *table.Table) grid {
	g := grid{t: t}
	if g.has("series") {
		g.bySeries = map[string][]int{}
		for i := range t.Rows {
			id := g.text(i, "series")
			g.bySeries[id] = append(g.bySeries[id], i)
		}
	}
	return g
}

func (g grid) has(col string) bool { return g.t != nil && g.t.Schema.Index(col) >= 0 }

func (g grid) rows() int {
	if g.t == nil {
		return 0
	}
	return len(g.t.Rows)
}

func (g grid) cell(row int, col string) table.Cell { return g.t.Rows[row][g.t.Schema.Index(col)] }

func (g grid) text(row int, col string) string { return g.cell(row, col).String() }

func (g grid) status(row int) stat.Status { return stat.Status(g.text(row, "obs_status")) }

// date returns the day, zero where there is none.
func (g grid) date(row int, col string) stat.Date {
	d, err := stat.ParseDate(g.text(row, col))
	if err != nil {
		return 0
	}
	return d
}

// where returns the rows whose column col holds value.
func (g grid) where(col, value string) []int {
	if col == "series" && g.bySeries != nil {
		return slices.Clone(g.bySeries[value])
	}
	var rows []int
	for i := range g.rows() {
		if g.text(i, col) == value {
			rows = append(rows, i)
		}
	}
	return rows
}

// byDate sorts rows by a date column, oldest first.
func (g grid) byDate(rows []int, col string) {
	slices.SortStableFunc(rows, func(i, j int) int { return cmp.Compare(g.date(i, col), g.date(j, col)) })
}
