package decode

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest/files"
)

// readCSV reads all rows as "line:value|value", one a line.
func readCSV(data []byte, lim Limits, columns ...string) (string, error) {
	c, err := OpenCSV("a.ods", data, lim)
	if err != nil {
		return "", err
	}
	if columns == nil {
		columns = c.Header()
	}
	var b strings.Builder
	for row, err := range c.Rows(columns...) {
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "%d:%s\n", row.Line, strings.Join(row.Values, "|"))
	}
	return b.String(), nil
}

func TestCSV(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"plain", "a,b\n1,2\n3,\n", "2:1|2\n3:3|\n"},
		{"remarks, byte-order mark, CRLF", "\ufeff# x\r\n#y\na,b\r\n1,2\r\n", "4:1|2\n"},
		{"quotes and line breaks", "a,b\n\"1,\"\"\n\",2\n5,6\n", "2:1,\"\n|2\n4:5|6\n"},
		{"lines without text", "a,b\n\n1,2\n\n", "3:1|2\n"},
		{"header alone", "a,b\n", ""},
		{"a remark below the header is a value", "a\n#1\n", "2:#1\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := readCSV([]byte(c.data), DefaultLimits)
			if err != nil || got != c.want {
				t.Errorf("got %q, error %v, want %q", got, err, c.want)
			}
		})
	}
}

func TestCSVRefusals(t *testing.T) {
	tight := Limits{File: 1000, Token: 20, Rows: 2, Columns: 3}
	for _, c := range []struct {
		name, data string
		want       error
		msg        string
	}{
		{"empty", "", ErrFormat, "empty"},
		{"web page", "\ufeff \n<!DOCTYPE html>\n<html>\n", ErrFormat, "HTML page"},
		{"NUL", "a,b\n1,\x00\n", ErrFormat, "NUL"},
		{"UTF-16 without its mark", "a\x00,\x00b\x00\n\x00", ErrFormat, "NUL"},
		{"UTF-16 cut within a row", "\xff\xfea\x00,\x00b\x00\n\x001\x00", ErrFormat, "cut short"},
		{"Latin-1", "a,b\n1,\xe9\n", ErrFormat, "not UTF-8"},
		{"cut within a row", "a,b\n1,2\n3,4", ErrFormat, "cut short"},
		{"cut within quotes", "a,b\n1,\"2\n", ErrFormat, "row 2"},
		{"a remark below the header", "a,b\n# \n1,2\n", ErrShape, "row 2: 1 values where the header has 2"},
		{"quotation mark", "a,b\n1,2\"3\n", ErrFormat, "row 2"},
		{"short row", "#\na,b\n1,2\n3\n", ErrShape, "row 4: 1 values where the header has 2 columns"},
		{"long row", "a,b\n1,2,3\n", ErrShape, "row 2: 3 values"},
		{"remarks alone", "# a\n# b\n", ErrHeader, "row 3"},
		{"renamed column", "a,c\n1,2\n", ErrHeader, `row 1, column "B": column is called "c" where "b" was expected`},
		{"missing column", "# x\na\n1\n", ErrHeader, `row 2, column "B": column "b" is missing`},
		{"new column", "a,b,c\n1,2,3\n", ErrHeader, `column "C": unknown column "c"`},
		{"bytes", strings.Repeat("a,b\n", 251), ErrTooLarge, "1004 bytes"},
		{"rows", "a,b\n1,2\n1,2\n1,2\n", ErrTooLarge, "row 4: too large: there are more than 2 rows"},
		{"columns", "a,b\n1,\"\n\",2,3,4\n", ErrTooLarge, "row 2: too large: the row has more than 3 columns"},
		{"bytes of a row", "a,b\n1,\"" + strings.Repeat("x\n", 10) + "\"\n", ErrTooLarge, "row 2: too large: the row has more than 20 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := readCSV([]byte(c.data), tight, "a", "b")
			wantError(t, err, c.want, c.msg)
			if got != "" {
				t.Errorf("rows %q came with the error", got)
			}
		})
	}
}

