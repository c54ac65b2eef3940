//go:build browser

package site

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// measures are what a reader meets on a page before and while scrolling.
type measures struct {
	First  float64  // top of the first chart or picture of a series, in pixels
	Height float64  // of the whole page, in pixels
	Words  int      // outside tables, menus and drawings, as the page opens
	Wide   int      // pixels that the document is wider than the window
	Small  []string // targets under 24 px that are not part of a sentence
	Shift  float64  // cumulative layout shift
}

// screens is the most of a phone that the front page takes. With the starter data, which have more cards
// and releases than the data of the tests, it takes up to 0.7 more, so that 5.35 here are 6 there.
const screens = 5.35

// measureIt looks at a page as it opens: nothing is unfolded, no chart is used.
const measureIt = `new Promise(done => {
  let shift = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { if (!e.hadRecentInput) shift += e.value; })).observe({type: "layout-shift", buffered: true});
  const seen = e => e.checkVisibility() && e.getBoundingClientRect().width > 0;
  const first = [...document.querySelectorAll("main .chart, main .spark")].filter(seen).map(e => e.getBoundingClientRect().top + scrollY);
  const copy = document.querySelector("main").cloneNode(true);
  copy.querySelectorAll("table, nav, svg, script, details > :not(summary), .visually-hidden").forEach(e => e.remove());
  const inText = e => e.matches("p a, li a, dd a, td a, th a, caption a") && getComputedStyle(e).display === "inline";
  const small = [...document.querySelectorAll("a, button, summary, input, select, label:has(input)")].filter(seen).filter(e => !inText(e) && !e.closest("label") && !e.matches(".skip"))
    .filter(e => { const b = e.getBoundingClientRect(); return b.height < 24 || b.width < 24; }).map(e => e.outerHTML.slice(0, 90));
  setTimeout(() => done({First: Math.min(...first), Height: document.documentElement.scrollHeight, Words: (copy.textContent.match(/\S+/g) || []).length,
    Wide: document.documentElement.scrollWidth - innerWidth, Small: small, Shift: shift}), 300);
})`

// measured opens a page in a window of the given size and measures it.
func measured(t *testing.T, ctx context.Context, address string, width, height int64) measures {
	t.Helper()
	call(t, ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(address, err)
	}
	return evaluate[measures](t, ctx, measureIt, chromedp.EvalAwaitPromise)
}

// TestBrowserMeasuresPages holds pages to what a reader in a hurry needs: a chart in the first screen, few
// words, no sideways scroll, targets that a thumb hits, and nothing that moves while the page loads.
func TestBrowserMeasuresPages(t *testing.T) {
	server := serve(t, "real")
	ctx, w := browse(t, server)
	pages := []string{"index.html", "topics/arrivals.html", "topics/returns.html", "topics/deaths.html", "topics/asylum.html", "topics/frontiers.html", "charts/arrivals-cumulative.html", "fr/index.html", "fr/arrivals.html"}
	for _, name := range pages {
		desktop := measured(t, ctx, server.URL+"/"+name, 1440, 900)
		phone := measured(t, ctx, server.URL+"/"+name, 390, 844)
		narrow := measured(t, ctx, server.URL+"/"+name, 320, 800)
		t.Logf("%s: first picture at %.0f and %.0f px, %d words, %.1f phone screens", name, desktop.First, phone.First, phone.Words, phone.Height/844)
		if desktop.First > 500 || phone.First > 1.2*844 {
			t.Errorf("%s: the first chart is at %.0f px of 500 at 1440, at %.0f of %.0f on a phone", name, desktop.First, phone.First, 1.2*844)
		}
		words := 600
		if strings.HasPrefix(name, "fr/") { // French takes a fifth more words than English
			words = 720
		}
		if strings.HasSuffix(name, "index.html") && (phone.Words > words || phone.Height > screens*844) {
			t.Errorf("%s: %d words, %.2f phone screens; at most %d and %.2f", name, phone.Words, phone.Height/844, words, screens)
		}
		if desktop.Wide > 0 || phone.Wide > 0 || narrow.Wide > 0 {
			t.Errorf("%s: %d, %d and %d px wider than the window", name, desktop.Wide, phone.Wide, narrow.Wide)
		}
		if len(phone.Small) > 0 {
			t.Errorf("%s: %d targets under 24 px: %s", name, len(phone.Small), strings.Join(phone.Small[:min(4, len(phone.Small))], "\n"))
		}
		if max(desktop.Shift, phone.Shift) > 0.02 {
			t.Errorf("%s: layout shifts by %.3f and %.3f, allowed is 0.02", name, desktop.Shift, phone.Shift)
		}
	}
	w.quiet(t)
}
