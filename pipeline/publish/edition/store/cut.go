package store

import (
	"errors"
	"io"
)

// The sizes of pieces in bytes.
const (
	minPiece = 4 << 10
	avgPiece = 16 << 10
	maxPiece = 64 << 10
)

// A piece ends where the bits of a mask are zero in a hash of the bytes before. Up to the average size
// more bits must be zero than after it, so that sizes stay near the average.
const (
	maskBefore = 0xffff << 48
	maskAfter  = 0xfff << 52
)

// gear has a number for each byte. It must never change, or no piece would be found again.
var gear = func() (out [256]uint64) {
	x := uint64(0x63726f7373696e67)
	for i := range out {
		x += 0x9e3779b97f4a7c15
		z := (x ^ x>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		out[i] = z ^ z>>31
	}
	return out
}()

// cut returns the length of the first piece of data, which holds maxPiece bytes or all that is left.
func cut(data []byte) int {
	if len(data) <= minPiece {
		return len(data)
	}
	end := min(len(data), maxPiece)
	var h uint64
	for i := minPiece - 64; i < end; i++ {
		h = h<<1 + gear[data[i]]
		mask := uint64(maskBefore)
		if i >= avgPiece {
			mask = maskAfter
		}
		if i >= minPiece && h&mask == 0 {
			return i + 1
		}
	}
	return end
}

// pieces calls do with each piece of what r holds. The bytes are valid during the call only.
func pieces(r io.Reader, do func(data []byte) error) error {
	buf := make([]byte, 4*maxPiece)
	from, to := 0, 0
	for ended := false; ; {
		for !ended && to-from < maxPiece {
			if from > 0 {
				to, from = copy(buf, buf[from:to]), 0
			}
			n, err := io.ReadAtLeast(r, buf[to:], maxPiece-to)
			to += n
			if ended = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF); err != nil && !ended {
				return err
			}
		}
		if from == to {
			return nil
		}
		n := cut(buf[from:to])
		if err := do(buf[from : from+n]); err != nil {
			return err
		}
		from += n
	}
}
