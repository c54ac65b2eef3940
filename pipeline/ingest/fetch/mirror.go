package fetch

import (
	"net/url"
	"strings"
	"time"
)

// Mirror returns a client that asks the server at base instead of every host: https://host/path
// becomes base/host/path. Allow-lists, redirects and sidecars use the original addresses. It is for
// tests, and for a site without internet access that has a mirror. base may be a private address
// and need not be https.
func Mirror(base string, now func() time.Time) *Client {
	scheme, rest, found := strings.Cut(base, "://")
	if !found {
		scheme, rest = "http", base
	}
	host, prefix, _ := strings.Cut(rest, "/")
	prefix = strings.TrimSuffix("/"+prefix, "/")
	return &Client{Now: now, AllowPrivate: true, Rewrite: func(u *url.URL) {
		u.Path, u.RawPath = prefix+"/"+u.Host+u.Path, ""
		u.Scheme, u.Host = scheme, host
	}}
}
