package deflated

import "encoding/binary"

// endOfBlock is the symbol that ends a block.
const endOfBlock = 256

// tokens are literal bytes and copies in the form in which they are kept: for each copy the number of
// literal bytes before it, these, the copy's length, and its distance in two bytes.
type tokens struct {
	out, run []byte
}

func (t *tokens) literal(b byte) { t.run = append(t.run, b) }

func (t *tokens) copied(length, distance int) {
	t.end()
	t.out = append(t.out, byte(length-3), byte(distance-1), byte((distance-1)>>8))
}

// end writes the literal bytes since the last copy.
func (t *tokens) end() {
	t.out = append(binary.AppendUvarint(t.out, uint64(len(t.run))), t.run...)
	t.run = t.run[:0]
}

// apart takes the stream at the beginning of data apart and returns how many bytes it has.
func apart(data []byte) (form []byte, size int, err error) {
	r, t := &reader{data: data}, &tokens{}
	var blocks []byte
	n := uint64(0)
	for last := false; !last; n++ {
		b, err := readBlock(r, t)
		if err != nil || r.beyond() {
			return nil, 0, errFormat
		}
		last = b.last
		blocks = appendBlock(blocks, b)
	}
	t.end()
	if !r.align() {
		return nil, 0, errFormat
	}
	form = binary.AppendUvarint(nil, n)
	form = append(form, blocks...)
	return append(form, t.out...), r.bit() / 8, nil
}

func appendBlock(out []byte, b *block) []byte {
	kind := byte(b.kind) << 1
	if b.last {
		kind |= 1
	}
	out = binary.AppendUvarint(append(out, kind), uint64(b.count))
	if b.kind == dynamic {
		out = binary.AppendUvarint(out, uint64(b.bits))
		out = append(out, b.header...)
	}
	return out
}

func readBlock(r *reader, t *tokens) (b *block, err error) {
	b = &block{last: r.bits(1) == 1, kind: int(r.bits(2))}
	switch b.kind {
	case stored:
		if !r.align() {
			return nil, errFormat
		}
		b.count = int(r.bits(16))
		if int(r.bits(16)) != b.count^0xffff {
			return nil, errFormat
		}
		for range b.count {
			t.literal(byte(r.bits(8)))
		}
		return b, nil
	case fixed:
		b.literals, b.distances = fixedLiterals, fixedDistances
	case dynamic:
		from := r.bit()
		if b.literals, b.distances, err = readCodes(r); err != nil || r.beyond() {
			return nil, errFormat
		}
		b.bits = r.bit() - from
		b.header = bitsOf(r.data, from, b.bits)
	default:
		return nil, errFormat
	}
	return b, readTokens(r, b, t)
}

// bitsOf copies bits of data.
func bitsOf(data []byte, from, n int) []byte {
	r, w := &reader{data: data[from/8:]}, &writer{}
	r.bits(uint(from & 7))
	w.copy(r, n)
	w.align()
	return w.out
}

func readTokens(r *reader, b *block, t *tokens) error {
	for ; ; b.count++ {
		s, err := r.symbol(b.literals)
		if err != nil || s > 285 || r.over > 8 {
			return errFormat
		}
		if s < endOfBlock {
			t.literal(byte(s))
			continue
		}
		if s == endOfBlock {
			return nil
		}
		s -= endOfBlock + 1
		length := lengthBase[s] + int(r.bits(lengthBits[s]))
		d, err := r.symbol(b.distances)
		if err != nil || length > 258 {
			return errFormat
		}
		t.copied(length, distanceBase[d]+int(r.bits(distanceBits[d])))
	}
}
