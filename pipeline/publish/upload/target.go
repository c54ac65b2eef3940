package upload

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"

	"crossings/pipeline/publish/edition"
)

// The kinds of errors, for errors.Is.
var (
	// ErrAddress means that the address of a target cannot be used.
	ErrAddress = errors.New("bad target")
	// ErrEdition means that a file of an edition differs on the target. What was published never
	// changes, so nothing is uploaded.
	ErrEdition = errors.New("an edition never changes")
)

// Target is a place for a site. File names are relative to it, with slashes. Its methods are safe
// for concurrent use.
type Target interface {
	// List returns the size in bytes of every file there.
	List(ctx context.Context) (map[string]int64, error)
	// Get returns the content of a file of at most limit bytes. The error is fs.ErrNotExist if
	// there is no such file.
	Get(ctx context.Context, name string, limit int64) ([]byte, error)
	// Sum returns the SHA-256 of a file in lower-case hex.
	Sum(ctx context.Context, name string) (string, error)
	// Put copies a file from the local folder dir, whole or not at all.
	Put(ctx context.Context, dir string, f edition.File) error
	// Remove removes a file. A missing file is not an error.
	Remove(ctx context.Context, name string) error
}

// Options are what a target needs besides its address.
type Options struct {
	Endpoint string // of the S3 server, https://… or http://…; "" means Amazon's
	Region   string // "" means us-east-1
}

// Open returns the target at an address: a folder, or s3://BUCKET/PREFIX. Credentials for S3 come
// only from the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and optionally
// AWS_SESSION_TOKEN.
func Open(to string, o Options) (Target, error) {
	if !strings.Contains(to, "://") {
		if to == "" {
			return nil, fmt.Errorf("%w: name a folder or s3://BUCKET/PREFIX", ErrAddress)
		}
		return folder{to}, nil
	}
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "s3" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("%w: %q is neither a folder nor s3://BUCKET/PREFIX", ErrAddress, shown(to))
	}
	prefix := strings.Trim(u.Path, "/")
	if prefix != "" && !fs.ValidPath(prefix) {
		return nil, fmt.Errorf("%w: %q: the prefix must have no empty parts and no dots", ErrAddress, shown(to))
	}
	return openBucket(u.Host, prefix, o)
}

// shown returns an address for a message, without the part before an @: a password put there by
// mistake must not appear in a log.
func shown(address string) string {
	if i := strings.LastIndex(address, "@"); i >= 0 {
		return "…" + address[i:]
	}
	return address
}
