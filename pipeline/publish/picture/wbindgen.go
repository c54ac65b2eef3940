package picture

import (
	"context"
	"errors"
	"fmt"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// The module was made for JavaScript: it refers to values of the host by number and asks the host
// to create and read arrays. This file has the few of those functions that it imports.

// heapKey is the context key of the values of one picture.
type heapKey struct{}

// heap holds the values that the module refers to, by number.
type heap struct{ values []any }

// The first numbers are those of undefined, null, true and false.
const firstValue = 132

func newHeap() *heap { return &heap{make([]any, firstValue)} }

func heapOf(ctx context.Context) *heap { return ctx.Value(heapKey{}).(*heap) }

func (h *heap) add(v any) uint32 {
	h.values = append(h.values, v)
	return uint32(len(h.values) - 1)
}

// get returns the value of a number, or nil if there is none.
func (h *heap) get(i uint32) any {
	if int64(i) >= int64(len(h.values)) {
		return nil
	}
	return h.values[i]
}

// take is get for the last use of a value.
func (h *heap) take(i uint32) any {
	v := h.get(i)
	if v != nil && i >= firstValue {
		h.values[i] = nil
	}
	return v
}

type (
	memory struct{}               // the module's memory
	view   struct{ at, n uint32 } // a part of it
	all    struct{}               // all of it, for writing
	array  struct{ items []any }
	step   struct {
		value any
		done  bool
	}
)

// host is a function that the module imports.
type host struct {
	params, results int
	call            func(h *heap, m api.Module, args []uint32) (uint32, error)
}

// imports are the imported functions by the names that the module uses. The digits are part of the
// pinned version.
var imports = map[string]host{
	"__wbindgen_memory":             {0, 1, func(h *heap, _ api.Module, _ []uint32) (uint32, error) { return h.add(memory{}), nil }},
	"__wbg_buffer_12d079cc21e14bdb": {1, 1, func(h *heap, _ api.Module, _ []uint32) (uint32, error) { return h.add(memory{}), nil }},
	"__wbindgen_object_drop_ref":    {1, 0, func(h *heap, _ api.Module, a []uint32) (uint32, error) { h.take(a[0]); return 0, nil }},
	"__wbg_newwithbyteoffsetandlength_aa4a17c33a06e5cb": {3, 1, func(h *heap, _ api.Module, a []uint32) (uint32, error) {
		return h.add(view{a[1], a[2]}), nil
	}},
	"__wbg_new_63b92bc8671ed464": {1, 1, newBytes},
	"__wbg_values_839f3396d5aac002": {1, 1, func(h *heap, _ api.Module, a []uint32) (uint32, error) {
		return h.add(h.get(a[0])), nil
	}},
	"__wbg_next_196c84450b364254": {1, 1, next},
	"__wbg_done_298b57d23c0fc80c": {1, 1, func(h *heap, _ api.Module, a []uint32) (uint32, error) {
		s, ok := h.get(a[0]).(step)
		return truth(!ok || s.done), nil
	}},
	"__wbg_value_d93c65011f51a456": {1, 1, func(h *heap, _ api.Module, a []uint32) (uint32, error) {
		s, _ := h.get(a[0]).(step)
		return h.add(s.value), nil
	}},
	"__wbg_instanceof_Uint8Array_2b3bbecd033d19f6": {1, 1, func(h *heap, _ api.Module, a []uint32) (uint32, error) {
		_, ok := h.get(a[0]).([]byte)
		return truth(ok), nil
	}},
	"__wbindgen_string_get":         {2, 0, stringGet},
	"__wbg_new_16b304a2cfa7ff4a":    {0, 1, func(h *heap, _ api.Module, _ []uint32) (uint32, error) { return h.add(&array{}), nil }},
	"__wbindgen_string_new":         {2, 1, stringNew},
	"__wbg_new_28c511d9baebfa89":    {2, 1, stringNew}, // an error with that text
	"__wbg_push_a5b05aedc7234f9f":   {2, 1, push},
	"__wbg_length_c20a40f15020d68a": {1, 1, length},
	"__wbg_set_a47bac70306a19a7":    {3, 0, set},
	"__wbindgen_throw":              {2, 0, throw},
}

// hostModule registers the imports with a runtime.
func hostModule(ctx context.Context, runtime wazero.Runtime) error {
	b := runtime.NewHostModuleBuilder("wbg")
	for name, f := range imports {
		b.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(func(ctx context.Context, m api.Module, stack []uint64) {
			args := make([]uint32, f.params)
			for i := range args {
				args[i] = api.DecodeU32(stack[i])
			}
			out, err := f.call(heapOf(ctx), m, args)
			if err != nil {
				panic(err) // the runtime ends the module and returns the error
			}
			if f.results > 0 {
				stack[0] = api.EncodeU32(out)
			}
		}), numbers(f.params), numbers(f.results)).Export(name)
	}
	_, err := b.Instantiate(ctx)
	return err
}

