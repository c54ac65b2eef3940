package csvscan

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// record is one record and its first line. fields is nil if their number differs from that of the
// first record.
type record struct {
	Line   int64
	Fields []string
}

// scan reads text through a Cutter of the given block size.
func scan(text string, size, fields int) ([]record, error) {
	c := NewCutter(strings.NewReader(text), size)
	var x Index
	var out []record
	for {
		b, err := c.Next(nil)
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if err := x.Scan(b, fields); err != nil {
			return nil, err
		}
		out = append(out, records(&x, b.Line)...)
	}
}

func records(x *Index, line int64) []record {
	out := make([]record, x.Rows())
	var scratch, text []byte
	bad, breaks := x.Irregular(), x.Breaks()
	for r := range out {
		for len(breaks) > 0 && int(breaks[0]) <= r {
			breaks, line = breaks[1:], line+1
		}
		out[r].Line = line + int64(r)
		if len(bad) > 0 && bad[0].Row == r {
			bad = bad[1:]
			continue
		}
		for f := range x.fields {
			text, scratch = x.Field(r, f, scratch)
			out[r].Fields = append(out[r].Fields, string(text))
		}
	}
	return out
}

// reference reads text with encoding/csv.
func reference(text string, fields int) ([]record, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord = -1
	var out []record
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := r.FieldPos(0)
		if len(rec) != fields {
			rec = nil
		}
		out = append(out, record{int64(line), rec})
	}
}

// agree compares the two readers at several block sizes. A text whose last line does not end must
// be refused.
func agree(t *testing.T, text string) {
	t.Helper()
	if bare := strings.TrimPrefix(text, "\ufeff"); bare != "" && !strings.HasSuffix(bare, "\n") {
		for _, size := range []int{16, 64, 1 << 16} {
			if got, err := scan(text, size, 2); err == nil {
				t.Fatalf("%q, blocks of %d: the last line has no end, and it is read as %v", text, size, got)
			}
		}
		text += "\n"
	}
	for _, fields := range []int{1, 2, 3, 11} {
		want, wantErr := reference(text, fields)
		for _, size := range []int{16, 61, 64, 1 << 10, 1 << 16} {
			got, err := scan(text, size, fields)
			if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
				if !errors.Is(err, ErrEncoding) {
					t.Errorf("%q: got %v", text, err)
				}
				continue
			}
			if (err == nil) != (wantErr == nil) {
				t.Fatalf("%q, %d fields, blocks of %d: got %v, encoding/csv %v", text, fields, size, err, wantErr)
			}
			if err == nil && !cmp.Equal(got, want) {
				t.Fatalf("%q, %d fields, blocks of %d: -encoding/csv +ours\n%s", text, fields, size, cmp.Diff(want, got))
			}
		}
	}
}

func TestAgreesWithEncodingCSV(t *testing.T) {
	for _, text := range []string{
		"", "\n", "\r\n", "\r", "a", "a,b", "a,b\n", "a,b\r\nc,d\r\n", "a,b\n\n\nc,d\n", "\ufeffa,b\n1,2\n",
		`"a"`, `"a","b"`, "\"a\nb\",c\nd,e\n", "\"a\r\nb\",c\r\nd,\"e\"\r\n", `"a""b",c`, `"",""`, `""""`,
		"a\"b,c\n", "\"a\"b,c\n", "\"a", "\"a\"\r", "a,\"b\"\r\n", "x,y\r\r\n", "a\rb,c\n", ",\n,\n", ",,\n1\n1,2,3,4\n",
		strings.Repeat("a,b\n", 100), strings.Repeat("\"a,\n\",\"\"\"b\"\"\"\n", 50), "\x00,\xff\n", "a,\"b\" \n", " \"a\",b\n",
		strings.Repeat("x", 200) + ",y\n1,2\n",
	} {
		agree(t, text)
	}
}

// TestRandomText feeds both readers texts made of the bytes that matter.
func TestRandomText(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pieces := []string{",", ",", "\n", "\r\n", "\"", "\"\"", "a", "bc", "\"x,y\"", "\"p\nq\"", "\r", "0123456789012345"}
	for range 3000 {
		var b strings.Builder
		for range r.IntN(40) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		agree(t, b.String())
	}
}

func FuzzAgreesWithEncodingCSV(f *testing.F) {
	f.Add("a,b\n\"c\nd\",e\r\n")
	f.Add("\"a\"\"b\"\r\n\n,\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 1<<12 {
			agree(t, text)
		}
	})
}

// endless yields the same byte for ever.
type endless struct {
	c    byte
	read int64
}

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e.c
	}
	e.read += int64(len(p))
	return len(p), nil
}

func TestEndlessRecordsAreRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		start string
		fill  byte
	}{
		{"a line of 10 GB", "id,name\n1,", 'x'},
		{"a quote that is never closed", "id,name\n1,\"", '\n'},
		{"columns without end", "id", ','},
	} {
		t.Run(c.name, func(t *testing.T) {
			tail := &endless{c: c.fill}
			cut := NewCutter(io.MultiReader(strings.NewReader(c.start), io.LimitReader(tail, 10<<30)), 1<<16)
			var err error
			for err == nil {
				_, err = cut.Next(nil)
			}
			if !errors.Is(err, ErrRecord) {
				t.Errorf("got %v", err)
			}
			if tail.read > 4*MaxRecord {
				t.Errorf("%d bytes were read before the record was refused", tail.read)
			}
		})
	}
}

func TestErrorsSayTheLine(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a,b\n\"x\ny\",2\n3,4\"5\n", "line 4: " + ErrBare.Error()},
		{"a,b\n\"1\"2,3\n", "line 2: " + ErrQuote.Error()},
		{"a,b\n1,2\n3,\"4\n", "line 3: " + ErrOpen.Error()},
	} {
		for _, size := range []int{16, 1 << 12} {
			if _, err := scan(c.text, size, 2); err == nil || err.Error() != c.want {
				t.Errorf("%q: got %v, want %s", c.text, err, c.want)
			}
		}
	}
}

func TestHeader(t *testing.T) {
	names, next, err := Header(Block{Line: 1, Data: []byte("a,\"b\nc\"\r\n1,2\n")})
	if err != nil || next != 9 || !cmp.Equal(names, []string{"a", "b\nc"}) {
		t.Errorf("got %q, %d, %v", names, next, err)
	}
	if _, _, err := Header(Block{Line: 1, Data: []byte("\na,b\n")}); !errors.Is(err, ErrHeader) {
		t.Errorf("a blank line: got %v", err)
	}
}

// sample is about n bytes of records like those of a register of arrivals.
func sample(n int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "ev-%016x,2015-01-%02d,Central Mediterranean,Kyrgyzstan,M,14-17,%d,4,SRC-A%d,C,", uint64(i)*0x9E3779B97F4A7C15, i%28+1, i%12+1, i%60)
		if i%50 == 0 {
			b.WriteString("\"landed at night,\nnot \"\"verified\"\"\"")
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func BenchmarkScan(b *testing.B) {
	data := sample(4 << 20)
	block := Block{Line: 1, Data: append(data, make([]byte, Slack)...)[:len(data)]}
	var x Index
	if err := x.Scan(block, 11); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := x.Scan(block, 11); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(x.Rows()), "ns/row")
}

func BenchmarkCut(b *testing.B) {
	data := sample(64 << 20)
	buf := make([]byte, 4<<20+Slack)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		c := NewCutter(bytes.NewReader(data), 4<<20)
		for {
			if _, err := c.Next(buf); err != nil {
				break
			}
		}
	}
}
