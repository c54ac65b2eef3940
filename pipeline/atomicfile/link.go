package atomicfile

import (
	"bytes"
	"io"
	"os"
)

// LinkSame makes path a hard link of the file old if old holds exactly data, and reports whether it
// did. It returns false if the file system has no links.
func LinkSame(old, path string, data []byte) bool {
	info, err := os.Lstat(old)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false
	}
	return holds(old, data) && os.Link(old, path) == nil
}

// holds reports whether a file begins with data. It reads the file in parts, so that a large one does not
// take its size in memory.
func holds(path string, data []byte) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	part := make([]byte, min(len(data), 1<<16))
	for len(data) > 0 {
		n := min(len(data), len(part))
		if _, err := io.ReadFull(f, part[:n]); err != nil || !bytes.Equal(part[:n], data[:n]) {
			return false
		}
		data = data[n:]
	}
	return true
}
