package yearly

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"
)

// shape is the size of a picture in its own units, which are near to pixels.
type shape struct {
	class         string
	width, height float64
}

var (
	wide   = shape{"wide", 560, 300}
	narrow = shape{"narrow", 300, 250}
)

// The room around the plot: the scale is on the left, values are above and to the right, and years below.
const (
	left  = 30.0
	right = 18.0
	above = 22.0
	below = 24.0
)

// canvas is a picture that is being drawn.
type canvas struct {
	shape
	top  float64 // the value at the upper end of the scale
	step float64 // from one year to the next
	out  strings.Builder
}

// newCanvas begins a picture of n years with a scale from zero to a round value that most fits in.
func newCanvas(s shape, most float64, n int, label string) *canvas {
	every := round(most / 5)
	c := &canvas{shape: s, top: max(most, every), step: (s.width - left - right) / float64(max(n, 1))}
	fmt.Fprintf(&c.out, `<svg class="yearly %s" viewBox="0 0 %.0f %.0f" role="img" aria-label="%s">`, s.class, s.width, s.height, template.HTMLEscapeString(label))
	decimals := max(0, -int(math.Floor(math.Log10(every))))
	for n := 0.0; n*every <= c.top; n++ {
		class, v := "grid", n*every
		if v == 0 {
			class = "axis"
		}
		fmt.Fprintf(&c.out, `<path class="%s" d="M%.0f %.1fH%.0f"/><text class="scale" x="%.0f" y="%.1f">%s</text>`, class, left, c.y(v), s.width, left-6, c.y(v)+4, strconv.FormatFloat(v, 'f', decimals, 64))
	}
	return c
}

// round returns the next round number: 1, 2 or 5 times a power of ten.
func round(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(max(v, 0.1))))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= v {
			return m * power
		}
	}
	return 10 * power
}

// y returns the height of a value, and middle where year i is.
func (c *canvas) y(v float64) float64 {
	return c.height - below - v/c.top*(c.height-above-below)
}

func (c *canvas) middle(i int) float64 { return left + (float64(i)+0.5)*c.step }

// edges returns the sides of a bar.
func (c *canvas) edges(i int) (x, width float64) {
	width = c.step * 0.7
	return c.middle(i) - width/2, width
}

func (c *canvas) bar(i int, from, to float64, class string) {
	x, w := c.edges(i)
	if to > from {
		fmt.Fprintf(&c.out, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, class, x, c.y(to), w, c.y(from)-c.y(to))
	}
}

// hatched draws a bar of slanting lines.
func (c *canvas) hatched(i int, to float64) {
	x, w := c.edges(i)
	y, bottom := c.y(to), c.y(0)
	fmt.Fprintf(&c.out, `<path class="hatch" d="M%.1f %.1fH%.1fV%.1fH%.1fZ`, x, y, x+w, bottom, x)
	for at := x + 5; at < x+w+bottom-y; at += 5 { // each goes down to the left
		fromX, fromY := min(at, x+w), y+max(0, at-x-w)
		toX := max(x, fromX-(bottom-fromY))
		fmt.Fprintf(&c.out, `M%.1f %.1fL%.1f %.1f`, fromX, fromY, toX, fromY+fromX-toX)
	}
	c.out.WriteString(`"/>`)
}

// across draws a line across a bar, which goes over its sides.
func (c *canvas) across(i int, v float64) {
	x, w := c.edges(i)
	fmt.Fprintf(&c.out, `<path class="across" d="M%.1[1]f %.1[2]fh%.1[3]f"/><path class="mark" d="M%.1[1]f %.1[2]fh%.1[3]f"/>`, x-2, c.y(v), w+4)
}

// label writes a text above a value.
func (c *canvas) label(i int, v float64, text string) {
	fmt.Fprintf(&c.out, `<text class="value" x="%.1f" y="%.1f">%s</text>`, c.middle(i), c.y(v)-5, template.HTMLEscapeString(text))
}

// year writes a year below the axis if there is room: the last, and every second or third before it.
func (c *canvas) year(i, year, n int) {
	if every := int(math.Ceil(34 / c.step)); (n-1-i)%every == 0 {
		fmt.Fprintf(&c.out, `<text class="tick" x="%.1f" y="%.1f">%d</text>`, c.middle(i), c.height-6, year)
	}
}

// whisker draws an interval with a dot at its value.
func (c *canvas) whisker(i int, lower, value, upper float64) {
	x := c.middle(i)
	fmt.Fprintf(&c.out, `<path class="whisker" d="M%.1f %.1fV%.1fM%.1f %.1fh12M%.1f %.1fh12"/><circle cx="%.1f" cy="%.1f" r="4.5"/>`, x, c.y(lower), c.y(upper), x-6, c.y(lower), x-6, c.y(upper), x, c.y(value))
}

// after writes a text to the right of a value.
func (c *canvas) after(i int, v float64, text string) {
	fmt.Fprintf(&c.out, `<text class="after" x="%.1f" y="%.1f">%s</text>`, c.middle(i)+8, c.y(v)+4, template.HTMLEscapeString(text))
}

// done returns the picture: numbers, fixed words, and labels that are escaped.
func (c *canvas) done() template.HTML {
	c.out.WriteString(`</svg>`)
	return template.HTML(c.out.String())
}
