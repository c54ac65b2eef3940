//go:build browser

package site

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/table"
)

// chartSite returns a site with three charts of small boats and two releases. The newer one changed
// 15 June 2026 from 700 to 710 people.
func chartSite(t *testing.T) content.Site {
	t.Helper()
	var list []charts.Chart
	for _, c := range sitetest.Charts(t) {
		if c.ID == "arrivals-cumulative" || c.ID == "arrivals-daily" || c.ID == "arrivals-monthly" {
			list = append(list, c)
		}
	}
	s := sitetest.WithCharts(t, list)
	s.Version, s.NewEdition, s.Editions = "", false, nil
	for _, x := range s.Tables {
		switch x.Schema.Name {
		case "releases":
			for _, r := range [][2]string{{"2026-06-19", "2026-06-18"}, {"2026-06-26", "2026-06-25"}} {
				sitetest.PutNamed(x, map[string]table.Cell{"source": table.Text("ukho-small-boats"), "release": table.Text(r[0] + "-aa"), "first_seen": sitetest.Instant(r[0] + "T00:00:00Z"), "vintage": sitetest.Day(r[0]),
					"coverage_start": sitetest.Day("2018-01-01"), "coverage_end": sitetest.Day(r[1])})
			}
		case "revisions":
			sitetest.PutNamed(x, map[string]table.Cell{"series": table.Text(sitetest.ArrivalsID), "period_start": sitetest.Day("2026-06-15"), "period_end": sitetest.Day("2026-06-15"),
				"old_value": table.Int(700), "new_value": table.Int(710), "change": table.Int(10), "old_vintage": sitetest.Day("2026-06-19"), "new_vintage": sitetest.Day("2026-06-26"), "new_release": table.Text("2026-06-26-aa"),
				"first_seen": sitetest.Instant("2026-06-26T00:00:00Z"), "kind": table.Text("changed")})
		}
	}
	return s
}

