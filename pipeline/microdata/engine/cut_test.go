package engine

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest/files"
)

// TestCutFiles cuts files of records: in the last number, before the last line break, in the
// header, and anywhere in compressed bytes. Each is refused.
func TestCutFiles(t *testing.T) {
	whole := header + strings.Repeat("1,2019-01-01,R,Syria,M,1,,,\n", 300)
	z, s := files.Packed(t, []byte(whole))
	read := func(name string, data []byte, block int) error {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		l := arrivals()
		l.Key = ""
		_, err := Normalise(context.Background(), l, []string{path}, t.TempDir(), Options{Block: block}, func(Reject) error { return nil })
		return err
	}
	for name, data := range map[string][]byte{"a.csv": []byte(whole), "a.csv.gz": z, "a.csv.zst": s} {
		for _, block := range []int{64, 1 << 20} {
			if err := read(name, data, block); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, n := range []int{len(data) - 1, len(data) - 5, len(data) - 9, len(data) / 2, len(header) - 1} {
				err := read(name, data[:min(n, len(data)-1)], block)
				if err == nil {
					t.Errorf("%s, blocks of %d: a file cut at %d of %d bytes was accepted", name, block, n, len(data))
				} else if !strings.Contains(err.Error(), name) {
					t.Errorf("%s: error %v does not name the file", name, err)
				}
			}
		}
	}
}
