package site

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// addObservations gives a site observations: a hundred days of one series with a
// breakdown of it, and two years of a weekly one.
func addObservations(s *Site) {
	arrivals, _ := series()
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
			x.Rows = slices.DeleteFunc(x.Rows, func(row []table.Cell) bool { return row[series].String() == arrivalsID })
			x.Rows = append(x.Rows, table.Stream(obs).Held().Rows...)
		}
	}
}

func TestASeriesHasAPage(t *testing.T) {
	_, files := shared(t, "real")
	page := files["series/ukho-small-boats~arrivals~D.html"]
	contains(t, page, `<h1>People arriving in small boats</h1>`, `<p class="intro">People detected on arrival.</p>`, `<code>ukho-small-boats:arrivals:D</code>`,
		`18 March to 25 June 2026: 99 figures, 1 period stated without one<`, `<dt>Area</dt><dd>United Kingdom (GBR)</dd>`, `provisional operational data, says the publisher`,
		`<tr id="year-to-date/ukho-small-boats:arrivals:D/2026"><th scope="row">2026</th><td class="main">11,638</td>`,
		`<tr id="year-on-year/ukho-small-boats:arrivals:D/month/2026-05-01">`, `<figure id="arrivals-cumulative">`, `The highest of each day: People arriving in small boats, in persons.`,
		`<tr><th scope="row">25 June 2026</th><td class="main">99</td><td class="text">provisional [p]</td>`,
		`<tr><th scope="row">24 June 2026</th><td class="main">[x]</td><td class="text">not available</td><td class="text">=1&#43;1</td>`,
		`Series ukho-small-boats:arrivals:D, release of 26 June 2026`, `href="ukho-small-boats~arrivals~D.csv"`)
	csv := files["series/ukho-small-boats~arrivals~D.csv"]
	if n := strings.Count(csv, "\n"); n != 101 || !strings.Contains(csv, ",'=1+1,") || strings.Contains(csv, "sex=F") {
		t.Errorf("%d lines in the file of observations:\n%.400s", n, csv)
	}
	if len(page) > maxPage {
		t.Errorf("the page has %d bytes", len(page))
	}
}

// TestCoverageIsOfFigures reads a series whose publisher states for years that there is
// none: a list that said those years would promise figures.
func TestCoverageIsOfFigures(t *testing.T) {
	span := coverage{first: stat.MustDate("2018-01-01"), last: stat.MustDate("2026-06-21"), from: stat.MustDate("2024-04-29"), to: stat.MustDate("2026-06-21"),
		figures: 1112, absent: 330}
	if got, want := span.text(), "1 January 2018 to 21 June 2026: 1,112 figures, 330 periods stated without one. The figures are of 29 April 2024 to 21 June 2026"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := span.figuresSpan(), "29 April 2024 to 21 June 2026"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	none := coverage{first: span.first, last: span.last, absent: 1}
	if none.figuresSpan() != "no figure" || !strings.HasSuffix(none.text(), ": 0 figures, 1 period stated without one") {
		t.Errorf("%q, %q", none.figuresSpan(), none.text())
	}
}

func TestNamesHaveTheirCapitals(t *testing.T) {
	for name, want := range map[string]string{"uk-france-exchange": "UK France exchange", "persons-per-boat": "Persons per boat", "": ""} {
		if got := spaced(name); got != want {
			t.Errorf("%q is written %q, want %q", name, got, want)
		}
	}
}

func TestASeriesWithoutARecordIsDrawn(t *testing.T) {
	s := realSite(t)
	s.Charts = nil
	_, files := written(t, s)
	page := files["series/ukho-small-boats~arrivals~D.html"]
	contains(t, page, `<h3>People arriving in small boats</h3>`, `in each whole month, June 2023 to May 2026`)
	for name := range files {
		if strings.HasPrefix(name, "charts/") {
			t.Errorf("%s is a chart of no record", name)
		}
	}
}

var hrefOfRow = regexp.MustCompile(`<li><a href="([^"#]+)#([^"]+)"><code>`)

// TestASentenceLeadsToItsRows follows every link below the headlines of every page.
func TestASentenceLeadsToItsRows(t *testing.T) {
	_, files := shared(t, "real")
	followed := 0
	for name, text := range files {
		for _, m := range hrefOfRow.FindAllStringSubmatch(text, -1) {
			followed++
			target := strings.TrimPrefix(m[1], "../")
			if !strings.Contains(files[target], `id="`+m[2]+`"`) {
				t.Errorf("%s leads to %s, which has no row %s", name, target, m[2])
			}
		}
	}
	if followed < 3 {
		t.Errorf("followed %d links", followed)
	}
}

func TestTheCatalogueListsEverySeries(t *testing.T) {
	s := realSite(t)
	_, files := shared(t, "real")
	page := files["series/index.html"]
	for _, x := range s.Series {
		contains(t, page, `<code>`+string(x.ID)+`</code>`)
	}
	contains(t, page, `<code>ukho-small-boats:arrivals:D:*</code></th><td>1</td>`, `<form class="search" role="search" hidden`, `assets/search.js`)
}
