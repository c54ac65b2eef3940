package site

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

func TestTopicPagesShowTheNewestFigures(t *testing.T) {
	_, files := shared(t, "real")
	arrivals := files["topics/arrivals.html"]
	contains(t, arrivals, `<h1>Arrivals</h1>`, `<p class="sentence">11,638 `, `<figure id="arrivals-cumulative">`, `<figure id="illegal-entry-small-boats">`,
		`<a href="../charts/arrivals-daily.html">`,
		`<tr><th scope="row"><a href="../series/ukho-small-boats~arrivals~D.html">People arriving in small boats</a></th><td class="text">persons</td><td class="main">11,638</td><td>18,518</td><td>−6,880</td><td>−37.2 %</td><td>41,472</td><td>176</td><td class="text">1 January to 25 June 2026</td><td class="text">provisional [p]</td><td class="text wide">none</td></tr>`,
		`<tr><th scope="row"><a href="../series/ukho-small-boats~arrivals~D.html">People arriving in small boats</a></th><td class="text">persons</td><td class="text">May 2026</td><td class="main">2,726</td><td>3,738</td>`,
		`<td class="text">January to March 2026</td>`, `<td class="text">2025</td><td class="main">41,472</td><td>36,816</td>`,
		`There are no figures yet from: ukho-small-boats-last7days; ukho-small-boats-weekly; ukho-small-boats-day.`,
		`<th scope="row">ukho-small-boats-day</th><td>[x]</td><td class="wide">[x]</td><td>not part of this site yet</td>`,
		`<td>late</td><td>20 June 2026</td><td>1 January 2019 to 31 March 2026</td><td>2</td><td>4</td>`, `late: A release is overdue.`,
		`<code>ukho-illegal-entry:detections:Q:category=small-boat</code>`)
	if strings.Contains(arrivals, "exchange-monthly") || strings.Contains(arrivals, hotelsID) {
		t.Error("the page of one topic shows another")
	}
	contains(t, files["topics/exchange.html"], `<th scope="row"><a href="../series/ukho-france-exchange~exchange-out~M.html">Returns to France</a></th>`, `<td class="text">June 2026</td><td class="main">103</td><td>[x]</td><td>[x]</td><td>[x]</td>`)
	contains(t, files["topics/asylum.html"], `<th scope="row"><a href="../series/ukho-asylum~in-hotels~Q.html">People in asylum hotels</a></th><td class="text">persons</td><td class="text">31 December 2025</td><td class="main">30,657</td><td>35,689</td>`)
	contains(t, files["topics/frontiers.html"], `<td class="text">2024</td>`, `<figure id="frontex-yearly">`, `<figure id="italy-landings">`)
}

func TestDeathsAreSaidAsAtLeast(t *testing.T) {
	_, files := shared(t, "real")
	page := files["topics/deaths.html"]
	contains(t, page, "minimum counts",
		`<td class="text">2025</td><td class="main">at least 15 (12 to 15)</td><td>at least 14 (11 to 14)</td><td>&#43;1</td><td>[low]</td>`,
		`<p>People dead or missing in the Channel, by year: persons in each whole year, 2019 to 2025, with the lower and the upper end of its range.</p>`,
		`2025: at least 15 (12 to 15).`,
		`<tr><th scope="row">2025</th><td>15</td><td>12</td><td>15</td></tr>`)
	if regexp.MustCompile(`<td class="main">at least \d+ \((\d+) to (\d+)\)</td>`).FindString(page) == "" {
		t.Error("no range")
	}
	if strings.Contains(page, "77,777") || strings.Contains(page, "sahara") {
		t.Error("a series that no pattern fits is shown")
	}
	contains(t, files["index.html"], `People dead or missing in the Channel, by year, 2025: at least 15 (12 to 15) persons, against at least 14 (11 to 14) a year before.`)
	year := regexp.MustCompile(`(?s)<section aria-labelledby="year-to-date".*?</section>`).FindString(page)
	if whole := regexp.MustCompile(`<td>at least \d+</td>`).FindString(year); whole == "" {
		t.Errorf("the whole of the year before is not said as at least: %s", year)
	}
}

