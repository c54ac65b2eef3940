package deflated

// The kinds of blocks.
const (
	stored = iota
	fixed
	dynamic
)

// block is a block of a stream without its tokens.
type block struct {
	kind   int
	last   bool
	count  int    // of tokens, or of bytes in a stored block
	header []byte // of a dynamic block: the bits that say its codes
	bits   int    // number of bits in header

	literals, distances *code // nil in a stored block
}

// tables are the lengths and distances that symbols stand for, with the number of bits that follow.
var lengthBase, lengthBits = table(29, 3, 4)
var distanceBase, distanceBits = table(30, 1, 2)

// table computes a table of RFC 1951, 3.2.5, in which so many symbols in a row have the same number of
// bits.
func table(symbols, first, inRow int) (base []int, bits []uint) {
	for i := range symbols {
		n := uint(max(0, i/inRow-1))
		base, bits = append(base, first), append(bits, n)
		first += 1 << n
	}
	if symbols == 29 {
		base[28], bits[28] = 258, 0
	}
	return base, bits
}

// lengthSymbol and distanceSymbol say which symbol stands for a length or a distance.
var lengthSymbol = func() (out [259]uint8) {
	for s, b := range lengthBase[:28] {
		for i := b; i < b+1<<lengthBits[s] && i < 259; i++ {
			out[i] = uint8(s)
		}
	}
	out[258] = 28
	return out
}()

func distanceSymbol(d int) int {
	s := 0
	for n := len(distanceBase); n-s > 1; {
		if m := (s + n) / 2; distanceBase[m] <= d {
			s = m
		} else {
			n = m
		}
	}
	return s
}

// fixedCodes are the codes of a block that states none.
var fixedLiterals, fixedDistances = func() (*code, *code) {
	var l [288]uint8
	for i := range l {
		switch {
		case i < 144:
			l[i] = 8
		case i < 256:
			l[i] = 9
		case i < 280:
			l[i] = 7
		default:
			l[i] = 8
		}
	}
	var d [30]uint8
	for i := range d {
		d[i] = 5
	}
	literals, _ := newCode(l[:])
	distances, _ := newCode(d[:]) // two of 32 codes are not used
	return literals, distances
}()

// order is that of the lengths of the code in which the lengths of the other codes are written.
var order = [19]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// readCodes reads the codes of a dynamic block.
func readCodes(r *reader) (literals, distances *code, err error) {
	nl, nd, nc := int(r.bits(5))+257, int(r.bits(5))+1, int(r.bits(4))+4
	var small [19]uint8
	for _, i := range order[:nc] {
		small[i] = uint8(r.bits(3))
	}
	c, err := newCode(small[:])
	if err != nil || nl > 286 || nd > 30 {
		return nil, nil, errFormat
	}
	lengths := make([]uint8, nl+nd)
	for i := 0; i < len(lengths); {
		s, err := r.symbol(c)
		if err != nil {
			return nil, nil, err
		}
		repeat, value := 1, uint8(s)
		switch s {
		case 16:
			if i == 0 {
				return nil, nil, errFormat
			}
			repeat, value = int(r.bits(2))+3, lengths[i-1]
		case 17:
			repeat, value = int(r.bits(3))+3, 0
		case 18:
			repeat, value = int(r.bits(7))+11, 0
		}
		if i+repeat > len(lengths) {
			return nil, nil, errFormat
		}
		for ; repeat > 0; repeat-- {
			lengths[i] = value
			i++
		}
	}
	if literals, err = newCode(lengths[:nl]); err != nil {
		return nil, nil, err
	}
	distances, err = newCode(lengths[nl:])
	return literals, distances, err
}
