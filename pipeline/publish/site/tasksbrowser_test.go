//go:build browser

package site

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// task is something that readers come for, with the way to it from the front page. A step of the way is
// "see" with a pattern of a text, "click" with the name of a link or a button, "find" with words to type
// in the search, or "take" with the name of a file to download and a line that the file must have.
type task struct {
	name         string
	wide, narrow []string // on a desktop and on a telephone; without narrow the way is the same
}

var tasks = []task{
	{"this year against the same date, with a chart to paste", []string{"see 11,638", "see 18,518", "click Share, download or cite: People arriving in small boats, by year", "see embed/arrivals-cumulative.html", "see Copy code"}, nil},
	{"the worst day ever", []string{"see 1,305 on 3 September 2022"}, []string{"find record day", "click Which day was the busiest", "see 3 September 2022, with 1,305"}},
	{"returned under the France deal and the share of arrivals", []string{"see ^1,087$", "see 3.3 returned per 100 arrivals"}, []string{"click Menu", "click Returns and France deal", "see ^1,087$", "see 3.3 returned per 100 arrivals"}},
	{"Channel deaths, and until when they are known", []string{"click Deaths", "see ^at least \\d+", "see in 2026, to 31 May"}, []string{"click Menu", "click Deaths", "see ^at least \\d+", "see in 2026, to 31 May"}},
	{"CSV of all days", []string{"click Share, download or cite: People arriving in small boats, by year", "take All rows, daily.csv|ukho-small-boats:arrivals:D,2022-09-03,1305,"}, nil},
	{"2022, 2024 and 2026 only, as a link", []string{"find 2022 2024 2026", "click People arriving in small boats: 2022, 2024 and 2026", "see Years", "at ?years=2022,2024,2026"}, nil},
	{"10 July 2026 before and after its revision", []string{"find 10 July 2026", "click People who arrived, day by day, 10 July 2026: 225 before, 255 after", "see ^225$", "see ^255$"}, nil},
	{"people in hotels now", []string{"click Asylum", "see People in asylum hotels", "see ^30,657$", "see on 31 December 2025"}, []string{"find hotels", "click How many people live in asylum hotels", "see 30,657"}},
	{"nationality of arrivals", []string{"find nationality of arrivals", "click What nationality are people who arrive", "see nationals of Part A were the largest group, with 7.0.%", "see ^Part A$"}, nil},
	{"where deaths happened", []string{"click Deaths", "see Where people died", "see Calais"}, []string{"find where did people die", "click Where did people die", "see Where people died", "see Calais"}},
}

// The most that a task may take.
const (
	maxClicks  = 2
	maxScreens = 1.0
)

// walk follows the way of a task and adds up what it takes.
type walk struct {
	t        *testing.T
	ctx      context.Context
	server   string
	clicks   int
	scrolled float64 // in pixels
}

// place is where something is in the window after the reader scrolled to it.
type place struct {
	Found    bool
	X, Y     float64
	Scrolled float64 // how far the reader had to scroll
	Href     string
}

// reach scrolls as little as it takes to bring into sight what a condition on elements picks. The
// innermost of the elements counts, and only what a reader can see of it.
const reach = `((all, wanted, inner) => {
  const seen = e => { const b = e.getBoundingClientRect(); return e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && b.width > 1 && b.height > 1; };
  let hits = [...document.querySelectorAll(all)].filter(seen).filter(wanted);
  if (inner) hits = hits.filter(e => !hits.some(o => o !== e && e.contains(o)));
  const head = document.querySelector(".toc") ? document.querySelector(".toc").getBoundingClientRect().height : 0;
  const need = b => b.bottom > innerHeight ? Math.min(b.bottom - innerHeight, b.top - head) : b.top < 0 ? b.top - head : 0;
  hits.sort((a, b) => Math.abs(need(a.getBoundingClientRect())) - Math.abs(need(b.getBoundingClientRect())));
  const hit = hits[0];
  if (!hit || document.readyState !== "complete") return {Found: false};
  const before = scrollY;
  scrollBy({top: need(hit.getBoundingClientRect()), behavior: "instant"});
  const b = hit.getBoundingClientRect();
  return {Found: true, X: b.left + Math.min(b.width / 2, 40), Y: b.top + Math.min(b.height / 2, 20), Scrolled: Math.abs(scrollY - before), Href: hit.href || ""};
})`

// look waits until something is there and scrolls to it.
func (w *walk) look(all, wanted string, inner bool) place {
	w.t.Helper()
	for range 100 {
		p, err := chromedp.Run(w.ctx, chromedp.Evaluate[place](fmt.Sprintf("%s(%q, %s, %t)", reach, all, wanted, inner)))
		if err == nil && p.Found { // a page that is being left cannot answer
			w.scrolled += p.Scrolled
			return p
		}
		time.Sleep(50 * time.Millisecond)
	}
	at := evaluate[string](w.t, w.ctx, `location.pathname + location.search + location.hash + "\n" + document.querySelector("main").innerText.slice(0, 400)`)
	w.t.Fatalf("there is no %s with %s at %s", all, wanted, at)
	return place{}
}

