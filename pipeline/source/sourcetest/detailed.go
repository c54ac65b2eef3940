package sourcetest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// DetailedBook returns the rows of a CSV made from a detailed dataset of the Home Office as the
// publisher's workbook has them: a cover with the day of publication, a title, the header, and a row
// that ends the table. A quarter is "2018 Q1", the day of a stock "30 Sep 2024". headers are the
// names that columns have there, by those of the CSV.
func DetailedBook(t testing.TB, f File, sheet string, headers map[string]string) File {
	t.Helper()
	return File{Name: "datasets.xlsx", Data: Book(t, DetailedCover(t, f), DetailedSheet(t, f, sheet, headers))}
}

// DetailedCover returns the cover of a workbook that was published on the day in a file's name.
func DetailedCover(t testing.TB, f File) Sheet {
	t.Helper()
	day := source.DateInName(f.Name)
	if day.IsZero() {
		t.Fatalf("%s has no day in its name", f.Name)
	}
	return Sheet{Name: "Cover_sheet", Rows: [][]any{{"Immigration system statistics"}, {"Published: " + day.Long()}}}
}

// DetailedSheet returns the sheet of DetailedBook.
func DetailedSheet(t testing.TB, f File, sheet string, headers map[string]string) Sheet {
	t.Helper()
	all := f.records(t)
	header := all[0]
	stock := !slices.Contains(header, "Year") || headers["Date"] != ""
	out := Sheet{Name: sheet, Rows: [][]any{{"Title"}}}
	for line, row := range all {
		var cells []any
		for i, name := range header {
			cell, as := row[i], headers[name]
			switch {
			case name == "Date" && !stock, stock && (name == "Year" || name == "Quarter"):
				continue
			case line == 0 && as != "":
				cells = append(cells, as)
				continue
			case line == 0:
				cells = append(cells, name)
				continue
			case name == "Date":
				day, err := time.Parse(time.DateOnly, cell)
				if err != nil {
					t.Fatal(err)
				}
				cell = day.Format("02 Jan 2006")
			case name == "Quarter" && !strings.Contains(cell, "Q"):
				cell = row[slices.Index(header, "Year")] + " Q" + cell
			}
			if n, err := strconv.Atoi(cell); err == nil {
				cells = append(cells, n)
				continue
			}
			cells = append(cells, cell)
		}
		out.Rows = append(out.Rows, cells)
	}
	out.Rows = append(out.Rows, []any{"End of table"})
	return out
}

// SameFigures checks that two files of a source state the same, each figure in a place of its own.
func SameFigures(t testing.TB, s *source.Source, a, b File) {
	t.Helper()
	figures := func(f File) []string {
		r, err := Read(s, f)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, o := range r.Observations {
			out = append(out, fmt.Sprintf("%s %s to %s %s %s %s", o.Series.ID, o.Period.Start, o.Period.End, o.Series.Kind, o.Status, o.Value))
		}
		slices.Sort(out)
		return out
	}
	one, two := figures(a), figures(b)
	if len(one) == 0 || !slices.Equal(one, two) {
		t.Errorf("%s states %d figures, %s %d, and not the same ones", a.Name, len(one), b.Name, len(two))
	}
}

// Figure returns the value of a series in the period that ends on a day.
func Figure(t testing.TB, s *source.Source, f File, series stat.SeriesID, end string) int64 {
	t.Helper()
	r, err := Read(s, f)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range r.Observations {
		if o.Series.ID == series && o.Period.End.String() == end {
			n, _ := o.Value.Get()
			return n
		}
	}
	t.Errorf("%s: no %s to %s", f.Name, series, end)
	return -1
}

// Workbook says how the rows of a fixture look in the publisher's workbook: the name of their sheet, and
// the names that columns have there, by those of the fixture.
type Workbook struct {
	Fixture, Sheet string
	Headers        map[string]string
}

// RunDetailed checks a source of detailed datasets: its declaration, by the error about it or nil; with
// all fixtures, what Run checks; and that the rows read the same in workbooks, older and newer.
func RunDetailed(t *testing.T, s *source.Source, declared error, books ...Workbook) {
	if declared != nil {
		t.Fatal(declared)
	}
	Run(t, s, LoadAll(t, s.ID))
	for _, b := range books {
		t.Run(b.Sheet, func(t *testing.T) {
			f := Load(t, s.ID, b.Fixture)
			SameFigures(t, s, f, DetailedBook(t, f, b.Sheet, b.Headers))
		})
	}
}