func TestCSVCells(t *testing.T) {
	c, err := OpenCSV("a.ods", []byte("day,n\n2024-02-29,1204\n2023-02-29,-1\n1899-12-31,1.5\n20240229,\n,+1\n,1_0\n"), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range c.Rows("day", "n") {
		if err != nil {
			t.Fatal(err)
		}
		y, m, d, dateErr := row.Date(0)
		n, countErr := row.Count(1)
		if row.Line == 2 {
			if y != 2024 || m != 2 || d != 29 || n != 1204 || dateErr != nil || countErr != nil || row.Ref(1) != "B2" {
				t.Errorf("%d %d %d %d %v %v %s", y, m, d, n, dateErr, countErr, row.Ref(1))
			}
			continue
		}
		wantError(t, dateErr, ErrPeriod, fmt.Sprintf(`row %d, column "day": `, row.Line))
		wantError(t, countErr, ErrCount, fmt.Sprintf(`row %d, column "n": `, row.Line))
	}
}

// TestCSVMemory checks that a file of separators costs no more than its limits allow. encoding/csv
// by itself would hold a slice of all its values.
func TestCSVMemory(t *testing.T) {
	data := append([]byte("a,b\n"), bytes.Repeat([]byte(","), 16<<20)...)
	data = append(data, '\n')
	if used := files.Allocated(func() { readCSV(data, DefaultLimits) }); used > 1<<20 {
		t.Errorf("%d bytes allocated to refuse a row of separators", used)
	}
}

// FuzzCSV checks that OpenCSV yields what encoding/csv does with the same delimiter, or an error and
// no rows.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\ufeff# x\r\na,b\r\n1,\"2\n\"\r\n", "a,b\n1,\"2\n", "a\n\n#1\n", "<html>\n", "a,a\n\x00,\xff\n", "\t\n", "a;b\n1;\"2;\"\n"} {
		f.Add([]byte(s))
	}
	lim := Limits{File: 1 << 16, Token: 1 << 10, Rows: 100, Columns: 10}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := OpenCSV("a.ods", data, lim)
		if err != nil {
			wantError(t, err, err, "")
			return
		}
		got := [][]string{c.Header()}
		for row, err := range c.Rows(c.Header()...) {
			if err != nil {
				wantError(t, err, err, "")
				return
			}
			if len(row.Values) != len(got[0]) || row.Line < 2 {
				t.Fatalf("row %d: %q", row.Line, row.Values)
			}
			got = append(got, append([]string(nil), row.Values...))
		}
		r := csv.NewReader(bytes.NewReader(c.data))
		r.Comma = rune(c.delimiter)
		want, err := r.ReadAll()
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) || len(got) > lim.Rows+1 || len(got[0]) > lim.Columns {
			t.Errorf("got %q, want %q, error %v", got, want, err)
		}
	})
}

// TestRowsAndNotes reads notes below a table as rows of one text. A short row of any other kind is an
// error, as it is for a reader that does not ask for notes.
func TestRowsAndNotes(t *testing.T) {
	for text, want := range map[string]string{"Notes": "Notes|", "Source: Home Office": "Source: Home Office|", `"[note 1] About 2,000 more"`: "[note 1] About 2,000 more|", "3": "", "2024-09": "", "Albania": "", "Notes,2,3": ""} {
		c, err := OpenCSV("x.csv", []byte("a,b\n1,2\n"+text+"\n"), DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		var got string
		for row, err := range c.RowsAndNotes() {
			got = strings.Join(row.Values, "|")
			if err != nil && !errors.Is(err, ErrShape) {
				t.Errorf("%q: %v", text, err)
			}
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
		for _, err := range c.Rows("a", "b") {
			if got = ""; err != nil {
				got = err.Error()
			}
		}
		if got == "" {
			t.Errorf("%q is read where no notes are", text)
		}
	}
}