func TestFiguresWithoutRangesNeedNoRangeColumns(t *testing.T) {
	s := realSite(t)
	for i, tbl := range s.Tables {
		for _, col := range []string{"lower", "upper", "prior_lower", "prior_upper", "quarantined"} {
			if name := tbl.Schema.Name; tbl.Schema.Index(col) >= 0 && name != "rates" && name != "observations" && name != "releases" {
				tbl = tbl.Without(col)
			}
		}
		s.Tables[i] = tbl
	}
	_, files := written(t, s)
	contains(t, files["topics/deaths.html"], `<td class="text">2025</td><td class="main">15</td><td>14</td>`, `beside the year before`)
	if strings.Contains(files["topics/sources.html"], "Quarantined rows</th>") {
		t.Error("a column that the table has not is shown")
	}
}

func TestBalancesRatesAndBridges(t *testing.T) {
	_, files := shared(t, "real")
	exchange := files["topics/exchange.html"]
	contains(t, exchange, `UK France exchange, since it began.`,
		`<tr id="balances/uk-france-exchange/cumulative/2026-06-30"><th scope="row">6 August 2025 to 30 June 2026</th><td class="main">1,087</td><td class="main">1,117</td><td>−30</td><td>[x]</td><td>[x]</td><td>329</td><td>3.30</td><td class="text">provisional [p]</td></tr>`,
		`Of every row: base: 5 of 329 days outside coverage of the series that it is made of.`,
		`<tr id="balances/uk-france-exchange/month/2026-05-31"><th scope="row">May 2026</th><td class="main">218</td><td class="main">[x]</td><td>[x]</td><td>2,726</td><td>8.00</td><td>31</td><td>7.03</td>`)
	if strings.Contains(exchange, "66,666") {
		t.Error("a balance that the topic does not name is shown")
	}
	arrivals := files["topics/arrivals.html"]
	contains(t, arrivals, `<tr><th scope="row">2025</th><td class="main">61.7</td></tr>`, "Persons per boat: People arriving in small boats, in persons, over Small boats arriving, in boats.",
		`… 8 more in <a href="../data/bridges.csv">bridges.csv</a>`, `Two counts of one fact.`)
	contains(t, files["topics/deaths.html"], `<tr><th scope="row">2025</th><td class="main">0.410</td><td>0.235</td><td>0.410</td></tr>`)
	bridge := regexp.MustCompile(`(?s)<section aria-labelledby="bridges".*?</section>`).FindString(arrivals)
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
<tr><th scope="row"><a href="../series/ukho-asylum~asylum-claims~Q.html">Asylum claims</a></th><td class="text">persons</td><td class="text">June 2025</td><td>8,029</td><td class="main">8,129</td><td>&#43;100</td><td class="text">20 February 2026</td><td class="text">30 March 2026</td><td class="text">silent</td><td class="text">yes</td></tr>`)
	if strings.Contains(files["topics/returns.html"], `id="revisions"`) {
		t.Error("a topic without revisions has a section of them")
	}
}

func TestTopicsWithoutFiguresSaySo(t *testing.T) {
	_, files := shared(t, "small")
	contains(t, files["topics/returns.html"], `There are no figures yet from: ukho-returns.`, `There are no figures for this topic yet.`,
		`This chart is left out: the data have no series ukho-returns:returns:Q:category=enforced.`, `<td>not part of this site yet</td>`)
	contains(t, files["index.html"], `<h3><a href="topics/returns.html">Returns</a></h3>
<p>People who are removed`)
	s := smallSite(t)
	s.Series, s.Tables, s.Sources = nil, nil, nil
	_, files = written(t, s)
	contains(t, files["topics/arrivals.html"], `There are no figures for this topic yet.`, `This chart is left out: the data have no series ukho-small-boats:arrivals:D.`)
	contains(t, files["topics/sources.html"], `<h2 id="sources">Data sets</h2>`)
}

// TestARegisteredSourceWithoutARelease is known to the site and has nothing yet.
func TestARegisteredSourceWithoutARelease(t *testing.T) {
	s := smallSite(t)
	s.Sources = append(s.Sources, SourceInfo{ID: "ukho-returns", Title: "Returns data", Homepage: "https://www.example.org/"})
	for _, tbl := range s.Tables {
		if tbl.Schema.Name == "sources" {
			put(tbl, table.Text("ukho-returns"), table.Text("UK Home Office"), table.Text("OGL"), table.Day(0), blank(tbl.Schema.Columns[4]),
				table.Day(0), table.Day(0), table.Text("empty"), table.Int(0))
		}
	}
	_, files := written(t, s)
	contains(t, files["topics/returns.html"], `There are no figures yet from: Returns data.`, `<td>empty</td><td>[x]</td><td>[x]</td>`, `empty: Nothing ingested yet.`)
}

