package spreadsheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/xmlscan"
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
	xmlscan.Scanner
	part string // its name in the package, for messages
	lim  decode.Limits
}

// newTokens returns the tokens of src, the part of that name.
func newTokens(part string, src io.Reader, lim decode.Limits) *tokens {
	return &tokens{xmlscan.New(part, src, lim), part, lim}
}

// root reads the whole part. It calls child for each child of the root element, which must have the
// given name, and checks that nothing follows it.
func (t *tokens) root(name xml.Name, child func(xml.StartElement) error) error {
	seen := false
	for {
		tok, err := t.Next()
		if err == io.EOF && seen {
			return nil
		}
		if err == io.EOF {
			return fmt.Errorf("%w: %s is empty", decode.ErrFormat, t.part)
		}
		if err != nil {
			return err
		}
		if tok != xmlscan.StartTag {
			continue
		}
		if seen || t.Elem.Name != name {
			return fmt.Errorf("%w: %s has the root element %s, want one %s",
				decode.ErrFormat, t.part, decode.Quote(t.Elem.Name.Local), name.Local)
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
		tok, err := t.Next()
		if err != nil {
			return t.unexpectedEnd(err)
		}
		switch tok {
		case xmlscan.StartTag:
			if err := child(t.Elem); err != nil {
				return err
			}
		case xmlscan.EndTag:
			return nil
		}
	}
}

// skip reads to the end of the open element.
func (t *tokens) skip() error {
	for depth := t.Depth(); t.Depth() >= depth; {
		if _, err := t.Next(); err != nil {
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
