package spreadsheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"crossings/pipeline/read/decode"
)

// kind says what a token is.
type kind uint8

const (
	other    kind = iota // a comment, a processing instruction or a document type
	startTag             // also of an element without content, which an end tag follows
	endTag
	chars // text between tags, or a CDATA section
)

// The most attributes of one tag, and the most prefixes that are bound at one place.
const (
	maxAttrs    = 256
	maxBindings = 256
)

// scanner splits XML into tokens. It accepts what package encoding/xml accepts in its strict mode; a
// fuzz test compares the two. It is five times as fast, because it keeps names and does not copy
// texts. It holds one token at a time, within lim.Token.
type scanner struct {
	part string // its name in the package, for messages
	lim  decode.Limits
	src  io.Reader
	read int64 // bytes read from src
	err  error // why there is no more; io.EOF at the end

	buf   []byte // from the start of the current token, or before it
	start int    // of the current token
	pos   int    // after it
	lines int    // lines before buf

	elem xml.StartElement // of a start tag; its attributes are valid until the end tag
	text []byte           // of chars; valid until the next token

	open    []openElement
	closing bool       // the current start tag is also an end tag
	attrs   []xml.Attr // of the open elements
	raw     []*rawName // the names of the attributes of a tag
	names   nameTable
	scratch []byte // text without escapes
}

// openElement is an element whose end tag is still to come.
type openElement struct {
	name     *rawName
	attrs    int // before it
	bindings int // before it
}

// next returns the next token. The error is io.EOF at the end of complete, well-formed XML.
func (s *scanner) next() (kind, error) {
	s.start = s.pos
	if s.closing {
		s.closing = false
		s.pop()
		return endTag, nil
	}
	c, err := s.at(0)
	if err == nil && c != '<' {
		return s.chars()
	}
	if err == io.EOF && len(s.open) == 0 {
		return other, io.EOF
	}
	if err == nil {
		c, err = s.at(1)
	}
	if err != nil {
		return other, s.cut(err)
	}
	switch c {
	case '/':
		return s.endTag()
	case '?':
		return s.instruction()
	case '!':
		return s.markup()
	}
	return s.startTag()
}

// at returns the byte at an offset from the start of the token.
func (s *scanner) at(i int) (byte, error) {
	for s.start+i >= len(s.buf) {
		if err := s.more(); err != nil {
			return 0, err
		}
	}
	return s.buf[s.start+i], nil
}

