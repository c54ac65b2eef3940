package csvscan

import (
	"bytes"
	"io"
)

// Stretch is what must be known about a part of a stream, cut anywhere, to find where a record
// begins in it. Whether the part begins within quotes is only known once all earlier parts were
// read, so it holds both cases.
type Stretch struct {
	// Odd is set if the part has an odd number of quotes.
	Odd bool
	// Breaks is the number of line breaks in it.
	Breaks int64
	// Outside is the first start of a record if the stretch begins outside quotes, Inside if it
	// begins within them.
	Outside, Inside Start
}

// Start is a place where a record begins: its offset in a stretch, and the number of line breaks
// before it. Breaks is 0 if there is no such place.
type Start struct{ At, Breaks int64 }

// Survey reads a stretch to its end.
func Survey(r io.Reader) (Stretch, error) {
	var s Stretch
	buf := make([]byte, 1<<16)
	at := int64(0)
	for {
		n, err := io.ReadFull(r, buf)
		s.add(buf[:n], at)
		at += int64(n)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return s, nil
		}
		if err != nil {
			return s, err
		}
	}
}

// add scans the bytes that begin at an offset.
func (s *Stretch) add(b []byte, at int64) {
	if s.Outside.Breaks == 0 || s.Inside.Breaks == 0 {
		odd, lines := s.Odd, s.Breaks
		for i, c := range b {
			switch c {
			case '"':
				odd = !odd
			case '\n':
				lines++
				start := &s.Outside
				if odd {
					start = &s.Inside
				}
				if start.Breaks == 0 {
					*start = Start{at + int64(i) + 1, lines}
				}
			}
		}
	}
	s.Odd = s.Odd != (bytes.Count(b, []byte{'"'})&1 == 1)
	s.Breaks += int64(bytes.Count(b, []byte{'\n'}))
}
