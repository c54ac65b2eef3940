package card

import (
	"fmt"
	"html/template"
	"strings"
)

// The size of a sparkline in its own units, and the room between its bars.
const (
	sparkWidth  = 120.0
	sparkHeight = 40.0
	sparkGap    = 2.0
)

// bar is a value of a sparkline. Without a value there is a gap.
type bar struct {
	value float64
	known bool
	class string // "now", "before" or "past"
}

// spark draws bars on one scale from zero as an SVG. It is decoration: the text of the card says what
// it compares, and its chart has the figures. It is empty for fewer than two known values.
func spark(bars []bar) template.HTML {
	top, known := 0.0, 0
	for _, b := range bars {
		if b.known {
			top, known = max(top, b.value), known+1
		}
	}
	if known < 2 || top <= 0 {
		return ""
	}
	// Few bars stand at the right, no wider than those of six.
	width := (sparkWidth + sparkGap) / float64(max(len(bars), 6))
	left := sparkWidth + sparkGap - width*float64(len(bars))
	var out strings.Builder
	fmt.Fprintf(&out, `<svg class="spark" viewBox="0 0 %.0f %.0f" aria-hidden="true" focusable="false">`, sparkWidth, sparkHeight)
	for i, b := range bars {
		if !b.known {
			continue
		}
		height := max(sparkHeight*max(b.value, 0)/top, 0.8) // zero is a value, not a gap
		fmt.Fprintf(&out, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, b.class, left+float64(i)*width, sparkHeight-height, width-sparkGap, height)
	}
	out.WriteString("</svg>")
	return template.HTML(out.String()) // numbers and fixed words only
}

// paint gives the last bar the colour of now, the one at step before it that of the year before, and
// the others that of the past. The bars of a source that is late or has stopped are never now.
func paint(bars []bar, step int, stopped bool) []bar {
	for i := range bars {
		switch {
		case i == len(bars)-1 && !stopped:
			bars[i].class = "now"
		case i == len(bars)-1 || i == len(bars)-1-step && !stopped:
			bars[i].class = "before"
		default:
			bars[i].class = "past"
		}
	}
	return bars
}
