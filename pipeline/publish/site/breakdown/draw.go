package breakdown

import (
	"fmt"
	"html/template"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// Picture is a breakdown as bars, each with its words and figures.
type Picture struct {
	Kind, Unit string // the heads of the names and of the values
	Period     string // when the values were counted
	Class      string // "now", or "past" if the source is late or has stopped
	Lines      []Line
	Marks      []string // the shorthand that occurs, with its meaning
}

// The most lines that are open, and how many are if there are more.
const (
	maxOpen = 8
	open    = 6
)

// Open returns the lines that a page shows at once.
func (p Picture) Open() []Line {
	if len(p.Lines) > maxOpen {
		return p.Lines[:open]
	}
	return p.Lines
}

// Folded returns the lines that a page shows when a reader asks for them.
func (p Picture) Folded() []Line { return p.Lines[len(p.Open()):] }

// Line is one bar. Rank is "" if the part has none.
type Line struct {
	Rank, Label, Value, Share, Change string
	Bar                               template.HTML
}

// Draw returns the bars of the newest parts of a total. It has no lines if there are none.
func Draw(index *content.Index, id stat.SeriesID, dimension string) Picture {
	rows := content.NewestParts(index, id, dimension)
	if len(rows) == 0 || !rows[0].Value.IsKnown() {
		return Picture{}
	}
	total, bars := rows[0], Bars(rows[0], rows[1:])
	p := Picture{Kind: wording.Spaced(Kind(dimension)), Unit: wording.Spaced(wording.UnitText(index.Unit(id))), Class: "now", Period: wording.PeriodText(total.PeriodStart, total.PeriodEnd)}
	if index.Stopped(id) {
		p.Class = "past"
	}
	var top int64
	for _, b := range bars {
		value, _ := b.Value.Get()
		prior, _ := b.Prior.Get()
		top = max(top, value, prior)
	}
	var texts []string
	for _, b := range bars {
		line := Line{Label: b.Label, Value: wording.CountText(b.Value, b.Status), Share: b.ShareText(), Change: b.Change(), Bar: b.draw(top)}
		if b.of != nil {
			if n, ranked := b.of.Rank.Get(); ranked {
				line.Rank = wording.Thousands(n)
			}
		}
		if b.Share.Known {
			line.Share += " %"
		}
		texts = append(texts, line.Value, line.Share, line.Change)
		p.Lines = append(p.Lines, line)
	}
	p.Marks = listing.Explained(texts...)
	return p
}

// The size of a bar in its own units. Style sheets stretch it.
const (
	barWidth  = 100.0
	barHeight = 12
)

// draw draws a bar with a tick for the year before, on a scale from zero to top. A missing value has no
// bar, and a missing year before no tick. The picture is decoration: the words next to it have its
// figures.
func (b Bar) draw(top int64) template.HTML {
	if top <= 0 {
		return ""
	}
	var out strings.Builder
	fmt.Fprintf(&out, `<svg class="bar" viewBox="0 0 %.0f %d" preserveAspectRatio="none" aria-hidden="true" focusable="false">`, barWidth, barHeight)
	if n, known := b.Value.Get(); known {
		fmt.Fprintf(&out, `<rect width="%.1f" height="%d"/>`, barWidth*float64(max(n, 0))/float64(top), barHeight)
	}
	if n, known := b.Prior.Get(); known {
		fmt.Fprintf(&out, `<path d="M%.1f 0v%d"/>`, barWidth*float64(max(n, 0))/float64(top), barHeight)
	}
	out.WriteString("</svg>")
	return template.HTML(out.String()) // numbers and fixed words only
}
