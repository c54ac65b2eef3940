package engine

import (
	"bytes"
	"context"
	"hash/maphash"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"crossings/pipeline/microdata/csvscan"
)

// parsed returns a block and a worker that has parsed it once.
func parsed(t testing.TB) (*worker, csvscan.Block, []int, int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.csv")
	register(t, rand.New(rand.NewPCG(1, 9)), path, 20000, day(2018, 1, 1), day(2020, 12, 31))
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p, err := compile(arrivals())
	if err != nil {
		t.Fatal(err)
	}
	f := &blocks{in: &intake{plan: p}}
	b, err := csvscan.NewCutter(bytes.NewReader(data), len(data)+1).Next(nil)
	if err != nil {
		t.Fatal(err)
	}
	b, fields, count, err := f.header(b)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorker(p, maphash.MakeSeed())
	if err := w.parse(b, fields, count); err != nil {
		t.Fatal(err)
	}
	return w, b, fields, count
}

// TestNoAllocationPerRow parses and packs a block of 20,000 rows again. It may allocate only the
// run and the texts of refused rows.
func TestNoAllocationPerRow(t *testing.T) {
	w, b, fields, count := parsed(t)
	rows, ids := newStore("", 1<<40), newStore("", 1<<40)
	n := testing.AllocsPerRun(10, func() {
		if err := w.parse(b, fields, count); err != nil {
			t.Fatal(err)
		}
		if _, err := w.finish(rows, ids); err != nil {
			t.Fatal(err)
		}
	})
	if most := float64(len(w.rejects) + 100); n > most {
		t.Errorf("%v allocations for %d rows, %d of them refused; want at most %v", n, w.index.Rows(), len(w.rejects), most)
	}
}

// BenchmarkBlock measures the hot path: from a block of CSV to a sorted, packed run. It allocates
// per block and per refused row, and nothing per row; allocs/op counts in whole numbers.
func BenchmarkBlock(b *testing.B) {
	w, block, fields, count := parsed(b)
	b.SetBytes(int64(len(block.Data)))
	b.ReportAllocs()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		rows, ids := newStore("", 1<<40), newStore("", 1<<40)
		if err := w.parse(block, fields, count); err != nil {
			b.Fatal(err)
		}
		if _, err := w.finish(rows, ids); err != nil {
			b.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(int((after.Mallocs-before.Mallocs)/uint64(b.N))/w.index.Rows()), "allocs/row")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(w.index.Rows()), "ns/row")
}

// BenchmarkNormalise measures a whole run with a spill.
func BenchmarkNormalise(b *testing.B) {
	path := filepath.Join(b.TempDir(), "a.csv")
	register(b, rand.New(rand.NewPCG(1, 9)), path, 200000, day(2018, 1, 1), day(2020, 12, 31))
	out := b.TempDir()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Normalise(context.Background(), arrivals(), []string{path}, out, Options{Memory: -1}, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/200000, "ns/row")
}
