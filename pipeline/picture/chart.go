package picture

import (
	"bytes"
	"context"
	_ "embed" // runtime.js
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"crossings/charts"
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

// runtimeScript joins the chart library to this package.
//
//go:embed runtime.js
var runtimeScript string

// program is the compiled scripts, in the order in which they run.
type program []*goja.Program

// scripts compiles them once a process: each picture runs them in an engine of
// its own.
var scripts = sync.OnceValues(func() (program, error) {
	library, err := charts.Library()
	if err != nil {
		return nil, err
	}
	var p program
	for _, s := range []struct{ name, text string }{
		{"runtime.js", runtimeScript}, {charts.LibraryName, string(library)}, {charts.PainterName, string(charts.Painter())},
	} {
		compiled, err := goja.Compile(s.name, s.text, false)
		if err != nil {
			return nil, fmt.Errorf("compile %s: %w", s.name, err)
		}
		p = append(p, compiled)
	}
	return p, nil
})

// draw runs the scripts and returns an SVG. It ends with the context's error at
// its deadline.
func (p program) draw(ctx context.Context, c Chart, f Form) ([]byte, error) {
	if len(c.Option) > maxOption {
		return nil, fmt.Errorf("option of %d bytes, allowed are %d", len(c.Option), maxOption)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	vm := goja.New()
	vm.SetMaxCallStackSize(2000)
	defer context.AfterFunc(ctx, func() { vm.Interrupt(ctx.Err()) })()
	if err := vm.Set("measureWidth", measure); err != nil {
		return nil, err
	}
	for _, script := range p {
		if _, err := vm.RunProgram(script); err != nil {
			return nil, ended(ctx, err)
		}
	}
	how, err := json.Marshal(map[string]any{"width": f.Width, "height": f.Height, "dark": f.Dark, "ground": f.ground(), "colours": append([]string{}, c.Dark...),
		"decimals": c.Decimals, "font": fontFamily})
	if err != nil {
		return nil, err
	}
	drawChart, ok := goja.AssertFunction(vm.Get("drawChart"))
	if !ok {
		panic("runtime.js has no drawChart")
	}
	svg, err := drawChart(goja.Undefined(), vm.ToValue(string(c.Option)), vm.ToValue(string(how)))
	if err != nil {
		return nil, ended(ctx, err)
	}
	return still([]byte(svg.String())), nil
}

// ended returns the context's error where that ended a script, which may look like
// an error of the script.
func ended(ctx context.Context, err error) error {
	if cause := ctx.Err(); cause != nil {
		return cause
	}
	return err
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

// still removes what a picture that stands still does not need, and the characters
// that XML does not allow.
func still(svg []byte) []byte {
	return clean(hoverMarks.ReplaceAll(hoverStyle.ReplaceAll(svg, nil), nil))
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
