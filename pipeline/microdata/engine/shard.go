package engine

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"crossings/pipeline/microdata/csvscan"
	"crossings/pipeline/microdata/rawfile"
)

// Shard is a part of a raw file that begins and ends between records, or a whole file. ReadShard
// can read it on another machine than the rest.
type Shard struct {
	// Number is its position among all shards, File that of its file among all files, both from 0.
	Number, File int
	Path         string
	// From is the offset of its first byte, To the offset after its last. A To of 0 means a whole
	// file, which may be compressed.
	From, To int64
	// Line is the 1-based number of its first line.
	Line int64
}

// Stretch is a part of a raw file cut anywhere. Once Survey has read each stretch of all files,
// Shards turns them into shards.
type Stretch struct {
	File     int
	Path     string
	From, To int64 // as in Shard
	Found    csvscan.Stretch
}

// Stretches cuts raw files into stretches of size bytes. A compressed file is one stretch, and so
// is anything that cannot be read from an offset.
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

// plainSize returns the size of a file that is not compressed and has one byte for a line break, and
// 0 for others.
func plainSize(path string) (int64, error) {
	r, closer, err := rawfile.Open(path, nil)
	if err != nil {
		return 0, err
	}
	defer closer()
	in, ok := r.(*bufio.Reader)
	if !ok {
		return 0, nil
	}
	if start, _ := in.Peek(2); csvscan.IsUTF16(start) { // an empty file has no start
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

// Shards cuts raw files between records, into about one shard for each stretch. The stretches must
// come from Stretches, in the same order, and must have been surveyed.
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

// wholeFiles returns a shard for each file.
func wholeFiles(files []string) []Shard {
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

// exactly reads n bytes. Fewer are an error: otherwise nobody would notice the missing rows.
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
