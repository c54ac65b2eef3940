package picture

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"syscall"
	"time"
)

// ErrSlow means that a picture took more work than any picture needs.
var ErrSlow = errors.New("too slow")

// Error says which picture could not be drawn, and why. The renderer can still draw others. Errors
// of other types, such as a full disk, are not the fault of a picture.
type Error struct {
	Title string // of the chart
	Err   error
}

// Error names the picture by its title, and says why.
func (e *Error) Error() string { return fmt.Sprintf("picture of %s: %v", e.Title, e.Err) }

// Unwrap returns why the picture could not be drawn.
func (e *Error) Unwrap() error { return e.Err }

// Limits limit the work on pictures. A zero field keeps the default.
type Limits struct {
	// Work is the limit of processor time for one picture: the time that the process used, divided
	// by the pictures being drawn. On a busy machine, or while the program is stopped, it grows no
	// faster than the work is done.
	Work time.Duration
	// Total is the limit of elapsed time after which a picture is abandoned in any case.
	Total time.Duration
	// Slow is the number of pictures that may be too slow before the renderer stops drawing.
	Slow int32
}

// A picture takes some tens of milliseconds of work.
var newLimits = Limits{Work: 30 * time.Second, Total: time.Hour, Slow: 5}

// Limit replaces the limits of a renderer. Call it before drawing anything.
func (s *Renderer) Limit(l Limits) {
	if l.Work > 0 {
		s.limits.Work = l.Work
	}
	if l.Total > 0 {
		s.limits.Total = l.Total
	}
	if l.Slow > 0 {
		s.limits.Slow = l.Slow
	}
}

// watch returns a context that ends with ErrSlow at the limits of one picture. done ends the watch.
func (s *Renderer) watch(ctx context.Context) (watched context.Context, done func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	if n := s.slow.Load(); n >= s.limits.Slow {
		cancel(fmt.Errorf("%w: not begun, because %d other pictures were too slow", ErrSlow, n))
		return ctx, func() {}
	}
	s.active.Add(1)
	go func() {
		if err := s.limits.wait(ctx, &s.active, processorTime); err != nil {
			s.slow.Add(1)
			cancel(err)
		}
	}()
	return ctx, func() {
		s.active.Add(-1)
		cancel(context.Canceled)
	}
}

// wait returns an error once a picture has reached its limits, and nil if its context ends before.
// active is the number of pictures that share the time returned by used.
func (l Limits) wait(ctx context.Context, active *atomic.Int32, used func() time.Duration) error {
	tick := time.NewTicker(min(100*time.Millisecond, l.Work))
	defer tick.Stop()
	begun, last, own := time.Now(), used(), time.Duration(0)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		now := used()
		own += (now - last) / time.Duration(max(1, active.Load()))
		last = now
		if own >= l.Work {
			return fmt.Errorf("%w: over %v of processor time", ErrSlow, l.Work)
		}
		if time.Since(begun) >= l.Total {
			return fmt.Errorf("%w: over %v", ErrSlow, l.Total)
		}
	}
}

// processorTime returns the time that this process has used so far on all processors.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // these arguments cannot fail
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
