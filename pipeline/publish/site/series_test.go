package site

import (
	"regexp"
	"strings"
	"testing"

	"crossings/pipeline/publish/site/sitetest"
)

func TestASeriesHasAPage(t *testing.T) {
	_, files := shared(t, "real")
	page := files["series/ukho-small-boats~arrivals~D.html"]
	contains(t, page, `<h1>People arriving in small boats</h1>`, `<p class="intro">People detected on arrival.</p>`, `<code>ukho-small-boats:arrivals:D</code>`,
		`18 March to 25 June 2026: 99 figures, 1 period stated without one<`, `<dt>Area</dt><dd>United Kingdom (GBR)</dd>`, `provisional operational data, says the publisher`,
		`<tr id="year-to-date/ukho-small-boats:arrivals:D/2026"><th scope="row">2026</th><td class="main">11,638</td>`,
		`<tr id="year-on-year/ukho-small-boats:arrivals:D/month/2026-05-01">`, `<figure id="arrivals-cumulative" class="fig">`, `Highest by day: People arriving in small boats, in persons.`,
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

func TestASeriesWithoutARecordIsDrawn(t *testing.T) {
	s := sitetest.Real(t)
	s.Charts = nil
	_, files := written(t, s)
	page := files["series/ukho-small-boats~arrivals~D.html"]
	contains(t, page, `fewer people arriving in small boats in May 2026 than in May 2025</h3>`, `in each whole month, June 2023 to May 2026`)
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
	s := sitetest.Real(t)
	_, files := shared(t, "real")
	page := files["series/index.html"]
	for _, x := range s.Series {
		contains(t, page, `<code>`+string(x.ID)+`</code>`)
	}
	contains(t, page, `<code>ukho-small-boats:arrivals:D:*</code></th><td>1</td>`, `<form class="search" role="search" hidden`, `assets/search.`)
}
