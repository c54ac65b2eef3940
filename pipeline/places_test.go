package pipeline_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/source/frontexdetections"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// twoPlaces are two servers of one source: a page with a link, and a fixed address elsewhere. The
// status of a server is 200 unless it is set.
type twoPlaces struct {
	page         string
	file, second string // what the first and the second place serve
	first, other int    // their statuses
	source       *source.Source
	downloads    int
	pageAsked    int
	secondAsked  int
}

func (p *twoPlaces) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := func(status int, body string) {
		if status != 0 {
			w.WriteHeader(status)
		}
		io.WriteString(w, body)
	}
	switch {
	case r.URL.Path == "/one.example/map/":
		p.pageAsked++
		answer(p.first, p.page)
	case strings.HasPrefix(r.URL.Path, "/one.example/files/"):
		tag := fmt.Sprintf(`"%d"`, len(p.file))
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		p.downloads++
		io.WriteString(w, p.file)
	case strings.HasPrefix(r.URL.Path, "/two.example/"):
		p.secondAsked++
		answer(p.other, p.second)
	default:
		http.NotFound(w, r)
	}
}

// placesWorld is a world with one source that has two places, on a day.
func placesWorld(t *testing.T, day string) (*twoPlaces, world) {
	t.Helper()
	p := &twoPlaces{page: `<a href="/files/detections_2026_06_02.csv">x</a>`, file: detections(4), second: detections(5)}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	cfg := config(t, t.TempDir())
	s := frontexdetections.Source
	s.Place = origin.Place{Web: "https://one.example/map/", Link: regexp.MustCompile(`^/files/detections_.*\.csv$`), Hosts: []string{"one.example"}, MaxBytes: 1 << 20}
	s.Fallbacks = []origin.Place{{Address: "https://two.example/detections_2026_06_10.csv", Hosts: []string{"two.example"}, MaxBytes: 1 << 20}}
	p.source = &s
	cfg.Sources = []*source.Source{&s}
	at := stat.MustDate(day).Time().Add(12 * time.Hour)
	cfg.Now = func() time.Time { return at }
	cfg.Client = fetch.Mirror(server.URL, cfg.Now)
	cfg.Client.Wait = instantly
	return p, cfg
}

// detections is a file with so many months of 2026.
func detections(months int) string {
	var b strings.Builder
	b.WriteString("route,type,nat,t,n\n")
	for m := range months {
		fmt.Fprintf(&b, "Black Sea Route,Sea,AFG,2026-%02d-01,%d\n", m+1, 10+m)
	}
	return b.String()
}

// placesNight is one nightly run of all sources.
func placesNight(t *testing.T, cfg world) []review.Outcome {
	t.Helper()
	out := runs(t, cfg)
	if len(out) == 0 {
		t.Fatal("no outcomes")
	}
	return out
}

// placeFindings returns the state of the only source and what its status says of its places.
func placeFindings(t *testing.T, cfg world) string {
	t.Helper()
	table, findings, err := watch.Status(cfg.watch())
	if err != nil {
		t.Fatal(err)
	}
	out := table.Column("state")[0].String()
	for _, f := range findings[cfg.Sources[0].ID] {
		if f.Code == "place" || f.Code == "last-ingest" {
			out += "; " + f.Message
		}
	}
	return out
}

func TestTheNextPlaceServesIfOneDoesNot(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		set  func(*twoPlaces)
		says string
	}{
		"blocked":         {func(p *twoPlaces) { p.first = 403 }, "blocks programs"},
		"gone":            {func(p *twoPlaces) { p.first = 404 }, "moved or gone"},
		"broken":          {func(p *twoPlaces) { p.first = 503 }, "not reachable"},
		"no link":         {func(p *twoPlaces) { p.page = "<p>Prove that you are no robot" }, "no attachment matches"},
		"a foreign link":  {func(p *twoPlaces) { p.page = `<a href="https://evil.example/files/detections_2026_06_02.csv">` }, "not on the source's list of hosts"},
		"the link is bad": {func(p *twoPlaces) { p.page = `<a href="/files/detections_2026_06_02.csv">`; p.file = "" }, "empty body"},
	} {
		t.Run(name, func(t *testing.T) {
			p, cfg := placesWorld(t, "2026-06-20")
			c.set(p)
			for _, want := range []string{review.Added, review.Known} {
				o := placesNight(t, cfg)
				if len(o) != 1 || o[0].State != want || o[0].Release[:10] != "2026-06-10" || o[0].Place != "place 2 of 2, https://two.example/detections_2026_06_10.csv" ||
					len(o[0].Passed) != 1 || !strings.Contains(o[0].Passed[0], "place 1 of 2, https://one.example/map/: ") || strings.Count(o[0].Passed[0], "https://one.example/map/") != 1 || !strings.Contains(o[0].Passed[0], c.says) {
					t.Fatalf("outcomes %+v", o)
				}
				if got := placeFindings(t, cfg); !strings.HasPrefix(got, "current; place 1 of 2") || !strings.Contains(got, c.says) || !strings.HasSuffix(got, "; the last file came from place 2 of 2, https://two.example/detections_2026_06_10.csv") {
					t.Errorf("status says %q", got)
				}
			}
		})
	}
}

