package table

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

func FuzzLines(f *testing.F) {
	f.Add("a", "b,c", "")
	f.Add(`say "no"`, " lead", "\u00a0x")
	f.Add("two\nlines", "\r\n", `\.`)
	f.Add("", "", "")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		var want, got bytes.Buffer
		w, l := csv.NewWriter(&want), NewLines(&got)
		w.UseCRLF = true
		for range 2 {
			if err := w.Write([]string{a, b, c}); err != nil {
				t.Fatal(err)
			}
			for _, s := range []string{a, b, c} {
				l.Text(s)
			}
			if err := l.End(); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		if err := l.Flush(); err != nil || got.String() != want.String() {
			t.Errorf("got %q, want %q: %v", got.String(), want.String(), err)
		}
	})
}

func TestALineOfCells(t *testing.T) {
	cells := []Cell{Text("=1+1"), Text("a,b"), Text(""), Int(-7), Count(stat.Count{}), Float(2.5, true), Float(-0.00001, true), Float(1, false), Day(stat.MustDate("2026-06-05")), Day(0),
		Instant(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)), Bool(true), NoBool()}
	var want []string
	var got strings.Builder
	l := NewLines(&got)
	for _, c := range cells {
		want = append(want, c.Field())
		l.Cell(c)
		if s := string(c.append([]byte("x"))); s != "x"+c.String() {
			t.Errorf("appended %q, want %q", s[1:], c.String())
		}
	}
	if err := l.End(); err != nil {
		t.Fatal(err)
	}
	if err := l.Flush(); err != nil {
		t.Fatal(err)
	}
	line := strings.Replace(strings.Join(want, ","), "a,b", `"a,b"`, 1) + "\r\n"
	if got.String() != line {
		t.Errorf("got %q, want %q", got.String(), line)
	}
}

// TestManyLines writes more than is passed on at once.
func TestManyLines(t *testing.T) {
	var got strings.Builder
	l := NewLines(&got)
	for range linesBuffer / 4 {
		l.Text("abcdef")
		if err := l.End(); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Flush(); err != nil || got.String() != strings.Repeat("abcdef\r\n", linesBuffer/4) {
		t.Errorf("%d bytes: %v", got.Len(), err)
	}
}

func TestDaysAsText(t *testing.T) {
	for d := stat.MustDate("0001-01-02"); d < stat.MustDate("9999-12-01"); d += 9973 {
		if got := Day(d).String(); got != d.String() {
			t.Fatalf("got %s, want %s", got, d)
		}
	}
	for _, text := range []string{"0001-01-01", "1000-10-10", "2024-02-29", "9999-12-31"} {
		if got := Day(stat.MustDate(text)).String(); got != text {
			t.Errorf("got %s, want %s", got, text)
		}
	}
	if far := stat.MustDate("9999-12-31") + 1; Day(far).String() != far.String() {
		t.Errorf("got %s, want %s", Day(far), far)
	}
}

// TestBegins compares a table with its own CSV, whole, cut, and with another row or header.
func TestBegins(t *testing.T) {
	x := &Table{Schema: Observations(nil).Schema}
	row := make([]Cell, len(x.Schema.Columns))
	for i := range 5 {
		row[0], row[1] = Text("a, b"), Text(strings.Repeat("x", i))
		x.Rows = append(x.Rows, append([]Cell(nil), row...))
	}
	var out bytes.Buffer
	if err := x.CSV(&out); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	lines := strings.SplitAfter(text, "\r\n")
	size := func(n int) int { return len(strings.Join(lines[:n+1], "")) }
	for name, c := range map[string]struct {
		text       string
		rows, size int
	}{
		"same": {text, 5, size(5)}, "longer": {text + "more", 5, size(5)}, "cut": {text[:len(text)-1], 4, size(4)}, "header": {lines[0], 0, size(0)},
		"none": {"", 0, 0}, "other header": {"x" + text, 0, 0}, "other row": {strings.Replace(text, ",xx,", ",xy,", 1), 2, size(2)}, "other first row": {strings.Replace(text, "a, b", "c, d", 1), 0, size(0)},
	} {
		if rows, n := x.Begins([]byte(c.text)); rows != c.rows || n != c.size {
			t.Errorf("%s: %d rows, %d bytes, want %d and %d", name, rows, n, c.rows, c.size)
		}
	}
}
