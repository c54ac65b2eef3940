package mirror

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// dataset is a detailed dataset of the immigration system statistics.
type dataset struct {
	topic  string  // the first words of its title
	name   string  // of the file, before -datasets-
	sheets []sheet // none where no source reads it
}

// sheet is a sheet of data made from a fixture; see sourcetest.DetailedSheet.
type sheet struct {
	name        string
	id, fixture string
	headers     map[string]string // that differ from those of the fixture
}

// stock are the headers of a stock.
var stock = map[string]string{"Date": "Date (as at…)", "UK Region": "UK Region / Nation"}

// datasets are those that sources read, among others that they must not take for their own.
var datasets = []dataset{
	{"Asylum claims", "asylum-claims", []sheet{{"Data_Asy_D01", "ukho-asylum-claims", "asylum_claims_2024-11-28.csv", nil},
		{"Data_Asy_D02", "ukho-asylum-claims", "asylum_decisions_2024-11-28.csv", nil}}},
	{"Asylum claims awaiting a decision", "asylum-claims-awaiting-decision", []sheet{{"Data_Asy_D03", "ukho-asylum-awaiting", "awaiting_decision_2024-11-28.csv", stock}}},
	{"Asylum seekers in receipt of Home Office support", "asylum-seekers-receipt-support", []sheet{{"Data_Asy_D09", "ukho-asylum-support", "support_2024-11-28.csv", stock}}},
	{"Asylum seekers in receipt of Home Office support by local authority", "support-local-authority", []sheet{{"Data_Asy_D11", "ukho-asylum-support-local", "support_local_2024-11-28.csv", stock}}},
	{"Outcome analysis of asylum claims", "outcome-analysis-of-asylum-claims", nil},
	{"Detention", "detention", []sheet{{"Data_Det_D01", "ukho-detention", "detention_entering_2024-02-29.csv", nil},
		{"Data_Det_D02", "ukho-detention", "detention_in_2024-02-29.csv", stock}, {"Data_Det_D03", "ukho-detention", "detention_leaving_2024-02-29.csv", nil}}},
	{"Age disputes", "age-disputes", []sheet{{"Data_Age_D01", "ukho-age-disputes", "age_disputes_2023-11-23.csv", nil}}},
	{"Citizenship", "citizenship", nil},
	{"Passenger arrivals", "passenger-arrivals", nil},
	{"Illegal entry routes to the UK", "illegal-entry-routes-to-the-uk", []sheet{{"Data_IER_D01", "ukho-illegal-entry", "irregular_migration_2023-08-24_1747051.csv", nil},
		{"Data_IER_D02", "ukho-small-boat-asylum", "small_boat_asylum_applications_2023-08-24.csv", nil},
		{"Data_IER_D03", "ukho-small-boat-asylum", "small_boat_initial_decisions_2023-08-24.csv", nil}}},
	{"Returns", "returns", []sheet{{"Data_Ret_D02", "ukho-returns", "returns_by_destination_2023-08-24_1747051.csv", nil},
		{"Data_Ret_D03", "ukho-returns", "returns_offenders_by_nationality_2023-08-24_1747051.csv", nil}}},
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

// book returns the workbook of a dataset, or nil. Before the newer release the last quarter is
// missing.
func (d dataset) book(t testing.TB, state State) []byte {
	if d.sheets == nil {
		return nil
	}
	book := []sourcetest.Sheet{
		{Name: "Cover_sheet", Rows: [][]any{{d.topic + ": detailed datasets"}, {"Published: " + state.published()}}},
		{Name: "Notes", Rows: [][]any{{"Notes"}, {"Note", "Text"}}},
	}
	for _, x := range d.sheets {
		f := sourcetest.Load(t, x.id, x.fixture)
		if state == Before {
			f.Data = withoutLast(f.Data)
		}
		book = append(book, sourcetest.DetailedSheet(t, f, x.name, x.headers))
	}
	return sourcetest.Book(t, book...)
}

// withoutLast returns a fixture without the rows of its last date, which is in the first column.
func withoutLast(data []byte) []byte {
	date := func(line []byte) []byte { day, _, _ := bytes.Cut(line, []byte(",")); return day }
	lines := slices.Collect(bytes.Lines(data))
	last := date(slices.MaxFunc(lines[1:], func(a, b []byte) int { return bytes.Compare(date(a), date(b)) }))
	kept := slices.DeleteFunc(lines[1:], func(line []byte) bool { return bytes.Equal(date(line), last) })
	return bytes.Join(append(lines[:1], kept...), nil)
}
