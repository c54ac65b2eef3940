//go:build browser

package site

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserReadsOtherLanguages opens the pages in other languages: nothing keeps people from using them,
// their scripts speak the language, tables sort the numbers as it writes them, and the chart has its months.
func TestBrowserReadsOtherLanguages(t *testing.T) {
	server := serve(t, "real")
	ctx, w := browse(t, server)
	for name := range inLanguages(t) {
		for _, look := range []struct {
			width  int64
			scheme string
		}{{360, "dark"}, {768, "light"}, {1440, "light"}} {
			open(t, ctx, server.URL+"/"+name, look.width, look.scheme)
			what := fmt.Sprintf("%s at %d px, %s", name, look.width, look.scheme)
			inspect(t, ctx, w, what)
			accessible(t, ctx, what)
			if high := evaluate[float64](t, ctx, `document.querySelector(".masthead").offsetHeight`); high > 64 {
				t.Errorf("%s: the head is %.0f px high", what, high)
			}
		}
	}
	open(t, ctx, server.URL+"/fr/index.html", 1440, "light")
	const sorts = `(() => {
  const table = document.querySelector("main table.figures"), column = [...table.tHead.rows[0].cells].findIndex(c => c.textContent === "2025");
  table.closest("details").open = true;
  table.tHead.rows[0].cells[column].querySelector("button").click();
  return [...table.tBodies[0].rows].slice(0, 3).map(r => r.cells[column].textContent);
})()`
	if got := fmt.Sprintf("%q", evaluate[[]string](t, ctx, sorts)); got != `["41\u202f472" "39\u202f292" "36\u202f954"]` {
		t.Errorf("the table sorts to %s", got)
	}
	const copies = `(async () => { const b = document.querySelector("main .copy"); b.click(); await new Promise(r => setTimeout(r, 300)); return b.textContent; })()`
	if got := evaluate[string](t, ctx, copies, chromedp.EvalAwaitPromise); got != "Copié" && got != "Copie impossible\u00a0: sélectionnez le texte" {
		t.Errorf("the button says %q", got)
	}
	const finds = `(async () => { const i = document.querySelector("#q"); i.focus(); i.value = "embarcations"; i.dispatchEvent(new Event("input")); await new Promise(r => setTimeout(r, 1500));
  return document.querySelector(".found a").textContent; })()`
	if got := evaluate[string](t, ctx, finds, chromedp.EvalAwaitPromise); got != "Crossings Thème" {
		t.Errorf("the search finds %q", got)
	}
	const draws = `(async () => { const d = document.querySelector(".chart"); d.use(); await new Promise(r => setTimeout(r, 2500));
  const o = echarts.getInstanceByDom(d).getOption(); return [o.xAxis[0].axisLabel.formatter("1er février"), o.tooltip[0].valueFormatter(18518.5), o.yAxis[0].name].join("|"); })()`
	if got := evaluate[string](t, ctx, draws, chromedp.EvalAwaitPromise); got != "févr.|18\u202f518|personnes" && got != "févr.|18\u202f519|personnes" {
		t.Errorf("the chart says %q", got)
	}
	w.quiet(t)
}
