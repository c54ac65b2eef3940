package store

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
)

// File is a file of an edition.
type File struct {
	Name   string // relative to the edition, with slashes
	Bytes  int64
	SHA256 string
}

// ref names a piece: the number of its pack and its number there.
type ref struct{ pack, piece uint32 }

// item is a file with its pieces.
type item struct {
	File
	form byte // see plain and taken
	refs []ref
}

// The forms in which a file is cut.
const (
	plain = iota // as it is
	taken        // with its streams taken apart
)

// errTree means that the list of an edition's files is damaged.
var errTree = errors.New("the list of files is damaged")

// appendItem adds a file to a list. The list says the same in the same bytes wherever it is, so that
// the lists of two editions share pieces.
func appendItem(out []byte, f item) ([]byte, error) {
	sum, err := hex.DecodeString(f.SHA256)
	if err != nil || len(sum) != 32 {
		return nil, fmt.Errorf("%s: %q is no SHA-256", f.Name, f.SHA256)
	}
	out = binary.AppendUvarint(out, uint64(len(f.Name)))
	out = append(out, f.Name...)
	out = binary.AppendUvarint(out, uint64(f.Bytes))
	out = append(append(out, sum...), f.form)
	return appendRefs(out, f.refs), nil
}

func appendRefs(out []byte, refs []ref) []byte {
	out = binary.AppendUvarint(out, uint64(len(refs)))
	for _, r := range refs {
		out = binary.AppendUvarint(out, uint64(r.pack))
		out = binary.AppendUvarint(out, uint64(r.piece))
	}
	return out
}

// parser reads lists. After an error all that it returns is zero.
type parser struct {
	data []byte
	bad  bool
}

func (p *parser) number() uint64 {
	v, n := binary.Uvarint(p.data)
	if n <= 0 || v > 1<<48 {
		p.bad, p.data = true, nil
		return 0
	}
	p.data = p.data[n:]
	return v
}

func (p *parser) bytes(n uint64) []byte {
	if n > uint64(len(p.data)) {
		p.bad, p.data = true, nil
		return nil
	}
	out := p.data[:n]
	p.data = p.data[n:]
	return out
}

func (p *parser) refs() []ref {
	n := p.number()
	if n > uint64(len(p.data)) {
		p.bad, p.data = true, nil
		return nil
	}
	out := make([]ref, n)
	for i := range out {
		out[i] = ref{uint32(p.number()), uint32(p.number())}
	}
	return out
}

// readItems reads a list of files.
func readItems(data []byte) (out []item, err error) {
	p := &parser{data: data}
	for len(p.data) > 0 {
		var f item
		f.Name = string(p.bytes(p.number()))
		f.Bytes = int64(p.number())
		f.SHA256 = hex.EncodeToString(p.bytes(32))
		if form := p.bytes(1); form != nil {
			f.form = form[0]
		}
		f.refs = p.refs()
		out = append(out, f)
	}
	if p.bad {
		return nil, errTree
	}
	return out, nil
}
