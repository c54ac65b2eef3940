package site

import (
	"encoding/json"
	"html"
	"path"
	"regexp"
	"strings"
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/sitetest"
)

// TestAChartCanBeShownElsewhere reads the two texts from the page of a chart. Their pages and pictures
// exist, a text that will not change states no figure, and a hostile title stays text.
func TestAChartCanBeShownElsewhere(t *testing.T) {
	s := sitetest.Real(t)
	s.Base = "https://example.org/c/"
	s.Charts[0].Title = `"><script>alert(1)</script>`
	_, files := written(t, s)
	page := files["charts/arrivals-cumulative.html"]
	live, pinned := embedded(t, page, 0), embedded(t, page, 1)
	contains(t, live, `<iframe src="https://example.org/c/embed/arrivals-cumulative.html" `, ` width="100%" `, ` title="`)
	contains(t, pinned, `<iframe src="https://example.org/c/releases/1.0.0/embed/arrivals-cumulative.html" `, "data version 1.0.0")
	if regexp.MustCompile(`11,638|25 June`).MatchString(live + pinned) {
		t.Errorf("the text around a chart that will change states figures of today: %s", live)
	}
	var o struct{ Version, Type, HTML string }
	if err := json.Unmarshal([]byte(files["embed/arrivals-cumulative.oembed.json"]), &o); err != nil || o.Version != "1.0" || o.Type != "rich" || o.HTML != live {
		t.Errorf("oEmbed: %v, %+v", err, o)
	}
	contains(t, page, `<link rel="alternate" type="application/json+oembed" href="https://example.org/c/embed/arrivals-cumulative.oembed.json"`)
	contains(t, files["embed/arrivals-cumulative.html"], "11,638 in 2026", "25 June 2026", "provisional", "Home Office", `href="../charts/arrivals-cumulative.html"`)
	contains(t, files["releases/1.0.0/embed/arrivals-cumulative.html"], "11,638 in 2026", "Data version 1.0.0", `href="../index.html"`)
	for name, text := range files {
		if strings.HasSuffix(name, ".html") && strings.Contains(text, "<script>alert") {
			t.Errorf("%s: a title became a script", name)
		}
	}
}

// inFrame reports whether a page is one for frames on other sites, which has no frame of its own.
func inFrame(name string) bool {
	return path.Base(path.Dir(name)) == "embed" && strings.HasSuffix(name, ".html")
}

// embedded returns text number i for pages elsewhere in the form in which a reader copies it.
func embedded(t *testing.T, page string, i int) string {
	t.Helper()
	all := regexp.MustCompile(`<pre class="code"[^>]*><code[^>]*>(.*?)</code></pre>`).FindAllStringSubmatch(page, -1)
	if len(all) != 2 {
		t.Fatalf("the page has %d texts to show its chart elsewhere", len(all))
	}
	return html.UnescapeString(all[i][1])
}

// refers finds what a page for frames loads or leads to.
var refers = regexp.MustCompile(`(?:href|src|srcset)="([^"#]+)"`)

// TestFramesAreWholeWhereverTheyAre checks that the page of a chart for frames refers only to files next to
// it, in the site and in an edition, with a base URL and without, and runs no script.
func TestFramesAreWholeWhereverTheyAre(t *testing.T) {
	for _, site := range []string{"small", "real", "hostile"} {
		_, files := shared(t, site)
		pages := 0
		for name, text := range files {
			if !strings.Contains(name, "embed/") || !strings.HasSuffix(name, ".html") {
				continue
			}
			pages++
			for _, m := range refers.FindAllStringSubmatch(text, -1) {
				if files[path.Join(path.Dir(name), m[1])] == "" {
					t.Errorf("%s: %s refers to %s, which is not there", site, name, m[1])
				}
			}
			contains(t, text, `content="default-src 'none'; style-src 'self'; img-src 'self'"`)
			if strings.Contains(text, "<script") || strings.Contains(text, " style=") {
				t.Errorf("%s: %s has a script or a style of its own", site, name)
			}
		}
		if pages < len(sitetest.Charts(t)) {
			t.Errorf("%s: %d pages for frames", site, pages)
		}
	}
}

// TestTheStyleOfFramesRefersToNothing is why a page of a data version stays as it is.
func TestTheStyleOfFramesRefersToNothing(t *testing.T) {
	files, err := charts.EmbedAssets()
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for name, text := range files {
		if s := string(text); strings.Contains(s, "url(") || strings.Contains(s, "@import") || strings.Contains(s, "href") {
			t.Error(name, s)
		}
	}
}

// TestEachFigureCanBeShared checks that each chart on a page has one panel, with all that a reader can
// take of it.
func TestEachFigureCanBeShared(t *testing.T) {
	_, files := shared(t, "real")
	for _, name := range []string{"charts/arrivals-cumulative.html", "charts/deaths-channel.html", "topics/arrivals.html", "topics/asylum.html"} {
		page := files[name]
		panels := strings.Count(page, `<details class="share">`)
		if figures := strings.Count(page, "<figure id="); panels == 0 || panels != figures {
			t.Errorf("%s: %d panels for %d figures", name, panels, figures)
		}
		for _, wanted := range []string{"Copy sentence", "Copy picture link", "Copy code", "Copy citation", ".wide.png", ".square.png", ".svg", ".csv", "All rows", "Unofficial, derived"} {
			if n := strings.Count(page, wanted); n < panels {
				t.Errorf("%s: %q is there %d times for %d panels", name, wanted, n, panels)
			}
		}
	}
}
