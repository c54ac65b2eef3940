package deflated

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

var errFormat = errors.New("not a deflate stream that can be written again")

// maxBits is the length of the longest code.
const maxBits = 15

// code is a Huffman code: how symbols are written, and how they are read.
type code struct {
	lengths []uint8
	written []uint16 // bits of a symbol, the first bit lowest
	read    []uint16 // symbol<<4 | length by the next bits
	width   uint     // number of bits that read needs
}

// newCode returns the code that the lengths of its symbols make.
func newCode(lengths []uint8) (*code, error) {
	var count, next [maxBits + 1]int
	width := uint(1)
	for _, n := range lengths {
		if n > 0 {
			count[n]++
			width = max(width, uint(n))
		}
	}
	at := 0
	for n := 1; n <= maxBits; n++ {
		at = (at + count[n-1]) << 1
		if next[n] = at; at+count[n] > 1<<n {
			return nil, errFormat
		}
	}
	c := &code{lengths: lengths, written: make([]uint16, len(lengths)), read: make([]uint16, 1<<width), width: width}
	for symbol, n := range lengths {
		if n == 0 {
			continue
		}
		w := bits.Reverse16(uint16(next[n])) >> (16 - n)
		next[n]++
		c.written[symbol] = w
		for i := int(w); i < len(c.read); i += 1 << n {
			c.read[i] = uint16(symbol)<<4 | uint16(n)
		}
	}
	return c, nil
}

// reader reads bits, the lowest of each byte first.
type reader struct {
	data []byte
	at   int // next byte to take into buf
	buf  uint64
	n    uint // bits in buf
	over int  // bytes taken after the end
}

func (r *reader) fill() {
	if r.n > 32 {
		return
	}
	if r.at+4 <= len(r.data) {
		r.buf |= uint64(binary.LittleEndian.Uint32(r.data[r.at:])) << r.n
		r.at, r.n = r.at+4, r.n+32
		return
	}
	for r.n <= 32 {
		if r.at < len(r.data) {
			r.buf |= uint64(r.data[r.at]) << r.n
			r.at++
		} else {
			r.over++
		}
		r.n += 8
	}
}

func (r *reader) bits(n uint) uint32 {
	r.fill()
	v := uint32(r.buf & (1<<n - 1))
	r.buf, r.n = r.buf>>n, r.n-n
	return v
}

// bit returns the position in bits.
func (r *reader) bit() int { return (r.at+r.over)*8 - int(r.n) }

// align goes on to the next whole byte. It returns false if it skips a bit that is set.
func (r *reader) align() bool { return r.bits(uint(-r.bit()&7)) == 0 }

// beyond reports whether bits after the end were read.
func (r *reader) beyond() bool { return r.bit() > 8*len(r.data) }

func (r *reader) symbol(c *code) (int, error) {
	r.fill()
	x := c.read[r.buf&(1<<c.width-1)]
	n := uint(x & 15)
	if n == 0 {
		return 0, errFormat
	}
	r.buf, r.n = r.buf>>n, r.n-n
	return int(x >> 4), nil
}

// writer writes bits, the lowest of each byte first.
type writer struct {
	out []byte
	buf uint64
	n   uint
}

func (w *writer) bits(v uint32, n uint) {
	w.buf |= uint64(v) << w.n
	for w.n += n; w.n >= 8; w.n -= 8 {
		w.out = append(w.out, byte(w.buf))
		w.buf >>= 8
	}
}

// copy writes the next n bits of r.
func (w *writer) copy(r *reader, n int) {
	for ; n > 0; n -= 8 {
		w.bits(r.bits(uint(min(n, 8))), uint(min(n, 8)))
	}
}

// align goes on to the next whole byte.
func (w *writer) align() {
	if w.n > 0 {
		w.bits(0, 8-w.n)
	}
}
