package site

import (
	"html"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

func TestTopicPagesShowTheNewestFigures(t *testing.T) {
	_, files := shared(t, "real")
	arrivals := files["topics/arrivals.html"]
	contains(t, arrivals, `<h1>Arrivals</h1>`, `<p class="sentence">11,638 `, `<figure id="arrivals-cumulative" class="fig">`, `<figure id="illegal-entry-small-boats" class="fig">`,
		`<a href="../charts/arrivals-daily.html">`,
		`<tr><th scope="row"><a href="../series/ukho-small-boats~arrivals~D.html">People arriving in small boats</a></th><td class="text">persons</td><td class="main">11,638</td><td>18,518</td><td>−6,880</td><td>−37.2 %</td><td>41,472</td><td>176</td><td class="text">1 January to 25 June 2026</td><td class="text">1 January to 25 June 2025</td><td class="text">provisional [p]</td><td class="text wide">none</td></tr>`,
		`<tr><th scope="row"><a href="../series/ukho-small-boats~arrivals~D.html">People arriving in small boats</a></th><td class="text">persons</td><td class="text">May 2026</td><td class="main">2,726</td><td>3,738</td>`,
		`<td class="text">January to March 2026</td>`, `<td class="text">2025</td><td class="main">41,472</td><td>36,816</td>`,
		`<td>late</td><td>20 June 2026</td><td>1 January 2019 to 31 March 2026</td><td>2</td><td>4</td>`, `late: A release is overdue.`,
		`<code>ukho-illegal-entry:detections:Q:category=small-boat</code>`)
	if strings.Contains(arrivals, "There are no figures yet from") || strings.Contains(arrivals, "ukho-small-boats-day") {
		t.Error("a topic lists data sets without figures")
	}
	if strings.Contains(arrivals, "exchange-monthly") || strings.Contains(arrivals, sitetest.HotelsID) {
		t.Error("the page of one topic shows another")
	}
	contains(t, files["topics/returns.html"], `<th scope="row"><a href="../series/ukho-france-exchange~exchange-out~M.html">Returns to France</a></th>`, `<td class="text">June 2026</td><td class="main">103</td><td>[x]</td><td>[x]</td><td>[x]</td>`)
	contains(t, files["topics/asylum.html"], `<th scope="row"><a href="../series/ukho-asylum~in-hotels~Q.html">People in asylum hotels</a></th><td class="text">persons</td><td class="text">31 December 2025</td><td class="main">30,657</td><td>35,689</td>`)
	contains(t, files["topics/frontiers.html"], `<td class="text">2024</td>`, `<figure id="frontex-yearly" class="fig">`, `<figure id="italy-landings" class="fig">`)
}

func TestDeathsAreSaidAsAtLeast(t *testing.T) {
	_, files := shared(t, "real")
	page := files["topics/deaths.html"]
	contains(t, page, "minimum counts",
		`<td class="text">2025</td><td class="main">at least 15 (12 to 15)</td><td>at least 14 (11 to 14)</td><td>&#43;1</td><td>[low]</td>`,
		`<p class="sub">People dead or missing in the Channel, by year: people in each whole year, 2019 to 2025, with those found dead.`,
		`2025: at least 15 (12 to 15).`,
		`<tr><th scope="row">2025</th><td>15</td><td>12</td></tr>`)
	if regexp.MustCompile(`<td class="main">at least \d+ \((\d+) to (\d+)\)</td>`).FindString(page) == "" {
		t.Error("no range")
	}
	if strings.Contains(page, "77,777") || strings.Contains(page, "sahara") {
		t.Error("a series that no pattern fits is shown")
	}
	contains(t, files["index.html"], `2025: People dead or missing in the Channel, at least 15 (12 to 15) people, against at least 14 (11 to 14) a year before.`)
	year := regexp.MustCompile(`(?s)<details id="year-to-date">.*?</details>`).FindString(page)
	if whole := regexp.MustCompile(`<td>at least \d+</td>`).FindString(year); whole == "" {
		t.Errorf("the whole of the year before is not said as at least: %s", year)
	}
}

func TestFiguresWithoutRangesNeedNoRangeColumns(t *testing.T) {
	s := sitetest.Real(t)
	for _, tbl := range s.Tables {
		for _, col := range []string{"lower", "upper", "prior_lower", "prior_upper"} {
			at, name := tbl.Schema.Index(col), tbl.Schema.Name
			if at < 0 || name == "rates" || name == "observations" {
				continue
			}
			for _, row := range tbl.Rows {
				row[at] = table.Count(stat.Count{})
			}
		}
	}
	_, files := written(t, s)
	contains(t, files["topics/deaths.html"], `<td class="text">2025</td><td class="main">15</td><td>14</td>`, `compared with the year before`)
}

func TestBalancesRatesAndBridges(t *testing.T) {
	_, files := shared(t, "real")
	contains(t, files["topics/exchange.html"], `This page is now part of <a href="../topics/returns.html">Returns and France deal</a>.`)
	exchange := files["topics/returns.html"]
	contains(t, exchange, `UK-France agreement, since it began.`,
		`<tr id="balances/uk-france-exchange/cumulative/2026-06-30"><th scope="row">6 August 2025 to 30 June 2026</th><td class="main">1,087</td><td class="main">1,117</td><td>−30</td><td>[x]</td><td>[x]</td><td>329</td><td>3.30</td><td class="text">provisional [p]</td></tr>`,
		`Of every row: base: 5 of 329 days outside coverage of the series that it is made of.`,
		`<tr id="balances/uk-france-exchange/month/2026-05-31"><th scope="row">May 2026</th><td class="main">218</td><td class="main">[x]</td><td>[x]</td><td>2,726</td><td>8.00</td><td>31</td><td>7.03</td>`)
	if strings.Contains(exchange, "66,666") {
		t.Error("a balance that the topic does not name is shown")
	}
	arrivals := files["topics/arrivals.html"]
	contains(t, arrivals, `<tr><th scope="row">2025</th><td class="main">61.7</td></tr>`, "People per boat: People arriving in small boats, in persons, over Small boats arriving, in boats.",
		`… 8 more in <a href="../data/bridges.csv">bridges.csv</a>`, `Two counts of one fact.`)
	contains(t, files["topics/deaths.html"], `<tr><th scope="row">2025</th><td class="main">0.410</td><td>0.235</td><td>0.410</td></tr>`)
	bridge := regexp.MustCompile(`(?s)<details id="bridges">.*?</details>`).FindString(arrivals)
	var periods []string
	for _, m := range regexp.MustCompile(`<tr><th scope="row">([^<]*)</th>`).FindAllStringSubmatch(bridge, -1) {
		periods = append(periods, m[1])
	}
	if len(periods) != 24 || !slices.Equal(periods[:4], []string{"2022", "2021", "June 2025", "May 2025"}) {
		t.Errorf("bridges are of %q", periods)
	}
}

func TestRevisionsOfATopic(t *testing.T) {
	_, files := shared(t, "real")
	page := files["topics/asylum.html"]
	contains(t, page, `<p>30 values of these series differ from one release to the next.</p>`, `… 20 more in <a href="../data/revisions.csv">revisions.csv</a>`,
		`<tbody>
<tr id="revisions/ukho-asylum:asylum-claims:Q/2025-06-01/2025-06-30/2026-03-30/2026-03-30T00:00:00Z"><th scope="row"><a href="../series/ukho-asylum~asylum-claims~Q.html">Asylum claims</a></th><td class="text">persons</td><td class="text">June 2025</td><td>8,029</td><td class="main">8,129</td><td>&#43;100</td><td class="text">20 February 2026</td><td class="text">30 March 2026</td><td class="text">silent</td><td class="text">yes</td></tr>`)
	if strings.Contains(files["topics/returns.html"], `<details id="revisions">`) {
		t.Error("a topic without revisions has a section of them")
	}
}

func TestTopicsWithoutFiguresSaySo(t *testing.T) {
	_, files := shared(t, "small")
	contains(t, files["topics/returns.html"], `There are no figures for this topic yet.`,
		`This chart is left out: the data have no series ukho-returns:returns:Q:category=enforced.`)
	if strings.Contains(files["topics/returns.html"], "There are no figures yet from") {
		t.Error("a topic says which data sets have no figures")
	}
	contains(t, files["index.html"], `<h3><a href="topics/returns.html">Returns and France deal</a></h3></div>
<p>People returned to France`)
	s := sitetest.Small(t)
	s.Series, s.Tables, s.Sources = nil, nil, nil
	_, files = written(t, s)
	contains(t, files["topics/arrivals.html"], `There are no figures for this topic yet.`, `This chart is left out: the data have no series ukho-small-boats:arrivals:D.`)
	contains(t, files["topics/sources.html"], `<h2 id="sources">Data sets</h2>`)
}

// TestARegisteredSourceWithoutARelease has a source that the site knows and that has no release yet.
func TestARegisteredSourceWithoutARelease(t *testing.T) {
	s := sitetest.Small(t)
	s.Sources = append(s.Sources, content.SourceInfo{ID: "ukho-returns", Title: "Returns data", Homepage: "https://www.example.org/"})
	for _, tbl := range s.Tables {
		if tbl.Schema.Name == "sources" {
			sitetest.Put(tbl, table.Text("ukho-returns"), table.Text("UK Home Office"), table.Text("OGL"), table.Day(0), sitetest.Blank(tbl.Schema.Columns[4]),
				table.Day(0), table.Day(0), table.Text("empty"), table.Int(0))
		}
	}
	_, files := written(t, s)
	contains(t, files["topics/sources.html"], `There are no figures yet from: Returns data.`, `<td>empty</td><td>[x]</td><td>[x]</td>`, `empty: Nothing ingested yet.`)
	contains(t, files["topics/returns.html"], `There are no figures for this topic yet.`)
}

func TestTheSourcesPageHasEveryDataSet(t *testing.T) {
	s := sitetest.Real(t)
	_, files := shared(t, "real")
	page := files["topics/sources.html"]
	for _, x := range s.Sources {
		contains(t, page, `<tr><th scope="row"><a href="`+x.Homepage+`">`+x.Title+`</a></th>`)
	}
	contains(t, page, `<th scope="col">Quarantined rows</th>`)
	if strings.Contains(page, "<figure") || strings.Contains(page, "no figures") {
		t.Error("the page of the data sets shows figures, or says that it has none")
	}
}

func TestEveryPageLeadsToEveryTopic(t *testing.T) {
	_, files := shared(t, "real")
	translated := inLanguages(t)
	for name, text := range files {
		if !strings.HasSuffix(name, ".html") || inFrame(name) {
			continue
		}
		for _, x := range sitetest.Topics(t) {
			if !strings.Contains(text, `topics/`+x.ID+`.html"`) && !(translated[name] && strings.Contains(text, `"`+x.ID+`.html"`)) {
				t.Errorf("%s does not lead to topic %s", name, x.ID)
			}
		}
		want := 0
		if name == "explore.html" || name == "check.html" || strings.HasPrefix(name, "topics/") && !slices.Contains([]string{"topics/sources.html", "topics/exchange.html"}, name) || translated[name] && path.Base(name) != "index.html" {
			want = 2 // in the menu for wide screens and in that for phones
		}
		if got := strings.Count(text, `aria-current="page"`); got != want {
			t.Errorf("%s marks %d links as its own", name, got)
		}
		if strings.Contains(text, "People crossing the English Channel in small boats.") {
			t.Errorf("%s says that the site is about small boats alone", name)
		}
	}
	contains(t, files["charts/asylum-hotels.html"], `<p>Back to <a href="../topics/asylum.html#asylum-hotels">Asylum</a>.`)
	contains(t, files["index.html"], `<h2 id="topics">By topic</h2>`, `<h3><a href="topics/asylum.html">Asylum</a></h3>`, `</div>
<p>October to December 2025: Asylum claims, 9,000 people, against 7,000 a year before (&#43;28.6 %).</p>`)
	if strings.Contains(files["index.html"], `<figure id="asylum-hotels">`) || !strings.Contains(files["index.html"], `<figure id="arrivals-cumulative">`) {
		t.Error("the front page shows other charts than those that ask for it")
	}
}

func TestTheFrontPagesHeadlinesAreAboutItsCharts(t *testing.T) {
	s := sitetest.Small(t)
	add := func(series string) {
		sitetest.Put(s.Tables[0], table.Text("x-"+series), table.Text("A sentence on "+series+"."), table.Text(series), sitetest.Day("2025-03-01"), table.Text("daily/x"), table.Text("P"), sitetest.Day("2025-03-07"))
	}
	add(sitetest.HotelsID)
	_, files := written(t, s)
	if strings.Contains(files["index.html"], `<p class="sentence">A sentence on `+sitetest.HotelsID) {
		t.Error("a headline of another topic stands among those of the front page")
	}
	contains(t, files["index.html"], `<p class="sentence">So far this year 1,250`, `<p>A sentence on `+sitetest.HotelsID+`.</p>`)
	contains(t, files["topics/asylum.html"], `<p class="sentence">A sentence on `+sitetest.HotelsID+`.</p>`)
	s = sitetest.Small(t)
	s.Tables[0].Rows = nil
	add(sitetest.HotelsID)
	_, files = written(t, s)
	contains(t, files["index.html"], `<p class="sentence">A sentence on `+sitetest.HotelsID)
}

func TestAChartOfNoTopicLeadsToTheFrontPage(t *testing.T) {
	s := sitetest.Small(t)
	s.Topics = nil
	_, files := written(t, s)
	contains(t, files["charts/arrivals-daily.html"], `<p>Back to <a href="../index.html#arrivals-daily">all figures</a>.`)
	if strings.Contains(files["index.html"], "By topic") {
		t.Error("a site without topics has a section of them")
	}
}

var (
	tableRow   = regexp.MustCompile(`(?s)<tr>(.*?)</tr>`)
	tableCell  = regexp.MustCompile(`(?s)<t[dh][^>]*>(.*?)</t[dh]>`)
	figureText = regexp.MustCompile(`[+−]?\d[\d,]*(?:\.\d+)?(?: %)?`)
	heading    = regexp.MustCompile(`<h([1-6])`)
)

var dateOrNote = regexp.MustCompile(`\b\d{4}$|^note \d+$`)

// TestEveryFigureOfAPageIsACell compares the tables on pages of topics and charts with the published
// tables. The page of a topic may have an extract of the table of a chart.
func TestEveryFigureOfAPageIsACell(t *testing.T) {
	s := sitetest.Real(t)
	known := map[string]bool{}
	for _, tbl := range s.Tables {
		for _, row := range tbl.Rows {
			for _, c := range row {
				if f, ok := c.Number(); ok {
					for _, text := range []string{wording.Thousands(int64(f)), wording.Signed(int64(f)), wording.Percent(f), wording.Fixed(f, 1), wording.Fixed(f, 2), wording.Fixed(f, 3)} {
						known[text] = true
					}
				}
			}
		}
	}
	_, files := shared(t, "real")
	seen := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		page := files[name]
		if folder := path.Dir(name); path.Ext(name) != ".html" || folder != "topics" && folder != "charts" {
			continue
		}
		for _, row := range tableRow.FindAllStringSubmatch(page, -1) {
			cells := tableCell.FindAllStringSubmatch(row[1], -1)
			if name := cells[0][1]; name == "all others" || name == "not stated" {
				continue // several rows together; TestBarsAddUpToTheTotal adds them up
			}
			for _, m := range cells[1:] {
				text := html.UnescapeString(m[1])
				if strings.Contains(text, "<") || strings.HasSuffix(text, ".") || dateOrNote.MatchString(text) && !strings.Contains(text, ",") {
					continue // a link, a sentence, a date, the number of a note
				}
				for _, figure := range figureText.FindAllString(text, -1) {
					seen++
					if !known[figure] {
						t.Errorf("%s: %q of cell %q is no cell of a table", name, figure, text)
					}
				}
			}
		}
	}
	if seen < 5000 {
		t.Errorf("only %d figures were looked at", seen)
	}
}