// numbers are the types of n parameters or results.
func numbers(n int) []api.ValueType {
	out := make([]api.ValueType, n)
	for i := range out {
		out[i] = api.ValueTypeI32
	}
	return out
}

func truth(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// newBytes makes an array of bytes: a copy of a part of the memory, or the whole memory for
// writing.
func newBytes(h *heap, m api.Module, a []uint32) (uint32, error) {
	switch v := h.get(a[0]).(type) {
	case memory:
		return h.add(all{}), nil
	case view:
		data, err := read(m, v.at, v.n)
		return h.add(data), err
	}
	return 0, errors.New("resvg makes an array of something else than memory")
}

// read copies a part of the memory, which the module may move.
func read(m api.Module, at, n uint32) ([]byte, error) {
	data, ok := m.Memory().Read(at, n)
	if !ok {
		return nil, fmt.Errorf("resvg reads %d bytes at %d, outside its memory", n, at)
	}
	return append([]byte{}, data...), nil
}

// next takes the first item of an array. The module reads each array once.
func next(h *heap, _ api.Module, a []uint32) (uint32, error) {
	list, ok := h.get(a[0]).(*array)
	if !ok || len(list.items) == 0 {
		return h.add(step{done: true}), nil
	}
	item := list.items[0]
	list.items = list.items[1:]
	return h.add(step{value: item}), nil
}

func push(h *heap, _ api.Module, a []uint32) (uint32, error) {
	list, ok := h.get(a[0]).(*array)
	if !ok {
		return 0, errors.New("resvg appends to something else than an array")
	}
	list.items = append(list.items, h.get(a[1]))
	return uint32(len(list.items)), nil
}

func length(h *heap, m api.Module, a []uint32) (uint32, error) {
	switch v := h.get(a[0]).(type) {
	case []byte:
		return uint32(len(v)), nil
	case all:
		return m.Memory().Size(), nil
	}
	return 0, errors.New("resvg asks for the length of something else than bytes")
}

// set copies bytes into the memory.
func set(h *heap, m api.Module, a []uint32) (uint32, error) {
	data, ok := h.get(a[1]).([]byte)
	if _, whole := h.get(a[0]).(all); !ok || !whole || !m.Memory().Write(a[2], data) {
		return 0, errors.New("resvg copies something else than bytes into its memory")
	}
	return 0, nil
}

// stringGet writes where a text is in memory, and 0 if the value is not a text.
func stringGet(h *heap, m api.Module, a []uint32) (uint32, error) {
	var at, size uint32
	if text, ok := h.get(a[1]).(string); ok {
		out, err := m.ExportedFunction("__wbindgen_malloc").Call(context.Background(), uint64(len(text)), 1)
		if err != nil {
			return 0, err
		}
		at, size = api.DecodeU32(out[0]), uint32(len(text))
		if !m.Memory().WriteString(at, text) {
			return 0, errors.New("resvg has no memory for a text")
		}
	}
	if !m.Memory().WriteUint32Le(a[0], at) || !m.Memory().WriteUint32Le(a[0]+4, size) {
		return 0, errors.New("resvg asks for a text outside its memory")
	}
	return 0, nil
}

func stringNew(h *heap, m api.Module, a []uint32) (uint32, error) {
	data, err := read(m, a[0], a[1])
	return h.add(string(data)), err
}

// throw is called when the module cannot continue.
func throw(_ *heap, m api.Module, a []uint32) (uint32, error) {
	data, err := read(m, a[0], a[1])
	if err != nil {
		return 0, err
	}
	return 0, fmt.Errorf("resvg: %.200s", data)
}
