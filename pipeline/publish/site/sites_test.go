package site

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"time"

	"crossings/charts"
	"crossings/pipeline/compare"
	"crossings/pipeline/compare/headline"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

const (
	arrivalsID = "ukho-small-boats:arrivals:D"
	boatsID    = "ukho-small-boats:boats:D"
)

func day(s string) table.Cell { return table.Day(stat.MustDate(s)) }

// put appends a row of the cells given, in the order of the columns, and fills in
// the columns after them, which a test does not ask for: tables gain columns.
func put(t *table.Table, cells ...table.Cell) {
	for _, c := range t.Schema.Columns[len(cells):] {
		cells = append(cells, blank(c))
	}
	t.Add(cells...)
}

// putNamed appends a row of cells by their columns, and fills in the others.
func putNamed(t *table.Table, cells map[string]table.Cell) {
	var row []table.Cell
	for _, c := range t.Schema.Columns {
		cell, given := cells[c.Name]
		if !given {
			cell = blank(c)
		}
		row = append(row, cell)
	}
	t.Add(row...)
}

// blank returns a cell for a column: empty where it may be.
func blank(c schemas.Column) table.Cell {
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
		return table.Day(0)
	case schemas.DateTime:
		return table.Instant(time.Time{})
	}
	if c.Required {
		return table.Text("x")
	}
	return table.Text("")
}

func source() SourceInfo {
	return SourceInfo{ID: "ukho-small-boats", Title: "Small boats: time series", Publisher: "UK Home Office",
		Licence: "Open Government Licence v3.0", LicenceAt: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
		Homepage: "https://www.gov.uk/small-boats", Holds: "People and boats detected each day since 2018."}
}

func series() (arrivals, boats stat.Series) {
	arrivals = stat.NewSeries(stat.Series{Source: "ukho-small-boats", Measure: "arrivals", Unit: "persons", Flow: "arrival", Kind: stat.Flow,
		RefArea: "GBR", Title: "People arriving in small boats", Definition: "People detected on arrival.", Designation: "provisional operational data",
		One: "person has arrived in a small boat", Many: "people have arrived in small boats"}, stat.Daily)
	boats = stat.NewSeries(stat.Series{Source: "ukho-small-boats", Measure: "boats", Unit: "boats", Flow: "arrival", Kind: stat.Flow,
		RefArea: "GBR", Title: "Small boats arriving", Definition: "Small boats detected.", Designation: "provisional operational data"}, stat.Daily)
	return arrivals, boats
}

