//go:build browser

package site

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"crossings/pipeline/publish/site/sitetest"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browserPages are the pages that the browser opens.
var browserPages = []string{"index.html", "data/index.html", "charts/arrivals-cumulative.html", "charts/arrivals-daily.html", "charts/persons-per-boat.html",
	"charts/deaths-channel.html", "topics/arrivals.html", "topics/returns.html", "topics/exchange.html", "topics/deaths.html", "topics/asylum.html", "topics/frontiers.html", "topics/sources.html",
	"corrections.html", "releases/ukho-asylum.html", "claims.html", "check.html", "series/index.html", "series/ukho-small-boats~arrivals~D.html",
	"series/ukho-asylum~in-hotels~Q.html", "releases/index.html", "releases/1.0.0/index.html",
	"explore.html", "embed/arrivals-cumulative.html", "embed/arrivals-nationality.html", "releases/1.0.0/embed/arrivals-cumulative.html", "charts/arrivals-nationality.html", "incidents.html", "about.html", "methodology.html", "analysts.html", "calendar.html"}

// chartless matches the names of pages that show no chart.
var chartless = regexp.MustCompile(`^(data/|embed/|explore|charts/arrivals-nationality|topics/(sources|exchange|deaths)|fr/deaths|corrections|incidents|releases/|claims|check|series/index|about|methodology|analysts|calendar)`)

// widths are those of a telephone, a tablet and a desktop.
var widths = []int64{360, 768, 1440}

// chromium returns a browser without a window, with an empty profile. The test fails if no browser is
// installed; it is never skipped.
func chromium(t *testing.T) context.Context {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	if program == "" {
		t.Fatal("no chromium in PATH; install it with: apt-get update && apt-get install -y chromium")
	}
	flags := []chromedp.ExecAllocatorOption{chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir())}
	for _, f := range []string{"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage"} {
		flags = append(flags, chromedp.Flag(f, true))
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 20*time.Minute) // ends a browser that hangs; a busy machine is slow
	t.Cleanup(cancel)
	return ctx
}

// watcher notes anything that a page must not do.
type watcher struct {
	host     string
	mu       sync.Mutex
	troubles []string
}

func (w *watcher) note(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.troubles = append(w.troubles, fmt.Sprintf(format, args...))
}

// take returns what was noted since the last call.
func (w *watcher) take() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := strings.Join(w.troubles, "\n")
	w.troubles = nil
	return out
}

// quiet reports what was noted since the last look.
func (w *watcher) quiet(t *testing.T) {
	t.Helper()
	if trouble := w.take(); trouble != "" {
		t.Error(trouble)
	}
}

