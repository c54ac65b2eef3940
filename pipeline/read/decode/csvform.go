package decode

import (
	"bytes"
	"encoding/csv"
	"iter"
	"regexp"

	"golang.org/x/text/encoding/unicode"
)

// A CSV may be in UTF-16 with its mark, and have semicolons or tabs instead of commas, as
// spreadsheet programs write it.

// PlainText returns a text in UTF-8 without a byte-order mark. A text that cannot be in UTF-16
// comes back as it is.
func PlainText(data []byte) []byte {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		if text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data); err == nil {
			return text
		}
	}
	return bytes.TrimPrefix(data, []byte("\ufeff"))
}

// formLines is how many lines show the delimiter of a file.
const formLines = 20

// delimiterOf returns the delimiter that the first lines of a CSV have most, by the count of their
// bytes: a comma, unless there are more semicolons or tabs.
func delimiterOf(n [256]int) byte {
	by := byte(',')
	for _, b := range []byte{';', '\t'} {
		if n[b] > n[by] {
			by = b
		}
	}
	return by
}

// comma matches a comma within a number.
var comma = regexp.MustCompile(`\d,\d`)

// DelimiterOr returns the declared delimiter of a text unless its first lines lack it and have
// another. A comma within a number may be that of a fraction where semicolons separate, so such a
// text keeps the declared one.
func DelimiterOr(data []byte, declared string) string {
	n := topBytes(data)
	by := delimiterOf(n)
	if n[declared[0]] > 0 || n[by] == 0 || by == ';' && comma.Match(data) {
		return declared
	}
	return string(rune(by))
}

// topBytes counts the bytes of the first lines of a text, outside quotation marks.
func topBytes(data []byte) (n [256]int) {
	quoted, lines := false, 0
	for _, b := range data {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n':
			lines++
		default:
			n[b]++
		}
		if lines == formLines {
			break
		}
	}
	return n
}

// reader returns a reader of the records from the header on.
func (c *CSV) reader() *csv.Reader {
	r := csv.NewReader(bytes.NewReader(c.data))
	r.Comma = rune(c.delimiter)
	return r
}

// Below yields the CSV with each of the first n records after the header as its header, for files
// with titles above it. It ends after a record that is no title: figures in it would be lost.
func (c *CSV) Below(n int) iter.Seq[*CSV] {
	return func(yield func(*CSV) bool) {
		r := c.reader()
		r.FieldsPerRecord = -1
		for i := 0; i <= n; i++ {
			at := r.InputOffset()
			record, err := r.Read()
			if err != nil {
				return
			}
			line, _ := r.FieldPos(0)
			above := c.commentLines + bytes.Count(c.data[:at], []byte("\n"))
			if i > 0 && !yield(&CSV{c.name, c.data[at:], c.delimiter, above, record, c.commentLines + line}) {
				return
			}
			if !isTitle(record) {
				return
			}
		}
	}
}

// isTitle reports whether a record may be above a header: one text, or a text and another, such as
// "Period" and "Year ending March 2024".
func isTitle(record []string) bool {
	filled, figures := 0, 0
	for _, text := range record {
		if Fold(text) == "" {
			continue
		}
		if filled++; isCount(text) {
			figures++
		}
	}
	return filled < 2 || filled == 2 && figures == 0
}
