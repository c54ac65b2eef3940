package iommissingmigrants

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// values are those of one row by column.
type values map[string]string

// plain are faultless rows, by layout.
var plain = map[string]values{
	"2017": {"#event+id": "1", "#cause+type": "Drowning", "#affected+missing": "2", "#affected+dead": "1", "#date+reported": "05/11/2015", "#meta+source+reliability": "Verified", "#geo+lat": "36.8", "#geo+lon": "27.2"},
	"2020": {"Web ID": "1", "Reported Date": "9-Jan-20", "Reported Year": "2020", "Reported Month": "Jan", "Number Dead": "1", "Minimum Estimated Number of Missing": "2", "Total Dead and Missing": "3",
		"Cause of Death": "Drowning", "Location Coordinates": "36.8, 27.2", "Migration Route": "Calais to United Kingdom", "Source Quality": "5"},
	"2022": {"Incident ID": "1", "Incident Type": "Incident", "Website Date": "2021-01-09", "Incident year": "2021", "Reported Month": "January", "Number of Dead": "1", "Minimum Estimated Number of Missing": "2",
		"Total Number of Dead and Missing": "3", "Cause of Death": "Drowning", "Migration route": "English Channel to the UK", "Coordinates": "POINT (27.2 36.8)", "Source Quality": "5"},
	"2024": {"Incident ID": "1", "Incident Type": "Incident", "Incident Date": "2021-01-09", "Incident Year": "2021", "Month": "January", "Number of Dead": "1", "Minimum Estimated Number of Missing": "2",
		"Total Number of Dead and Missing": "3", "Cause of Death": "Drowning", "Country of Incident": "France", "Migration Route": "English Channel to the UK", "Coordinates": "36.8, 27.2", "Source Quality": "5"},
	"2026": {"Incident ID": "1", "Incident Date": "Fri, 01/02/2026 - 12:00", "Year": "2026", "Reported Month": "January", "Number Dead": "1", "Minimum Estimated Number of Missing": "2",
		"Cause of Death": "Drowning", "Migration route": "Mainland Europe to the UK", "Coordinates": "36.8, 27.2", "Source Quality": "5"},
}

// headers are those of the releases that a layout was seen in first.
var headers = map[string][]string{
	"2017": {"#event+id", "#cause+type", "#region+origin", "#affected+nationality", "#affected+missing", "#affected+dead",
		"#region+incident", "#date+reported", "#meta+source+name", "#meta+source+reliability", "#geo+lat", "#geo+lon"},
	"2020": {"Web ID", "Region of Incident", "Reported Date", "Reported Year", "Reported Month", "Number Dead",
		"Minimum Estimated Number of Missing", "Total Dead and Missing", "Number of Survivors", "Number of Females", "Number of Males",
		"Number of Children", "Cause of Death", "Location Description", "Information Source", "Location Coordinates", "latitude",
		"longitude", "Migration Route", "URL", "UNSD Geographical Grouping", "Source Quality"},
	"2022": {"Main ID", "Incident ID", "Incident Type", "Region of Incident", "Website Date", "Incident year", "Reported Month",
		"Number of Dead", "Minimum Estimated Number of Missing", "Total Number of Dead and Missing", "Number of Survivors",
		"Number of Females", "Number of Males", "Number of Children", "Region of Origin", "Cause of Death", "Migration route",
		"Location of death", "Information Source", "Coordinates", "UNSD Geographical Grouping", "Article title", "Source Quality",
		"URL"},
	"2024": {"Main ID", "Incident ID", "Incident Type", "Region of Incident", "Incident Date", "Incident Year", "Month", "Number of Dead",
		"Minimum Estimated Number of Missing", "Total Number of Dead and Missing", "Number of Survivors", "Number of Females",
		"Number of Males", "Number of Children", "Country of Origin", "Region of Origin", "Cause of Death", "Country of Incident",
		"Migration Route", "Location of Incident", "Coordinates", "UNSD Geographical Grouping", "Information Source", "URL",
		"Source Quality"},
	"2026": {"Main ID", "Incident ID", "Region", "Incident Date", "Year", "Reported Month", "Number Dead",
		"Minimum Estimated Number of Missing", "Number of Survivors", "Number of Females", "Number of Males", "Number of Children",
		"Region of Origin", "Cause of Death", "Country of Origin", "Location of death", "Information Source", "Coordinates",
		"Migration route", "URL", "UNSD Geographical Grouping", "Source Quality"},
}

