package csvscan

import (
	"bytes"
	"io"
)

// Stretch is what has to be known of a part of a stream, cut anywhere, to find
// where a record begins in it. Whether it begins within quotes is only known
// when all parts before it were looked at, so that both cases are kept.
type Stretch struct {
	// Odd is set when the number of quotes in it is odd.
	Odd bool
	// Breaks is how many line breaks it has.
	Breaks int64
	// Outside is the first start of a record when the stretch begins outside quotes,
	// Inside that when it begins within them.
	Outside, Inside Start
}

// Start is a place where a record begins: so many bytes from the beginning of
// a stretch, with so many line breaks before it. There is none when Breaks is 0.
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

// add looks at the bytes that begin at a place.
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
