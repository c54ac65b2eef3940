package csvscan

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Writing says how the text of files is written. The zero value is UTF-8 with commas, which is read
// as it is; any other text is translated to that.
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
	if w.Delimiter != "" && !slices.Contains(Delimiters, w.Delimiter) {
		return fmt.Errorf("the delimiter %q is not a comma, semicolon, tab or vertical line", w.Delimiter)
	}
	if _, ok := encodings[w.Encoding]; !ok {
		return fmt.Errorf("the encoding %q is not utf-8, utf-16, windows-1252 or iso-8859-1", w.Encoding)
	}
	return nil
}

// Delimiters are those that a file may have.
var Delimiters = []string{",", ";", "\t", "|"}

// Plain returns a reader of the text in UTF-8 with commas.
func (w Writing) Plain(r io.Reader) io.Reader {
	if e := encodings[w.Encoding]; e != nil {
		r = transform.NewReader(r, e.NewDecoder())
	}
	if w.Delimiter != "" && w.Delimiter != "," {
		r = Recomma(r, w.Delimiter[0])
	}
	return r
}

// IsUTF16 reports whether a file begins with the mark of UTF-16.
func IsUTF16(start []byte) bool {
	return bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff"))
}

// Forms returns how a file with that start may be written: as declared, then with each of the
// delimiters. Its byte order mark decides the encoding.
func (w Writing) Forms(start []byte) []Writing {
	if IsUTF16(start) {
		w.Encoding = "utf-16"
	} else if bytes.HasPrefix(start, []byte("\ufeff")) {
		w.Encoding = "utf-8"
	}
	out := []Writing{w}
	for _, delimiter := range Delimiters {
		out = append(out, Writing{delimiter, w.Encoding})
	}
	return out
}
