//go:build browser

package site

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// axe is the script of axe-core, which "make build" fetches. The browser's protocol evaluates it, so
// the page's policy does not apply to it.
var axe = sync.OnceValues(func() (string, error) {
	text, err := os.ReadFile("../../../charts/testdata/axe.min.js")
	if err != nil {
		return "", fmt.Errorf("%w; run: make build", err)
	}
	return string(text), nil
})

// runAxe checks the rules of WCAG 2.2, levels A and AA, and the best practices.
const runAxe = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"]}).then(r =>
  r.violations.map(v => v.id + ": " + v.help + "\n" + v.nodes.slice(0, 3).map(n => "    " + n.html.slice(0, 300) + "\n    " + n.failureSummary.replace(/\s+/g, " ")).join("\n")))`

// accessible fails if axe-core finds anything that keeps people from using the open page.
func accessible(t *testing.T, ctx context.Context, what string) {
	t.Helper()
	script, err := axe()
	if err != nil {
		t.Fatal(err)
	}
	evaluate[bool](t, ctx, script+"\n;true")
	if found := evaluate[[]string](t, ctx, runAxe, chromedp.EvalAwaitPromise); len(found) > 0 {
		t.Errorf("%s: %s", what, strings.Join(found, "\n"))
	}
}

// kinds are pages of every kind: what a page has that others of its kind lack is in TestBrowser.
var kinds = []string{"index.html", "fr/index.html", "topics/arrivals.html", "topics/deaths.html", "topics/sources.html", "charts/arrivals-cumulative.html", "charts/arrivals-nationality.html",
	"embed/arrivals-cumulative.html", "series/index.html", "series/ukho-small-boats~arrivals~D.html", "releases/ukho-asylum.html", "releases/1.0.0/index.html", "explore.html", "check.html",
	"claims.html", "incidents.html", "corrections.html", "calendar.html", "data/index.html", "methodology.html"}

// TestBrowserIsForEveryone checks a page of every kind at the width of a narrow telephone, a tablet and
// a desktop, each in both schemes and with every panel open.
func TestBrowserIsForEveryone(t *testing.T) {
	server := serve(t, "real")
	ctx, w := browse(t, server)
	for _, name := range kinds {
		open(t, ctx, server.URL+"/"+name, 320, "light")
		for _, width := range []int64{320, 768, 1440} {
			for _, scheme := range []string{"light", "dark"} {
				show(t, ctx, width, scheme)
				// Charts are drawn again in the frame after the one that has the new width.
				evaluate[bool](t, ctx, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`, chromedp.EvalAwaitPromise)
				accessible(t, ctx, fmt.Sprintf("%s at %d px, %s", name, width, scheme))
			}
		}
	}
	w.quiet(t)
}

// openSearch writes a word into the search of the page, and waits for what it finds. It returns how many answers
// are seen.
const openSearch = `new Promise(done => {
  const i = document.querySelector("form.find input"), seen = () => [...document.querySelectorAll(".found [role=option]")].filter(o => o.offsetParent).length;
  i.focus();
  i.value = "deaths";
  i.dispatchEvent(new Event("input", {bubbles: true}));
  let tries = 0;
  const look = () => seen() || tries++ > 100 ? done(seen()) : setTimeout(look, 50);
  look();
})`

// TestBrowserIsForEveryoneWithAListOpen checks what lies over the pages: the answers of the search, on a page of
// each kind of head, and the menu of the front page, where a width has one.
func TestBrowserIsForEveryoneWithAListOpen(t *testing.T) {
	server := serve(t, "real")
	ctx, w := browse(t, server)
	for _, width := range []int64{320, 768, 1440} {
		for _, scheme := range []string{"light", "dark"} {
			where := fmt.Sprintf("at %d px, %s", width, scheme)
			show(t, ctx, width, scheme)
			for _, name := range []string{"index.html", "fr/index.html", "topics/arrivals.html"} {
				visit(t, ctx, server.URL+"/"+name)
				if n := evaluate[int](t, ctx, openSearch, chromedp.EvalAwaitPromise); n == 0 {
					t.Errorf("%s %s: no answer is seen", name, where)
				}
				accessible(t, ctx, "the search of "+name+" "+where)
			}
			visit(t, ctx, server.URL+"/index.html")
			if narrow := evaluate[bool](t, ctx, `(m => { m.open = true; return !!m.offsetParent; })(document.querySelector("details.menu"))`); narrow != (width < 1440) {
				t.Errorf("the front %s: that there is a menu is %v", where, narrow)
			}
			accessible(t, ctx, "the menu of the front "+where)
			if over := evaluate[int](t, ctx, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				t.Errorf("the menu of the front %s: %d px too wide", where, over)
			}
		}
	}
	w.quiet(t)
}
