package xmlscan

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"unicode"
	"unicode/utf8"

	"crossings/pipeline/read/decode"
)

// textForm says what a text may have in it.
type textForm uint8

const (
	escapes textForm = 1 << iota // & begins an entity, and ]]> is an error
	quoted                       // it is the value of an attribute
)

// usual has true for the bytes of a text that need no look: ASCII but for control characters and
// those with a meaning.
var usual = func() (t [256]bool) {
	for c := byte(' '); c < 0x80; c++ {
		t[c] = c != '&' && c != '<' && c != '>'
	}
	t['\t'], t['\n'] = true, true
	return t
}()

// plain returns a text with its entities replaced and \r and \r\n as \n. It returns b itself if
// there is nothing to do, else a slice that is valid until the next call.
func (s *Scanner) plain(b []byte, form textForm) ([]byte, error) {
	n := 0
	for n < len(b) && usual[b[n]] {
		n++
	}
	if n == len(b) {
		return b, nil
	}
	out := append(s.scratch[:0], b[:n]...)
	for n < len(b) {
		size, err := 1, error(nil)
		switch c := b[n]; {
		case usual[c]:
			out = append(out, c)
		case c == '\r':
			if n+1 == len(b) || b[n+1] != '\n' {
				out = append(out, '\n')
			}
		case c == '&' && form&escapes != 0:
			out, size, err = s.entity(out, b[n:])
		case c == '<' && form&quoted != 0:
			err = s.syntax("unescaped < inside quoted string")
		case c == '>' && form == escapes && bytes.HasSuffix(b[:n], []byte("]]")):
			err = s.syntax("unescaped ]]> not in CDATA section")
		case c < utf8.RuneSelf:
			if c < ' ' {
				err = s.syntax("illegal character code U+%04X", c)
			}
			out = append(out, c)
		default:
			var r rune
			if r, size = utf8.DecodeRune(b[n:]); r == utf8.RuneError && size == 1 {
				err = s.syntax("invalid UTF-8")
			} else if !allowed(r) {
				err = s.syntax("illegal character code %U", r)
			}
			out = append(out, b[n:n+size]...)
		}
		if err != nil {
			return nil, err
		}
		n += size
	}
	s.scratch = out
	return out, nil
}

// allowed reports whether XML may have a character.
func allowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || 0x20 <= r && r <= 0xD7FF || 0xE000 <= r && r <= 0xFFFD || 0x10000 <= r && r <= 0x10FFFF
}

// maxEntity is the length of the longest entity that is looked at, with leading zeros.
const maxEntity = 32

// entity appends the character of the entity at the start of b, and returns the entity's length.
func (s *Scanner) entity(out, b []byte) ([]byte, int, error) {
	end := bytes.IndexByte(b[:min(len(b), maxEntity)], ';')
	if end < 0 {
		return nil, 0, s.syntax("invalid character entity %s (no semicolon)", decode.Quote(string(b[:min(len(b), maxEntity)])))
	}
	name := string(b[1:end])
	r, ok := map[string]rune{"lt": '<', "gt": '>', "amp": '&', "apos": '\'', "quot": '"'}[name]
	if !ok && len(name) > 1 && name[0] == '#' {
		base, digits := 10, name[1:]
		if digits[0] == 'x' {
			base, digits = 16, digits[1:]
		}
		n, err := strconv.ParseUint(digits, base, 32)
		r, ok = rune(n), err == nil && n <= unicode.MaxRune
	}
	if !ok {
		return nil, 0, s.syntax("invalid character entity &%s;", name)
	}
	if !allowed(r) {
		return nil, 0, s.syntax("illegal character code %U", r)
	}
	return utf8.AppendRune(out, r), end + 1, nil
}

// nameByte has true for the bytes that a name may have, and nameStart for those that it may begin
// with. Beyond ASCII every character is allowed.
var nameByte, nameStart = func() (in, first [256]bool) {
	for c := range 256 {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' || c == ':' || c >= utf8.RuneSelf
		first[c] = letter
		in[c] = letter || '0' <= c && c <= '9' || c == '-' || c == '.'
	}
	return in, first
}()

// nameLength returns the length of the name at the start of b, 0 if there is none.
func nameLength(b []byte) int {
	if len(b) == 0 || !nameStart[b[0]] {
		return 0
	}
	n := 1
	for n < len(b) && nameByte[b[n]] {
		n++
	}
	return n
}

// nameTable knows the names seen of late, and what the prefixes of names are bound to.
type nameTable struct {
	slots    [256]*rawName
	bindings []binding
	version  int // of bindings; each change makes a new one
}

// rawName is a name as the file has it.
type rawName struct {
	raw, prefix, local string
	version            int // of the bindings for which space is right; 0 for none
	space              string
}

// binding binds a prefix to a namespace; "" is the default namespace.
type binding struct{ prefix, space string }

// find returns a name, or nil if it is not one.
func (t *nameTable) find(b []byte) *rawName {
	slot := &t.slots[(b[0]+b[len(b)-1]*7+byte(len(b))*31)&0xff]
	if n := *slot; n != nil && n.raw == string(b) {
		return n
	}
	if !utf8.Valid(b) || bytes.Count(b, []byte(":")) > 1 {
		return nil
	}
	n := &rawName{raw: string(b), local: string(b)}
	if i := bytes.IndexByte(b, ':'); i > 0 && i < len(b)-1 {
		n.prefix, n.local = n.raw[:i], n.raw[i+1:]
	}
	*slot = n
	return n
}

// bind notes what an attribute binds a prefix to, if it does. It returns false if there are too many.
func (t *nameTable) bind(name *rawName, value string) bool {
	b := binding{"", value}
	if name.prefix == "xmlns" {
		b.prefix = name.local
	} else if name.raw != "xmlns" {
		return true
	}
	t.bindings = append(t.bindings, b)
	t.version++
	return len(t.bindings) <= maxBindings
}

// unbind forgets all bindings but the first n.
func (t *nameTable) unbind(n int) {
	if n < len(t.bindings) {
		t.bindings = t.bindings[:n]
		t.version++
	}
}

// ofElement returns the name of an element with its namespace.
func (t *nameTable) ofElement(n *rawName) xml.Name {
	if n.version != t.version+1 {
		n.version, n.space = t.version+1, t.space(n.prefix)
	}
	return xml.Name{Space: n.space, Local: n.local}
}

// ofAttribute returns the name of an attribute with its namespace, which it has only by a prefix.
func (t *nameTable) ofAttribute(n *rawName) xml.Name {
	if n.prefix == "" {
		return xml.Name{Local: n.local}
	}
	return t.ofElement(n)
}

// space returns the namespace that a prefix is bound to. One that is not bound is its own.
func (t *nameTable) space(prefix string) string {
	switch prefix {
	case "xmlns":
		return prefix
	case "xml":
		prefix = "http://www.w3.org/XML/1998/namespace"
	}
	for i := len(t.bindings) - 1; i >= 0; i-- {
		if t.bindings[i].prefix == prefix {
			return t.bindings[i].space
		}
	}
	return prefix
}
