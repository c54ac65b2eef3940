package pipeline_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/review"
	"crossings/pipeline/source/sourcetest/mirror"
	"crossings/pipeline/stat"
)

// TestAWorkbookOfTwoSourcesIsAskedForOnceANight: both record a release of their own from one answer, on a
// night with news and on one without.
func TestAWorkbookOfTwoSourcesIsAskedForOnceANight(t *testing.T) {
	t.Parallel()
	publishers, asked := &mirror.Server{}, 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "illegal-entry-routes") {
			asked++
		}
		publishers.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	cfg := config(t, t.TempDir())
	cfg.Client = fetch.Mirror(server.URL, func() time.Time { return cfg.Now() })
	cfg.Client.Wait = instantly
	ids := []string{"ukho-illegal-entry", "ukho-small-boat-asylum"}
	publishers.Put(t, mirror.Before, ids...)
	for _, n := range []struct {
		day  stat.Date
		want string
	}{
		{mirror.Before.Day(), review.Added},
		{mirror.Before.Day() + 1, review.Unchanged},
		{mirror.After.Day(), review.Added},
	} {
		if n.day == mirror.After.Day() {
			publishers.Put(t, mirror.After, ids...)
		}
		asked = 0
		out := nightOf(t, &cfg, ids, n.day, n.want)
		if asked != 1 || out[ids[0]].Release == "" || out[ids[1]].Release == "" {
			t.Errorf("night of %s: asked for the workbook %d times, releases %q and %q", n.day, asked, out[ids[0]].Release, out[ids[1]].Release)
		}
	}
}
