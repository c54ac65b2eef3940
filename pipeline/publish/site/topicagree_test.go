package site

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"crossings/charts"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

var (
	barLine  = regexp.MustCompile(`<li><span class="name">(?:<span class="rank">(\d+)</span> )?([^<]*)</span> <span class="value">([^<]*)</span> <span class="share">([^<]*)</span> <span class="change"><span class="visually-hidden">change </span>([^<]*)</span>`)
	barRow   = regexp.MustCompile(`<tr><th scope="row">([^<]*)</th><td>([^<]*)</td><td>[^<]*</td><td>([^<]*)</td><td>([^<]*)</td></tr>`)
	monthRow = regexp.MustCompile(`<tr><th scope="row">(\d{4})</th>((?:<td>[^<]*</td>){12})</tr>`)
	runRow   = regexp.MustCompile(`<tr><th scope="row">\d+</th><td class="text">([^<]*)</td><td class="main">(\d+)</td></tr>`)
)

// figureOf returns the part of a page that is the figure of a chart.
func figureOf(page, id string) string {
	_, rest, _ := strings.Cut(page, `<figure id="`+id+`" class="fig">`)
	rest, _, _ = strings.Cut(rest, "</figure>")
	return strings.ReplaceAll(html.UnescapeString(rest), "\u00a0", " ")
}

// TestBarsSayWhatTheTablesSay compares the bars of every ranking with the table behind them, and with
// the published CSV.
func TestBarsSayWhatTheTablesSay(t *testing.T) {
	_, files := shared(t, "real")
	values := map[string]bool{}
	for _, r := range csvRows(t, files["data/breakdowns.csv"]) {
		values[r["series"]+"|"+r["dimension"]+"|"+r["label"]+"|"+r["rank"]+"|"+r["value"]] = true
	}
	seen := 0
	for _, c := range sitetest.Charts(t) {
		if c.Comparison != charts.Ranking {
			continue
		}
		figure := figureOf(files["topics/"+c.Topic+".html"], c.ID)
		lines, rows := barLine.FindAllStringSubmatch(figure, -1), barRow.FindAllStringSubmatch(figure, -1)
		if len(lines) == 0 || len(lines) != len(rows) || strings.Contains(figure, "chart-option") {
			t.Errorf("%s: %d bars, %d rows", c.ID, len(lines), len(rows))
			continue
		}
		for i, l := range lines {
			seen++
			if r := rows[i]; l[2] != r[1] || l[3] != strings.TrimSuffix(r[2], " [p]") || strings.TrimSuffix(l[4], " %") != r[3] || l[5] != r[4] {
				t.Errorf("%s: the bar says %q, the row %q", c.ID, l[1:], r[1:])
			}
			if l[1] != "" && !values[string(c.Series[0])+"|"+c.Dimension+"|"+l[2]+"|"+l[1]+"|"+strings.ReplaceAll(l[3], ",", "")] {
				t.Errorf("%s: %q is no row of the CSV", c.ID, l[1:])
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d bars", seen)
	}
}

// TestTitlesMonthsAndRunsSayWhatTheTablesSay does the same for the other figures of the first topic.
func TestTitlesMonthsAndRunsSayWhatTheTablesSay(t *testing.T) {
	_, files := shared(t, "real")
	page := files["topics/arrivals.html"]
	for _, r := range csvRows(t, files["data/year-to-date.csv"]) {
		if r["series"] == sitetest.ArrivalsID && r["year"] == "2026" {
			f, err := strconv.ParseFloat(r["change_percent"], 64)
			if err != nil {
				t.Fatal(err)
			}
			figure := figureOf(page, "arrivals-cumulative")
			contains(t, figure, wording.More(f)+" people arriving in small boats by 25 June 2026 than by 25 June 2025</a></h3>", "("+wording.Percent(f)+")")
		}
	}
	want := map[string]string{}
	for _, r := range csvRows(t, files["data/year-on-year.csv"]) {
		if r["series"] == sitetest.ArrivalsID && r["basis"] == "month" {
			want[r["period_start"]] = r["value"]
		}
	}
	seen := 0
	for _, row := range monthRow.FindAllStringSubmatch(page, -1) {
		for m, cell := range regexp.MustCompile(`<td>([^<]*)</td>`).FindAllStringSubmatch(row[2], -1) {
			year, _ := strconv.Atoi(row[1])
			if got := strings.ReplaceAll(strings.ReplaceAll(cell[1], ",", ""), "[x]", ""); got != want[stat.NewDate(year, time.Month(m+1), 1).String()] {
				t.Errorf("month %d of %d is %q", m+1, year, cell[1])
			}
			seen++
		}
	}
	if seen != 9*12 {
		t.Errorf("%d months", seen)
	}
	zero := map[stat.Date]bool{}
	for _, r := range csvRows(t, files["data/daily.csv"]) {
		if r["series"] == sitetest.ArrivalsID {
			zero[stat.MustDate(r["date"])] = r["value"] == "0"
		}
	}
	runs := runRow.FindAllStringSubmatch(page, -1)
	if len(runs) < 4 {
		t.Fatalf("runs %q", runs)
	}
	longest := 0
	for first := range zero {
		n := 0
		for zero[first.AddDays(n)] {
			n++
		}
		longest = max(longest, n)
	}
	if runs[0][2] != strconv.Itoa(longest) {
		t.Errorf("the longest run is %q, not %d days", runs[0][1:], longest)
	}
}
