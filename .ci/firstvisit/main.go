// Command firstvisit measures the first visit of pages of a site, as a reader with a slow telephone
// has it: 1.6 Mbit/s, 150 ms a request, a processor four times slower, nothing in the cache.
//
//	go run ./.ci/firstvisit [-runs N] [-pages a,b] SITE
//
// It prints the median and the fastest run of each page at each width. It fails only if a page cannot
// be measured: times say more of the machine than a test may.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/publish/web"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// The reader's line and processor.
const (
	bytesPerSecond = 1_600_000 / 8
	latency        = 150 // milliseconds a request
	slower         = 4
)

// screen is a window in pixels.
type screen struct{ width, height int64 }

var screens = []screen{{390, 844}, {1440, 900}}

// visit is what one run measures, in milliseconds from the start of the navigation.
type visit struct {
	Paint    float64 // the first thing that is seen
	Largest  float64 // the largest thing that is seen without scrolling
	What     string  // that thing
	Blocking float64 // time beyond 50 ms of the tasks after the first paint
	Before   float64 // the same before the first paint
	Shift    float64 // cumulative layout shift, no time
}

// watch notes what happens before the page's own scripts run.
const watch = `window.seen = {largest: 0, what: "", tasks: [], shift: 0};
new PerformanceObserver(l => l.getEntries().forEach(e => { seen.largest = e.startTime; seen.what = (e.element ? e.element.tagName.toLowerCase() + "." + e.element.className : "") + " " + (e.url || "").split("/").pop() + " " + e.size; })).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => seen.tasks.push([e.startTime, e.duration]))).observe({type: "longtask", buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => { if (!e.hadRecentInput) seen.shift += e.value; })).observe({type: "layout-shift", buffered: true});`

// read waits until the page has loaded and then for two quiet seconds.
const read = `new Promise(done => {
  const after = () => setTimeout(() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0].startTime;
    const over = tasks => tasks.reduce((sum, t) => sum + Math.max(0, t[1] - 50), 0);
    done({Paint: paint, Largest: seen.largest, What: seen.what.trim(), Shift: seen.shift,
      Blocking: over(seen.tasks.filter(t => t[0] + t[1] > paint)), Before: over(seen.tasks.filter(t => t[0] + t[1] <= paint))});
  }, 2000);
  document.readyState === "complete" ? after() : addEventListener("load", after);
})`

func main() {
	runs := flag.Int("runs", 5, "runs of each page at each width")
	pages := flag.String("pages", "", "addresses below the site, separated by commas; the front page is empty")
	flag.Parse()
	if flag.NArg() != 1 || *runs < 1 {
		fmt.Fprintln(os.Stderr, "usage: firstvisit [-runs N] [-pages a,b] SITE")
		os.Exit(2)
	}
	if err := measure(os.Stdout, flag.Arg(0), strings.Split(*pages, ","), *runs); err != nil {
		fmt.Fprintln(os.Stderr, "firstvisit:", err)
		os.Exit(1)
	}
}

// measure serves the site in a folder and visits its pages.
func measure(out io.Writer, site string, pages []string, runs int) error {
	if _, err := os.Stat(site + "/index.html"); err != nil {
		return err
	}
	program, err := browser()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: web.Handler(site), ReadHeaderTimeout: time.Minute}
	go server.Serve(listener)
	defer server.Close()
	fmt.Fprintf(out, "%-28s %5s  %22s  %22s  %15s  %s\n", "page", "px", "largest paint (best)", "blocking (best)", "before paint", "shift, what paints last")
	for _, page := range pages {
		for _, s := range screens {
			var all []visit
			for range runs {
				v, err := once(program, "http://"+listener.Addr().String()+"/"+page, s)
				if err != nil {
					return fmt.Errorf("%s at %d px: %w", page, s.width, err)
				}
				all = append(all, v)
			}
			report(out, "/"+page, s, all)
		}
	}
	return nil
}

// browser returns the path of Chromium.
func browser() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p, nil
		}
	}
	return "", errors.New("no chromium in PATH; hint: apt-get install chromium fonts-dejavu-core")
}

// once visits a page with a new browser, whose profile is empty.
func once(program, address string, s screen) (visit, error) {
	profile, err := os.MkdirTemp("", "firstvisit-")
	if err != nil {
		return visit{}, err
	}
	defer os.RemoveAll(profile)
	flags := []chromedp.ExecAllocatorOption{chromedp.ExecPath(program), chromedp.UserDataDir(profile)}
	for _, f := range []string{"headless", "no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage"} {
		flags = append(flags, chromedp.Flag(f, true))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	ctx, cancel = chromedp.NewExecAllocator(ctx, flags...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	if err := slow(ctx, s); err != nil {
		return visit{}, err
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		return visit{}, err
	}
	return chromedp.Run(ctx, chromedp.Evaluate[visit](read, chromedp.EvalAwaitPromise))
}

// slow gives the browser the reader's window, line and processor.
func slow(ctx context.Context, s screen) error {
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	if err == nil {
		_, err = chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: watch})
	}
	if err == nil {
		_, err = chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: s.width, Height: s.height, DeviceScaleFactor: 1, Mobile: s.width < 768})
	}
	if err == nil {
		_, err = chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{
			{Latency: latency, DownloadThroughput: bytesPerSecond, UploadThroughput: bytesPerSecond}}})
	}
	if err == nil {
		_, err = chromedp.Call(ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: slower})
	}
	return err
}

// report prints what the runs of one page have in common.
func report(out io.Writer, page string, s screen, all []visit) {
	of := func(value func(visit) float64) (median, best float64) {
		var sorted []float64
		for _, v := range all {
			sorted = append(sorted, value(v))
		}
		slices.Sort(sorted)
		return sorted[len(sorted)/2], sorted[0]
	}
	largest, fastest := of(func(v visit) float64 { return v.Largest })
	blocking, least := of(func(v visit) float64 { return v.Blocking })
	before, _ := of(func(v visit) float64 { return v.Before })
	_, worst := of(func(v visit) float64 { return -v.Shift })
	fmt.Fprintf(out, "%-28s %5d  %12.0f (%5.0f) ms  %12.0f (%5.0f) ms  %12.0f ms  %.3f, %s\n", page, s.width, largest, fastest, blocking, least, before, -worst, all[0].What)
}
