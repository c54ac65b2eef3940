package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"crossings/pipeline/archive"
)

// pauses are those after each failed attempt but the last.
var pauses = []time.Duration{2 * time.Second, 10 * time.Second, 50 * time.Second}

// maxRetryAfter is the longest wait that a server may ask for within a run; one that
// asks for more is asked again the next time.
const maxRetryAfter = 2 * time.Minute

// gap is the shortest time between two questions to one host.
const gap = time.Second

// ask asks until there is an answer, or an error that another attempt would not
// mend, or the attempts are used up.
func (c *Client) ask(ctx context.Context, hosts []string, limit int64, rawURL string, h http.Header) (*answer, error) {
	for n := 0; ; n++ {
		a, err := c.once(ctx, hosts, limit, rawURL, h)
		var failed *again
		if !errors.As(err, &failed) || ctx.Err() != nil {
			return a, err
		}
		if n == len(pauses) {
			return nil, fmt.Errorf("%w (asked %d times)", err, n+1)
		}
		if failed.after > maxRetryAfter {
			return nil, fmt.Errorf("%w (the server asks for %s of patience)", err, failed.after)
		}
		pause := max(failed.after, pauses[n]/2+rand.N(pauses[n]))
		c.log().Info("asking again", "url", rawURL, "in", pause, "error", err)
		if err := c.wait(ctx, pause); err != nil {
			return nil, err
		}
	}
}

// again is an error that another attempt may mend.
type again struct {
	err   error
	after time.Duration // that the server asked for, or 0
}

// Error returns the text of the first attempt's error.
func (a *again) Error() string { return a.err.Error() }

// Unwrap returns that error.
func (a *again) Unwrap() error { return a.err }

// broken makes an error without a whole answer one that another attempt may mend,
// unless it is about what may be asked and what may be taken.
func broken(ctx context.Context, err error) error {
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
	return &again{err, 0}
}

// retryAfter returns how long a server asks to wait, in seconds or until an instant,
// or 0.
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

// polite waits until a host may be asked again. One's own mirror need not be spared.
func (c *Client) polite(ctx context.Context, host string) error {
	if c.Rewrite != nil {
		return nil
	}
	c.mu.Lock()
	if c.asked == nil {
		c.asked = map[string]time.Time{}
	}
	now := time.Now()
	next := c.asked[host].Add(gap)
	if next.Before(now) {
		next = now
	}
	c.asked[host] = next
	c.mu.Unlock()
	if d := next.Sub(now); d > 0 {
		return c.wait(ctx, d)
	}
	return nil
}

// idle ends an answer of which no byte comes.
type idle struct {
	after time.Duration
	stop  context.CancelCauseFunc
}

func (i idle) watch(r io.Reader) io.Reader {
	return &watched{r, time.AfterFunc(i.after, func() { i.stop(errIdle) }), i.after}
}

type watched struct {
	io.Reader
	timer *time.Timer
	after time.Duration
}

// Read restarts the timer at each read, and stops it at an error or the end.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if err != nil {
		w.timer.Stop()
	} else {
		w.timer.Reset(w.after)
	}
	return n, err
}