// more reads more of the source. It moves the token to the start of the buffer.
func (s *scanner) more() error {
	if s.err != nil {
		return s.err
	}
	if s.start > 0 {
		s.lines += bytes.Count(s.buf[:s.start], newline)
		s.buf = s.buf[:copy(s.buf, s.buf[s.start:])]
		s.pos -= s.start
		s.start = 0
	}
	if len(s.buf) > s.lim.Token {
		return s.tooLong()
	}
	if len(s.buf) == cap(s.buf) {
		s.buf = append(make([]byte, 0, max(4<<10, 2*cap(s.buf))), s.buf...)
	}
	for range 100 {
		n, err := s.src.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf, s.err = s.buf[:len(s.buf)+n], err
		if s.read += int64(n); s.read > s.lim.XML {
			s.err = fmt.Errorf("%w: %s has more than %d bytes of XML", decode.ErrTooLarge, s.part, s.lim.XML)
			return s.err
		}
		if n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	s.err = io.ErrNoProgress
	return s.err
}

var newline = []byte("\n")

func (s *scanner) tooLong() error {
	return fmt.Errorf("%w: %s has a tag, text or comment of more than %d bytes", decode.ErrTooLarge, s.part, s.lim.Token)
}

// cut returns the error for a source that ends within a token or an element.
func (s *scanner) cut(err error) error {
	switch {
	case err == io.EOF:
		return s.syntax("unexpected EOF")
	case errors.Is(err, decode.ErrTooLarge):
		return err
	}
	return fmt.Errorf("%w: %s: %w", decode.ErrFormat, s.part, err)
}

// syntax returns an error about the current token.
func (s *scanner) syntax(format string, args ...any) error {
	return fmt.Errorf("%w: %s: XML syntax error on line %d: %s", decode.ErrFormat, s.part,
		s.lines+bytes.Count(s.buf[:s.start], newline)+1, fmt.Sprintf(format, args...))
}

// until returns the token up to and including the first end at an offset of at least from.
func (s *scanner) until(from int, end string) ([]byte, error) {
	for {
		if from < len(s.buf)-s.start {
			if i := bytes.Index(s.buf[s.start+from:], []byte(end)); i >= 0 {
				return s.token(from + i + len(end))
			}
		}
		from = max(from, len(s.buf)-s.start-len(end)+1)
		if err := s.more(); err != nil {
			return nil, s.cut(err)
		}
	}
}

// token ends the current token after n bytes and returns it.
func (s *scanner) token(n int) ([]byte, error) {
	if n > s.lim.Token {
		return nil, s.tooLong()
	}
	s.pos = s.start + n
	return s.buf[s.start:s.pos], nil
}

// chars reads text up to the next tag, or to the end of the source.
func (s *scanner) chars() (kind, error) {
	n := 1
	for {
		if i := bytes.IndexByte(s.buf[s.start+n:], '<'); i >= 0 {
			n += i
			break
		}
		n = len(s.buf) - s.start
		if err := s.more(); err == io.EOF {
			break
		} else if err != nil {
			return other, s.cut(err)
		}
	}
	text, err := s.token(n)
	if err == nil {
		s.text, err = s.plain(text, escapes)
	}
	return chars, err
}

// instruction reads a processing instruction. That of XML itself must say version 1.0 and UTF-8, if
// it says anything.
func (s *scanner) instruction() (kind, error) {
	b, err := s.until(2, "?>")
	if err != nil {
		return other, err
	}
	b = b[2 : len(b)-2]
	target := b[:nameLength(b)]
	if len(target) == 0 {
		return other, s.syntax("expected target name after <?")
	}
	if string(target) != "xml" {
		return other, nil
	}
	if v := declared(b, "version"); v != "" && v != "1.0" {
		return other, s.syntax("unsupported version %s; only version 1.0 is supported", decode.Quote(v))
	}
	if v := declared(b, "encoding"); v != "" && !bytes.EqualFold([]byte(v), []byte("utf-8")) {
		return other, s.syntax("the encoding is %s, not UTF-8", decode.Quote(v))
	}
	return other, nil
}

// declared returns the value of a parameter of an XML declaration, or "".
func declared(b []byte, name string) string {
	_, rest, ok := bytes.Cut(b, []byte(name+"="))
	if !ok || len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	value, _, _ := bytes.Cut(rest[1:], rest[:1])
	return string(value)
}

// markup reads a comment, a CDATA section or a document type.
func (s *scanner) markup() (kind, error) {
	for i, c := range []byte("<![CDATA[") {
		got, err := s.at(i)
		if err != nil {
			return other, s.cut(err)
		}
		if got == c {
			continue
		}
		if i != 2 {
			return other, s.syntax("invalid <![ sequence")
		}
		switch {
		case got == '-':
			return s.comment()
		case nameStart[got]:
			return s.documentType()
		}
		return other, s.syntax("invalid sequence after <!")
	}
	const before, after = len("<![CDATA["), len("]]>")
	b, err := s.until(before, "]]>")
	if err != nil {
		return other, err
	}
	s.text, err = s.plain(b[before:len(b)-after], 0)
	return chars, err
}

// comment reads a comment, which may not have two hyphens in it.
func (s *scanner) comment() (kind, error) {
	if c, err := s.at(3); err != nil {
		return other, s.cut(err)
	} else if c != '-' {
		return other, s.syntax("invalid sequence <!- not part of <!--")
	}
	b, err := s.until(4, "-->")
	if err != nil {
		return other, err
	}
	if bytes.Index(b[4:], []byte("--")) != len(b)-len("<!---->") {
		return other, s.syntax(`invalid sequence "--" not allowed in comments`)
	}
	return other, nil
}

// documentType reads <!DOCTYPE ..> and skips what it declares: an entity of its own is unknown.
func (s *scanner) documentType() (kind, error) {
	depth := 1
	var q quote
	for i := 2; ; i++ {
		c, err := s.at(i)
		if err != nil {
			return other, s.cut(err)
		}
		switch {
		case q.holds(c):
		case c == '<':
			depth++
		case c == '>':
			if depth--; depth == 0 {
				_, err = s.token(i + 1)
				return other, err
			}
		}
	}
}
