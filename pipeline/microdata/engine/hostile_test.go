package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"crossings/pipeline/microdata/csvscan"
)

// bomb writes a gzip file that decompresses to start followed by one letter, size bytes in all.
func bomb(t *testing.T, start string, fill byte, size int64) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bomb.csv.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewWriterLevel(f, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	z.Write([]byte(start))
	piece := []byte(strings.Repeat(string(fill), 1<<16))
	for ; size > 0; size -= int64(len(piece)) {
		z.Write(piece)
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// peak runs do and returns the largest growth of the heap in bytes.
func peak(do func()) uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	start := m.HeapInuse
	var most atomic.Uint64
	done := make(chan bool)
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most.Store(max(most.Load(), m.HeapInuse))
			}
		}
	}()
	do()
	close(done)
	return max(most.Load(), start) - start
}

// TestBombsAreRefusedInBoundedMemory normalises compressed files that decompress to records of 300
// MB.
func TestBombsAreRefusedInBoundedMemory(t *testing.T) {
	for name, c := range map[string]struct {
		start string
		fill  byte
	}{
		"a line without end":      {header + "1,", 'x'},
		"a quote without end":     {header + "1,\"", '\n'},
		"columns without end":     {"record", ','},
		"a field of NUL":          {header, 0},
		"a header without an end": {"\"", '\n'},
	} {
		t.Run(name, func(t *testing.T) {
			path := bomb(t, c.start, c.fill, 300<<20)
			var err error
			grew := peak(func() {
				_, err = Normalise(context.Background(), arrivals(), []string{path}, t.TempDir(), Options{Workers: 2}, nil)
			})
			if !errors.Is(err, csvscan.ErrRecord) {
				t.Errorf("got %v", err)
			}
			if grew > 64<<20 {
				t.Errorf("the heap grew by %d MiB", grew>>20)
			}
		})
	}
}

// TestMemoryIsBounded normalises four times the records in nearly the same memory.
func TestMemoryIsBounded(t *testing.T) {
	use := func(rows int) uint64 {
		path := filepath.Join(t.TempDir(), "many.csv")
		var b strings.Builder
		b.WriteString(header)
		for i := range rows {
			fmt.Fprintf(&b, "record-%08d,20%02d-%02d-%02d,R%d,Syria,M,%d,,,\n", i*7919%rows, 18+i*3/rows, i%12+1, i%28+1, i%5, i%50+1)
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		b.Reset()
		return peak(func() {
			if _, err := Normalise(context.Background(), arrivals(), []string{path}, t.TempDir(), Options{Workers: 2, Memory: 4 << 20, Block: 1 << 18}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	small, large := use(200_000), use(800_000)
	if large > small+small/2+16<<20 {
		t.Errorf("%d MiB for 200,000 rows, %d MiB for 800,000", small>>20, large>>20)
	}
}
