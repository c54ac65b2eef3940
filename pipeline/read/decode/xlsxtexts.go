package decode

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is about what a text, or a run of one, takes up besides its characters. The
// file takes up as little as five bytes, so without a bound one within the limits
// could ask for gigabytes.
const piece = 128

// texts reads the texts of a part.
type texts struct {
	*tokens
	ns     string // of the elements
	buf    []byte // the current text
	ends   []int  // where its runs end
	pieces int    // texts, and their runs, so far
}

// apart returns the current text with a space between its runs where it has
// several and no letters: 249 and a raised 1 are not 2491. For all others it
// returns "".
func (x *texts) apart() string {
	if len(x.ends) < 2 || bytes.ContainsFunc(x.buf, unicode.IsLetter) {
		return ""
	}
	var runs []string
	start := 0
	for _, end := range x.ends {
		if run := fold(string(x.buf[start:end])); run != "" {
			runs = append(runs, run)
		}
		start = end
	}
	if len(runs) < 2 {
		return ""
	}
	return strings.Join(runs, " ")
}

// plain appends the characters of the open element, which has no children.
func (x *texts) plain() error {
	for {
		tok, err := x.next()
		if err != nil {
			return x.inside(err)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			if x.buf = append(x.buf, tok...); len(x.buf) > x.lim.Token {
				return fmt.Errorf("%w: %s has a text of more than %d bytes", ErrTooLarge, x.part, x.lim.Token)
			}
		case xml.StartElement:
			return fmt.Errorf("%w: %s has an element %s within a text", ErrFormat, x.part, Quote(tok.Name.Local))
		case xml.EndElement:
			return nil
		}
	}
}

// item reads the text of the open element, si or is: that of its t, or of the t
// of each r, a run in one type face. How the text is pronounced (rPh) is left
// out.
func (x *texts) item() error {
	x.buf, x.ends = x.buf[:0], x.ends[:0]
	return x.children(x.run())
}

// escape is a character as Excel writes those that XML cannot hold: _x000D_.
var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// value returns the current text: its runs together, or apart where they are figures,
// with escapes read. Half of a surrogate pair is no character and stays as it is.
func (x *texts) value() string {
	if s := x.apart(); s != "" {
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
func (x *texts) run() func(xml.StartElement) error {
	found := false
	return func(e xml.StartElement) error {
		if err := x.count(); err != nil {
			return err
		}
		switch {
		case is(e, x.ns, "r"):
			return x.children(x.run())
		case !is(e, x.ns, "t"):
			return x.other(e, "r", "t")
		case found:
			return fmt.Errorf("%w: %s has two texts in one place", ErrFormat, x.part)
		}
		found = true
		err := x.plain()
		x.ends = append(x.ends, len(x.buf))
		return err
	}
}

// other passes over an element that means nothing here. It refuses one that bears
// such a name in another namespace: it is not known what it is.
func (x *texts) other(e xml.StartElement, names ...string) error {
	if slices.Contains(names, e.Name.Local) {
		return fmt.Errorf("%w: %s has an element %s of another namespace", ErrFormat, x.part, Quote(e.Name.Local))
	}
	return x.skip()
}

// count bounds the texts, their runs and what comes with them.
func (x *texts) count() error {
	if x.pieces++; int64(x.pieces) > x.lim.XML/piece {
		return fmt.Errorf("%w: %s has more than %d runs of text", ErrTooLarge, x.part, x.lim.XML/piece)
	}
	return nil
}

// sharedTexts returns the texts that the sheets share.
func sharedTexts(f *zip.File, ns string, lim Limits) ([]string, error) {
	var shared []string
	err := readPart(f, lim, func(t *tokens) error {
		x := texts{tokens: t, ns: ns}
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
