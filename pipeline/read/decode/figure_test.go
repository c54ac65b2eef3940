package decode

import (
	"fmt"
	"testing"
)

// TestPointsApart reads thousands with points, and nothing else.
func TestPointsApart(t *testing.T) {
	for text, want := range map[string]string{"1.315": "1315", " 12.315 ": "12315", "1.315.000": "1315000", "315": "315", "1.31": "1.31", "1.3150": "1.3150", "0.315": "0.315", "1315.000": "1315.000", "1,315": "1,315", "1.315,5": "1.315,5", "": ""} {
		if got := PointsApart(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestFigureText(t *testing.T) {
	for text, want := range map[string]Figure{
		"0": {N: 0}, "7": {N: 7}, "1204": {N: 1204}, "1,204": {N: 1204}, " 1 204 ": {N: 1204}, "1\u00a0204": {N: 1204}, "1\u202f204\u00a0": {N: 1204},
		"1’204": {N: 1204}, "1,204,567": {N: 1204567}, "12.0": {N: 12}, "1204.00": {N: 1204}, "1000000000": {N: MaxCount},
		"389 [r]": {N: 389, Mark: "[r]"}, "10[p][r]": {N: 10, Mark: "[p][r]"}, "1,204 [note 3]": {N: 1204, Mark: "[note 3]"}, "249¹": {N: 249, Mark: "¹"},
		"249*": {N: 249, Mark: "*"}, "249 (1)": {N: 249, Mark: "(1)"}, "249r": {N: 249, Mark: "r"},
		"[x]": {Absent: NotAvailable, Mark: "[x]"}, " [X] ": {Absent: NotAvailable, Mark: "[X]"}, "..": {Absent: NotAvailable, Mark: ".."}, "-": {Absent: NotAvailable, Mark: "-"},
		"–": {Absent: NotAvailable, Mark: "–"}, ":": {Absent: NotAvailable, Mark: ":"}, "n/a": {Absent: NotAvailable, Mark: "n/a"}, "Not available": {Absent: NotAvailable, Mark: "Not available"},
		"[z]": {Absent: NotApplicable, Mark: "[z]"}, "[c]": {Absent: Confidential, Mark: "[c]"}, "*": {Absent: Confidential, Mark: "*"},
		"[low]": {Absent: Low, Mark: "[low]"}, "[x] [note 2]": {Absent: NotAvailable, Mark: "[x] [note 2]"}, "[c][r]": {Absent: Confidential, Mark: "[c][r]"},
	} {
		if got, err := FigureText(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", " ", "\u00a0", "1,2o4", "12,04", "1,204,5", "1 2", "12 04", "1,204 567", "1 204,567", "1.204", "1.000", "1.5", "0.5", "1e3", "+1", "-1", "−1", "007",
		"0x1", "Inf", "249 1", "249\n100", "1\t204", "1000000001", "99999999999999999999", "nil", "none", "zero", "[y]", "[xx]", "about 12", "12 people", "12%", "£12", "12 rr", "12 revised to 13", "12 (revised to 13)", "12 (revised from 13)", "12 (13)x", "12 (previously 11)", "[x] 12", "x y", "12-14", "<5"} {
		f, err := FigureText(text)
		check(t, fmt.Sprintf("%q", text), err, ErrCount, "not a count")
		if f != (Figure{}) {
			t.Errorf("%q: %+v came with the error", text, f)
		}
	}
}

func TestRowFigure(t *testing.T) {
	for _, c := range []struct {
		cell Cell
		want Figure
		msg  string
	}{
		{Cell{Kind: Number, Value: "1204", Text: "1,204"}, Figure{N: 1204}, ""},
		{Cell{Kind: Number, Value: "1204", Text: "1,205"}, Figure{}, "is shown as"},
		{Cell{Kind: Text, Value: "1,204", Text: "1,204"}, Figure{N: 1204}, ""},
		{Cell{Kind: Text, Value: "1204", Text: "1,204"}, Figure{N: 1204}, ""},
		{Cell{Kind: Text, Value: "1204", Text: "1,205"}, Figure{}, "is shown as"},
		{Cell{Kind: Text, Value: "[x]", Text: "0"}, Figure{}, "is shown as"},
		{Cell{Kind: Text, Value: "[c]"}, Figure{Absent: Confidential, Mark: "[c]"}, ""},
		{Cell{Kind: Other, Value: "0.12", Text: "12%"}, Figure{}, "not a count"},
		{Cell{Kind: DateKind, Value: "2018-01-01"}, Figure{}, "not a count"},
		{Cell{}, Figure{}, "an empty cell"},
	} {
		got, err := Row{Cells: []Cell{c.cell}}.Figure(0)
		check(t, fmt.Sprintf("%+v", c.cell), err, ErrCount, c.msg)
		if got != c.want {
			t.Errorf("%+v: %+v, want %+v", c.cell, got, c.want)
		}
	}
}

func TestDateText(t *testing.T) {
	for _, s := range []string{"15 August 2026", "Saturday 15 August 2026", "Saturday, 15 August 2026", "Sat 15 Aug 2026", "15 Aug 2026", "15 AUG 2026", "15th August, 2026", "15-Aug-2026",
		"15/08/2026", "15/8/2026", "15.08.2026", "15-08-2026", "2026-08-15", "2026-08-15T00:00:00", "2026-08-15 00:00", "August 15, 2026", "Saturday\u00a015  August\n2026"} {
		if y, m, d, err := DateText(s); err != nil || y != 2026 || m != 8 || d != 15 {
			t.Errorf("%q: %d %d %d, %v", s, y, m, d, err)
		}
	}
	for _, s := range []string{"Friday 15 August 2026", "08/15/2026", "31 June 2026", "29/02/2025", "2026-02-30", "15-08-26", "26-08-15", "Foo 15 August 2026", "Saturday", "15/08-2026", "2026-08-15T09:00:00", "20260815", "46000", "15 A 2026",
		"15 Augustus 2026", "August 2026", "15 August", "0/1/2026", "1/13/2026", "1 January 1899", "15 to 16 August 2026"} {
		y, m, d, err := DateText(s)
		check(t, s, err, ErrPeriod, "not a date")
		if y != 0 || m != 0 || d != 0 {
			t.Errorf("%q: %d-%d-%d came with the error", s, y, m, d)
		}
	}
}
