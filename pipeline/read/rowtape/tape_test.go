package rowtape

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// row is a row as it was put in.
type row struct {
	line  int
	cells []Cell
}

// rows returns rows of every kind: cells far apart, texts of any length, and gaps between rows.
func rows(n int) []row {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]row, n)
	line := 0
	for i := range out {
		line += 1 + r.IntN(3)*r.IntN(1000)
		out[i].line = line
		column := 0
		for range 1 + r.IntN(9) {
			column += r.IntN(200)
			c := Cell{Column: column, Shared: Own, Truth: r.IntN(2) == 0, Look: uint8(r.IntN(256))}
			if r.IntN(2) == 0 {
				c.Shared = r.IntN(100_000)
			} else {
				c.Text = strings.Repeat("é1", r.IntN(100)*r.IntN(20))
			}
			out[i].cells = append(out[i].cells, c)
			column++
		}
	}
	return out
}

func fill(t *testing.T, tape *Tape, in []row) {
	t.Helper()
	for _, r := range in {
		for _, c := range r.cells {
			tape.Add(c)
		}
		if !tape.End(r.line) {
			t.Fatalf("row %d has no content", r.line)
		}
		if tape.End(r.line + 1) {
			t.Fatalf("a row without cells has content")
		}
	}
}

// TestWhatGoesInComesOut checks every cell, and that its strings stay valid.
func TestWhatGoesInComesOut(t *testing.T) {
	in := rows(5000)
	var tape Tape
	fill(t, &tape, in)
	if tape.Rows() != len(in) {
		t.Errorf("%d rows", tape.Rows())
	}
	var out []row
	for line, cells := range tape.Drain() {
		out = append(out, row{line, append([]Cell(nil), cells...)})
	}
	if !reflect.DeepEqual(in, out) {
		t.Error("other rows came out")
	}
}

// TestDrainEmptiesTheTape also if it ends early.
func TestDrainEmptiesTheTape(t *testing.T) {
	var tape Tape
	for range 2 {
		fill(t, &tape, rows(50))
		for range tape.Drain() {
			break
		}
		if tape.Rows() != 0 {
			t.Fatalf("%d rows are left", tape.Rows())
		}
		for range tape.Drain() {
			t.Fatal("a row is left")
		}
	}
}

// TestACellTakesFewBytes bounds what a large sheet of labels and counts takes: the blocks are all that
// a tape holds.
func TestACellTakesFewBytes(t *testing.T) {
	const n, columns = 200_000, 7
	var tape Tape
	for line := range n {
		for c := range columns - 1 {
			tape.Add(Cell{Column: c, Shared: (line + c) % 2000})
		}
		tape.Add(Cell{Column: columns - 1, Shared: Own, Text: "123"})
		tape.End(line + 1)
	}
	held := 0
	for _, b := range tape.blocks {
		held += cap(b)
	}
	if most := n * columns * 6; held > most {
		t.Errorf("%d bytes for %d cells, more than %d", held, n*columns, most)
	}
}
