package picture

import (
	"bytes"
	"fmt"
	"math"
)

// Card is a chart with the texts that must go with it.
type Card struct {
	Chart
	Shows  string // what the chart shows, in a sentence or two
	Marks  string // what the marks in the chart mean, or ""
	Facts  string // status, then cut-off, release and source; the end is cut if there is no room
	Credit string // who made it; one line
}

// Shape is the size and layout of a card.
type Shape struct {
	Width, Height int     // in pixels
	margin        float64 // at the sides
	scale         float64 // of the chart and its labels
	title, body   float64 // font sizes
	lines         int     // the most lines of Shows and of Facts
}

// The shapes that newsrooms ask for.
var (
	// Wide is 1200 by 675 pixels, 16 to 9.
	Wide = Shape{Width: 1200, Height: 675, margin: 52, scale: 1.5, title: 38, body: 20, lines: 3}
	// Square is 1080 by 1080 pixels.
	Square = Shape{Width: 1080, Height: 1080, margin: 56, scale: 1.7, title: 46, body: 25, lines: 5}
)

// The largest number of lines of the other texts of a card.
const (
	titleLines = 2
	marksLines = 2
)

// block is the lines of one text.
type block struct {
	lines  []string
	face   string // "bold" or "normal"
	size   float64
	colour string
	top    float64 // of its first line
}

// leading is the line height relative to the font size.
const leading = 1.3

func (b block) height() float64 { return float64(len(b.lines)) * b.size * leading }

// cardLayout has the position of everything on a card.
type cardLayout struct {
	shape  Shape
	blocks []block
	top    float64 // of the chart
	width  int     // of the chart, before scaling
	height int
}

// layout wraps the texts and gives the chart the rest of the space.
func (c Card) layout(s Shape) cardLayout {
	const ink, soft, accent = "#17202a", "#465360", "#b8400b"
	width := float64(s.Width) - 2*s.margin
	small := s.body * 0.9
	wrap := func(text string, size float64, limit int, colour string) block {
		lines, _ := regular.wrap(text, size, width, limit)
		return block{lines: lines, face: "normal", size: size, colour: colour}
	}
	l := cardLayout{shape: s, width: int(width / s.scale)}
	y := s.margin * 0.7
	put := func(b block, after float64) {
		b.top = y
		y += b.height() + after
		l.blocks = append(l.blocks, b)
	}
	put(title(c.Title, s.title, width, ink), s.body*0.3)
	put(wrap(c.Shows, s.body, s.lines, soft), s.body*0.6)
	l.top = y

	marks, facts := wrap(c.Marks, small, marksLines, ink), wrap(c.Facts, small, s.lines, ink)
	credit := wrap(c.Credit, small, 1, accent)
	foot := marks.height() + facts.height() + credit.height() + small*0.5
	y = float64(s.Height) - s.margin*0.6 - foot
	l.height = int((y - s.body*0.5 - l.top) / s.scale)
	put(marks, 0)
	put(facts, small*0.5)
	put(credit, 0)
	return l
}

// title returns the title in the largest font size that fits.
func title(text string, size, width float64, colour string) block {
	for {
		lines, whole := bold.wrap(text, size, width, titleLines)
		if whole || size < 28 {
			return block{lines: lines, face: "bold", size: size, colour: colour}
		}
		size -= 2
	}
}

// form returns the size of the chart for the layout.
func (l cardLayout) form() Form { return Form{Width: l.width, Height: l.height} }

// svg draws the texts and the chart on the card.
func (l cardLayout) svg(chart []byte) []byte {
	var out bytes.Buffer
	s := l.shape
	fmt.Fprintf(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n", s.Width, s.Height, s.Width, s.Height)
	fmt.Fprintf(&out, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n<rect width=\"%d\" height=\"10\" fill=\"#b8400b\"/>\n", s.Width, s.Height, s.Width)
	for _, b := range l.blocks {
		for i, line := range b.lines {
			baseline := b.top + (float64(i)+0.95)*b.size*leading - b.size*0.15
			fmt.Fprintf(&out, "<text x=\"%g\" y=\"%.1f\" font-family=\"%s\" font-size=\"%g\" font-weight=\"%s\" fill=\"%s\">%s</text>\n",
				s.margin, baseline, escape(fontFamily), b.size, b.face, b.colour, escape(line))
		}
	}
	start, end := bytes.IndexByte(chart, '>'), bytes.LastIndex(chart, []byte("</svg>"))
	if start >= 0 && end > start {
		fmt.Fprintf(&out, "<svg x=\"%g\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" viewBox=\"0 0 %d %d\">%s</svg>\n",
			s.margin, l.top, math.Round(float64(l.width)*s.scale), math.Round(float64(l.height)*s.scale), l.width, l.height, chart[start+1:end])
	}
	out.WriteString("</svg>\n")
	return out.Bytes()
}
