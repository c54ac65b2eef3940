package deflated

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
)

// The first byte of a form says what it was made of.
const (
	parts   = 1 // bytes as they are and streams, one after another
	picture = 2 // a PNG file, whose stream is divided among several chunks
)

// Apart returns a file with its streams taken apart. It returns false if the file has none, or if
// Together would not make the same bytes of it.
func Apart(file []byte) (form []byte, ok bool) {
	switch {
	case bytes.HasPrefix(file, []byte("PK\x03\x04")), bytes.HasPrefix(file, []byte("\x1f\x8b\x08\x00")):
		form = apartParts(file)
	case bytes.HasPrefix(file, []byte(pngBegin)):
		form = apartPicture(file)
	}
	if form == nil {
		return nil, false
	}
	again, err := Together(form)
	return form, err == nil && bytes.Equal(again, file)
}

// Together returns the file from the form that Apart made.
func Together(form []byte) ([]byte, error) {
	p := parse(form)
	switch p.Byte() {
	case parts:
		return togetherParts(p)
	case picture:
		return togetherPicture(p)
	}
	return nil, errFormat
}

// A part is a number and bytes: twice their count, or twice the count of a stream's form plus one.

func appendPart(out, data []byte, stream int) []byte {
	out = binary.AppendUvarint(out, uint64(len(data))<<1|uint64(stream))
	return append(out, data...)
}

// begin returns where the next stream of a file begins, or -1.
func begin(file []byte, from int) int {
	if from == 0 && bytes.HasPrefix(file, []byte("\x1f\x8b")) {
		return min(10, len(file))
	}
	for from < len(file) {
		i := bytes.Index(file[from:], []byte("PK\x03\x04"))
		if i < 0 || from+i+30 > len(file) {
			return -1
		}
		h := file[from+i:]
		if binary.LittleEndian.Uint16(h[8:]) == 8 {
			at := from + i + 30 + int(binary.LittleEndian.Uint16(h[26:])) + int(binary.LittleEndian.Uint16(h[28:]))
			return min(at, len(file))
		}
		from += i + 4
	}
	return -1
}

func apartParts(file []byte) []byte {
	out := []byte{parts}
	raw := 0
	for from := 0; ; {
		at := begin(file, from)
		if at < 0 {
			return appendPart(out, file[raw:], 0)
		}
		form, size, err := apart(file[at:])
		if err != nil {
			from = at
			continue
		}
		out = appendPart(out, file[raw:at], 0)
		out = appendPart(out, form, 1)
		raw, from = at+size, at+size
	}
}

func togetherParts(p *parser) (out []byte, err error) {
	for len(p.Data) > 0 && !p.Bad {
		n := p.Number()
		data := p.Bytes(n >> 1)
		if n&1 == 1 && !p.Bad {
			if data, err = together(data); err != nil {
				return nil, err
			}
		}
		out = append(out, data...)
	}
	if p.Bad {
		return nil, errFormat
	}
	return out, nil
}

const pngBegin = "\x89PNG\r\n\x1a\n"

// apartPicture returns the form of a PNG file: what is before its stream, the lengths of the chunks
// that the stream is divided among, the stream, and what is after it; nil if it is not such a file.
func apartPicture(file []byte) []byte {
	var stream []byte
	lengths := []byte{}
	first, end, count := 0, 0, uint64(0)
	for at := len(pngBegin); at+12 <= len(file); {
		n := int(binary.BigEndian.Uint32(file[at:]))
		next := at + 12 + n
		if n < 0 || next > len(file) {
			return nil
		}
		if string(file[at+4:at+8]) == "IDAT" {
			if count == 0 {
				first = at
			} else if end != at {
				return nil
			}
			stream, end = append(stream, file[at+8:at+8+n]...), next
			lengths = binary.AppendUvarint(lengths, uint64(n))
			count++
		}
		at = next
	}
	if len(stream) < 2 {
		return nil
	}
	form, size, err := apart(stream[2:])
	if err != nil {
		return nil
	}
	out := appendPart([]byte{picture}, file[:first], 0)
	out = append(binary.AppendUvarint(out, count), lengths...)
	out = appendPart(out, stream[:2], 0)
	out = appendPart(out, form, 1)
	out = appendPart(out, stream[2+size:], 0)
	return appendPart(out, file[end:], 0)
}

func togetherPicture(p *parser) ([]byte, error) {
	out := slices.Clone(p.Bytes(p.Number() >> 1))
	count := p.Number()
	if count > len(p.Data) {
		return nil, errFormat
	}
	lengths := make([]int, count)
	for i := range lengths {
		lengths[i] = p.Number()
	}
	stream := slices.Clone(p.Bytes(p.Number() >> 1))
	form := p.Bytes(p.Number() >> 1)
	tokens, err := together(form)
	if err != nil {
		return nil, err
	}
	stream = append(append(stream, tokens...), p.Bytes(p.Number()>>1)...)
	after := p.Bytes(p.Number() >> 1)
	for _, n := range lengths {
		if n > len(stream) {
			return nil, errFormat
		}
		chunk := append([]byte("IDAT"), stream[:n]...)
		out = binary.BigEndian.AppendUint32(out, uint32(n))
		out = append(out, chunk...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
		stream = stream[n:]
	}
	if p.Bad || len(p.Data) > 0 || len(stream) > 0 {
		return nil, errFormat
	}
	return append(out, after...), nil
}
