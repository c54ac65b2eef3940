package csvscan

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// Index is where the rows and fields of one block are. It is reused from block
// to block; the zero value is ready.
type Index struct {
	// pos are the places of the delimiters, after a run of places that makes an
	// irregular row read as empty fields, and a sentinel before the block.
	pos []uint32
	// first is for each row the index in pos of the delimiter before the row.
	first  []uint32
	quotes []uint32
	fields int
	data   []byte
	// quote is how many of the quotes stand before the row that is being appended.
	quote int
	// irregular are the rows with another number of fields, ascending, and how many they have.
	irregular []Irregular
	breaks    []uint32
}

// Irregular is a row whose number of fields is not that of the header.
type Irregular struct {
	Row    int
	Fields int
}

// Scan indexes the records of b, each of which should have the given number of
// fields. An error is a *SyntaxError at the first place that is no CSV.
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

// reset empties the index and writes the places that irregular rows point at:
// field f of such a row begins and ends at f.
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
	commas  = 0x2c2c2c2c2c2c2c2c
	breaks  = 0x0a0a0a0a0a0a0a0a
	quotes  = 0x2222222222222222
	gather  = 0x0102040810204080
	perWord = 64
)

// zeros returns 0x80 in each byte of v that is zero, exactly.
func zeros(v uint64) uint64 { return ^((v&low7 + low7) | v | low7) }

// delimiters appends the place of every comma and line break outside quotes.
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

// masks returns a bit for each of the 64 bytes that is a comma or a line
// break, and one for each that is a quote.
func masks(b *[perWord]byte) (delims, quoted uint64) {
	var anyQuote uint64
	for i := 0; i < perWord; i += 8 {
		v := binary.LittleEndian.Uint64(b[i:])
		d := zeros(v^commas) | zeros(v^breaks)
		anyQuote |= zeros(v ^ quotes)
		delims |= (d >> 7 * gather >> 56) << i
	}
	if anyQuote != 0 {
		for i := 0; i < perWord; i += 8 {
			q := zeros(binary.LittleEndian.Uint64(b[i:]) ^ quotes)
			quoted |= (q >> 7 * gather >> 56) << i
		}
	}
	return delims, quoted
}

// prefixXor returns for each bit the parity of the bits up to it.
func prefixXor(v uint64) uint64 {
	v ^= v << 1
	v ^= v << 2
	v ^= v << 4
	v ^= v << 8
	v ^= v << 16
	return v ^ v<<32
}

// add appends the places of the set bits. Eight are written at a time whether
// there are that many or not: a loop that ends by the number of bits would be
// mispredicted once a word.
func (x *Index) add(base uint32, mask uint64) {
	n, k := bits.OnesCount64(mask), len(x.pos)
	if cap(x.pos) < k+perWord+8 {
		x.pos = append(x.pos, make([]uint32, max(perWord+8, k))...)
	}
	out := x.pos[k : k+perWord+8]
	for i := 0; i < n; i += 8 {
		o := (*[8]uint32)(out[i:])
		for j := range o {
			o[j] = base + uint32(bits.TrailingZeros64(mask))
			mask &= mask - 1
		}
	}
	x.pos = x.pos[:k+n]
}

func (x *Index) addQuotes(base uint32, mask uint64) {
	for ; mask != 0; mask &= mask - 1 {
		x.quotes = append(x.quotes, base+uint32(bits.TrailingZeros64(mask)))
	}
}

// checkQuotes walks the quotes of the block: one that opens a field stands
// first in it, one that closes it stands last.
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

// closes reports whether what follows a quote lets it close its field.
func closes(after []byte) bool {
	return len(after) == 0 || after[0] == ',' || after[0] == '\n' ||
		after[0] == '\r' && (len(after) == 1 || after[1] == '\n')
}

// rows groups the delimiters: as a rule each row ends so many delimiters after
// the one before it.
func (x *Index) rows(b Block) error {
	d, pos, f := x.data, x.pos, x.fields
	for i := f + 1; i+1 < len(pos); {
		end := i + f
		if end >= len(pos) || !ends(d, pos[end]) || holdsBreak(d, pos[i+1:end]) {
			if end = i + 1; !ends(d, pos[end]) {
				for end++; !ends(d, pos[end]); end++ {
				}
			}
		}
		start := pos[i] + 1
		if pos[end]-start >= MaxRecord {
			return &SyntaxError{b.Line + int64(bytes.Count(d[:start], []byte{'\n'})), ErrRecord}
		}
		x.row(i, end, d[start:pos[end]])
		i = end
	}
	return nil
}

// row appends the row whose delimiters are pos[i+1] to pos[end]. A blank line is none.
func (x *Index) row(i, end int, text []byte) {
	if end == i+1 && (len(text) == 0 || len(text) == 1 && text[0] == '\r') {
		x.breaks = append(x.breaks, uint32(len(x.first)))
		return
	}
	x.linesWithin(text, x.pos[end])
	if end-i != x.fields {
		x.irregular = append(x.irregular, Irregular{len(x.first), end - i})
		x.first = append(x.first, 0)
		return
	}
	x.first = append(x.first, uint32(i))
}

// linesWithin notes the line breaks inside the quotes of the row that is being
// appended, which ends at end. Only a row that holds a quote is looked through.
func (x *Index) linesWithin(text []byte, end uint32) {
	q := x.quote
	for x.quote < len(x.quotes) && x.quotes[x.quote] < end {
		x.quote++
	}
	if x.quote == q {
		return
	}
	for range bytes.Count(text, []byte{'\n'}) {
		x.breaks = append(x.breaks, uint32(len(x.first))+1)
	}
}

func ends(d []byte, at uint32) bool { return int(at) >= len(d) || d[at] == '\n' }

func holdsBreak(d []byte, pos []uint32) bool {
	for _, p := range pos {
		if d[p] == '\n' {
			return true
		}
	}
	return false
}

// Rows returns the number of records of the block, irregular ones among them.
func (x *Index) Rows() int { return len(x.first) }

// Irregular returns the rows with another number of fields, in order. All
// their fields read as empty.
func (x *Index) Irregular() []Irregular { return x.irregular }

// Breaks returns a row number for each line that is not the first line of a
// row: the line on which row r begins is the block's line, plus r, plus the number of
// entries that are at most r. It is ascending.
func (x *Index) Breaks() []uint32 { return x.breaks }
