//go:build browser

package site

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"crossings/pipeline/publish/site/sitetest"
)

// explored is what the explorer shows.
type explored struct {
	Title, Sub, Program, Trouble, Selected string
	Rows, Lines                            int
	Newest                                 string // the first figure of the table
	Narrow                                 bool   // whether the page is no wider than the window
	Small                                  int    // targets of less than 24 pixels
	Markup                                 bool   // whether a text became markup
}

const askExplorer = `(() => {
  const t = id => document.getElementById("x-" + id).textContent, d = document.documentElement;
  const small = [...document.querySelectorAll(".explorer button, .explorer select, .explorer input, .explorer label:has(input[type=checkbox]), .take-all a")].filter(e => { const b = e.getBoundingClientRect(); return b.width && (b.height < 24 || b.width < 24) && e.type !== "checkbox"; }).length;
  return {Title: t("title"), Sub: t("sub"), Program: t("program"), Trouble: document.getElementById("x-trouble").hidden ? "" : t("trouble"), Selected: document.getElementById("x-measure").value,
    Rows: document.querySelectorAll("#x-table tbody tr").length, Lines: document.querySelectorAll(".stage svg .line, .stage svg .bar").length,
    Newest: (document.querySelector("#x-table tbody td") || {}).textContent || "", Narrow: d.scrollWidth <= d.clientWidth, Small: small, Markup: !!document.querySelector("img[src=x], .explorer script, .stage script")};
})()`

// TestBrowserExplores chooses figures by address, by pointer and by key, and takes them away.
func TestBrowserExplores(t *testing.T) {
	ctx, w, server := explorer(t, "real")
	open(t, ctx, server+"/explore.html", 1440, "light")
	got := settled(t, ctx)
	if got.Trouble != "" || got.Selected != sitetest.ArrivalsID[:len(sitetest.ArrivalsID)-2] || got.Lines == 0 || got.Rows == 0 {
		t.Fatalf("the page shows %+v", got)
	}
	year := server + "/explore.html?measure=ukho-small-boats:arrivals&frequency=YTD&language=sql"
	for _, width := range []int64{320, 390, 768, 1440} {
		for _, scheme := range []string{"light", "dark"} {
			open(t, ctx, year, width, scheme)
			got := settled(t, ctx)
			if got.Newest != "11,638" || !strings.Contains(got.Title, "11,638") || !strings.Contains(got.Title, "37.2\u00a0% fewer") || !strings.Contains(got.Program, "year-to-date.parquet") {
				t.Errorf("%d %s: %+v", width, scheme, got)
			}
			if !got.Narrow || got.Small > 0 {
				t.Errorf("%d %s: the page is too wide, or %d targets are too small", width, scheme, got.Small)
			}
			evaluate[bool](t, ctx, `document.querySelector(".choose").open = true`)
			accessible(t, ctx, "explore.html at "+scheme)
			if width == 390 || width == 1440 {
				keep(t, ctx, fmt.Sprintf("explore-%d-%s.png", width, scheme))
			}
		}
	}
	evaluate[bool](t, ctx, `(document.querySelector("#x-frequency button[value=D]").focus(), true)`)
	press(t, ctx, "Enter", "\r", 13)
	evaluate[bool](t, ctx, `new Promise(done => { let n = 0; const look = () => document.querySelectorAll("#x-table tbody tr").length > 90 || n++ > 100 ? done(true) : setTimeout(look, 50); look(); })`, chromedp.EvalAwaitPromise)
	if got := settled(t, ctx); !strings.Contains(got.Program, "observations.parquet") || got.Rows < 90 {
		t.Errorf("after a key the page shows %+v", got)
	}
	if at := evaluate[string](t, ctx, `location.search`); !strings.Contains(at, "frequency=D") {
		t.Errorf("the address says %s", at)
	}
	w.quiet(t)
}

// TestBrowserTextsOfAddressesStayText puts markup into every part of the address.
func TestBrowserTextsOfAddressesStayText(t *testing.T) {
	ctx, w, server := explorer(t, "hostile")
	bad := `%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E'%22)`
	for _, key := range []string{"measure", "by", "frequency", "only", "parts", "from", "to", "compare", "kind", "language"} {
		open(t, ctx, server+"/explore.html?"+key+"="+bad, 1440, "light")
		if got := settled(t, ctx); got.Markup || strings.Contains(got.Program, "onerror") || got.Rows == 0 {
			t.Errorf("%s: %+v", key, got)
		}
	}
	if refused := evaluate[[]string](t, ctx, `window.refused`); len(refused) > 0 {
		t.Errorf("refused: %q", refused)
	}
	w.quiet(t)
}

// TestBrowserDownloadsTheSelection compares the file that a reader saves with the figures of the site.
func TestBrowserDownloadsTheSelection(t *testing.T) {
	ctx, _, server := explorer(t, "real")
	open(t, ctx, server+"/explore.html?measure=ukho-small-boats:arrivals&frequency=YTD&from=2025-01-01", 1440, "light")
	settled(t, ctx)
	text := evaluate[string](t, ctx, `new Promise(done => {
  const make = URL.createObjectURL;
  URL.createObjectURL = blob => { blob.text().then(done); return make(blob); };
  document.getElementById("x-csv").click();
})`, chromedp.EvalAwaitPromise)
	lines := strings.Split(text, "\r\n")
	if len(lines) != 4 || lines[0] != "series,period_start,period_end,value,obs_status,prior_value,change,label" ||
		!strings.HasPrefix(lines[1], "ukho-small-boats:arrivals:D,2025-01-01,2025-06-25,18518,P,") || !strings.HasPrefix(lines[2], "ukho-small-boats:arrivals:D,2026-01-01,2026-06-25,11638,P,18518,-6880,") {
		t.Errorf("the file has\n%s", text)
	}
}

// explorer serves a site and starts a browser.
func explorer(t *testing.T, name string) (context.Context, *watcher, string) {
	t.Helper()
	server := serve(t, name)
	ctx, w := browse(t, server)
	return ctx, w, server.URL
}

// settled waits until the explorer has its figures, and returns what it shows.
func settled(t *testing.T, ctx context.Context) explored {
	t.Helper()
	evaluate[bool](t, ctx, `new Promise(done => {
  let tries = 0;
  const look = () => document.querySelector("#x-table tbody tr") || !document.getElementById("x-trouble").hidden || tries++ > 200 ? done(true) : setTimeout(look, 50);
  setTimeout(look, 100);
})`, chromedp.EvalAwaitPromise)
	return evaluate[explored](t, ctx, askExplorer)
}

// press presses a key.
func press(t *testing.T, ctx context.Context, key, text string, code int64) {
	t.Helper()
	call(t, ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: key, Code: key, Text: text, WindowsVirtualKeyCode: code})
	call(t, ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: key, Code: key, WindowsVirtualKeyCode: code})
}
