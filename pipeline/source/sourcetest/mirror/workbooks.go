package mirror

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/source/sourcetest"
)

// dataset is a detailed dataset of the immigration system statistics.
type dataset struct {
	topic  string  // the first words of its title
	name   string  // of the file, before -datasets-
	sheets []sheet // none where no source reads it
}

// sheet is a sheet of data made from a fixture.
type sheet struct {
	name        string
	id, fixture string
}

// datasets are those that sources read, among others that they must not take for their own.
var datasets = []dataset{
	{"Asylum claims", "asylum-claims", []sheet{{"Data_Asy_D01", "ukho-asylum-claims", "asylum_claims_2024-11-28.csv"},
		{"Data_Asy_D02", "ukho-asylum-claims", "asylum_decisions_2024-11-28.csv"}}},
	{"Asylum claims awaiting a decision", "asylum-claims-awaiting-decision", []sheet{{"Data_Asy_D03", "ukho-asylum-awaiting", "awaiting_decision_2024-11-28.csv"}}},
	{"Asylum seekers in receipt of Home Office support", "asylum-seekers-receipt-support", []sheet{{"Data_Asy_D09", "ukho-asylum-support", "support_2024-11-28.csv"}}},
	{"Asylum seekers in receipt of Home Office support by local authority", "support-local-authority", []sheet{{"Data_Asy_D11", "ukho-asylum-support-local", "support_local_2024-11-28.csv"}}},
	{"Outcome analysis of asylum claims", "outcome-analysis-of-asylum-claims", nil},
	{"Detention", "detention", []sheet{{"Data_Det_D01", "ukho-detention", "detention_entering_2024-02-29.csv"},
		{"Data_Det_D02", "ukho-detention", "detention_in_2024-02-29.csv"}, {"Data_Det_D03", "ukho-detention", "detention_leaving_2024-02-29.csv"}}},
	{"Age disputes", "age-disputes", []sheet{{"Data_Age_D01", "ukho-age-disputes", "age_disputes_2023-11-23.csv"}}},
	{"Citizenship", "citizenship", nil},
	{"Passenger arrivals", "passenger-arrivals", nil},
	{"Illegal entry routes to the UK", "illegal-entry-routes-to-the-uk", []sheet{{"Data_IER_D01", "ukho-illegal-entry", "irregular_migration_2023-08-24_1747051.csv"},
		{"Data_IER_D02", "ukho-small-boat-asylum", "small_boat_asylum_applications_2023-08-24.csv"},
		{"Data_IER_D03", "ukho-small-boat-asylum", "small_boat_initial_decisions_2023-08-24.csv"}}},
	{"Returns", "returns", []sheet{{"Data_Ret_D02", "ukho-returns", "returns_by_destination_2023-08-24_1747051.csv"},
		{"Data_Ret_D03", "ukho-returns", "returns_offenders_by_nationality_2023-08-24_1747051.csv"}}},
}

// immigrationSystem puts the page with the tables of the immigration system statistics. Each topic
// has a file of summary tables, which nobody reads, and a detailed dataset.
func immigrationSystem(t testing.TB, s *Server, state State) {
	const base = "/government/statistical-data-sets/immigration-system-statistics-data-tables"
	when := strings.ToLower(strings.Replace(state.yearEnding(), " ", "-", 1))
	when = when[:3] + when[strings.Index(when, "-"):]
	var list []attachment
	for _, d := range datasets {
		list = append(list, attachment{Title: d.topic + " summary tables, year ending " + state.yearEnding(), Name: d.name + "-summary-" + when + "-tables.ods", Type: ods},
			attachment{Title: d.topic + " detailed datasets, year ending " + state.yearEnding(), Name: d.name + "-datasets-" + when + ".xlsx", Type: xlsx, Data: d.book(t, state)})
	}
	s.document(t, document{Path: base, Title: "Immigration system statistics data tables", Kind: "statistical_data_set",
		Updated: state.Day().String() + "T09:30:00+01:00", Attachments: list})
}

// book returns the workbook of a dataset, or nil.
func (d dataset) book(t testing.TB, state State) []byte {
	if d.sheets == nil {
		return nil
	}
	book := []sourcetest.Sheet{
		{Name: "Cover_sheet", Rows: [][]any{{d.topic + ": detailed datasets"}, {"Published: " + state.published()}}},
		{Name: "Notes", Rows: [][]any{{"Notes"}, {"Note", "Text"}}},
	}
	for _, x := range d.sheets {
		book = append(book, sourcetest.Sheet{Name: x.name, Rows: x.rows(t, state)})
	}
	return sourcetest.Book(t, book...)
}

// rows returns the rows of a sheet as the publisher has them: a title, the header, the rows and the
// end of the table. Before the newer release the last quarter is missing.
func (x sheet) rows(t testing.TB, state State) [][]any {
	records := records(t, x.id, x.fixture)
	last := slices.MaxFunc(records[1:], func(a, b []string) int { return strings.Compare(a[0], b[0]) })[0]
	flow := !slices.Contains([]string{"Data_Asy_D03", "Data_Asy_D09", "Data_Asy_D11", "Data_Det_D02"}, x.name)
	derived := !flow && records[0][1] == "Year" // columns that only the derived file of a stock has
	out := [][]any{{x.name + ": title"}}
	for i, r := range records {
		if derived {
			r = slices.Delete(r, 1, 3)
		}
		switch {
		case i > 0 && state == Before && r[0] == last:
			continue
		case flow:
			out = append(out, flowRow(r, i == 0))
		default:
			out = append(out, stockRow(t, r, i == 0))
		}
	}
	return append(out, []any{"End of table"})
}

// records returns the records of a fixture of comma-separated values, its header first.
func records(t testing.TB, id, name string) [][]string {
	t.Helper()
	out, err := csv.NewReader(bytes.NewReader(sourcetest.Load(t, id, name).Data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// flowRow is a row of flows: the publisher has no column of dates, and writes a quarter with its
// year.
func flowRow(r []string, header bool) []any {
	if !header && !strings.Contains(r[2], "Q") {
		r[2] = r[1] + " Q" + r[2]
	}
	return cells(r[1:])
}

// stockRow is a row of stocks, whose day the publisher writes as text.
func stockRow(t testing.TB, r []string, header bool) []any {
	if header {
		r[0] = "Date (as at…)"
		for i := range r {
			r[i] = strings.Replace(r[i], "UK Region", "UK Region / Nation", 1)
		}
	} else {
		day, err := time.Parse(time.DateOnly, r[0])
		if err != nil {
			t.Fatal(err)
		}
		r[0] = day.Format("02 Jan 2006")
	}
	return cells(r)
}

// cells returns values as a spreadsheet has them: whole numbers as numbers.
func cells(values []string) []any {
	var out []any
	for _, v := range values {
		if n, err := strconv.Atoi(v); err == nil {
			out = append(out, n)
		} else {
			out = append(out, v)
		}
	}
	return out
}
