package ukhosmallboatsweekly

import (
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

var way = sourcetest.Way

const (
	weekHeading = "<h2>Week ending 14 June 2026</h2>"
	weekTable   = `<table>
<thead>
<tr><th scope="col">Migrants arrived</th><th scope="col">Boats arrived</th><th scope="col">Migrants prevented</th><th scope="col">Events prevented</th></tr></thead>
<tbody>
<tr><td>0</td><td>0</td><td>46</td><td>7</td></tr></tbody></table>`
)

// TestWaysToWriteAWeek has pages that state what the fixture does. All but those marked were refused
// before headers were compared by their words, and before the week was looked for in other places
// than the heading right above the table.
func TestWaysToWriteAWeek(t *testing.T) {
	sourcetest.SamePages(t, &Source, load(t, "2026-06-23.html"),
		way("as it is"), // read before
		way("case", ">Migrants arrived<", ">MIGRANTS ARRIVED<", ">Events prevented<", ">Events Prevented<"),
		way("strong", ">Migrants arrived<", "><strong>Migrants arrived</strong><"),                                                                     // read before
		way("no-break spaces", ">Migrants arrived<", ">Migrants&nbsp;arrived<", "Week ending 14 June 2026", "Week\u00a0ending&nbsp;14 June\u00a02026"), // read before
		way("notes", ">Migrants prevented<", ">Migrants prevented [note 1]<", ">Events prevented<", ">Events prevented<sup>2</sup><", ">46<", ">46 [note 1]<", "14 June 2026<", "14 June 2026 [note 3]<"),
		way("number of", ">Migrants prevented<", ">Number of migrants prevented<", ">Events prevented<", ">Number of events prevented<"),
		way("prevention events", ">Events prevented<", ">Prevention events<"),
		way("weekday", weekHeading, "<h2>Week ending Sunday 14 June 2026</h2>"),
		way("colon", weekHeading, "<h2>Week ending: 14th June 2026</h2>"),
		way("lower case, with a sentence", weekHeading, "<h3>Summary for the week ending 14 Jun 2026</h3>"),
		way("from Monday to Sunday", weekHeading, "<h2>Monday 8 June to Sunday 14 June 2026</h2>"),
		way("from Monday", weekHeading, "<h2>Week commencing 8 June 2026</h2>"),
		way("a heading between", weekHeading, weekHeading+"<h3>Table 1</h3>"),
		way("in the title", weekHeading, "<h2>Summary</h2>", "<h1>Weekly summary of small boat arrivals and preventions</h1>", "<h1>Weekly summary of small boat arrivals and preventions: week ending 14 June 2026</h1>"),
		way("in the caption", weekHeading, "", "<table>", "<table><caption>Week ending 14 June 2026</caption>"),
		way("in the caption too", "<table>", "<table><caption>Week ending 14 June 2026</caption>"), // read before
		way("below the table", weekHeading, "", "</table>", "</table>"+weekHeading),
		way("in a paragraph", weekHeading, "<p><strong>Week ending 14 June 2026</strong></p>"),
		way("in a column", weekHeading, "", `<th scope="col">Migrants arrived`, `<th>Week ending</th><th scope="col">Migrants arrived`, "<tbody>\n<tr>", "<tbody><tr><th>14 June 2026</th>"),
		way("in a column too", `<th scope="col">Migrants arrived`, `<th>Week</th><th scope="col">Migrants arrived`, "<tbody>\n<tr>", "<tbody><tr><th>8 to 14 June 2026</th>"),
		way("another order", "Migrants arrived", "x", "Events prevented", "Migrants arrived", ">x<", ">Events prevented<", "<td>0</td><td>0</td><td>46</td><td>7</td>", "<td>7</td><td>0</td><td>46</td><td>0</td>"),
		way("a note", "Events prevented</th>", "Events prevented</th><th>Notes</th>", "<td>7</td>", "<td>7</td><td>&nbsp;</td>"),
		way("title row", "<thead>", "<thead><tr><th colspan=4>Arrivals and preventions</th></tr>"),
		way("heads in two rows", "<thead>", "<thead><tr><th colspan=2>Arrivals</th><th colspan=2>Preventions</th></tr>"),
		way("another table", "</table>", "</table><table><tr><th>Year</th><th>Migrants</th></tr><tr><td>2025</td><td>41,472</td></tr></table>"), // read before
		way("table twice", "</table>", "</table><details><summary>The same</summary>"+weekTable+"</details>"),
		way("prevented from crossing", ">Migrants prevented<", ">Migrants prevented from crossing<"),
		way("week ending title dash", weekHeading, "<h2>Week ending – 14 June 2026</h2>"),
		way("w/e", weekHeading, "<h2>Week ending Sunday, 14 June 2026 (provisional)</h2>"),
		way("iso", weekHeading, "<h2>Week ending 2026-06-14</h2>"),
		way("monthfirst", weekHeading, "<h2>Week ending June 14, 2026</h2>"),
		way("week number", weekHeading, "<h2>Week 24: 8 June 2026 to 14 June 2026</h2>"),
		way("row heading", "<tbody>\n<tr>", "<tbody><tr><th>Total</th>", `<th scope="col">Migrants arrived`, `<td></td><th scope="col">Migrants arrived`),
		way("para between", weekHeading, weekHeading+"<p>text about the next publication, week ending 21 June 2026.</p>"),
		way("related heading", "<h2>Related information</h2>", "<h2>Related information</h2><h3>Previous: week ending 7 June 2026</h3>"),
		way("compare table", "</table>", "</table><h2>Week ending 15 June 2025</h2><table><tr><th>Migrants arrived</th><th>Boats arrived</th></tr><tr><td>919</td><td>14</td></tr></table>"),
		way("in details", "<table>", "<details><summary>Show</summary><div><table>", "</table>", "</table></div></details>"), // read before
	)
}

// TestWaysToWriteDays does the same with the old layout. All were refused before.
func TestWaysToWriteDays(t *testing.T) {
	f := load(t, "18-april-to-24-april-2022.html")
	const title = "Weekly number of migrants detected in small boats - 18 to 24 April 2022"
	sourcetest.SamePages(t, &Source, f,
		way("as it is"),
		way("month twice", title, "Weekly number of migrants detected in small boats - 18 April to 24 April 2022"),
		way("dash", title, "Weekly number of migrants detected in small boats – 18–24 April 2022"),
		way("weekdays", title, "Weekly number of migrants detected in small boats: Monday 18 to Sunday 24 April 2022"),
		way("other words", title, "Small boats, 18th April until 24th April 2022"),
		way("in a heading", title, "Weekly data", "<table>", "<h2>18 to 24 April 2022</h2><table>"),
		way("in the caption", title, "Weekly data", "<table>", "<table><caption>18 to 24 April 2022</caption>"),
		way("case and notes", ">Migrants detected<", ">Migrants Detected [note 1]<", ">Boats detected<", "><strong>BOATS&nbsp;detected</strong><sup>2</sup><"),
		way("arrived", ">Migrants detected<", ">Migrants arrived<", ">Boats detected<", ">Boats arrived<"),
		way("days with weekdays", ">18 April 2022<", ">Monday 18 April 2022<", ">19 April 2022<", ">Tue 19 Apr 2022<"),
		way("notes column", "Boats detected</th>", "Boats detected</th><th>Notes</th>", "</td></tr>", "</td><td>-</td></tr>"),
		way("day no year", ">18 April 2022<", ">18 April<"),
		way("weekday col", `<th scope="col">Date</th>`, `<th>Day</th><th scope="col">Date</th>`, "<tr><td>", "<tr><td>x</td><td>"),
		way("weekly total", "</tbody>", "<tr><th>Weekly total</th><td>351</td><td>9</td></tr></tbody>"),
		way("note row", "</tbody>", "<tr><td colspan=3>[r] revised</td></tr></tbody>"),
		way("heading of other weeks", "</table>", "</table><h2>Next: 25 April to 1 May 2022</h2>"),
		way("total", "</tbody>", "<tr><td>Total</td><td>351</td><td>9</td></tr></tbody>"),
	)
}

// TestTwoWeeks reads a page with two weeks, each with its own heading.
func TestTwoWeeks(t *testing.T) {
	f := load(t, "2026-06-23.html")
	before := strings.NewReplacer("<td>46</td>", "<td>60</td>", "<td>0</td>", "<td>12</td>").Replace(weekTable)
	got, err := f.States(t, &Source, way("", "</table>", "</table><h2>Week ending 7 June 2026</h2>"+before))
	if err != nil || !strings.Contains(got, "arrivals:W 2026-06-08..2026-06-14 0 P") || !strings.Contains(got, "prevented-persons:W 2026-06-01..2026-06-07 60 P") || strings.Count(got, "\n") != 8 {
		t.Errorf("%s %v", got, err)
	}
	rows, err := f.States(t, &Source, way("", weekHeading, "", `<th scope="col">Migrants arrived`, `<th>Week ending</th><th scope="col">Migrants arrived`, "<tbody>\n<tr>", "<tbody><tr><td>14 June 2026</td>",
		"</tbody>", "<tr><td>7 June 2026</td><td>12</td><td>12</td><td>60</td><td>7</td></tr></tbody>"))
	if err != nil || rows != got {
		t.Errorf("%s %v, want %s", rows, err, got)
	}
}

// TestCountsThatAreNotStated checks that a mark instead of a count is missing, with a finding.
func TestCountsThatAreNotStated(t *testing.T) {
	for _, mark := range []string{"[x]", "[z]", "-", ":", "n/a", "[c]"} {
		obs, findings, err := sourcetest.Decode(&Source, load(t, "2026-06-23.html").WithAll(t, "<td>46</td>", "<td>"+mark+"</td>"))
		if err != nil || obs[2].Value.IsKnown() || obs[2].Mark != mark || len(findings) != 1 || findings[0].Code != "not-stated" || findings[0].Severity != stat.SeverityWarning {
			t.Errorf("%s: %+v, %v, %v", mark, obs, findings, err)
		}
	}
	// Without one count of arrivals in all days, the release waits.
	got, err := load(t, "18-april-to-24-april-2022.html").States(t, &Source, way("", "<td>88</td>", "<td>-</td>", "<td>263</td>", "<td>-</td>", "<td>0</td><td>0</td>", "<td>-</td><td>0</td>"))
	if err != nil || !strings.Contains(got, "error nothing-stated: none of the 7 periods has a count of arrivals") {
		t.Errorf("%s %v", got, err)
	}
}

// TestNarrow has what stays refused: which week, which days and which measure.
func TestNarrow(t *testing.T) {
	week, days := load(t, "2026-06-23.html"), load(t, "18-april-to-24-april-2022.html")
	const title = "Weekly number of migrants detected in small boats - 18 to 24 April 2022"
	refuse := sourcetest.Refuses(t, &Source)
	refuse("another week in the title", week.WithAfter(t, "<main", "<h1>Weekly summary", "<h1>Week ending 21 June 2026, weekly summary"), decode.ErrPeriod, "of the week ending 14 June 2026 or of that ending 21 June 2026")
	refuse("another week in the caption", week.With(t, "<table>", "<table><caption>Week ending 7 June 2026</caption>"), decode.ErrPeriod, "or of that ending")
	refuse("another week in the row", week.With(t, `<th scope="col">Migrants arrived`, `<th>Week ending</th><th scope="col">Migrants arrived`, "<tbody>\n<tr>", "<tbody><tr><th>7 June 2026</th>"), decode.ErrPeriod, "below a heading")
	refuse("no week in the row", week.With(t, `<th scope="col">Migrants arrived`, `<th>Week ending</th><th scope="col">Migrants arrived`, "<tbody>\n<tr>", "<tbody><tr><th>Latest</th>"), decode.ErrPeriod, "latest")
	refuse("a wrong weekday", week.With(t, weekHeading, "<h2>Week ending Saturday 14 June 2026</h2>"), decode.ErrPeriod, "that day is a Sunday")
	refuse("six days", week.With(t, weekHeading, "<h2>9 to 14 June 2026</h2>"), decode.ErrPeriod, "does not say which week")
	refuse("no year", week.With(t, weekHeading, "<h2>Week ending 14 June</h2>"), decode.ErrPeriod, "14 june")
	refuse("two weeks in the text", week.With(t, weekHeading, "<p>Week ending 14 June 2026, the week after that ending</p><p>Week ending 7 June 2026</p>"), decode.ErrPeriod, "or of that ending")
	refuse("two tables for one week", week.With(t, "</table>", "</table>"+weekHeading+strings.Replace(weekTable, "46", "64", 1)), decode.ErrShape, "other figures for the week ending 14 June 2026")
	refuse("a table without its week", week.With(t, "</table>", "</table><h2>Earlier</h2>"+strings.Replace(weekTable, "46", "64", 1)), decode.ErrPeriod, "does not say which week")
	refuse("a week of another year", week.With(t, "</table>", "</table><h2>Week ending 15 June 2025</h2>"+weekTable), decode.ErrPeriod, "15 June 2025")
	refuse("headers alike", week.With(t, ">Events prevented<", ">Migrants Prevented<"), decode.ErrHeader, "Events prevented")
	refuse("a measure more", week.With(t, "Events prevented</th>", "Events prevented</th><th>Boats prevented</th>", "<td>7</td>", "<td>7</td><td>3</td>"), decode.ErrHeader, "looks like a measure")
	refuse("arrivals and preventions in one", week.With(t, ">Migrants prevented<", ">Migrants arrived or prevented<"), decode.ErrHeader, "")
	refuse("days: two titles", days.With(t, "<table>", "<h2>25 April to 1 May 2022</h2><table>"), decode.ErrPeriod, "different days")
	refuse("days: another weekday", days.With(t, title, "Weekly number of migrants - Tuesday 18 to Sunday 24 April 2022"), decode.ErrPeriod, "that day is a Monday")
	refuse("days: a month", days.With(t, title, "Number of migrants - 1 to 24 April 2022"), decode.ErrPeriod, "announces no days of one week")
	refuse("days: no year", days.With(t, title, "Weekly number of migrants - 18 to 24 April"), decode.ErrPeriod, "no title says")
	refuse("days: weekday of another day", days.With(t, ">18 April 2022<", ">Friday 18 April 2022<"), decode.ErrPeriod, "that day is a Monday")
}

// TestTotalThatDiffersWaits checks the row of totals.
func TestTotalThatDiffersWaits(t *testing.T) {
	got, err := load(t, "18-april-to-24-april-2022.html").States(t, &Source, way("", "</tbody>", "<tr><td>Total</td><td>361</td><td>9</td></tr></tbody>"))
	if err != nil || !strings.Contains(got, "error sum-differs: the total of arrivals is 361, but the rows add up to 351") {
		t.Errorf("%s %v", got, err)
	}
}
