package incidentmap

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"

	"crossings/pipeline/publish/site/wording"
)

// maxCircles is how many incidents of a map have a circle that says what it is. The others, with fewer
// people, are dots in common paths.
const maxCircles = 150

// Drawing is a map as SVG for wide screens, and its parts for narrow ones.
type Drawing struct {
	Wide   template.HTML
	Narrow []Part
}

// Part is a part of a map.
type Part struct {
	Title   string
	Picture template.HTML
}

// canvas writes SVG.
type canvas struct{ strings.Builder }

func (c *canvas) add(format string, values ...any) { fmt.Fprintf(&c.Builder, format, values...) }

// num writes a coordinate with one decimal.
func num(f float64) string { return strconv.FormatFloat(math.Round(f*10)/10+0, 'f', -1, 64) }

// draw draws the entries, which are in order from the one with most people on.
func (v View) draw(list []*entry, alt string) Drawing {
	var c canvas
	w, h := v.frame.Width, v.frame.Height()
	c.add(`<svg class="map wide" viewBox="0 0 %s %s" role="img" aria-label="%s">`, num(w), num(h), template.HTMLEscapeString(alt))
	c.add(`<g id="map-%s"><rect class="im-sea" x="-20" y="-20" width="%s" height="%s"/>`, v.ID, num(w+40), num(h+40))
	lines := v.frame.Lines()
	c.add(`<path class="im-land" d="%s"/><path class="im-border" d="%s"/>`, lines.Land, lines.Borders)
	v.marks(&c, list)
	c.WriteString(`</g>`)
	v.names(&c, 0, 0, w, h, true)
	c.add(`<g id="key-%s" transform="translate(%s %s)">`, v.ID, num(v.legend[0]), num(v.legend[1]))
	v.key(&c)
	c.WriteString(`</g></svg>`)
	d := Drawing{Wide: template.HTML(c.String())} // numbers, lines of our own and escaped texts
	for _, x := range v.crops {
		d.Narrow = append(d.Narrow, Part{x.Title, v.part(x, alt)})
	}
	return d
}

// strip is the space around the legend below a part of the map.
const strip = 12

// part draws a part of the map from the parts of the whole, which are in the page only once. The legend
// has a strip of its own below it, because circles may be anywhere.
func (v View) part(x crop, alt string) template.HTML {
	left, top, _ := v.frame.Point(x.North, x.West)
	right, bottom, _ := v.frame.Point(x.South, x.East)
	if x.Title != "" {
		alt = x.Title + ". " + alt
	}
	below := v.keyHeight() + 2*strip
	var c canvas
	c.add(`<svg class="map narrow" viewBox="%s %s %s %s" role="img" aria-label="%s"><use href="#map-%s"/>`, num(left), num(top), num(right-left), num(bottom-top+below), template.HTMLEscapeString(alt), v.ID)
	v.names(&c, left, top, right, bottom, false)
	c.add(`<rect class="im-strip" x="%s" y="%s" width="%s" height="%s"/>`, num(left), num(bottom), num(right-left), num(below))
	// The group has its place on the whole map, so the rest of the way is added.
	c.add(`<use href="#key-%s" x="%s" y="%s"/></svg>`, v.ID, num(left+strip-v.legend[0]), num(bottom+strip-v.legend[1]))
	return template.HTML(c.String())
}

// marks draws the incidents, the largest first, so that none hides a smaller one.
func (v View) marks(c *canvas, list []*entry) {
	dots := newDots(v.unit)
	circles := 0
	for _, e := range list {
		people, dead := e.size()
		if !e.onMap || people == 0 {
			continue
		}
		if circles == maxCircles {
			dots.add(e, people, dead)
			continue
		}
		circles++
		c.add(`<g class="im-mark p%d%s"><title>%s</title>`, e.period, elsewhere(e), template.HTMLEscapeString(e.says()))
		c.add(`<circle class="im-all" cx="%s" cy="%s" r="%s"/>`, num(e.x), num(e.y), num(v.radius(people)))
		if dead > 0 {
			c.add(`<circle class="im-dead" cx="%s" cy="%s" r="%s"/>`, num(e.x), num(e.y), num(v.radius(dead)))
		}
		c.WriteString(`</g>`)
	}
	dots.draw(c)
}

// elsewhere returns the class of an incident outside the waters of its route.
func elsewhere(e *entry) string {
	if e.outside() {
		return " im-out"
	}
	return ""
}

// radius returns the radius of a circle whose area is a number of people.
func (v View) radius(people int64) float64 { return v.unit * math.Sqrt(float64(people)) }

// says says what a circle is.
func (e *entry) says() string {
	text := day(e.DateStart, e.DateEnd) + ": " + wording.Count(e.dead) + " found dead"
	if n, known := e.missing.Get(); known && n != 0 {
		text += ", " + wording.Thousands(n) + " missing"
	}
	return text + ". " + e.cause() + ". " + e.country()
}

// names writes the names of the places in a part of the map.
func (v View) names(c *canvas, left, top, right, bottom float64, wide bool) {
	c.WriteString(`<g class="names" aria-hidden="true">`)
	for _, p := range v.places {
		x, y, _ := v.frame.Point(p.latitude, p.longitude)
		if p.wide && !wide || x < left || x > right || y < top || y > bottom {
			continue
		}
		anchor := "start"
		switch {
		case p.kind != 'c':
			anchor = "middle"
		case p.dx < 0:
			anchor = "end"
		}
		if p.kind == 'c' {
			c.add(`<circle cx="%s" cy="%s" r="2"/>`, num(x), num(y))
		}
		c.add(`<text class="%c" x="%s" y="%s" text-anchor="%s">%s</text>`, p.kind, num(x+p.dx), num(y+p.dy), anchor, template.HTMLEscapeString(p.name))
	}
	c.WriteString(`</g>`)
}

// key draws the legend: circles that share their lowest point, with their numbers of people, and a bar
// of a length in kilometres. Its origin is the left end of the bar.
func (v View) key(c *canvas) {
	largest := v.radius(v.scale[0])
	c.add(`<g class="im-key" aria-hidden="true">`)
	for i, n := range v.scale {
		r := v.radius(n)
		label := wording.Thousands(n)
		if i == 0 {
			label += " people"
		}
		c.add(`<circle cx="%s" cy="%s" r="%s"/><text x="%s" y="%s">%s</text>`, num(largest), num(2*largest-r), num(r), num(2*largest+8), num(2*largest-2*r+5), label)
	}
	length := v.bar / v.frame.Kilometres()
	y := v.keyHeight() - 6
	c.add(`<path d="M0 %sv5h%sv-5"/><text x="%s" y="%s">%s km</text></g>`, num(y), num(length), num(length+8), num(y+6), num(v.bar))
}

// keyHeight returns the height of the legend.
func (v View) keyHeight() float64 { return 2*v.radius(v.scale[0]) + 32 }
