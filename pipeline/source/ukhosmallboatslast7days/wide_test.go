package ukhosmallboatslast7days

import (
	"regexp"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

var way = sourcetest.Way

// header is the header's row of the fixture.
const header = `<th scope="col">Date</th><th scope="col">Migrants arrived</th><th scope="col">Boats arrived</th><th scope="col">Boats involved in uncontrolled landings</th><th scope="col">Notes</th></tr></thead>`

// TestWaysToWriteThePage has pages that state what the fixture does. All but those marked were refused
// before headers were compared by their words.
func TestWaysToWriteThePage(t *testing.T) {
	f := load(t, newest)
	sourcetest.SamePages(t, &Source, f,
		way("as it is"), // read before
		way("case", ">Migrants arrived<", ">Migrants Arrived<", ">Boats arrived<", ">BOATS ARRIVED<"),
		way("strong", ">Migrants arrived<", "><strong>Migrants arrived</strong><", ">Date<", "><p><b>Date</b></p><"),        // read before
		way("no-break space", ">Migrants arrived<", ">Migrants&nbsp;arrived<", ">Boats arrived<", ">\u00a0Boats arrived <"), // read before
		way("line break", ">Boats involved in uncontrolled landings<", ">Boats involved in<br>uncontrolled\nlandings<"),     // read before
		way("note in a header", ">Migrants arrived<", ">Migrants arrived [note 1]<", ">Boats arrived<", ">Boats arrived<sup>2</sup><", ">Boats involved in uncontrolled landings<", ">Boats involved in uncontrolled landings [note 3]<"),
		way("mark in a header", ">Migrants arrived<", ">Migrants arrived [p]<", ">Notes<", ">Notes:<"),
		way("raised digit in a header", ">Migrants arrived<", ">Migrants arrived¹<"),
		way("linked note in a header", ">Migrants arrived<", `>Migrants arrived <a href="#n1">[1]</a><`),
		way("hidden text in a header", ">Date<", `>Date<span class="govuk-visually-hidden"> of arrival</span><`), // read before
		way("number of", ">Migrants arrived<", ">Number of migrants arrived<", ">Boats arrived<", ">Number of boats arrived<"),
		way("detected", ">Migrants arrived<", ">Migrants detected<", ">Boats arrived<", ">Boats detected<"),
		way("header of td", header, strings.ReplaceAll(strings.ReplaceAll(header, "</th>", "</td>"), "<th", "<td")), // read before
		way("no thead", "<thead>", "", "</thead>", "", "<tbody>", "", "</tbody>", ""),                               // read before
		way("title row", "<thead>", `<thead><tr><th colspan="5">Small boat arrivals, last 7 days</th></tr>`),
		way("title row of one cell", "<thead>", "<thead><tr><th>Table 1: arrivals</th></tr>"),
		way("caption", "<table>", "<table><caption>Arrivals, 8 to 14 July 2026</caption>"),                                            // read before
		way("heading left out", "<h2>Small boats data</h2>", ""),                                                                      // read before
		way("table in divs", "<table>", `<div class="x"><div><table>`, "</table>", "</table></div></div>"),                            // read before
		way("table in details", "<table>", "<details open><summary>Show the data</summary><table>", "</table>", "</table></details>"), // read before
		way("table in a figure", "<table>", "<figure><figcaption>Arrivals</figcaption><table>", "</table>", "</table></figure>"),      // read before
		way("weekday", ">8 July 2026<", ">Wednesday 8 July 2026<", ">9 July 2026<", ">Thursday, 9 July 2026<"),
		way("short weekday and month", ">8 July 2026<", ">Wed 8 Jul 2026<", ">9 July 2026<", ">Thu 9 Jul 2026<"),
		way("ordinal", ">8 July 2026<", ">8th July 2026<", ">9 July 2026<", ">9<sup>th</sup> July 2026<"),
		way("numbers for days", ">8 July 2026<", ">08/07/2026<", ">9 July 2026<", ">2026-07-09<"),
		way("time element", ">8 July 2026<", `><time datetime="2026-07-08">8 July 2026</time><`), // read before
		way("note at a day", ">11 July 2026<", ">11 July 2026 [note 1]<", ">12 July 2026<", ">12 July 2026<sup>1</sup><"),
		way("mark at a day", ">10 July 2026<", ">10 July 2026 [r]<"),
		way("count in elements", ">249<", "><p><strong>249</strong></p><", ">81<", "><span>81</span> <"),                                      // read before
		way("note at a count", ">249<", "><strong>249</strong><sup>1</sup><", ">81<", ">81 [note 2]<"),                                        // read before
		way("revised by a mark", "<td>255</td><td>3</td><td>0</td>", "<td>255 [r]</td><td>3 [r]</td><td>0 [r]</td>", ">Revised<", ">&nbsp;<"), // read before
		way("revised in other words", ">Revised<", ">Revised on 13 July<"),
		way("dash for no note", "<td>\u00a0</td>", "<td>-</td>"), // read before
		way("x for no note", "<td>\u00a0</td>", "<td>[x]</td>"),  // read before
		way("no notes but the revision", `<th scope="col">Notes</th>`, "", "<td>\u00a0</td>", "", "<td>Revised</td>", "", "<td>255</td><td>3</td><td>0</td>", "<td>255 [r]</td><td>3 [r]</td><td>0 [r]</td>"),
		way("row number", `<th scope="col">Date</th>`, `<th scope="col">No.</th><th scope="col">Date</th>`, `<th scope="row">`, `<td>1</td><th scope="row">`),
		way("column of text", `<th scope="col">Notes</th>`, `<th scope="col">Notes</th><th scope="col">Weather</th>`, "<td>\u00a0</td>", "<td>\u00a0</td><td>calm</td>", "<td>Revised</td>", "<td>Revised</td><td>storm</td>"),
		way("row of totals", "</tbody>", "<tr><th>Total</th><td>585</td><td>8</td><td>0</td><td></td></tr></tbody>"),
		way("totals in tfoot", "</tbody>", "</tbody><tfoot><tr><td><strong>Total</strong></td><td><strong>585</strong></td><td>8</td><td>0</td><td></td></tr></tfoot>"),
		way("remark below", "</tbody>", `<tr><td colspan="5">Counts are provisional.</td></tr></tbody>`),
		way("blank row", "</tbody>", "<tr><td></td><td>&nbsp;</td><td></td><td></td><td></td></tr></tbody>"),
		way("another table", "</table>", "</table><table><caption>Months</caption><tr><th>Month</th><th>People</th></tr><tr><td>June 2026</td><td>1,234</td></tr></table>"), // read before
		way("another table first", "<table>", "<table><tr><th>Month</th><th>People</th></tr><tr><td>June 2026</td><td>1,234</td></tr></table><table>"),                      // read before
		way("totals first", "<tbody>", "<tbody><tr><th>Total</th><td>585</td><td>8</td><td>0</td><td></td></tr>"),
		way("7-day total", "</tbody>", "<tr><th>7-day total</th><td>585</td><td>8</td><td>0</td><td></td></tr></tbody>"),
		way("total of 7 days", "</tbody>", "<tr><th>Total (7 days)</th><td>585</td><td>8</td><td>0</td><td></td></tr></tbody>"),
		way("note below in two cells", "</tbody>", "<tr><td>[note 1]</td><td colspan=4>Figures are provisional.</td></tr></tbody>"),
		way("note below in one cell", "</tbody>", "<tr><td>Source: Home Office</td></tr></tbody>"),
		way("weekday in its column", `<th scope="col">Date</th>`, `<th>Day</th><th scope="col">Date</th>`, `<th scope="row">`, `<td>a weekday</td><th scope="row">`),
		way("comments", ">Notes<", ">Comments<"),
		way("characters without room", ">249<", ">249\u200b<", ">8 July 2026<", ">8 July 2026\u200b<"),
		way("cells without end tags", "</td>", "", "</th>", "", "</tr>", ""),                                   // read before
		way("markup of an editor", "<td>", `<td class="cell-text-right" style="text-align:right" data-x="1">`), // read before
	)
}

// cells matches a row of the fixture.
var cells = regexp.MustCompile(`(?s)<tr><th scope="(?:row|col)">([^<]*)</th><t[dh][^>]*>([^<]*)</t[dh]><t[dh][^>]*>([^<]*)</t[dh]><t[dh][^>]*>([^<]*)</t[dh]><t[dh][^>]*>([^<]*)</t[dh]></tr>`)

// TestColumnsInAnotherOrder turns every row of the table around.
func TestColumnsInAnotherOrder(t *testing.T) {
	f := load(t, newest)
	want, err := f.States(t, &Source, way(""))
	if err != nil {
		t.Fatal(err)
	}
	turned := sourcetest.File{Name: f.Name, Data: cells.ReplaceAll(f.Data, []byte("<tr><td>$5</td><td>$4</td><td>$2</td><td>$1</td><td>$3</td></tr>"))}
	if strings.Count(string(turned.Data), "<tr><td>") != 8 {
		t.Fatal("the rows were not turned")
	}
	if got, err := turned.States(t, &Source, way("")); err != nil || got != want {
		t.Errorf("got %s%v, want %s", got, err, want)
	}
}

// TestNewestDayFirst reads the rows from below.
func TestNewestDayFirst(t *testing.T) {
	f := load(t, newest)
	rows := cells.FindAllString(string(f.Data), -1)[1:]
	text := string(f.Data)
	at := strings.Index(text, rows[0])
	end := strings.LastIndex(text, rows[6]) + len(rows[6])
	for i, j := 0, 6; i < j; i, j = i+1, j-1 {
		rows[i], rows[j] = rows[j], rows[i]
	}
	turned := sourcetest.File{Name: f.Name, Data: []byte(text[:at] + strings.Join(rows, "\n") + text[end:])}
	obs, findings, err := sourcetest.Decode(&Source, turned)
	if err != nil || len(obs) != 21 || len(findings) != 0 {
		t.Fatalf("%d observations, %v, %v", len(obs), findings, err)
	}
	if o := obs[0]; o.Period.Start != stat.MustDate("2026-07-14") || obs[18].Period.Start != stat.MustDate("2026-07-08") || obs[18].Value != stat.Known(249) {
		t.Errorf("%+v, %+v", o, obs[18])
	}
	if d, _ := Source.Date(turned.Name, turned.Data); d != stat.MustDate("2026-07-15") {
		t.Errorf("released %s", d)
	}
}

// TestSixOrEightDays checks that a day more or less is read, and said.
func TestSixOrEightDays(t *testing.T) {
	f := load(t, newest)
	const day7 = "<tr><th scope=\"row\">7 July 2026</th><td>12</td><td>1</td><td>0</td><td></td></tr>"
	for n, edits := range map[int][]string{8: {"<tbody>", "<tbody>" + day7}, 6: {cells.FindAllString(string(f.Data), 2)[1], ""}} {
		obs, findings, err := sourcetest.Decode(&Source, f.WithAfter(t, "<table>", edits...))
		if err != nil || len(obs) != 3*n || len(findings) != 1 || findings[0].Code != "days" {
			t.Errorf("%d days: %d observations, %v, %v", n, len(obs), findings, err)
		}
	}
}

// TestCountsThatAreNotStated checks that a mark instead of a count is missing, and never zero.
func TestCountsThatAreNotStated(t *testing.T) {
	for mark, status := range map[string]stat.Status{"[x]": stat.Missing, "[c]": stat.Suppressed, "[z]": stat.NotExisting, "[low]": stat.Missing, "-": stat.Missing, "–": stat.Missing, ":": stat.Missing, "..": stat.Missing,
		"n/a": stat.Missing, "N/A": stat.Missing, "<strong>[x]</strong>": stat.Missing, "[x] [note 1]": stat.Missing, "not available": stat.Missing} {
		obs, findings, err := sourcetest.Decode(&Source, load(t, newest).WithAfter(t, "<table>", "<td>249</td>", "<td>"+mark+"</td>"))
		if err != nil || len(obs) != 21 || len(findings) != 1 || findings[0].Code != "not-stated" || findings[0].Severity != stat.SeverityWarning {
			t.Errorf("%s: %d observations, %v, %v", mark, len(obs), findings, err)
			continue
		}
		if o := obs[0]; o.Value.IsKnown() || o.Status != status || o.Mark != strings.NewReplacer("<strong>", "", "</strong>", "").Replace(mark) {
			t.Errorf("%s: %+v", mark, o)
		}
	}
	// One mark for three columns.
	obs, _, err := sourcetest.Decode(&Source, load(t, newest).WithAfter(t, "<table>", "<td>249</td><td>4</td><td>0</td>", `<td colspan="3">not available</td>`))
	if err != nil || obs[0].Value.IsKnown() || obs[1].Value.IsKnown() || obs[2].Value.IsKnown() || obs[3].Value != stat.Known(81) {
		t.Errorf("%v, %v", obs, err)
	}
}

// TestHeld has pages that wait for a person.
func TestHeld(t *testing.T) {
	f := load(t, newest)
	for _, c := range []struct {
		name, code string
		edits      []string
	}{
		{"a total that does not add up", "sum-differs", []string{"</tbody>", "<tr><th>Total</th><td>595</td><td>8</td><td>0</td><td></td></tr></tbody>"}},
		{"a total below a part", "sum-differs", []string{"<td>249</td>", "<td>[x]</td>", "</tbody>", "<tr><th>Total</th><td>330</td><td>8</td><td>0</td><td></td></tr></tbody>"}},
		{"no count at all", "nothing-stated", []string{"<td>249</td>", "<td>-</td>", "<td>81</td>", "<td>-</td>", "<td>255</td>", "<td>-</td>",
			"<td>0</td><td>0</td><td>0</td>", "<td>-</td><td>0</td><td>0</td>"}},
		{"five days", "days", []string{`<th scope="row">12 July 2026</th>`, "<!--", "</tbody>", "--></tr></tbody>"}},
	} {
		got, err := f.States(t, &Source, way(c.name, c.edits...))
		if err != nil || !strings.Contains(got, "error "+c.code) {
			t.Errorf("%s: %s %v", c.name, got, err)
		}
	}
}

// TestNarrow has what stays refused: which day, and which measure.
func TestNarrow(t *testing.T) {
	f := load(t, newest)
	refuse := sourcetest.Refuses(t, &Source)
	edit := func(edits ...string) sourcetest.File { return f.WithAfter(t, "<table>", edits...) }
	table := string(f.Data[strings.Index(string(f.Data), "<table>"):strings.Index(string(f.Data), "</table>")]) + "</table>"
	refuse("another weekday", edit(">8 July 2026<", ">Friday 8 July 2026<"), decode.ErrPeriod, `"Friday 8 July 2026" is not a date or period: that day is a Wednesday`)
	refuse("no year and another weekday", edit(">8 July 2026<", ">Friday 8 July<"), decode.ErrPeriod, `"Friday 8 July"`)
	refuse("no year and far off", edit(">8 July 2026<", ">8 May<"), decode.ErrPeriod, "68 days before")
	refuse("two days in a row", edit(">8 July 2026<", ">8 to 9 July 2026<"), decode.ErrPeriod, "8 to 9 July 2026")
	refuse("month first", edit(">8 July 2026<", ">07/08/2026<"), decode.ErrPeriod, "7 August 2026 was not over")
	refuse("headers alike", edit(">Boats arrived<", ">Migrants Arrived [note 2]<"), decode.ErrHeader, `column "Boats arrived" is missing`)
	refuse("notes alike", edit(">Notes<", ">Boats ARRIVED<"), decode.ErrHeader, `both mean "Boats arrived"`)
	refuse("header of two measures", edit(">Boats arrived<", ">Migrants arrived / boats arrived<"), decode.ErrHeader, `column "C"`)
	refuse("glued digit", edit(">Boats arrived<", ">Boats arrived1<"), decode.ErrHeader, "Boats arrived1")
	counted := sourcetest.File{Name: f.Name, Data: []byte(strings.NewReplacer("<td>\u00a0</td>", "<td>7</td>", "<td>Revised</td>", "<td>7</td>").Replace(string(f.Data)))}
	for _, name := range []string{"Children", "Migrants arrived this year", "Total", "Uncontrolled landings [note 1]", "Migrants"} {
		refuse("a measure more, "+name, counted.With(t, ">Notes<", ">"+name+"<"), decode.ErrHeader, "")
	}
	refuse("header over two columns", edit(`<th scope="col">Migrants arrived</th><th scope="col">Boats arrived</th>`, `<th colspan="2">Migrants arrived</th>`), decode.ErrHeader, `column "Boats arrived" is missing`)
	refuse("tables that differ", edit("</table>", "</table>"+strings.Replace(table, "<td>249</td>", "<td>250</td>", 1)), decode.ErrShape, "a second table with the same header")
	refuse("count over two days", edit("<td>249</td>", `<td rowspan="2">249</td>`, "<td>81</td>", ""), decode.ErrShape, "spans several places")
	refuse("two figures in a cell", edit("<td>249</td>", "<td>249 255</td>"), decode.ErrCount, "249 255")
	refuse("about", edit("<td>249</td>", "<td>c. 249</td>"), decode.ErrCount, "c. 249")
	refuse("row after the total", edit(`<th scope="row">13 July 2026</th>`, `<th scope="row">Total</th>`), decode.ErrShape, "follows the row of totals")
	refuse("two totals", edit("<tbody>", "<tbody><tr><th>Total</th><td>585</td><td>8</td><td>0</td><td></td></tr>", "</tbody>", "<tr><th>Total</th><td>585</td><td>8</td><td>0</td><td></td></tr></tbody>"), decode.ErrShape, "a second row of totals")
	refuse("a day in one cell", edit("</tbody>", "<tr><td>15 July 2026</td></tr></tbody>"), decode.ErrShape, "1 cells where")
	refuse("a day in words", edit("<td>249</td><td>4</td><td>0</td>", `<td>249</td><td colspan="2">four boats</td>`), decode.ErrCount, "four boats")
	refuse("a day within in words", edit("<td>255</td><td>3</td><td>0</td>", `<td colspan="3">see below</td>`), decode.ErrShape, "2026-07-11 follows where 2026-07-10")
	refuse("no day", f.WithAfter(t, "<table>", "<tbody>", "<tbody><!--", "</tbody>", "--></tbody>"), decode.ErrShape, "0 days")
}
