package picture

import (
	"bytes"
	"fmt"
	"math"
	"strings"
)

// Card is a chart with the texts that must go with it, as a picture that leaves the site.
type Card struct {
	Chart
	Heading string // what the chart shows, in words; "" is the chart's title
	Number  string // the figure that the chart is about, or ""
	About   string // what the number counts and until when
	Shows   string // the figures in a sentence, or what the chart shows
	Note    string // what must not be overlooked; left out if there is no room for all of it
	Marks   string // what the marks in the chart mean, or ""
	Chip    string // that a source is late or has stopped, or ""
	Facts   string // status, then cut-off, release and source; the end is cut if there is no room
	Credit  string // who made it
}

// Shape is the size and layout of a card.
type Shape struct {
	Width, Height int     // in pixels
	margin        float64 // at the sides
	scale         float64 // of the chart and its labels
	title, body   float64 // font sizes
	small         float64
	lines         int // the most lines of Shows
	titles, facts int // the most lines of the title and of Facts
}

// The shapes that newsrooms ask for, and that of links on other sites.
var (
	// Wide is 1200 by 675 pixels, 16 to 9.
	Wide = Shape{Width: 1200, Height: 675, margin: 44, scale: 1.45, title: 34, body: 20, small: 15, lines: 2, titles: 2, facts: 2}
	// Square is 1080 by 1080 pixels.
	Square = Shape{Width: 1080, Height: 1080, margin: 48, scale: 1.7, title: 44, body: 26, small: 19, lines: 3, titles: 3, facts: 3}
	// Social is 1200 by 630 pixels.
	Social = Shape{Width: 1200, Height: 630, margin: 44, scale: 1.5, title: 34, body: 19, small: 15, lines: 2, titles: 2, facts: 2}
)

// The least part of the height that the plot has, and the most lines of other texts.
const (
	plotPart    = 0.6
	marksLines  = 1
	creditLines = 2
)

// The colours of a card.
const (
	cardInk  = "#17202a"
	cardSoft = "#465360"
	cardNow  = "#b8400b"
)

// block is the lines of one text.
type block struct {
	lines  []string
	family string
	face   string // "bold" or "normal"
	size   float64
	colour string
	anchor string  // "start" or "end"
	x, top float64 // of its first line
}

// leading is the line height relative to the font size.
const leading = 1.25

func (b block) height() float64 { return float64(len(b.lines)) * b.size * leading }

// cardLayout has the position of everything on a card.
type cardLayout struct {
	shape  Shape
	accent string // colour of the band and the number
	blocks []block
	chip   [2]float64 // its place and its width, or zero
	chipY  float64
	top    float64 // of the chart
	width  int     // of the chart, before scaling
	height int
}

// writer lays the texts of a card out with the fonts of the site.
type writer struct {
	fonts *siteFonts
	shape Shape
}

// text wraps a text. whole says that nothing was cut.
func (w writer) text(text string, size, width float64, limit int, colour string) (b block, whole bool) {
	lines, whole := w.fonts.sans.wrap(text, size, width, limit)
	return block{lines: lines, family: siteFamily, face: "normal", size: size, colour: colour, anchor: "start", x: w.shape.margin}, whole
}

// title returns the title in the largest font size that fits.
func (w writer) title(text string, size, width float64) block {
	for {
		lines, whole := w.fonts.serifBold.wrap(text, size, width, w.shape.titles)
		if whole || size < 26 {
			return block{lines: lines, family: serifFamily, face: "bold", size: size, colour: cardInk, anchor: "start", x: w.shape.margin}
		}
		size -= 2
	}
}

// layout wraps the texts and gives the chart the rest of the space. It says less above the chart until
// the chart has its part of the height.
func (c Card) layout(s Shape) (cardLayout, error) {
	fonts, err := fontsOfSite()
	if err != nil {
		return cardLayout{}, err
	}
	w := writer{fonts, s}
	for lines := s.lines; ; lines-- {
		l := c.lay(w, lines)
		if lines == 0 || float64(l.height)*s.scale >= plotPart*float64(s.Height) {
			return l, nil
		}
	}
}

// lay lays a card out with at most so many lines of Shows.
func (c Card) lay(w writer, lines int) cardLayout {
	s := w.shape
	width := float64(s.Width) - 2*s.margin
	l := cardLayout{shape: s, width: int(width / s.scale), accent: cardNow}
	if c.Chip != "" {
		l.accent = cardInk
	}
	y := s.margin*0.45 + 8
	left := width
	if c.Number != "" {
		left -= l.number(c, w, y, width)
	}
	title := w.title(or(c.Heading, c.Title), s.title, left)
	title.top = y
	l.blocks = append(l.blocks, title)
	y += title.height() + s.body*0.2
	if lines > 0 {
		shows, whole := w.text(c.Shows+" "+c.Note, s.body, left, lines, cardSoft)
		for text := c.Shows; !whole; {
			shows, whole = w.text(text, s.body, left, lines, cardSoft)
			i := strings.LastIndex(text, "; ")
			if i < 0 {
				break
			}
			text = text[:i] + "." // the clauses at the end say the least
		}
		if whole || c.Number == "" { // half a sentence says less than the number
			shows.top = y
			l.blocks = append(l.blocks, shows)
			y += shows.height()
		}
	}
	l.top = y + s.body*0.35
	if c.Number != "" {
		l.top = max(l.top, s.margin*0.45+8+s.title*1.5*leading+s.small*1.1*leading*2)
	}
	foot := l.foot(c, w, width)
	l.height = int((foot - s.small*0.4 - l.top) / s.scale)
	return l
}

