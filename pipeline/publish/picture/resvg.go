package picture

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"golang.org/x/sync/singleflight"

	"crossings/pipeline/publish/cached"
)

// maxPages is the memory limit of one picture, in pages of 64 KiB.
const maxPages = 8192

// resvgOptions are those of npm @resvg/resvg-wasm: nothing of the machine is used.
const resvgOptions = `{"font":{"loadSystemFonts":false,"defaultFontFamily":"Liberation Sans","sansSerifFamily":"Liberation Sans"}}`

// resvg is the compiled module.
type resvg struct {
	runtime wazero.Runtime
	code    wazero.CompiledModule
}

// compiled returns the module, which is compiled once per process and only if a PNG is requested; see
// compile. Each picture has its own instance.
var compiled = sync.OnceValues(func() (*resvg, error) { return compile(context.Background(), ownFolder()) })

// maxSVG is the largest SVG for resvg, in bytes. A card has some 50 kB.
const maxSVG = 8 << 20

// rasterising are the cards in progress in this process, by hash.
var rasterising singleflight.Group

// pixels is rasterise for a caller that does not wait beyond the end of ctx. resvg then continues
// in the background. A later call for the same card waits for the same attempt, so one that never
// ends takes no more than one processor.
func pixels(ctx context.Context, card []byte, s Shape) ([]byte, error) {
	name := cached.Name(card, fmt.Append(nil, s.Width, s.Height))
	made := rasterising.DoChan(name, func() (png any, err error) {
		defer func() {
			if p := recover(); p != nil {
				png, err = []byte(nil), fmt.Errorf("resvg: panic: %v", p)
			}
		}()
		return rasterise(context.WithoutCancel(ctx), card, s.Width, s.Height)
	})
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case r := <-made:
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.([]byte), nil
	}
}

// rasterise renders an opaque SVG of the given size as PNG.
//
// Note: resvg cannot be stopped. The checks for that would make it five times as slow, and its work
// is bounded: one card of our own layout. See pixels.
func rasterise(ctx context.Context, svg []byte, width, height int) ([]byte, error) {
	if len(svg) > maxSVG {
		return nil, fmt.Errorf("card of %d bytes, more than the limit of %d", len(svg), maxSVG)
	}
	r, err := compiled()
	if err != nil {
		return nil, err
	}
	ctx = context.WithValue(ctx, heapKey{}, newHeap())
	instance, err := r.runtime.InstantiateModule(ctx, r.code, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return nil, err
	}
	defer instance.Close(ctx) // only frees memory
	pixels, err := guest{ctx, instance}.render(svg)
	if err != nil {
		return nil, err
	}
	if len(pixels) != 4*width*height {
		return nil, fmt.Errorf("resvg gave %d bytes for %d × %d pixels", len(pixels), width, height)
	}
	return encode(pixels, width, height)
}

// guest calls the module's exports, as the JavaScript that comes with it does.
type guest struct {
	ctx context.Context
	api.Module
}

// render parses and draws an SVG and returns its pixels, four bytes each. We encode them ourselves,
// because resvg takes three times as long for that.
func (g guest) render(svg []byte) ([]byte, error) {
	h := heapOf(g.ctx)
	site, err := fontsOfSite()
	if err != nil {
		return nil, err
	}
	fonts := &array{items: []any{liberationsansregular.TTF, liberationsansbold.TTF}}
	for _, ttf := range site.files {
		fonts.items = append(fonts.items, ttf)
	}
	options, size, err := g.pass(resvgOptions)
	if err != nil {
		return nil, err
	}
	tree, err := g.result("resvg_new", uint64(h.add(string(svg))), uint64(options), uint64(size), uint64(h.add(fonts)))
	if err != nil {
		return nil, err
	}
	drawn, err := g.result("resvg_render", uint64(tree))
	if err != nil {
		return nil, err
	}
	pixels, err := g.call("renderedimage_pixels", uint64(drawn))
	if err != nil {
		return nil, err
	}
	data, ok := h.take(pixels).([]byte)
	if !ok {
		return nil, errors.New("resvg gave no pixels")
	}
	return data, nil
}

// result calls a function that writes its result to the stack: a value, an error, and whether there
// is an error.
func (g guest) result(name string, args ...uint64) (uint32, error) {
	stack, err := g.call("__wbindgen_add_to_stack_pointer", api.EncodeI32(-16))
	if err != nil {
		return 0, err
	}
	if _, err := g.call(name, append([]uint64{uint64(stack)}, args...)...); err != nil {
		return 0, err
	}
	// resvg_new and resvg_render write value, error, whether there is an error.
	value, ok0 := g.Memory().ReadUint32Le(stack)
	fault, ok1 := g.Memory().ReadUint32Le(stack + 4)
	failed, ok2 := g.Memory().ReadUint32Le(stack + 8)
	if !ok0 || !ok1 || !ok2 {
		return 0, errors.New("resvg: the stack is outside the memory")
	}
	if failed != 0 {
		return 0, fmt.Errorf("resvg: %v", heapOf(g.ctx).take(fault))
	}
	_, err = g.call("__wbindgen_add_to_stack_pointer", 16)
	return value, err
}

// call calls a function that returns one number or none.
func (g guest) call(name string, args ...uint64) (uint32, error) {
	f := g.ExportedFunction(name)
	if f == nil {
		return 0, fmt.Errorf("resvg has no function %s", name)
	}
	out, err := f.Call(g.ctx, args...)
	if err != nil || len(out) == 0 {
		return 0, err
	}
	return api.DecodeU32(out[0]), nil
}

// pass copies a text into the module's memory.
func (g guest) pass(text string) (at, size uint32, err error) {
	at, err = g.call("__wbindgen_malloc", uint64(len(text)), 1)
	if err != nil {
		return 0, 0, err
	}
	if !g.Memory().WriteString(at, text) {
		return 0, 0, errors.New("resvg: no memory for a text")
	}
	return at, uint32(len(text)), nil
}
