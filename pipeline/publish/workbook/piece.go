package workbook

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
)

// Keep returns what make makes from parts, or what was kept of that.
type Keep func(make func() ([]byte, error), parts ...[]byte) ([]byte, error)

// kept returns what make makes from a sheet with that key and from parts. A sheet without a key is
// made each time.
func (b Book) kept(make func() ([]byte, error), key []byte, parts ...[]byte) ([]byte, error) {
	if b.Keep == nil || len(key) == 0 {
		return make()
	}
	return b.Keep(make, append([][]byte{key}, parts...)...)
}

// piece is a part of an XML document, compressed so that pieces can follow one another.
type piece struct {
	size     uint64 // before compression
	sum      uint32 // CRC-32 before compression
	deflated []byte
}

// level is how hard XML is compressed. A higher one saves 4 % of a workbook, and costs more in the archive of
// editions, where streams are taken apart.
const level = 5

// endOfPieces is an empty block that ends a compressed stream.
var endOfPieces = []byte{1, 0, 0, 0xff, 0xff}

// newPiece returns what write writes.
func newPiece(write func(*xmlWriter) error) (piece, error) {
	var out bytes.Buffer
	deflater, err := flate.NewWriter(&out, level)
	if err != nil {
		return piece{}, err
	}
	p := piece{}
	x := &xmlWriter{w: bufio.NewWriterSize(p.through(deflater), 1<<16)}
	if err := write(x); err != nil {
		return piece{}, err
	}
	if err := errors.Join(x.w.Flush(), deflater.Flush()); err != nil {
		return piece{}, err
	}
	p.deflated = out.Bytes()
	return p, nil
}

// through returns a writer that counts and sums up what goes to w.
func (p *piece) through(w *flate.Writer) writerFunc {
	return func(data []byte) (int, error) {
		p.size += uint64(len(data))
		p.sum = crc32.Update(p.sum, crc32.IEEETable, data)
		return w.Write(data)
	}
}

type writerFunc func([]byte) (int, error)

// Write calls the function.
func (f writerFunc) Write(data []byte) (int, error) { return f(data) }

// pieceHead is the length of the head of a kept piece: its size and its sum.
const pieceHead = 12

// piece returns what write writes of a page, or what was kept of that. as says what else the piece
// depends on besides the page.
func (b Book) piece(p *page, as string, write func(*xmlWriter) error) (piece, error) {
	data, err := b.kept(func() ([]byte, error) {
		made, err := newPiece(write)
		head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64(nil, made.size), made.sum)
		return append(head, made.deflated...), err
	}, p.key, []byte(as), p.look())
	if err != nil {
		return piece{}, err
	}
	if len(data) < pieceHead {
		return piece{}, fmt.Errorf("sheet %q: %d bytes were kept of it, too few", p.name, len(data))
	}
	return piece{binary.BigEndian.Uint64(data), binary.BigEndian.Uint32(data[8:]), data[pieceHead:]}, nil
}

// look returns everything that the XML of a page is made from except the rows of its table.
func (p *page) look() []byte {
	out := fmt.Appendf(nil, "%q %#v %#v %t", p.name, p.lines, p.widths, p.wrap)
	if p.table != nil {
		out = fmt.Appendf(out, " %q %#v %#v %d", p.table.name, p.table.columns, p.table.figures, p.table.n)
	}
	return out
}

// joined returns the pieces of a document as one.
func joined(pieces []piece) piece {
	var all piece
	for _, p := range pieces {
		all.size += p.size
		all.sum = combined(all.sum, p.sum, p.size)
		all.deflated = append(all.deflated, p.deflated...)
	}
	return all
}

// combined returns the CRC-32 of two texts in a row. a and b are the sums of the texts, and n is the
// length of the second in bytes.
func combined(a, b uint32, n uint64) uint32 {
	shift, power := uint32(1)<<31, uint32(1)<<23 // 1 and x⁸
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			shift = product(power, shift)
		}
		power = product(power, power)
	}
	return product(shift, a) ^ b
}

// product multiplies two polynomials modulo that of CRC-32. The highest bit is the lowest power.
func product(a, b uint32) (out uint32) {
	for bit := uint32(1) << 31; bit > 0; bit >>= 1 {
		if a&bit != 0 {
			out ^= b
		}
		carry := b & 1
		if b >>= 1; carry == 1 {
			b ^= crc32.IEEE
		}
	}
	return out
}
