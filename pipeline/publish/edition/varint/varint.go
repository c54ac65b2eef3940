// Package varint parses numbers of variable length and the bytes between them.
package varint

import "encoding/binary"

// Parser parses data from its beginning. After an error all that it returns is zero.
type Parser struct {
	Data []byte // what is left
	Most uint64 // largest number that is not an error
	Bad  bool   // whether there was an error
}

// Fail notes an error.
func (p *Parser) Fail() { p.Bad, p.Data = true, nil }

// Number returns the next number.
func (p *Parser) Number() int {
	v, n := binary.Uvarint(p.Data)
	if n <= 0 || v > p.Most {
		p.Fail()
		return 0
	}
	p.Data = p.Data[n:]
	return int(v)
}

// Bytes returns the next n bytes.
func (p *Parser) Bytes(n int) []byte {
	if n < 0 || n > len(p.Data) {
		p.Fail()
		return nil
	}
	out := p.Data[:n]
	p.Data = p.Data[n:]
	return out
}

// Byte returns the next byte.
func (p *Parser) Byte() byte {
	if b := p.Bytes(1); b != nil {
		return b[0]
	}
	return 0
}
