// Package sitetest has the sites that tests of publish/site and of the packages below it read.
package sitetest

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossings/charts"
	"crossings/pipeline/compare"
	"crossings/pipeline/compare/headline"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// The series of small boats.
const (
	ArrivalsID = "ukho-small-boats:arrivals:D"
	BoatsID    = "ukho-small-boats:boats:D"
)

// Day returns a cell with a day.
func Day(s string) table.Cell { return table.Day(stat.MustDate(s)) }

// Put appends a row with the cells given, in the order of the columns. It fills in the columns after
// them, so a test need not name the columns that tables gain later.
func Put(t *table.Table, cells ...table.Cell) {
	for _, c := range t.Schema.Columns[len(cells):] {
		cells = append(cells, Blank(c))
	}
	t.Add(cells...)
}

// PutNamed appends a row with cells by the names of their columns, and fills in the others.
func PutNamed(t *table.Table, cells map[string]table.Cell) {
	var row []table.Cell
	for _, c := range t.Schema.Columns {
		cell, given := cells[c.Name]
		if !given {
			cell = Blank(c)
		}
		row = append(row, cell)
	}
	t.Add(row...)
}

// Blank returns a cell for a column, which is empty if the column allows it.
func Blank(c schemas.Column) table.Cell {
	switch c.Type {
	case schemas.Integer:
		if c.Required {
			return table.Int(0)
		}
		return table.Count(stat.Count{})
	case schemas.Number:
		return table.Float(0, c.Required)
	case schemas.Boolean:
		return table.Bool(false)
	case schemas.Date:
		if c.Required {
			return Day("2026-06-26")
		}
		return table.Day(0)
	case schemas.DateTime:
		return table.Instant(time.Time{})
	}
	if c.Required {
		return table.Text("x")
	}
	return table.Text("")
}

// Source returns the data set of small boats.
func Source() content.SourceInfo {
	return content.SourceInfo{ID: "ukho-small-boats", Title: "Small boats: time series", Publisher: "UK Home Office",
		Licence: "Open Government Licence v3.0", LicenceAt: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
		Homepage: "https://www.gov.uk/small-boats", Holds: "People and boats detected each day since 2018."}
}

// Series returns the series of arrivals and of boats.
func Series() (arrivals, boats stat.Series) {
	arrivals = stat.NewSeries(stat.Series{Source: "ukho-small-boats", Measure: "arrivals", Unit: "persons", Flow: "arrival", Kind: stat.Flow,
		RefArea: "GBR", Title: "People arriving in small boats", Definition: "People detected on arrival.", Designation: "provisional operational data",
		One: "person has arrived in a small boat", Many: "people have arrived in small boats"}, stat.Daily)
	boats = stat.NewSeries(stat.Series{Source: "ukho-small-boats", Measure: "boats", Unit: "boats", Flow: "arrival", Kind: stat.Flow,
		RefArea: "GBR", Title: "Small boats arriving", Definition: "Small boats detected.", Designation: "provisional operational data"}, stat.Daily)
	return arrivals, boats
}

