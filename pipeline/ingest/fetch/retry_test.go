package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/source/origin"
)

// TestRequestRetries fails a few times before it answers, with errors that another attempt may
// remove and with errors that it cannot.
func TestRequestRetries(t *testing.T) {
	remote := Remote{URL: mediaURL + "1/x.ods"}
	at := func(clock string, code int, after string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Date"] = []string{clock}
			if after != "" {
				w.Header().Set("Retry-After", after)
			}
			w.WriteHeader(code)
		}
	}
	status := func(code int, after string) http.HandlerFunc { return at("Sat, 27 Jun 2026 09:30:15 GMT", code, after) }
	reset := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, "PK half of it")
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	for name, c := range map[string]struct {
		fault  http.HandlerFunc
		times  int // how often it fails
		asked  int
		want   error
		text   string
		waited func(pauses []time.Duration) bool
	}{
		"500 once":             {status(500, ""), 1, 2, nil, "", func(p []time.Duration) bool { return p[0] >= time.Second && p[0] < 3*time.Second }},
		"503 every time":       {status(503, ""), 9, 4, ErrUnreachable, "tried 4 times", func(p []time.Duration) bool { return slices.IsSorted(p) && p[2] >= 25*time.Second }},
		"429 with seconds":     {status(429, "90"), 1, 2, nil, "", func(p []time.Duration) bool { return p[0] == 90*time.Second }},
		"429 until an instant": {status(429, "Sat, 27 Jun 2026 09:31:45 GMT"), 1, 2, nil, "", func(p []time.Duration) bool { return p[0] == 90*time.Second }},
		"429, a day ahead":     {at("Sun, 28 Jun 2026 09:30:15 GMT", 429, "Sun, 28 Jun 2026 09:31:45 GMT"), 1, 2, nil, "", func(p []time.Duration) bool { return p[0] == 90*time.Second }},
		"429, a day behind":    {at("Fri, 26 Jun 2026 09:30:15 GMT", 429, "Fri, 26 Jun 2026 09:31:45 GMT"), 1, 2, nil, "", func(p []time.Duration) bool { return p[0] == 90*time.Second }},
		"429, no clock":        {at("", 429, "Sat, 27 Jun 2026 09:31:45 GMT"), 1, 2, nil, "", func(p []time.Duration) bool { return p[0] == 90*time.Second }},
		"429 for too long":     {status(429, "3600"), 9, 1, ErrUnreachable, "to wait 1h0m0s", nil},
		"429, nonsense":        {status(429, "soon"), 1, 2, nil, "", func(p []time.Duration) bool { return p[0] < 3*time.Second }},
		"403":                  {status(403, "10"), 9, 1, ErrUnreachable, "blocks programs", nil},
		"404":                  {status(404, ""), 9, 1, ErrMoved, "", nil},
		"reset in the middle":  {reset, 2, 3, nil, "", nil},
		"reset for ever":       {reset, 9, 4, ErrUnreachable, "broke off after 13 bytes", nil},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			client := world(t, func(w http.ResponseWriter, r *http.Request) {
				if asked++; asked <= c.times {
					c.fault(w, r)
					return
				}
				io.WriteString(w, "PK the file")
			})
			var waited []time.Duration
			client.Wait = func(ctx context.Context, d time.Duration) error {
				waited = append(waited, d)
				return ctx.Err()
			}
			b, err := client.Download(t.Context(), place, remote, nil)
			if !errors.Is(err, c.want) || (err == nil) != (b != nil) || err != nil && !strings.Contains(err.Error(), c.text) {
				t.Errorf("got %v, %v", b, err)
			}
			if asked != c.asked || len(waited) != asked-1 || c.waited != nil && !c.waited(waited) {
				t.Errorf("asked %d times with pauses %v", asked, waited)
			}
		})
	}
}

