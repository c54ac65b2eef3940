//go:build browser

package site

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// wideFont gives every text of a picture the widest of the usual fonts, and returns how wide ten letters m are
// in it at 100 pixels.
const wideFont = `(() => {
  for (const t of document.querySelectorAll("text, tspan")) t.style.fontFamily = "'DejaVu Sans'";
  const m = document.createElementNS("http://www.w3.org/2000/svg", "text");
  m.style.font = "100px 'DejaVu Sans'";
  m.textContent = "mmmmmmmmmm";
  document.documentElement.append(m);
  const wide = m.getComputedTextLength();
  m.remove();
  return wide;
})()`

// wideLetters is how wide they are in DejaVu Sans.
const wideLetters = 974

// askLabels returns the labels of a picture that are cut by its edge, and the pairs of labels that lie on each
// other. The letters of a line take the middle of its box.
const askLabels = `(() => {
  const svg = document.documentElement, all = svg.getBoundingClientRect(), scale = all.width / svg.viewBox.baseVal.width, out = [];
  const lines = [...document.querySelectorAll("text")].filter(t => t.textContent.trim()).map(t => {
    const b = t.getBoundingClientRect();
    return {text: t.textContent, left: b.left, right: b.right, top: b.top + 0.25 * b.height, bottom: b.bottom - 0.25 * b.height};
  });
  lines.forEach((a, i) => {
    const cut = Math.max(all.left - a.left, a.right - all.right, all.top - a.top, a.bottom - all.bottom) / scale;
    if (cut > 0.5) out.push("'" + a.text + "' is cut by " + cut.toFixed(1) + " pixels");
    lines.slice(i + 1).forEach(b => {
      const x = Math.min(a.right, b.right) - Math.max(a.left, b.left), y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (x > 0.5 && y > 0.5) out.push("'" + a.text + "' and '" + b.text + "' lie on each other");
    });
  });
  return out;
})()`

// TestBrowserShowsEveryLabelOfAPicture opens each picture with the widest font that a reader's machine may take for
// it. A page cannot give its fonts to an <img>.
func TestBrowserShowsEveryLabelOfAPicture(t *testing.T) {
	server := serve(t, "real")
	_, files := shared(t, "real")
	ctx, _ := browse(t, server)
	show(t, ctx, 720, "light")
	var names []string
	for name := range files {
		if strings.HasSuffix(name, ".svg") && (strings.HasPrefix(name, "charts/") || strings.HasPrefix(name, "series/")) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if len(names) < 50 {
		t.Errorf("only %d pictures", len(names))
	}
	for _, name := range names {
		visit(t, ctx, server.URL+"/"+name)
		if wide := evaluate[float64](t, ctx, wideFont); math.Abs(wide-wideLetters) > 1 {
			t.Fatalf("%s: ten letters are %.0f wide, and %d in DejaVu Sans; install it with: apt-get install -y fonts-dejavu-core", name, wide, wideLetters)
		}
		if found := evaluate[[]string](t, ctx, askLabels); len(found) > 0 {
			t.Errorf("%s: %s", name, strings.Join(found, "\n"))
		}
	}
}