func TestTheSourcesPageHasEveryDataSet(t *testing.T) {
	s := realSite(t)
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
	for name, text := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, x := range topics(t) {
			if !strings.Contains(text, `topics/`+x.ID+`.html"`) {
				t.Errorf("%s does not lead to topic %s", name, x.ID)
			}
		}
		want := 1
		if strings.HasPrefix(name, "charts/") || strings.HasPrefix(name, "releases/") || strings.HasPrefix(name, "series/") && name != "series/index.html" ||
			slices.Contains([]string{"about.html", "methodology.html", "analysts.html", "calendar.html"}, name) {
			want = 0
		}
		if got := strings.Count(text, `aria-current="page"`); got != want {
			t.Errorf("%s marks %d links as its own", name, got)
		}
		if strings.Contains(text, "People crossing the English Channel in small boats.") {
			t.Errorf("%s says that the site is about small boats alone", name)
		}
	}
	contains(t, files["charts/asylum-hotels.html"], `<p>Back to <a href="../topics/asylum.html#asylum-hotels">Asylum</a>.`)
	contains(t, files["index.html"], `<h2 id="topics">Topics</h2>`, `<h3><a href="topics/asylum.html">Asylum</a></h3>
<p>People in asylum hotels, 31 December 2025: 30,657 persons, against 35,689 a year before (−14.1 %).</p>
<p class="facts">Status: provisional: the publisher may still revise it. Release of 20 June 2026. Unofficial, derived.</p>`)
	if strings.Contains(files["index.html"], `<figure id="asylum-hotels">`) || !strings.Contains(files["index.html"], `<figure id="persons-per-boat">`) {
		t.Error("the front page shows other charts than those that ask for it")
	}
}

func TestTheFrontPagesHeadlinesAreAboutItsCharts(t *testing.T) {
	s := smallSite(t)
	add := func(series string) {
		put(s.Tables[0], table.Text("x-"+series), table.Text("A sentence on "+series+"."), table.Text(series), day("2025-03-01"), table.Text("daily/x"), table.Text("P"), day("2025-03-07"))
	}
	add(hotelsID)
	_, files := written(t, s)
	if strings.Contains(files["index.html"], `<p class="sentence">A sentence on `+hotelsID) {
		t.Error("a headline of another topic stands among those of the front page")
	}
	contains(t, files["index.html"], `<p class="sentence">So far this year 1,250`, `<p>A sentence on `+hotelsID+`.</p>`)
	contains(t, files["topics/asylum.html"], `<p class="sentence">A sentence on `+hotelsID+`.</p>`)
	s = smallSite(t)
	s.Tables[0].Rows = nil
	add(hotelsID)
	_, files = written(t, s)
	contains(t, files["index.html"], `<p class="sentence">A sentence on `+hotelsID)
}

