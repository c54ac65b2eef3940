package wide_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/publish/site/wide"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// files returns what is written for a site.
func files(t *testing.T, s content.Site) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := wide.New(content.NewIndex(s)).Write(func(name string, data []byte) error {
		if _, twice := out[name]; twice {
			t.Errorf("%s is written twice", name)
		}
		out[name] = string(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// listed returns the measures of the list.
func listed(t *testing.T, files map[string]string) (out []wide.Measure) {
	t.Helper()
	if err := json.Unmarshal([]byte(files[wide.IndexFile]), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// cells returns the figures of a sheet by series and heading.
func cells(t *testing.T, text string) map[string]string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range records[1:] {
		for i, heading := range records[0][2:] {
			out[r[0]+" "+heading] = r[i+2]
		}
	}
	return out
}

// made returns a site with observations of one's own and nothing else.
func made(obs ...row.Observation) content.Site {
	t := table.New("observations")
	for _, o := range obs {
		o.Source, o.Measure, o.Flow, o.RefArea, o.Release, o.Locator = "own", "visits", "arrival", "GBR", "2026-01-01-00000000", "line 2"
		o.Unit, o.Kind, o.Precision, o.Vintage = "persons", "flow", "range", stat.MustDate("2026-01-01")
		o.FirstSeen = o.Vintage.Time()
		_, _, _, d, _ := o.Series.Parse()
		o.Route, o.Origin, o.Destination, o.Category, o.Sex, o.Age = d.Route, d.Origin, d.Destination, d.Category, d.Sex, d.Age
		row.Add(t, o)
	}
	return content.Site{Title: "x", Tables: []*table.Table{t}}
}

func observed(series, start, end string, n int64, status stat.Status) row.Observation {
	o := row.Observation{Series: stat.SeriesID(series), PeriodStart: stat.MustDate(start), PeriodEnd: stat.MustDate(end), Status: status}
	if status != stat.Missing {
		o.Value = stat.Known(n)
	}
	return o
}

func TestASheetHasARowForASeriesAndAColumnForAPeriod(t *testing.T) {
	got := files(t, made(
		observed("own:visits:M:origin=AFG", "2025-01-01", "2025-01-31", 7, stat.Normal),
		observed("own:visits:M:origin=AFG", "2025-03-01", "2025-03-31", 0, stat.Normal),
		observed("own:visits:M:origin=x-atlantis", "2025-01-01", "2025-01-31", 0, stat.Missing),
		observed("own:visits:M:origin=x-atlantis", "2025-03-01", "2025-03-31", 12, stat.Provisional)))
	want := map[string]string{
		"data/wide/own~visits~M~by-origin.csv":       "series,label,2025-01,2025-03\r\nown:visits:M:origin=AFG,\"Afghanistan\",7,0\r\nown:visits:M:origin=x-atlantis,\"x-atlantis\",,12\r\n",
		"data/wide/own~visits~M~by-origin.marks.csv": "series,label,2025-01,2025-03\r\nown:visits:M:origin=AFG,\"Afghanistan\",A,A\r\nown:visits:M:origin=x-atlantis,\"x-atlantis\",O,P\r\n",
	}
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s is\n%s", name, got[name])
		}
	}
	list := listed(t, got)
	if len(list) != 1 || len(list[0].Sheets) != 1 {
		t.Fatalf("the list has %+v", list)
	}
	m, s := list[0], list[0].Sheets[0]
	if m.Name != "Visits" || m.Unit != "persons" || s.By != "origin" || s.Frequency != "M" || s.Status != "" || s.Marks == "" || s.Last.String() != "2025-03-31" || s.Series != 2 || s.Periods != 2 {
		t.Errorf("the list has %+v", m)
	}
}

func TestAColumnHasTheNameOfItsPeriod(t *testing.T) {
	for _, x := range [][3]string{
		{"2024-02-29", "2024-02-29", "2024-02-29"}, {"2024-02-01", "2024-02-29", "2024-02"}, {"2024-04-01", "2024-06-30", "2024-Q2"},
		{"2024-01-01", "2024-12-31", "2024"}, {"2024-12-30", "2025-01-05", "2024-12-30/2025-01-05"}, {"2025-02-01", "2025-02-27", "2025-02-01/2025-02-27"},
	} {
		got := files(t, made(observed("own:visits:A", x[0], x[1], 1, stat.Normal)))["data/wide/own~visits~A.csv"]
		if head, _, _ := strings.Cut(got, "\r\n"); head != "series,label,"+x[2] {
			t.Errorf("%s to %s: %s", x[0], x[1], head)
		}
	}
}

// TestEveryFigureIsThatOfItsTable compares each cell of each sheet with the row that the list says it
// is made from.
func TestEveryFigureIsThatOfItsTable(t *testing.T) {
	s := sitetest.Real(t)
	got := files(t, s)
	rows := map[string]map[string]string{} // by table and basis: the values of series and days
	add := func(from string, id stat.SeriesID, start, end stat.Date, n stat.Count) {
		if rows[from] == nil {
			rows[from] = map[string]string{}
		}
		rows[from][fmt.Sprint(id, " ", start, " ", end)] = n.String()
	}
	for _, x := range s.Tables {
		switch x.Schema.Name {
		case "observations":
			for r := range row.Each[row.Observation](x) {
				add("observations", r.Series, r.PeriodStart, r.PeriodEnd, r.Value)
			}
		case "year-on-year":
			for r := range row.Each[row.YearOnYear](x) {
				add("year-on-year"+r.Basis, r.Series, r.PeriodStart, r.PeriodEnd, r.Value)
			}
		case "year-to-date":
			for r := range row.Each[row.YearToDate](x) {
				add("year-to-date", r.Series, r.WindowStart, r.WindowEnd, r.Value)
			}
		case "breakdowns":
			for r := range row.Each[row.Breakdown](x) {
				add("breakdowns"+r.Basis, r.Series+":"+stat.SeriesID(r.Dimension+"="+r.Code), r.PeriodStart, r.PeriodEnd, r.Value)
			}
		}
	}
	compared := map[string]int{}
	for _, m := range listed(t, got) {
		for _, sheet := range m.Sheets {
			text, there := got["data/wide/"+sheet.File]
			if !there {
				t.Errorf("%s is listed and missing", sheet.File)
			}
			for at, value := range cells(t, text) {
				id, heading, _ := strings.Cut(at, " ")
				start, end := days(t, heading)
				want, stated := rows[sheet.Table+sheet.Basis][id+" "+start+" "+end]
				if value != want || !stated && value != "" {
					t.Errorf("%s, %s: %q, the table %s says %q", sheet.File, at, value, sheet.Table, want)
				}
				if value != "" {
					compared[sheet.Table]++
				}
			}
		}
	}
	for _, name := range []string{"observations", "year-on-year", "year-to-date"} {
		if compared[name] < 5 {
			t.Errorf("%d figures of table %s", compared[name], name)
		}
	}
}

// days returns the first and the last day of a heading.
func days(t *testing.T, heading string) (start, end string) {
	t.Helper()
	if from, to, ok := strings.Cut(heading, "/"); ok {
		return from, to
	}
	var y, n int
	switch {
	case len(heading) == 10:
		return heading, heading
	case len(heading) == 4:
		return heading + "-01-01", heading + "-12-31"
	}
	if c, _ := fmt.Sscanf(heading, "%d-Q%d", &y, &n); c == 2 {
		p := stat.Quarter(y, n)
		return p.Start.String(), p.End.String()
	}
	d := stat.MustDate(heading + "-01")
	return d.String(), d.MonthEnd().String()
}

func TestSheetsAreTheSameEachTime(t *testing.T) {
	one, two := files(t, sitetest.Real(t)), files(t, sitetest.Real(t))
	if !maps.Equal(one, two) || len(one) < 5 {
		t.Errorf("%d files differ from %d", len(one), len(two))
	}
}

func TestTextsOfSheetsAreNoFormulas(t *testing.T) {
	s := sitetest.Hostile(t)
	for name, text := range files(t, s) {
		if !strings.HasSuffix(name, ".csv") {
			continue
		}
		records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(name, err)
		}
		for _, r := range records {
			if slices.ContainsFunc(r, func(field string) bool { return strings.ContainsAny(field[:min(1, len(field))], "=+@\t") }) {
				t.Errorf("%s has the field %q", name, r[:2])
			}
		}
	}
}
