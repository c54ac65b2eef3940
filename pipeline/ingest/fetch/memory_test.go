package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestRemembering checks that a run asks for a page once, another run asks again, and no error is
// remembered.
func TestRemembering(t *testing.T) {
	asked, status := 0, http.StatusOK
	c := world(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.WriteHeader(status)
		io.WriteString(w, publication("1", "small_boats_time_series.ods"))
	})
	other := place
	other.Hosts = append([]string{"example.org"}, place.Hosts...)
	run, forget := Remembering(t.Context())
	defer forget()
	next, forgetNext := Remembering(t.Context())
	defer forgetNext()
	for _, tt := range []struct {
		name   string
		ctx    context.Context
		status int
		hosts  []string
		asked  int
		err    error
	}{
		{"first, not there", run, http.StatusNotFound, place.Hosts, 1, ErrMoved},
		{"again", run, http.StatusOK, place.Hosts, 1, nil},
		{"second source", run, http.StatusNotFound, place.Hosts, 0, nil},
		{"other hosts", run, http.StatusOK, other.Hosts, 1, nil},
		{"next run", next, http.StatusOK, place.Hosts, 1, nil},
		{"no run", t.Context(), http.StatusOK, place.Hosts, 1, nil},
	} {
		p := place
		p.Hosts, asked, status = tt.hosts, 0, tt.status
		got, err := c.Find(tt.ctx, p, Remote{})
		if asked != tt.asked || !errors.Is(err, tt.err) || err == nil && got.FileName != "small_boats_time_series.ods" {
			t.Errorf("%s: asked %d times, got %+v, %v", tt.name, asked, got, err)
		}
	}
}

// TestRememberingBounded checks that large documents are not all remembered.
func TestRememberingBounded(t *testing.T) {
	asked := 0
	text := publication("1", "small_boats_time_series.ods") + strings.Repeat(" ", maxDocument-2000)
	c := world(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		io.WriteString(w, text)
	})
	run, forget := Remembering(t.Context())
	defer forget()
	for range 2 {
		for _, page := range []string{"a", "b", "c"} {
			p := place
			p.Page += page
			if _, err := c.Find(run, p, Remote{}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if kept := maxRemembered / maxDocument; asked != 6-kept {
		t.Errorf("asked %d times, want all but %d", asked, kept)
	}
}

// TestAMuteHostGetsOneAttempt asks a host that answers nothing, then one that answers again, in one run.
func TestAMuteHostGetsOneAttempt(t *testing.T) {
	asked, mute := 0, true
	client := world(t, func(w http.ResponseWriter, r *http.Request) {
		if asked++; mute {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, "PK the file")
	})
	ctx, forget := Remembering(t.Context())
	t.Cleanup(forget)
	ask := func(ctx context.Context) (int, error) {
		before := asked
		_, err := client.Download(ctx, place, Remote{URL: fmt.Sprintf("%s%d/x.ods", mediaURL, asked)}, nil) // never the same file
		return asked - before, err
	}
	for i, want := range []int{4, 1, 1} {
		if n, err := ask(ctx); n != want || !errors.Is(err, ErrUnreachable) {
			t.Errorf("request %d: %d attempts, want %d; %v", i+1, n, want, err)
		}
	}
	other, forgetOther := Remembering(t.Context())
	t.Cleanup(forgetOther)
	if n, err := ask(other); n != 4 || err == nil {
		t.Errorf("another run: %d attempts", n)
	}
	mute = false
	if n, err := ask(ctx); n != 1 || err != nil {
		t.Errorf("it answers: %d attempts, %v", n, err)
	}
	mute = true
	if n, err := ask(ctx); n != 4 || err == nil {
		t.Errorf("after an answer: %d attempts", n)
	}
}