// chartPages opens the site of chartSite in a browser.
func chartPages(t *testing.T) (ctx context.Context, w *watcher, base string) {
	t.Helper()
	dir, _ := written(t, chartSite(t))
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(dir)))
	mux.HandleFunc("/elsewhere.html", func(w http.ResponseWriter, _ *http.Request) { // a page that shows a chart in a frame
		fmt.Fprint(w, `<!doctype html><html lang="en"><title>Elsewhere</title><link rel="icon" href="data:,"><body></body></html>`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	ctx, w = browse(t, server)
	show(t, ctx, 1000, "light")
	return ctx, w, server.URL + "/charts/"
}

// settle waits until the buttons are there and, if drawn is set, the chart.
func settle(t *testing.T, ctx context.Context, drawn bool) {
	t.Helper()
	wanted := `document.querySelector(".controls button")`
	if drawn {
		wanted += ` && document.querySelector(".chart.drawn canvas")`
	}
	if !evaluate[bool](t, ctx, `new Promise(done => { let n = 0; (function look() { (`+wanted+`) ? done(true) : n++ > 200 ? done(false) : setTimeout(look, 50); })(); })`, chromedp.EvalAwaitPromise) {
		t.Fatalf("the page has no %s", wanted)
	}
}

// strong returns the names of the lines that the chart stresses, as it is painted.
func strong(t *testing.T, ctx context.Context) string {
	t.Helper()
	return evaluate[string](t, ctx, `echarts.getInstanceByDom(document.querySelector(".chart")).getOption().series.filter(s => s.endLabel.fontWeight === "bold").map(s => s.name).join()`)
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// TestBrowserChoosesYears chooses years by keyboard. The address, the chart and the table follow, the choice
// survives another width, other colours and a new visit, and no library is loaded before.
func TestBrowserChoosesYears(t *testing.T) {
	ctx, w, base := chartPages(t)
	visit(t, ctx, base+"arrivals-cumulative.html")
	settle(t, ctx, false)
	if evaluate[bool](t, ctx, `performance.getEntriesByType("resource").some(r => r.name.includes("echarts"))`) {
		t.Error("the library is loaded before the chart is used")
	}
	for _, year := range []string{"2025", "2022"} { // one off, one on
		evaluate[bool](t, ctx, `document.querySelector('.years button[value="`+year+`"]').focus(); true`)
		if err := chromedp.Do(ctx, chromedp.KeyEvent("\r")); err != nil {
			t.Fatal(err)
		}
	}
	settle(t, ctx, true)
	same(t, "address", evaluate[string](t, ctx, `location.search`), "?years=2022,2026")
	same(t, "pressed", evaluate[string](t, ctx, `[...document.querySelectorAll('.years [aria-pressed="true"]')].map(b => b.value).join()`), "2026,2022")
	same(t, "stressed", strong(t, ctx), "2022,2026")
	show(t, ctx, 500, "dark")
	evaluate[bool](t, ctx, `new Promise(done => setTimeout(() => done(true), 300))`, chromedp.EvalAwaitPromise)
	same(t, "stressed after another width and colours", strong(t, ctx), "2022,2026")
	visit(t, ctx, base+"arrivals-cumulative.html?years=2022,2024,2026&from=1+May&to=30+June")
	settle(t, ctx, true)
	same(t, "stressed from the address", strong(t, ctx), "2022,2024,2026")
	same(t, "dates from the address", evaluate[string](t, ctx, `(x => x[0] + ", " + x[x.length - 1])(echarts.getInstanceByDom(document.querySelector(".chart")).getOption().xAxis[0].data)`), "1 May, 30 June")
	same(t, "table", evaluate[string](t, ctx, `document.querySelector(".shown thead").innerText.replace(/\s+/g, " ").trim() + "; " + [...document.querySelectorAll(".full > .scroll")].filter(e => e.checkVisibility()).length`), "Date 2026 2024 2022; 0")
	w.quiet(t)
}

// TestBrowserSavesWhatIsShown compares the CSV with the chart, and looks into the pictures.
func TestBrowserSavesWhatIsShown(t *testing.T) {
	ctx, w, base := chartPages(t)
	visit(t, ctx, base+"arrivals-cumulative.html?years=2024,2026&from=20+June&to=30+June")
	settle(t, ctx, true)
	const save = `(ending => new Promise(done => {
  URL.createObjectURL = blob => { blob.arrayBuffer().then(b => done(ending === "PNG" ? [...new Uint8Array(b.slice(1, 4))].map(c => String.fromCharCode(c)).join("") + (b.byteLength > 20000) : new TextDecoder().decode(b))); return "#saved"; };
  [...document.querySelectorAll(".controls button")].find(b => b.textContent === ending).click();
}))`
	csv := evaluate[string](t, ctx, save+`("CSV")`, chromedp.EvalAwaitPromise)
	drawn := evaluate[string](t, ctx, `(o => "date,2026,2024\r\n" + o.xAxis[0].data.map((d, i) => [d, ...["2026", "2024"].map(y => { const v = o.series.find(s => s.name === y).data[i]; return v === null ? "" : v; })].join()).join("\r\n") + "\r\n")(echarts.getInstanceByDom(document.querySelector(".chart")).getOption())`)
	same(t, "CSV", csv, drawn)
	contains(t, csv, "\r\n25 June,11638,13", "\r\n26 June,,")
	svg := evaluate[string](t, ctx, save+`("SVG")`, chromedp.EvalAwaitPromise)
	if err := wellFormed(svg); err != nil {
		t.Error(err)
	}
	contains(t, regexp.MustCompile(`</text>\s*<text[^>]*>`).ReplaceAllString(svg, " "), "2026  11,638", "Home Office", "Unofficial, derived")
	same(t, "PNG", evaluate[string](t, ctx, save+`("PNG")`, chromedp.EvalAwaitPromise), "PNGtrue")
	w.quiet(t)
}

// TestBrowserShowsAnEarlierRelease chooses the release before: the year ends a week earlier and lacks what
// the newer one changed, and title, note and table say so.
func TestBrowserShowsAnEarlierRelease(t *testing.T) {
	ctx, w, base := chartPages(t)
	visit(t, ctx, base+"arrivals-cumulative.html?as-of=2026-06-19")
	settle(t, ctx, true)
	same(t, "figures", evaluate[string](t, ctx, `(o => { const a = JSON.parse(document.querySelector(".chart-option").textContent), year = x => x.series.find(s => s.name === "2026").data, at = d => o.xAxis[0].data.indexOf(d);
  return [year(o)[at("14 June")] - year(a)[at("14 June")], year(o)[at("15 June")] - year(a)[at("15 June")], year(o)[at("18 June")] - year(a)[at("18 June")], year(o)[at("19 June")]].join(); })(echarts.getInstanceByDom(document.querySelector(".chart")).getOption())`), "0,-10,-10,")
	contains(t, evaluate[string](t, ctx, `document.title + "; " + document.querySelector("h1").textContent + "; " + document.querySelector(".controls + .note").textContent`),
		", as published on 19 June 2026; ", "had published them on 19 June 2026, to 18 June 2026. One day has been changed since.")
	visit(t, ctx, base+"arrivals-daily.html?as-of=2026-06-19")
	settle(t, ctx, true)
	same(t, "day", evaluate[string](t, ctx, `(o => ["15 June 2026", "19 June 2026"].map(d => o.series[0].data[o.xAxis[0].data.indexOf(d)]).join())(echarts.getInstanceByDom(document.querySelector(".chart")).getOption())`), "700,")
	w.quiet(t)
}

// TestBrowserReadsHostileAddressesAsText opens addresses that a stranger made. What the chart has not is left
// out, and nothing of them becomes markup.
func TestBrowserReadsHostileAddressesAsText(t *testing.T) {
	ctx, w, base := chartPages(t)
	for _, q := range []string{"years=<img src=x onerror=alert(1)>,2024", "from=<script>alert(1)</script>&to=31+February&years=2024", "as-of=2026-06-19'\"><svg onload=alert(1)>&years=2024&view=constructor",
		"years=__proto__,2024&show=__proto__&others=%00", "years=2024" + strings.Repeat(",9999", 2000)} {
		visit(t, ctx, base+"arrivals-cumulative.html?"+strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E", `"`, "%22").Replace(q))
		settle(t, ctx, true)
		same(t, q[:min(len(q), 60)], strong(t, ctx), "2024")
		if bad := evaluate[string](t, ctx, `[...window.refused, ...document.querySelectorAll("main img[src=x], main svg[onload], main script:not([type])")].map(String).join()`); bad != "" {
			t.Errorf("%.60s: %s", q, bad)
		}
	}
	w.quiet(t)
}

// TestBrowserChartPageIsForEveryone looks at the page of a chart with every panel open and each form chosen, at
// three widths: buttons are large enough, nothing is wider than the window, and axe-core finds nothing.
func TestBrowserChartPageIsForEveryone(t *testing.T) {
	ctx, w, base := chartPages(t)
	for _, v := range []view{{320, "dark", nil}, {768, "light", nil}, {1440, "light", nil}} {
		for _, form := range []string{"chart", "table", "multiples"} {
			show(t, ctx, v.width, v.scheme)
			visit(t, ctx, base+"arrivals-cumulative.html?as-of=2026-06-19&view="+form)
			settle(t, ctx, form == "chart")
			evaluate[bool](t, ctx, `document.querySelectorAll("main details").forEach(d => d.open = true); true`)
			if over := evaluate[int](t, ctx, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				t.Errorf("%s at %d: %d px wider than the window", form, v.width, over)
			}
			if small := evaluate[string](t, ctx, `[...document.querySelectorAll("main button, main select, main summary, .views a, .take a")].filter(e => e.checkVisibility()).filter(e => e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24).map(e => e.textContent).join()`); small != "" {
				t.Errorf("%s at %d: smaller than 24 px: %.200s", form, v.width, small)
			}
			if form != "table" || v.width == 320 {
				accessible(t, ctx, form)
			}
			keep(t, ctx, "chart-"+form+"-"+v.scheme+".png")
		}
	}
	w.quiet(t)
}

// TestBrowserShowsFramesOnNarrowPages opens the page for frames as other sites show it. It is never wider than
// the frame, nor higher than the height that the code gives, and needs no base URL.
func TestBrowserShowsFramesOnNarrowPages(t *testing.T) {
	ctx, w, base := chartPages(t)
	visit(t, ctx, base+"arrivals-cumulative.html")
	settle(t, ctx, false)
	code := evaluate[string](t, ctx, `document.querySelector(".share pre code").textContent`)
	contains(t, code, `<iframe src="`+strings.TrimSuffix(base, "charts/")+`embed/arrivals-cumulative.html"`)
	finding := evaluate[string](t, ctx, `document.querySelector("h1").textContent`)
	visit(t, ctx, strings.TrimSuffix(base, "charts/")+"elsewhere.html")
	for _, width := range []string{"280", "320", "390", "700"} {
		got := evaluate[string](t, ctx, `new Promise(done => { document.body.innerHTML = ""; const f = document.createElement("iframe"); f.width = `+width+`; f.height = 560; f.src = "embed/arrivals-cumulative.html";
  f.onload = () => { const d = f.contentDocument, p = d.querySelector("img"), e = d.documentElement; p.decode().then(() => done([e.scrollWidth <= e.clientWidth, e.scrollHeight <= e.clientHeight, p.clientWidth > 200 && p.clientHeight > 150, d.querySelector("h1").textContent].join())); };
  document.body.append(f); })`, chromedp.EvalAwaitPromise)
		same(t, "frame of "+width, got, "true,true,true,"+finding)
	}
	show(t, ctx, 320, "light")
	visit(t, ctx, strings.TrimSuffix(base, "charts/")+"embed/arrivals-cumulative.html")
	if over := evaluate[int](t, ctx, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
		t.Errorf("%d px wider than the window", over)
	}
	accessible(t, ctx, "embed")
	w.quiet(t)
}
