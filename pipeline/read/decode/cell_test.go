package decode

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestError(t *testing.T) {
	cause := fmt.Errorf("%q is %w", "1,2o4", ErrCount)
	tests := []struct {
		err  *Error
		want string
	}{
		{&Error{File: "a.ods", Sheet: "SB_01", Line: 12, Column: "Migrants arrived", Err: cause},
			`a.ods: sheet SB_01, row 12, column "Migrants arrived": "1,2o4" is not a count`},
		{&Error{File: "a.ods", Sheet: "SB_01", Err: ErrHeader}, `a.ods: sheet SB_01: not the expected header`},
		{&Error{File: "a.csv", Line: 3, Err: ErrPeriod}, `a.csv: row 3: not a date or period`},
		{&Error{File: "a.ods", Err: ErrShape, Hint: "look"}, `a.ods: not the expected shape`},
		{&Error{Column: "B", Err: cause}, `column "B": "1,2o4" is not a count`},
		{&Error{}, ``},
	}
	for _, tt := range tests {
		if got := tt.err.Error(); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
		if tt.err.Err != nil && !errors.Is(tt.err, tt.err.Err) {
			t.Errorf("%v does not wrap its cause", tt.err)
		}
	}
}

func TestColumnLetter(t *testing.T) {
	for i, want := range map[int]string{-1: "", 0: "A", 1: "B", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA", 16383: "XFD", 1<<63 - 1: "CRPXNLSKVLJFHH"} {
		if got := ColumnLetter(i); got != want {
			t.Errorf("column %d is %q, want %q", i, got, want)
		}
	}
	r := Row{Sheet: "SB_01", Line: 12, Cells: []Cell{{Kind: Number, Value: "1"}}}
	if got := r.Ref(1); got != "SB_01!B12" {
		t.Errorf("got %s", got)
	}
	if r.Cell(0).Value != "1" || r.Cell(1) != (Cell{}) || r.Cell(-1) != (Cell{}) {
		t.Error("cells beyond the row are not empty")
	}
}

func TestCount(t *testing.T) {
	tests := []struct {
		kind  Kind
		value string
		want  int64
		msg   string // "" for no error
	}{
		{Number, "0", 0, ""},
		{Number, "12", 12, ""},
		{Number, "12.0", 12, ""},
		{Number, "12.000", 12, ""},
		{Number, "1000000000", MaxCount, ""},
		{Number, "1000000001", 0, `"1000000001" is not a count: more than 1000000000`},
		{Number, "9223372036854775807", 0, "not a count: more than"},
		{Number, "9223372036854775808", 0, `"9223372036854775808" is not a count: more than`},
		{Number, "1.5", 0, `"1.5" is not a count`},
		{Number, "0.99999999999999999999", 0, "not a count"},
		{Number, "-3", 0, `"-3" is not a count`},
		{Number, "-0", 0, "not a count"},
		{Number, "+3", 0, "not a count"},
		{Number, "1e3", 0, "not a count"},
		{Number, "1_000", 0, "not a count"},
		{Number, "0x1p4", 0, "not a count"},
		{Number, "Inf", 0, "not a count"},
		{Number, "NaN", 0, "not a count"},
		{Number, "1.", 0, "not a count"},
		{Number, ".0", 0, "not a count"},
		{Number, "1.0.0", 0, "not a count"},
		{Number, " 1", 0, "not a count"},
		{Number, "", 0, `"" is not a count`},
		{Text, "12", 0, `"12" (text) is not a count`},
		{Text, "-", 0, `"-" (text) is not a count`},
		{Other, "12", 0, `"12" (other) is not a count`},
		{DateKind, "2018-01-01", 0, `"2018-01-01" (date) is not a count`},
		{Empty, "", 0, "an empty cell is not a count"},
		{Text, strings.Repeat("é", 500), 0, `é"... (text) is not a count`},
	}
	for _, tt := range tests {
		got, err := Count(Cell{Kind: tt.kind, Value: tt.value})
		check(t, fmt.Sprintf("%v %.20q", tt.kind, tt.value), err, ErrCount, tt.msg)
		if got != tt.want {
			t.Errorf("%v %.20q: got %d, want %d", tt.kind, tt.value, got, tt.want)
		}
	}
}

func TestDate(t *testing.T) {
	tests := []struct {
		kind        Kind
		value, want string
		msg         string // "" for no error
	}{
		{DateKind, "2018-01-01", "2018-1-1", ""},
		{DateKind, "2018-01-01T00:00:00", "2018-1-1", ""},
		{DateKind, "2024-02-29T00:00:00.000000000", "2024-2-29", ""},
		{DateKind, "1899-12-30T00:00:00", "1899-12-30", ""},
		{DateKind, "2023-02-29", "", `"2023-02-29" is not a date or period`},
		{DateKind, "2018-01-01T09:00:00", "", "it has a time of day"},
		{DateKind, "2018-01-01T00:00:00.5", "", "it has a time of day"},
		{DateKind, "2018-01-01T00:00:00Z", "", "not a date"},
		{DateKind, "01/01/2018", "", "not a date"},
		{DateKind, "", "", `"" is not a date`},
		{Text, "2018-01-01", "2018-1-1", ""},
		{Text, "Monday 1 January 2018", "2018-1-1", ""},
		{Text, "soon", "", `"soon" is not a date`},
		{Other, "2018-01-01", "", `"2018-01-01" (other) is not a date`},
		{Number, "43101", "", `"43101" (number) is not a date`},
		{Empty, "", "", "an empty cell is not a date"},
	}
	for _, tt := range tests {
		y, m, d, err := Date(Cell{Kind: tt.kind, Value: tt.value})
		check(t, fmt.Sprintf("%v %q", tt.kind, tt.value), err, ErrPeriod, tt.msg)
		if got := fmt.Sprintf("%d-%d-%d", y, m, d); err == nil && got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.value, got, tt.want)
		}
	}
}

// check compares an error with the kind and text wanted; "" means no error.
func check(t *testing.T, name string, err, kind error, msg string) {
	t.Helper()
	switch {
	case msg == "" && err != nil:
		t.Errorf("%s: %v", name, err)
	case msg != "" && (!errors.Is(err, kind) || !strings.Contains(err.Error(), msg)):
		t.Errorf("%s: got error %v, want one with %q", name, err, msg)
	}
}