func TestAChartOfNoTopicLeadsToTheFrontPage(t *testing.T) {
	s := smallSite(t)
	s.Topics = nil
	_, files := written(t, s)
	contains(t, files["charts/arrivals-daily.html"], `<p>Back to <a href="../index.html#arrivals-daily">all figures</a>.`)
	if strings.Contains(files["index.html"], "Topics") {
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

// TestEveryFigureOfAPageIsACell compares what stands in the tables of the topic pages
// and of the charts' own, where a topic may have an extract, with the published tables.
func TestEveryFigureOfAPageIsACell(t *testing.T) {
	s := realSite(t)
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
			for _, m := range tableCell.FindAllStringSubmatch(row[1], -1)[1:] {
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

// periodSite has a table year-on-year of the rows given: basis, first day, last day,
// value, year before, lower end, upper end; below 0 is missing.
func periodSite(t *testing.T, rows ...[7]string) *builder {
	t.Helper()
	tbl := table.New("year-on-year")
	number := func(s string) table.Cell {
		n, err := strconv.Atoi(s)
		if err != nil {
			return table.Count(stat.Count{})
		}
		return table.Int(n)
	}
	for _, r := range rows {
		status := table.Text("P")
		if r[3] == "" {
			status = table.Text("O")
		}
		tbl.Add(table.Text(claimsID), table.Text(r[0]), day(r[1]), day(r[2]), number(r[3]), number(r[4]), table.Count(stat.Count{}), table.Float(0, false),
			status, day("2026-01-01"), table.Text(""), number(r[5]), number(r[6]), table.Count(stat.Count{}), table.Count(stat.Count{}))
	}
	return newBuilder(Site{Tables: []*table.Table{tbl}})
}

func TestPeriods(t *testing.T) {
	for _, tt := range []struct {
		name       string
		comparison charts.Comparison
		window     charts.Window
		rows       [][7]string
		want       []string // the table's head and rows, cells separated by |
		series     string   // what is drawn, in order
	}{
		{"months with a gap, no year before", charts.MonthOnYear, charts.Window{N: 3, Unit: "months"},
			[][7]string{{"month", "2025-01-01", "2025-01-31", "7"}, {"month", "2025-02-01", "2025-02-28", "8"}, {"month", "2025-04-01", "2025-04-30", "9"}, {"month", "2025-05-01", "2025-05-31", ""}, {"quarter", "2025-01-01", "2025-03-31", "99"}},
			[]string{"Month|In the month", "April 2025|9", "March 2025|[x]", "February 2025|8"}, "In the month:bar"},
		{"quarters", charts.QuarterOnYear, charts.Window{N: 1, Unit: "years"},
			[][7]string{{"quarter", "2024-01-01", "2024-03-31", "1", ""}, {"quarter", "2024-10-01", "2024-12-31", "4", ""}, {"quarter", "2025-01-01", "2025-03-31", "5", "1"}},
			[]string{"Quarter|In the quarter|Same quarter a year before", "2025 Q1|5|1", "2024 Q4|4|[x]", "2024 Q3|[x]|[x]", "2024 Q2|[x]|[x]"},
			"Same quarter a year before:bar In the quarter:bar"},
		{"years without limit", charts.YearOnYear, charts.Window{},
			[][7]string{{"year", "2023-01-01", "2023-12-31", "3", ""}, {"year", "2024-01-01", "2024-12-31", "4", "3"}, {"month", "2024-01-01", "2024-01-31", "99"}},
			[]string{"Year|In the year|Year before", "2024|4|3", "2023|3|[x]"}, "Year before:bar In the year:bar"},
		{"years with a range", charts.YearOnYear, charts.Window{},
			[][7]string{{"year", "2023-01-01", "2023-12-31", "15", "", "12", "15"}, {"year", "2024-01-01", "2024-12-31", "20", "15", "20", "20"}, {"year", "2025-01-01", "2025-12-31", "3", "20"}},
			[]string{"Year|In the year, at least|Lower end of the range|Upper end of the range", "2025|3|[x]|[x]", "2024|20|20|20", "2023|15|12|15"},
			"Upper end of the range:bar Lower end of the range:bar In the year, at least:line"},
		{"a level within its window", charts.Level, charts.Window{N: 7, Unit: "months"},
			[][7]string{{"point", "2025-03-31", "2025-03-31", "1", "9"}, {"point", "2025-06-30", "2025-06-30", "2", "9"}, {"point", "2025-12-31", "2025-12-31", "4", "9"}},
			[]string{"Date|On the date", "31 December 2025|4", "30 June 2025|2"}, "On the date:line"},
		{"a level with a range", charts.Level, charts.Window{},
			[][7]string{{"point", "2025-03-31", "2025-03-31", "2", "", "1", "4"}},
			[]string{"Date|On the date, at least|Lower end of the range|Upper end of the range", "31 March 2025|2|1|4"},
			"Upper end of the range:line Lower end of the range:line On the date, at least:line"},
		{"nothing but missing values", charts.YearOnYear, charts.Window{}, [][7]string{{"year", "2023-01-01", "2023-12-31", ""}}, nil, ""},
		{"no rows", charts.Level, charts.Window{}, nil, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := charts.Chart{ID: "x", Title: "X", Series: []stat.SeriesID{claimsID}, Comparison: tt.comparison, Window: tt.window, Unit: "persons"}
			d := periodSite(t, tt.rows...).periods(r, bases[tt.comparison])
			var got []string
			if len(d.table.Rows) > 0 {
				got = append(got, strings.Join(d.table.Head, "|"))
			}
			for _, row := range d.table.Rows {
				got = append(got, row.Name+"|"+strings.Join(row.Cells, "|"))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("table\n got %q\nwant %q", got, tt.want)
			}
			if len(tt.want) == 0 {
				return
			}
			raw, err := d.plot.Option()
			if err != nil {
				t.Fatal(err)
			}
			var o option
			if err := json.Unmarshal(raw, &o); err != nil {
				t.Fatal(err)
			}
			var series []string
			for _, x := range o.Series {
				series = append(series, x.Name+":"+x.Type)
			}
			if got := strings.Join(series, " "); got != tt.series {
				t.Errorf("draws %s, want %s", got, tt.series)
			}
			compareDrawn(t, r, o, d.table)
		})
	}
}

// TestARangeStandsInFrontOfItsUpperEnd: bars side by side would be read as two
// figures.
func TestARangeStandsInFrontOfItsUpperEnd(t *testing.T) {
	row := [7]string{"year", "2023-01-01", "2023-12-31", "15", "14", "12", "15"}
	r := charts.Chart{ID: "x", Series: []stat.SeriesID{claimsID}, Comparison: charts.YearOnYear, Unit: "persons"}
	for _, tt := range []struct {
		row  [7]string
		want string
	}{{row, `"barGap":"-100%"`}, {[7]string{"year", "2023-01-01", "2023-12-31", "15", "14"}, `"barGap":"0%"`}} {
		raw, err := periodSite(t, tt.row).periods(r, bases[charts.YearOnYear]).plot.Option()
		if err != nil || strings.Count(string(raw), tt.want) != 2 {
			t.Errorf("%v: %s, %v", tt.row, raw, err)
		}
	}
}

func TestTablesForPeopleAreBounded(t *testing.T) {
	tbl := table.New("bridges")
	for i := range 70 {
		put(tbl, table.Text("a"), table.Text("b"), day("2024-01-01"), day("2024-01-31"), table.Int(i), table.Int(0), table.Int(i), day("2024-02-01"))
	}
	g := grid{t: tbl}
	rows := make([]int, 70)
	for i := range rows {
		rows[i] = i
	}
	note := func(i int) string { return fmt.Sprintf("%s %d", strings.Repeat("long ", 10), i/40) }
	x := g.table("t", "c", rows, maxRows, column{"Period", "", g.periods}, column{"Value", classMain, g.counts("value")}, column{"Notes", classNote, note})
	if len(x.Rows) != 60 || x.More != "10" || x.MoreIn != "bridges" || x.Rows[59].Cells[0] != "59" {
		t.Errorf("%d rows, %s more in %s", len(x.Rows), x.More, x.MoreIn)
	}
	if len(x.Notes) != 2 || x.Rows[0].Cells[1] != "note 1" || x.Rows[45].Cells[1] != "note 2" || x.sayOnce().Caption != "c" {
		t.Errorf("notes %q", x.Notes)
	}
	once := g.table("t", "c.", rows[:2], maxRows, column{"Period", "", g.periods}, column{"Value", "", g.counts("value")}, column{"Notes", classNote, note}).sayOnce()
	if len(once.Head) != 2 || len(once.Rows[1].Cells) != 1 || !strings.HasPrefix(once.Caption, "c. Of every row: long ") || once.Notes != nil || once.More != "" {
		t.Errorf("%+v", once)
	}
	silent := g.table("t", "c", rows[:2], maxRows, column{"Period", "", g.periods}, column{"Notes", classNote, g.words("note")}).sayOnce()
	if silent.Caption != "c" || len(silent.Rows[0].Cells) != 0 {
		t.Errorf("%+v", silent)
	}
}

func TestPeriodText(t *testing.T) {
	for _, tt := range [][3]string{
		{"2026-06-25", "2026-06-25", "25 June 2026"},
		{"2026-06-01", "2026-06-30", "June 2026"},
		{"2024-02-01", "2024-02-29", "February 2024"},
		{"2026-04-01", "2026-06-30", "April to June 2026"},
		{"2026-01-01", "2026-12-31", "2026"},
		{"2025-07-01", "2026-06-30", "July 2025 to June 2026"},
		{"2025-12-29", "2026-01-04", "29 December 2025 to 4 January 2026"},
		{"2026-01-01", "2026-06-25", "1 January to 25 June 2026"},
	} {
		if got := wording.PeriodText(stat.MustDate(tt[0]), stat.MustDate(tt[1])); got != tt[2] {
			t.Errorf("%s to %s is %q, want %q", tt[0], tt[1], got, tt[2])
		}
	}
	if got := wording.PeriodText(0, 0); got != "[x]" {
		t.Errorf("no period is %q", got)
	}
	if got := wording.Fixed(0.0996, 3) + " " + wording.Fixed(-0.0004, 3) + " " + wording.Fixed(1234.565, 2); got != "0.100 0.000 1,234.57" {
		t.Errorf("fixed gives %s", got)
	}
}
