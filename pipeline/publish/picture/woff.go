package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The sizes of a font in the form WOFF 1.0, in bytes.
const (
	woffHead  = 44
	woffEntry = 20
	maxFont   = 4 << 20
)

var errFont = errors.New("font: not a WOFF file")

// sfntOf returns the font in a WOFF file as resvg reads it: the same tables, not compressed.
func sfntOf(woff []byte) ([]byte, error) {
	be := binary.BigEndian
	if len(woff) < woffHead || string(woff[:4]) != "wOFF" {
		return nil, errFont
	}
	count := int(be.Uint16(woff[12:]))
	if len(woff) < woffHead+count*woffEntry {
		return nil, errFont
	}
	head := make([]byte, 12+16*count)
	copy(head, woff[4:8]) // what kind of font it is
	be.PutUint16(head[4:], uint16(count))
	var body []byte
	for i := range count {
		entry := woff[woffHead+i*woffEntry:]
		table, err := woffTable(woff, be.Uint32(entry[4:]), be.Uint32(entry[8:]), be.Uint32(entry[12:]))
		if err != nil {
			return nil, fmt.Errorf("font: table %q: %w", entry[:4], err)
		}
		record := head[12+16*i:]
		copy(record, entry[:4])
		copy(record[4:], entry[16:20]) // the checksum
		be.PutUint32(record[8:], uint32(len(head)+len(body)))
		be.PutUint32(record[12:], uint32(len(table)))
		body = append(body, table...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(head, body...), nil
}

// woffTable returns a table of a font: it has packed bytes in the file and size bytes when unpacked.
func woffTable(woff []byte, offset, packed, size uint32) ([]byte, error) {
	end := uint64(offset) + uint64(packed)
	if end > uint64(len(woff)) || size > maxFont || packed > size {
		return nil, errFont
	}
	data := woff[offset:end]
	if packed == size {
		return data, nil
	}
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(r, int64(size)+1))
	if err == nil && len(out) != int(size) {
		err = errFont
	}
	return out, err
}