// identifiers are the headers of the column with the identifier of an incident.
var identifiers = []string{"Incident ID", "Web ID", "#event+id"}

// grid returns a header and rows of that layout. Each is the plain row with changes, and has an
// identifier of its own unless the changes set one.
func grid(t testing.TB, name string, changes ...values) [][]string {
	t.Helper()
	header := headers[name]
	out := [][]string{header}
	for i, change := range changes {
		row := make([]string, len(header))
		for j, c := range header {
			row[j] = plain[name][c]
			if slices.Contains(identifiers, c) {
				row[j] = strconv.Itoa(i + 1)
			}
			if v, ok := change[c]; ok {
				row[j] = v
			}
		}
		for column := range change {
			if !slices.Contains(out[0], column) {
				t.Fatalf("the layout of %s has no column %q", name, column)
			}
		}
		out = append(out, row)
	}
	return out
}

// text returns rows as a CSV.
func text(t testing.TB, rows [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// workbook returns rows as a workbook with those sheets; the rows are in the last.
func workbook(t testing.TB, rows [][]string, sheets ...string) []byte {
	t.Helper()
	var data, tabs, rels strings.Builder
	for i, row := range rows {
		fmt.Fprintf(&data, `<row r="%d">`, i+1)
		for j, v := range row {
			at := decode.ColumnLetter(j) + strconv.Itoa(i+1)
			if _, err := strconv.ParseFloat(v, 64); err == nil {
				fmt.Fprintf(&data, `<c r="%s"><v>%s</v></c>`, at, v)
			} else if v != "" {
				fmt.Fprintf(&data, `<c r="%s" t="inlineStr"><is><t>`, at)
				if err := xml.EscapeText(&data, []byte(v)); err != nil {
					t.Fatal(err)
				}
				data.WriteString(`</t></is></c>`)
			}
		}
		data.WriteString("</row>")
	}
	const ns, rel = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	var parts [][2]string
	for i, name := range sheets {
		cells := ""
		if i == len(sheets)-1 {
			cells = data.String()
		}
		parts = append(parts, [2]string{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), `<worksheet xmlns="` + ns + `"><sheetData>` + cells + `</sheetData></worksheet>`})
		fmt.Fprintf(&tabs, `<sheet name="%s" sheetId="%d" r:id="rId%[2]d"/>`, name, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%[1]d.xml"/>`, i+1, rel)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range append(parts, [][2]string{
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + ns + `" xmlns:r="` + rel + `"><sheets>` + tabs.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels.String() + `</Relationships>`},
	}...) {
		w, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// decodeRows decodes rows of a layout as a CSV released on 2026-05-06.
func decodeRows(t testing.TB, name string, changes ...values) (source.Result, error) {
	t.Helper()
	return Source.Decode(source.File{Name: "a.csv", Data: text(t, grid(t, name, changes...)), Release: released("2026-05-06")})
}

// TestLayouts reads the same incident from each layout, as a CSV and as a workbook.
func TestLayouts(t *testing.T) {
	for name := range plain {
		rows := grid(t, name, values{})
		for file, data := range map[string][]byte{"a.csv": text(t, rows), "bom.csv": append([]byte("\ufeff"), text(t, rows)...), "a.xlsx": workbook(t, rows, "Worksheet"), "several.xlsx": workbook(t, rows, "Notes", "Worksheet")} {
			r, err := Source.Decode(source.File{Name: file, Data: data, Release: released("2026-05-06")})
			if err != nil || len(r.Excluded) != 0 {
				t.Errorf("%s, %s: rejects %+v, error %v", name, file, r.Excluded, err)
				continue
			}
			got := event(t, r, "1")
			for column, want := range map[string]string{"dead": "1", "missing": "2", "upper": "3", "cause": "drowning", "latitude": "36.8", "longitude": "27.2", "precision": "day"} {
				if got[column] != want {
					t.Errorf("%s, %s: %s is %q, want %q", name, file, column, got[column], want)
				}
			}
			if r.Notes[0].Text != strings.Join(rows[0], ",") {
				t.Errorf("%s, %s: notes %+v", name, file, r.Notes)
			}
		}
	}
}

func TestCounts(t *testing.T) {
	const dead, missing, total = "Number of Dead", "Minimum Estimated Number of Missing", "Total Number of Dead and Missing"
	for _, c := range []struct {
		what, layout         string
		change               values
		dead, missing, upper string
	}{
		{"all three", "2024", values{dead: "5", missing: "6", total: "11"}, "5", "6", "11"},
		{"no missing", "2024", values{dead: "5", missing: "", total: "5"}, "5", "0", "5"},
		{"no dead", "2024", values{dead: "", missing: "6", total: "6"}, "0", "6", "6"},
		{"no dead, some by the total", "2024", values{dead: "", missing: "6", total: "8"}, "2", "6", "8"},
		{"a total of nobody", "2024", values{dead: "", missing: "", total: "0"}, "0", "0", "0"},
		{"a total alone", "2024", values{dead: "", missing: "", total: "7"}, "", "", "7"},
		{"no total", "2024", values{dead: "5", missing: "6", total: ""}, "5", "6", "11"},
		{"dead alone", "2024", values{dead: "5", missing: "", total: ""}, "5", "", ""},
		{"missing alone", "2026", values{"Number Dead": ""}, "", "2", ""},
		{"nothing", "2026", values{"Number Dead": "", missing: ""}, "", "", ""},
		{"zero is stated", "2026", values{"Number Dead": "0"}, "0", "2", "2"},
		{"thousands", "2020", values{"Number Dead": "1,022", missing: "", "Total Dead and Missing": "1,022"}, "1022", "0", "1022"},
		{"a whole number with a fraction", "2024", values{dead: "5.0", total: "7"}, "5", "2", "7"},
		{"spaces", "2024", values{dead: " 5 ", missing: " ", total: "7"}, "5", "2", "7"},
	} {
		r, err := decodeRows(t, c.layout, c.change)
		if err != nil || len(r.Excluded) != 0 {
			t.Errorf("%s: rejects %+v, error %v", c.what, r.Excluded, err)
			continue
		}
		got := event(t, r, "1")
		if got["dead"] != c.dead || got["missing"] != c.missing || got["upper"] != c.upper || got["lower"] != c.dead {
			t.Errorf("%s: dead %q, missing %q, range %q to %q", c.what, got["dead"], got["missing"], got["lower"], got["upper"])
		}
	}
}

// TestBadRows checks that a faulty row is excluded with the reason, and that the rest is used.
func TestBadRows(t *testing.T) {
	for _, c := range []struct {
		what, layout, column string
		change               values
		reason               string
	}{
		{"negative", "2024", "Number of Dead", values{"Number of Dead": "-1"}, "a number of people below zero"},
		{"negative and a fraction", "2024", "Number of Dead", values{"Number of Dead": "-1.5"}, "a number of people below zero"},
		{"fraction", "2024", "Minimum Estimated Number of Missing", values{"Minimum Estimated Number of Missing": "1.5"}, "a number of people that is not whole"},
		{"comma for a point", "2020", "Number Dead", values{"Number Dead": "1,5"}, "not a number of people"},
		{"a word before it", "2020", "Number Dead", values{"Number Dead": "about 1,022"}, "not a number of people"},
		{"separators in the wrong places", "2024", "Number of Dead", values{"Number of Dead": "10,22"}, "not a number of people"},
		{"a word", "2026", "Number Dead", values{"Number Dead": "two"}, "not a number of people"},
		{"a slip of the keyboard", "2026", "Number Dead", values{"Number Dead": "20000000"}, "more people than one incident can have"},
		{"a total of others", "2024", "Total Number of Dead and Missing", values{"Total Number of Dead and Missing": "4"}, "the total is 4, but dead and missing are 1 and 2"},
		{"a total below the dead", "2022", "Total Number of Dead and Missing", values{"Minimum Estimated Number of Missing": "", "Total Number of Dead and Missing": "0"}, "the total of 0 is less than one of its parts"},
		{"no identifier", "2024", "Incident ID", values{"Incident ID": ""}, "the row has no identifier"},
		{"no date", "2017", "#date+reported", values{"#date+reported": ""}, "the row has no date"},
		{"no date, no year", "2024", "Incident Date", values{"Incident Date": "", "Incident Year": ""}, "the row has no date"},
		{"no day of the calendar", "2024", "Incident Date", values{"Incident Date": "2021-02-29"}, "not a date"},
		{"month first", "2017", "#date+reported", values{"#date+reported": "11/25/2015"}, "not a date"},
		{"another year", "2024", "Incident Date", values{"Incident Date": "2022-01-09"}, "the date contradicts the year next to it, 2021"},
		{"no year", "2024", "Incident Year", values{"Incident Year": "MMXXI"}, "not a year"},
		{"no month", "2024", "Month", values{"Month": "Janus"}, "not a month"},
		{"before the list", "2017", "#date+reported", values{"#date+reported": "31/12/2013"}, "before the list begins, in 2014"},
		{"after the release", "2026", "Incident Date", values{"Incident Date": "Thu, 05/07/2026 - 12:00", "Reported Month": "May"}, "after the release of 2026-05-06"},
		{"a month after the release", "2024", "Incident Year", values{"Incident Date": "", "Incident Year": "2026", "Month": "June"}, "after the release of 2026-05-06"},
		{"the same row twice", "2024", "Incident ID", values{"Incident ID": "1"}, "the same row stands in line 2"},
	} {
		t.Run(c.what, func(t *testing.T) {
			r, err := decodeRows(t, c.layout, values{}, c.change, values{})
			if err != nil || len(r.Excluded) != 1 || len(r.Events.Rows) != 2 {
				t.Fatalf("rejects %+v, error %v", r.Excluded, err)
			}
			want := stat.ExcludedRow{Line: 3, Column: c.column, Value: r.Excluded[0].Value, Reason: c.reason}
			if v, ok := c.change[c.column]; r.Excluded[0] != want || ok && v != want.Value {
				t.Errorf("reject %+v, want %+v", r.Excluded[0], want)
			}
			if f := r.Findings[0]; c.layout != "2026" && (f.Code != "rows-rejected" || !strings.HasSuffix(f.Where, "3")) {
				t.Errorf("findings %+v", r.Findings)
			}
		})
	}
}

// TestTooManyBadRows checks that a changed layout below an old header is noticed: then all rows are
// bad.
func TestTooManyBadRows(t *testing.T) {
	changes := make([]values, 101)
	for i := range changes {
		changes[i] = values{"Number of Dead": "one"}
	}
	r, err := decodeRows(t, "2024", changes...)
	if err != nil || !errors.Is(check.TooManyExcluded(r.Excluded, r.Rows, Source.MaxExcluded), check.ErrTooManyExcluded) {
		t.Errorf("%d rejects, error %v", len(r.Excluded), err)
	}
}

// TestOddRows checks that an oddity in a row takes nobody out of the figures.
func TestOddRows(t *testing.T) {
	for _, c := range []struct {
		layout string
		change values
		code   string
		where  string
		want   values
	}{
		{"2024", values{"Coordinates": "91, 2"}, "bad-coordinates", "U2", values{"latitude": "", "longitude": ""}},
		{"2024", values{"Coordinates": "51, 180.5"}, "bad-coordinates", "U2", values{"latitude": "", "longitude": ""}},
		{"2024", values{"Coordinates": "51"}, "bad-coordinates", "U2", values{"latitude": ""}},
		{"2024", values{"Coordinates": "NaN, 2"}, "bad-coordinates", "U2", values{"latitude": ""}},
		{"2022", values{"Coordinates": "27.2, 36.8"}, "", "", values{"latitude": "27.2", "longitude": "36.8"}},
		{"2022", values{"Coordinates": "POINT (36.8 127.2)"}, "bad-coordinates", "T2", values{"latitude": ""}},
		{"2022", values{"Coordinates": "POINT (27.2 36.8"}, "bad-coordinates", "T2", values{"latitude": ""}},
		{"2017", values{"#geo+lat": "north"}, "bad-coordinates missing-column", "K2", values{"latitude": "", "longitude": ""}},
		{"2024", values{"Coordinates": ""}, "", "", values{"latitude": "", "longitude": ""}},
		{"2022", values{"Coordinates": "POINT (0 0)"}, "", "", values{"latitude": "0", "longitude": "0"}},
		{"2024", values{"Source Quality": "6"}, "bad-quality", "Y2", values{"source_quality": ""}},
		{"2024", values{"Source Quality": "high"}, "bad-quality", "Y2", values{"source_quality": ""}},
		{"2024", values{"Source Quality": ""}, "", "", values{"source_quality": ""}},
		{"2024", values{"Month": "June"}, "month-contradicts", "E2", values{"precision": "year", "period_end": "2021-12-31"}},
		{"2024", values{"Month": ""}, "", "", values{"precision": "day"}},
		{"2024", values{"Incident Date": ""}, "blank-date", "E2", values{"precision": "month", "period_end": "2021-01-31"}},
		{"2024", values{"Incident Date": "", "Month": ""}, "blank-date", "E2", values{"precision": "year", "period_start": "2021-01-01"}},
		{"2024", values{"Incident Type": "Cumulative Incident"}, "", "", values{"precision": "month", "incident_type": "cumulative"}},
		{"2024", values{"Incident Type": "Incident,Split Incident"}, "", "", values{"precision": "day", "incident_type": "_O"}},
		{"2024", values{"Migration Route": ""}, "", "", values{"route": "_X"}},
		{"2022", values{"Migration route": "Central Mediterranean,US-Mexico border crossing"}, "", "", values{"route": "_O"}},
		{"2024", values{"Migration Route": "Central Mediterranean,Sahara Desert crossing"}, "unlisted-label", "S2", values{"route": "central-mediterranean_and_sahara-desert"}},
		{"2024", values{"Migration Route": "Bay of Bengal/Andaman Sea"}, "unlisted-label", "S2", values{"route": "x-bay-of-bengal-andaman-sea"}},
		{"2024", values{"Cause of Death": "Violence, Drowning"}, "unlisted-label", "Q2", values{"cause": "drowning_and_violence"}},
		{"2024", values{"Migration Route": "Darien,Darien Gap"}, "unlisted-label", "S2", values{"route": "darien"}},
		{"2024", values{"Cause of Death": "Boredom"}, "unlisted-label", "Q2", values{"cause": "x-boredom"}},
		{"2024", values{"Incident Type": "Other kind"}, "unlisted-label", "C2", values{"incident_type": "x-other-kind", "precision": "day"}},
		{"2024", values{"Country of Origin": "Atlantis"}, "unlisted-label", "O2", values{"country_of_origin": "x-atlantis"}},
		{"2024", values{"Country of Origin": "China, Hong Kong Special Administrative Region,Egypt,Unknown"}, "", "", values{"country_of_origin": "HKG EGY _U"}},
		{"2024", values{"Country of Origin": "Palestinian Territories,State of Palestine"}, "", "", values{"country_of_origin": "PSE"}},
		{"2024", values{"Location of Incident": "  off\n Calais\u00a0"}, "", "", values{"location": "off Calais"}},
	} {
		r, err := decodeRows(t, c.layout, c.change)
		if err != nil || len(r.Excluded) != 0 || len(r.Events.Rows) != 1 {
			t.Errorf("%v: rejects %+v, error %v", c.change, r.Excluded, err)
			continue
		}
		got := event(t, r, "1")
		for column, want := range c.want {
			if got[column] != want || got["dead"] != "1" {
				t.Errorf("%v: %s is %q, want %q", c.change, column, got[column], want)
			}
		}
		var codes []string
		for _, f := range r.Findings {
			if f.Code == "ends-early" { // all rows are from long before
				continue
			}
			if codes = append(codes, f.Code); f.Where != c.where && strings.HasPrefix(c.code, f.Code) {
				t.Errorf("%v: finding at %s, want %s", c.change, f.Where, c.where)
			}
		}
		if got := strings.Join(codes, " "); got != c.code {
			t.Errorf("%v: findings %q, want %q", c.change, got, c.code)
		}
	}
}

// on returns the changes that put a row of the layout of 2024 on a day.
func on(day, dead string) values {
	d := stat.MustDate(day)
	return values{"Incident Date": day, "Incident Year": strconv.Itoa(d.Year()), "Month": d.Month().String(),
		"Number of Dead": dead, "Minimum Estimated Number of Missing": "0", "Total Number of Dead and Missing": ""}
}

// TestWholePeriods checks which months and years have a figure.
func TestWholePeriods(t *testing.T) {
	for _, c := range []struct {
		what, vintage string
		days          []string
		months, years string // of all routes: the first, the last, and how many
	}{
		{"a month that was not over at the release", "2021-05-31", []string{"2021-01-09", "2021-05-30"}, "2021-01 to 2021-04, 4", ""},
		{"the day after", "2021-06-01", []string{"2021-01-09", "2021-06-01"}, "2021-01 to 2021-05, 5", ""},
		{"a file older than its release", "2026-11-23", []string{"2021-01-09", "2021-05-30"}, "2021-01 to 2021-04, 4", ""},
		{"its last incident on the last of a month", "2026-11-23", []string{"2021-01-09", "2021-05-31"}, "2021-01 to 2021-04, 4", ""},
		{"whole years", "2024-02-01", []string{"2021-01-31", "2024-01-01"}, "2021-01 to 2023-12, 36", "2021 to 2023, 3"},
		{"a year that began without it", "2024-02-01", []string{"2021-02-01", "2024-01-01"}, "2021-02 to 2023-12, 35", "2022 to 2023, 2"},
		{"the year of the release", "2023-12-31", []string{"2021-01-01", "2023-12-31"}, "2021-01 to 2023-11, 35", "2021 to 2022, 2"},
		{"one incident", "2023-12-31", []string{"2021-01-01"}, "", ""},
	} {
		var changes []values
		for _, day := range c.days {
			changes = append(changes, on(day, "1"))
		}
		r, err := Source.Decode(source.File{Name: "a.csv", Data: text(t, grid(t, "2024", changes...)), Release: released(c.vintage)})
		if err != nil {
			t.Fatal(err)
		}
		spans := map[stat.Frequency]string{}
		for f, cut := range map[stat.Frequency]int{stat.Monthly: 7, stat.Annual: 4} {
			var first, last string
			n := 0
			for _, o := range r.Observations {
				if o.Series.ID != idOf("dead", f, stat.Total) {
					continue
				}
				if n++; n == 1 {
					first = o.Period.Start.String()[:cut]
				}
				last = o.Period.Start.String()[:cut]
			}
			if n > 0 {
				spans[f] = fmt.Sprintf("%s to %s, %d", first, last, n)
			}
		}
		if spans[stat.Monthly] != c.months || spans[stat.Annual] != c.years {
			t.Errorf("%s: months %q, years %q; want %q and %q", c.what, spans[stat.Monthly], spans[stat.Annual], c.months, c.years)
		}
	}
}

// TestUnknownIsNotZero checks the sums over rows that do not state a number.
func TestUnknownIsNotZero(t *testing.T) {
	row := func(day, dead, missing string) values {
		v := on(day, dead)
		v["Minimum Estimated Number of Missing"] = missing
		return v
	}
	r, err := decodeRows(t, "2024", row("2021-01-09", "", "36"), row("2021-02-09", "", "4"), row("2021-02-10", "3", "1"), row("2021-04-01", "", ""),
		row("2021-05-01", "2", "1"), row("2021-06-01", "1", "0"), row("2021-07-01", "1", "0"))
	if err != nil {
		t.Fatal(err)
	}
	obs := byKey(r.Observations)
	for i, want := range []string{ // dead; missing; both with its range
		"O ; P 36; E 36  ", // nothing known of the dead
		"E 3; P 5; E 8 3 8",
		"P 0; P 0; P 0 0 0", // no incident
		"O ; O ; O   ",
		"P 2; P 1; P 3 2 3",
		"P 1; P 0; P 1 1 1",
	} {
		p := stat.Month(2021, time.Month(1+i))
		d, m, b := obs[key{idOf("dead", stat.Monthly, englishChannel), p}], obs[key{idOf("missing", stat.Monthly, englishChannel), p}], obs[key{idOf("dead-and-missing", stat.Monthly, englishChannel), p}]
		if got := fmt.Sprintf("%s %s; %s %s; %s %s %s %s", d.Status, d.Value, m.Status, m.Value, b.Status, b.Value, b.Lower, b.Upper); got != want {
			t.Errorf("%s: %q, want %q", p.Start, got, want)
		}
	}
	if f := r.Findings; len(f) != 2 || f[0].Code != "count-not-stated" || f[0].Where != "H2" || !strings.Contains(f[0].Message, ": 3, ") {
		t.Errorf("findings %+v", f)
	}
}

func TestRefusals(t *testing.T) {
	edit := func(layout, old, new string) []byte {
		data := text(t, grid(t, layout, values{}, values{}))
		if !bytes.Contains(data, []byte(old)) {
			t.Fatalf("%q is not in it", old)
		}
		return bytes.Replace(data, []byte(old), []byte(new), 1)
	}
	// column adds a column with cells at the front, or removes one.
	column := func(layout, name string, cells []string) []byte {
		rows := grid(t, layout, values{}, values{})
		for i, row := range rows {
			if at := slices.Index(rows[0], name); cells == nil && i > 0 {
				rows[i] = slices.Delete(row, at, at+1)
			} else if cells != nil {
				rows[i] = slices.Insert(row, 0, append([]string{name}, cells...)[i])
			}
		}
		if at := slices.Index(rows[0], name); cells == nil {
			rows[0] = slices.Delete(slices.Clone(rows[0]), at, at+1)
		}
		return text(t, rows)
	}
	bad2024 := func(change values) []byte { return text(t, grid(t, "2024", values{}, change)) }
	rows := grid(t, "2024", values{})
	beyond := [][]string{rows[0], append(slices.Clone(rows[1]), "4")}
	western := append(edit("2017", "Verified", "V\xe9rifi\xe9"), []byte("3,,,,,\x8d,,,,,,\n")...)
	refuse := sourcetest.Refuses(t, &Source)
	refuse("renamed column", sourcetest.File{Name: "a.csv", Data: edit("2024", "Number of Dead", "Number of Corpses")}, decode.ErrHeader, `column "H": column is called "Number of Corpses" where "Number of Dead" was expected`)
	refuse("missing column", sourcetest.File{Name: "a.csv", Data: column("2026", "Number Dead", nil)}, decode.ErrHeader, `column "Number of Dead" is missing`)
	refuse("no date", sourcetest.File{Name: "a.csv", Data: column("2020", "Reported Date", nil)}, decode.ErrHeader, `neither a column "Incident Date" nor one "Reported Date"`)
	refuse("neither route nor region", sourcetest.File{Name: "a.csv", Data: column("2017", "#region+incident", nil)}, decode.ErrHeader, `neither a column "Migration Route" nor one "Region of Incident"`)
	refuse("two columns of the dead", sourcetest.File{Name: "a.csv", Data: edit("2024", "Region of Origin", "No. dead")}, decode.ErrHeader, `the headers "Number of Dead" and "No. dead" both mean "Number of Dead"`)
	refuse("two dates", sourcetest.File{Name: "a.csv", Data: edit("2024", "Region of Origin", "Date of incident")}, decode.ErrHeader, `both mean "Incident Date"`)
	refuse("another number of the dead", sourcetest.File{Name: "a.csv", Data: column("2024", "Number of Dead (verified)", []string{"1", "1"})}, decode.ErrHeader, `the extra column "Number of Dead (verified)" looks like a measure`)
	refuse("a number of others", sourcetest.File{Name: "a.csv", Data: column("2024", "Injured", []string{"1", "1"})}, decode.ErrHeader, `the extra column "Injured" looks like a measure`)
	refuse("HXL tag unknown", sourcetest.File{Name: "a.csv", Data: edit("2017", "#affected+dead", "#affected+deaths")}, decode.ErrHeader, `column "Number of Dead" is missing`)
	refuse("another list", sourcetest.File{Name: "a.csv", Data: []byte("a,b\n1,2\n")}, decode.ErrHeader, `row 1, column "B"`)
	refuse("the day before the month", sourcetest.File{Name: "a.csv", Data: edit("2026", "Fri, 01/02/2026", "Sun, 01/02/2026")}, decode.ErrPeriod, `row 2, column "Incident Date": "Sun, 01/02/2026 - 12:00" is a Friday if the month comes first`)
	refuse("the day before the month, past the twelfth", sourcetest.File{Name: "a.csv", Data: edit("2026", "Fri, 01/02/2026", "Sat, 31/01/2026")}, decode.ErrPeriod, `row 2, column "Incident Date": "Sat, 31/01/2026 - 12:00" has the day before the month`)
	refuse("no byte of Windows-1252", sourcetest.File{Name: "a.csv", Data: western}, decode.ErrFormat, "row 4: not the expected file format: the byte 0x8d is no character of Windows-1252")
	refuse("two encodings in one file", sourcetest.File{Name: "a.csv", Data: edit("2024", "France", "Fran\xe7a, T\u00fcrkiye")}, decode.ErrFormat, "not UTF-8 text")
	refuse("an identifier with two rows", sourcetest.File{Name: "a.csv", Data: bad2024(values{"Incident ID": "1", "Number of Males": "1"})}, decode.ErrShape, `row 3, column "Incident ID": "1" stands in row 2 too`)
	refuse("no line end behind another column", sourcetest.File{Name: "a.csv", Data: bytes.TrimSuffix(edit("2022", "", ""), []byte("\n"))}, decode.ErrFormat, "no end")
	refuse("no line end behind a quality column that is none", sourcetest.File{Name: "a.csv", Data: bytes.TrimSuffix(text(t, grid(t, "2024", values{"Source Quality": ""})), []byte("\n"))}, decode.ErrFormat, "no end")
	refuse("no sheet with a list", sourcetest.File{Name: "a.xlsx", Data: workbook(t, [][]string{{"a", "b"}}, "One", "Two")}, decode.ErrShape, `there is no sheet "Worksheet"`)
	refuse("empty sheet", sourcetest.File{Name: "a.xlsx", Data: workbook(t, nil, "Worksheet")}, decode.ErrHeader, "sheet Worksheet: there is no header")
	refuse("header of a sheet", sourcetest.File{Name: "a.xlsx", Data: workbook(t, [][]string{{"Main ID", "Incident"}}, "Worksheet")}, decode.ErrHeader, `sheet Worksheet, row 1, column "B"`)
	refuse("a count beyond the header", sourcetest.File{Name: "a.xlsx", Data: workbook(t, beyond, "Worksheet")}, decode.ErrHeader, `sheet Worksheet, column "Z": the extra column`)
	refuse("CSV by the name of a workbook", sourcetest.File{Name: "a.xlsx", Data: text(t, rows)}, decode.ErrFormat, "")
}

// TestBadCellsOfAWorkbook checks that a number stored as text is not a number.
func TestBadCellsOfAWorkbook(t *testing.T) {
	data := workbook(t, grid(t, "2024", values{}, values{"Number of Dead": "2 (two)"}, values{"Number of Dead": "0.5"}), "Worksheet")
	r, err := Source.Decode(source.File{Name: "a.xlsx", Data: data, Release: released("2026-05-06")})
	if err != nil || len(r.Excluded) != 2 {
		t.Fatalf("rejects %+v, error %v", r.Excluded, err)
	}
	for i, want := range []stat.ExcludedRow{
		{Sheet: "Worksheet", Line: 3, Column: "Number of Dead", Value: "2 (two)", Reason: "not a number of people"},
		{Sheet: "Worksheet", Line: 4, Column: "Number of Dead", Value: "0.5", Reason: "a number of people that is not whole"},
	} {
		if r.Excluded[i] != want {
			t.Errorf("reject %+v, want %+v", r.Excluded[i], want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for name := range plain {
		f.Add(text(f, grid(f, name, values{}, values{})))
	}
	f.Add(workbook(f, grid(f, "2024", values{}), "Worksheet"))
	f.Add(text(f, grid(f, "2024", on("2021-01-01", "1"), on("2022-03-01", ""), on("2024-01-01", "3"))))
	f.Add([]byte("<!doctype html>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"x.csv", "x.xlsx"} {
			Source.Date(name, data)
			r, err := Source.Decode(source.File{Name: name, Data: data, Release: released("2026-05-06")})
			var where *decode.Error
			if err != nil {
				if r.Observations != nil || r.Events != nil || !errors.As(err, &where) || where.Hint == "" {
					t.Errorf("%d observations with the error %v", len(r.Observations), err)
				}
				continue
			}
			if _, err := check.Release(r.Observations, nil); err != nil {
				t.Error(err)
			}
			for _, o := range r.Observations {
				if n, known := o.Value.Get(); known && n < 0 || o.Period.End >= o.Release.Vintage || o.Locator == "" {
					t.Errorf("%+v", o)
				}
			}
		}
	})
}
