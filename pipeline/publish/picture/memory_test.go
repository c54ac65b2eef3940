package picture

import (
	"testing"

	"github.com/tetratelabs/wazero/experimental"
)

// TestMemoryGrows grows both kinds of memory and looks at what was there.
func TestMemoryGrows(t *testing.T) {
	const page, most = 64 << 10, 1 << 20
	for name, m := range map[string]experimental.LinearMemory{"mapped": newMemory(page, most), "slice": &sliceMemory{most: most}} {
		data := m.Reallocate(page)
		if len(data) != page || data[0] != 0 {
			t.Fatalf("%s: %d bytes", name, len(data))
		}
		data[page-1] = 7
		data = m.Reallocate(most)
		if len(data) != most || data[page-1] != 7 || data[page] != 0 || data[most-1] != 0 {
			t.Errorf("%s: %d bytes that are not what was there", name, len(data))
		}
		if more := m.Reallocate(most + 1); more != nil {
			t.Errorf("%s grows to %d bytes", name, len(more))
		}
		m.Free()
		m.Free()
	}
	if _, ok := newMemory(0, 1<<62).(*sliceMemory); !ok {
		t.Error("addresses were reserved that no machine has")
	}
}
