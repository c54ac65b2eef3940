package store

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"crossings/pipeline/publish/edition/varint"
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

// parser parses lists.
type parser struct{ varint.Parser }

func parse(list []byte) *parser { return &parser{varint.Parser{Data: list, Most: 1 << 48}} }

func (p *parser) refs() []ref {
	n := p.Number()
	if n > len(p.Data) {
		p.Fail()
		return nil
	}
	out := make([]ref, n)
	for i := range out {
		out[i] = ref{uint32(p.Number()), uint32(p.Number())}
	}
	return out
}

// readItems reads a list of files.
func readItems(data []byte) (out []item, err error) {
	p := parse(data)
	for len(p.Data) > 0 {
		var f item
		f.Name = string(p.Bytes(p.Number()))
		f.Bytes = int64(p.Number())
		f.SHA256 = hex.EncodeToString(p.Bytes(32))
		f.form = p.Byte()
		f.refs = p.refs()
		out = append(out, f)
	}
	if p.Bad {
		return nil, errTree
	}
	return out, nil
}
