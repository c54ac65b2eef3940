package picture

import (
	"context"
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// withMemory makes resvg keep its memory outside the heap of the program. There it grows without being
// copied, the garbage collector does not count it, and it is given back at once.
func withMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(newMemory))
}

// newMemory reserves addresses for the most that a module may ask for. Only what is used takes memory. Where
// that much cannot be reserved, the memory is an ordinary slice, which is copied when it grows.
func newMemory(_, most uint64) experimental.LinearMemory {
	all, err := syscall.Mmap(-1, 0, int(most), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE|syscall.MAP_NORESERVE)
	if err != nil {
		return &sliceMemory{most: most}
	}
	return &mappedMemory{all}
}

// mappedMemory is a memory whose addresses are reserved.
type mappedMemory struct{ all []byte }

// Reallocate returns the first size bytes, or nil if that is more than was asked for at first.
func (m *mappedMemory) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	return m.all[:size:size]
}

// Free gives the memory back. Nobody may use it then.
func (m *mappedMemory) Free() {
	if m.all != nil {
		syscall.Munmap(m.all) // cannot fail: it was mapped like this
		m.all = nil
	}
}

// sliceMemory is a memory on the heap.
type sliceMemory struct {
	used []byte
	most uint64
}

// Reallocate returns a memory of that size with what was there, or nil if that is too much.
func (m *sliceMemory) Reallocate(size uint64) []byte {
	if size > m.most {
		return nil
	}
	if size > uint64(len(m.used)) {
		m.used = append(m.used, make([]byte, size-uint64(len(m.used)))...)
	}
	return m.used[:size]
}

// Free lets go of the memory.
func (m *sliceMemory) Free() { m.used = nil }
