//go:build browser

package site

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"crossings/pipeline/publish/site/sitetest"
)

// The policies that docs/publishing.md has a web server send.
const (
	sitePolicy  = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'"
	checkPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'"
)

// servePolicy serves a site with the policies in headers. refuse says which paths are missing.
func servePolicy(t *testing.T, name string, refuse func(path string) bool) *httptest.Server {
	t.Helper()
	dir, _ := shared(t, name)
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		policy := sitePolicy
		if r.URL.Path == "/check.html" || strings.HasPrefix(r.URL.Path, "/claim/") {
			policy = checkPolicy
		}
		w.Header().Set("Content-Security-Policy", policy)
		if refuse(r.URL.Path) {
			http.NotFound(w, r)
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

// until waits until an expression holds in the page.
func until(t *testing.T, ctx context.Context, what, expression string) {
	t.Helper()
	for end := time.Now().Add(90 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if evaluate[bool](t, ctx, "!!("+expression+")") {
			return
		}
	}
	t.Fatalf("%s: %s; the page says %q", what, expression, evaluate[string](t, ctx, `document.getElementById("state").textContent`))
}

// answerTo opens the page with a sentence in its address and waits for the answer.
func answerTo(t *testing.T, ctx context.Context, server, text, on string, width int64, scheme string) {
	t.Helper()
	open(t, ctx, "about:blank", width, scheme)
	open(t, ctx, server+"/check.html#"+url.Values{"text": {text}, "on": {on}}.Encode(), width, scheme)
	until(t, ctx, text, `document.querySelector("#answer:not([hidden]) .found")`)
}

const soFar = "More than 30,000 people have made the crossing so far this year, compared to 37,000 for the whole of 2024, a rise of 80%"

// TestBrowserChecksAClaim opens the page under the policy, at three widths and in both schemes.
func TestBrowserChecksAClaim(t *testing.T) {
	server := servePolicy(t, "real", func(string) bool { return false })
	ctx, w := browse(t, server)
	for _, v := range []view{{320, "dark", nil}, {390, "light", nil}, {1440, "light", nil}, {1440, "dark", nil}} {
		what := fmt.Sprintf("check.html at %d px, %s", v.width, v.scheme)
		answerTo(t, ctx, server.URL, soFar, "2025-09-18", v.width, v.scheme)
		for place, want := range map[string]string{
			"#answer h2":                               "The figures give 2 of 3 numbers",
			".found.holds .value":                      "31,031",
			".found.holds .fair":                       "People arriving in small boats in 2025 to 17 September: 31,031; by the same date of 2024: 23,628 (+31.3 %); in the whole of 2024: 36,816. Release of 26 June 2026.",
			".found.holds:nth-child(2) .value":         "36,816",
			".found.nearest .verdict":                  "≈ The measure and the window hold, the number does not (off by 48.7 %)",
			".found.holds .verdict":                    "✓ All three facts of the sentence hold",
			"#answer mark:nth-of-type(2)":              "37,000B",
			`.found a[href$="arrivals~D.html"]`:        "People arriving in small boats",
			`.found.nearest .words li:not([class=""])`: "✗ number: 80%",
		} {
			got := evaluate[string](t, ctx, fmt.Sprintf("(document.querySelector(%q) || {textContent: 'nothing'}).textContent", place))
			if got != want {
				t.Errorf("%s: %s: got %q, want %q", what, place, got, want)
			}
		}
		accessible(t, ctx, what)
		inspect(t, ctx, w, what)
		keep(t, ctx, fmt.Sprintf("check-%d-%s.png", v.width, v.scheme))
	}
}

// TestBrowserChecksByKeyboard writes a sentence, sends it with keys, and asks for others.
func TestBrowserChecksByKeyboard(t *testing.T) {
	server := servePolicy(t, "hostile", func(string) bool { return false })
	ctx, w := browse(t, server)
	open(t, ctx, server.URL+"/check.html", 390, "light")
	if evaluate[int](t, ctx, `performance.getEntriesByType("resource").filter(e => e.name.includes("/claim/")).length`) != 0 {
		t.Error("the page fetches the engine before a reader turns to it")
	}
	bad := strings.Join(sitetest.HostileTexts, " ")
	write := func(text, on string) {
		evaluate[bool](t, ctx, fmt.Sprintf(`(() => { const f = document.getElementById("ask"); f.elements.text.focus(); f.elements.text.value = %q; f.elements.on.value = %q; f.querySelector("[type=submit]").focus(); return true })()`, text, on))
		if err := chromedp.Do(ctx, chromedp.KeyEvent("\r")); err != nil {
			t.Fatal(err)
		}
	}
	write("On 3 September 2022, 1,305 people crossed "+bad, "2022-09-05")
	until(t, ctx, "an answer", `document.querySelector("#answer:not([hidden]) .found.holds .value")`)
	if got := evaluate[string](t, ctx, `(() => { const q = document.querySelector("#answer blockquote").cloneNode(true); q.querySelectorAll("sup").forEach(s => s.remove()); return q.textContent })()`); !strings.Contains(got, "<img src=x onerror=alert(1)>") {
		t.Errorf("the sentence is shown as %q", got)
	}
	if got := evaluate[string](t, ctx, `new URLSearchParams(location.hash.slice(1)).get("on")`); got != "2022-09-05" {
		t.Errorf("the address has the day %q", got)
	}
	if evaluate[string](t, ctx, `document.activeElement.id`) != "answer" {
		t.Error("the answer does not get the focus")
	}
	write("No figure in it.", "2022-09-05")
	until(t, ctx, "no number", `document.getElementById("state").textContent.includes("no number in it")`)
	write("On 25 June 2026, 999,999 people crossed", "2026-07-01")
	until(t, ctx, "a near one", `document.querySelector("#answer:not([hidden]) .found.nearest .kicker")`)
	inspect(t, ctx, w, "check.html with hostile texts")
}

// TestBrowserSaysThatTheEngineIsMissing has the server refuse the engine.
func TestBrowserSaysThatTheEngineIsMissing(t *testing.T) {
	server := servePolicy(t, "hostile", func(path string) bool { return strings.HasSuffix(path, ".wasm") })
	ctx, _ := browse(t, server)
	open(t, ctx, server.URL+"/check.html#text=1+person&on=2026-01-01", 390, "light")
	until(t, ctx, "an error", `document.querySelector("#state.urgent:not([hidden])") && document.getElementById("loading").hidden`)
	if got := evaluate[string](t, ctx, `document.getElementById("state").textContent`); !strings.Contains(got, "status 404") {
		t.Errorf("the page says %q", got)
	}
}
