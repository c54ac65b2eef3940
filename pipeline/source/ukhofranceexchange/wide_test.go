package ukhofranceexchange

import (
	"regexp"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

var way = sourcetest.Way

// published2026 is the publisher's page of 16 July 2026.
const published2026 = "2026-07-16.html"

// TestPublishedPage reads the page in its real shape, which was refused before.
func TestPublishedPage(t *testing.T) {
	obs, findings, err := sourcetest.Decode(&Source, sourcetest.Load(t, id, published2026))
	if err != nil || len(findings) != 0 || len(obs) != 22 {
		t.Fatalf("%d observations, %v, %v", len(obs), findings, err)
	}
	sum := map[string]stat.Count{out.Measure: stat.Known(0), in.Measure: stat.Known(0)}
	for _, o := range obs {
		sum[o.Series.Measure] = sum[o.Series.Measure].Add(o.Value)
		if o.Period.Precision == stat.PrecisionRange && o.Period != (stat.Period{Start: inForce, End: stat.MustDate("2025-08-31"), Precision: stat.PrecisionRange}) {
			t.Errorf("%+v", o)
		}
	}
	if sum[out.Measure] != stat.Known(1087) || sum[in.Measure] != stat.Known(1117) {
		t.Errorf("sums %v", sum)
	}
	sourcetest.Dates(t, &Source, map[string]string{published2026: "2026-07-16 2026-07-16T08:30:00Z"})
}

// TestPageAndCSVAgree compares the page with the CSV of the same day, key by key. The page has August
// 2025 and transfers by month besides.
func TestPageAndCSVAgree(t *testing.T) {
	typed, _, err1 := sourcetest.Decode(&Source, load(t))
	stated, _, err2 := sourcetest.Decode(&Source, sourcetest.Load(t, id, published2026))
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	type key struct {
		series stat.SeriesID
		period stat.Period
	}
	page := map[key]stat.Count{}
	for _, o := range stated {
		page[key{o.Series.ID, o.Period}] = o.Value
	}
	total := stat.Known(0)
	for _, o := range typed {
		k := key{o.Series.ID, o.Period}
		if o.Series.ID == out.ID {
			if page[k] != o.Value {
				t.Errorf("%s %s: %s in the CSV, %s on the page", k.series, k.period.Start, o.Value, page[k])
			}
			delete(page, k)
		} else {
			total = o.Value
		}
	}
	sum := stat.Known(0)
	for k, v := range page {
		if k.series == in.ID {
			sum = sum.Add(v)
			delete(page, k)
		}
	}
	if len(page) != 1 || sum != total {
		t.Errorf("left of the page: %v; transfers by month add up to %s, the CSV has %s", page, sum, total)
	}
}

const title = "<h1>between 6 August 2025 and 30 June 2026</h1>"

const total2026 = `<tr><td><strong>Total</strong></td><td></td><td><strong>1,117</strong></td><td><strong>1,087</strong></td></tr>`

// TestWaysToWriteThePage has pages that state what the fixture does. All were refused before.
func TestWaysToWriteThePage(t *testing.T) {
	sourcetest.SamePages(t, &Source, sourcetest.Load(t, id, published2026),
		way("as it is"),
		way("In and Out", "<strong>IN</strong>", "In", "<strong>OUT</strong>", "Out"),
		way("notes in the headers", "<strong>IN</strong>", "<strong>IN</strong><sup>1</sup>", "<strong>OUT</strong>", "OUT [note 2]"),
		way("no-break spaces", "<strong>IN</strong>", "<strong>&nbsp;In&nbsp;</strong>", "<td>August</td>", "<td>\u00a0August </td>"),
		way("words for in and out", "<strong>IN</strong>", "Transfers in", "<strong>OUT</strong>", "Returns"),
		way("year given once", "<strong>2025</strong></td><td>S", "</td><td>S", "<strong>2025</strong></td><td>O", "</td><td>O", "<strong>2025</strong></td><td>N", "</td><td>N", "<strong>2025</strong></td><td>D", "</td><td>D",
			"<strong>2026</strong></td><td>F", "</td><td>F", "<strong>2026</strong></td><td>M", "</td><td>M"),
		way("year over its rows", "<td><strong>2025</strong></td><td>August", "<th rowspan=5>2025</th><td>August", "<td><strong>2025</strong></td>", ""),
		way("year with the month", "<td>August</td>", "<td>August 2025</td>", "<td>June</td>", "<td>June 2026</td>"),
		way("short months", "<td>August</td>", "<td>Aug</td>", "<td>September</td>", "<td>Sept.</td>", "<td>June</td>", "<td>JUNE</td>"),
		way("note at a month", "<td>August</td>", "<td>August [note 1]</td>", "<td>June</td>", "<td>June<sup>2</sup></td>", "<td>May</td>", "<td>May*</td>"),
		way("no totals", total2026, ""),
		way("total in tfoot", total2026, "<tfoot>"+total2026+"</tfoot>"),
		way("total over two columns", "<td><strong>Total</strong></td><td></td>", "<th colspan=2>Grand total</th>"),
		way("total to date", "<strong>Total</strong>", "Total to date:"),
		way("totals of years", "<td><strong>2026</strong></td><td>January", "<td>2025 total</td><td></td><td>245</td><td>217</td></tr><tr><td>2026</td><td>January"),
		way("total of a year in its column", "<td><strong>2026</strong></td><td>January", "<td>2025</td><td>Total</td><td>245</td><td>217</td></tr><tr><td>2026</td><td>January"),
		way("title row", "<thead>", "<thead><tr><th colspan=4>Transfers and returns</th></tr>"),
		way("header of td", "<thead>", "<tbody>", "</thead>", "</tbody>", `<th scope="col">`, "<td>", "</th>", "</td>"),
		way("caption has the span", "<h1>between 6 August 2025 and 30 June 2026</h1>", "<h1>Transfers and returns</h1>", "<table>", "<table><caption>Between 6 August 2025 and 30 June 2026</caption>"),
		way("from and to", "<h1>between 6 August 2025 and 30 June 2026</h1>", "<h1>Transfers and returns, 6 August 2025 to 30 June 2026</h1>"),
		way("dash", "<h1>between 6 August 2025 and 30 June 2026</h1>", "<h1>Transfers and returns: 6 August 2025 – 30 June 2026 [note 1]</h1>"),
		way("span in another heading", "<h1>between 6 August 2025 and 30 June 2026</h1>", "<h1>Transfers and returns</h1><h2>Between 6th August 2025 and Tuesday 30 June 2026</h2>"),
		way("notes column", "<strong>OUT</strong></th>", "<strong>OUT</strong></th><th>Notes</th>", "</td></tr>", "</td><td>-</td></tr>"),
		way("column of text", "<strong>OUT</strong></th>", "<strong>OUT</strong></th><th>Status</th>", "</td></tr>", "</td><td>provisional</td></tr>"),
		way("other tables", "<table>", "<table><tr><th>Offence</th><th>Arrests</th></tr><tr><td>All</td><td>1,204</td></tr></table><table>"),
		way("table in details", "<table>", "<details><summary>Data</summary><div><table>", "</table>", "</table></div></details>"),
		way("remark below", "</tbody>", "<tr><td colspan=4>Figures are operational.</td></tr></tbody>"),
		way("IN (transfers)", "<strong>IN</strong>", "IN (transfers into the UK)", "<strong>OUT</strong>", "OUT (returns to France)"),
		way("IN to UK", "<strong>IN</strong>", "Transfers into the UK", "<strong>OUT</strong>", "Returns to France"),
		way("calendar year", "<strong>Year</strong>", "Calendar year"),
		way("upto title", title, "<h1>Transfers and returns from 6 August 2025 up to and including 30 June 2026</h1>"),
		way("inclusive", title, "<h1>Transfers and returns between 6 August 2025 and 30 June 2026 (inclusive)</h1>"),
		way("h1 twice", title, title+"<h2>Transfers and returns, 6 August 2025 to 30 June 2026</h2>"),
		way("other span heading", "</table>", "</table><h2>First year of the agreement, 6 August 2025 to 5 August 2026</h2>"),
		way("Total row label in month", "<td><strong>Total</strong></td><td></td>", "<td></td><td><strong>Total</strong></td>"),
		way("Sum", "<strong>Total</strong>", "<strong>Total</strong> [note 2]"),
		way("total since", "<strong>Total</strong>", "Total since 6 August 2025"),
		way("thin", "<strong>1,117</strong>", "<strong>1&thinsp;117</strong>"),
		way("cells wrapped", "<td>314</td>", "<td><p class=x><span>314</span></p></td>"),
		way("year in strong with text", "<td><strong>2025</strong></td><td>August", "<td><strong>2025</strong> [note 1]</td><td>August"),
		way("year header rows", "<td><strong>2025</strong></td><td>August", "<td colspan=4>2025</td></tr><tr><td>2025</td><td>August"),
		way("extra table in/out", "</table>", "</table><table><tr><th>Nationality</th><th>Returns</th></tr><tr><td>x</td><td>7</td></tr></table>"),
		way("yearly table", "</table>", "</table><table><tr><th>Year</th><th>In</th><th>Out</th></tr><tr><td>2025</td><td>245</td><td>217</td></tr></table>"),
		way("marks", "<td>264</td>", "<td>264 [p]</td>", "<td>218</td>", "<td>218<sup>1</sup></td>"),
	)
}

// row matches a row of the fixture.
var row = regexp.MustCompile(`(?s)<tr><t[dh][^>]*>([^\n]*?)</t[dh]><t[dh][^>]*>([^\n]*?)</t[dh]><t[dh][^>]*>([^\n]*?)</t[dh]><t[dh][^>]*>([^\n]*?)</t[dh]></tr>`)

// turned returns the fixture with the cells of each row in another order.
func turned(t *testing.T, to string) sourcetest.File {
	t.Helper()
	f := sourcetest.Load(t, id, published2026)
	f.Data = row.ReplaceAll(f.Data, []byte("<tr>"+to+"</tr>"))
	if n := strings.Count(string(f.Data), "<tr><td>"); n != 13 {
		t.Fatalf("%d rows", n)
	}
	return f
}

func TestColumnsInAnotherOrder(t *testing.T) {
	want, err := sourcetest.Load(t, id, published2026).States(t, &Source, way(""))
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"<td>$4</td><td>$3</td><td>$1</td><td>$2</td>", "<td>$1</td><td>$2</td><td>$4</td><td>$3</td>"} {
		if got, err := turned(t, to).States(t, &Source, way("")); err != nil || got != want {
			t.Errorf("%s: %s%v", to, got, err)
		}
	}
	// Year and month in one column.
	f := turned(t, "<td>$2 $1</td><td>$3</td><td>$4</td>").With(t, "<strong>Month</strong> <strong>Year</strong>", "Month", " <strong>Total</strong>", "Total")
	if got, err := f.States(t, &Source, way("")); err != nil || got != want {
		t.Errorf("one column: %s%v", got, err)
	}
}

