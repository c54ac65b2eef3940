package ukhodetailed

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source/sourcetest"
)

// renamedQuarters returns the table with its quarters written in another way.
func renamedQuarters(t *testing.T, as map[string]any) sourcetest.Sheet {
	t.Helper()
	cells, n := rows(good), 0
	for _, row := range cells {
		if len(row) < 2 {
			continue
		}
		if other, ok := as[fmt.Sprint(row[1])]; ok {
			row[1], n = other, n+1
		}
	}
	if n < 6 {
		t.Fatalf("%d quarters renamed", n)
	}
	return sourcetest.Sheet{Name: "Data_X_D01", Rows: cells}
}

// TestQuartersInOtherWords reads quarters by their months, by a word, and by their first or last day, as
// a text or as the number by which a workbook stores it.
func TestQuartersInOtherWords(t *testing.T) {
	for _, as := range []map[string]any{
		{"2018 Q1": "Jan-Mar 2018", "2018 Q2": "Apr–Jun 2018", "2018 Q3": "Jul to Sep 2018"},
		{"2018 Q1": "January to March", "2018 Q2": "April to June", "2018 Q3": "July to September"},
		{"2018 Q1": "Quarter 1 2018", "2018 Q2": "Quarter 2 2018", "2018 Q3": "Quarter 3 2018"},
		{"2018 Q1": "31 March 2018", "2018 Q2": "30 June 2018", "2018 Q3": "30 Sep 2018"},
		{"2018 Q1": "2018-01-01", "2018 Q2": "2018-04-01", "2018 Q3": "2018-07-01"},
		{"2018 Q1": 43190, "2018 Q2": 43281, "2018 Q3": 43373},
	} {
		f := book(t, "Data_X_D01", good)
		f.Data = sourcetest.Book(t, renamedQuarters(t, as))
		cube, _, err := read(f, &view)
		if err != nil {
			t.Errorf("%v: %v", as, err)
		} else if got := list(cube.Observations()); !strings.Contains(got, " 2018-04-01 A10 at") || !strings.Contains(got, " 2018-07-01 A4 at") {
			t.Errorf("%v: %s", as, got)
		}
	}
	for _, as := range []map[string]any{
		{"2018 Q1": "Jan-Mar 2017", "2018 Q2": "Apr–Jun 2017", "2018 Q3": "Jul to Sep 2017"}, // the year is 2018
		{"2018 Q1": "Feb-Apr 2018", "2018 Q2": "May-Jul 2018", "2018 Q3": "Aug-Oct 2018"},
		{"2018 Q1": "15 March 2018", "2018 Q2": "15 June 2018", "2018 Q3": "15 Sep 2018"},
		{"2018 Q1": "Mar-18", "2018 Q2": "Jun-18", "2018 Q3": "Sep-18"}, // months
	} {
		f := book(t, "Data_X_D01", good)
		f.Data = sourcetest.Book(t, renamedQuarters(t, as))
		if _, _, err := read(f, &view); !errors.Is(err, decode.ErrPeriod) {
			t.Errorf("%v: error %v", as, err)
		}
	}
}

// TestASourceBelowATableEndsIt has notes below a table instead of the row that says its end. A row with
// figures below them is an error.
func TestASourceBelowATableEndsIt(t *testing.T) {
	for _, foot := range []string{"Source:_Home_Office\nNotes:\n1._Rounded.\n", "~\nNotes\n", "End_of_worksheet\n", "Return_to_contents\n", "Footnotes\n"} {
		cube, _, err := read(book(t, "Data_X_D01", strings.Replace(good, "End_of_table\n", foot, 1)), &view)
		if err != nil {
			t.Errorf("%q: %v", foot, err)
			continue
		}
		if got := findingsOf(cube.Findings()); got != "text-below/note" {
			t.Errorf("%q: findings %q", foot, got)
		}
		text := strings.Replace(good, "End_of_table\n", foot+"2018 2018_Q3 Male India Asia 9\n", 1)
		if _, _, err := read(book(t, "Data_X_D01", text), &view); !errors.Is(err, decode.ErrShape) {
			t.Errorf("%q and a row: error %v", foot, err)
		}
	}
	text := strings.Replace(good, "2018 2018_Q2 Male Chad Africa 7", "Chad", 1) // not what stands below a table
	if _, _, err := read(book(t, "Data_X_D01", text), &view); !errors.Is(err, decode.ErrPeriod) {
		t.Errorf("a text within the table: error %v", err)
	}
}

// TestATableIsFoundUnderAnyName by its header, if only one sheet has it.
func TestATableIsFoundUnderAnyName(t *testing.T) {
	other := sourcetest.Sheet{Name: "Pivot", Rows: rows("Row_Labels 2018\nChad 5\n")}
	table := rows(good)
	for _, name := range []string{"X_D01", "data_x_d01", "Table 1", "Data X"} {
		f := book(t, "x", good)
		f.Data = sourcetest.Book(t, other, sourcetest.Sheet{Name: name, Rows: table})
		if cube, _, err := read(f, &view); err != nil || len(cube.Observations()) == 0 {
			t.Errorf("%s: %v", name, err)
		}
		f.Data = sourcetest.Book(t, other, sourcetest.Sheet{Name: name, Rows: table}, sourcetest.Sheet{Name: "Earlier", Rows: table}, sourcetest.Sheet{Name: "Table 2", Rows: table})
		if _, _, err := read(f, &view); name != "Data X" && (!errors.Is(err, decode.ErrShape) || !strings.Contains(err.Error(), "nothing says which")) {
			t.Errorf("%s and others: %v", name, err)
		}
	}
}
