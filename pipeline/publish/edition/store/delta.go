package store

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// A difference is a list of steps, each a number and what it needs: an even number is twice the count
// of bytes that follow, an odd one twice the count of bytes to copy from the base, plus one. The
// place to copy from follows, counted from the end of the last copy.

// minCopy is the number of bytes from which a copy is shorter than the bytes.
const minCopy = 8

const tableBits = 14

func slot(data []byte) uint64 {
	return binary.LittleEndian.Uint64(data) * 0x9e3779b97f4a7c15 >> (64 - tableBits)
}

// difference returns what makes target of base.
func difference(base, target []byte) (out []byte) {
	var table [1 << tableBits]int32 // places in base by the bytes that follow, plus one
	for i := len(base) - minCopy; i >= 0; i-- {
		table[slot(base[i:])] = int32(i + 1)
	}
	added, last := 0, 0 // target[added:i] has to be added; the last copy ended at last
	for i := 0; i+minCopy <= len(target); {
		from, n := copyFrom(base, target[i:], int(table[slot(target[i:])])-1, last+i-added)
		if n < minCopy {
			i++
			continue
		}
		for from > 0 && i > added && base[from-1] == target[i-1] {
			from, i, n = from-1, i-1, n+1
		}
		out = addBytes(out, target[added:i])
		out = binary.AppendUvarint(out, uint64(n)<<1|1)
		out = binary.AppendVarint(out, int64(from-last))
		i += n
		added, last = i, from+n
	}
	return addBytes(out, target[added:])
}

// copyFrom returns the longer of two copies for the beginning of target: at one place, or at the place
// where base goes on after a change that kept the length.
func copyFrom(base, target []byte, found, next int) (from, n int) {
	for _, at := range [2]int{next, found} {
		if at < 0 || at >= len(base) {
			continue
		}
		if m := same(base[at:], target); m > n {
			from, n = at, m
		}
	}
	return from, n
}

// same returns how many bytes are the same from the beginning.
func same(a, b []byte) (n int) {
	for n+8 <= len(a) && n+8 <= len(b) {
		if x := binary.LittleEndian.Uint64(a[n:]) ^ binary.LittleEndian.Uint64(b[n:]); x != 0 {
			return n + bits.TrailingZeros64(x)/8
		}
		n += 8
	}
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func addBytes(out, data []byte) []byte {
	if len(data) == 0 {
		return out
	}
	return append(binary.AppendUvarint(out, uint64(len(data))<<1), data...)
}

var errDifference = errors.New("a difference is damaged")

// apply returns what difference was made for. It never returns more than maxPiece bytes.
func apply(base, steps []byte) (out []byte, err error) {
	last := 0
	for len(steps) > 0 {
		step, k := binary.Uvarint(steps)
		if k <= 0 || step>>1 > uint64(maxPiece-len(out)) {
			return nil, errDifference
		}
		steps = steps[k:]
		n := int(step >> 1)
		if step&1 == 0 {
			if n > len(steps) {
				return nil, errDifference
			}
			out, steps = append(out, steps[:n]...), steps[n:]
			continue
		}
		move, k := binary.Varint(steps)
		if k <= 0 || move < -maxPiece || move > maxPiece {
			return nil, errDifference
		}
		from := last + int(move)
		if steps = steps[k:]; from < 0 || from+n > len(base) {
			return nil, errDifference
		}
		out, last = append(out, base[from:from+n]...), from+n
	}
	return out, nil
}
