package csvscan

import (
	"bytes"
	"errors"
	"io"
)

// Recomma returns a reader of the same records with commas between fields instead of another
// delimiter. Fields with commas are quoted. Line breaks stay, so numbers of lines do too.
func Recomma(r io.Reader, delimiter byte) io.Reader {
	return &recomma{src: r, delimiter: delimiter, in: make([]byte, 1<<16), start: true}
}

type recomma struct {
	src       io.Reader
	delimiter byte
	in        []byte
	out       []byte // ready to be read, from at on
	at        int
	mark      int    // bytes of a byte order mark so far; -1 after it
	field     []byte // the current field, if it is not quoted
	start     bool   // a field begins
	quoted    bool   // within quotes
	closed    bool   // the field began with a quote
	err       error  // of src
}

// byteOrderMark is that of UTF-8.
const byteOrderMark = "\xef\xbb\xbf"

// errInner is the error about a quote in a field that does not begin with one.
var errInner = errors.New("a field without quotes has a quote in it; write the field in quotes, and each quote in it twice")

// Read reads what has been translated.
func (x *recomma) Read(b []byte) (int, error) {
	for x.at == len(x.out) {
		if x.err != nil {
			return 0, x.err
		}
		x.out, x.at = x.out[:0], 0
		n, err := x.src.Read(x.in)
		if bad := x.translate(x.in[:n]); bad != nil {
			err = bad
		}
		if x.err = err; err == io.EOF {
			x.end(true)
		}
	}
	n := copy(b, x.out[x.at:])
	x.at += n
	return n, nil
}

// translate appends what some bytes mean.
func (x *recomma) translate(in []byte) error {
	for _, c := range in {
		if x.mark >= 0 && x.mark < len(byteOrderMark) && c == byteOrderMark[x.mark] {
			x.mark++
			continue
		}
		x.mark = -1
		switch {
		case x.quoted:
			x.quoted = c != '"'
			x.out = append(x.out, c)
			continue
		case c == x.delimiter:
			x.end(false)
			x.out = append(x.out, ',')
			x.start, x.closed = true, false
			continue
		case c == '\n':
			x.end(true)
			x.out = append(x.out, c)
			x.start, x.closed = true, false
			continue
		case c == '"' && (x.start || x.closed):
			x.quoted, x.closed = true, true
			x.out = append(x.out, c)
		case c == '"':
			return errInner
		case x.closed:
			x.out = append(x.out, c)
		case len(x.field) == MaxRecord:
			return ErrRecord
		default:
			x.field = append(x.field, c)
		}
		x.start = false
	}
	return nil
}

// end writes the current field, which ends. A carriage return at the end of a line belongs to the line break, any other to
// its field.
func (x *recomma) end(line bool) {
	body, cr := x.field, false
	if line {
		body, cr = bytes.CutSuffix(x.field, []byte{'\r'})
	}
	if bytes.IndexByte(body, ',') >= 0 {
		x.out = append(append(append(x.out, '"'), body...), '"')
	} else {
		x.out = append(x.out, body...)
	}
	if cr {
		x.out = append(x.out, '\r')
	}
	x.field = x.field[:0]
}
