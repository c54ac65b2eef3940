package table

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
)

// Hash returns a hash of the schema's name and of every cell, with its type: two tables of one program
// with the same hash have the same rows in every form.
func (t *Table) Hash() []byte {
	sum := sha256.New()
	out := bufio.NewWriterSize(sum, 1<<14) // a hash never returns an error
	out.WriteString(t.Schema.Name)
	var head [1 + 2*binary.MaxVarintLen64]byte
	for row := range t.All() {
		for _, c := range row {
			head[0] = byte(c.typ) << 1
			if c.null {
				head[0] |= 1
			}
			n := 1 + binary.PutVarint(head[1:], c.n)
			n += binary.PutUvarint(head[n:], uint64(len(c.text)))
			out.Write(head[:n])
			out.WriteString(c.text)
		}
	}
	out.Flush()
	return sum.Sum(nil)
}
