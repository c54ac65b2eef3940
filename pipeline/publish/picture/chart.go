package picture

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// Chart is the chart to draw, in the form that the page uses.
type Chart struct {
	Title    string
	Alt      string          // what the chart shows, for readers who cannot see it
	Option   json.RawMessage // for the chart library
	Dark     []string        // colours of the traces on a dark ground
	Decimals int             // of the figures drawn
}

// Form is the size of a chart in pixels, with labels of 12 or 13 pixels, and its background.
type Form struct {
	Width, Height int
	Dark          bool
	// Site draws with the font of the site, which only a rasterised picture has.
	Site bool `json:",omitempty"`
}

// family returns the font family of a chart.
func (f Form) family() string {
	if f.Site {
		return siteFamily
	}
	return fontFamily
}

// maxOption is the largest option for the chart library, in bytes. A chart of all days of ten years
// has some 200 kB.
const maxOption = 8 << 20

// ground returns the background colour of a chart, which is that of the pages.
func (f Form) ground() string {
	if f.Dark {
		return "#12181f"
	}
	return "#ffffff"
}

// measure returns the width of a text in pixels. The font is given as in a style sheet, such as
// "bold 13px Arial".
func measure(text, style string) float64 {
	f, heavy, size := regular, bold, 12.0
	if site, err := fontsOfSite(); err == nil && strings.Contains(style, "Source Sans 3") {
		f, heavy = site.sans, site.sansBold
	}
	for _, word := range strings.Fields(style) {
		if word == "bold" || word == "600" || word == "700" {
			f = heavy
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

// Parts that the chart library writes for a page that reacts to the mouse. They cannot occur in a
// text of the chart, where quotes and angle brackets are escaped.
var (
	hoverStyle = regexp.MustCompile(`(?s)<style >.*?</style>\n?`)
	hoverMarks = regexp.MustCompile(` (?:class="zr\d+-cls-\d+"|ecmeta_\w+="\w*"|pointer-events="visible"|baseProfile="full"|xmlns:xlink="[^"]*")`)
)

// engineMark matches the count of pictures drawn by an engine, in the names that parts of a picture
// use to refer to one another.
var engineMark = regexp.MustCompile(`="(url\(#)?zr\d+-`)

// still removes what a static picture does not need, the count of pictures that the engine drew
// before, and the characters that XML does not allow.
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
