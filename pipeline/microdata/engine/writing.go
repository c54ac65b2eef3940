package engine

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"crossings/pipeline/microdata/csvscan"
	spelling "crossings/pipeline/read/decode"
)

// Writing says how the text of files is written, unless the beginning of one tells otherwise.
type Writing = csvscan.Writing

// writingOf returns how a file is written: as declared, but its byte order mark decides the encoding.
// If the columns are not in its header by the declared delimiter, and are by another, that is taken.
func (p *plan) writingOf(in *bufio.Reader) (Writing, error) {
	top, err := in.Peek(8 << 10)
	if err != nil && !errors.Is(err, io.EOF) {
		return p.writing, err
	}
	forms := p.writing.Forms(top)
	for _, try := range forms {
		// The last character and the last record may be cut, which is an error, and no matter.
		text, _ := io.ReadAll(try.Plain(bytes.NewReader(top)))
		if _, _, _, err := p.findHeader(csvscan.Block{Data: text, Line: 1}); err == nil {
			return try, nil
		}
	}
	return forms[0], nil
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
