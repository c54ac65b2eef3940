package picture

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// Chart is what is drawn, in the form in which the page has it.
type Chart struct {
	Title    string
	Alt      string          // what the chart shows, for those who do not see it
	Option   json.RawMessage // for the chart library
	Dark     []string        // colours of the traces on a dark ground
	Decimals int             // of the figures drawn
}

// Form is the size of a chart in pixels, at which its labels are 12 or 13 pixels
// high, and its ground.
type Form struct {
	Width, Height int
	Dark          bool
}

// maxOption bounds what is given to the chart library: a chart of all days of ten
// years has some 200 kB.
const maxOption = 8 << 20

// ground returns the colour that a chart is drawn on, that of the pages.
func (f Form) ground() string {
	if f.Dark {
		return "#12181f"
	}
	return "#ffffff"
}

// measure returns the width of a text in a font given as in a style sheet, such as
// "bold 13px Arial".
func measure(text, style string) float64 {
	f, size := regular, 12.0
	for _, word := range strings.Fields(style) {
		if word == "bold" || word == "700" {
			f = bold
		}
		if px, ok := strings.CutSuffix(word, "px"); ok {
			if n, err := strconv.ParseFloat(px, 64); err == nil {
				size = n
			}
			break
		}
	}
	return f.width(text, size)
}

// What the chart library writes for a page that reacts to the mouse. In a text of
// the chart none of it can stand, as quotes and angle brackets are escaped there.
var (
	hoverStyle = regexp.MustCompile(`(?s)<style >.*?</style>\n?`)
	hoverMarks = regexp.MustCompile(` (?:class="zr\d+-cls-\d+"|ecmeta_\w+="\w*"|pointer-events="visible"|baseProfile="full"|xmlns:xlink="[^"]*")`)
)

// engineMark is the count of pictures that an engine has drawn, in the names by which
// parts of a picture refer to one another.
var engineMark = regexp.MustCompile(`="(url\(#)?zr\d+-`)

// still removes what a picture that stands still does not need, what tells how
// many its engine drew before, and the characters that XML does not allow.
func still(svg []byte) []byte {
	svg = hoverMarks.ReplaceAll(hoverStyle.ReplaceAll(svg, nil), nil)
	return clean(engineMark.ReplaceAll(svg, []byte(`="${1}zr0-`)))
}

// clean replaces the characters that XML does not allow.
func clean(text []byte) []byte {
	return bytes.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r == '\r', r >= 0x20 && r <= 0xd7ff, r >= 0xe000 && r <= 0xfffd, r >= 0x10000:
			return r
		}
		return '\ufffd'
	}, text)
}
