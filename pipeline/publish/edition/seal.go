package edition

import (
	"crypto/sha256"
	"encoding/binary"
	"os"
	"time"
)

// A seal is the fraction of a second of the time at which a file changed last. It follows from what the
// file holds, so that a file that was written to since is known without reading it. A copy of a file may
// have no seal; it is read then, and sealed. What changes bytes without changing that time, such as a
// failing disk, is found by Verify, which reads everything.

// sealOf returns the seal of a file. key says what the file holds.
func sealOf(key string) int {
	sum := sha256.Sum256([]byte(key))
	return int(binary.BigEndian.Uint32(sum[:]) % 1e9)
}

// sealed reports whether a path is a file with the seal.
func sealed(path, key string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode().IsRegular() && info.ModTime().Nanosecond() == sealOf(key)
}

// seal seals a file. If the file system has no such times, the file is read the next time.
func seal(path, key string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	at := time.Unix(info.ModTime().Unix(), int64(sealOf(key)))
	return os.Chtimes(path, at, at)
}

// is reports whether a path is the file that f describes. It reads a file that is not sealed.
func is(path string, f File) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() != f.Bytes {
		return false
	}
	if info.ModTime().Nanosecond() == sealOf(f.SHA256) {
		return true
	}
	return sums{}.is(path, f) && seal(path, f.SHA256) == nil
}
