package varint

import "testing"

func TestNothingFollowsAnError(t *testing.T) {
	for what, fail := range map[string]func(p *Parser){
		"a number above the limit": func(p *Parser) { p.Number() },
		"too many bytes":           func(p *Parser) { p.Bytes(5) },
		"a negative count":         func(p *Parser) { p.Bytes(-1) },
	} {
		p := &Parser{Data: []byte{0x80, 1, 7, 8}, Most: 127}
		if fail(p); !p.Bad || p.Number() != 0 || p.Bytes(1) != nil || p.Byte() != 0 {
			t.Errorf("%s: %+v", what, p)
		}
	}
	p := &Parser{Data: []byte{0x80, 1, 7, 8}, Most: 128}
	if n, b, rest := p.Number(), p.Byte(), p.Bytes(1); n != 128 || b != 7 || string(rest) != "\x08" || p.Bad || len(p.Data) > 0 {
		t.Errorf("%d, %d, %v, %+v", n, b, rest, p)
	}
	if p.Number(); !p.Bad {
		t.Error("a number after the end")
	}
}