// TestMonthsThatAreNotStated checks that a mark instead of a count is missing, with a finding, and
// that a series without months is known over the whole span.
func TestMonthsThatAreNotStated(t *testing.T) {
	f := sourcetest.Load(t, id, published2026)
	for mark, severity := range map[string]stat.Severity{"[x]": stat.SeverityWarning, "[c]": stat.SeverityWarning, "[z]": stat.SeverityWarning, "-": stat.SeverityWarning,
		":": stat.SeverityWarning, "n/a": stat.SeverityWarning, "": stat.SeverityError, "&nbsp;": stat.SeverityError} {
		obs, findings, err := sourcetest.Decode(&Source, f.With(t, "<td>314</td>", "<td>"+mark+"</td>"))
		if err != nil || len(obs) != 22 || len(findings) != 1 || findings[0].Code != "not-stated" || findings[0].Severity != severity {
			t.Fatalf("%q: %d observations, %v, %v", mark, len(obs), findings, err)
		}
		if o := obs[21]; o.Value.IsKnown() || o.Period != stat.Month(2026, 6) || o.Series.ID != in.ID {
			t.Errorf("%q: %+v", mark, o)
		}
	}
	whole := row.ReplaceAllString(string(f.Data), "<tr><td>$1</td><td>$2</td><td>[x]</td><td>$4</td></tr>")
	whole = strings.Replace(strings.Replace(whole, "<td>[x]</td>", "<td>IN</td>", 1), "<td></td><td>[x]</td>", "<td></td><td>1,117</td>", 1)
	obs, findings, err := sourcetest.Decode(&Source, sourcetest.File{Name: f.Name, Data: []byte(whole)})
	if err != nil || len(obs) != 12 || len(findings) != 0 {
		t.Fatalf("%d observations, %v, %v", len(obs), findings, err)
	}
	if o := obs[11]; o.Value != stat.Known(1117) || o.Period.Start != inForce || o.Period.End != stat.MustDate("2026-06-30") || o.Series.ID != in.ID {
		t.Errorf("%+v", o)
	}
}