func TestTheFirstPlaceIsEnough(t *testing.T) {
	t.Parallel()
	p, cfg := placesWorld(t, "2026-06-20")
	for _, want := range []string{review.Added, review.Unchanged} {
		o := placesNight(t, cfg)
		if len(o) != 1 || o[0].State != want || o[0].Passed != nil || p.secondAsked != 0 || p.downloads != 1 {
			t.Fatalf("outcomes %+v, the second was asked %d times", o, p.secondAsked)
		}
		if got := placeFindings(t, cfg); got != "current; the last file came from place 1 of 2, https://one.example/map/" {
			t.Errorf("status says %q", got)
		}
	}
	// A file that cannot be read waits for a person, and does not lead elsewhere.
	p.file = "route,type\n"
	if o := placesNight(t, cfg); len(o) != 1 || !o[0].Failed() || p.secondAsked != 0 {
		t.Errorf("outcomes %+v, the second was asked %d times", o, p.secondAsked)
	}
	if got := placeFindings(t, cfg); !strings.HasPrefix(got, "malformed") {
		t.Errorf("status says %q", got)
	}
}

func TestNoPlaceServes(t *testing.T) {
	t.Parallel()
	p, cfg := placesWorld(t, "2026-06-20")
	p.page, p.other = "<p>nothing", 403
	o := placesNight(t, cfg)
	if len(o) != 1 || !o[0].Failed() || !strings.Contains(o[0].Error, "none of 2 places serves") || !strings.Contains(o[0].Error, "two.example") || o[0].Hint == "" {
		t.Fatalf("outcomes %+v", o)
	}
	if got := placeFindings(t, cfg); !strings.HasPrefix(got, "moved") {
		t.Errorf("status says %q", got)
	}
}

// TestADeadPlaceLeadsToTheNext has a first place that still serves what it served long ago. What the
// second has is taken, and the old file is not taken for a correction of it, on any later night.
func TestADeadPlaceLeadsToTheNext(t *testing.T) {
	t.Parallel()
	p, cfg := placesWorld(t, "2026-06-20")
	p.source.Dead = stat.MustDate("2026-06-15")
	p.second = "route,type\n" // until there is something
	p.other = 404
	o := placesNight(t, cfg)
	if len(o) != 1 || o[0].State != review.Added || len(o[0].Passed) != 1 || !strings.Contains(o[0].Passed[0], "place 2 of 2") {
		t.Fatalf("outcomes %+v", o)
	}
	if got := placeFindings(t, cfg); !strings.HasPrefix(got, "dead; ") {
		t.Errorf("status says %q", got)
	}
	p.source.Fallbacks[0].Address = "https://two.example/detections_2026_06_18.csv"
	p.other, p.second = 0, detections(5)
	if o := placesNight(t, cfg); len(o) != 2 || o[0].State != review.Unchanged || o[1].State != review.Added || o[1].Release[:10] != "2026-06-18" || len(o[1].Passed) != 1 {
		t.Fatalf("outcomes %+v", o)
	}
	for range 2 { // the source lives, and the first place does not bring back what it had
		if o := placesNight(t, cfg); len(o) != 1 || o[0].State != review.Unchanged || o[0].Release[:10] != "2026-06-18" {
			t.Fatalf("outcomes %+v", o)
		}
	}
	if got := placeFindings(t, cfg); !strings.HasPrefix(got, "current; ") {
		t.Errorf("status says %q", got)
	}
	// The same without an entity tag: the whole old file comes again.
	p.file += "\n"
	if o := placesNight(t, cfg); len(o) != 1 || o[0].State == review.Failed || o[0].Release[:10] == "2026-06-20" {
		t.Errorf("outcomes %+v", o)
	}
}

// TestADeadSourceIsDead checks the state that a descriptor gives: from its day on, until a newer
// release comes in.
func TestADeadSourceIsDead(t *testing.T) {
	t.Parallel()
	s := frontexdetections.Source
	s.Dead = stat.MustDate("2026-06-15")
	for _, c := range []struct{ last, day, want string }{
		{"2026-06-02", "2026-06-14", watch.Current}, {"2026-06-02", "2026-06-15", watch.Dead}, {"2026-06-15", "2026-06-16", watch.Current},
		{"2026-06-20", "2026-06-21", watch.Current}, {"", "2026-06-21", watch.Empty}, {"2026-06-20", "2026-12-21", watch.Late},
	} {
		var last stat.Date
		if c.last != "" {
			last = stat.MustDate(c.last)
		}
		if got := watch.SourceState(&s, last, stat.MustDate(c.day)); got != c.want {
			t.Errorf("%s, last %s: %s, want %s", c.day, c.last, got, c.want)
		}
	}
}
