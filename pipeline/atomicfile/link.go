package atomicfile

import (
	"bytes"
	"os"
)

// LinkSame makes path a hard link of the file old if old holds exactly data, and reports whether it
// did. It returns false if the file system has no links.
func LinkSame(old, path string, data []byte) bool {
	info, err := os.Lstat(old)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false
	}
	there, err := os.ReadFile(old)
	return err == nil && bytes.Equal(there, data) && os.Link(old, path) == nil
}
