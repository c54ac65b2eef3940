package picture

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dop251/goja"
)

const endless = "for (;;) { try { for (;;) {} } catch (e) {} }"

// TestSlowScripts checks that a script without end is ended, whatever it catches, and
// that the context's cause is the error.
func TestSlowScripts(t *testing.T) {
	end := func() context.Context {
		ctx, cancel := context.WithTimeoutCause(t.Context(), 50*time.Millisecond, ErrSlow)
		t.Cleanup(cancel)
		return ctx
	}
	if _, err := start(end(), program{goja.MustCompile("endless.js", endless, false)}); !errors.Is(err, ErrSlow) {
		t.Errorf("an endless script gives %v", err)
	}
	e, err := start(t.Context(), program{goja.MustCompile("endless.js", "function drawChart() {"+endless+"}", false)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.draw(end(), chart(t, "x"), Form{}); !errors.Is(err, ErrSlow) {
		t.Errorf("a chart that has no end gives %v", err)
	}
	card := []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="3000"/>`)
	over, cancel := context.WithCancelCause(t.Context())
	cancel(ErrSlow)
	if _, err := pixels(over, card, Shape{Width: 3000, Height: 3000}); !errors.Is(err, ErrSlow) {
		t.Errorf("pixels that nobody waits for give %v", err)
	}
}

// TestOnePictureIsSlow checks that an engine that hangs costs its own picture and no
// other, and that the error names it.
func TestOnePictureIsSlow(t *testing.T) {
	s := studio(t, "")
	s.Limit(Limits{Work: 300 * time.Millisecond})
	hung, err := start(t.Context(), program{goja.MustCompile("endless.js", "function drawChart() {"+endless+"}", false)})
	if err != nil {
		t.Fatal(err)
	}
	s.engines.Put(hung)
	var failed *Error
	for range 2 { // a pool may lose what it was given
		if _, err := s.SVG(t.Context(), chart(t, "Slow"), Form{Width: 300, Height: 200}); errors.As(err, &failed) {
			break
		}
		s.engines.Put(hung)
	}
	if failed == nil || failed.Title != "Slow" || !errors.Is(failed, ErrSlow) {
		t.Fatalf("a hung engine gives %v", failed)
	}
	s.Limit(Limits{Work: newLimits.Work})
	if _, err := s.SVG(t.Context(), chart(t, "x"), Form{Width: 300, Height: 200}); err != nil {
		t.Errorf("the next picture: %v", err)
	}
}

// TestWorkIsNoWallClock checks that a picture is not given up while its process gets no
// processor, and that it is once it had its share.
func TestWorkIsNoWallClock(t *testing.T) {
	var used atomic.Int64
	var active atomic.Int32
	active.Store(2)
	clock := func() time.Duration { return time.Duration(used.Load()) }
	l := Limits{Work: 10 * time.Millisecond, Total: time.Hour}
	starved, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond) // twenty times Work
	defer cancel()
	if err := l.wait(starved, &active, clock); err != nil {
		t.Errorf("without any processor time: %v", err)
	}
	ended := make(chan error)
	go func() { ended <- l.wait(t.Context(), &active, clock) }()
	for {
		select {
		case err := <-ended:
			// Two pictures share it: each of them has had half.
			if !errors.Is(err, ErrSlow) || clock() < 2*l.Work {
				t.Errorf("after %v of two pictures: %v", clock(), err)
			}
			return
		case <-time.After(time.Millisecond):
			used.Add(int64(time.Millisecond))
		}
	}
}

// TestTotal checks the bound by the clock, for what waits and does no work.
func TestTotal(t *testing.T) {
	var active atomic.Int32
	l := Limits{Work: time.Millisecond, Total: 20 * time.Millisecond}
	if err := l.wait(t.Context(), &active, func() time.Duration { return 0 }); !errors.Is(err, ErrSlow) {
		t.Errorf("after %v: %v", l.Total, err)
	}
}

// TestManySlowPicturesEndDrawing checks that a thousand pictures that all hang cannot
// hold a publication up for a thousand times the limit.
func TestManySlowPicturesEndDrawing(t *testing.T) {
	s := studio(t, "")
	s.Limit(Limits{Slow: 2})
	s.slow.Store(2)
	var failed *Error
	if _, err := s.SVG(t.Context(), chart(t, "x"), Form{Width: 300, Height: 200}); !errors.As(err, &failed) || !errors.Is(err, ErrSlow) {
		t.Errorf("the third picture: %v", err)
	}
}

// TestPanicIsThePicturesOwn checks that a panic inside an engine is an error of its
// picture.
func TestPanicIsThePicturesOwn(t *testing.T) {
	s := studio(t, "")
	var failed *Error
	_, err := s.attempt(t.Context(), "x", func(context.Context) ([]byte, error) { panic("out of memory") })
	if !errors.As(err, &failed) || failed.Title != "x" {
		t.Errorf("got %v", err)
	}
	if _, err := s.SVG(t.Context(), Chart{Title: "No option", Option: json.RawMessage("{")}, Form{Width: 3, Height: 2}); !errors.As(err, &failed) {
		t.Errorf("a chart that the library refuses gives %v", err)
	}
}

// TestStopIsNoFault checks that the end of the program's own context is not taken for a
// picture that cannot be drawn.
func TestStopIsNoFault(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var failed *Error
	if _, err := studio(t, "").SVG(ctx, chart(t, "x"), Form{Width: 300, Height: 200}); !errors.Is(err, context.Canceled) || errors.As(err, &failed) {
		t.Errorf("got %v", err)
	}
}
