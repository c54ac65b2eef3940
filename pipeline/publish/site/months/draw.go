package months

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/table/row"
)

// Panel is the picture of one year.
type Panel struct {
	Year    int
	Highest string // the highest month in words, or ""
	Picture template.HTML
}

// The size of a panel in its own units.
const (
	step   = 10.0 // from one month to the next
	bar    = 8.0
	width  = 12 * step
	height = 64.0
)

// panel draws the months of a year on a scale from zero to top. A month without a figure is a gap.
func (y year) panel(class string, top int64) Panel {
	p := Panel{Year: y.year}
	best := y.best()
	if best != nil {
		p.Highest = fmt.Sprintf("%s in %s", wording.Figure{Value: best.Value, AtLeast: wording.IsRange(best.Lower, best.Upper)}, best.PeriodStart.Month())
	}
	label := fmt.Sprintf("Months of %d.", y.year)
	if p.Highest != "" {
		label += " Highest: " + p.Highest + "."
	}
	var out strings.Builder
	fmt.Fprintf(&out, `<svg class="months %s" viewBox="0 0 %.0f %.0f" role="img" aria-label="%s">`, class, width, height+1, template.HTMLEscapeString(label))
	if y.part > 0 {
		out.WriteString(`<defs><pattern id="hatch" width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v3"/></pattern></defs>`)
	}
	draw := func(month int, value int64, class string) {
		tall := max(height*float64(max(value, 0))/float64(max(top, 1)), 0.5) // zero is a value, not a gap
		fmt.Fprintf(&out, `<rect%s x="%.0f" y="%.1f" width="%.0f" height="%.1f"/>`, class, float64(month-1)*step+1, height-tall, bar, tall)
	}
	for m, r := range y.months {
		if r != nil {
			n, _ := r.Value.Get()
			draw(m+1, n, "")
		}
	}
	if y.part > 0 {
		draw(y.part, y.value, ` class="part"`)
	}
	fmt.Fprintf(&out, `<path class="axis" d="M0 %.1fh%.0f"/></svg>`, height+0.5, width)
	p.Picture = template.HTML(out.String()) // numbers and fixed words; the label is escaped
	return p
}

// best returns the first of the highest months, or nil if all are zero or unknown.
func (y year) best() (best *row.YearOnYear) {
	var most int64
	for m := time.January; m <= time.December; m++ {
		if r := y.months[m-1]; r != nil {
			if n, _ := r.Value.Get(); n > most {
				best, most = r, n
			}
		}
	}
	return best
}
