package main

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
)

// Sizes in pixels.
const (
	boxHeight = 26
	floorStep = 74
	gap       = 14 // least space between boxes of one floor
	widestGap = 110
	margin    = 24
	charWidth = 6.6 // of the 11 pixel font
)

// box is the place of a package in the picture: its left and upper edge, and its width.
type box struct{ x, y, width float64 }

// svg draws the graph: a package is above everything that it imports. An import that follows
// from another, because that package imports it too, has no arrow.
func (g graph) svg() []byte {
	boxes, floors := g.place()
	width := 0.0
	for _, b := range boxes {
		width = max(width, b.x+b.width+margin)
	}
	height := float64(len(floors)-1)*floorStep + boxHeight + 2*margin
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="11">`+"\n", width, height)
	out.WriteString(`<title id="title">The packages of crossings</title>
<desc id="desc">Each package is above everything that it imports. The table below lists all imports.</desc>
<style>
:root { color-scheme: light dark }
.paper { fill: #fff; stroke: none } path { fill: none; stroke: #9aa5b1; stroke-width: 1 } text { fill: #1c2733; text-anchor: middle }
rect { stroke: #5b6875; fill: #eef1f4 } .ingest { fill: #dbe9f8 } .read { fill: #e6eefb } .microdata { fill: #ece3f6 } .publish { fill: #dff1e4 } .watch { fill: #fbeecf } .compare { fill: #e4f4f1 } .cmd { fill: #f7dfdc }
@media (prefers-color-scheme: dark) {
.paper { fill: #14191f } path { stroke: #56626e } text { fill: #e6ebf0 } rect { stroke: #8592a0; fill: #27303a }
.ingest { fill: #1d3a57 } .read { fill: #22344d } .microdata { fill: #3a2c4d } .publish { fill: #1f4029 } .watch { fill: #4a3c16 } .compare { fill: #1c403b } .cmd { fill: #50292a }
}
</style>
`)
	fmt.Fprintf(&out, `<rect class="paper" width="%.0f" height="%.0f"/>`+"\n", width, height)
	for _, pkg := range g.packages() {
		for _, to := range g.direct(pkg) {
			a, b := boxes[pkg], boxes[to]
			x1, y1, x2, y2 := a.x+a.width/2, a.y+boxHeight, b.x+b.width/2, b.y
			bend := (y2 - y1) / 2
			fmt.Fprintf(&out, `<path d="M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f"/>`+"\n", x1, y1, x1, y1+bend, x2, y2-bend, x2, y2)
		}
	}
	for _, pkg := range g.packages() {
		b := boxes[pkg]
		fmt.Fprintf(&out, `<rect class="%s" x="%.0f" y="%.0f" width="%.0f" height="%d" rx="5"/><text x="%.0f" y="%.0f">%s</text>`+"\n",
			class(pkg), b.x, b.y, b.width, boxHeight, b.x+b.width/2, b.y+17, html.EscapeString(label(pkg)))
	}
	out.WriteString("</svg>\n")
	return out.Bytes()
}

// label returns the short name of a package.
func label(pkg string) string { return strings.TrimPrefix(pkg, "pipeline/") }

// class returns the wing of a package, as a class of the style sheet.
func class(pkg string) string {
	wing, _, _ := strings.Cut(label(pkg), "/")
	return wing
}

// place puts each package on the lowest floor above everything that it imports, and orders
// each floor so that boxes are near what imports them.
func (g graph) place() (map[string]*box, [][]string) {
	levels := map[string]int{}
	var level func(pkg string) int
	level = func(pkg string) int {
		if n, known := levels[pkg]; known {
			return n
		}
		n := 0
		for _, to := range g[pkg] {
			n = max(n, level(to)+1)
		}
		levels[pkg] = n
		return n
	}
	top := 0
	for pkg := range g {
		top = max(top, level(pkg))
	}
	floors := make([][]string, top+1) // the top one first
	for _, pkg := range g.packages() {
		floors[top-levels[pkg]] = append(floors[top-levels[pkg]], pkg)
	}
	widest := 0.0
	for _, floor := range floors {
		widest = max(widest, span(floor))
	}
	boxes := map[string]*box{}
	for i, floor := range floors {
		slices.SortStableFunc(floor, func(a, b string) int { return cmp.Compare(g.above(boxes, a), g.above(boxes, b)) })
		space := min(widestGap, gap+(widest-span(floor))/float64(len(floor)+1))
		x := margin + (widest-span(floor)-float64(len(floor)-1)*(space-gap))/2
		for _, pkg := range floor {
			boxes[pkg] = &box{x, margin + float64(i)*floorStep, width(pkg)}
			x += width(pkg) + space
		}
	}
	return boxes, floors
}

// above returns the mean middle of the boxes that import a package, as far as they are placed.
func (g graph) above(boxes map[string]*box, pkg string) float64 {
	sum, n := 0.0, 0.0
	for _, from := range g.packages() {
		if b := boxes[from]; b != nil && slices.Contains(g.direct(from), pkg) {
			sum, n = sum+b.x+b.width/2, n+1
		}
	}
	if n == 0 {
		return 0
	}
	return sum / n
}

// direct returns the imports of a package that do not follow from its other imports.
func (g graph) direct(pkg string) (out []string) {
	for _, to := range g[pkg] {
		if !slices.ContainsFunc(g[pkg], func(other string) bool { return other != to && g.reaches(other, to) }) {
			out = append(out, to)
		}
	}
	return out
}

// reaches reports whether a package imports another, directly or not.
func (g graph) reaches(from, to string) bool {
	return slices.ContainsFunc(g[from], func(next string) bool { return next == to || g.reaches(next, to) })
}

func width(pkg string) float64 { return float64(len(label(pkg)))*charWidth + 16 }

// span returns the width of a floor.
func span(floor []string) float64 {
	sum := -float64(gap)
	for _, pkg := range floor {
		sum += width(pkg) + gap
	}
	return sum
}