func (w *watcher) listen(t *testing.T, ctx context.Context) {
	t.Helper()
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			w.note("console.%s %+v", e.Type, e.Args)
		case *runtime.EventExceptionThrown:
			w.note("exception %+v", *e.ExceptionDetails)
		case *log.EventEntryAdded:
			if w.host == "" && strings.Contains(e.Entry.Text+e.Entry.URL, ".woff2") {
				return // a browser preloads no font from a file, and loads it with the style sheet
			}
			w.note("log %s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL)
		case *network.EventRequestWillBeSent:
			if u, err := url.Parse(e.Request.URL); err != nil || u.Host != w.host && u.Scheme != "data" {
				w.note("request to %s", e.Request.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// facts are measured in a page.
type facts struct {
	Overflow int      // pixels that the document is wider than the window
	Charts   int      // chart divs
	Drawn    int      // canvases that hold something
	Refused  []string // what the policy refused, and alerts
	Unnamed  int      // scrolling regions that cannot be reached or named
}

// ask measures facts in the page.
const ask = `(() => {
  const d = document.documentElement;
  const drawn = [...document.querySelectorAll(".chart canvas")].filter(c => {
    const p = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
    let n = 0;
    for (let i = 3; i < p.length; i += 4) if (p[i] > 0) n++;
    return n > 1000;
  }).length;
  const unnamed = [...document.querySelectorAll(".scroll")].filter(s => s.tabIndex !== 0 || !s.getAttribute("aria-label") || s.getAttribute("role") !== "region").length;
  return {Overflow: d.scrollWidth - d.clientWidth, Charts: document.querySelectorAll(".chart").length, Drawn: drawn, Refused: window.refused, Unnamed: unnamed};
})()`

// prepare runs before each page's own scripts.
const prepare = `window.refused = []; window.alert = m => window.refused.push("alert " + m); document.addEventListener("securitypolicyviolation", e => window.refused.push(e.violatedDirective + " " + e.blockedURI + " " + e.sample));`

// serve serves one of the sites.
func serve(t *testing.T, name string) *httptest.Server {
	t.Helper()
	dir, _ := shared(t, name)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	return server
}

// view is how a page is opened. Colours do not depend on the width, nor line breaks on colours, so the
// tests open each width and each scheme but not every pair.
type view struct {
	width  int64
	scheme string
	axe    *regexp.Regexp // the pages that axe-core checks, which takes most of the time
}

// Axe-core checks every page once here; TestBrowserIsForEveryone has the other widths and schemes.
var (
	noPage    = regexp.MustCompile(`^$`)
	everyPage = regexp.MustCompile(``)
)

var views = map[string][]view{
	"real":    {{360, "dark", everyPage}, {768, "light", noPage}, {1440, "light", noPage}},
	"hostile": {{360, "light", noPage}, {768, "light", noPage}, {1440, "light", noPage}},
}

// browse starts a browser for the pages of a server, and watches what it asks for and complains of.
func browse(t *testing.T, server *httptest.Server) (context.Context, *watcher) {
	t.Helper()
	ctx := chromium(t)
	w := &watcher{host: strings.TrimPrefix(server.URL, "http://")}
	start(t, ctx, w)
	return ctx, w
}

// TestEveryKindOfPageIsOpened fails if the browser opens no page of a folder, or not all at the top.
func TestEveryKindOfPageIsOpened(t *testing.T) {
	_, files := shared(t, "real")
	opened := map[string]bool{}
	for _, name := range browserPages {
		if _, ok := files[name]; !ok {
			t.Errorf("the site has no %s", name)
		}
		opened[name], opened[path.Dir(name)] = true, true
	}
	elsewhere := inLanguages(t) // TestBrowserReadsOtherLanguages opens these
	for name := range files {
		if folder := path.Dir(name); path.Ext(name) == ".html" && !elsewhere[name] && (folder == "." && !opened[name] || !opened[folder]) {
			t.Errorf("the browser does not open %s", name)
		}
	}
}

// TestBrowser opens every page as each view of it.
func TestBrowser(t *testing.T) {
	for kind := range views {
		t.Run(kind, func(t *testing.T) {
			server := serve(t, kind)
			ctx, w := browse(t, server)
			for _, name := range browserPages {
				for _, v := range views[kind] {
					open(t, ctx, server.URL+"/"+name, v.width, v.scheme)
					inspect(t, ctx, w, fmt.Sprintf("%s at %d px, %s", name, v.width, v.scheme))
					if v.axe.MatchString(name) {
						accessible(t, ctx, fmt.Sprintf("%s at %d px, %s", name, v.width, v.scheme))
					}
					keep(t, ctx, fmt.Sprintf("%s-%s-%d-%s.png", kind, strings.NewReplacer("/", "-", ".html", "").Replace(name), v.width, v.scheme))
				}
			}
		})
	}
}

func start(t *testing.T, ctx context.Context, w *watcher) {
	t.Helper()
	w.listen(t, ctx)
	call(t, ctx, network.Enable, network.EnableParams{})
	call(t, ctx, log.Enable, cdp.Empty{})
	call(t, ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: prepare})
}

// call runs one command of the browser's protocol.
func call[P, R any](t *testing.T, ctx context.Context, command cdp.Command[P, R], params P) {
	t.Helper()
	if _, err := chromedp.Call(ctx, command, params); err != nil {
		t.Fatal(err)
	}
}

// evaluate returns the value of an expression in the page.
func evaluate[T any](t *testing.T, ctx context.Context, expression string, opts ...chromedp.EvaluateOption) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, opts...))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// open shows a page at a width, with every disclosure open and without motion.
func open(t *testing.T, ctx context.Context, address string, width int64, scheme string) {
	t.Helper()
	show(t, ctx, width, scheme)
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(address, err)
	}
	// An open menu covers the page, so only the front page is looked at with it.
	evaluate[bool](t, ctx, `document.querySelectorAll(location.pathname.endsWith("/index.html") ? "details" : "details:not(.menu)").forEach(d => d.open = true); new Promise(done => setTimeout(() => done(true), 150))`, chromedp.EvalAwaitPromise)
	useCharts(t, ctx)
}

