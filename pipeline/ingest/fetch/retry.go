package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"crossings/pipeline/archive"
)

// retryDelays are the pauses after each failed attempt but the last.
var retryDelays = []time.Duration{2 * time.Second, 10 * time.Second, 50 * time.Second}

// maxRetryAfter is the longest pause that a server may ask for within a run. If it asks for more,
// the next run tries again.
const maxRetryAfter = 2 * time.Minute

// minInterval is the shortest time between two requests to one host.
const minInterval = time.Second

// request sends a request until there is an answer, or an error that another attempt would not
// remove, or no attempt is left. A host that is mute in this run has one attempt.
func (c *Client) request(ctx context.Context, hosts []string, limit int64, rawURL string, h http.Header) (*answer, error) {
	asked, known := hostOf(rawURL), memoryOf(ctx)
	for n := 0; ; n++ {
		a, err := c.try(ctx, hosts, limit, rawURL, h)
		var failed *retryable
		if !errors.As(err, &failed) || ctx.Err() != nil {
			known.noteMute(asked, false)
			return a, err
		}
		if n == len(retryDelays) || known.isMute(asked) {
			known.noteMute(asked, true)
			return nil, fmt.Errorf("%w (tried %d times)", err, n+1)
		}
		if failed.after > maxRetryAfter {
			return nil, fmt.Errorf("%w (the server asks to wait %s)", err, failed.after)
		}
		pause := max(failed.after, retryDelays[n]/2+rand.N(retryDelays[n]))
		c.log().Info("trying again", "url", rawURL, "in", pause, "error", err)
		if err := c.wait(ctx, pause); err != nil {
			return nil, err
		}
	}
}

// hostOf returns the host and port of an address, or "".
func hostOf(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil {
		return ""
	}
	return u.Host
}

// retryable is an error that another attempt may remove.
type retryable struct {
	err   error
	after time.Duration // the pause that the server asked for, or 0
}

// Error returns the text of the attempt's error.
func (a *retryable) Error() string { return a.err.Error() }

// Unwrap returns the attempt's error.
func (a *retryable) Unwrap() error { return a.err }

// incomplete marks an error without a complete answer as retryable, unless it is about what may be
// asked or accepted.
func incomplete(ctx context.Context, err error) error {
	for _, final := range []error{ErrHost, ErrStatus, archive.ErrTooLarge, ErrMoved} {
		if errors.Is(err, final) {
			return err
		}
	}
	if cause := context.Cause(ctx); cause != nil {
		err = fmt.Errorf("%w: %w", err, cause)
	}
	if !errors.Is(err, ErrUnreachable) {
		err = fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return &retryable{err, 0}
}

// retryAfter returns how long a server asks to wait, in seconds or until a time, or 0.
func retryAfter(header string, now time.Time) time.Duration {
	if n, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(n) * time.Second
	}
	if t, err := http.ParseTime(header); err == nil {
		return max(0, t.Sub(now))
	}
	return 0
}

func (c *Client) wait(ctx context.Context, d time.Duration) error {
	if c.Wait != nil {
		return c.Wait(ctx, d)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// rateLimit waits until a request to a host is allowed. A mirror is not rate-limited.
func (c *Client) rateLimit(ctx context.Context, host string) error {
	if c.Rewrite != nil {
		return nil
	}
	c.mu.Lock()
	if c.nextRequest == nil {
		c.nextRequest = map[string]time.Time{}
	}
	now := time.Now()
	next := c.nextRequest[host].Add(minInterval)
	if next.Before(now) {
		next = now
	}
	c.nextRequest[host] = next
	c.mu.Unlock()
	if d := next.Sub(now); d > 0 {
		return c.wait(ctx, d)
	}
	return nil
}

// idleTimeout ends an answer that stalls.
type idleTimeout struct {
	after time.Duration
	stop  context.CancelCauseFunc
}

func (i idleTimeout) watch(r io.Reader) io.Reader {
	return &idleReader{r, time.AfterFunc(i.after, func() { i.stop(errIdle) }), i.after}
}

type idleReader struct {
	io.Reader
	timer *time.Timer
	after time.Duration
}

// Read restarts the timer at each read, and stops it at an error or the end.
func (w *idleReader) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if err != nil {
		w.timer.Stop()
	} else {
		w.timer.Reset(w.after)
	}
	return n, err
}