// TestTotalsThatDifferWait has totals that do not add up.
func TestTotalsThatDifferWait(t *testing.T) {
	f := sourcetest.Load(t, id, published2026)
	for name, edits := range map[string][]string{
		"in":              {"1,117", "1,107"},
		"a month":         {"<td>314</td>", "<td>341</td>"},
		"below a part":    {"<td>314</td>", "<td>[x]</td>", "1,117", "700"},
		"total of 2025":   {"<td><strong>2026</strong></td><td>January", "<td>2025 total</td><td></td><td>246</td><td>217</td></tr><tr><td>2026</td><td>January"},
		"a year as all":   {"<td><strong>Total</strong></td><td></td>", "<td>2026</td><td>Total</td>"},
		"off by a factor": {"1,087", "3,261"},
	} {
		got, err := f.States(t, &Source, way("", edits...))
		if err != nil || !strings.Contains(got, "error sum-differs: the total of exchange-") {
			t.Errorf("%s: %s%v", name, got, err)
		}
	}
}

// TestNarrow has what stays refused: which month, which direction.
func TestNarrow(t *testing.T) {
	f := sourcetest.Load(t, id, published2026)
	refuse := sourcetest.Refuses(t, &Source)
	refuse("headers alike", f.With(t, "<strong>OUT</strong>", "<strong>In [note 2]</strong>"), decode.ErrHeader, `column "Out" is missing`)
	refuse("in twice", f.With(t, "<strong>OUT</strong></th>", "<strong>OUT</strong></th><th>Transfers in</th>"), decode.ErrHeader, `both mean "In"`)
	refuse("net", f.With(t, "<strong>OUT</strong>", "<strong>NET</strong>"), decode.ErrHeader, `"Out"`)
	refuse("in and out in one", f.With(t, "<strong>IN</strong>", "<strong>IN / OUT</strong>"), decode.ErrHeader, `"In"`)
	refuse("a measure more", sourcetest.File{Name: f.Name, Data: []byte(strings.Replace(row.ReplaceAllString(string(f.Data), "<tr><td>$1</td><td>$2</td><td>$3</td><td>$4</td><td>7</td></tr>"), "<td>7</td>", "<td>Refused</td>", 1))}, decode.ErrHeader, "looks like a measure")
	refuse("another span in the caption", f.With(t, "<table>", "<table><caption>6 August 2025 to 31 May 2026</caption>"), decode.ErrPeriod, "announce different days")
	refuse("no span", f.With(t, title, "<h1>Transfers and returns</h1>"), decode.ErrPeriod, "no heading says between which days")
	refuse("no such day", f.With(t, title, "<h1>between 6 August 2025 and 31 June 2026</h1>"), decode.ErrPeriod, "31 june 2026")
	refuse("another year in the month", f.With(t, "<td>June</td>", "<td>June 2025</td>"), decode.ErrPeriod, `"June 2025" in the year "2026"`)
	refuse("two months in a row", f.With(t, "<td>June</td>", "<td>May and June</td>"), decode.ErrPeriod, "May and June")
	refuse("another span in the address", sourcetest.File{Name: "returns-between-6-august-2025-and-31-may-2026.html", Data: f.Data}, decode.ErrPeriod, "announce different days")
	refuse("total since another day", f.With(t, "<strong>Total</strong>", "Total since 1 January 2026"), decode.ErrPeriod, "")
	refuse("quarter", f.With(t, "<td>June</td>", "<td>Q2</td>"), decode.ErrPeriod, "Q2")
	refuse("month twice", f.With(t, "<td>June</td>", "<td>May</td>"), decode.ErrShape, "2026-05-01 follows where the month of 2026-06-01")
	refuse("year typed wrong", f.With(t, "<td><strong>2026</strong></td><td>June", "<td><strong>2025</strong></td><td>June"), decode.ErrShape, "2025-06-01 follows")
	refuse("tables that differ", f.With(t, "</table>", "</table>"+strings.Replace(string(f.Data[strings.Index(string(f.Data), "<table>"):strings.Index(string(f.Data), "</table>")]), "<td>314</td>", "<td>315</td>", 1)+"</table>"), decode.ErrShape, "is there twice, at line")
	refuse("a figure over two months", f.With(t, "<td>222</td>", "<td rowspan=2>536</td>", "<td>314</td>", ""), decode.ErrShape, "spans several places")
}

func TestTitles(t *testing.T) {
	sourcetest.Titles(t, &Source, map[string]bool{
		"Transfers into and returns from the United Kingdom under the UK-France Agreement on the Prevention of Dangerous Journeys, between 6 August 2025 and 30 June 2026 ": true,
		"Transfers into and returns from the UK under the UK–France agreement, between 6 August 2025 and 30 June 2027":                                                      true,
		"Disruptions and arrests for organised immigration crime activity":                                                                                                  false,
		"UK-France agreement on the Prevention of Dangerous Journeys":                                                                                                       false,
	})
}
