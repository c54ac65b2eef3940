package deflated

import "crossings/pipeline/publish/edition/varint"

// parser parses a form.
type parser struct{ varint.Parser }

func parse(form []byte) *parser { return &parser{varint.Parser{Data: form, Most: 1 << 40}} }

// unwritten are the tokens of a stream that are not written yet.
type unwritten struct {
	parser
	run []byte // literal bytes before the next copy
}

// next returns a literal byte, or the length and distance of a copy.
func (u *unwritten) next() (literal byte, length, distance int) {
	if len(u.run) > 0 {
		literal, u.run = u.run[0], u.run[1:]
		return literal, 0, 0
	}
	c := u.Bytes(3)
	if c == nil {
		return 0, 0, 0
	}
	length, distance = int(c[0])+3, int(c[1])|int(c[2])<<8
	u.run = u.Bytes(u.Number())
	return 0, length, distance + 1
}

// together writes a stream from what apart returned.
func together(form []byte) ([]byte, error) {
	p := parse(form)
	n := p.Number()
	if n > len(form) {
		return nil, errFormat
	}
	var blocks []*block
	for range n {
		blocks = append(blocks, p.block())
	}
	u := &unwritten{parser: *p}
	u.run = u.Bytes(u.Number())
	w := &writer{}
	for _, b := range blocks {
		if u.Bad {
			break
		}
		if err := b.write(w, u); err != nil {
			return nil, err
		}
	}
	if u.Bad || len(u.Data) > 0 || len(u.run) > 0 {
		return nil, errFormat
	}
	w.align()
	return w.out, nil
}

func (p *parser) block() *block {
	kind := p.Byte()
	b := &block{kind: int(kind >> 1), last: kind&1 == 1, count: p.Number()}
	switch b.kind {
	case fixed:
		b.literals, b.distances = fixedLiterals, fixedDistances
	case dynamic:
		b.bits = p.Number()
		b.header = p.Bytes((b.bits + 7) / 8)
		var err error
		if b.literals, b.distances, err = readCodes(&reader{data: b.header}); err != nil {
			p.Bad = true
		}
	case stored:
	default:
		p.Bad = true
	}
	return b
}

func (b *block) write(w *writer, u *unwritten) error {
	last := uint32(0)
	if b.last {
		last = 1
	}
	w.bits(uint32(b.kind)<<1|last, 3)
	if b.kind == stored {
		w.align()
		w.bits(uint32(b.count&0xffff), 16)
		w.bits(uint32(b.count&0xffff)^0xffff, 16)
	}
	w.copy(&reader{data: b.header}, b.bits)
	for range b.count {
		literal, length, distance := u.next()
		switch {
		case u.Bad, b.kind == stored && length > 0:
			return errFormat
		case b.kind == stored:
			w.bits(uint32(literal), 8)
		default:
			if err := b.token(w, literal, length, distance); err != nil {
				return err
			}
		}
	}
	if b.kind == stored {
		return nil
	}
	return put(w, b.literals, endOfBlock)
}

func (b *block) token(w *writer, literal byte, length, distance int) error {
	if length == 0 {
		return put(w, b.literals, int(literal))
	}
	s := int(lengthSymbol[min(length, 258)])
	if err := put(w, b.literals, endOfBlock+1+s); err != nil {
		return err
	}
	w.bits(uint32(length-lengthBase[s]), lengthBits[s])
	d := distanceSymbol(distance)
	if err := put(w, b.distances, d); err != nil {
		return err
	}
	w.bits(uint32(distance-distanceBase[d]), distanceBits[d])
	return nil
}

// put writes a symbol.
func put(w *writer, c *code, symbol int) error {
	if symbol >= len(c.lengths) || c.lengths[symbol] == 0 {
		return errFormat
	}
	w.bits(uint32(c.written[symbol]), uint(c.lengths[symbol]))
	return nil
}
