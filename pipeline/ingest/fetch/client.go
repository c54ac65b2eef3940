package fetch

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/hint"
)

// placeHint is the hint when a publisher's page is not as it was.
const placeHint = "open the publisher's page; if the file has a new address, put it into the source's Place. Until then: ingest add"

var (
	// ErrNoAttachment means that the page exists but has no attachment like the one described.
	ErrNoAttachment = hint.New("no attachment matches", placeHint)
	// ErrAmbiguous means that several attachments fit the description.
	ErrAmbiguous = hint.New("several attachments match", placeHint)
	// ErrMoved means that the page or file is no longer at its address: status 404 or 410, a notice
	// that it is gone or withdrawn, or a redirect that is not followed.
	ErrMoved = hint.New("moved or gone", placeHint)
	// ErrHost means that an address may not be asked: its scheme, host or port is not allowed, or
	// it leads to a private network.
	ErrHost = errors.New("address is not allowed")
	// ErrStatus means that the answer is not the file or document asked for, but a web page,
	// nothing, or too many redirects.
	ErrStatus = errors.New("unexpected answer")
	// ErrUnreachable means that there was no complete answer: no connection, one that broke off or
	// stalled, or a status that is neither success nor 404 nor 410.
	ErrUnreachable = hint.New("not reachable", "check the network and, behind a proxy, HTTPS_PROXY; nothing known was lost, and ingest add takes a file by hand")
	// ErrNotModified means that the server has nothing newer than the snapshot given to Download.
	// This is the usual case, not a failure.
	ErrNotModified = errors.New("not modified")
)

// defaultMaxBytes is the limit for a Place that sets none.
const defaultMaxBytes = 64 << 20

// Remote is the file that Find found.
type Remote struct {
	URL       string // absolute, on one of the Place's hosts
	Title     string // the attachment's title, as published
	FileName  string // a SafeName
	MediaType string // as the content API states it
	// Updated is the page's public_updated_at in UTC, zero if it states none.
	Updated time.Time
	// Route says how the file was found. Moved says why it was not where it was
	// announced, or that something newer is; nil if all is as it was.
	Route Route
	Moved error
}

// Route is a way to find a file.
type Route string

// The routes, in the order in which they are tried.
const (
	ByAddress Route = "address" // its address never changes
	ByPage    Route = "page"    // from the page that announces it
	BySearch  Route = "search"  // from a page that the site's search found
	ByLast    Route = "last"    // from its last known address
)

// Client sends requests to publishers. The zero value is ready for use. A test or an operator may
// replace the parts of the world in its fields. It is safe for concurrent use.
type Client struct {
	// HTTP replaces the default client, which does not connect to private
	// addresses. Its redirect policy is replaced by this package's. If it has a
	// Transport, that must check the addresses that it dials.
	HTTP *http.Client
	// UserAgent is sent with each request; "" means "crossings".
	UserAgent string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Rewrite maps an address to the one that is dialled, for tests and mirrors.
	// The list of hosts is checked before it. Redirects and sidecars do not see
	// its result.
	Rewrite func(u *url.URL)
	// AllowPrivate permits plain http, and loopback and private addresses, also
	// for a proxy.
	AllowPrivate bool
	// Wait pauses between attempts and between requests to one host; nil really
	// waits. It returns the context's error if that ends first.
	Wait func(ctx context.Context, d time.Duration) error
	// Total is the time limit of one attempt with its redirects and body; 0 means
	// five minutes. Idle is the longest time without a byte of the body; 0 means
	// 30 seconds.
	Total, Idle time.Duration
	// Log receives what an operator may want to know; nil discards it.
	Log *slog.Logger

	mu          sync.Mutex
	nextRequest map[string]time.Time // by host: when the next request may be sent
}

// Body is a file as served.
type Body struct {
	Data        []byte
	HTTP        archive.HTTP
	URL         string    // the address asked, before redirects
	RetrievedAt time.Time // UTC, to the second
	MediaType   string    // as served, without parameters; "" if none was
}

func (c *Client) now() time.Time {
	if c.Now == nil {
		return archive.Seconds(time.Now())
	}
	return archive.Seconds(c.Now())
}

func (c *Client) log() *slog.Logger {
	if c.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return c.Log
}
