package engine

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crossings/pipeline/microdata/csvscan"
	"crossings/pipeline/source/sourcetest/files"
)

// normalise runs Normalise and returns the rows and the rejects.
func normalise(t testing.TB, l Layout, dir string, o Options, files ...string) (Report, []Reject) {
	t.Helper()
	var rejects []Reject
	report, err := Normalise(context.Background(), l, files, dir, o, func(r Reject) error {
		rejects = append(rejects, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return report, rejects
}

func texts(rows []row) (out []string) {
	for _, r := range rows {
		out = append(out, r.String())
	}
	return out
}

func TestNormaliseAgreesWithReference(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.csv"), filepath.Join(dir, "b.csv")
	register(t, r, a, 4000, day(2018, 1, 1), day(2019, 6, 30))
	register(t, r, b, 2000, day(2019, 1, 1), day(2020, 12, 31))
	wantRows, wantRejects := judgeReference(t, a, b)
	for _, o := range []Options{{}, {Workers: 1, Block: 1}, {Workers: 3, Block: 777, Memory: -1}, {Workers: 2, Block: 1 << 14, Memory: 1 << 16, Durable: true}} {
		out := t.TempDir()
		report, rejects := normalise(t, arrivals(), out, o, a, b)
		if diff := cmp.Diff(wantRejects, rejects); diff != "" {
			t.Errorf("%+v: rejects -want +got\n%.3000s", o, diff)
		}
		if diff := cmp.Diff(texts(wantRows), texts(readRows(t, out))); diff != "" {
			t.Errorf("%+v: rows -want +got\n%.3000s", o, diff)
		}
		if report.Records != int64(len(wantRows)+len(wantRejects)) || report.Rows != int64(len(wantRows)) || report.Refused != int64(len(wantRejects)) {
			t.Errorf("%+v: got %+v, want %d rows and %d rejects", o, report, len(wantRows), len(wantRejects))
		}
	}
}

// contents returns the files of a folder by path.
var contents = files.Tree

// TestBytesDoNotDependOnTheWay compares whole folders for any number of workers, any block size and
// memory, compressed or not, and with the records in one file or in several.
func TestBytesDoNotDependOnTheWay(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole.csv")
	register(t, r, whole, 3000, day(2018, 1, 1), day(2020, 12, 31))
	base := t.TempDir()
	normalise(t, arrivals(), base, Options{}, whole)
	want := contents(t, base)
	compare := func(name string, got map[string]string) {
		t.Helper()
		delete(got, ManifestName)
		for path, data := range want {
			if path != ManifestName && got[path] != data {
				t.Errorf("%s: %s differs", name, path)
			}
		}
		if len(got) != len(want)-1 {
			t.Errorf("%s: %d files, want %d", name, len(got), len(want)-1)
		}
	}
	for _, o := range []Options{{Workers: 1, Block: 1}, {Workers: 4, Block: 500, Memory: -1}, {Workers: 2, Block: 4096, Memory: 1 << 15}} {
		out := t.TempDir()
		normalise(t, arrivals(), out, o, whole)
		compare(fmt.Sprintf("%+v", o), contents(t, out))
	}
	for name, files := range split(t, whole) {
		out := t.TempDir()
		normalise(t, arrivals(), out, Options{}, files...)
		compare(name, contents(t, out))
	}
}

// split writes the file in other forms.
func split(t *testing.T, path string) map[string][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, data []byte) string {
		p := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(p, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return p
	}
	z, s := files.Packed(t, data)
	var blocks []string
	cut := csvscan.NewCutter(bytes.NewReader(data), len(data)/3)
	for {
		b, err := cut.Next(nil)
		if err != nil {
			break
		}
		part := b.Data
		if b.Seq > 0 {
			part = append([]byte("\ufeff"+header), part...)
		}
		blocks = append(blocks, write(fmt.Sprintf("%d.csv", b.Seq), part))
	}
	return map[string][]string{
		"gzip": {write("a.csv.gz", z)}, "zstd": {write("a.csv.zst", s)}, "parts": blocks,
		"CRLF": {write("crlf.csv", bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")))},
	}
}

// TestGolden normalises the small register in testdata and compares the result with the golden
// files.
func TestGolden(t *testing.T) {
	rows, rejects := judgeReference(t, "testdata/arrivals.csv")
	out := t.TempDir()
	_, got := normalise(t, arrivals(), out, Options{}, "testdata/arrivals.csv")
	var b strings.Builder
	for _, r := range readRows(t, out) {
		fmt.Fprintf(&b, "%q\n", r.String())
	}
	for _, r := range got {
		fmt.Fprintf(&b, "refused: record %d, line %d, %s %q: %s\n", r.Record, r.Line, r.Column, r.Value, r.Reason)
	}
	if len(rows) == 0 || len(rejects) != len(got) {
		t.Errorf("the reference has %d rows and %d rejects, not %d", len(rows), len(rejects), len(got))
	}
	golden := "testdata/arrivals.golden"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestVariedTextIsWrittenWithoutDictionary(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString(header)
	for i := range maxCodes + 500 {
		fmt.Fprintf(&b, "id%d,2019-01-01,R,Syria,M,1,,,note %d\n", i, i)
	}
	fmt.Fprintf(&b, "long,2019-01-01,R,Syria,M,1,,,%s\nnone,2019-01-01,R,Syria,M,1,,,\n", strings.Repeat("long ", 200))
	path := filepath.Join(dir, "varied.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	want, _ := judgeReference(t, path)
	for _, o := range []Options{{}, {Workers: 3, Block: 1 << 13, Memory: -1}} {
		out := t.TempDir()
		normalise(t, arrivals(), out, o, path)
		if diff := cmp.Diff(texts(want), texts(readRows(t, out))); diff != "" {
			t.Errorf("%+v: -want +got\n%.2000s", o, diff)
		}
	}
}

func TestLineage(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "b.csv"), filepath.Join(dir, "a.csv")
	os.WriteFile(a, []byte(header+"1,2019-01-02,R,Syria,M,1,,,\nbad\n2,2019-01-01,R,Syria,M,1,,,\n"), 0o644)
	os.WriteFile(b, []byte(header+"3,2019-01-01,Q,Syria,M,1,,,\n"), 0o644)
	l := arrivals()
	l.Lineage = true
	out := t.TempDir()
	normalise(t, l, out, Options{}, a, b)
	type record struct {
		ID     string `parquet:"id"`
		File   string `parquet:"file"`
		Record int64  `parquet:"record"`
	}
	got := readParquet[record](t, filepath.Join(out, "year=2019", "2019-01.parquet"))
	want := []record{{"3", "a.csv", 1}, {"2", "b.csv", 3}, {"1", "b.csv", 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCancel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	register(t, rand.New(rand.NewPCG(8, 8)), path, 500, day(2018, 1, 1), day(2018, 12, 31))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	out := t.TempDir()
	if _, err := Normalise(ctx, arrivals(), []string{path}, out, Options{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := contents(t, out); len(got) != 0 {
		t.Errorf("left over: %v", got)
	}
}

func TestProgress(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	register(t, rand.New(rand.NewPCG(9, 9)), path, 500, day(2018, 1, 1), day(2018, 12, 31))
	var last Progress
	calls := 0
	report, _ := normalise(t, arrivals(), t.TempDir(), Options{Block: 4096, Progress: func(p Progress) {
		if p.Records < last.Records || p.Written < last.Written {
			t.Errorf("went back from %+v to %+v", last, p)
		}
		last = p
		calls++
	}}, path)
	if last.Records != report.Records || last.Written != 12 || last.Partitions != 12 || calls < 20 {
		t.Errorf("%d calls, last %+v, report %+v", calls, last, report)
	}
}

// FuzzNormalise puts any text after a header. The file is refused if encoding/csv refuses it or its
// last line has no line break. Otherwise it gives the rows and rejects of the reference.
func FuzzNormalise(f *testing.F) {
	f.Add("1,2019-01-01,R,Syria,M,1,,,\n")
	f.Add("1,01/02/2019,\"A, B\",Eritrea,,7,3,,\"x\ny\"\r\n\n1,2\n")
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(path, []byte(header+text), 0o644); err != nil {
			t.Fatal(err)
		}
		out := t.TempDir()
		var got []Reject
		_, err := Normalise(context.Background(), arrivals(), []string{path}, out, Options{Block: 64}, func(r Reject) error {
			got = append(got, r)
			return nil
		})
		r := csv.NewReader(strings.NewReader(header + text))
		r.FieldsPerRecord = -1
		if text != "" && !strings.HasSuffix(text, "\n") {
			if err == nil {
				t.Fatalf("%q: the last line has no end, and it is taken", text)
			}
			return
		}
		if _, want := r.ReadAll(); (err == nil) != (want == nil) {
			t.Fatalf("got %v, encoding/csv %v", err, want)
		}
		if err != nil || !printable([]byte(text)) {
			return
		}
		rows, rejects := judgeReference(t, path)
		if len(rejects) != len(got) {
			t.Fatalf("%d rejects, want %d: %v", len(got), len(rejects), got)
		}
		if diff := cmp.Diff(texts(rows), texts(readRows(t, out))); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	})
}
