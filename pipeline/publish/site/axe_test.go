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
