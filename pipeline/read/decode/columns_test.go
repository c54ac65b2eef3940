package decode

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// landed are columns like those of a publisher.
var landed = Columns{Above: 3, Want: []Column{
	{Name: "Date"}, {Name: "Migrants arrived", Also: []string{"People arrived"}, Measure: true}, {Name: "Boats arrived", Measure: true}, {Name: "Notes", Also: []string{"Comment", "Remarks"}, Optional: true, Remarks: true},
}}

// readTable reads a table written as rows of cells between "|". It returns the wanted columns of the
// rows with data in the same form.
func readTable(c Columns, rows ...string) (string, *Table, error) {
	t := c.Table(Error{File: "a.ods", Sheet: "S", Hint: "look"})
	var out []string
	for i, row := range rows {
		cells := strings.Split(row, "|")
		data, err := t.Texts(i+1, cells)
		if err != nil {
			return "", t, err
		}
		if !data {
			continue
		}
		var values []string
		for i := range c.Want {
			if at := t.At(i); at >= 0 && at < len(cells) {
				values = append(values, cells[at])
			} else {
				values = append(values, "")
			}
		}
		out = append(out, strings.Join(values, "|"))
	}
	return strings.Join(out, "; "), t, t.End()
}

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		name, want string
		extra      string // headers of the columns that are not read
		lacks      string
		rows       []string
	}{
		{"as always", "1 May|55|1|x", "", "", []string{"Date|Migrants arrived|Boats arrived|Notes", "1 May|55|1|x"}},
		{"other order", "1 May|55|1|x", "", "", []string{"Boats arrived|Notes|Date|Migrants arrived", "1|x|1 May|55"}},
		{"typography", "1 May|55|1|x", "", "", []string{" DATE |MIGRANTS\u00a0Arrived [note 1]|Boats\narrived (1)|notes¹", "1 May|55|1|x"}},
		{"other words", "1 May|55|1|", "", "Notes", []string{"Date|Number of people arrived|Number of boats arrived", "1 May|55|1"}},
		{"other words for a number", "1 May|55|1|", "", "Notes", []string{"Date|Total number of migrants arrived|Boats arrived (no.)", "1 May|55|1"}},
		{"title rows", "1 May|55|1|x", "", "", []string{"Small boats", "Published|2 May", "", "Date|Migrants arrived|Boats arrived|Notes", "1 May|55|1|x"}},
		{"a year as title", "1 May|55|1|x", "", "", []string{"|2026", "Date|Migrants arrived|Boats arrived|Notes", "1 May|55|1|x"}},
		{"another column of remarks", "1 May|55|1|x", "Comment", "", []string{"Date|Migrants arrived|Boats arrived|Notes|Comment", "1 May|55|1|x|y"}},
		{"another column of remarks first", "1 May|55|1|x", "Comment, Remarks", "", []string{"Date|Comment|Remarks|Migrants arrived|Boats arrived|Notes", "1 May|y|z|55|1|x"}},
		{"two columns of remarks by other names", "1 May|55|1|y", "Remarks", "", []string{"Date|Comment|Migrants arrived|Boats arrived|Remarks", "1 May|y|55|1|z"}},
		{"a header merged with the cell below", "1 May|55|1|x", "", "", []string{"Date|Figures||", "|Migrants arrived|Boats arrived|Notes", "1 May|55|1|x"}},
		{"all headers merged down but one", "1 May|55|1|x", "", "", []string{"Date|Migrants arrived|Figures|Notes", "||Boats arrived", "1 May|55|1|x"}},
		{"text column", "1 May|55|1|x", "Port", "", []string{"Date|Port|Migrants arrived|Boats arrived|Notes", "1 May|Dover|55|1|x"}},
		{"text column whose header names a measure", "1 May|55|1|", "Comment on boats arrived", "Notes", []string{"Date|Migrants arrived|Boats arrived|Comment on boats arrived", "1 May|55|1|late"}},
		{"number of the week", "1 May|55|1|", "Week number", "Notes", []string{"Date|Week number|Migrants arrived|Boats arrived", "1 May|18|55|1"}},
		{"fractions", "1 May|55|1|; 2 May|46|2|", "Mean length", "Notes", []string{"Date|Mean length|Migrants arrived|Boats arrived", "1 May|18.5|55|1", "2 May|17.1|46|2"}},
		{"content without header", "1 May|55|1|x", "", "", []string{"Date|Migrants arrived|Boats arrived|Notes", "1 May|55|1|x|y"}},
		{"header again", "1 May|55|1|x; 2 May|56|2|", "", "", []string{"Date|Migrants arrived|Boats arrived|Notes", "1 May|55|1|x", "date|Migrants arrived |Boats arrived|Notes", "2 May|56|2|"}},
		{"empty rows", "1 May|55|1|x", "", "", []string{"", "||", "Date|Migrants arrived|Boats arrived|Notes", "| ||", "1 May|55|1|x"}},
		{"header only", "", "", "", []string{"Date|Migrants arrived|Boats arrived|Notes"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, table, err := readTable(landed, c.rows...)
			if err != nil || got != c.want {
				t.Fatalf("got %q, error %v, want %q", got, err, c.want)
			}
			var extra []string
			for _, x := range table.Extra() {
				extra = append(extra, x.Header)
			}
			if got := strings.Join(extra, ", "); got != c.extra {
				t.Errorf("extra columns %q, want %q", got, c.extra)
			}
			if got := strings.Join(table.Lacks(), ", "); got != c.lacks {
				t.Errorf("lacks %q, want %q", got, c.lacks)
			}
		})
	}
}

