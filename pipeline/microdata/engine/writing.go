package engine

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"crossings/pipeline/microdata/csvscan"
	spelling "crossings/pipeline/read/decode"
)

// Writing says how the text of files is written. The zero value is UTF-8 with commas, which is read
// as it is; any other text is translated to that. A file may be written in another way that its
// beginning tells.
type Writing struct {
	// Delimiter separates fields: a comma, semicolon, tab or vertical line. Empty means a comma.
	Delimiter string `json:"delimiter,omitzero"`
	// Encoding is utf-8, utf-16, windows-1252 or iso-8859-1. Empty means utf-8.
	Encoding string `json:"encoding,omitzero"`
}

// encodings are the encodings of Writing.
var encodings = map[string]encoding.Encoding{"": nil, "utf-8": nil, "utf-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"windows-1252": charmap.Windows1252, "iso-8859-1": charmap.ISO8859_1}

// Validate returns an error if the texts are none that can be read.
func (w Writing) Validate() error {
	if w.Delimiter != "" && !slices.Contains(delimiters, w.Delimiter) {
		return fmt.Errorf("the delimiter %q is not a comma, semicolon, tab or vertical line", w.Delimiter)
	}
	if _, ok := encodings[w.Encoding]; !ok {
		return fmt.Errorf("the encoding %q is not utf-8, utf-16, windows-1252 or iso-8859-1", w.Encoding)
	}
	return nil
}

// topBytes is how much of a file tells how it is written.
const topBytes = 8 << 10

// delimiters are those that a file may have.
var delimiters = []string{",", ";", "\t", "|"}

// writingOf returns how a file is written: as declared, but its byte order mark decides the encoding.
// If the columns are not in its header by the declared delimiter, and are by another, that is taken.
func (p *plan) writingOf(in *bufio.Reader) (Writing, error) {
	w := p.writing
	top, err := in.Peek(topBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return w, err
	}
	switch {
	case isUTF16(top):
		w.Encoding = "utf-16"
	case bytes.HasPrefix(top, []byte("\ufeff")):
		w.Encoding = "utf-8"
	}
	for _, delimiter := range append([]string{w.Delimiter}, delimiters...) {
		try := Writing{delimiter, w.Encoding}
		// The last character and the last record may be cut, which is an error, and no matter.
		text, _ := io.ReadAll(try.plain(bytes.NewReader(top)))
		if _, _, _, err := p.findHeader(csvscan.Block{Data: text, Line: 1}); err == nil {
			return try, nil
		}
	}
	return w, nil
}

// plain returns a reader of the text in UTF-8 with commas.
func (w Writing) plain(r io.Reader) io.Reader {
	if e := encodings[w.Encoding]; e != nil {
		r = transform.NewReader(r, e.NewDecoder())
	}
	if w.Delimiter != "" && w.Delimiter != "," {
		r = csvscan.Recomma(r, w.Delimiter[0])
	}
	return r
}

// isUTF16 reports whether a file begins with the mark of UTF-16.
func isUTF16(start []byte) bool {
	return bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff"))
}

// maxTitles is how many lines may be above the header.
const maxTitles = 20

// findHeader returns the fields of the columns in the header, the number of its fields, and the
// offset of the first record. The header is the first line, or the first of the next ones that has
// all columns. The error is about the first line.
func (p *plan) findHeader(b csvscan.Block) (fields []int, count, next int, err error) {
	at, texts := 0, 0 // the most texts of a line above
	for range maxTitles {
		line := csvscan.Block{Data: b.Data[at:], Line: b.Line}
		names, size, bad := csvscan.Header(line)
		if bad == nil {
			fields, bad = p.fieldsOf(names)
		}
		if bad == nil && texts > 1 && texts*2 >= len(names) {
			return nil, 0, 0, fmt.Errorf("a line above the header has %d texts, as a record has", texts)
		}
		if bad == nil {
			return fields, len(names), at + size, nil
		}
		filled := slices.DeleteFunc(names, func(s string) bool { return strings.TrimSpace(s) == "" })
		texts = max(texts, len(filled))
		if err == nil {
			err = bad
		}
		end := bytes.IndexByte(b.Data[at:], '\n')
		if at += end + 1; end < 0 || at >= len(b.Data) {
			break
		}
	}
	return nil, 0, 0, err
}

// fieldsOf returns the fields of the columns by the names in a header: as they are, or in other
// typography.
func (p *plan) fieldsOf(names []string) ([]int, error) {
	if len(names) > maxColumns {
		return nil, fmt.Errorf("%d columns; at most %d can be read", len(names), maxColumns)
	}
	words := make([]string, len(names))
	for i, n := range names {
		words[i] = spelling.Words(n)
	}
	fields := make([]int, len(p.columns))
	for i, c := range p.columns {
		in, name := names, c.From
		if !slices.Contains(names, c.From) {
			in, name = words, spelling.Words(c.From)
		}
		if fields[i] = slices.Index(in, name); fields[i] < 0 {
			return nil, fmt.Errorf("no column %q; the header is %q", c.From, names)
		}
		if slices.Index(in[fields[i]+1:], name) >= 0 {
			return nil, fmt.Errorf("two columns are called %q", c.From)
		}
	}
	return fields, nil
}
