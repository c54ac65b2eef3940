//go:build browser

package site

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// writeWords types a query into the search that has the focus, and waits for what it finds.
const writeWords = `(words => new Promise(done => {
  const i = document.activeElement;
  i.value = words;
  i.dispatchEvent(new Event("input", {bubbles: true}));
  let tries = 0;
  const look = () => i.getAttribute("aria-expanded") === "true" || tries++ > 100 ? done([...document.querySelectorAll(".found:not([hidden]) a")].map(a => a.getAttribute("href"))) : setTimeout(look, 50);
  look();
}))`

// TestBrowserSearches finds a page by keys, on a desktop and on a telephone.
func TestBrowserSearches(t *testing.T) {
	ctx, w, server := explorer(t, "real")
	for _, width := range []int64{1440, 320} {
		for _, scheme := range []string{"light", "dark"} {
			show(t, ctx, width, scheme)
			visit(t, ctx, server+"/about.html")
			if loaded := evaluate[int](t, ctx, `performance.getEntriesByType("resource").filter(e => /search\.json|find\.js/.test(e.name)).length`); loaded != 0 {
				t.Errorf("%d: the list is loaded before the search is used", width)
			}
			press(t, ctx, "/", "/", 191)
			if role := evaluate[string](t, ctx, `document.activeElement.getAttribute("role") + document.activeElement.value`); role != "combobox" {
				t.Fatalf("%d: after / the focus is on %q", width, role)
			}
			got := evaluate[[]string](t, ctx, writeWords+`("deaths")`, chromedp.EvalAwaitPromise)
			if len(got) == 0 || len(got) > 8 || !strings.HasSuffix(got[0], "topics/deaths.html") {
				t.Errorf("%d: found %v", width, got)
			}
			press(t, ctx, "ArrowDown", "", 40)
			if on := evaluate[bool](t, ctx, `document.getElementById(document.activeElement.getAttribute("aria-activedescendant")).getAttribute("aria-selected") === "true"`); !on {
				t.Errorf("%d: no option is chosen", width)
			}
			if evaluate[int](t, ctx, `document.documentElement.scrollWidth - document.documentElement.clientWidth`) > 0 {
				t.Errorf("%d: the page is wider than the window", width)
			}
			accessible(t, ctx, "search, "+scheme)
			keep(t, ctx, fmt.Sprintf("search-%d-%s.png", width, scheme))
			press(t, ctx, "Enter", "\r", 13)
			evaluate[bool](t, ctx, `new Promise(done => setTimeout(() => done(true), 400))`, chromedp.EvalAwaitPromise)
			if at := evaluate[string](t, ctx, `location.pathname`); at != "/topics/deaths.html" {
				t.Errorf("%d: Enter leads to %s", width, at)
			}
		}
	}
	visit(t, ctx, server+"/series/index.html?q=backlog")
	found := evaluate[string](t, ctx, `new Promise(done => { let n = 0; const look = () => document.querySelector("#results a") || n++ > 100 ? done((document.querySelector("#results a") || {}).href || "") : setTimeout(look, 50); look(); })`, chromedp.EvalAwaitPromise)
	if !strings.HasSuffix(found, "charts/asylum-awaiting.html") {
		t.Errorf("the list of series shows %q first", found)
	}
	w.quiet(t)
}

// TestBrowserSortsTables sorts a table by key and opens the rows that wait.
func TestBrowserSortsTables(t *testing.T) {
	ctx, w, server := explorer(t, "real")
	open(t, ctx, server+"/explore.html?measure=ukho-small-boats:arrivals&frequency=M", 1440, "light")
	settled(t, ctx)
	const first = `document.querySelector("#x-table tbody td").dataset.v`
	newest := evaluate[string](t, ctx, first)
	evaluate[bool](t, ctx, `(document.querySelectorAll("#x-table thead button")[1].focus(), true)`)
	press(t, ctx, "Enter", "\r", 13)
	if most := evaluate[string](t, ctx, first); most == newest || evaluate[string](t, ctx, `document.querySelectorAll("#x-table thead th")[1].getAttribute("aria-sort")`) != "descending" ||
		evaluate[int](t, ctx, `document.querySelectorAll("#x-table [aria-sort]").length`) != 1 {
		t.Errorf("sorted by figures, the first is %s", most)
	}
	const shown = `[...document.querySelectorAll("#x-table tbody tr")].filter(r => r.offsetParent).length`
	if n := evaluate[int](t, ctx, shown); n != 20 {
		t.Errorf("%d rows are open", n)
	}
	evaluate[bool](t, ctx, `(document.querySelector(".more-rows").click(), true)`)
	if n := evaluate[int](t, ctx, shown); n < 90 || evaluate[string](t, ctx, `document.querySelector(".more-rows").getAttribute("aria-expanded")`) != "true" {
		t.Errorf("%d rows are open after the button", n)
	}
	// A link to a row that waits opens it.
	open(t, ctx, server+"/series/ukho-small-boats~arrivals~D.html", 1440, "light")
	if !evaluate[bool](t, ctx, `(r => r && (r.id = "waits", true))(document.querySelector("table[data-short='1'] tr.rest")) || false`) {
		t.Fatal("no row of the page waits")
	}
	if evaluate[bool](t, ctx, `!!document.getElementById("waits").offsetParent`) {
		t.Error("a row that waits is seen")
	}
	if !evaluate[bool](t, ctx, `new Promise(done => { location.hash = "waits"; setTimeout(() => done(!!(document.getElementById("waits") || {}).offsetParent), 200); })`, chromedp.EvalAwaitPromise) {
		t.Error("the row stays closed")
	}
	w.quiet(t)
}
