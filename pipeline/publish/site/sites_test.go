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
	"crossings/pipeline/tabular"
	"crossings/schemas"
)

const (
	arrivalsID = "ukho-small-boats:arrivals:D"
	boatsID    = "ukho-small-boats:boats:D"
)

func day(s string) tabular.Cell { return tabular.Day(stat.MustDate(s)) }

// put appends a row of the cells given, in the order of the columns, and fills in
// the columns after them, which a test does not ask for: tables gain columns.
func put(t *tabular.Table, cells ...tabular.Cell) {
	for _, c := range t.Schema.Columns[len(cells):] {
		cells = append(cells, blank(c))
	}
	t.Add(cells...)
}

// putNamed appends a row of cells by their columns, and fills in the others.
func putNamed(t *tabular.Table, cells map[string]tabular.Cell) {
	var row []tabular.Cell
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
func blank(c schemas.Column) tabular.Cell {
	switch c.Type {
	case schemas.Integer:
		if c.Required {
			return tabular.Int(0)
		}
		return tabular.Count(stat.Count{})
	case schemas.Number:
		return tabular.Float(0, c.Required)
	case schemas.Boolean:
		return tabular.Bool(false)
	case schemas.Date:
		return tabular.Day(0)
	case schemas.DateTime:
		return tabular.Instant(time.Time{})
	}
	if c.Required {
		return tabular.Text("x")
	}
	return tabular.Text("")
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

func records(t testing.TB) []charts.Record {
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
	none := tabular.Count(stat.Count{})
	mean := func(f float64, known bool) tabular.Cell { return tabular.Float(f, known) }
	id, p, vintage := tabular.Text(arrivalsID), tabular.Text("P"), day("2025-03-07")

	h := tabular.New("headlines")
	put(h, tabular.Text("arrivals-ytd"), tabular.Text("So far this year 1,250 people have arrived."), id, day("2025-03-01"),
		tabular.Text("year-to-date/"+arrivalsID+"/2025 daily/"+arrivalsID+"/2025-03-01"), p, vintage)
	ytd := tabular.New("year-to-date")
	put(ytd, id, tabular.Int(2024), day("2024-03-01"), day("2024-01-01"), day("2024-03-01"), tabular.Int(61), tabular.Int(29), none, none, tabular.Float(0, false), none, p, vintage, tabular.Text(""))
	put(ytd, id, tabular.Int(2025), day("2025-03-01"), day("2025-01-01"), day("2025-03-01"), tabular.Int(60), tabular.Int(1250), tabular.Int(29), tabular.Int(1221), tabular.Float(0, false), tabular.Int(36816), p, vintage, tabular.Text("low base"))
	daily := tabular.New("daily")
	put(daily, id, day("2024-02-28"), tabular.Int(4), mean(0, false), tabular.Int(20), none, p)
	put(daily, id, day("2024-02-29"), tabular.Int(9), mean(0, false), tabular.Int(29), none, p)
	put(daily, id, day("2024-03-01"), tabular.Int(0), mean(4.25, true), tabular.Int(29), none, p)
	put(daily, id, day("2025-02-28"), tabular.Int(250), mean(101.26, true), tabular.Int(1000), tabular.Int(20), p)
	put(daily, id, day("2025-03-01"), tabular.Int(250), mean(0, false), tabular.Int(1250), tabular.Int(29), p)
	put(daily, id, day("2025-03-02"), none, mean(0, false), none, none, tabular.Text("O"))
	put(daily, tabular.Text(boatsID), day("2025-02-28"), tabular.Int(5), mean(0, false), tabular.Int(20), none, p)
	yoy := tabular.New("year-on-year")
	put(yoy, id, tabular.Text("month"), day("2025-01-01"), day("2025-01-31"), none, none, none, tabular.Float(0, false), tabular.Text("O"), vintage, tabular.Text("missing"))
	put(yoy, id, tabular.Text("month"), day("2025-02-01"), day("2025-02-28"), tabular.Int(1000), tabular.Int(29), tabular.Int(971), tabular.Float(0, false), p, vintage, tabular.Text("low base"))
	rates := tabular.New("rates")
	put(rates, tabular.Text("persons-per-boat"), id, tabular.Text(boatsID), day("2025-02-01"), day("2025-02-28"), tabular.Float(51.249, true), tabular.Float(0, false), tabular.Float(0, false), tabular.Text(""))
	sources := tabular.New("sources")
	put(sources, tabular.Text("ukho-small-boats"), tabular.Text("UK Home Office"), tabular.Text("OGL"), day("2025-03-07"), tabular.Instant(time.Time{}),
		day("2018-01-01"), day("2025-03-01"), tabular.Text("late"), tabular.Int(3), tabular.Text("ab"))
	s.Tables = []*tabular.Table{h, ytd, yoy, daily, rates, sources, tabular.New("records"), tabular.New("observations")}
	return s
}

// realSite is a site of the published figures of eight years, as the pipeline
// makes it, and of made-up figures of the other topics.
func realSite(t testing.TB) Site {
	t.Helper()
	arrivals, boats := series()
	s := Site{Title: "Crossings", Vintage: stat.MustDate("2026-06-26"), Series: []stat.Series{arrivals, boats}, Sources: []SourceInfo{source()}, Charts: records(t), Topics: topics(t), Events: events(t)}
	tables := map[string]*tabular.Table{}
	for _, name := range []string{"headlines", "year-to-date", "year-on-year", "daily", "records", "rates", "balances", "revisions", "revision-summary", "releases", "claims", "bridges", "observations", "sources"} {
		tables[name] = tabular.New(name)
		s.Tables = append(s.Tables, tables[name])
	}
	paths := realPaths(t, &arrivals, &boats)
	cutoff := compare.CommonCutoff(paths...)
	for _, p := range paths {
		addReal(t, tables, p, cutoff)
	}
	for _, r := range compare.Ratios("persons-per-boat", paths[0], paths[1], cutoff) {
		f, known := r.Value.Get()
		put(tables["rates"], tabular.Text(r.Name), tabular.Text(string(r.Numerator)), tabular.Text(string(r.Denominator)), tabular.Day(r.Period.Start),
			tabular.Day(r.Period.End), tabular.Float(f, known), tabular.Float(0, false), tabular.Float(0, false), tabular.Text(r.Note))
	}
	put(tables["records"], tabular.Text(arrivalsID), tabular.Text("day"), tabular.Int(1), day("2022-09-03"), day("2022-09-03"), tabular.Int(1305), tabular.Text("P"))
	put(tables["sources"], tabular.Text("ukho-small-boats"), tabular.Text("UK Home Office"), tabular.Text("OGL"), day("2026-06-26"), tabular.Instant(time.Time{}),
		day("2018-01-01"), day("2026-06-25"), tabular.Text("current"), tabular.Int(1), tabular.Text("ab"))
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
func addReal(t testing.TB, tables map[string]*tabular.Table, p *compare.Path, cutoff stat.Date) {
	t.Helper()
	id := tabular.Text(string(p.Series().ID))
	tables["observations"].Rows = append(tables["observations"].Rows, tabular.Observations(p.Observations()).Rows...)
	for _, d := range compare.DailyPath(p) {
		f, known := d.Mean7.Get()
		put(tables["daily"], id, tabular.Day(d.Date), tabular.Count(d.Value), tabular.Float(f, known), tabular.Count(d.Cumulative), tabular.Count(d.PriorCumulative), tabular.Text(string(d.Status)))
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
		put(tables["year-on-year"], id, tabular.Text(c.Basis), tabular.Day(c.Period.Start), tabular.Day(c.Period.End), tabular.Count(c.Value), tabular.Count(c.Prior),
			tabular.Count(c.Change), tabular.Float(f, known), tabular.Text(string(c.Status)), tabular.Day(vintageOr(c.Vintage)), tabular.Text(c.Note),
			tabular.Count(c.Lower), tabular.Count(c.Upper), tabular.Count(c.PriorLower), tabular.Count(c.PriorUpper))
	}
}

// vintageOr returns a vintage for figures that rest on no observation too.
func vintageOr(d stat.Date) stat.Date { return max(d, stat.MustDate("2026-06-20")) }

func addYears(t testing.TB, tables map[string]*tabular.Table, p *compare.Path, cutoff stat.Date) {
	t.Helper()
	id := tabular.Text(string(p.Series().ID))
	years, err := compare.YearToDate(p, cutoff)
	if err != nil {
		t.Fatal(err)
	}
	for _, y := range years {
		f, known := y.ChangePercent.Get()
		put(tables["year-to-date"], id, tabular.Int(y.Year), tabular.Day(y.Cutoff), tabular.Day(y.Start), tabular.Day(y.End), tabular.Int(y.Days), tabular.Count(y.Value),
			tabular.Count(y.Prior), tabular.Count(y.Change), tabular.Float(f, known), tabular.Count(y.PriorYear), tabular.Text(string(y.Status)), tabular.Day(vintageOr(y.Vintage)), tabular.Text(y.Note),
			tabular.Count(y.Lower), tabular.Count(y.Upper), tabular.Count(y.PriorWindow.Lower), tabular.Count(y.PriorWindow.Upper))
	}
	if h, ok := headline.YearToDate(p.Series(), years[len(years)-1]); ok {
		put(tables["headlines"], tabular.Text(h.ID), tabular.Text(h.Text), id, tabular.Day(h.Cutoff), tabular.Text(strings.Join(h.Rows, " ")), tabular.Text(string(h.Status)), tabular.Day(h.Vintage))
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
					row[i] = tabular.Text(bad)
				}
			}
		}
	}
	return s
}
