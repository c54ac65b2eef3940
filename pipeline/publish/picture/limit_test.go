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

// TestSlowScripts checks that an endless script is ended, whatever it catches, and that the error
// is the context's cause.
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

// TestOnePictureIsSlow checks that a hanging engine costs only its own picture, and that the error
// names it.
func TestOnePictureIsSlow(t *testing.T) {
	s := renderer(t, "")
	s.Limit(Limits{Work: 300 * time.Millisecond})
	hung, err := start(t.Context(), program{goja.MustCompile("endless.js", "function drawChart() {"+endless+"}", false)})
	if err != nil {
		t.Fatal(err)
	}
	s.engines.Put(hung)
	var failed *Error
	for range 2 { // a pool may drop its items
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

// TestWorkIsNoWallClock checks that a picture is not abandoned while its process gets no processor
// time, and is once it has had its share.
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
			// Two pictures share the time, so each has had half.
			if !errors.Is(err, ErrSlow) || clock() < 2*l.Work {
				t.Errorf("after %v of two pictures: %v", clock(), err)
			}
			return
		case <-time.After(time.Millisecond):
			used.Add(int64(time.Millisecond))
		}
	}
}

// TestTotal checks the limit of elapsed time, for a picture that waits and does no work.
func TestTotal(t *testing.T) {
	var active atomic.Int32
	l := Limits{Work: time.Millisecond, Total: 20 * time.Millisecond}
	if err := l.wait(t.Context(), &active, func() time.Duration { return 0 }); !errors.Is(err, ErrSlow) {
		t.Errorf("after %v: %v", l.Total, err)
	}
}

// TestManySlowPicturesEndDrawing checks that a thousand hanging pictures cannot delay a publication
// by a thousand times the limit.
func TestManySlowPicturesEndDrawing(t *testing.T) {
	s := renderer(t, "")
	s.Limit(Limits{Slow: 2})
	s.slow.Store(2)
	var failed *Error
	if _, err := s.SVG(t.Context(), chart(t, "x"), Form{Width: 300, Height: 200}); !errors.As(err, &failed) || !errors.Is(err, ErrSlow) {
		t.Errorf("the third picture: %v", err)
	}
}

// TestPanicIsThePicturesOwn checks that a panic in an engine is an error of its picture.
func TestPanicIsThePicturesOwn(t *testing.T) {
	s := renderer(t, "")
	var failed *Error
	_, err := s.attempt(t.Context(), "x", func(context.Context) ([]byte, error) { panic("out of memory") })
	if !errors.As(err, &failed) || failed.Title != "x" {
		t.Errorf("got %v", err)
	}
	if _, err := s.SVG(t.Context(), Chart{Title: "No option", Option: json.RawMessage("{")}, Form{Width: 3, Height: 2}); !errors.As(err, &failed) {
		t.Errorf("a chart that the library refuses gives %v", err)
	}
}

// TestStopIsNoFault checks that the end of the program's own context is not reported as a picture
// that cannot be drawn.
func TestStopIsNoFault(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var failed *Error
	if _, err := renderer(t, "").SVG(ctx, chart(t, "x"), Form{Width: 300, Height: 200}); !errors.Is(err, context.Canceled) || errors.As(err, &failed) {
		t.Errorf("got %v", err)
	}
}