// number puts the figure of the card at the upper right corner, and returns the width that it takes.
func (l *cardLayout) number(c Card, w writer, y, width float64) float64 {
	size, small := w.shape.title*1.5, w.shape.small*1.1
	right := w.shape.margin + width
	most := width * 0.27
	about, _ := w.fonts.sans.wrap(c.About, small, most, 2)
	needs := w.fonts.serifBold.width(c.Number, size)
	for needs > most && size > 20 {
		size -= 2
		needs = w.fonts.serifBold.width(c.Number, size)
	}
	lines, _ := w.fonts.serifBold.wrap(c.Number, size, most, 1)
	figure := block{lines: lines, family: serifFamily, face: "bold", size: size, colour: l.accent, anchor: "end", x: right, top: y - size*0.12}
	says := block{lines: about, family: siteFamily, face: "normal", size: small, colour: cardInk, anchor: "end", x: right, top: figure.top + figure.height()}
	l.blocks = append(l.blocks, figure, says)
	for _, line := range about {
		needs = max(needs, w.fonts.sans.width(line, small))
	}
	return needs + 36
}

// foot puts the marks, the chip, the facts and the credit at the lower edge, and returns where they
// begin.
func (l *cardLayout) foot(c Card, w writer, width float64) float64 {
	s := w.shape
	y := float64(s.Height) - s.margin*0.4
	credit, _ := w.fonts.sansBold.wrap(c.Credit, s.small, width*0.24, creditLines)
	side := block{lines: credit, family: siteFamily, face: "bold", size: s.small, colour: l.accent, anchor: "end", x: s.margin + width}
	facts, _ := w.text(c.Facts, s.small, width*0.72, s.facts, cardInk)
	y -= max(facts.height(), side.height())
	facts.top, side.top = y, y
	l.blocks = append(l.blocks, facts, side)
	if c.Chip != "" {
		lines, _ := w.fonts.sansBold.wrap(c.Chip, s.small, width-20, 1)
		chip := block{lines: lines, family: siteFamily, face: "bold", size: s.small, colour: "#7a4f00", anchor: "start", x: s.margin + 10}
		y -= s.small*leading + 10
		l.chip, l.chipY = [2]float64{s.margin, w.fonts.sansBold.width(lines[0], s.small) + 20}, y-3
		chip.top = y
		l.blocks = append(l.blocks, chip)
	}
	if c.Marks != "" {
		marks, _ := w.text(c.Marks, s.small, width, marksLines, cardInk)
		y -= marks.height() + 2
		marks.top = y
		l.blocks = append(l.blocks, marks)
	}
	return y
}

// or returns the first of two texts that is not empty.
func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// form returns the size of the chart for the layout.
func (l cardLayout) form() Form { return Form{Width: l.width, Height: l.height, Site: true} }

// svg draws the texts and the chart on the card.
func (l cardLayout) svg(chart []byte) []byte {
	var out bytes.Buffer
	s := l.shape
	fmt.Fprintf(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n", s.Width, s.Height, s.Width, s.Height)
	fmt.Fprintf(&out, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n<rect width=\"%d\" height=\"8\" fill=\"%s\"/>\n", s.Width, s.Height, s.Width, l.accent)
	if l.chip[1] > 0 {
		fmt.Fprintf(&out, "<rect x=\"%g\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"4\" fill=\"#fff4d6\" stroke=\"#7a4f00\"/>\n", l.chip[0], l.chipY, l.chip[1], s.small*leading+6)
	}
	start, end := bytes.IndexByte(chart, '>'), bytes.LastIndex(chart, []byte("</svg>"))
	if start >= 0 && end > start {
		// If the rasteriser had to cut the chart at its edges, a picture would take more than twice the time,
		// and labels at the edges would lose a line of pixels.
		fmt.Fprintf(&out, "<svg overflow=\"visible\" x=\"%g\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" viewBox=\"0 0 %d %d\">%s</svg>\n",
			s.margin, l.top, math.Round(float64(l.width)*s.scale), math.Round(float64(l.height)*s.scale), l.width, l.height, chart[start+1:end])
	}
	for _, b := range l.blocks {
		for i, line := range b.lines {
			baseline := b.top + (float64(i)+0.95)*b.size*leading - b.size*0.15
			fmt.Fprintf(&out, "<text x=\"%g\" y=\"%.1f\" text-anchor=\"%s\" font-family=\"%s\" font-size=\"%g\" font-weight=\"%s\" fill=\"%s\">%s</text>\n",
				b.x, baseline, b.anchor, escape(b.family), b.size, b.face, b.colour, escape(line))
		}
	}
	out.WriteString("</svg>\n")
	return out.Bytes()
}
