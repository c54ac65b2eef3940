package csvscan

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// Index locates the rows and fields of one block. It is reused from block to block; the zero value
// is ready.
type Index struct {
	// pos has, in order, the offsets that make an irregular row read as empty fields, a sentinel
	// before the block, and the offsets of the delimiters.
	pos []uint32
	// first has, for each row, the index in pos of the delimiter before the row.
	first  []uint32
	quotes []uint32
	fields int
	data   []byte
	// quote is the number of quotes before the row being appended.
	quote int
	// irregular are the rows whose number of fields differs from the header's, ascending.
	irregular []Irregular
	breaks    []uint32
}

// Irregular is a row whose number of fields differs from the header's.
type Irregular struct {
	Row    int
	Fields int
}

// Scan indexes the records of b. Each should have the given number of fields. The error is
// a *SyntaxError at the first place that is not CSV.
func (x *Index) Scan(b Block, fields int) error {
	x.data, x.fields = b.Data, fields
	x.reset()
	x.delimiters()
	if err := x.checkQuotes(b); err != nil {
		return err
	}
	if n := len(b.Data); b.Data[n-1] != '\n' {
		x.pos = append(x.pos, uint32(n))
	}
	return x.rows(b)
}

// reset empties the index and writes the offsets that irregular rows use: field f of such a row
// begins and ends at f.
func (x *Index) reset() {
	x.pos = append(x.pos[:0], ^uint32(0))
	for f := range x.fields {
		x.pos = append(x.pos, uint32(f))
	}
	x.pos = append(x.pos, ^uint32(0))
	x.first, x.quotes, x.irregular, x.breaks = x.first[:0], x.quotes[:0], x.irregular[:0], x.breaks[:0]
	x.quote = 0
}

const (
	low7    = 0x7f7f7f7f7f7f7f7f
	high    = 0x8080808080808080
	ones    = 0x0101010101010101
	commas  = 0x2c2c2c2c2c2c2c2c
	breaks  = 0x0a0a0a0a0a0a0a0a
	quotes  = 0x2222222222222222
	gather  = 0x0102040810204080
	perWord = 64
)

// full sets the high bit of each byte of v that is not zero. Its other bits mean nothing.
func full(v uint64) uint64 { return (v&low7 + low7) | v }

// flags returns a bit for each of eight bytes that is a comma or a line break.
func flags(v uint64) uint64 {
	return (^(full(v^commas) & full(v^breaks)) & high) >> 7 * gather >> 56
}

// quoteFlags returns a bit for each of eight bytes that is a quote.
func quoteFlags(v uint64) uint64 { return (^full(v^quotes) & high) >> 7 * gather >> 56 }

// anyQuote is not zero when some byte of v is a quote.
func anyQuote(v uint64) uint64 {
	v ^= quotes
	return (v - ones) &^ v & high
}

// delimiters appends the offset of every comma and line break outside quotes.
func (x *Index) delimiters() {
	n := len(x.data)
	padded := x.data[:(n+perWord-1)/perWord*perWord]
	clear(padded[n:])
	var inside uint64 // all ones within quotes
	for base := 0; base < len(padded); base += perWord {
		delims, quoted := masks((*[perWord]byte)(padded[base:]))
		if quoted != 0 {
			x.addQuotes(uint32(base), quoted)
			in := prefixXor(quoted) ^ inside
			inside = uint64(int64(in) >> 63)
			delims &^= in
		} else {
			delims &^= inside
		}
		x.add(uint32(base), delims)
	}
}

// masks returns a bit for each of the 64 bytes that is a comma or a line break, and one for each
// that is a quote. It is unrolled because a loop cost a third of the scan.
func masks(b *[perWord]byte) (delims, quoted uint64) {
	v0, v1 := binary.LittleEndian.Uint64(b[0:]), binary.LittleEndian.Uint64(b[8:])
	v2, v3 := binary.LittleEndian.Uint64(b[16:]), binary.LittleEndian.Uint64(b[24:])
	v4, v5 := binary.LittleEndian.Uint64(b[32:]), binary.LittleEndian.Uint64(b[40:])
	v6, v7 := binary.LittleEndian.Uint64(b[48:]), binary.LittleEndian.Uint64(b[56:])
	delims = flags(v0) | flags(v1)<<8 | flags(v2)<<16 | flags(v3)<<24 |
		flags(v4)<<32 | flags(v5)<<40 | flags(v6)<<48 | flags(v7)<<56
	if anyQuote(v0)|anyQuote(v1)|anyQuote(v2)|anyQuote(v3)|anyQuote(v4)|anyQuote(v5)|anyQuote(v6)|anyQuote(v7) != 0 {
		quoted = quoteFlags(v0) | quoteFlags(v1)<<8 | quoteFlags(v2)<<16 | quoteFlags(v3)<<24 |
			quoteFlags(v4)<<32 | quoteFlags(v5)<<40 | quoteFlags(v6)<<48 | quoteFlags(v7)<<56
	}
	return delims, quoted
}

// prefixXor returns, for each bit, the parity of the bits up to it.
func prefixXor(v uint64) uint64 {
	v ^= v << 1
	v ^= v << 2
	v ^= v << 4
	v ^= v << 8
	v ^= v << 16
	return v ^ v<<32
}

