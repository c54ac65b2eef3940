package xmlscan

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"crossings/pipeline/read/decode"
)

// StartTag reads a start tag and opens its element.
func (s *Scanner) startTag() (Kind, error) {
	n, err := s.tagLength()
	if err != nil {
		return Other, err
	}
	b, err := s.token(n)
	if err != nil {
		return Other, err
	}
	b = b[1 : n-1]
	if s.closing = bytes.HasSuffix(b, []byte("/")); s.closing {
		b = b[:len(b)-1]
	}
	name, rest, err := s.name(b)
	if err != nil {
		return Other, err
	}
	if len(s.open) >= s.lim.Depth {
		return Other, fmt.Errorf("%w: %s has more than %d nested elements", decode.ErrTooLarge, s.part, s.lim.Depth)
	}
	s.open = append(s.open, openElement{name, len(s.attrs), len(s.names.bindings)})
	if rest = skipSpace(rest); len(rest) > 0 {
		err = s.attributes(rest)
	}
	s.Elem.Name = s.names.ofElement(name)
	s.Elem.Attr = s.attrs[s.open[len(s.open)-1].attrs:]
	return StartTag, err
}

// quote is the character that ends the current quotation; 0 outside one.
type quote byte

// holds reports whether the next character is part of a quotation, or one of its marks.
func (q *quote) holds(c byte) bool {
	switch {
	case *q != 0:
		if c == byte(*q) {
			*q = 0
		}
	case c == '"' || c == '\'':
		*q = quote(c)
	default:
		return false
	}
	return true
}

// tagLength returns the length of the current tag: up to a > that is not in quotes.
func (s *Scanner) tagLength() (int, error) {
	var q quote
	for i := s.start + 1; ; {
		for ; i < len(s.buf); i++ {
			if c := s.buf[i]; !q.holds(c) && c == '>' {
				return i + 1 - s.start, nil
			}
		}
		i -= s.start
		if err := s.more(); err != nil {
			return 0, s.cut(err)
		}
		i += s.start
	}
}

// EndTag reads an end tag, which must be that of the innermost open element.
func (s *Scanner) endTag() (Kind, error) {
	b, err := s.until(2, ">")
	if err != nil {
		return Other, err
	}
	b = b[2 : len(b)-1]
	n := nameLength(b)
	if len(skipSpace(b[n:])) > 0 || n == 0 {
		return Other, s.syntax("invalid characters in the end tag </%s>", decode.Quote(string(b)))
	}
	if len(s.open) == 0 {
		return Other, s.syntax("unexpected end element </%s>", b[:n])
	}
	if name := s.open[len(s.open)-1].name.raw; name != string(b[:n]) {
		return Other, s.syntax("element <%s> closed by </%s>", name, b[:n])
	}
	s.pop()
	return EndTag, nil
}

// pop closes the innermost open element.
func (s *Scanner) pop() {
	last := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	s.attrs = s.attrs[:last.attrs]
	s.names.unbind(last.bindings)
}

// attributes reads the attributes of a tag, and then resolves their prefixes, which they may declare
// themselves.
func (s *Scanner) attributes(b []byte) error {
	first := len(s.attrs)
	all := string(b) // one copy for all values
	s.raw = s.raw[:0]
	for len(b) > 0 {
		if len(s.attrs)-first == maxAttrs {
			return fmt.Errorf("%w: %s has a tag with more than %d attributes", decode.ErrTooLarge, s.part, maxAttrs)
		}
		name, rest, err := s.name(b)
		if err != nil {
			return err
		}
		rest = skipSpace(rest)
		if len(rest) == 0 || rest[0] != '=' {
			return s.syntax("attribute name without = in element")
		}
		rest = skipSpace(rest[1:])
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return s.syntax("unquoted or missing attribute value in element")
		}
		end := bytes.IndexByte(rest[1:], rest[0]) // there is one: tagLength saw it
		if end < 0 {
			return s.syntax("attribute value without an end")
		}
		value, err := s.plain(rest[1:1+end], escapes|quoted)
		if err != nil {
			return err
		}
		at := len(all) - len(rest) + 1
		v := all[at : at+end]
		if len(value) != end || end > 0 && &value[0] != &rest[1] {
			v = string(value)
		}
		s.raw = append(s.raw, name)
		s.attrs = append(s.attrs, xml.Attr{Value: v})
		if !s.names.bind(name, v) {
			return fmt.Errorf("%w: %s binds more than %d prefixes", decode.ErrTooLarge, s.part, maxBindings)
		}
		b = skipSpace(rest[end+2:])
	}
	for i, name := range s.raw {
		s.attrs[first+i].Name = s.names.ofAttribute(name)
	}
	return nil
}

// name reads the name at the start of b, and returns what follows it.
func (s *Scanner) name(b []byte) (*rawName, []byte, error) {
	n := nameLength(b)
	if n == 0 {
		return nil, nil, s.syntax("expected a name in a tag")
	}
	name := s.names.find(b[:n])
	if name == nil {
		return nil, nil, s.syntax("invalid name %s", decode.Quote(string(b[:n])))
	}
	return name, b[n:], nil
}

// skipSpace returns b without white space at its start.
func skipSpace(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\n' || b[0] == '\t' || b[0] == '\r') {
		b = b[1:]
	}
	return b
}
