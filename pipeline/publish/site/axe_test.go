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