func records(t testing.TB) []charts.Chart {
	t.Helper()
	r, err := charts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func events(t testing.TB) []charts.Event {
	t.Helper()
	x, err := charts.LoadEvents()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func topics(t testing.TB) []charts.Topic {
	t.Helper()
	x, err := charts.LoadTopics()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// smallSite is a site of a handful of figures: missing values, a low base, and
// the end of February in a leap year and a common one.
func smallSite(t testing.TB) Site {
	arrivals, boats := series()
	s := Site{Title: "Crossings", Vintage: stat.MustDate("2025-03-07"), Series: []stat.Series{arrivals, boats}, Sources: []SourceInfo{source()}, Charts: records(t), Topics: topics(t), Events: events(t)}
	none := table.Count(stat.Count{})
	mean := func(f float64, known bool) table.Cell { return table.Float(f, known) }
	id, p, vintage := table.Text(arrivalsID), table.Text("P"), day("2025-03-07")

	h := table.New("headlines")
	put(h, table.Text("arrivals-ytd"), table.Text("So far this year 1,250 people have arrived."), id, day("2025-03-01"),
		table.Text("year-to-date/"+arrivalsID+"/2025 daily/"+arrivalsID+"/2025-03-01"), p, vintage)
	ytd := table.New("year-to-date")
	put(ytd, id, table.Int(2024), day("2024-03-01"), day("2024-01-01"), day("2024-03-01"), table.Int(61), table.Int(29), none, none, table.Float(0, false), none, p, vintage, table.Text(""))
	put(ytd, id, table.Int(2025), day("2025-03-01"), day("2025-01-01"), day("2025-03-01"), table.Int(60), table.Int(1250), table.Int(29), table.Int(1221), table.Float(0, false), table.Int(36816), p, vintage, table.Text("low base"))
	daily := table.New("daily")
	put(daily, id, day("2024-02-28"), table.Int(4), mean(0, false), table.Int(20), none, p)
	put(daily, id, day("2024-02-29"), table.Int(9), mean(0, false), table.Int(29), none, p)
	put(daily, id, day("2024-03-01"), table.Int(0), mean(4.25, true), table.Int(29), none, p)
	put(daily, id, day("2025-02-28"), table.Int(250), mean(101.26, true), table.Int(1000), table.Int(20), p)
	put(daily, id, day("2025-03-01"), table.Int(250), mean(0, false), table.Int(1250), table.Int(29), p)
	put(daily, id, day("2025-03-02"), none, mean(0, false), none, none, table.Text("O"))
	put(daily, table.Text(boatsID), day("2025-02-28"), table.Int(5), mean(0, false), table.Int(20), none, p)
	yoy := table.New("year-on-year")
	put(yoy, id, table.Text("month"), day("2025-01-01"), day("2025-01-31"), none, none, none, table.Float(0, false), table.Text("O"), vintage, table.Text("missing"))
	put(yoy, id, table.Text("month"), day("2025-02-01"), day("2025-02-28"), table.Int(1000), table.Int(29), table.Int(971), table.Float(0, false), p, vintage, table.Text("low base"))
	rates := table.New("rates")
	put(rates, table.Text("persons-per-boat"), id, table.Text(boatsID), day("2025-02-01"), day("2025-02-28"), table.Float(51.249, true), table.Float(0, false), table.Float(0, false), table.Text(""))
	sources := table.New("sources")
	put(sources, table.Text("ukho-small-boats"), table.Text("UK Home Office"), table.Text("OGL"), day("2025-03-07"), table.Instant(time.Time{}),
		day("2018-01-01"), day("2025-03-01"), table.Text("late"), table.Int(3), table.Text("ab"))
	s.Tables = []*table.Table{h, ytd, yoy, daily, rates, sources, table.New("records"), table.New("observations")}
	return s
}

// realSite is a site of the published figures of eight years, as the pipeline
// makes it, and of made-up figures of the other topics.
func realSite(t testing.TB) Site {
	t.Helper()
	arrivals, boats := series()
	s := Site{Title: "Crossings", Vintage: stat.MustDate("2026-06-26"), Series: []stat.Series{arrivals, boats}, Sources: []SourceInfo{source()}, Charts: records(t), Topics: topics(t), Events: events(t)}
	tables := map[string]*table.Table{}
	for _, name := range []string{"headlines", "year-to-date", "year-on-year", "daily", "records", "rates", "balances", "revisions", "revision-summary", "releases", "claims", "bridges", "observations", "sources"} {
		tables[name] = table.New(name)
		s.Tables = append(s.Tables, tables[name])
	}
	paths := realPaths(t, &arrivals, &boats)
	cutoff := compare.CommonCutoff(paths...)
	for _, p := range paths {
		addReal(t, tables, p, cutoff)
	}
	for _, r := range compare.Ratios("persons-per-boat", paths[0], paths[1], cutoff) {
		f, known := r.Value.Get()
		put(tables["rates"], table.Text(r.Name), table.Text(string(r.Numerator)), table.Text(string(r.Denominator)), table.Day(r.Period.Start),
			table.Day(r.Period.End), table.Float(f, known), table.Float(0, false), table.Float(0, false), table.Text(r.Note.String()))
	}
	put(tables["records"], table.Text(arrivalsID), table.Text("day"), table.Int(1), day("2022-09-03"), day("2022-09-03"), table.Int(1305), table.Text("P"))
	put(tables["sources"], table.Text("ukho-small-boats"), table.Text("UK Home Office"), table.Text("OGL"), day("2026-06-26"), table.Instant(time.Time{}),
		day("2018-01-01"), day("2026-06-25"), table.Text("current"), table.Int(1), table.Text("ab"))
	addMade(t, &s, tables)
	addObservations(&s)
	s.Version, s.NewEdition, s.Editions = "1.0.0", true, []EditionInfo{{Version: "1.0.0", Vintage: stat.MustDate("2026-06-26")}}
	return s
}

func realPaths(t testing.TB, all ...*stat.Series) []*compare.Path {
	t.Helper()
	f, err := os.Open("../../compare/testdata/small-boats-daily.csv")
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
		put(tables["daily"], id, table.Day(d.Date), table.Count(d.Value), table.Float(f, known), table.Count(d.Cumulative), table.Count(d.PriorCumulative), table.Text(string(d.Status)))
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
		put(tables["year-on-year"], id, table.Text(c.Basis), table.Day(c.Period.Start), table.Day(c.Period.End), table.Count(c.Value), table.Count(c.Prior),
			table.Count(c.Change), table.Float(f, known), table.Text(string(c.Status)), table.Day(vintageOr(c.Vintage)), table.Text(c.Note.String()),
			table.Count(c.Lower), table.Count(c.Upper), table.Count(c.PriorLower), table.Count(c.PriorUpper))
	}
}

// vintageOr returns a vintage for figures that rest on no observation too.
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
		put(tables["year-to-date"], id, table.Int(y.Year), table.Day(y.Cutoff), table.Day(y.Start), table.Day(y.End), table.Int(y.Days), table.Count(y.Value),
			table.Count(y.Prior), table.Count(y.Change), table.Float(f, known), table.Count(y.PriorYear), table.Text(string(y.Status)), table.Day(vintageOr(y.Vintage)), table.Text(y.Note.String()),
			table.Count(y.Lower), table.Count(y.Upper), table.Count(y.PriorWindow.Lower), table.Count(y.PriorWindow.Upper))
	}
	if h, ok := headline.YearToDate(p.Series(), years[len(years)-1]); ok {
		put(tables["headlines"], table.Text(h.ID), table.Text(h.Text), id, table.Day(h.Cutoff), table.Text(strings.Join(h.Rows, " ")), table.Text(string(h.Status)), table.Day(h.Vintage))
	}
}

