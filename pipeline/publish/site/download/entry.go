package download

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"io"

	"crossings/pipeline/publish/catalogue"
)

// entry is a file in an archive, compressed.
type entry struct {
	size     uint64 // before compression, as the two sums
	crc      uint32
	sum      [sha256.Size]byte
	deflated []byte
}

// level is how hard the files in archives are compressed, as in workbooks.
const level = 5

// zipVersion is the version of the format that a reader must support: 2.0.
const zipVersion = 20

func newEntry(data []byte) (entry, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, level)
	if err != nil {
		return entry{}, err
	}
	if _, err := w.Write(data); err != nil {
		return entry{}, err
	}
	err = w.Close()
	return entry{uint64(len(data)), crc32.ChecksumIEEE(data), sha256.Sum256(data), out.Bytes()}, err
}

// file describes the file.
func (e entry) file(name string) catalogue.File {
	return catalogue.File{Name: name, Bytes: int(e.size), SHA256: hex.EncodeToString(e.sum[:])}
}

// entryHead is the length of the head of a kept entry: its size and its sums.
const entryHead = 8 + 4 + sha256.Size

// entry returns the file that write writes from parts, or what was kept of that.
func (k bundle) entry(write func(io.Writer) error, parts ...[]byte) (e entry, err error) {
	data, err := k.made.Get(func() ([]byte, error) {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			return nil, err
		}
		made, err := newEntry(out.Bytes())
		head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64(nil, made.size), made.crc)
		return append(append(head, made.sum[:]...), made.deflated...), err
	}, append([][]byte{[]byte("entry")}, parts...)...)
	if err != nil {
		return e, err
	}
	if len(data) < entryHead {
		return e, fmt.Errorf("%d bytes were kept of a file, too few", len(data))
	}
	e.size, e.crc, e.deflated = binary.BigEndian.Uint64(data), binary.BigEndian.Uint32(data[8:]), data[entryHead:]
	copy(e.sum[:], data[12:])
	return e, nil
}
