package spreadsheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"crossings/pipeline/read/decode"
)

// The namespaces of OpenDocument that are read. Prefixes mean nothing.
const (
	nsOffice   = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
	nsTable    = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
	nsText     = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
	nsManifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
	nsDC       = "http://purl.org/dc/elements/1.1/"
)

// tokens reads the XML of one part of the package, one token at a time and within limits. It does
// not trust the declared size of the part.
type tokens struct {
	part  string // its name in the package, for messages
	lim   decode.Limits
	src   io.Reader
	dec   *xml.Decoder
	read  int64 // bytes read from src
	start int64 // offset of the current token
	depth int   // open elements
	over  error // the limit that Read exceeded
}

// newTokens returns the tokens of src, the part of that name.
func newTokens(part string, src io.Reader, lim decode.Limits) *tokens {
	t := &tokens{part: part, lim: lim, src: src}
	t.dec = xml.NewDecoder(t)
	return t
}

// Read feeds the decoder. The decoder asks for more only when it has used up what it has, so
// everything read since start belongs to one token: a tag, text, a comment or a CDATA section,
// which the decoder would hold whole.
func (t *tokens) Read(b []byte) (int, error) {
	if t.read-t.start > int64(t.lim.Token) {
		t.over = fmt.Errorf("%w: %s has a tag, text or comment of more than %d bytes", decode.ErrTooLarge, t.part, t.lim.Token)
		return 0, t.over
	}
	n, err := t.src.Read(b)
	t.read += int64(n)
	if t.read > t.lim.XML {
		t.over = fmt.Errorf("%w: %s has more than %d bytes of XML", decode.ErrTooLarge, t.part, t.lim.XML)
		return 0, t.over
	}
	return n, err
}

// next returns the next token. The error is io.EOF at the end of a complete, well-formed part, else
// it wraps ErrFormat or ErrTooLarge.
func (t *tokens) next() (xml.Token, error) {
	t.start = t.dec.InputOffset()
	tok, err := t.dec.Token()
	switch {
	case t.over != nil:
		return nil, t.over
	case err == io.EOF:
		return nil, io.EOF
	case err != nil:
		return nil, fmt.Errorf("%w: %s: %w", decode.ErrFormat, t.part, err)
	}
	switch tok.(type) {
	case xml.StartElement:
		if t.depth++; t.depth > t.lim.Depth {
			return nil, fmt.Errorf("%w: %s has more than %d nested elements", decode.ErrTooLarge, t.part, t.lim.Depth)
		}
	case xml.EndElement:
		t.depth--
	}
	return tok, nil
}

// root reads the whole part. It calls child for each child of the root element, which must have the
// given name, and checks that nothing follows it.
func (t *tokens) root(name xml.Name, child func(xml.StartElement) error) error {
	seen := false
	for {
		tok, err := t.next()
		if err == io.EOF && seen {
			return nil
		}
		if err == io.EOF {
			return fmt.Errorf("%w: %s is empty", decode.ErrFormat, t.part)
		}
		if err != nil {
			return err
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if seen || start.Name != name {
			return fmt.Errorf("%w: %s has the root element %s, want one %s",
				decode.ErrFormat, t.part, decode.Quote(start.Name.Local), name.Local)
		}
		seen = true
		if err := t.children(child); err != nil {
			return err
		}
	}
}

// children reads to the end of the open element and calls child for each child element. child must
// call skip for an element that it does not read.
func (t *tokens) children(child func(xml.StartElement) error) error {
	for {
		tok, err := t.next()
		if err != nil {
			return t.unexpectedEnd(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if err := child(tok); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// skip reads to the end of the open element.
func (t *tokens) skip() error {
	for depth := t.depth; t.depth >= depth; {
		if _, err := t.next(); err != nil {
			return t.unexpectedEnd(err)
		}
	}
	return nil
}

// unexpectedEnd turns io.EOF within an element into an error, so that it is never taken for the end
// of the element. Other errors pass through.
func (t *tokens) unexpectedEnd(err error) error {
	if err == io.EOF {
		return fmt.Errorf("%w: %s ends within an element", decode.ErrFormat, t.part)
	}
	return err
}

// is reports whether the element has that name.
func is(e xml.StartElement, space, local string) bool {
	return e.Name.Local == local && e.Name.Space == space
}

// attr returns the value of an attribute, and whether there is one.
func attr(e xml.StartElement, space, local string) (string, bool) {
	for i := range e.Attr {
		if a := &e.Attr[i]; a.Name.Local == local && a.Name.Space == space {
			return a.Value, true
		}
	}
	return "", false
}

// intAttr returns the value of an attribute that must be a whole number of at least least; 1 if
// there is no such attribute. A value beyond int becomes the largest int.
func intAttr(e xml.StartElement, space, local string, least int) (int, error) {
	s, ok := attr(e, space, local)
	if !ok {
		return 1, nil
	}
	n, err := strconv.ParseUint(s, 10, strconv.IntSize-1)
	if errors.Is(err, strconv.ErrRange) {
		return math.MaxInt, nil
	}
	if err != nil || int(n) < least {
		return 0, fmt.Errorf("%w: %s is %s", decode.ErrFormat, local, decode.Quote(s))
	}
	return int(n), nil
}