// hostileTexts are texts that would run, or become a formula, if they were
// taken for more than text.
var hostileTexts = []string{
	`</script><script>alert(1)</script>`,
	`__f__alert(1)__f__`,
	`"><img src=x onerror=alert(1)>`,
	`=HYPERLINK("javascript:alert(1)","x")`,
	`{{.}}${alert(1)}'--><svg onload=alert(1)>`,
	"a\u2028b{a|c}*/",
}

// hostileSite is the real site with hostile text wherever text may stand.
func hostileSite(t testing.TB) Site {
	s := realSite(t)
	bad := strings.Join(hostileTexts, " ")
	s.Title = bad
	for i := range s.Series {
		s.Series[i].Title, s.Series[i].Definition, s.Series[i].Unit, s.Series[i].Designation = bad, bad, bad, bad
	}
	for i, x := range s.Sources {
		s.Sources[i] = SourceInfo{ID: x.ID, Title: bad, Publisher: bad, Licence: bad, LicenceAt: "javascript:alert(1)", Homepage: `javascript:alert(1)//"><script>alert(1)</script>`, Holds: bad}
	}
	for i := range s.Charts {
		s.Charts[i].Title, s.Charts[i].Note, s.Charts[i].Issue = bad, bad, "javascript:alert(1)"
		s.Charts[i].Unit = hostileTexts[i%len(hostileTexts)]
	}
	for i := range s.Events {
		s.Events[i].Title, s.Events[i].Note, s.Events[i].Source = bad, bad, "javascript:alert(1)"
	}
	for i := range s.Topics {
		s.Topics[i].Title, s.Topics[i].Intro, s.Topics[i].Note = bad, bad, bad
	}
	for _, t := range s.Tables {
		for _, col := range []string{"text", "rows", "note", "publisher_mark", "locator", "state", "licence", "publisher", "rate", "file", "url", "number_text"} {
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
