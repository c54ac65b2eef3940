//go:build browser

package site

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// copying presses a button of a page with a clipboard that keeps what it is given, and returns that text with
// the words by which the page says so.
const copying = `new Promise(done => {
  let kept = null;
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: text => { kept = text; return Promise.resolve(); } } });
  const button = document.querySelector(SELECTOR), said = document.querySelector(SAID);
  button.click();
  setTimeout(() => done([kept, said.textContent, button.getAttribute("aria-label") || ""]), 100);
})`

// TestBrowserCopies copies a sentence of the front page, and the address and the program of the explorer.
func TestBrowserCopies(t *testing.T) {
	ctx, w, server := explorer(t, "real")
	copied := func(selector, said string) []string {
		t.Helper()
		return evaluate[[]string](t, ctx, strings.NewReplacer("SELECTOR", strconv.Quote(selector), "SAID", strconv.Quote(said)).Replace(copying), chromedp.EvalAwaitPromise)
	}
	open(t, ctx, server+"/index.html", 1440, "light")
	sentence := evaluate[string](t, ctx, `document.querySelector(".copy").previousElementSibling.textContent`)
	if got := copied(".copy", ".copy"); got[0] != sentence || sentence == "" || got[1] != "Copied" || got[2] != "" {
		t.Errorf("copied %q of %q", got, sentence)
	}
	open(t, ctx, server+"/explore.html?measure=ukho-small-boats:arrivals&frequency=M", 1440, "light")
	settled(t, ctx)
	if got := copied("#x-link", "#x-said"); got[0] != evaluate[string](t, ctx, `location.href`) || got[1] != "Copied." {
		t.Errorf("copied %q", got)
	}
	if got := copied("#x-copy", "#x-said"); got[0] != evaluate[string](t, ctx, `document.getElementById("x-program").textContent`) || got[0] == "" {
		t.Errorf("copied %q", got)
	}
	w.quiet(t)
}
