package picture

import (
	"context"
	_ "embed" // runtime.js
	"encoding/json"
	"fmt"
	"sync"

	"github.com/dop251/goja"

	"crossings/charts"
)

// runtimeScript connects the chart library to this package.
//
//go:embed runtime.js
var runtimeScript string

// program is the compiled scripts, in execution order.
type program []*goja.Program

// scripts compiles the scripts once per process.
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

// engine runs the scripts for one picture after another, because starting takes a fifth of the time
// of a picture. It is not safe for concurrent use.
type engine struct {
	vm        *goja.Runtime
	drawChart goja.Callable
}

// start returns an engine that has run a program, or the cause of the context's end.
func start(ctx context.Context, p program) (*engine, error) {
	vm := goja.New()
	vm.SetMaxCallStackSize(2000)
	defer context.AfterFunc(ctx, func() { vm.Interrupt(context.Cause(ctx)) })()
	if err := vm.Set("measureWidth", measure); err != nil {
		return nil, err
	}
	for _, script := range p {
		if _, err := vm.RunProgram(script); err != nil {
			return nil, ended(ctx, err)
		}
	}
	drawChart, ok := goja.AssertFunction(vm.Get("drawChart"))
	if !ok {
		panic("runtime.js has no drawChart")
	}
	return &engine{vm, drawChart}, nil
}

// draw returns an SVG, or the cause of the context's end. After an error the engine must not be
// used again.
func (e *engine) draw(ctx context.Context, c Chart, f Form) ([]byte, error) {
	how, err := json.Marshal(map[string]any{"width": f.Width, "height": f.Height, "dark": f.Dark, "ground": f.ground(), "colours": append([]string{}, c.Dark...),
		"decimals": c.Decimals, "font": f.family()})
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { e.vm.Interrupt(context.Cause(ctx)) })
	svg, err := e.drawChart(goja.Undefined(), e.vm.ToValue(string(c.Option)), e.vm.ToValue(string(how)))
	if !stop() { // the interrupt may reach the next picture
		return nil, context.Cause(ctx)
	}
	if err != nil {
		return nil, err
	}
	return still([]byte(svg.String())), nil
}

// ended returns the cause of the context's end if that ended a script, which may look like a script
// error.
func ended(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// draw returns an SVG drawn by an idle engine, or by a new one.
func (s *Renderer) draw(ctx context.Context, c Chart, f Form) ([]byte, error) {
	if len(c.Option) > maxOption {
		return nil, fmt.Errorf("option of %d bytes, more than the limit of %d", len(c.Option), maxOption)
	}
	e, ok := s.engines.Get().(*engine)
	if !ok {
		p, err := scripts()
		if err != nil {
			return nil, err
		}
		if e, err = start(ctx, p); err != nil {
			return nil, err
		}
	}
	svg, err := e.draw(ctx, c, f)
	if err != nil {
		return nil, err
	}
	s.engines.Put(e)
	return svg, nil
}
