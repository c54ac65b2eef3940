package pipeline_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/review"
)

// harbours is a world of many tables, each on a host of its own. Some hosts are dead: they answer nothing
// until all others have been served.
type harbours struct {
	dead   int
	all    sync.WaitGroup // the live hosts that were not asked yet
	mu     sync.Mutex
	asked  map[string]int
	atOnce map[string]bool // hosts with a request that is not answered yet
	wrong  []string
	served func() // called at each answer of a live host
}

// harboursWorld declares tables by their layouts, the dead ones first. Each may redirect to the hosts.
func harboursWorld(t *testing.T, tables, dead int, hosts string) (*harbours, world) {
	t.Helper()
	h := &harbours{dead: dead, served: func() {}, asked: map[string]int{}, atOnce: map[string]bool{}}
	h.all.Add(tables - dead)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	cfg := config(t, t.TempDir())
	cfg.Sources, cfg.Client = nil, fetch.Mirror(server.URL, cfg.Now)
	cfg.Client.Wait = instantly
	if err := os.MkdirAll(cfg.dir().Layouts(), 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range tables {
		place := fmt.Sprintf(`"place": {"address": "https://h%04d.example.org/ports_2025-03-01.csv", "hosts": [%s]}, "every": 31, "grace": 7, "flow"`, i, hosts)
		if err := os.WriteFile(filepath.Join(cfg.dir().Layouts(), fmt.Sprintf("h%04d.json", i)), []byte(strings.Replace(portsLayout, `"flow"`, place, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return h, cfg
}

func (h *harbours) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	h.mu.Lock()
	dead := host < fmt.Sprintf("h%04d", h.dead)
	if h.asked[host]++; h.atOnce[host] && !dead { // the client gives up on a dead host before its answer
		h.wrong = append(h.wrong, "two requests at once to "+host)
	}
	first := h.asked[host] == 1
	h.atOnce[host] = true
	h.mu.Unlock()
	defer func() { h.mu.Lock(); h.atOnce[host] = false; h.mu.Unlock() }()
	if dead {
		h.all.Wait()
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	h.served()
	w.Header().Set("Content-Type", "text/csv")
	w.Header().Set("ETag", `"1"`)
	if r.Header.Get("If-None-Match") == `"1"` {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	io.WriteString(w, portsTable)
	if first {
		h.all.Done()
	}
}

// count returns how many outcomes have each state.
func count(out []review.Outcome) map[string]int {
	n := map[string]int{}
	for _, o := range out {
		n[o.State]++
	}
	return n
}

// TestAThousandSources runs two nights of tables that nobody wrote code for. A hundred hosts are dead, and
// hold up nobody.
func TestAThousandSources(t *testing.T) {
	t.Parallel()
	h, cfg := harboursWorld(t, 1000, 100, "")
	first := runs(t, cfg)
	if n := count(first); n[review.Added] != 1900 || n[review.Failed] != 100 {
		t.Fatalf("first night: %v", n)
	}
	for i, o := range first {
		if want := fmt.Sprintf("table:h%04d", i/2); o.Source != want {
			t.Fatalf("outcome %d is of %s", i, o.Source)
		}
	}
	if n := count(runs(t, cfg)); n[review.Unchanged] != 900 || n[review.Failed] != 100 {
		t.Errorf("second night: %v", n)
	}
	if len(h.wrong) > 0 || h.asked["h0999.example.org"] != 2 || h.asked["h0000.example.org"] != 8 {
		t.Errorf("%q; a live host was asked %d times, a dead one %d times", h.wrong, h.asked["h0999.example.org"], h.asked["h0000.example.org"])
	}
}

// TestARunLeavesTheRestForTheNext gives runs an hour, in which the clock goes on by 20 minutes a source.
func TestARunLeavesTheRestForTheNext(t *testing.T) {
	t.Parallel()
	h, cfg := harboursWorld(t, 5, 0, `"shared.example.org"`)
	var mu sync.Mutex
	clock := now
	cfg.Client.Now = func() time.Time { return now }
	cfg.Now = func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return clock
	}
	cfg.Within = time.Hour
	// Every request takes 20 minutes. All tables may lead to one host, so they are asked one after another.
	h.served = func() { mu.Lock(); clock = clock.Add(20 * time.Minute); mu.Unlock() }
	var took [][]string
	for range 3 {
		var began []string
		for _, o := range runs(t, cfg) {
			if o.State == review.Unchanged || o.State == review.Added && !strings.HasPrefix(o.Release, "layout-") {
				began = append(began, o.Source)
			}
		}
		took = append(took, began)
	}
	if got, want := fmt.Sprint(took), "[[table:h0000 table:h0001 table:h0002] [table:h0003 table:h0004 table:h0000] [table:h0001 table:h0002 table:h0000]]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
