package ukhofranceexchange

import (
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

const name = "ukho-france-exchange.csv"

func load(t testing.TB) sourcetest.File { return sourcetest.Load(t, id, name) }

func TestContract(t *testing.T) {
	sourcetest.Run(t, &Source, sourcetest.LoadAll(t, id))
}

func TestFigures(t *testing.T) {
	obs, findings, err := sourcetest.Decode(&Source, load(t))
	if err != nil || len(findings) != 0 || len(obs) != 11 {
		t.Fatalf("%d observations, findings %v, error %v", len(obs), findings, err)
	}
	sum := stat.Known(0)
	for i, o := range obs[:10] {
		sum = sum.Add(o.Value)
		month := stat.NewDate(2025, time.September+time.Month(i), 1)
		if o.Series.ID != "ukho-france-exchange:exchange-out:M" || o.Period != stat.Month(month.Year(), month.Month()) {
			t.Errorf("%s %+v", o.Series.ID, o.Period)
		}
	}
	if sum != stat.Known(1087) {
		t.Errorf("%s returns, want 1087", sum)
	}
	o := obs[10]
	want := stat.Period{Start: stat.MustDate("2025-08-06"), End: stat.MustDate("2026-06-30"), Precision: stat.PrecisionRange}
	if o.Series.ID != "ukho-france-exchange:exchange-in:M" || o.Period != want || o.Value != stat.Known(1117) ||
		o.Release.Vintage != stat.MustDate("2026-07-16") || o.Locator != "E14" {
		t.Errorf("transfers: %+v", o)
	}
}

// TestTransfersByMonth reads a CSV typed from a table that states them so. It was refused before.
func TestTransfersByMonth(t *testing.T) {
	f := load(t).With(t, "exchange_in,2025-08-06,2026-06-30,range,1117,2026-07-16\n", `exchange_in,2025-08-06,2025-08-31,range,0,2026-07-16
exchange_in,2025-09-01,2025-09-30,month,3,2026-07-16
exchange_in,2025-10-01,2026-06-30,range,1114,2026-07-16
`, "exchange_out,2025-09", "exchange_out,2025-08-06,2025-08-31,range,0,2026-07-16\nexchange_out,2025-09")
	obs, _, err := sourcetest.Decode(&Source, f)
	if err != nil || len(obs) != 14 {
		t.Fatalf("%d observations, %v", len(obs), err)
	}
	if o := obs[12]; o.Period != stat.Month(2025, time.September) || o.Value != stat.Known(3) {
		t.Errorf("%+v", o)
	}
}

func TestCutAtAnyLine(t *testing.T) { sourcetest.RefusesCuts(t, &Source, load(t), 1, 1, 1) }

func TestRefusals(t *testing.T) {
	f := load(t)
	refuse := sourcetest.Refuses(t, &Source)
	refuse("renamed column", f.With(t, "value,published", "persons,published"), decode.ErrHeader, `row 3, column "E"`)
	refuse("new column without values", f.With(t, "measure,", "sex,measure,"), decode.ErrShape, "6 values where the header has 7 columns")
	refuse("unknown measure", f.With(t, "exchange_in", "exchange_to"), decode.ErrShape, `row 14, column "measure": unknown measure "exchange_to"`)
	refuse("not the month", f.With(t, "2025-08-06,2026-06-30,range", "2026-06-01,2026-06-29,month"), decode.ErrPeriod, `row 14, column "period_end"`)
	refuse("returns over months", f.With(t, "2025-09-01,2025-09-30,month", "2025-08-06,2025-09-30,range"), decode.ErrPeriod, `row 4, column "precision"`)
	refuse("no such precision", f.With(t, "2025-09-01,2025-09-30,month", "2025-09-01,2025-09-30,week"), decode.ErrPeriod, "row 4")
	refuse("transfers twice", f.With(t, "exchange_in,2025-08-06,2026-06-30,range,1117,2026-07-16\n", strings.Repeat("exchange_in,2025-08-06,2026-06-30,range,1117,2026-07-16\n", 2)), decode.ErrShape, "row 15")
	refuse("not a month", f.With(t, "2025-10-31", "2025-10-30"), decode.ErrPeriod, `row 5, column "period_end"`)
	refuse("no such day", f.With(t, "2026-02-28", "2026-02-29"), decode.ErrPeriod, `row 9, column "period_end": "2026-02-29"`)
	refuse("gap", f.With(t, "exchange_out,2025-10-01,2025-10-31,month,58,2026-07-16\n", ""), decode.ErrShape, `row 5, column "period_start": 2025-11-01 follows`)
	refuse("month twice", f.With(t, "2025-10-01,2025-10-31", "2025-09-01,2025-09-30"), decode.ErrShape, "row 5")
	refuse("not a count", f.With(t, "month,264,", "month,26A,"), decode.ErrCount, `row 13, column "value": "26A"`)
	refuse("empty value", f.With(t, "month,264,", "month,,"), decode.ErrCount, "row 13")
	refuse("two days of publication", f.With(t, "month,264,2026-07-16", "month,264,2026-07-17"), decode.ErrShape, `row 13, column "published"`)
	refuse("published too early", f.With(t, "month,17,2026-07-16", "month,17,2025-09-16"), decode.ErrPeriod, `row 4, column "period_end"`)
	refuse("ranges apart", f.With(t, "2025-08-06,2026-06-30", "2025-08-06,2026-05-31"), decode.ErrShape, "exchange_out ends on 2026-06-30 and exchange_in on 2026-05-31")
}

func FuzzDecode(f *testing.F) {
	sourcetest.Fuzz(f, &Source, []string{"x.csv"},
		[]byte("measure,period_start,period_end,precision,value,published\nexchange_out,2025-09-01,2025-09-30,month,17,2026-07-16\nexchange_in,2025-08-06,2025-09-30,range,1,2026-07-16\n"))
}

// page is a page in the publisher's layout with the figures of the real table: the year given once,
// here by a cell that spans its rows, and a row of totals.
func page(edits ...string) sourcetest.File {
	text := `<!DOCTYPE html><html><head><meta name="govuk:public-updated-at" content="2026-07-16T09:30:00+01:00"></head><body>
<h1>Transfers into and returns from the United Kingdom under the UK-France Agreement, between 6 August 2025 and 30 June 2026</h1>
<p>Returns are events.</p>
<table><thead><tr><th>Year</th><th>Month</th><th>In</th><th>Out</th></tr></thead><tbody>
<tr><td rowspan="4">2025</td><td>September</td><td></td><td>17</td></tr>
<tr><td>October</td><td></td><td>58</td></tr>
<tr><td>November</td><td></td><td>78</td></tr>
<tr><td>December</td><td></td><td>64</td></tr>
<tr><td>2026</td><td>January</td><td></td><td>88</td></tr>
<tr><td></td><td>February</td><td></td><td>49</td></tr>
<tr><td></td><td>March</td><td></td><td>109</td></tr>
<tr><td></td><td>April</td><td></td><td>142</td></tr>
<tr><td></td><td>May</td><td></td><td>218</td></tr>
<tr><td></td><td>June</td><td></td><td>264</td></tr>
<tr><td colspan="2">Total</td><td>1,117</td><td>1,087</td></tr>
</tbody></table></body></html>
`
	return sourcetest.File{Name: "transfers.html", Data: []byte(strings.NewReplacer(edits...).Replace(text))}
}

// TestPageStatesTheSameAsTheCSV compares the two layouts, figure by figure.
func TestPageStatesTheSameAsTheCSV(t *testing.T) {
	want, _, err := sourcetest.Decode(&Source, load(t))
	if err != nil {
		t.Fatal(err)
	}
	r, err := sourcetest.Read(&Source, page())
	if err != nil || len(r.Findings) != 0 || len(r.Observations) != len(want) {
		t.Fatalf("%d observations, findings %v, error %v", len(r.Observations), r.Findings, err)
	}
	for i, o := range r.Observations {
		w := want[i]
		if o.Series.ID != w.Series.ID || o.Period != w.Period || o.Value != w.Value || o.Status != w.Status || o.Release.Vintage != w.Release.Vintage {
			t.Errorf("%+v, want %+v", o, w)
		}
	}
	if len(r.Notes) != 1 || strings.Contains(r.Notes[0].Text, "2026") || !strings.Contains(r.Notes[0].Text, "events") {
		t.Errorf("notes %v", r.Notes)
	}
}

// TestPageWithTransfersByMonth checks that the months are used and the total is not, which would
// count everything twice.
func TestPageWithTransfersByMonth(t *testing.T) {
	obs, findings, err := sourcetest.Decode(&Source, page("<td></td><td>264", "<td>1,000</td><td>264", "<td></td><td>17", "<td>117</td><td>17"))
	if err != nil || len(findings) != 8 || findings[0].Code != "not-stated" || len(obs) != 20 {
		t.Fatalf("%d observations, findings %v, error %v", len(obs), findings, err)
	}
	for _, o := range obs {
		if o.Period.Precision != stat.PrecisionMonth || o.Value.IsKnown() != (o.Status == stat.Provisional) {
			t.Errorf("%+v", o)
		}
	}
}

func TestPageFindings(t *testing.T) {
	_, findings, err := sourcetest.Decode(&Source, page("1,087", "1,088"))
	if err != nil || len(findings) != 1 || findings[0].Code != "sum-differs" || !strings.Contains(findings[0].Message, "is 1088, but the rows add up to 1087") {
		t.Errorf("findings %v, error %v", findings, err)
	}
}

// TestPageEndsWithinAMonth checks that an incomplete last month is a range.
func TestPageEndsWithinAMonth(t *testing.T) {
	obs, _, err := sourcetest.Decode(&Source, page("30 June 2026", "15 June 2026"))
	if err != nil {
		t.Fatal(err)
	}
	want := stat.Period{Start: stat.MustDate("2026-06-01"), End: stat.MustDate("2026-06-15"), Precision: stat.PrecisionRange}
	if obs[9].Period != want {
		t.Errorf("June is %+v", obs[9].Period)
	}
}

func TestPageRefusals(t *testing.T) {
	refuse := sourcetest.Refuses(t, &Source)
	refuse("no table", page("<table", "<div", "</table", "</div"), decode.ErrShape, "there is no table")
	refuse("renamed column", page("<th>In</th>", "<th>Into</th>"), decode.ErrHeader, `column is called "Into" where "In" was expected`)
	refuse("no span", page("between", "from"), decode.ErrPeriod, "no heading says between which days")
	refuse("a year off", page("30 June 2026", "30 June 2025", "6 August 2025", "6 August 2024"), decode.ErrPeriod, "a year off")
	refuse("neither months nor totals", page(`<tr><td colspan="2">Total</td><td>1,117</td><td>1,087</td></tr>`, ""), decode.ErrCount, `column "In" has neither months nor a total`)
	refuse("total without count", page("1,117", "-"), decode.ErrCount, `column "In" has neither months nor a total`)
	refuse("row after totals", page("</tbody>", "<tr><td></td><td>July</td><td></td><td>1</td></tr></tbody>"), decode.ErrShape, "follows the row of totals")
	refuse("month missing", page("<tr><td></td><td>March</td><td></td><td>109</td></tr>", ""), decode.ErrShape, "the month of 2026-03-01 was expected")
	refuse("month cut off", page("<tr><td></td><td>June</td><td></td><td>264</td></tr>", ""), decode.ErrShape, "the months end on 2026-05-31")
	refuse("year is no year", page("<td>2026</td>", "<td>26</td>"), decode.ErrPeriod, `column "Year"`)
	refuse("month is no month", page(">May<", ">Moy<"), decode.ErrPeriod, `column "Month"`)
	refuse("not a count", page(">218<", ">2l8<"), decode.ErrCount, `column "Out"`)
	refuse("two counts", page(">218<", ">218 219<"), decode.ErrCount, "218 219")
	refuse("a cell too many", page("<td>218</td>", "<td>218</td><td>1</td>"), decode.ErrShape, "5 cells")
	refuse("a CSV", sourcetest.File{Name: "x.html", Data: load(t).Data}, decode.ErrFormat, "HTML")
}

func FuzzDecodePage(f *testing.F) {
	sourcetest.Fuzz(f, &Source, []string{"x.html"},
		page().Data)
}
