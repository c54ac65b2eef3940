package parquetfile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

var columns = []Column{
	{Name: "id", Varied: true},
	{Name: "note", Optional: true, Varied: true},
	{Name: "day", Kind: Date},
	{Name: "route"},
	{Name: "boats", Kind: Int32, Optional: true},
	{Name: "wide", Kind: Int32},
	{Name: "sum", Kind: Int64},
	{Name: "huge", Kind: Int64},
	{Name: "never", Optional: true},
}

// table holds rows as text, column by column, with the chunks made from them.
type table struct {
	rows   [][]string
	chunks []Chunk
}

func random(r *rand.Rand, n int) table {
	t := table{rows: make([][]string, n)}
	routes := []string{"", "Channel", "Mediterranean", "Äther"}
	c := make([]Chunk, len(columns))
	c[2].Base, c[2].Card = 16000, 400
	c[3].Texts, c[3].Card = routes, len(routes)
	c[4].Card = 9
	c[5].Card = 1 << 20
	for i := range n {
		id := fmt.Sprintf("ev-%016x", r.Uint64())
		c[0].At, c[0].Arena = append(c[0].At, uint32(len(c[0].Arena))), text(c[0].Arena, id)
		note := ""
		if r.IntN(3) == 0 {
			c[1].At = append(c[1].At, Missing)
			note = "∅"
		} else {
			note = string(bytes.Repeat([]byte("xy"), r.IntN(200)))
			c[1].At, c[1].Arena = append(c[1].At, uint32(len(c[1].Arena))), text(c[1].Arena, note)
		}
		day, route, boats := r.Int32N(400), r.Int32N(4), r.Int32N(10)-1
		wide, sum, huge := r.Int32N(1<<20), r.Int64N(100)-50, int64(r.Uint64())
		c[2].Codes, c[3].Codes, c[4].Codes = append(c[2].Codes, day), append(c[3].Codes, route), append(c[4].Codes, boats)
		c[5].Codes, c[6].Ints, c[7].Ints = append(c[5].Codes, wide), append(c[6].Ints, sum), append(c[7].Ints, huge)
		c[8].Codes = append(c[8].Codes, Null)
		b := fmt.Sprint(boats)
		if boats < 0 {
			b = "∅"
		}
		t.rows[i] = []string{id, note, fmt.Sprint(day + 16000), routes[route], b, fmt.Sprint(wide), fmt.Sprint(sum), fmt.Sprint(huge), "∅"}
	}
	t.chunks = c
	return t
}

func text(arena []byte, s string) []byte {
	return append(binary.AppendUvarint(arena, uint64(len(s))), s...)
}

func write(t *testing.T, w io.Writer, tables ...table) {
	t.Helper()
	out, err := NewWriter()
	if err != nil {
		t.Fatal(err)
	}
	out.Reset(w, columns)
	for _, x := range tables {
		if err := out.Group(len(x.rows), x.chunks); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestParquetGoReadsIt reads rows, page indexes and checksums with parquet-go's own reader.
func TestParquetGoReadsIt(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	a, b := random(r, 70000), random(r, 1)
	var file bytes.Buffer
	write(t, &file, a, table{}, b)
	f, err := parquet.OpenFile(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, g := range f.RowGroups() {
		rows := g.Rows()
		buf := make([]parquet.Row, 100)
		for {
			n, err := rows.ReadRows(buf)
			for _, row := range buf[:n] {
				var out []string
				for _, v := range row {
					if v.IsNull() {
						out = append(out, "∅")
						continue
					}
					out = append(out, v.String())
				}
				got = append(got, out)
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if diff := cmp.Diff(append(a.rows, b.rows...), got); diff != "" {
		t.Errorf("-want +got\n%.2000s", diff)
	}
	checkBounds(t, f, a)
}

// checkBounds compares the first page's bounds in the column index with its days.
func checkBounds(t *testing.T, f *parquet.File, a table) {
	t.Helper()
	low, high := int32(1<<30), int32(0)
	for _, c := range a.chunks[2].Codes[:PageRows] {
		low, high = min(low, c+16000), max(high, c+16000)
	}
	index, err := f.RowGroups()[0].ColumnChunks()[2].ColumnIndex()
	if err != nil {
		t.Fatal(err)
	}
	if index.NumPages() != 3 || index.MinValue(0).Int32() != low || index.MaxValue(0).Int32() != high {
		t.Errorf("got %d pages, %v to %v; want %d to %d", index.NumPages(), index.MinValue(0), index.MaxValue(0), low, high)
	}
	nulls, _ := f.RowGroups()[0].ColumnChunks()[8].ColumnIndex()
	if !nulls.NullPage(1) {
		t.Error("a page of missing values is not marked as one")
	}
}

func TestReaderGivesWhatTheWriterTook(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	a, b := random(r, 40000), random(r, 300)
	path := filepath.Join(t.TempDir(), "x.parquet")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, f, a, b)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	in, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	want := append(a.rows, b.rows...)
	var v Values
	for i, c := range columns {
		var got []string
		if c.Varied {
			err = in.Texts(c.Name, func(text []byte) {
				if text == nil {
					text = []byte("∅")
				}
				got = append(got, string(text))
			})
		} else if err = in.Read(c.Name, &v); err == nil {
			for _, code := range v.Codes {
				switch {
				case code == Null:
					got = append(got, "∅")
				case c.Kind == Text:
					got = append(got, v.Texts[code])
				default:
					got = append(got, fmt.Sprint(v.Ints[code]))
				}
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		for row := range want {
			if len(got) != len(want) || got[row] != want[row][i] {
				t.Fatalf("%s: %d rows, row %d: got %q, want %q", c.Name, len(got), row, got[row], want[row][i])
			}
		}
	}
}

func TestWriterAgainGivesTheSameBytes(t *testing.T) {
	a := random(rand.New(rand.NewPCG(3, 3)), 5000)
	var one, two bytes.Buffer
	write(t, &one, a)
	write(t, &two, a)
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("the same rows gave different bytes")
	}
}

func TestOpenRefusesWhatIsNoParquet(t *testing.T) {
	for name, data := range map[string]string{"empty": "", "text": "a,b\n1,2\n3,4\n", "footer": "PAR1\xff\xff\xff\x7fPAR1"} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); err == nil {
			t.Errorf("%s was opened", name)
		}
	}
}

func BenchmarkGroup(b *testing.B) {
	a := random(rand.New(rand.NewPCG(4, 4)), 1<<17)
	a.chunks[1].At, a.chunks[1].Codes = nil, a.chunks[8].Codes
	w, err := NewWriter()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		w.Reset(io.Discard, columns)
		if err := w.Group(1<<17, a.chunks); err != nil {
			b.Fatal(err)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(1<<17), "ns/row")
}
