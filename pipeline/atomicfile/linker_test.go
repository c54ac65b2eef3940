package atomicfile

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestLinker writes a file in parts of several sizes next to older ones that are the same, shorter, longer or
// different, or not there.
func TestLinker(t *testing.T) {
	t.Parallel()
	want := bytes.Repeat([]byte("0123456789"), 20)
	other := bytes.Clone(want)
	other[150]++
	for name, c := range map[string]struct {
		old    []byte
		linked bool
	}{
		"same": {want, true}, "none": {nil, false}, "empty": {[]byte{}, false}, "shorter": {want[:100], false}, "longer": {append(bytes.Clone(want), 'x'), false}, "other": {other, false},
	} {
		for _, size := range []int{1, 7, 50, len(want)} {
			dir := t.TempDir()
			old, path := filepath.Join(dir, "old"), filepath.Join(dir, "new")
			if c.old != nil {
				if err := os.WriteFile(old, c.old, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			l, err := NewLinker(old, path)
			if err != nil {
				t.Fatal(err)
			}
			for part := want; len(part) > 0; part = part[min(size, len(part)):] {
				if n, err := l.Write(part[:min(size, len(part))]); err != nil || n != min(size, len(part)) {
					t.Fatalf("%s: %d bytes written: %v", name, n, err)
				}
			}
			linked, err := l.Close()
			got, failed := os.ReadFile(path)
			if err != nil || failed != nil || linked != c.linked || !bytes.Equal(got, want) {
				t.Errorf("%s in parts of %d: linked %v, %q, %v, %v", name, size, linked, got, err, failed)
			}
			if there, _ := os.ReadFile(old); !bytes.Equal(there, c.old) {
				t.Errorf("%s in parts of %d: the older file changed", name, size)
			}
		}
	}
}
