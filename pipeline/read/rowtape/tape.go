// Package rowtape holds the rows of a sheet in few bytes, from when they are read until the sheet is
// known to be whole. A sheet may have millions of cells: each takes some four bytes, and the blocks
// that hold them are never copied to grow.
//
//  1. Add the cells of a row, then End it.
//  2. Drain yields the rows in order, and forgets each block after its last row.
package rowtape

import (
	"encoding/binary"
	"iter"
)

// Own is the index of a text that is the cell's own.
const Own = -1

// Cell is a cell with content.
type Cell struct {
	Column int    // from 0
	Shared int    // index of its text among those that the sheets share, or Own
	Text   string // if it is its own
	Truth  bool   // it holds TRUE or FALSE
	Look   uint8  // how its number is shown
}

// The sizes of the first and of the later blocks, in bytes. A longer row has a block of its own.
const (
	firstBlock  = 4 << 10
	laterBlocks = 256 << 10
)

// Tape holds rows. The zero value has none.
type Tape struct {
	head, texts []byte // the current row: its cells, and their own texts joined
	next        int    // the column after its last cell
	last        int    // the number of the last row
	rows        int
	blocks      [][]byte
}

// The flags of a cell.
const (
	truth = 1 << iota
	own
)

// Add adds a cell to the current row, to the right of those before it.
func (t *Tape) Add(c Cell) {
	t.head = binary.AppendUvarint(t.head, uint64(c.Column-t.next+1)) // never 0, which ends the row
	t.next = c.Column + 1
	var flags byte
	if c.Truth {
		flags |= truth
	}
	n := c.Shared
	if n == Own {
		flags |= own
		n = len(c.Text)
		t.texts = append(t.texts, c.Text...)
	}
	t.head = append(t.head, flags, c.Look)
	t.head = binary.AppendUvarint(t.head, uint64(n))
}

// End ends the current row, whose number is greater than that of the one before it. It reports
// whether the row has content; one without is not kept.
func (t *Tape) End(line int) bool {
	if len(t.head) == 0 {
		return false
	}
	t.head = append(t.head, 0)
	t.head = binary.AppendUvarint(t.head, uint64(line-t.last))
	t.head = binary.AppendUvarint(t.head, uint64(len(t.texts)))
	t.keep(len(t.head) + len(t.texts))
	block := &t.blocks[len(t.blocks)-1]
	*block = append(append(*block, t.head...), t.texts...)
	t.head, t.texts, t.next, t.last = t.head[:0], t.texts[:0], 0, line
	t.rows++
	return true
}

// keep makes room for a row of n bytes in the last block.
func (t *Tape) keep(n int) {
	size := firstBlock
	if i := len(t.blocks) - 1; i >= 0 {
		if cap(t.blocks[i])-len(t.blocks[i]) >= n {
			return
		}
		size = min(2*cap(t.blocks[i]), laterBlocks)
	}
	t.blocks = append(t.blocks, make([]byte, 0, max(size, n)))
}

// Rows returns the number of rows.
func (t *Tape) Rows() int { return t.rows }

// Drain yields the number and the cells of each row. The tape is empty afterwards, even if not all
// rows were taken. The slice is reused; its strings stay valid.
func (t *Tape) Drain() iter.Seq2[int, []Cell] {
	return func(yield func(int, []Cell) bool) {
		blocks := t.blocks
		*t = Tape{}
		line := 0
		var cells []Cell
		for i, b := range blocks {
			blocks[i] = nil
			for r := (reader{b}); len(r.rest) > 0; {
				cells = r.cells(cells[:0])
				line += r.number()
				r.texts(cells)
				if !yield(line, cells) {
					return
				}
			}
		}
	}
}

// reader reads the rows of a block.
type reader struct{ rest []byte }

// number reads a number.
func (r *reader) number() int {
	n, size := binary.Uvarint(r.rest)
	r.rest = r.rest[size:]
	return int(n)
}

// cells reads the cells of a row. Until texts, the index of an own text is its size.
func (r *reader) cells(cells []Cell) []Cell {
	for next := 0; ; {
		step := r.number()
		if step == 0 {
			return cells
		}
		c := Cell{Column: next + step - 1, Truth: r.rest[0]&truth != 0, Look: r.rest[1]}
		isOwn := r.rest[0]&own != 0
		r.rest = r.rest[2:]
		if c.Shared = r.number(); isOwn {
			c.Shared = Own - c.Shared
		}
		next = c.Column + 1
		cells = append(cells, c)
	}
}

// texts reads the cells' own texts, all in one allocation.
func (r *reader) texts(cells []Cell) {
	n := r.number()
	all := string(r.rest[:n])
	r.rest = r.rest[n:]
	for i := range cells {
		if c := &cells[i]; c.Shared < 0 {
			size := Own - c.Shared
			c.Text, all, c.Shared = all[:size], all[size:], Own
		}
	}
}