func TestPagesAreWellFormedForReaders(t *testing.T) {
	for _, site := range []string{"real", "small"} {
		_, files := shared(t, site)
		for name, text := range files {
			if !strings.HasSuffix(name, ".html") {
				continue
			}
			level := 0
			for _, m := range heading.FindAllStringSubmatch(text, -1) {
				n, _ := strconv.Atoi(m[1])
				if n > level+1 || n == 1 && level > 0 {
					t.Errorf("%s: heading of level %d after one of level %d", name, n, level)
				}
				level = n
			}
			if tables, captions := strings.Count(text, "<table"), strings.Count(text, "<caption>"); tables != captions {
				t.Errorf("%s: %d tables, %d captions", name, tables, captions)
			}
			if all, scoped := len(regexp.MustCompile(`<th[ >]`).FindAllString(text, -1)), strings.Count(text, "<th scope="); all != scoped {
				t.Errorf("%s: %d header cells, %d with a scope", name, all, scoped)
			}
			ids := regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(text, -1)
			slices.SortFunc(ids, func(a, b []string) int { return strings.Compare(a[1], b[1]) })
			if unique := slices.CompactFunc(slices.Clone(ids), func(a, b []string) bool { return a[1] == b[1] }); len(unique) != len(ids) {
				t.Errorf("%s: an id stands twice in %v", name, ids)
			}
		}
	}
}
