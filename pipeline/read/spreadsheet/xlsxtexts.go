package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/xmlscan"
)

// runOverhead is roughly how many bytes a text, or a run of one, occupies besides its characters.
// It takes as little as five bytes of the file, so a file within the limits could ask for gigabytes
// if runs were not counted.
const runOverhead = 128

// textReader reads the texts of a part.
type textReader struct {
	*tokens
	ns     string // of the elements
	buf    []byte // the current text
	ends   []int  // where each of its runs ends
	pieces int    // texts and runs so far
}

// plain appends the characters of the open element, which has no children.
func (x *textReader) plain() error {
	for {
		tok, err := x.Next()
		if err != nil {
			return x.unexpectedEnd(err)
		}
		switch tok {
		case xmlscan.Chars:
			if x.buf = append(x.buf, x.tokens.Text...); len(x.buf) > x.lim.Token {
				return fmt.Errorf("%w: %s has a text of more than %d bytes", decode.ErrTooLarge, x.part, x.lim.Token)
			}
		case xmlscan.StartTag:
			return fmt.Errorf("%w: %s has an element %s inside a text", decode.ErrFormat, x.part, decode.Quote(x.Elem.Name.Local))
		case xmlscan.EndTag:
			return nil
		}
	}
}

// item reads the text of the open element, si or is: that of its t, or of the t of each r, a run in
// one typeface. It skips how the text is pronounced (rPh).
func (x *textReader) item() error {
	x.buf, x.ends = x.buf[:0], x.ends[:0]
	return x.children(x.run())
}

// escape matches a character that Excel escapes because XML cannot hold it: _x000D_.
var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// value returns the current text with escapes replaced: its runs joined, or apart if they are
// figures. Half of a surrogate pair is not a character and stays as it is.
func (x *textReader) value() string {
	if s := decode.Apart(x.buf, x.ends); s != "" {
		return s
	}
	if !bytes.Contains(x.buf, []byte("_x")) {
		return string(x.buf)
	}
	return escape.ReplaceAllStringFunc(string(x.buf), func(s string) string {
		n, err := strconv.ParseUint(s[2:6], 16, 16)
		if err != nil || !utf8.ValidRune(rune(n)) {
			return s
		}
		return string(rune(n))
	})
}

// run returns the function that reads the children of si, is or r.
func (x *textReader) run() func(xml.StartElement) error {
	found, up := false, false
	return func(e xml.StartElement) error {
		if err := x.count(); err != nil {
			return err
		}
		switch {
		case is(e, x.ns, "r"):
			return x.children(x.run())
		case is(e, x.ns, "rPr"):
			return x.children(func(e xml.StartElement) error {
				position, _ := attr(e, "", "val")
				up = up || is(e, x.ns, "vertAlign") && position == "superscript"
				return x.skip()
			})
		case !is(e, x.ns, "t"):
			return x.other(e, "r", "t")
		case found:
			return fmt.Errorf("%w: %s has two texts in one place", decode.ErrFormat, x.part)
		}
		found = true
		start := len(x.buf)
		err := x.plain()
		if up {
			x.buf = decode.Raise(x.buf, start)
		}
		x.ends = append(x.ends, len(x.buf))
		return err
	}
}

// other skips an element that means nothing here. An element with one of names in another namespace
// is an error, because its meaning is unknown.
func (x *textReader) other(e xml.StartElement, names ...string) error {
	if slices.Contains(names, e.Name.Local) {
		return fmt.Errorf("%w: %s has an element %s of another namespace", decode.ErrFormat, x.part, decode.Quote(e.Name.Local))
	}
	return x.skip()
}

// count counts a text or run, and bounds their number.
func (x *textReader) count() error {
	if x.pieces++; int64(x.pieces) > x.lim.XML/runOverhead {
		return fmt.Errorf("%w: %s has more than %d runs of text", decode.ErrTooLarge, x.part, x.lim.XML/runOverhead)
	}
	return nil
}

// sharedTexts returns the texts that the sheets share.
func sharedTexts(f *zip.File, ns string, lim decode.Limits) ([]string, error) {
	var shared []string
	err := readPart(f, lim, func(t *tokens) error {
		x := textReader{tokens: t, ns: ns}
		return t.root(xml.Name{Space: ns, Local: "sst"}, func(e xml.StartElement) error {
			if !is(e, ns, "si") {
				return x.other(e, "si")
			}
			if err := x.count(); err != nil {
				return err
			}
			err := x.item()
			shared = append(shared, x.value())
			return err
		})
	})
	return shared, err
}
