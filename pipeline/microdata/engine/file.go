package engine

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"path/filepath"

	"crossings/pipeline/atomicfile"
)

// output is a file that is hashed while it is written.
type output struct {
	file  *atomicfile.File
	buf   *bufio.Writer
	hash  hash.Hash
	bytes int64
}

func create(path string) (*output, error) {
	f, err := atomicfile.Create(path)
	if err != nil {
		return nil, err
	}
	o := &output{file: f, hash: sha256.New()}
	o.buf = bufio.NewWriterSize(io.MultiWriter(f, o.hash), 1<<16)
	return o, nil
}

// Write appends to the file.
func (o *output) Write(b []byte) (int, error) {
	o.bytes += int64(len(b))
	return o.buf.Write(b)
}

// commit renames the file to its final name.
func (o *output) commit(durable bool) error {
	if err := o.buf.Flush(); err != nil {
		o.file.Abort()
		return err
	}
	return o.file.Commit(durable)
}

// sum returns the SHA-256 of what was written.
func (o *output) sum() string { return hex.EncodeToString(o.hash.Sum(nil)) }

func local(dir, path string) string { return filepath.Join(dir, filepath.FromSlash(path)) }

// idsPath returns the path of the file that holds the hashes of a file's keys.
func idsPath(dir, path string) string {
	return filepath.Join(dir, "_ids", filepath.Base(path)+".xxh64")
}