// useCharts touches every chart of a page, as a reader does, and waits until each is drawn. It gives up
// after some seconds: what is not drawn then is for the caller to see.
func useCharts(t *testing.T, ctx context.Context) {
	t.Helper()
	evaluate[bool](t, ctx, `new Promise(done => {
  document.querySelectorAll(".chart").forEach(d => d.dispatchEvent(new Event("pointerenter")));
  let tries = 0;
  const look = () => !document.querySelector(".chart:not(.drawn)") || tries++ > 200 ? done(true) : setTimeout(look, 50);
  look();
})`, chromedp.EvalAwaitPromise)
}

// show sets the width of the window and the colours that the reader prefers.
func show(t *testing.T, ctx context.Context, width int64, scheme string) {
	t.Helper()
	call(t, ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
	call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
}

func inspect(t *testing.T, ctx context.Context, w *watcher, where string) {
	t.Helper()
	f := evaluate[facts](t, ctx, ask)
	if f.Overflow > 0 {
		t.Errorf("%s: %d px wider than the window", where, f.Overflow)
	}
	if f.Drawn != f.Charts || f.Charts == 0 && !chartless.MatchString(where) {
		t.Errorf("%s: %d of %d charts drawn", where, f.Drawn, f.Charts)
	}
	if len(f.Refused) > 0 || f.Unnamed > 0 {
		t.Errorf("%s: the policy refused, or an alert said, %v; %d regions without a name", where, f.Refused, f.Unnamed)
	}
	if trouble := w.take(); trouble != "" {
		t.Errorf("%s: %s", where, trouble)
	}
}

// keep saves a picture of the page, for people to look at, in the folder that the environment variable
// SCREENSHOTS names. Without the variable it does nothing.
func keep(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	evaluate[bool](t, ctx, `document.querySelectorAll("details").forEach((d, i) => d.open = i === 2); true`)
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), png, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestBrowserFromFiles opens the site without a server.
func TestBrowserFromFiles(t *testing.T) {
	dir, _ := shared(t, "real")
	ctx := chromium(t)
	w := &watcher{}
	start(t, ctx, w)
	for _, name := range []string{"index.html", "charts/arrivals-cumulative.html"} {
		open(t, ctx, "file://"+dir+"/"+name, 768, "light")
		inspect(t, ctx, w, name)
	}
}

// TestBrowserWithoutScripts reads pages with scripts switched off.
// TestBrowserShowsPicturesWithoutScripts checks their pictures.
func TestBrowserWithoutScripts(t *testing.T) {
	server := serve(t, "real")
	ctx := chromium(t)
	call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	for name, want := range map[string][]string{
		"charts/arrivals-cumulative.html": {"31 December", "Status: provisional"},
		"topics/deaths.html":              {"at least 15 (12 to 15)", "minimum counts", "provisional"},
	} {
		if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/"+name)); err != nil {
			t.Fatal(err)
		}
		text := evaluate[string](t, ctx, `document.body.innerText`)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not show %q: %.200s", name, w, text)
			}
		}
	}
}

// TestBrowserReadsHostileTextAsText checks that the reader sees the text itself.
func TestBrowserReadsHostileTextAsText(t *testing.T) {
	server := serve(t, "hostile")
	ctx := chromium(t)
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL)); err != nil {
		t.Fatal(err)
	}
	lead := evaluate[string](t, ctx, `document.querySelector(".lead .sentence").textContent`)
	visit(t, ctx, server.URL+"/topics/arrivals.html")
	useCharts(t, ctx)
	axes := evaluate[string](t, ctx, `JSON.stringify([...document.querySelectorAll(".chart")].map(d => echarts.getInstanceByDom(d).getOption().yAxis[0].name))`)
	for _, bad := range sitetest.HostileTexts[:5] {
		if !strings.Contains(lead, bad) {
			t.Errorf("the lead does not show %q", bad)
		}
	}
	if !strings.Contains(axes, `"__f__alert(1)__f__"`) || !strings.Contains(axes, `</script><script>alert(1)</script>`) {
		t.Errorf("axes are named %s", axes)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/topics/asylum.html")); err != nil {
		t.Fatal(err)
	}
	topic := evaluate[string](t, ctx, `[document.title, ...[...document.querySelectorAll("h1, .intro, nav [aria-current], figure h3, .named th[scope=row]")].map(e => e.textContent)].join("\n")`)
	for _, bad := range sitetest.HostileTexts[:5] {
		if n := strings.Count(topic, bad); n < 6 {
			t.Errorf("the topic page shows %q %d times: %s", bad, n, topic)
		}
	}
}
