//go:build browser

package site

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// mapFacts are measured on a page with maps.
type mapFacts struct {
	Maps     int     // figures with incidents
	Seen     int     // drawings that have a size
	Small    float64 // the smallest text in a drawing, in pixels of the screen
	Targets  float64 // the smallest height of a choice
	Overflow int
	Drawn    int // circles of the first figure's visible drawing that have a size
	Rows     int // rows of the first table that are shown
	Says     string
}

const askMaps = `(() => {
  const seen = e => e.getBoundingClientRect().width > 0;
  const drawings = [...document.querySelectorAll(".incidents svg.map")].filter(seen);
  let small = 1000;
  for (const d of drawings) {
    const scale = d.getBoundingClientRect().width / d.viewBox.baseVal.width;
    for (const t of d.querySelectorAll("text")) small = Math.min(small, scale * parseFloat(getComputedStyle(t).fontSize));
  }
  const first = document.querySelector(".incidents");
  const marks = [...first.querySelectorAll(".im-mark, .im-dot")].filter(m => getComputedStyle(m).display !== "none");
  const d = document.documentElement;
  return {Maps: document.querySelectorAll(".incidents").length, Seen: drawings.length, Small: small,
    Targets: Math.min(...[...document.querySelectorAll(".periods label")].map(l => l.getBoundingClientRect().height)),
    Overflow: d.scrollWidth - d.clientWidth, Drawn: marks.length,
    Rows: [...first.querySelectorAll("tbody tr")].filter(seen).length,
    Says: [...first.querySelectorAll(".says")].filter(seen).map(p => p.textContent).join("|")};
})()`

// TestBrowserFiltersMaps chooses a year on the map of the Channel, as a reader without scripts does, and
// checks that the circles, the table and the sentence follow.
func TestBrowserFiltersMaps(t *testing.T) {
	server := serve(t, "real")
	ctx, w := browse(t, server)
	for _, width := range []int64{320, 390, 1440} {
		for _, scheme := range []string{"light", "dark"} {
			open(t, ctx, server.URL+"/topics/deaths.html", width, scheme)
			before := evaluate[mapFacts](t, ctx, askMaps)
			if before.Maps != 3 || before.Seen < 3 || before.Small < 13 || before.Targets < 24 || before.Overflow > 0 || before.Drawn == 0 || strings.Contains(before.Says, "|") {
				t.Errorf("at %d px: %+v", width, before)
			}
			ink := mapPixels(t, ctx)
			evaluate[bool](t, ctx, `document.querySelector(".incidents .periods input.p1").click(); true`)
			after := evaluate[mapFacts](t, ctx, askMaps)
			if after.Drawn == 0 || after.Drawn >= before.Drawn || after.Rows == 0 || after.Rows >= before.Rows || !strings.Contains(after.Says, "in 2024") {
				t.Errorf("at %d px, with one year: %+v; before: %+v", width, after, before)
			}
			if mapPixels(t, ctx) == ink {
				t.Errorf("at %d px the drawing does not change", width)
			}
			if width == 320 && scheme == "dark" || width == 1440 && scheme == "light" {
				accessible(t, ctx, "maps, "+scheme)
			}
			if trouble := w.take(); trouble != "" {
				t.Errorf("at %d px: %s", width, trouble)
			}
		}
	}
}

// mapPixels returns the pixels of the first visible map.
func mapPixels(t *testing.T, ctx context.Context) string {
	t.Helper()
	selector := evaluate[string](t, ctx, `[".incidents svg.map.wide", ".incidents svg.map.narrow"].find(s => document.querySelector(s).getBoundingClientRect().width > 0)`)
	png, err := chromedp.Run(ctx, chromedp.Screenshot(selector))
	if err != nil {
		t.Fatal(err)
	}
	return string(png)
}