// Charts returns the charts of the project.
func Charts(t testing.TB) []charts.Chart {
	t.Helper()
	r, err := charts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Events returns the events of the project.
func Events(t testing.TB) []charts.Event {
	t.Helper()
	x, err := charts.LoadEvents()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// Cards returns the cards of the project.
func Cards(t testing.TB) []charts.Card {
	t.Helper()
	c, err := charts.LoadCards()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Topics returns the topics of the project.
func Topics(t testing.TB) []charts.Topic {
	t.Helper()
	x, err := charts.LoadTopics()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// Small returns a site of a handful of figures: missing values, a low base, and the end of February in
// a leap year and a common one.
func Small(t testing.TB) content.Site {
	arrivals, boats := Series()
	s := content.Site{Title: "Crossings", Vintage: stat.MustDate("2025-03-07"), Series: []stat.Series{arrivals, boats}, Sources: []content.SourceInfo{Source()}, Charts: Charts(t), Cards: Cards(t), Topics: Topics(t), Events: Events(t)}
	none := table.Count(stat.Count{})
	mean := func(f float64, known bool) table.Cell { return table.Float(f, known) }
	id, p, vintage := table.Text(ArrivalsID), table.Text("P"), Day("2025-03-07")

	h := table.New("headlines")
	Put(h, table.Text("arrivals-ytd"), table.Text("So far this year 1,250 people have arrived."), id, Day("2025-03-01"),
		table.Text("year-to-date/"+ArrivalsID+"/2025 daily/"+ArrivalsID+"/2025-03-01"), p, vintage)
	ytd := table.New("year-to-date")
	Put(ytd, id, table.Int(2024), Day("2024-03-01"), Day("2024-01-01"), Day("2024-03-01"), table.Int(61), table.Int(29), none, none, table.Float(0, false), none, p, vintage, table.Text(""))
	Put(ytd, id, table.Int(2025), Day("2025-03-01"), Day("2025-01-01"), Day("2025-03-01"), table.Int(60), table.Int(1250), table.Int(29), table.Int(1221), table.Float(0, false), table.Int(36816), p, vintage, table.Text("low base"))
	daily := table.New("daily")
	Put(daily, id, Day("2024-02-28"), table.Int(4), mean(0, false), table.Int(20), none, p)
	Put(daily, id, Day("2024-02-29"), table.Int(9), mean(0, false), table.Int(29), none, p)
	Put(daily, id, Day("2024-03-01"), table.Int(0), mean(4.25, true), table.Int(29), none, p)
	Put(daily, id, Day("2025-02-28"), table.Int(250), mean(101.26, true), table.Int(1000), table.Int(20), p)
	Put(daily, id, Day("2025-03-01"), table.Int(250), mean(0, false), table.Int(1250), table.Int(29), p)
	Put(daily, id, Day("2025-03-02"), none, mean(0, false), none, none, table.Text("O"))
	Put(daily, table.Text(BoatsID), Day("2025-02-28"), table.Int(5), mean(0, false), table.Int(20), none, p)
	yoy := table.New("year-on-year")
	Put(yoy, id, table.Text("month"), Day("2025-01-01"), Day("2025-01-31"), none, none, none, table.Float(0, false), table.Text("O"), vintage, table.Text("missing"))
	Put(yoy, id, table.Text("month"), Day("2025-02-01"), Day("2025-02-28"), table.Int(1000), table.Int(29), table.Int(971), table.Float(0, false), p, vintage, table.Text("low base"))
	rates := table.New("rates")
	Put(rates, table.Text("persons-per-boat"), id, table.Text(BoatsID), Day("2025-02-01"), Day("2025-02-28"), table.Float(51.249, true), table.Float(0, false), table.Float(0, false), table.Text(""))
	sources := table.New("sources")
	Put(sources, table.Text("ukho-small-boats"), table.Text("UK Home Office"), table.Text("OGL"), Day("2025-03-07"), table.Instant(time.Time{}),
		Day("2018-01-01"), Day("2025-03-01"), table.Text("late"), table.Int(3), table.Text("ab"))
	s.Tables = []*table.Table{h, ytd, yoy, daily, rates, sources, table.New("records"), table.New("observations")}
	return s
}

// Real returns a site of the published figures of eight years, as the pipeline makes it, and of
// made-up figures of the other topics.
func Real(t testing.TB) content.Site {
	t.Helper()
	return WithCharts(t, Charts(t))
}

// WithCharts returns the site of Real with other charts, and made-up figures for each series that
// they name.
func WithCharts(t testing.TB, list []charts.Chart) content.Site {
	t.Helper()
	arrivals, boats := Series()
	s := content.Site{Title: "Crossings", Vintage: stat.MustDate("2026-06-26"), Series: []stat.Series{arrivals, boats}, Sources: []content.SourceInfo{Source()}, Charts: list, Cards: Cards(t), Topics: Topics(t), Events: Events(t)}
	tables := map[string]*table.Table{}
	for _, name := range []string{"headlines", "year-to-date", "year-on-year", "daily", "records", "breakdowns", "rates", "balances", "revisions", "revision-summary", "releases", "claims", "bridges", "observations", "incidents", "sources"} {
		tables[name] = table.New(name)
		s.Tables = append(s.Tables, tables[name])
	}
	addIncidents(tables["incidents"])
	paths := realPaths(t, &arrivals, &boats)
	s.Checks = checks(t, paths)
	cutoff := compare.CommonCutoff(paths...)
	for _, p := range paths {
		addReal(t, tables, p, cutoff)
	}
	for _, r := range compare.Ratios("persons-per-boat", paths[0], paths[1], cutoff) {
		f, known := r.Value.Get()
		Put(tables["rates"], table.Text(r.Name), table.Text(string(r.Numerator)), table.Text(string(r.Denominator)), table.Day(r.Period.Start),
			table.Day(r.Period.End), table.Float(f, known), table.Float(0, false), table.Float(0, false), table.Text(r.Note.String()),
			table.Text(r.Basis), table.Text("people per boat"), table.Text(r.Method), table.Float(0, false))
	}
	Put(tables["records"], table.Text(ArrivalsID), table.Text("day"), table.Int(1), Day("2022-09-03"), Day("2022-09-03"), table.Int(1305), table.Text("P"))
	Put(tables["sources"], table.Text("ukho-small-boats"), table.Text("UK Home Office"), table.Text("OGL"), Day("2026-06-26"), table.Instant(time.Time{}),
		Day("2018-01-01"), Day("2026-06-25"), table.Text("current"), table.Int(1), table.Text("ab"))
	addMade(t, &s, tables)
	addObservations(&s)
	addCharted(t, &s, tables)
	s.Version, s.NewEdition, s.Editions = "1.0.0", true, []content.EditionInfo{{Version: "1.0.0", Vintage: stat.MustDate("2026-06-26")}}
	return s
}

func realPaths(t testing.TB, all ...*stat.Series) []*compare.Path {
	t.Helper()
	f, err := os.Open(filepath.Join(sourcetest.Root(t), "pipeline", "compare", "testdata", "small-boats-daily.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := csv.NewReader(f)
	in.Comment = '#'
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	release := &stat.Release{Source: "ukho-small-boats", ID: "2026-06-26-00000000", Vintage: stat.MustDate("2026-06-26"), FirstSeen: stat.MustDate("2026-06-26").Time()}
	var paths []*compare.Path
	for col, s := range all {
		var obs []stat.Observation
		for _, row := range rows[1:] {
			n, err := stat.ParseCount(row[col+1])
			if err != nil {
				t.Fatal(err)
			}
			obs = append(obs, stat.Observation{Series: s, Period: stat.Day(stat.MustDate(row[0])), Value: n, Status: stat.Provisional, Release: release, Locator: "SB_01!B2"})
		}
		p, err := compare.NewPath(s, obs)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	return paths
}

// addReal fills the tables from one path, as the pipeline does.
func addReal(t testing.TB, tables map[string]*table.Table, p *compare.Path, cutoff stat.Date) {
	t.Helper()
	id := table.Text(string(p.Series().ID))
	tables["observations"].Rows = append(tables["observations"].Rows, table.Observations(p.Observations()).Rows...)
	for _, d := range compare.DailyPath(p) {
		f, known := d.Mean7.Get()
		Put(tables["daily"], id, table.Day(d.Date), table.Count(d.Value), table.Float(f, known), table.Count(d.Cumulative), table.Count(d.PriorCumulative), table.Text(string(d.Status)))
	}
	if p.Series().Kind == stat.Flow && p.Series().Frequency() != stat.Annual {
		addYears(t, tables, p, cutoff)
	}
	comparisons, err := compare.YearOnYear(p, cutoff)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range comparisons {
		f, known := c.ChangePercent.Get()
		Put(tables["year-on-year"], id, table.Text(c.Basis), table.Day(c.Period.Start), table.Day(c.Period.End), table.Count(c.Value), table.Count(c.Prior),
			table.Count(c.Change), table.Float(f, known), table.Text(string(c.Status)), table.Day(vintageOr(c.Vintage)), table.Text(c.Note.String()),
			table.Count(c.Lower), table.Count(c.Upper), table.Count(c.PriorLower), table.Count(c.PriorUpper))
	}
}

// vintageOr returns a vintage also for figures that rest on no observation.
func vintageOr(d stat.Date) stat.Date { return max(d, stat.MustDate("2026-06-20")) }

func addYears(t testing.TB, tables map[string]*table.Table, p *compare.Path, cutoff stat.Date) {
	t.Helper()
	id := table.Text(string(p.Series().ID))
	years, err := compare.YearToDate(p, cutoff)
	if err != nil {
		t.Fatal(err)
	}
	for _, y := range years {
		f, known := y.ChangePercent.Get()
		Put(tables["year-to-date"], id, table.Int(y.Year), table.Day(y.Cutoff), table.Day(y.Start), table.Day(y.End), table.Int(y.Days), table.Count(y.Value),
			table.Count(y.Prior), table.Count(y.Change), table.Float(f, known), table.Count(y.PriorYear), table.Text(string(y.Status)), table.Day(vintageOr(y.Vintage)), table.Text(y.Note.String()),
			table.Count(y.Lower), table.Count(y.Upper), table.Count(y.PriorWindow.Lower), table.Count(y.PriorWindow.Upper), table.Float(0, false), table.Day(0), table.Day(y.PriorWindow.Start), table.Day(y.PriorWindow.End))
	}
	if h, ok := headline.YearToDate(p.Series(), years[len(years)-1], headline.Known{}); ok {
		Put(tables["headlines"], table.Text(h.ID), table.Text(h.Text), id, table.Day(h.Cutoff), table.Text(strings.Join(h.Rows, " ")), table.Text(string(h.Status)), table.Day(h.Vintage))
	}
}

// HostileTexts would run or become a formula if a reader took them for more than text.
var HostileTexts = []string{
	`</script><script>alert(1)</script>`,
	`__f__alert(1)__f__`,
	`"><img src=x onerror=alert(1)>`,
	`=HYPERLINK("javascript:alert(1)","x")`,
	`{{.}}${alert(1)}'--><svg onload=alert(1)>`,
	"a\u2028b{a|c}*/",
}

// Hostile returns the real site with hostile text in every place for text.
func Hostile(t testing.TB) content.Site {
	s := Real(t)
	bad := strings.Join(HostileTexts, " ")
	s.Title = bad
	for i := range s.Series {
		s.Series[i].Title, s.Series[i].Definition, s.Series[i].Unit, s.Series[i].Designation = bad, bad, bad, bad
	}
	arrivals, boats := Series()
	arrivals.Title, boats.Title, arrivals.Unit, boats.Unit = bad, bad, bad, bad
	s.Checks = checks(t, realPaths(t, &arrivals, &boats))
	for i, x := range s.Sources {
		s.Sources[i] = content.SourceInfo{ID: x.ID, Title: bad, Publisher: bad, Licence: bad, LicenceAt: "javascript:alert(1)", Homepage: `javascript:alert(1)//"><script>alert(1)</script>`, Holds: bad}
	}
	for i := range s.Charts {
		s.Charts[i].Title, s.Charts[i].Note, s.Charts[i].Issue = bad, bad, "javascript:alert(1)"
		s.Charts[i].Unit = HostileTexts[i%len(HostileTexts)]
	}
	for i := range s.Events {
		s.Events[i].Title, s.Events[i].Note, s.Events[i].Source = bad, bad, "javascript:alert(1)"
	}
	for i := range s.Cards {
		s.Cards[i].Title = bad
	}
	for i := range s.Topics {
		s.Topics[i].Title, s.Topics[i].Intro, s.Topics[i].Note = bad, bad, bad
	}
	for _, t := range s.Tables {
		for _, col := range []string{"text", "rows", "note", "publisher_mark", "locator", "state", "licence", "publisher", "rate", "file", "url", "number_text", "region", "country", "cause", "possible_duplicate_of"} {
			i := t.Schema.Index(col)
			for _, row := range t.Rows {
				if i >= 0 && row[i].String() != "persons-per-boat" { // or the chart would find nothing to draw
					row[i] = table.Text(bad)
				}
			}
		}
	}
	return s
}
