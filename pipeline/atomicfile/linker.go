package atomicfile

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// Linker writes a file that may be the same as an older one. While it is, nothing is written, and at the end
// the file is a hard link of the older one.
type Linker struct {
	path string
	old  *os.File // at the end of what is the same; nil if there is none, or once the files differ
	to   *os.File // nil as long as old is not
	n    int64    // bytes so far
	part []byte   // of the older file, as long as what was written last
}

// NewLinker returns a writer of a file at path, which must not exist yet. old is the path of the older file,
// which need not exist.
func NewLinker(old, path string) (*Linker, error) {
	l := &Linker{path: path}
	if info, err := os.Lstat(old); err == nil && info.Mode().IsRegular() {
		if l.old, err = os.Open(old); err == nil {
			return l, nil
		}
	}
	l.old = nil
	return l, l.create()
}

func (l *Linker) create() (err error) {
	l.to, err = os.OpenFile(l.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	return err
}

// Write adds to the file.
func (l *Linker) Write(p []byte) (int, error) {
	if l.old != nil && !l.same(p) {
		if err := l.differ(); err != nil {
			return 0, err
		}
	}
	l.n += int64(len(p))
	if l.old != nil {
		return len(p), nil
	}
	return l.to.Write(p)
}

// same reports whether the older file goes on with p.
func (l *Linker) same(p []byte) bool {
	l.part = append(l.part[:0], p...)
	_, err := io.ReadFull(l.old, l.part)
	return err == nil && bytes.Equal(l.part, p)
}

// differ writes what is the same so far: from here on the files differ.
func (l *Linker) differ() error {
	old := l.old
	l.old = nil
	defer old.Close()
	if err := l.create(); err != nil {
		return err
	}
	_, err := io.Copy(l.to, io.NewSectionReader(old, 0, l.n))
	return err
}

// Close ends the file. It returns true if that is a link of the older one.
func (l *Linker) Close() (linked bool, err error) {
	if l.old != nil {
		if info, err := l.old.Stat(); err == nil && info.Size() == l.n && os.Link(l.old.Name(), l.path) == nil {
			return true, l.old.Close()
		}
		err = l.differ()
	}
	if l.to != nil {
		err = errors.Join(err, l.to.Close())
	}
	return false, err
}
