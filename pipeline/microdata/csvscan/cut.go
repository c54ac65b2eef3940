package csvscan

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
)

// MaxRecord is the length of the longest record in bytes, with its line break. A longer one means
// that a quote was never closed or that the file is not CSV.
const MaxRecord = 1 << 20

// Slack is the number of bytes that may be read past the end of a block's data. It lets the scan
// load eight bytes at any offset and whole words, and lets the fields of an irregular row be read,
// which lie at offsets 0, 1, 2 and so on.
const Slack = 512

// MaxFields is the largest number of fields that Scan may be asked for.
const MaxFields = Slack - 64

// Block is a sequence of whole records.
type Block struct {
	// Seq is the number of the block, counted from 0.
	Seq int
	// Line is the 1-based number of the line on which the block begins.
	Line int64
	// Data is the records with their line breaks. At least Slack bytes after its end can be read.
	Data []byte
}

// SyntaxError says where a file stops being CSV.
type SyntaxError struct {
	Line int64 // 1-based
	Err  error
}

// Error returns the text "line 3: …".
func (e *SyntaxError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns what is wrong.
func (e *SyntaxError) Unwrap() error { return e.Err }

// The errors in a SyntaxError.
var (
	ErrRecord   = fmt.Errorf("a record is longer than %d bytes; a quote may have been left open", MaxRecord)
	ErrBare     = errors.New("a quote is inside a field that does not begin with one")
	ErrQuote    = errors.New("a closing quote is followed by more text")
	ErrOpen     = errors.New("a quote is not closed at the end of the file")
	ErrCut      = errors.New("the last record has no line end; the file may be cut short")
	ErrHeader   = errors.New("the first line is blank; it should name the columns")
	ErrEncoding = errors.New("the file is UTF-16, not UTF-8; save it as UTF-8")
)

// Cutter cuts a stream into blocks. Besides the buffer being filled it holds at most one unfinished
// record, so its memory is bounded by the block size and MaxRecord, whatever the stream contains.
type Cutter struct {
	r    io.Reader
	size int
	rest []byte
	line int64
	seq  int
	done bool
	// begun is set once the start of the stream has been checked.
	begun bool
}

// NewCutter returns a Cutter that cuts r into blocks of about size bytes. It skips a UTF-8 byte
// order mark.
func NewCutter(r io.Reader, size int) *Cutter {
	return &Cutter{r: r, size: max(size, 16), line: 1}
}

// NewCutterAt is NewCutter for a stream that begins in the middle of a file, at a record on the
// given line.
func NewCutterAt(r io.Reader, size int, line int64) *Cutter {
	c := NewCutter(r, size)
	c.line, c.begun = line, true
	return c
}

// Next returns the next block, in buf if that is large enough and in a new buffer otherwise. It
// returns io.EOF at the end, and an error of the reader unchanged. It refuses a stream whose last
// record has no line break, because nothing else tells 120 from the first half of 1204.
func (c *Cutter) Next(buf []byte) (Block, error) {
	buf = buf[:cap(buf)]
	if need := max(c.size, 2*len(c.rest)) + Slack; len(buf) < need {
		buf = make([]byte, need)
	}
	n := copy(buf, c.rest)
	c.rest = c.rest[:0]
	for !c.done {
		k, err := fill(c.r, buf[n:len(buf)-Slack])
		n += k
		if !c.begun {
			c.begun = true
			n, err = c.start(buf, n, err)
		}
		if err == io.EOF {
			c.done = true
			break
		}
		if err != nil {
			return Block{}, err
		}
		if end := lastRecordEnd(buf[:n]); end > 0 {
			c.rest = append(c.rest, buf[end:n]...)
			n = end
			break
		}
		if n > MaxRecord {
			return Block{}, &SyntaxError{c.line, ErrRecord}
		}
		grown := make([]byte, 2*n+Slack)
		copy(grown, buf[:n])
		buf = grown
	}
	if n == 0 {
		return Block{}, io.EOF
	}
	b := Block{Seq: c.seq, Line: c.line, Data: buf[:n]}
	c.seq++
	c.line += int64(bytes.Count(b.Data, []byte{'\n'}))
	// If a quote is open at the end, leave the error to the scan.
	if b.Data[n-1] != '\n' && bytes.Count(b.Data, []byte{'"'})&1 == 0 {
		return Block{}, &SyntaxError{c.line, ErrCut}
	}
	return b, nil
}

// fill reads until buf is full. The error is io.EOF only at the end of the stream; a compressed
// stream that ends early returns another.
func fill(r io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var k int
		k, err = r.Read(buf[n:])
		n += k
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("the compressed file ends early; it may be cut short: %w", err)
	}
	if n == len(buf) && err == io.EOF {
		err = nil // the next call returns it
	}
	return n, err
}

// start checks the first bytes of the stream: it drops a byte order mark and refuses UTF-16.
func (c *Cutter) start(buf []byte, n int, err error) (int, error) {
	switch {
	case bytes.HasPrefix(buf[:n], []byte("\xef\xbb\xbf")):
		n = copy(buf, buf[3:n])
	case bytes.HasPrefix(buf[:n], []byte("\xff\xfe")), bytes.HasPrefix(buf[:n], []byte("\xfe\xff")):
		return 0, &SyntaxError{1, ErrEncoding}
	}
	return n, err
}

// lastRecordEnd returns the offset after the last line break of b that is outside quotes, or 0. b
// begins at a record. A doubled quote counts as two, so parity is enough to tell what is inside.
func lastRecordEnd(b []byte) int {
	inside := bytes.Count(b, []byte{'"'})&1 == 1
	for {
		nl := bytes.LastIndexByte(b, '\n')
		if nl < 0 {
			return 0
		}
		if bytes.Count(b[nl:], []byte{'"'})&1 == 1 {
			inside = !inside
		}
		if !inside {
			return nl + 1
		}
		b = b[:nl]
	}
}

// Header returns the fields of the first record of data and the offset of the next record. It reads
// them with encoding/csv, once per file.
func Header(b Block) (names []string, next int, err error) {
	inside := false
	for next < len(b.Data) && (inside || b.Data[next] != '\n') {
		inside = inside != (b.Data[next] == '"')
		next++
	}
	next = min(next+1, len(b.Data))
	if next > MaxRecord {
		return nil, 0, &SyntaxError{b.Line, ErrRecord}
	}
	names, err = csv.NewReader(bytes.NewReader(b.Data[:next])).Read()
	if err == io.EOF { // a blank line
		return nil, 0, &SyntaxError{b.Line, ErrHeader}
	}
	if err != nil {
		return nil, 0, &SyntaxError{b.Line, err}
	}
	return names, next, nil
}
