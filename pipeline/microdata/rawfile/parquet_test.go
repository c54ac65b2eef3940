package rawfile

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

// written writes rows to a Parquet file of several groups and returns its path.
func written[T any](t *testing.T, rows ...T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "records.parquet")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := parquet.NewGenericWriter[T](f, parquet.MaxRowsPerRowGroup(2))
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func text(t testing.TB, path string) (string, error) {
	t.Helper()
	var n atomic.Int64
	r, closer, err := Open(path, &n)
	if err != nil {
		return "", err
	}
	data, err := io.ReadAll(r)
	if err == nil && n.Load() == 0 {
		t.Error("no bytes are counted")
	}
	if e := closer(); e != nil {
		t.Error(e)
	}
	return string(data), err
}

// TestParquetIsReadAsCSV reads a column of each kind that can be a field, over several groups of rows.
func TestParquetIsReadAsCSV(t *testing.T) {
	type record struct {
		ID      string   `parquet:"id"`
		Date    int32    `parquet:"date,date"`
		Persons int64    `parquet:"persons"`
		Boats   *int32   `parquet:"boats,optional"`
		Share   *float64 `parquet:"share,optional"`
		Wide    uint64   `parquet:"wide"`
		Note    *string  `parquet:"note,optional,dict"`
	}
	day := func(s string) int32 {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return int32(d.Unix() / 86400)
	}
	three, half, note := int32(-3), 2.5, "a, \"b\"\nc"
	got, err := text(t, written(t,
		record{"e1", day("2024-02-29"), 45, &three, &half, 1 << 63, &note},
		record{"e2", day("1969-12-31"), -1, nil, nil, 0, nil},
		record{"=e3", day("2025-01-01"), 0, nil, nil, 7, nil}))
	want := "id,date,persons,boats,share,wide,note\ne1,2024-02-29,45,-3,2.5,9223372036854775808,\"a, \"\"b\"\"\nc\"\ne2,1969-12-31,-1,,,0,\n=e3,2025-01-01,0,,,7,\n"
	if err != nil || got != want {
		t.Errorf("got %q, %v", got, err)
	}
}

// TestParquetThatIsNoTable refuses what cannot be a field, and a file that is cut.
func TestParquetThatIsNoTable(t *testing.T) {
	for name, path := range map[string]string{
		"lists":      written(t, struct{ Names []string }{[]string{"a"}}),
		"records":    written(t, struct{ Of struct{ A, B string } }{}),
		"timestamps": written(t, struct{ At time.Time }{time.Unix(0, 0)}),
		"truths":     written(t, struct{ Is bool }{true}),
	} {
		if got, err := text(t, path); err == nil || !strings.Contains(err.Error(), "records.parquet: column") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	whole, err := os.ReadFile(written(t, struct{ ID string }{"x"}))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{4, 8, len(whole) / 2, len(whole) - 1} {
		path := filepath.Join(t.TempDir(), "cut.parquet")
		if err := os.WriteFile(path, whole[:n], 0o644); err != nil {
			t.Fatal(err)
		}
		if got, err := text(t, path); err == nil {
			t.Errorf("%d of %d bytes were read as %q", n, len(whole), got)
		}
	}
}

// TestCompressionsOfParquet reads the usual compressions and refuses the others.
func TestCompressionsOfParquet(t *testing.T) {
	for codec, read := range map[compress.Codec]bool{&parquet.Uncompressed: true, &parquet.Snappy: true, &parquet.Zstd: true, &parquet.Gzip: false, &parquet.Lz4Raw: false, &parquet.Brotli: false} {
		path := filepath.Join(t.TempDir(), "records.parquet")
		if err := parquet.WriteFile(path, []struct{ ID string }{{"a"}}, parquet.Compression(codec)); err != nil {
			t.Fatal(err)
		}
		got, err := text(t, path)
		if read && (err != nil || got != "ID\na\n") || !read && (err == nil || !strings.Contains(err.Error(), "is compressed with")) {
			t.Errorf("%s: %q, %v", codec, got, err)
		}
	}
}

// FuzzParquet changes bytes of a file: it is read or refused, and nothing else.
func FuzzParquet(f *testing.F) {
	path := filepath.Join(f.TempDir(), "seed.parquet")
	if err := parquet.WriteFile(path, []struct {
		ID string `parquet:"id,dict"`
		N  *int64 `parquet:"n,optional"`
	}{{"a", nil}, {"b", new(int64)}}); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	for at := range whole {
		f.Add(at, byte(1<<(at%8)))
	}
	f.Fuzz(func(t *testing.T, at int, with byte) {
		data := append([]byte{}, whole...)
		data[uint(at)%uint(len(data))] ^= with
		path := filepath.Join(t.TempDir(), "changed.parquet")
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		text(t, path)
	})
}
