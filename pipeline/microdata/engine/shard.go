package engine

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"crossings/pipeline/microdata/csvscan"
)

// Shard is a part of a raw file that begins and ends between records, or a
// whole file. It can be read on another machine than the rest: see ReadShard.
type Shard struct {
	// Number is its place among all shards from 0, File that of its file among all files.
	Number, File int
	Path         string
	// From is its first byte, To the one behind its last; To is 0 for a whole
	// file, which may be compressed.
	From, To int64
	// Line is the 1-based number of the line on which it begins.
	Line int64
}

// Stretch is a part of a raw file cut anywhere. Shards makes shards of all
// stretches of all files, once Survey has looked at each.
type Stretch struct {
	File     int
	Path     string
	From, To int64 // as those of a Shard
	Found    csvscan.Stretch
}

// Stretches cuts raw files into stretches of size bytes. A compressed file, and
// what is no file that can be read from any place, is one stretch.
func Stretches(files []string, size int64) ([]Stretch, error) {
	if size < 1 {
		return nil, fmt.Errorf("stretches of %d bytes", size)
	}
	var out []Stretch
	for i, path := range files {
		n, err := plainSize(path)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			out = append(out, Stretch{File: i, Path: path})
		}
		for from := int64(0); from < n; from += size {
			out = append(out, Stretch{File: i, Path: path, From: from, To: min(from+size, n)})
		}
	}
	return out, nil
}

// plainSize returns the size of a file that is not compressed, and 0 for others.
func plainSize(path string) (int64, error) {
	r, closer, err := openInput(path, nil)
	if err != nil {
		return 0, err
	}
	defer closer()
	if _, ok := r.(*bufio.Reader); !ok {
		return 0, nil
	}
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return 0, err
	}
	return info.Size(), nil
}

// Survey reads a stretch to find where records may begin in it.
func (s *Stretch) Survey() error {
	if s.To == 0 {
		return nil
	}
	r, closer, err := openPart(Shard{Path: s.Path, From: s.From, To: s.To})
	if err != nil {
		return err
	}
	s.Found, err = csvscan.Survey(r)
	return errors.Join(err, closer())
}

// Shards cuts raw files between records: about one shard for each stretch. The
// stretches must be those of Stretches in the same order, surveyed.
func Shards(stretches []Stretch) []Shard {
	var out []Shard
	var inside bool
	var line int64
	for i, s := range stretches {
		if i == 0 || stretches[i-1].File != s.File {
			out = append(out, Shard{Number: len(out), File: s.File, Path: s.Path, To: s.To, Line: 1})
			inside, line = false, 1
		} else {
			last := &out[len(out)-1]
			start := s.Found.Outside
			if inside {
				start = s.Found.Inside
			}
			at := s.From + start.At
			last.To = s.To
			if start.Breaks > 0 && at < s.To {
				last.To = at
				out = append(out, Shard{Number: len(out), File: s.File, Path: s.Path, From: at, To: s.To, Line: line + start.Breaks})
			}
		}
		inside = inside != s.Found.Odd
		line += s.Found.Breaks
	}
	return out
}

// wholes returns a shard for each file.
func wholes(files []string) []Shard {
	var out []Shard
	for i, path := range files {
		out = append(out, Shard{Number: i, File: i, Path: path, Line: 1})
	}
	return out
}

// openPart opens a part of a file that is not compressed.
func openPart(s Shard) (io.Reader, func() error, error) {
	f, err := os.Open(s.Path)
	if err != nil {
		return nil, nil, err
	}
	if _, err := f.Seek(s.From, io.SeekStart); err != nil {
		f.Close()
		return nil, nil, err
	}
	return &exactly{f, s.To - s.From}, f.Close, nil
}

// exactly is a reader of n bytes: fewer are an error, because the rows that
// are missing would be missed by nobody.
type exactly struct {
	r *os.File
	n int64
}

// Read reads what is left of the n bytes.
func (e *exactly) Read(b []byte) (int, error) {
	if e.n == 0 {
		return 0, io.EOF
	}
	k, err := e.r.Read(b[:min(int64(len(b)), e.n)])
	e.n -= int64(k)
	if err == io.EOF && e.n > 0 {
		return k, fmt.Errorf("%s: became shorter while it was read", filepath.Base(e.r.Name()))
	}
	return k, err
}
