package site

import (
	"testing"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// The series of made-up figures.
const (
	hotelsID  = "ukho-asylum:in-hotels:Q"
	claimsID  = "ukho-asylum:asylum-claims:Q"
	deathsID  = "iom-missing-migrants:dead-and-missing:A:route=english-channel"
	outID     = "ukho-france-exchange:exchange-out:M"
	entryID   = "ukho-illegal-entry:detections:Q:category=small-boat"
	frontexID = "frontex-detections:detections:M"
)

// figures are the days on which a made-up series has a figure, and the figure.
type figures struct {
	id       stat.SeriesID
	kind     stat.Kind
	title    string
	from, to string
	value    func(i int) stat.Observation
}

// plain is a figure without a range.
func plain(f func(i int) int64) func(int) stat.Observation {
	return func(i int) stat.Observation { return stat.Observation{Value: stat.Known(f(i))} }
}

// madeSeries are those that the charts draw, and one that they do not.
var madeSeries = []figures{
	{outID, stat.Flow, "Returns to France", "2025-09-01", "2026-06-30", plain(func(i int) int64 { return int64(40 + 7*i) })},
	{"ukho-returns:returns:Q:category=enforced", stat.Flow, "Enforced returns", "2019-01-01", "2026-03-31", plain(func(i int) int64 { return int64(900 + 31*i) })},
	{"ukho-returns:returns:Q:category=voluntary", stat.Flow, "Voluntary returns", "2019-01-01", "2026-03-31", plain(func(i int) int64 { return int64(3900 - 17*i) })},
	{deathsID, stat.Flow, "People dead or missing in the Channel, by year", "2019-01-01", "2025-12-31", func(i int) stat.Observation {
		return stat.Observation{Value: stat.Known(int64(9 + i)), Lower: stat.Known(int64(6 + i)), Upper: stat.Known(int64(9 + i))}
	}},
	{"iom-missing-migrants:dead-and-missing:M:route=english-channel", stat.Flow, "People dead or missing in the Channel, by month", "2024-01-01", "2026-05-31", func(i int) stat.Observation {
		return stat.Observation{Value: stat.Known(int64(i % 4)), Lower: stat.Known(int64(i % 4 / 2)), Upper: stat.Known(int64(i % 4))}
	}},
	{"iom-missing-migrants:dead:M:route=sahara-desert", stat.Flow, "People found dead in the Sahara", "2024-01-01", "2026-05-31", plain(func(i int) int64 { return 77777 })},
	{hotelsID, stat.Stock, "People in asylum hotels", "2022-12-31", "2025-12-31", plain(func(i int) int64 { return int64(45753 - 1258*i) })},
	{"ukho-asylum:awaiting-initial-decision:Q", stat.Stock, "People awaiting a decision", "2018-03-31", "2025-12-31", plain(func(i int) int64 { return int64(30000 + 999*i) })},
	{claimsID, stat.Flow, "Asylum claims", "2018-01-01", "2025-12-31", plain(func(i int) int64 { return int64(7000 + 500*(i%9)) })},
	{"it-interior-landings:arrivals:D", stat.Flow, "People landed in Italy", "2023-01-01", "2025-09-15", plain(func(i int) int64 { return int64(i * 37 % 900) })},
	{frontexID, stat.Flow, "Detections at the borders", "2021-01-01", "2025-04-30", plain(func(i int) int64 { return int64(9000 + 431*i) })},
	{entryID, stat.Flow, "People in small boats, official statistics", "2019-01-01", "2026-03-31", plain(func(i int) int64 { return int64(1000 + 321*i) })},
}

// path returns the figures as a path.
func (f figures) path(t testing.TB) *compare.Path {
	t.Helper()
	source, measure, frequency, dimensions, err := f.id.Parse()
	if err != nil {
		t.Fatal(err)
	}
	s := stat.NewSeries(stat.Series{Source: source, Measure: measure, Unit: "persons", Flow: "arrival", Kind: f.kind, RefArea: "GBR", Dimensions: dimensions,
		Title: f.title, Definition: "Made-up figures.", Designation: "made up"}, frequency)
	release := &stat.Release{Source: source, ID: "2026-06-20-00000000", Vintage: stat.MustDate("2026-06-20"), FirstSeen: stat.MustDate("2026-06-20").Time()}
	var obs []stat.Observation
	for d := stat.MustDate(f.from); d <= stat.MustDate(f.to); {
		o := f.value(len(obs))
		o.Series, o.Period, o.Status, o.Release, o.Locator = &s, stat.Day(d), stat.Provisional, release, "A1"
		y, m, _ := d.YMD()
		switch {
		case f.kind == stat.Stock:
			d = stat.NewDate(y, m+4, 0) // from one end of a quarter to the next
		case frequency == stat.Daily:
			d = d.AddDays(1)
		case frequency == stat.Monthly:
			o.Period, d = stat.Month(y, m), stat.NewDate(y, m+1, 1)
		case frequency == stat.Quarterly:
			o.Period, d = stat.Quarter(y, (int(m)+2)/3), stat.NewDate(y, m+3, 1)
		default:
			o.Period, d = stat.Year(y), stat.NewDate(y+1, time.January, 1)
		}
		obs = append(obs, o)
	}
	p, err := compare.NewPath(&s, obs)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// addMade adds made-up figures for every topic, as the pipeline would.
func addMade(t testing.TB, s *Site, tables map[string]*tabular.Table) {
	t.Helper()
	seen := map[string]bool{}
	for _, f := range madeSeries {
		p := f.path(t)
		_, cutoff := p.KnownCoverage()
		addReal(t, tables, p, cutoff)
		s.Series = append(s.Series, *p.Series())
		if id := p.Series().Source; !seen[id] {
			seen[id] = true
			s.Sources = append(s.Sources, SourceInfo{ID: id, Title: "Data set " + id, Publisher: "A publisher", Licence: "A licence", LicenceAt: "https://www.example.org/licence",
				Homepage: "https://www.example.org/" + id, Holds: "Made-up figures."})
			put(tables["sources"], tabular.Text(id), tabular.Text("A publisher"), tabular.Text("A licence"), day("2026-06-20"), tabular.Instant(time.Time{}),
				day(f.from), day(f.to), tabular.Text("late"), tabular.Int(2), tabular.Text("ab"), tabular.Int(4))
		}
	}
	addMadeBridges(tables)
	addMadeReleases(tables)
}

// addMadeBridges adds balances, bridges and revisions of more rows than a page shows.
func addMadeBridges(tables map[string]*tabular.Table) {
	arrivals, p := tabular.Text(arrivalsID), tabular.Text("P")
	for i := range 30 {
		m := stat.Month(2023, time.Month(1+i))
		put(tables["bridges"], tabular.Text(entryID), arrivals, tabular.Day(m.Start), tabular.Day(m.End), tabular.Int(3000+i), tabular.Int(3001+2*i),
			tabular.Int(-1-i), day("2026-05-21"), day("2026-06-26"), tabular.Text("Two counts of one fact"))
		put(tables["revisions"], tabular.Text(claimsID), tabular.Day(m.Start), tabular.Day(m.End), tabular.Int(8000+i), tabular.Int(8100+i), tabular.Int(100),
			day("2026-02-20"), tabular.Day(stat.MustDate("2026-03-01").AddDays(i)), tabular.Instant(stat.MustDate("2026-03-01").AddDays(i).Time()), tabular.Bool(i%2 == 0), tabular.Bool(i == 29),
			tabular.Text(stat.MustDate("2026-03-01").AddDays(i).String()+"-00000000"), tabular.Text("changed"))
	}
	for _, y := range []int{2022, 2021} {
		put(tables["bridges"], tabular.Text(entryID), arrivals, tabular.Day(stat.Year(y).Start), tabular.Day(stat.Year(y).End), tabular.Int(45774), tabular.Int(45755),
			tabular.Int(19), day("2026-05-21"), day("2026-06-26"), tabular.Text("Two counts of one fact"))
	}
	put(tables["balances"], tabular.Text("uk-france-exchange"), tabular.Text("cumulative"), day("2025-08-06"), day("2026-06-30"), tabular.Int(1087), tabular.Int(1117), tabular.Int(-30),
		tabular.Count(stat.Count{}), tabular.Float(0, false), tabular.Int(329), tabular.Float(3.304, true), p, day("2026-07-16"), tabular.Text("base: 5 of 329 days outside coverage of the series that it is made of"))
	put(tables["balances"], tabular.Text("uk-france-exchange"), tabular.Text("month"), day("2026-05-01"), day("2026-05-31"), tabular.Int(218), tabular.Count(stat.Count{}), tabular.Count(stat.Count{}),
		tabular.Int(2726), tabular.Float(7.9971, true), tabular.Int(31), tabular.Float(7.0323, true), p, day("2026-07-16"), tabular.Text("in is not known for this period"))
	put(tables["balances"], tabular.Text("another-balance"), tabular.Text("month"), day("2026-05-01"), day("2026-05-31"), tabular.Int(66666), tabular.Count(stat.Count{}), tabular.Count(stat.Count{}),
		tabular.Int(1), tabular.Float(1, true), tabular.Int(31), tabular.Float(1, true), p, day("2026-07-16"), tabular.Text(""))
	put(tables["rates"], tabular.Text("deaths-per-1000"), tabular.Text("iom-missing-migrants:dead-and-missing:M:route=english-channel"), arrivals, day("2025-01-01"), day("2025-12-31"),
		tabular.Float(0.4102, true), tabular.Float(0.2345, true), tabular.Float(0.4102, true), tabular.Text(""))
}

// addMadeReleases adds the releases that made the revisions, more of one source
// than its page lists, a summary of them, and sentences that were said.
func addMadeReleases(tables map[string]*tabular.Table) {
	release := func(source, id, vintage, seen string, changed int) {
		put(tables["releases"], tabular.Text(source), tabular.Text(id), day(vintage), instant(seen), tabular.Text("a-file_of_figures_with_a_long_name.csv"), tabular.Int(624),
			day("2001-01-01"), day("2025-12-31"), tabular.Int(changed), tabular.Int(changed/2), tabular.Int(1), tabular.Int(2), tabular.Text("ab"))
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
	putNamed(tables["revision-summary"], map[string]tabular.Cell{"series": tabular.Text(claimsID), "revisions": tabular.Int(30), "observations": tabular.Int(32),
		"revised": tabular.Int(30), "revised_percent": tabular.Float(93.75, true), "silent": tabular.Int(15), "substantial": tabular.Int(1), "largest_rise": tabular.Int(100),
		"mean_absolute_change": tabular.Float(100, true), "longest_lag": tabular.Int(900), "withdrawn": tabular.Int(3)})
	addMadeClaims(tables["claims"])
}

func instant(s string) tabular.Cell {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return tabular.Instant(t)
}

// addMadeClaims adds a sentence whose numbers are found, revised since and not
// found, and one without a number.
func addMadeClaims(t *tabular.Table) {
	said, series := tabular.Text("More than 30,000 people so far, up 12 %"), tabular.Text(arrivalsID)
	number := func(n int, text, found, basis string, value, now int) {
		put(t, tabular.Text("a-2"), day("2025-09-18"), said, tabular.Text("https://www.example.org/said?a=1&b=2"), tabular.Int(n), tabular.Text(text), tabular.Bool(found == "true"), series, tabular.Text(basis),
			day("2025-01-01"), day("2025-09-17"), tabular.Int(value), tabular.Int(23628), tabular.Float(31.3315, true), day("2026-02-06"), tabular.Bool(true), tabular.Int(now), tabular.Bool(value != now))
	}
	number(1, "More than 30,000", "true", "year-to-date", 31031, 31040)
	number(2, "12 %", "false", "rolling-12-months", 31031, 31031)
	none := tabular.Text("")
	put(t, tabular.Text("a-3"), day("2025-10-01"), tabular.Text("Not a number in it"), tabular.Text("javascript:alert(1)"), tabular.Int(0), none, tabular.Bool(false))
	put(t, tabular.Text("a-4"), day("2025-08-01"), tabular.Text("12 of something"), none, tabular.Int(1), tabular.Text("12"), tabular.Bool(false), none, none, tabular.Day(0), tabular.Day(0),
		tabular.Count(stat.Count{}), tabular.Count(stat.Count{}), tabular.Float(0, false), tabular.Day(0), tabular.NoBool(), tabular.Count(stat.Count{}), tabular.NoBool())
}
