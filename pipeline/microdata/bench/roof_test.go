package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/delta"

	"crossings/pipeline/microdata/engine"
)

// The benchmarks in this file measure a lower bound for the jobs: the time that a machine takes
// only to read and write the bytes. Run them with
//
// go test -bench Roof ./pipeline/microdata/bench

const roofBytes = 64 << 20

func roof(b *testing.B, n int, do func()) {
	b.SetBytes(int64(n))
	for b.Loop() {
		do()
	}
}

func BenchmarkRoofCopy(b *testing.B) {
	from, to := make([]byte, roofBytes), make([]byte, roofBytes)
	roof(b, roofBytes, func() { copy(to, from) })
}

func BenchmarkRoofReadCached(b *testing.B) {
	path := filepath.Join(b.TempDir(), "x")
	if err := os.WriteFile(path, make([]byte, roofBytes), 0o644); err != nil {
		b.Fatal(err)
	}
	buf := make([]byte, 2<<20)
	roof(b, roofBytes, func() {
		f, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		for {
			if _, err := f.Read(buf); err == io.EOF {
				return
			}
		}
	})
}

func BenchmarkRoofWriteCached(b *testing.B) {
	path := filepath.Join(b.TempDir(), "x")
	piece := make([]byte, 128<<10)
	roof(b, roofBytes, func() {
		f, err := os.Create(path)
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		for range roofBytes / len(piece) {
			f.Write(piece)
		}
	})
}

func BenchmarkRoofQuotesAndBreaks(b *testing.B) {
	data := bytes.Repeat([]byte("ev-0123456789abcdef,2019-01-01,Central Mediterranean,Syria\n"), roofBytes/59)
	roof(b, len(data), func() {
		bytes.Count(data, []byte{'"'})
		bytes.Count(data, []byte{'\n'})
	})
}

func BenchmarkRoofSHA256(b *testing.B) {
	data := make([]byte, roofBytes)
	roof(b, roofBytes, func() { sha256.Sum256(data) })
}

// ids returns n identifiers like those of the benchmark, and the end offset of each.
func ids(n int) (data []byte, ends []uint32) {
	ends = []uint32{0}
	for i := range n {
		z := (uint64(i) + 1) * 0x9E3779B97F4A7C15
		z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
		data = fmt.Appendf(data, "ev-%016x", z^z>>31)
		ends = append(ends, uint32(len(data)))
	}
	return data, ends
}

func BenchmarkRoofIDs(b *testing.B) {
	const n = 1 << 15
	data, ends := ids(n)
	var plain []byte
	for i := range n {
		plain = append(append(plain, 19, 0, 0, 0), data[ends[i]:ends[i+1]]...)
	}
	options := []zstd.EOption{zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false)}
	fastest, _ := zstd.NewWriter(nil, options...)
	literals, _ := zstd.NewWriter(nil, append(options, zstd.WithAllLitEntropyCompression(true))...)
	var out, packed []byte
	per := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/row")
		b.ReportMetric(float64(len(out))/n, "B/row")
	}
	b.Run("plain", func(b *testing.B) {
		roof(b, len(data), func() { out = fastest.EncodeAll(plain, out[:0]) })
		per(b)
	})
	b.Run("delta", func(b *testing.B) {
		roof(b, len(data), func() {
			packed, _ = (&delta.ByteArrayEncoding{}).EncodeByteArray(packed[:0], data, ends)
			out = literals.EncodeAll(packed, out[:0])
		})
		per(b)
	})
}

// TestJobs runs all jobs on a few records, to check that the command works.
func TestJobs(t *testing.T) {
	data, out := t.TempDir(), t.TempDir()
	head := "record_id,event_date,route,nationality,sex,age_band,persons,boats,source_id,quality,note\n"
	for name, text := range map[string]string{
		"countries.csv":   "name,iso3\nSyria,SYR\n",
		"raw.csv":         head + "a,2019-06-15,Channel,Syria,M,18-34,2,1,S1,A,\nb,15/06/2023,Channel,Syria,F,18-34,3,,S1,A,note\nc,2023-02-30,Channel,Syria,F,18-34,3,,S1,A,\n",
		"new_day.csv":     head + "d,2024-12-31,Channel,Syria,male,18-34,4,,S1,A,\n",
		"revised_day.csv": head + "e,2019-06-15,Channel,Syria,,18-34,5,,S1,A,\n",
	} {
		if err := os.WriteFile(filepath.Join(data, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, job := range []string{"j1", "j2", "j3", "j4a", "j4r"} {
		if err := run([]string{job, data, out}); err != nil {
			t.Fatalf("%s: %v", job, err)
		}
	}
	rejects, err := os.ReadFile(filepath.Join(out, "rejects.csv"))
	if err != nil || string(rejects) != "rec,reason\n3,bad_date\n" {
		t.Errorf("got %q, %v", rejects, err)
	}
	last, err := os.ReadFile(filepath.Join(out, "compare", "year=2024", "2024-12.csv"))
	if want := "2024-12-31,Channel,SYR,4,4,3,1,3333,571\n"; err != nil || !bytes.HasSuffix(last, []byte(want)) {
		t.Errorf("the last day is not %s but ends %q, %v", want, last[max(0, len(last)-60):], err)
	}
	m, err := engine.ReadManifest(filepath.Join(out, "norm"))
	if err != nil || len(m.Partitions) != 3 {
		t.Errorf("got %+v, %v", m, err)
	}
	if err := run([]string{"j5", data, out}); err == nil {
		t.Error("an unknown job was run")
	}
}
