package workbook

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestTextsThatDoNotFit(t *testing.T) {
	long, wide := strings.Repeat("a", 40_000), strings.Repeat("😀", 20_000)
	cases := map[string]string{
		"a\x00b\x1fc\x7f\ufffe\xffd": "a\ufffdb\ufffdc\ufffd\ufffd\ufffdd",
		"a\r\nb\rc":                  "a\nb\nc",
	}
	for s, want := range cases {
		if got := Clean(s); got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
	for _, s := range []string{long, wide} {
		got := Clean(s)
		if unitsOf(got) > maxText || unitsOf(got) < maxText-1 || !strings.HasSuffix(got, " [cut here: 40000 characters in all]") {
			t.Errorf("%d units, ends with %q", unitsOf(got), got[len(got)-50:])
		}
	}
	if whole := strings.Repeat("é", maxText); Clean(whole) != whole {
		t.Error("a text that fits is cut")
	}
}

func TestNamesFit(t *testing.T) {
	n := newNames()
	for _, c := range [][2]string{{"Rates", "Rates"}, {"rates", "rates 2"}, {"a[b]:c*d?e/f\\g", "a-b--c-d-e-f-g"}, {"'quoted'", "quoted"}, {"", "Sheet"}, {"\x00", "-"}, {"History", "History 2"},
		{strings.Repeat("x", 40), strings.Repeat("x", 31)}, {strings.Repeat("X", 50), strings.Repeat("X", 29) + " 2"}, {strings.Repeat("😀", 20), strings.Repeat("😀", 15)}, {"it's", "it's"}} {
		if got := n.sheet(c[0]); got != c[1] {
			t.Errorf("%q is %q, want %q", c[0], got, c[1])
		}
	}
	n = newNames()
	for _, c := range [][2]string{{"Year to date", "year_to_date"}, {"Year-to-date", "year_to_date_2"}, {"R1C1", "table_r1c1"}, {"Y26", "table_y26"}, {"2025", "table_2025"}, {"國", "table"}, {"r", "table_r"}} {
		if got := n.table(c[0]); got != c[1] {
			t.Errorf("%q is %q, want %q", c[0], got, c[1])
		}
	}
}

func TestBooksThatCannotBe(t *testing.T) {
	one := func(columns []Column, rows ...[]Cell) Book {
		return Book{Title: "T", Sheets: []Sheet{{Name: "Big one", Columns: columns, Rows: slices.Values(rows)}}}
	}
	head := []Column{{Head: "H"}}
	endless := func(yield func([]Cell) bool) {
		for row := []Cell{Number(1)}; yield(row); {
		}
	}
	reads := 0
	changing := func(yield func([]Cell) bool) {
		reads++
		for range reads {
			if !yield([]Cell{Number(1)}) {
				return
			}
		}
	}
	var many []Column
	for i := range maxColumns + 1 {
		many = append(many, Column{Head: fmt.Sprint("H", i)})
	}
	for name, c := range map[string]struct {
		book Book
		want string
	}{
		"too many rows":    {Book{Sheets: []Sheet{{Name: "Big one", Columns: head, Rows: endless}}}, `sheet "Big one": more than a spreadsheet holds: more than 1048572 rows`},
		"too many columns": {one(many), `more than a spreadsheet holds: 16385 columns`},
		"no columns":       {one(nil), `0 columns; 1 to 16384`},
		"a short row":      {one(head, []Cell{}), `row 1 has 0 cells for 1 columns`},
		"no rows":          {one(head), `sheet "Big one" has no rows`},
		"no sheets":        {Book{Title: "T"}, `book "T" has no sheets`},
		"not a number":     {one(head, []Cell{Number(math.NaN())}), `row 1: H is NaN`},
		"twice a head":     {one([]Column{{Head: "H"}, {Head: " h "}}, []Cell{{}, {}}), `"h" cannot head column 2`},
		"other rows":       {Book{Sheets: []Sheet{{Name: "Big one", Columns: head, Rows: changing}}}, `rows must not change`},
	} {
		for _, write := range []func(io.Writer) error{c.book.XLSX, c.book.ODS} {
			reads = 0
			if err := write(io.Discard); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: error is %v", name, err)
			}
		}
	}
	if err := (Book{Sheets: []Sheet{{Name: "S", Columns: head, Rows: endless}}}).ODS(io.Discard); !errors.Is(err, ErrSize) {
		t.Error(err)
	}
}
