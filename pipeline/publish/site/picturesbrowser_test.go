//go:build browser

package site

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// pictureBox is what a page shows of one chart.
type pictureBox struct {
	Source        string  // file of the picture shown, or ""
	Loaded        bool    // whether it was drawn
	Name          string  // what a screen reader says
	Width, Height float64 // of the box
	Ratio         float64 // width by height of the picture itself
	Canvas        bool
}

// askBoxes measures the boxes of all charts. With scripts switched off, no promise resolves and no timer
// fires, so the test asks again until all pictures have loaded.
const askBoxes = `[...document.querySelectorAll(".chart")].map(d => {
    const i = d.querySelector("img"), b = d.getBoundingClientRect(), r = i && i.getBoundingClientRect();
    if (i) i.loading = "eager";
    return {Source: i ? i.currentSrc.split("/").pop() : "", Loaded: Boolean(i && i.complete && i.naturalWidth > 0), Name: i ? i.alt : d.getAttribute("aria-label") || "",
      Width: b.width, Height: b.height, Ratio: i ? r.width / r.height : 0, Canvas: Boolean(d.querySelector("canvas"))};
  })`

func boxes(t *testing.T, ctx context.Context) []pictureBox {
	t.Helper()
	for range 100 {
		all := evaluate[[]pictureBox](t, ctx, askBoxes)
		if !slices.ContainsFunc(all, func(b pictureBox) bool { return !b.Loaded && !b.Canvas }) {
			return all
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("there are pictures that do not load")
	return nil
}

func TestBrowserShowsPicturesWithoutScripts(t *testing.T) {
	server := serve(t, "real")
	ctx, w := browse(t, server)
	call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	for _, name := range []string{"index.html", "charts/deaths-channel.html", "topics/returns.html"} {
		for _, tt := range []struct {
			width  int64
			scheme string
			suffix string
		}{{360, "light", ".narrow.svg"}, {360, "dark", ".narrow.dark.svg"}, {768, "dark", ".dark.svg"}, {1440, "light", ".svg"}} {
			where := fmt.Sprintf("%s at %d px, %s", name, tt.width, tt.scheme)
			show(t, ctx, tt.width, tt.scheme)
			visit(t, ctx, server.URL+"/"+name)
			all := boxes(t, ctx)
			if len(all) == 0 {
				t.Errorf("%s: no charts", where)
			}
			for _, b := range all {
				base, _, _ := strings.Cut(b.Source, ".")
				if !b.Loaded || b.Source != base+tt.suffix || b.Name == "" || b.Canvas {
					t.Errorf("%s: %+v", where, b)
				}
				if b.Width < 300 || b.Height < 200 || b.Ratio < b.Width/b.Height*0.98 {
					t.Errorf("%s: the picture does not fill its box: %+v", where, b)
				}
			}
			f := evaluate[int](t, ctx, `document.documentElement.scrollWidth - document.documentElement.clientWidth`)
			if trouble := w.take(); trouble != "" || f > 0 {
				t.Errorf("%s: %d px too wide, %s", where, f, trouble)
			}
			keep(t, ctx, "noscript-"+strings.NewReplacer("/", "-", ".html", "").Replace(name)+fmt.Sprintf("-%d-%s.png", tt.width, tt.scheme))
		}
	}
}

// shifts adds up how much of the page moved while it loaded.
const shifts = `new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})`

func TestBrowserPutsTheChartInThePicturesPlace(t *testing.T) {
	server := serve(t, "real")
	ctx, w := browse(t, server)
	for _, name := range []string{"index.html", "charts/arrivals-daily.html", "topics/asylum.html"} {
		for _, width := range widths {
			where := fmt.Sprintf("%s at %d px", name, width)
			show(t, ctx, width, "light")
			visit(t, ctx, server.URL+"/"+name)
			useCharts(t, ctx)
			if moved := evaluate[float64](t, ctx, shifts, chromedp.EvalAwaitPromise); moved > 0.02 {
				t.Errorf("%s: the page moved by %v", where, moved)
			}
			drawn := boxes(t, ctx)
			if refused := evaluate[[]string](t, ctx, `window.refused`); len(refused) > 0 {
				t.Errorf("%s: the policy refused %v", where, refused)
			}
			if trouble := w.take(); trouble != "" {
				t.Errorf("%s: %s", where, trouble)
			}

			// Without the chart library, the picture stands in the same box.
			call(t, ctx, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: server.URL + "/assets/echarts.*", Block: true}}})
			visit(t, ctx, server.URL+"/"+name)
			evaluate[bool](t, ctx, `document.querySelectorAll(".chart").forEach(d => d.dispatchEvent(new Event("pointerenter"))); new Promise(done => setTimeout(() => done(true), 500))`, chromedp.EvalAwaitPromise)
			still := boxes(t, ctx)
			call(t, ctx, network.SetBlockedURLs, network.SetBlockedURLsParams{})
			w.take() // the script that could not be loaded
			if len(drawn) == 0 || len(drawn) != len(still) {
				t.Fatalf("%s: %d charts drawn, %d pictures", where, len(drawn), len(still))
			}
			for i, d := range drawn {
				p := still[i]
				if !d.Canvas || d.Source != "" || p.Canvas || !p.Loaded || d.Name != p.Name || d.Name == "" || d.Width != p.Width || d.Height != p.Height {
					t.Errorf("%s: drawn %+v, picture %+v", where, d, p)
				}
			}
		}
	}
}

// visit opens a page and waits until it has loaded.
func visit(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(address, err)
	}
}