// add appends the offsets of the set bits. It writes them twelve at a time, even if fewer are set:
// the end of a loop over the exact number would be mispredicted once per word.
func (x *Index) add(base uint32, mask uint64) {
	n, k := bits.OnesCount64(mask), len(x.pos)
	if cap(x.pos) < k+perWord+12 {
		x.pos = append(x.pos, make([]uint32, max(perWord+12, k))...)
	}
	out := x.pos[k : k+perWord+12]
	for i := 0; i < n; i += 12 {
		o := (*[12]uint32)(out[i:])
		for j := 0; j < len(o); j += 4 {
			b := mask & (mask - 1)
			c := b & (b - 1)
			d := c & (c - 1)
			o[j] = base + uint32(bits.TrailingZeros64(mask))
			o[j+1] = base + uint32(bits.TrailingZeros64(b))
			o[j+2] = base + uint32(bits.TrailingZeros64(c))
			o[j+3] = base + uint32(bits.TrailingZeros64(d))
			mask = d & (d - 1)
		}
	}
	x.pos = x.pos[:k+n]
}

func (x *Index) addQuotes(base uint32, mask uint64) {
	for ; mask != 0; mask &= mask - 1 {
		x.quotes = append(x.quotes, base+uint32(bits.TrailingZeros64(mask)))
	}
}

// checkQuotes checks the quotes of the block: an opening quote must come first in its field, and a
// closing quote last.
func (x *Index) checkQuotes(b Block) error {
	d := x.data
	fail := func(at uint32, err error) error {
		return &SyntaxError{b.Line + int64(bytes.Count(d[:at], []byte{'\n'})), err}
	}
	for i := 0; i < len(x.quotes); i++ {
		q := x.quotes[i]
		if q > 0 && d[q-1] != ',' && d[q-1] != '\n' {
			return fail(q, ErrBare)
		}
		for i++; ; i++ {
			if i >= len(x.quotes) {
				return fail(q, ErrOpen)
			}
			end := x.quotes[i]
			if i+1 < len(x.quotes) && x.quotes[i+1] == end+1 {
				i++
				continue
			}
			if !closes(d[end+1:]) {
				return fail(end, ErrQuote)
			}
			break
		}
	}
	return nil
}

// closes reports whether the byte after a quote lets it close its field.
func closes(after []byte) bool {
	return len(after) == 0 || after[0] == ',' || after[0] == '\n' ||
		after[0] == '\r' && (len(after) == 1 || after[1] == '\n')
}

// rows groups the delimiters into rows. Usually each row has the same number of delimiters; rows
// checks this by the last delimiter of each row and the number of line breaks.
func (x *Index) rows(b Block) error {
	d, pos, f := x.data, x.pos, x.fields
	for i := f + 1; i+f < len(pos); i += f {
		if !ends(d, pos[i+f]) || x.quoted(pos[i+f]) && holdsBreak(d, pos[i+1:i+f]) {
			return x.anyRows(b)
		}
		if err := x.row(b, i, i+f); err != nil {
			return err
		}
	}
	lines := bytes.Count(d, []byte{'\n'})
	if d[len(d)-1] != '\n' {
		lines++
	}
	if len(x.first)*f+f+2 != len(pos) || len(x.first)+len(x.breaks) != lines {
		return x.anyRows(b)
	}
	return nil
}

// anyRows is rows for blocks in which some row has another number of fields or is blank.
func (x *Index) anyRows(b Block) error {
	x.first, x.irregular, x.breaks, x.quote = x.first[:0], x.irregular[:0], x.breaks[:0], 0
	for i := x.fields + 1; i+1 < len(x.pos); {
		end := i + 1
		for !ends(x.data, x.pos[end]) {
			end++
		}
		if err := x.row(b, i, end); err != nil {
			return err
		}
		i = end
	}
	return nil
}

// row appends the row whose delimiters are pos[i+1] to pos[end]. It skips a blank line.
func (x *Index) row(b Block, i, end int) error {
	start, stop := x.pos[i]+1, x.pos[end]
	if stop-start >= MaxRecord {
		return &SyntaxError{b.Line + int64(bytes.Count(x.data[:start], []byte{'\n'})), ErrRecord}
	}
	if end == i+1 && (stop == start || stop == start+1 && x.data[start] == '\r') {
		x.breaks = append(x.breaks, uint32(len(x.first)))
		return nil
	}
	if x.quoted(stop) {
		x.linesWithin(x.data[start:stop], stop)
	}
	if end-i != x.fields {
		x.irregular = append(x.irregular, Irregular{len(x.first), end - i})
		i = 0
	}
	x.first = append(x.first, uint32(i))
	return nil
}

// quoted reports whether the row that ends at stop has a quote.
func (x *Index) quoted(stop uint32) bool {
	return x.quote < len(x.quotes) && x.quotes[x.quote] < stop
}

func holdsBreak(d []byte, pos []uint32) bool {
	for _, p := range pos {
		if d[p] == '\n' {
			return true
		}
	}
	return false
}

// linesWithin notes the line breaks inside the quotes of the row being appended, which ends at
// stop.
func (x *Index) linesWithin(text []byte, stop uint32) {
	for x.quote < len(x.quotes) && x.quotes[x.quote] < stop {
		x.quote++
	}
	for range bytes.Count(text, []byte{'\n'}) {
		x.breaks = append(x.breaks, uint32(len(x.first))+1)
	}
}

func ends(d []byte, at uint32) bool { return int(at) >= len(d) || d[at] == '\n' }

// Rows returns the number of records of the block, including irregular ones.
func (x *Index) Rows() int { return len(x.first) }

// Irregular returns the rows whose number of fields differs from the header's, in order. All their
// fields read as empty.
func (x *Index) Irregular() []Irregular { return x.irregular }

// Breaks returns a row number, ascending, for each line that is not the first line of a row. The
// line on which row r begins is the block's line, plus r, plus the number of entries that are at
// most r.
func (x *Index) Breaks() []uint32 { return x.breaks }
