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

// The kinds of failure, for errors.Is. The texts around them say which address
// was asked and what to do.
// places says what to do where a publisher's page is not as it was.
const places = "open the publisher's page; if the file has a new place, the source's Place must learn it. Until then: ingest add"

var (
	// ErrNoAttachment means that the page is there but none of its attachments
	// is the one described.
	ErrNoAttachment = hint.New("no attachment matches", places)
	// ErrAmbiguous means that several attachments fit the description.
	ErrAmbiguous = hint.New("several attachments match", places)
	// ErrMoved means that the page or file is no longer at its address: 404,
	// 410, gone, withdrawn, or redirected to where it is not followed.
	ErrMoved = hint.New("moved or gone", places)
	// ErrHost means an address that may not be asked: its scheme, host or port
	// is not allowed, or it leads to a private network.
	ErrHost = errors.New("address is not allowed")
	// ErrStatus means an answer that is not the file or document asked for: a web
	// page, nothing, a redirect without end.
	ErrStatus = errors.New("unexpected answer")
	// ErrUnreachable means that there was no whole answer: no connection, one that
	// broke off or stood still, or a status that is neither success nor 404 nor 410.
	ErrUnreachable = hint.New("not reachable", "look at the network, or at HTTPS_PROXY behind a proxy; nothing known was lost, and ingest add takes a file by hand")
	// ErrNotModified means that the server has nothing newer than the snapshot
	// given to Get. It is the usual case, not a failure.
	ErrNotModified = errors.New("not modified")
)

// defaultMaxBytes is the limit of a Place that gives none.
const defaultMaxBytes = 64 << 20

// Remote is the file that Find found.
type Remote struct {
	URL       string // absolute, on one of the Place's hosts
	Title     string // the attachment's title, as published
	FileName  string // a SafeName
	MediaType string // as the content API states it
	// Updated is the page's public_updated_at in UTC, zero if it states none.
	Updated time.Time
	// Route says how the file was found; Moved why it was not found where it was
	// announced before, nil where it was.
	Route Route
	Moved error
}

// Route is a way to find a file.
type Route string

// The routes, in the order in which they are tried.
const (
	ByAddress Route = "address" // its address never changes
	ByPage    Route = "page"    // from the page that announces it
	BySearch  Route = "search"  // from a page that the site's search gave
	ByLast    Route = "last"    // from where it was the last time
)

// Client asks the outside world. The zero value is ready for use; the fields
// are the parts of the world that a test or an operator may replace. A Client
// may be used from several goroutines.
type Client struct {
	// HTTP is used instead of a default that refuses private addresses. Its
	// redirect policy is replaced by this package's; a Transport of its own
	// must do its own checks of the addresses dialled.
	HTTP *http.Client
	// UserAgent is sent with each request; "" means "crossings".
	UserAgent string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Rewrite maps an address to the one really dialled, for tests and mirrors.
	// The list of hosts is checked before it, and neither redirects nor
	// sidecars see its result.
	Rewrite func(u *url.URL)
	// AllowPrivate permits loopback and private addresses, those of a proxy
	// included, and plain http.
	AllowPrivate bool
	// Wait pauses between attempts and between questions to one host; nil waits in
	// earnest. It returns the context's error where that ends first.
	Wait func(ctx context.Context, d time.Duration) error
	// Total bounds one attempt with all its redirects and its body, Idle the time in
	// which no byte of the body comes; 0 means five minutes and half a minute.
	Total, Idle time.Duration
	// Log takes a line for what an operator may want to know; nil discards it.
	Log *slog.Logger

	mu    sync.Mutex
	asked map[string]time.Time // when each host was asked last
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
