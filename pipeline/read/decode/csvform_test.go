package decode

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// TestCSVForms reads the same rows with other delimiters, in UTF-16, below titles and above notes.
func TestCSVForms(t *testing.T) {
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("day\tn\n2024-02-29\t1,204\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"commas":                        "day,n\n2024-02-29,1204\n",
		"semicolons":                    "day;n\n2024-02-29;1204\n",
		"tabs":                          "day\tn\n2024-02-29\t1204\n",
		"UTF-16 with tabs":              wide,
		"semicolons, commas in numbers": "day;n\n2024-02-29;1,204\n",
		"titles":                        "Table 1,\n,\nday,n\n2024-02-29,1204\n",
		"a title of one cell":           "Figures as published\nday,n\n2024-02-29,1204\n",
		"notes":                         "day,n\n2024-02-29,1204\n,\nSource: the publisher,\n1. Provisional.,\n[x] = not available\n\"Contact: a@example.org\",\n",
		"a comment":                     "# day, n\nday;n\n2024-02-29;1204\n",
	} {
		c, err := OpenCSV("a.csv", []byte(text), DefaultLimits)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := ""
		for row, err := range c.Table(Columns{Above: Titles, Want: []Column{{Name: "day"}, {Name: "n", Measure: true}}}).Rows() {
			if err != nil {
				got += err.Error()
				break
			}
			f, err := row.Figure(1)
			got += fmt.Sprintln(row.Values[0], f.N, err)
		}
		if got != "2024-02-29 1204 <nil>\n" {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

// TestFiguresBelowNotes has a row of figures after what looks like a note. It is no note then.
func TestFiguresBelowNotes(t *testing.T) {
	c, err := OpenCSV("a.csv", []byte("day,n\n2024-02-29,1204\nNotes,\n2024-03-01,7\n"), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	for _, err = range c.Table(Named("day", "n")).Rows() {
		if err != nil {
			break
		}
	}
	if !errors.Is(err, ErrShape) || !strings.Contains(err.Error(), "row 4: the row follows the note in row 3") {
		t.Errorf("error %v", err)
	}
}

// TestBelowTitles takes each of the first records as the header.
func TestBelowTitles(t *testing.T) {
	c, err := OpenCSV("a.csv", []byte("# x\nTitle\n\nday,n\n2024-02-29,1204\n"), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for below := range c.Below(5) {
		for row, err := range below.Rows("day", "n") {
			if err == nil {
				got += fmt.Sprintln(row.Line, row.Values)
			}
		}
	}
	if got != "5 [2024-02-29 1204]\n" {
		t.Errorf("got %q", got)
	}
	for _, above := range []string{"2024-02-28,7\n", "2024-02-28,route,[x]\n", "Title\n2024-02-28,7\n"} {
		c, err := OpenCSV("a.csv", []byte(above+"day,n\n2024-02-29,1204\n"), DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		for below := range c.Below(5) {
			if slices.Equal(below.header, []string{"day", "n"}) {
				t.Errorf("%q is taken for a title", above)
			}
		}
	}
}