// TestIdleTimeout sends a byte now and then, or stops.
func TestIdleTimeout(t *testing.T) {
	for name, c := range map[string]struct {
		idle, total time.Duration
		text        string
	}{
		"stands still": {20 * time.Millisecond, time.Minute, "stalled"},
		"drips":        {time.Minute, 50 * time.Millisecond, "took too long"},
	} {
		t.Run(name, func(t *testing.T) {
			client := world(t, func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(http.StatusOK)
				io.WriteString(w, "PK")
				w.(http.Flusher).Flush()
				<-r.Context().Done()
			})
			client.Idle, client.Total = c.idle, c.total
			if _, err := client.Download(t.Context(), place, Remote{URL: mediaURL + "1/x.ods"}, nil); !errors.Is(err, ErrUnreachable) || !strings.Contains(err.Error(), c.text) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// TestRateLimit counts the pauses before requests to one host and another.
func TestRateLimit(t *testing.T) {
	c := &Client{AllowPrivate: true, HTTP: &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, ContentLength: -1, Body: io.NopCloser(strings.NewReader("PK"))}, nil
	})}}
	var waited []time.Duration
	c.Wait = func(_ context.Context, d time.Duration) error {
		waited = append(waited, d)
		return nil
	}
	for _, host := range []string{"www.gov.uk", "www.gov.uk", "assets.publishing.service.gov.uk", "www.gov.uk"} {
		if _, err := c.Download(t.Context(), place, Remote{URL: "https://" + host + "/x.ods"}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if len(waited) != 2 || waited[0] > minInterval || waited[1] <= minInterval || waited[1] > 2*minInterval {
		t.Errorf("pauses %v", waited)
	}
}

// TestFindMovedPage removes the page. It must be found by search, or the file at its last address,
// and the result must say so.
func TestFindMovedPage(t *testing.T) {
	p := place
	p.Search, p.SearchTitle = "small boats time series", regexp.MustCompile(`(?i)^small boat`)
	last := Remote{URL: mediaURL + "0/old_small_boats_time_series.ods", FileName: "old_small_boats_time_series.ods"}
	for name, c := range map[string]struct {
		results string
		page    origin.Place
		last    Remote
		route   Route
		file    string
		text    string // of the error
	}{
		"by search":                    {`{"title":"Other figures","link":"/wrong"},{"title":"Small boats","link":"https://example.org/x"},{"title":"Small boats","link":"/../../new"}`, p, last, BySearch, "small_boats_time_series.ods", ""},
		"two pages, one with the file": {`{"title":"Small boat news","link":"/empty"},{"title":"Small boats","link":"/new"}`, p, last, BySearch, "small_boats_time_series.ods", ""},
		"by the last address":          {`{"title":"Small boat news","link":"/empty"}`, p, last, ByLast, last.FileName, ""},
		"no results":                   {``, p, last, ByLast, last.FileName, ""},
		"no search":                    {``, place, last, ByLast, last.FileName, ""},
		"nowhere":                      {``, p, Remote{}, "", "", "none of 0 pages"},
		"nowhere without search":       {``, place, Remote{}, "", "", "410"},
	} {
		t.Run(name, func(t *testing.T) {
			client := world(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.URL.Path == "/www.gov.uk/api/search.json" && r.URL.Query().Get("q") == p.Search:
					fmt.Fprintf(w, `{"results":[%s]}`, c.results)
				case r.URL.Path == "/www.gov.uk/api/content/new":
					io.WriteString(w, publication("1", "small_boats_time_series.ods"))
				case r.URL.Path == "/www.gov.uk/api/content/empty":
					io.WriteString(w, `{"details":{"attachments":[]}}`)
				case r.URL.Path == "/www.gov.uk"+pagePath:
					w.WriteHeader(http.StatusGone)
				default:
					t.Errorf("asked %s", r.URL)
				}
			})
			got, err := client.Find(t.Context(), c.page, c.last)
			if c.text != "" {
				if !errors.Is(err, ErrMoved) || !strings.Contains(err.Error(), c.text) {
					t.Errorf("got %+v, %v", got, err)
				}
				return
			}
			if err != nil || got.Route != c.route || got.FileName != c.file || !errors.Is(got.Moved, ErrMoved) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}
