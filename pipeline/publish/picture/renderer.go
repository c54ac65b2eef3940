package picture

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"

	"crossings/charts"
	"crossings/pipeline/publish/cached"
)

// recipe is the code between the inputs of a picture and its bytes. If it changes, kept pictures
// are drawn again.
//
//go:embed chart.go engine.go font.go palette.go resvg.go runtime.js woff.go
var recipe embed.FS

// Renderer draws pictures and keeps them. It is safe for concurrent use; the caller decides how
// many pictures to draw at once.
type Renderer struct {
	kept    *cached.Folder
	engines sync.Pool // of *engine
	limits  Limits
	active  atomic.Int32 // pictures in progress
	slow    atomic.Int32 // pictures abandoned
	sketch  bool         // for tests: draw an empty frame
}

// Open returns a renderer that keeps its pictures in the given folder, which it creates when it
// keeps the first; "" keeps nothing. The error is charts.ErrLibrary if the program was built
// without the chart library or resvg.
func Open(folder string) (*Renderer, error) {
	if drawing == "sketch" {
		return Sketches(), nil
	}
	library, err := charts.Library()
	if err != nil {
		return nil, err
	}
	rasteriser, err := charts.Rasteriser()
	if err != nil {
		return nil, err
	}
	site, err := fontsOfSite()
	if err != nil {
		return nil, err
	}
	parts := [][]byte{site.made, library, charts.Painter(), rasteriser, dejavusans.TTF, dejavusansbold.TTF, liberationsansregular.TTF, liberationsansbold.TTF, []byte(modules())}
	files, err := recipe.ReadDir(".")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		code, err := recipe.ReadFile(f.Name())
		if err != nil {
			return nil, err
		}
		parts = append(parts, code)
	}
	return &Renderer{kept: cached.Open(folder, []byte(cached.Name(parts...))), limits: newLimits}, nil
}

// Prepare starts compiling the scripts and resvg in the background, which takes a second or two.
// The first picture returns any error.
func Prepare() {
	if drawing == "sketch" {
		return
	}
	go scripts()
	go compiled()
}

// modules names the versions of the modules that run scripts, run WebAssembly and measure text, as
// far as the program knows them.
func modules() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	var out []string
	for _, d := range info.Deps {
		if slices.Contains([]string{"github.com/dop251/goja", "github.com/tetratelabs/wazero", "golang.org/x/image"}, d.Path) {
			out = append(out, d.Path+"@"+d.Version)
		}
	}
	return strings.Join(out, " ")
}

// SVG returns a chart as a self-contained SVG: one element with a view box, a title, and the
// chart's Alt as description. It holds no script and refers to nothing. The error is an *Error if
// the chart cannot be drawn.
func (s *Renderer) SVG(ctx context.Context, c Chart, f Form) ([]byte, error) {
	svg, err := s.plain(ctx, c, f)
	if err != nil {
		return nil, err
	}
	head := bytes.IndexByte(svg, '>')
	if !bytes.HasPrefix(svg, []byte("<svg ")) || head < 0 {
		return nil, &Error{c.Title, errors.New("the chart library returned no SVG")}
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "<svg role=\"img\" %s<title>%s</title>\n<desc>%s</desc>%s\n", svg[len("<svg "):head+1], escape(c.Title), escape(c.Alt), svg[head+1:])
	return out.Bytes(), nil
}

// PNG returns a card as a picture of the shape's size. Its errors are those of SVG.
func (s *Renderer) PNG(ctx context.Context, c Card, shape Shape) ([]byte, error) {
	layout, err := c.layout(shape)
	if err != nil {
		return nil, err
	}
	svg, err := s.plain(ctx, c.Chart, layout.form())
	if err != nil {
		return nil, err
	}
	card := layout.svg(svg)
	if s.sketch {
		return framePNG(cached.Name(card), shape)
	}
	draw := func() ([]byte, error) {
		return s.attempt(ctx, c.Title, func(ctx context.Context) ([]byte, error) { return pixels(withMemory(ctx), card, shape) })
	}
	return s.kept.Get(draw, []byte("png"), card)
}

// Prune removes from the folder the pictures that were not requested since Open.
func (s *Renderer) Prune() error { return s.kept.Prune() }

// plain returns a chart as drawn by the chart library.
func (s *Renderer) plain(ctx context.Context, c Chart, f Form) ([]byte, error) {
	drawn, err := json.Marshal([]any{c.Option, c.Dark, c.Decimals, f})
	if err != nil {
		return nil, &Error{c.Title, err}
	}
	if s.sketch {
		return frameSVG(cached.Name(drawn), f), nil
	}
	draw := func() ([]byte, error) {
		return s.attempt(ctx, c.Title, func(ctx context.Context) ([]byte, error) { return s.draw(ctx, c, f) })
	}
	return s.kept.Get(draw, []byte("svg"), drawn)
}

// attempt draws within the limits of one picture. Any error, including a panic, is reported as the
// picture's, except the end of ctx.
func (s *Renderer) attempt(ctx context.Context, title string, draw func(context.Context) ([]byte, error)) (data []byte, err error) {
	watched, done := s.watch(ctx)
	defer done()
	defer func() {
		if p := recover(); p != nil {
			data, err = nil, fmt.Errorf("panic: %v", p)
		}
		if cause := ctx.Err(); err != nil && cause != nil {
			err = cause
		} else if err != nil {
			err = &Error{title, err}
		}
	}()
	if err := watched.Err(); err != nil {
		return nil, context.Cause(watched)
	}
	return draw(watched)
}

// escape escapes a text for XML.
func escape(text string) string { return html.EscapeString(string(clean([]byte(text)))) }
