package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/source/origin"
)

// totalTimeout bounds one attempt with all its redirects and its body, idleTimeout
// the time in which no byte of the body comes.
const (
	// defaultTotalTimeout is the time limit of one attempt with all its redirects and its body.
	// defaultIdleTimeout is the longest time without a byte of the body.
	defaultTotalTimeout = 5 * time.Minute
	defaultIdleTimeout  = 30 * time.Second
)

var (
	errTotal = errors.New("the answer took too long")
	errIdle  = errors.New("the answer stalled")
)

// Download downloads the file that Find found. If prev is a snapshot from the same address with an
// entity tag, the server is asked only for a file with another tag; ErrNotModified means that it
// has none. prev may be nil. The request never uses the time of prev, because a file that was put
// back is older than the one it replaces. Other errors are ErrHost, ErrTooLarge, ErrMoved (404 and
// 410, or a redirect that is not followed), ErrStatus for an empty file or a web page instead of
// the file, and ErrUnreachable.
func (c *Client) Download(ctx context.Context, p origin.Place, r Remote, prev *archive.Sidecar) (*Body, error) {
	etag := ""
	if prev != nil && prev.URL == r.URL {
		etag = prev.HTTP.ETag
	}
	limit := p.MaxBytes
	if limit <= 0 {
		limit = defaultMaxBytes
	}
	run, key := memoryOf(ctx), memoryKey(p, r.URL)
	b, err := run.recall(key, etag, limit)
	if b == nil && err == nil {
		b, err = c.ask(ctx, p, r, etag, limit)
		if err == nil {
			run.keepFile(key, *b)
		} else if errors.Is(err, ErrNotModified) {
			run.keepUnmodified(key, r.URL, etag)
		}
	}
	if err != nil {
		return nil, err
	}
	if b.MediaType == "text/html" && p.MediaType != "" && p.MediaType != b.MediaType {
		return nil, fmt.Errorf("%s: %w: a web page instead of the file; the site may be down, try again later", r.URL, ErrStatus)
	}
	return b, nil
}

// ask asks the server for a file, or if etag is not empty, for one with another entity tag.
func (c *Client) ask(ctx context.Context, p origin.Place, r Remote, etag string, limit int64) (*Body, error) {
	h := http.Header{}
	if etag != "" {
		h.Set("If-None-Match", etag)
	}
	a, err := c.request(ctx, p.Hosts, limit, r.URL, h)
	if err != nil {
		return nil, err
	}
	return &Body{
		Data: a.data,
		HTTP: archive.HTTP{ETag: a.header.Get("ETag"), LastModified: a.header.Get("Last-Modified"), FinalURL: a.final.String()},
		URL:  r.URL, RetrievedAt: c.now(), MediaType: bareType(a.header.Get("Content-Type")),
	}, nil
}

// answer is a 200 with its complete body.
type answer struct {
	final  *url.URL // after redirects
	header http.Header
	data   []byte // never empty
}

// try sends one GET with the headers h and reads the answer's body, at most limit bytes after
// decompression.
func (c *Client) try(ctx context.Context, hosts []string, limit int64, rawURL string, h http.Header) (*answer, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, cmp.Or(c.Total, defaultTotalTimeout), errTotal)
	defer cancel()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, rawURL, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrHost, err)
	}
	if err := c.allow(req.URL, hosts); err != nil {
		return nil, err
	}
	if err := c.rateLimit(ctx, req.URL.Host); err != nil {
		return nil, err
	}
	_, etag := h["If-None-Match"]
	req.Header = h.Clone()
	req.Header.Set("User-Agent", cmp.Or(c.UserAgent, "crossings"))
	hc, done := c.client(hosts)
	defer done()
	resp, err := hc.Do(req)
	if err != nil {
		return nil, incomplete(ctx, unwrapURL(err, rawURL))
	}
	defer resp.Body.Close()
	if err := status(resp, rawURL, etag, c.now()); err != nil {
		return nil, err
	}
	data, err := read(resp, limit, idleTimeout{cmp.Or(c.Idle, defaultIdleTimeout), stop})
	if err != nil {
		return nil, incomplete(ctx, fmt.Errorf("%s: %w", rawURL, err))
	}
	return &answer{final: resp.Request.URL, header: resp.Header, data: data}, nil
}

// unwrapURL removes the request's method and quotes that net/http puts around err.
func unwrapURL(err error, rawURL string) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err
	}
	return fmt.Errorf("%s: %w", rawURL, err)
}

// status returns nil for a 200, or the error for any other status.
func status(resp *http.Response, rawURL string, conditional bool, now time.Time) error {
	switch code := resp.StatusCode; {
	case code == http.StatusOK:
		return nil
	case code == http.StatusNotModified && conditional:
		return fmt.Errorf("%s: %w", rawURL, ErrNotModified)
	case code == http.StatusNotFound || code == http.StatusGone:
		return fmt.Errorf("%s: %w: status %d; find where it is published now", rawURL, ErrMoved, code)
	case code == http.StatusTooManyRequests || code == http.StatusRequestTimeout || code >= 500:
		if d, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
			now = d // the server's time is by its own clock, which may be a day off ours
		}
		after := retryAfter(resp.Header.Get("Retry-After"), now)
		return &retryable{fmt.Errorf("%s: %w: status %d %s; try again later", rawURL, ErrUnreachable, code, http.StatusText(code)), after}
	case code < 400:
		return fmt.Errorf("%s: %w: status %d %s, which was not asked for; try again later", rawURL, ErrStatus, code, http.StatusText(code))
	default:
		return fmt.Errorf("%s: %w: status %d %s; check in a browser whether the publisher now blocks programs", rawURL, ErrUnreachable, code, http.StatusText(code))
	}
}

// read returns the complete body, at most limit bytes after decompression, so that a small
// compressed body cannot fill the memory.
func read(resp *http.Response, limit int64, still idleTimeout) ([]byte, error) {
	if enc := resp.Header.Get("Content-Encoding"); enc != "" && enc != "identity" {
		return nil, fmt.Errorf("%w: content encoding %q was not asked for", ErrStatus, archive.Short(enc))
	}
	if resp.ContentLength > limit {
		return nil, fmt.Errorf("%w: %d bytes announced, at most %d accepted", archive.ErrTooLarge, resp.ContentLength, limit)
	}
	data, err := io.ReadAll(io.LimitReader(still.watch(resp.Body), limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: body broke off after %d bytes: %w; try again later", ErrUnreachable, len(data), err)
	case int64(len(data)) > limit:
		return nil, fmt.Errorf("%w: more than the %d bytes accepted", archive.ErrTooLarge, limit)
	case resp.ContentLength >= 0 && int64(len(data)) != resp.ContentLength:
		return nil, fmt.Errorf("%w: body has %d bytes, %d announced: %w; try again later", ErrUnreachable, len(data), resp.ContentLength, io.ErrUnexpectedEOF)
	case len(data) == 0:
		return nil, fmt.Errorf("%w: status 200 with an empty body; try again later", ErrStatus)
	}
	return data, nil
}
