package sitetest

import (
	"slices"
	"testing"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// The series of made-up figures.
const (
	HotelsID  = "ukho-asylum:in-hotels:Q"
	ClaimsID  = "ukho-asylum:asylum-claims:Q"
	DeathsID  = "iom-missing-migrants:dead-and-missing:A:route=english-channel"
	OutID     = "ukho-france-exchange:exchange-out:M"
	EntryID   = "ukho-illegal-entry:detections:Q:category=small-boat"
	FrontexID = "frontex-detections:detections:M"
)

// figures is a made-up series: the days on which it has figures, and the figures.
type figures struct {
	id       stat.SeriesID
	kind     stat.Kind
	title    string
	from, to string
	value    func(i int) stat.Observation
}

// plain makes figures without a range.
func plain(f func(i int) int64) func(int) stat.Observation {
	return func(i int) stat.Observation { return stat.Observation{Value: stat.Known(f(i))} }
}

// madeSeries are series that the tests name, and one that no chart draws. addCharted adds the others.
var madeSeries = []figures{
	{OutID, stat.Flow, "Returns to France", "2025-09-01", "2026-06-30", plain(func(i int) int64 { return int64(40 + 7*i) })},
	{"ukho-returns:returns:Q:category=enforced", stat.Flow, "Enforced returns", "2019-01-01", "2026-03-31", plain(func(i int) int64 { return int64(900 + 31*i) })},
	{"ukho-returns:returns:Q:category=voluntary", stat.Flow, "Voluntary returns", "2019-01-01", "2026-03-31", plain(func(i int) int64 { return int64(3900 - 17*i) })},
	{DeathsID, stat.Flow, "People dead or missing in the Channel, by year", "2019-01-01", "2025-12-31", func(i int) stat.Observation {
		return stat.Observation{Value: stat.Known(int64(9 + i)), Lower: stat.Known(int64(6 + i)), Upper: stat.Known(int64(9 + i))}
	}},
	{"iom-missing-migrants:dead-and-missing:M:route=english-channel", stat.Flow, "People dead or missing in the Channel, by month", "2024-01-01", "2026-05-31", func(i int) stat.Observation {
		return stat.Observation{Value: stat.Known(int64(i % 4)), Lower: stat.Known(int64(i % 4 / 2)), Upper: stat.Known(int64(i % 4))}
	}},
	{"iom-missing-migrants:dead:M:route=sahara-desert", stat.Flow, "People found dead in the Sahara", "2024-01-01", "2026-05-31", plain(func(i int) int64 { return 77777 })},
	{HotelsID, stat.Stock, "People in asylum hotels", "2022-12-31", "2025-12-31", plain(func(i int) int64 { return int64(45753 - 1258*i) })},
	{"ukho-asylum:awaiting-initial-decision:Q", stat.Stock, "People awaiting a decision", "2018-03-31", "2025-12-31", plain(func(i int) int64 { return int64(30000 + 999*i) })},
	{ClaimsID, stat.Flow, "Asylum claims", "2018-01-01", "2025-12-31", plain(func(i int) int64 { return int64(7000 + 500*(i%9)) })},
	{"it-interior-landings:arrivals:D", stat.Flow, "People landed in Italy", "2023-01-01", "2025-09-15", plain(func(i int) int64 { return int64(i * 37 % 900) })},
	{FrontexID, stat.Flow, "Detections at the borders", "2021-01-01", "2025-04-30", plain(func(i int) int64 { return int64(9000 + 431*i) })},
	{EntryID, stat.Flow, "People in small boats, official statistics", "2019-01-01", "2026-03-31", plain(func(i int) int64 { return int64(1000 + 321*i) })},
}

// madeUp returns a series that no source describes.
func madeUp(t testing.TB, id stat.SeriesID, kind stat.Kind, title string) stat.Series {
	t.Helper()
	source, measure, frequency, dimensions, err := id.Parse()
	if err != nil {
		t.Fatal(err)
	}
	return stat.NewSeries(stat.Series{Source: source, Measure: measure, Unit: "persons", Flow: "arrival", Kind: kind, RefArea: "GBR", Dimensions: dimensions,
		Title: title, Definition: "Made-up figures.", Designation: "made up"}, frequency)
}

// path makes a path of a series from one day to another.
func path(t testing.TB, s *stat.Series, from, to string, value func(i int) stat.Observation) *compare.Path {
	t.Helper()
	release := &stat.Release{Source: s.Source, ID: "2026-06-20-00000000", Vintage: stat.MustDate("2026-06-20"), FirstSeen: stat.MustDate("2026-06-20").Time()}
	var obs []stat.Observation
	for d := stat.MustDate(from); d <= stat.MustDate(to); {
		o := value(len(obs))
		o.Series, o.Period, o.Status, o.Release, o.Locator = s, periodFrom(s.Frequency(), d), stat.Provisional, release, "A1"
		d = o.Period.End.AddDays(1)
		if s.Kind == stat.Stock {
			o.Period = stat.Day(o.Period.End)
		}
		obs = append(obs, o)
	}
	p, err := compare.NewPath(s, obs)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// periodFrom returns the period of a frequency that has a day; the week is the one that begins on it.
func periodFrom(f stat.Frequency, d stat.Date) stat.Period {
	y, m, _ := d.YMD()
	switch f {
	case stat.Daily:
		return stat.Day(d)
	case stat.Weekly:
		return stat.WeekEnding(d.AddDays(6))
	case stat.Monthly:
		return stat.Month(y, m)
	case stat.Quarterly:
		return stat.QuarterOf(d)
	}
	return stat.Year(y)
}

// addMade adds made-up figures for every topic in the way of the pipeline.
func addMade(t testing.TB, s *content.Site, tables map[string]*table.Table) {
	t.Helper()
	for _, f := range madeSeries {
		addFigures(t, s, tables, madeUp(t, f.id, f.kind, f.title), f.from, f.to, f.value)
	}
	addMadeBridges(tables)
	addMadeReleases(tables)
}

// addFigures adds made-up figures of a series, and its source if the site does not have it.
func addFigures(t testing.TB, s *content.Site, tables map[string]*table.Table, series stat.Series, from, to string, value func(i int) stat.Observation) {
	t.Helper()
	p := path(t, &series, from, to, value)
	_, cutoff := p.KnownCoverage()
	addReal(t, tables, p, cutoff)
	s.Series = append(s.Series, series)
	id := series.Source
	if slices.ContainsFunc(s.Sources, func(x content.SourceInfo) bool { return x.ID == id }) {
		return
	}
	s.Sources = append(s.Sources, content.SourceInfo{ID: id, Title: "Data set " + id, Publisher: "A publisher", Licence: "A licence", LicenceAt: "https://www.example.org/licence",
		Homepage: "https://www.example.org/" + id, Holds: "Made-up figures."})
	Put(tables["sources"], table.Text(id), table.Text("A publisher"), table.Text("A licence"), Day("2026-06-20"), table.Instant(time.Time{}),
		Day(from), Day(to), table.Text("late"), table.Int(2), table.Text("ab"), table.Int(4))
}

// addMadeBridges adds balances, bridges and revisions of more rows than a page shows.
func addMadeBridges(tables map[string]*table.Table) {
	arrivals, p := table.Text(ArrivalsID), table.Text("P")
	for i := range 30 {
		m := stat.Month(2023, time.Month(1+i))
		Put(tables["bridges"], table.Text(EntryID), arrivals, table.Day(m.Start), table.Day(m.End), table.Int(3000+i), table.Int(3001+2*i),
			table.Int(-1-i), Day("2026-05-21"), Day("2026-06-26"), table.Text("Two counts of one fact"))
		Put(tables["revisions"], table.Text(ClaimsID), table.Day(m.Start), table.Day(m.End), table.Int(8000+i), table.Int(8100+i), table.Int(100),
			Day("2026-02-20"), table.Day(stat.MustDate("2026-03-01").AddDays(i)), table.Instant(stat.MustDate("2026-03-01").AddDays(i).Time()), table.Bool(i%2 == 0), table.Bool(i == 29),
			table.Text(stat.MustDate("2026-03-01").AddDays(i).String()+"-00000000"), table.Text("changed"))
	}
	for _, y := range []int{2022, 2021} {
		Put(tables["bridges"], table.Text(EntryID), arrivals, table.Day(stat.Year(y).Start), table.Day(stat.Year(y).End), table.Int(45774), table.Int(45755),
			table.Int(19), Day("2026-05-21"), Day("2026-06-26"), table.Text("Two counts of one fact"))
	}
	Put(tables["balances"], table.Text("uk-france-exchange"), table.Text("cumulative"), Day("2025-08-06"), Day("2026-06-30"), table.Int(1087), table.Int(1117), table.Int(-30),
		table.Count(stat.Count{}), table.Float(0, false), table.Int(329), table.Float(3.304, true), p, Day("2026-07-16"), table.Text("base: 5 of 329 days outside coverage of the series that it is made of"))
	Put(tables["balances"], table.Text("uk-france-exchange"), table.Text("month"), Day("2026-05-01"), Day("2026-05-31"), table.Int(218), table.Count(stat.Count{}), table.Count(stat.Count{}),
		table.Int(2726), table.Float(7.9971, true), table.Int(31), table.Float(7.0323, true), p, Day("2026-07-16"), table.Text("in is not known for this period"))
	Put(tables["balances"], table.Text("another-balance"), table.Text("month"), Day("2026-05-01"), Day("2026-05-31"), table.Int(66666), table.Count(stat.Count{}), table.Count(stat.Count{}),
		table.Int(1), table.Float(1, true), table.Int(31), table.Float(1, true), p, Day("2026-07-16"), table.Text(""))
	Put(tables["rates"], table.Text("deaths-per-1000"), table.Text("iom-missing-migrants:dead-and-missing:M:route=english-channel"), arrivals, Day("2025-01-01"), Day("2025-12-31"),
		table.Float(0.4102, true), table.Float(0.2345, true), table.Float(0.4102, true), table.Text(""))
}

// addMadeReleases adds the releases that made the revisions, a summary of them, and claims. One source
// has more releases than its page lists.
func addMadeReleases(tables map[string]*table.Table) {
	release := func(source, id, vintage, seen string, changed int) {
		Put(tables["releases"], table.Text(source), table.Text(id), Day(vintage), Instant(seen), table.Text("a-file_of_figures_with_a_long_name.csv"), table.Int(624),
			Day("2001-01-01"), Day("2025-12-31"), table.Int(changed), table.Int(changed/2), table.Int(1), table.Int(2), table.Text("ab"))
	}
	for i := range 130 {
		d := stat.MustDate("2025-11-21").AddDays(i).String() // the last is the one of the last revision
		changed := 0
		if i >= 100 {
			changed = 1
		}
		release("ukho-asylum", d+"-00000000", d, d+"T00:00:00Z", changed)
	}
	release("tidy:mine", "2026-01-01-11111111", "2026-01-01", "2026-01-01T09:30:00Z", 0)
	PutNamed(tables["revision-summary"], map[string]table.Cell{"series": table.Text(ClaimsID), "revisions": table.Int(30), "observations": table.Int(32),
		"revised": table.Int(30), "revised_percent": table.Float(93.75, true), "silent": table.Int(15), "substantial": table.Int(1), "largest_rise": table.Int(100),
		"mean_absolute_change": table.Float(100, true), "longest_lag": table.Int(900), "withdrawn": table.Int(3)})
	addMadeClaims(tables["claims"])
}

// Instant returns a cell with an instant.
func Instant(s string) table.Cell {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return table.Instant(t)
}

// addMadeClaims adds a claim with one number that is found and revised since, and one that is not
// found, and a claim without a number.
func addMadeClaims(t *table.Table) {
	said, series := table.Text("More than 30,000 people so far, up 12 %"), table.Text(ArrivalsID)
	number := func(n int, text, found, basis string, value, now int) {
		Put(t, table.Text("a-2"), Day("2025-09-18"), said, table.Text("https://www.example.org/said?a=1&b=2"), table.Int(n), table.Text(text), table.Bool(found == "true"), series, table.Text(basis),
			Day("2025-01-01"), Day("2025-09-17"), table.Int(value), table.Int(23628), table.Float(31.3315, true), Day("2026-02-06"), table.Bool(true), table.Int(now), table.Bool(value != now))
	}
	number(1, "More than 30,000", "true", "year-to-date", 31031, 31040)
	number(2, "12 %", "false", "rolling-12-months", 31031, 31031)
	none := table.Text("")
	Put(t, table.Text("a-3"), Day("2025-10-01"), table.Text("Not a number in it"), table.Text("javascript:alert(1)"), table.Int(0), none, table.Bool(false))
	Put(t, table.Text("a-4"), Day("2025-08-01"), table.Text("12 of something"), none, table.Int(1), table.Text("12"), table.Bool(false), none, none, table.Day(0), table.Day(0),
		table.Count(stat.Count{}), table.Count(stat.Count{}), table.Float(0, false), table.Day(0), table.NoBool(), table.Count(stat.Count{}), table.NoBool())
}

// addObservations gives a site observations: a hundred days of one series with a breakdown of it, and
// two years of a weekly one.
func addObservations(s *content.Site) {
	arrivals, _ := Series()
	weekly := stat.NewSeries(stat.Series{Source: arrivals.Source, Measure: "prevented-persons", Unit: "persons", Flow: "prevention", Kind: stat.Flow, RefArea: "FRA",
		Title: "People prevented from crossing", Definition: "French estimates.", Designation: "operational estimates"}, stat.Weekly)
	s.Series = append(s.Series, weekly)
	r := &stat.Release{Source: arrivals.Source, ID: "2026-06-26-00000000", Vintage: stat.MustDate("2026-06-26")}
	var obs []stat.Observation
	for i := range 100 {
		o := stat.Observation{Series: &arrivals, Period: stat.Day(stat.MustDate("2026-03-18").AddDays(i)), Value: stat.Known(int64(i)), Status: stat.Provisional, Release: r, Locator: "SB_01!C2"}
		if i == 98 {
			o.Value, o.Status, o.Mark = stat.Count{}, stat.Missing, "=1+1"
		}
		obs = append(obs, o)
	}
	by := arrivals
	by.Sex = "F"
	by.ID = stat.NewSeriesID(by.Source, by.Measure, stat.Daily, by.Dimensions)
	obs = append(obs, stat.Observation{Series: &by, Period: stat.Day(stat.MustDate("2026-03-18")), Value: stat.Known(1), Status: stat.Provisional, Release: r})
	for i := range 110 {
		week := stat.Period{Start: stat.MustDate("2024-05-20").AddDays(7 * i), End: stat.MustDate("2024-05-26").AddDays(7 * i), Precision: stat.PrecisionWeek}
		o := stat.Observation{Series: &weekly, Period: week, Value: stat.Known(int64(100 + i)), Status: stat.Estimated, Release: r}
		if i == 80 {
			o.Value, o.Status = stat.Count{}, stat.Missing
		}
		obs = append(obs, o)
	}
	for _, x := range s.Tables {
		if x.Schema.Name == "observations" {
			series := x.Schema.Index("series")
			x.Rows = slices.DeleteFunc(x.Rows, func(row []table.Cell) bool { return row[series].String() == ArrivalsID })
			x.Rows = append(x.Rows, table.Stream(obs).Held().Rows...)
		}
	}
}
