//go:build browser

package site

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserReadsTopics opens pages of topics and series with every panel open: no tool for people who
// do not see may find a fault, the list of contents leads to sections and stays in sight on a desktop,
// and nothing is wider than the narrowest phone.
func TestBrowserReadsTopics(t *testing.T) {
	server := serve(t, "real")
	ctx, w := browse(t, server)
	for _, name := range []string{"topics/arrivals.html", "topics/asylum.html", "series/ukho-small-boats~arrivals~D.html"} {
		for _, look := range []struct {
			width  int64
			scheme string
		}{{320, "light"}, {1440, "dark"}} {
			show(t, ctx, look.width, look.scheme)
			if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/"+name)); err != nil {
				t.Fatal(err)
			}
			evaluate[bool](t, ctx, `document.querySelectorAll("details:not(.menu)").forEach(d => d.open = true); true`)
			accessible(t, ctx, name+" "+look.scheme)
			if wide := evaluate[int](t, ctx, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
				t.Errorf("%s at %d: %d px wider than the window", name, look.width, wide)
			}
			if lost := evaluate[[]string](t, ctx, `[...document.querySelectorAll(".toc a")].filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.hash)`); len(lost) > 0 {
				t.Errorf("%s: the list of contents leads to no section: %v", name, lost)
			}
			top := evaluate[float64](t, ctx, `scrollTo({top: document.body.scrollHeight / 2, behavior: "instant"}); document.querySelector(".toc").getBoundingClientRect().top`)
			if top < 0 || top > 1 {
				t.Errorf("%s at %d: the list of contents is at %.0f px", name, look.width, top)
			}
		}
	}
	if said := w.take(); said != "" {
		t.Errorf("the browser reports: %s", said)
	}
}

// TestBrowserShowsSmallTablesWhole fails if a figure of a small table is out of sight: at any width the records
// are seen whole, and on a desktop also the incidents next to a map.
func TestBrowserShowsSmallTablesWhole(t *testing.T) {
	server := serve(t, "real")
	ctx, _ := browse(t, server)
	for _, tt := range []struct {
		name, tables string
		widths       []int64
	}{
		{"topics/arrivals.html", ".tops .scroll", []int64{320, 390, 768, 1024, 1280, 1440, 1920}},
		{"topics/deaths.html", ".incidents .scroll", []int64{1280, 1440}},
	} {
		for _, width := range tt.widths {
			show(t, ctx, width, "light")
			visit(t, ctx, server.URL+"/"+tt.name)
			all := evaluate[[]int](t, ctx, `document.querySelectorAll("details:not(.menu)").forEach(d => d.open = true); [...document.querySelectorAll("`+tt.tables+`")].map(s => s.scrollWidth - s.clientWidth)`)
			if len(all) == 0 || slices.Max(all) > 0 {
				t.Errorf("%s at %d: tables are wider than their boxes by %v pixels", tt.name, width, all)
			}
		}
	}
}
