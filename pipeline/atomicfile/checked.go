package atomicfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
)

// WriteChecked writes data to path below a line with its hash, for ReadChecked. It does not sync to
// disk: after a power cut the hash shows what was lost.
func WriteChecked(path string, data []byte) error {
	f, err := Create(path)
	if err != nil {
		return err
	}
	defer f.Abort()
	if _, err := f.Write(append([]byte(checksum(data)+"\n"), data...)); err != nil {
		return err
	}
	return f.Commit(false)
}

// ReadChecked returns the data that WriteChecked wrote to path, and false if the file is missing,
// damaged or larger than limit. Use it for content that can be made again.
func ReadChecked(path string, limit int64) ([]byte, bool) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > limit {
		return nil, false
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, false
	}
	sum, data, found := bytes.Cut(file, []byte("\n"))
	if !found || string(sum) != checksum(data) {
		return nil, false
	}
	return data, true
}

func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
