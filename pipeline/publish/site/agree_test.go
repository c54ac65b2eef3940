package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/files"
	"crossings/pipeline/stat"
)

// reading is what one form says of a figure.
type reading struct{ form, value string }

// TestNumbersAreTheSameInEveryForm reads the years to date of one series from every form of the site:
// CSV, Parquet, JSON, both workbooks, the page of the series, the front page, the sentence, the chart
// and the file of the chart.
func TestNumbersAreTheSameInEveryForm(t *testing.T) {
	_, files := shared(t, "real")
	want := map[string]string{} // by year
	for _, row := range csvRows(t, files["data/year-to-date.csv"]) {
		if row["series"] == sitetest.ArrivalsID {
			want[row["year"]] = row["value"]
		}
	}
	if len(want) != 9 || want["2026"] != "11638" || want["2025"] != "18518" {
		t.Fatalf("the CSV has %v", want)
	}
	got := map[string][]reading{}
	add := func(form, year, value string) { got[year] = append(got[year], reading{form, value}) }
	readParquet(t, files["data/year-to-date.parquet"], add)
	readJSON(t, files["data/year-to-date.rows.json"], add)
	readWorkbooks(t, files, add)
	readPages(files, want, add)
	readChart(t, files, add)
	for year, value := range want {
		forms := map[string]bool{}
		for _, r := range got[year] {
			forms[r.form] = true
			if strings.ReplaceAll(r.value, ",", "") != value {
				t.Errorf("%s: %s says %s, the CSV %s", year, r.form, r.value, value)
			}
		}
		for _, form := range []string{"Parquet", "JSON", "XLSX", "ODS", "page of the series", "chart", "chart's CSV", "chart's table"} {
			if !forms[form] {
				t.Errorf("%s: not found in %s", year, form)
			}
		}
	}
	newest, before := wording.Thousands(count(t, want["2026"])), wording.Thousands(count(t, want["2025"]))
	contains(t, files["index.html"], `<li class="now"><strong>`+newest+`</strong>`, `<li class="before"><strong>`+before+`</strong>`, `<p class="value">`+newest+`</p>`)
	contains(t, files["topics/arrivals.html"], `<p class="value">`+newest+`</p>`, `than the `+before+` by 25 June 2025`)
	for _, year := range []string{"2025", "2026"} { // the sentence is about the newest two
		if n, _ := strconv.Atoi(want[year]); !strings.Contains(files["index.html"], `<p class="sentence">11,638 `) || !strings.Contains(csvRows(t, files["data/headlines.csv"])[0]["text"], wording.Thousands(int64(n))) {
			t.Errorf("the sentence does not say %s of %s", want[year], year)
		}
	}
}

// count reads a whole number.
func count(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// csvRows reads a published CSV, with one map for each row.
var csvRows = files.CSVRows

func readParquet(t *testing.T, data string, add func(form, year, value string)) {
	t.Helper()
	type row struct {
		Series string `parquet:"series"`
		Year   int64  `parquet:"year"`
		Value  *int64 `parquet:"value,optional"`
	}
	rows, err := parquet.Read[row](bytes.NewReader([]byte(data)), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Series == sitetest.ArrivalsID && r.Value != nil {
			add("Parquet", fmt.Sprint(r.Year), fmt.Sprint(*r.Value))
		}
	}
}

func readJSON(t *testing.T, data string, add func(form, year, value string)) {
	t.Helper()
	var rows []struct {
		Series string
		Year   json.Number
		Value  json.Number
	}
	if err := json.Unmarshal([]byte(data), &rows); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Series == sitetest.ArrivalsID {
			add("JSON", r.Year.String(), r.Value.String())
		}
	}
}

// readWorkbooks reads the sheet of years to date. Its last column is the series.
func readWorkbooks(t *testing.T, files map[string]string, add func(form, year, value string)) {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(files["data/topics/arrivals.xlsx"]))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Year to date", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	readSheet("XLSX", rows, add)
	var cells [][]string
	for _, row := range sourcetest.Sheets(t, []byte(files["data/topics/arrivals.ods"]))["Year to date"] {
		var texts []string
		for _, c := range row {
			texts = append(texts, c.Value)
		}
		cells = append(cells, texts)
	}
	readSheet("ODS", cells, add)
}

func readSheet(form string, rows [][]string, add func(form, year, value string)) {
	year, value := -1, -1
	for _, row := range rows {
		for i, text := range row {
			switch text {
			case "Year":
				year = i
			case "Value":
				value = i
			}
		}
		if year >= 0 && value >= 0 && len(row) > value && row[len(row)-1] == sitetest.ArrivalsID {
			add(form, row[year], row[value])
		}
	}
}

// readPages reads the main figure of each year from the table of the page of the series.
func readPages(files map[string]string, years map[string]string, add func(form, year, value string)) {
	page := files["series/ukho-small-boats~arrivals~D.html"]
	for year := range years {
		_, rest, _ := strings.Cut(page, `<tr id="year-to-date/`+sitetest.ArrivalsID+"/"+year+`">`)
		_, rest, _ = strings.Cut(rest, `<td class="main">`)
		if value, _, found := strings.Cut(rest, "</td>"); found {
			add("page of the series", year, value)
		}
	}
}

// readChart reads the running totals at the cut-off from the chart, from its file and from its table.
func readChart(t *testing.T, files map[string]string, add func(form, year, value string)) {
	t.Helper()
	page := files["charts/arrivals-cumulative.html"]
	cutoff := stat.MustDate("2026-06-25")
	for _, series := range optionOf(t, page).Series {
		slot := int(stat.MustDate("2024-06-25") - stat.MustDate("2024-01-01"))
		add("chart", series.Name, strconv.FormatFloat(*series.Data[slot], 'f', -1, 64))
	}
	for _, row := range csvRows(t, files["charts/arrivals-cumulative.csv"]) {
		if row["month"] == fmt.Sprint(int(cutoff.Month())) && row["day"] == "25" {
			for name, value := range row {
				if name != "month" && name != "day" {
					add("chart's CSV", name, value)
				}
			}
		}
	}
	_, head, _ := strings.Cut(page, `<th scope="col">Date</th>`)
	head, _, _ = strings.Cut(head, "</tr>")
	_, row, _ := strings.Cut(page, `<th scope="row">25 June (cut-off)</th>`)
	row, _, _ = strings.Cut(row, "</tr>")
	values := strings.Split(row, "<td>")
	for i, h := range strings.Split(head, `<th scope="col">`) {
		if year, _, ok := strings.Cut(h, "</th>"); ok && i < len(values) {
			value, _, _ := strings.Cut(values[i], "</td>")
			add("chart's table", year, strings.TrimSuffix(value, " [p]"))
		}
	}
}