// TestColumnsStrict holds the places where a figure could be taken for another.
func TestColumnsStrict(t *testing.T) {
	const header, row = "Date|Migrants arrived|Boats arrived|Notes", "1 May|55|1|x"
	for _, c := range []struct {
		name, msg string
		kind      error
		rows      []string
	}{
		{"missing", `row 1: column "Boats arrived" is missing`, ErrHeader, []string{"Date|Migrants arrived|Notes", row}},
		{"renamed", `row 1, column "C": column is called "Boats" where "Boats arrived" was expected`, ErrHeader, []string{"Date|Migrants arrived|Boats|Notes", row}},
		{"a digit that could be part of the name", `column is called "Boats arrived2"`, ErrHeader, []string{"Date|Migrants arrived|Boats arrived2|Notes", row}},
		{"the same words twice", `the headers "Boats arrived" and "boats ARRIVED [note 1]" both mean "Boats arrived"`, ErrHeader, []string{header + "|boats ARRIVED [note 1]", row + "|2"}},
		{"two names of one column", `the headers "Migrants arrived" and "People arrived" both mean "Migrants arrived"`, ErrHeader, []string{header + "|People arrived", row + "|2"}},
		{"a number and its measure", `both mean "Boats arrived"`, ErrHeader, []string{header + "|Number of boats arrived", row + "|2"}},
		{"an optional column twice", `both mean "Notes"`, ErrHeader, []string{header + "|NOTES", row + "|y"}},
		{"a column of counts by a name of the notes", `column "E": the extra column "Remarks" looks like a measure`, ErrHeader, []string{header + "|Remarks", row + "|3"}},
		{"a column of counts", `column "E": the extra column "Children" looks like a measure: 1 of its cells are counts`, ErrHeader, []string{header + "|Children", row + "|3"}},
		{"counts without header", `column "E": the extra column "" looks like a measure`, ErrHeader, []string{header, row + "|3"}},
		{"an optional column may have lost its header", `column "D": the column has no header and may be "Notes", which is missing`, ErrHeader, []string{"Date|Migrants arrived|Boats arrived|", row}},
		{"words of a measure", `looks like a measure: its header has words of "Boats arrived"`, ErrHeader, []string{header + "|Boats stopped", row + "|"}},
		{"words of a measure, no value yet", `words of "Migrants arrived"`, ErrHeader, []string{header + "|Migrants (adults)", row + "|[x]"}},
		{"number of", `its header says "number of"`, ErrHeader, []string{header + "|Number of children", row + "|"}},
		{"total", `its header says "total"`, ErrHeader, []string{header + "|Total", row + "|"}},
		{"figures above the header", `row 1, column "Migrants arrived": the figure "55" is above the header in row 2`, ErrShape, []string{row, header, row}},
		{"too far down", `row 1, column "A": column is called "a" where "Date" was expected`, ErrHeader, []string{"a", "b", "c", "d", header, row}},
		{"a header two rows above", `column "Date" is missing`, ErrHeader, []string{"Date|||", "||", "a|", "|Migrants arrived|Boats arrived|Notes", row}},
		{"a title above a lost header", `column "D": the column has no header and may be "Notes"`, ErrHeader, []string{"|||Table 1", "Date|Migrants arrived|Boats arrived|", row}},
		{"a header above and below", `column "D": the column has no header`, ErrHeader, []string{"|||Boats arrived", "Date|Migrants arrived|Boats arrived|", row}},
		{"no header", `row 1, column "A": column is called "a" where "Date" was expected`, ErrHeader, []string{"a"}},
		{"nothing", `there is no header with a column "Date"`, ErrHeader, nil},
		{"the nearest row", `row 2: column "Boats arrived" is missing`, ErrHeader, []string{"a", "Date|Migrants arrived|Notes", "1 May|55|x"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, err := readTable(landed, c.rows...)
			wantError(t, err, c.kind, "a.ods: sheet S")
			if err != nil && !strings.Contains(err.Error(), c.msg) {
				t.Errorf("error %v, want %q; rows %q", err, c.msg, got)
			}
		})
	}
	two := Columns{Want: []Column{{Name: "In", Also: []string{"Moved"}, Measure: true}, {Name: "Out", Also: []string{"Moved"}, Measure: true}}}
	if _, _, err := readTable(two, "Moved", "1"); err == nil || !errors.Is(err, ErrHeader) || !strings.Contains(err.Error(), `the header "Moved" could be "In" or "Out"`) {
		t.Errorf("a header of two measures: %v", err)
	}
}

