package pipeline_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/publish"
	"crossings/pipeline/review"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
)

// dayOf returns the day of the month.
func dayOf(d stat.Date) int {
	_, _, n := d.YMD()
	return n
}

// italianFile is the file of a publisher who adds a report on the 15th and at the end of
// each month, each with the days of the month so far, and changes a figure of an older
// report at each New Year.
func italianFile(today stat.Date) []byte {
	var out bytes.Buffer
	out.WriteString("Data,Valore,Note,Fonte,Data_Report\n")
	first := stat.MustDate("2027-01-01")
	for from := first; ; {
		report := stat.NewDate(from.Year(), from.Month(), 15)
		if dayOf(from) > 15 {
			report = from.MonthEnd()
		}
		if report >= today {
			return out.Bytes()
		}
		for d := report.MonthStart(); d <= report; d++ {
			n := int(d-first)*37%400 + 1
			if d.Month() == time.December && dayOf(d) == 31 && today.Year() > d.Year() {
				n += 5
			}
			fmt.Fprintf(&out, "%s,%d,*,Fonte: prova.,%s\n", d, n, report)
		}
		from = report + 1
	}
}

// filesBelow returns how many there are below a folder.
func filesBelow(t *testing.T, dir string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestYears lets every night of some years pass: New Years, leap days, nights on which
// the publisher is down, months without a release. Nights without news write nothing;
// memory, goroutines and open files do not grow; what is kept grows with what was
// released; and in the end all of it is sound.
func TestYears(t *testing.T) {
	dir := t.TempDir()
	cfg := config(t, dir)
	day := stat.MustDate("2027-02-01")
	clock := func() time.Time { return day.Time().Add(3 * time.Hour) }
	down := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		data := italianFile(day)
		w.Header().Set("Content-Type", "text/csv")
		w.Header().Set("ETag", fmt.Sprintf(`"%d-%d"`, len(data), day.Year()))
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	}))
	t.Cleanup(server.Close)
	cfg.Now, cfg.Sources = clock, []*source.Source{sourceOf(t, cfg, italy)}
	cfg.Client = fetch.Mirror(server.URL, clock)
	cfg.Client.Wait = instantly

	type cost struct {
		allocated   uint64
		took, idle  time.Duration // idle is of nights without news, in a sum
		heap        uint64
		goroutines  int
		open, lake  int
		news, quiet int
	}
	one := func() (c cost) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		out := night(t, cfg)[italy]
		if out.Failed() != down {
			t.Fatalf("%s: %+v", day, out)
		}
		p, err := publish.Publish(t.Context(), cfg.registry(), cfg.publish(), 0)
		if err != nil {
			t.Fatalf("%s: %v", day, err)
		}
		if out.State == review.Unchanged && p.Unchanged {
			c.quiet++
		} else {
			c.news++
		}
		c.took = time.Since(start)
		runtime.ReadMemStats(&after)
		c.allocated = after.TotalAlloc - before.TotalAlloc
		return c
	}
	measure := func(c cost) cost {
		server.CloseClientConnections()
		for range 3 { // a pool keeps what is idle through one
			runtime.GC()
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		c.heap, c.goroutines = m.HeapAlloc, runtime.NumGoroutine()
		fds, err := os.ReadDir("/proc/self/fd")
		if err == nil {
			c.open = len(fds)
		}
		c.lake = filesBelow(t, filepath.Join(dir, "out", "lake"))
		return c
	}
	one()
	day++
	early := measure(one()) // a quiet night
	if early.quiet != 1 {
		t.Fatalf("the second night: %+v", early)
	}
	var total, year cost
	nights := manyNights
	for n := range nights {
		if day++; day == stat.NewDate(day.Year(), time.January, 1) {
			t.Logf("%d: %d nights with news in %s, %d without in %s; heap %d kB", day.Year()-1, year.news, year.took, year.quiet, year.idle, measure(cost{}).heap>>10)
			year = cost{}
		}
		down = n%45 == 7 && dayOf(day) > 3 && dayOf(day) < 12 // not when a release is due
		kept := filesBelow(t, filepath.Join(dir, "raw"))
		c := one()
		total.news, year.news, year.quiet = total.news+c.news, year.news+c.news, year.quiet+c.quiet
		if c.quiet == 1 {
			year.idle += c.took
		} else {
			year.took += c.took
		}
		if now := filesBelow(t, filepath.Join(dir, "raw")); c.quiet == 1 && now != kept {
			t.Fatalf("%s: a night without news kept %d files", day, now-kept)
		}
	}
	down = false
	for day++; dayOf(day) < 20 || dayOf(day) > 25; day++ {
		one()
	}
	before := tree(t, dir, true)
	late := measure(one())
	if late.quiet != 1 {
		t.Fatalf("the last night: %+v", late)
	}
	same(t, tree(t, dir, true), before)
	t.Logf("%d nights, %d with news; first quiet night %s and %d kB, last %s and %d kB; heap %d and %d kB, files of the lake %d and %d",
		nights, total.news, early.took.Round(time.Millisecond), early.allocated>>10, late.took.Round(time.Millisecond), late.allocated>>10, early.heap>>10, late.heap>>10, early.lake, late.lake)
	if late.goroutines > early.goroutines+5 || late.open > early.open+5 {
		t.Errorf("goroutines %d, then %d; open files %d, then %d", early.goroutines, late.goroutines, early.open, late.open)
	}
	if late.heap > early.heap+16<<20 {
		t.Errorf("heap %d, then %d bytes", early.heap, late.heap)
	}
	// What a quiet night reads grows with the releases, by some kilobytes each.
	if late.took > early.took+time.Second || late.allocated > early.allocated+64<<20 {
		t.Errorf("a quiet night took %s and %d bytes, and at last %s and %d", early.took, early.allocated, late.took, late.allocated)
	}
	if releases := total.news * 2; late.lake > early.lake+2*releases+4 {
		t.Errorf("the lake has %d files after %d nights with news", late.lake, total.news)
	}
	if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) > 0 {
		t.Errorf("damage: %v, %v", bad, err)
	}
	if bad, err := publish.VerifyPublished(cfg.dir(), cfg.publish()); err != nil || len(bad) > 0 {
		t.Errorf("damage of what was published: %v, %v", bad, err)
	}
}
