package archive

import (
	"fmt"
	"os"
	"path"
	"strings"
)

// ReadFile returns the bytes of a regular file of at most limit bytes. A limit of 0 or less is no
// limit.
func ReadFile(file string, limit int64) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a file", file)
	case limit > 0 && info.Size() > limit:
		return nil, fmt.Errorf("%s has %d bytes, more than the limit of %d: %w", file, info.Size(), limit, ErrTooLarge)
	}
	return os.ReadFile(file)
}

// MediaType returns the media type for a file name's extension, or "" if it is unknown.
func MediaType(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".ods":
		return "application/vnd.oasis.opendocument.spreadsheet"
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".csv":
		return "text/csv"
	case ".gz":
		return "application/gzip"
	case ".zst":
		return "application/zstd"
	case ".html":
		return "text/html"
	}
	return ""
}