// press clicks a place with the pointer.
func (w *walk) press(p place) {
	w.t.Helper()
	w.clicks++
	for _, kind := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased} {
		call(w.t, w.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: p.X, Y: p.Y, Button: input.MouseButtonLeft, ClickCount: 1})
	}
}

const named = `e => (e.getAttribute("aria-label") || e.textContent).trim().startsWith(%q)`

func (w *walk) step(s string) {
	w.t.Helper()
	verb, what, _ := strings.Cut(s, " ")
	switch verb {
	case "see":
		w.look("main *, aside *", fmt.Sprintf("e => new RegExp(%q).test(e.innerText || '')", what), true)
	case "click":
		w.press(w.look("a, button, summary", fmt.Sprintf(named, what), false))
		time.Sleep(200 * time.Millisecond) // the old page must not answer for the next
	case "find":
		w.press(w.look("form.find input", "e => true", false))
		evaluate[[]string](w.t, w.ctx, writeWords+fmt.Sprintf("(%q)", what), chromedp.EvalAwaitPromise)
	case "take":
		name, line, _ := strings.Cut(what, "|")
		p := w.look("a[download]", fmt.Sprintf(named, name), false)
		w.clicks++
		if text := evaluate[string](w.t, w.ctx, fmt.Sprintf("fetch(%q).then(r => r.text())", p.Href), chromedp.EvalAwaitPromise); !strings.Contains(text, "\n"+line) {
			w.t.Errorf("%s has no line %s: %.200s", p.Href, line, text)
		}
	case "at":
		if at := evaluate[string](w.t, w.ctx, `location.href`); !strings.HasSuffix(at, what) {
			w.t.Errorf("the address is %s", at)
		}
	}
}

// taskSite returns the real site with 10 July 2026 as it was first stated and as it was revised.
func taskSite(t *testing.T) content.Site {
	t.Helper()
	s := sitetest.Real(t)
	daily := stat.NewSeries(stat.Series{Source: "ukho-small-boats-last7days", Measure: "arrivals", Unit: "persons", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR",
		Title: "People who arrived, day by day", Definition: "People detected on arrival.", Designation: "provisional operational data"}, stat.Daily)
	s.Series = append(s.Series, daily)
	for _, x := range s.Tables {
		switch x.Schema.Name {
		case "balances":
			sitetest.PutNamed(x, map[string]table.Cell{"balance": table.Text("uk-france-exchange"), "basis": table.Text("cumulative"), "period_start": sitetest.Day("2025-08-06"), "period_end": sitetest.Day("2026-05-31"),
				"out": table.Int(823), "base": table.Int(25178), "out_percent": table.Float(3.2687, true)})
		case "revisions":
			sitetest.PutNamed(x, map[string]table.Cell{"series": table.Text(string(daily.ID)), "period_start": sitetest.Day("2026-07-10"), "period_end": sitetest.Day("2026-07-10"),
				"old_value": table.Int(225), "new_value": table.Int(255), "change": table.Int(30), "old_vintage": sitetest.Day("2026-07-11"), "new_vintage": sitetest.Day("2026-07-13"),
				"new_release": table.Text("2026-07-13-aa"), "first_seen": sitetest.Instant("2026-07-13T00:00:00Z"), "kind": table.Text("changed"), "marked": table.Bool(true)})
		}
	}
	return s
}

// TestBrowserDoesTheTenTasks does what most readers come for, from the front page and without knowing an
// address: each takes two clicks and one screen of scrolling at most, on a desktop and on a telephone.
func TestBrowserDoesTheTenTasks(t *testing.T) {
	dir, _ := written(t, taskSite(t))
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	ctx, watch := browse(t, server)
	for _, screen := range []struct {
		name          string
		width, height int64
	}{{"desktop", 1440, 900}, {"telephone", 390, 844}} {
		for _, x := range tasks {
			t.Run(screen.name+", "+x.name, func(t *testing.T) {
				show(t, ctx, screen.width, "light")
				call(t, ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: screen.width, Height: screen.height, DeviceScaleFactor: 1})
				visit(t, ctx, server.URL+"/index.html")
				w := &walk{t: t, ctx: ctx, server: server.URL}
				way := x.wide
				if screen.name == "telephone" && x.narrow != nil {
					way = x.narrow
				}
				for _, s := range way {
					w.step(s)
				}
				screens := w.scrolled / float64(screen.height)
				t.Logf("%d clicks, %.2f screens", w.clicks, screens)
				if w.clicks > maxClicks || screens > maxScreens {
					t.Errorf("it takes %d clicks and %.2f screens, allowed are %d and %g", w.clicks, screens, maxClicks, maxScreens)
				}
			})
		}
	}
	watch.quiet(t)
}