func TestCSVTable(t *testing.T) {
	read := func(text string) (string, []Extra, error) {
		c, err := OpenCSV("a.ods", []byte(text), DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		table, out := c.Table(landed), ""
		for r, err := range table.Rows() {
			if err != nil {
				return "", nil, err
			}
			out += fmt.Sprintf("%d %s %s;", r.Line, strings.Join(r.Values, "|"), r.Ref(1))
		}
		return out, table.Extra(), nil
	}
	got, extra, err := read("\ufeffTable 1\n# x\nPort,boats_arrived,Date,Migrants  Arrived\nDover,1,1 May,\"1,204\"\n,,,\nDeal,  2 ,2 May ,56\n")
	if want := "4 1 May|1,204|1| D4;6 2 May|56|2| D6;"; err != nil || got != want || !slices.Equal(extra, []Extra{{0, "Port"}}) {
		t.Errorf("got %q, extra %v, error %v, want %q", got, extra, err, want)
	}
	for text, msg := range map[string]string{
		"Date,Migrants arrived,Boats arrived\n1 May,55\n":                     "row 2: 2 values where the header has 3 columns",
		"Date,Migrants arrived,Boats arrived\n1 May,55,1,2\n":                 "row 2: 4 values where the header has 3 columns",
		"Date,Migrants arrived,Boats arrived,Men\n1 May,55,1,9\n2 May,1,1,\n": `column "D": the extra column "Men" looks like a measure`,
		"Date,Boats arrived\n1 May,55\n":                                      `row 1: column "Migrants arrived" is missing`,
		"1 May,55,1\nDate,Migrants arrived,Boats arrived\n2 May,56,1\n":       `the figure "55" is above the header`,
		"Date,Migrants arrived,Boats arrived\n1 May,\"5\"5,1\n":               "row 2",
	} {
		_, _, err := read(text)
		wantError(t, err, err, "")
		if err == nil || !strings.Contains(err.Error(), msg) {
			t.Errorf("%q: error %v, want %q", text, err, msg)
		}
	}
}
