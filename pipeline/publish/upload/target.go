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

// The kinds of failure, for errors.Is.
var (
	// ErrAddress means that the address of a target cannot be used.
	ErrAddress = errors.New("bad target")
	// ErrEdition means that a file of an edition is on the target with other bytes:
	// what was published never changes, so nothing is uploaded.
	ErrEdition = errors.New("an edition never changes")
)

// Target is a place for a site. Names are relative to it, with slashes. It may be used
// from several goroutines.
type Target interface {
	// List returns the size of every file that is there.
	List(ctx context.Context) (map[string]int64, error)
	// Get returns the bytes of a small file, of at most limit bytes; it is
	// fs.ErrNotExist where there is none.
	Get(ctx context.Context, name string, limit int64) ([]byte, error)
	// Sum returns the SHA-256 of a file in lower-case hex.
	Sum(ctx context.Context, name string) (string, error)
	// Put puts a file of the local folder dir there, whole or not at all.
	Put(ctx context.Context, dir string, f edition.File) error
	// Remove removes a file; that there is none is no error.
	Remove(ctx context.Context, name string) error
}

// Options are what a target needs to know beside its address.
type Options struct {
	Endpoint string // of the S3 server, https://… or http://…; "" means Amazon's
	Region   string // "" means us-east-1
}

// Open returns the target at an address: a folder, or s3://BUCKET/PREFIX. Credentials
// for S3 come from the environment alone: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and,
// if there is one, AWS_SESSION_TOKEN.
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
		return nil, fmt.Errorf("%w: %q: write the prefix without empty parts and dots", ErrAddress, shown(to))
	}
	return openBucket(u.Host, prefix, o)
}

// shown returns an address for a message, without what stands before an @: who puts a
// password there by mistake must not find it in a log.
func shown(address string) string {
	if i := strings.LastIndex(address, "@"); i >= 0 {
		return "…" + address[i:]
	}
	return address
}
