package compressed

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	kgzip "github.com/klauspost/compress/gzip"
)

// open are readers of both formats. The reader of gzip is that of the standard library.
var open = map[string]func(io.Reader) (io.Reader, error){
	".gz": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
	".br": func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
}

func TestCopiesHoldTheFile(t *testing.T) {
	text := []byte(strings.Repeat("series,date,value\r\nsmall-boats:arrivals:D,2024-06-25,å\r\n", 400))
	copies, err := Copies("data/daily.csv", text)
	if err != nil || len(copies) != len(open) {
		t.Fatal(len(copies), err)
	}
	again, _ := Copies("data/daily.csv", text)
	for i, c := range copies {
		r, err := open[c.Suffix](bytes.NewReader(c.Data))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s holds %d bytes of %d: %v", c.Suffix, len(got), len(text), err)
		}
		if !bytes.Equal(c.Data, again[i].Data) {
			t.Errorf("%s: the same file gave other bytes", c.Suffix)
		}
		if len(c.Data) > len(text)/10 {
			t.Errorf("%s has %d bytes of %d", c.Suffix, len(c.Data), len(text))
		}
	}
	z, err := gzip.NewReader(bytes.NewReader(copies[0].Data))
	if err != nil || z.Name != "" || !z.ModTime.IsZero() {
		t.Errorf("the .gz has the name %q and the time %v", z.Name, z.ModTime)
	}
}

// TestAUsedCompressorIsLikeANewOne compresses files of all kinds in two orders.
func TestAUsedCompressorIsLikeANewOne(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	files := map[string][]byte{"a.csv": []byte(strings.Repeat("2024-06-25,1,2\r\n", 300)), "b.csv": []byte(strings.Repeat("x", large+1))}
	var text strings.Builder
	for text.Len() < large+100_000 {
		fmt.Fprintf(&text, "small-boats:arrivals:D,%d,%d\r\n", r.IntN(1000), r.IntN(100))
	}
	files["c.csv"], files["d.csv"], files["e.csv"] = []byte(text.String()), []byte(text.String()[:200_000]), []byte(text.String()[:1_500_000])
	all := func(names ...string) map[string]string {
		out := map[string]string{}
		for _, name := range names {
			copies, err := Copies(name, files[name])
			if err != nil || len(copies) != len(forms) {
				t.Fatal(name, err)
			}
			for _, c := range copies {
				out[name+c.Suffix] = string(c.Data)
				if !Is(c.Suffix, c.Data, files[name]) {
					t.Errorf("%s%s is no copy of the file", name, c.Suffix)
				}
			}
		}
		return out
	}
	if !maps.Equal(all("a.csv", "b.csv", "c.csv", "d.csv", "e.csv", "a.csv"), all("d.csv", "c.csv", "e.csv", "c.csv", "b.csv", "a.csv")) {
		t.Error("the same files gave other bytes after others")
	}
	for _, f := range forms { // the pools are those of new compressors in a new program
		for name, data := range files {
			used, err := f.of(data)
			w := f.pool(len(data)).New().(compressor)
			var fresh bytes.Buffer
			w.Reset(&fresh)
			if z, ok := w.(*kgzip.Writer); ok {
				z.ModTime = time.Unix(0, 0)
			}
			w.Write(data)
			if err := errors.Join(err, w.Close()); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(used, fresh.Bytes()) {
				t.Errorf("%s%s: a new compressor gives other bytes", name, f.suffix)
			}
		}
	}
}

func TestNeeds(t *testing.T) {
	text := strings.Repeat("x", MinSize)
	for _, x := range []struct {
		name, data string
		want       bool
	}{
		{"at the limit", text, false},
		{"a byte more", text + "x", true},
		{"not UTF-8", text + "\xff", false},
		{"a NUL", text + "\x00", false},
		{"copy.gz", text + "x", false},
		{"copy.br", text + "x", false},
		{"claims.wasm", text + "\x00\xff", true},
	} {
		if got := Needs(x.name, []byte(x.data)); got != x.want {
			t.Errorf("%s: %v", x.name, got)
		}
	}
}

func TestOriginal(t *testing.T) {
	for name, want := range map[string]string{"a/index.html.gz": "a/index.html", "a.csv.br": "a.csv", "a.csv": "a.csv", "gz": "gz"} {
		if got := Original(name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestBeside(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "edition.json")
	if err := NextTo(path, nil); err == nil {
		t.Error("no error for a file that is missing")
	}
	if err := os.WriteFile(path, bytes.Repeat([]byte("{}\n"), 500), 0o644); err != nil {
		t.Fatal(err)
	}
	var got []string
	write := func(path string, data []byte) error { got = append(got, filepath.Base(path)); return nil }
	if err := NextTo(path, write); err != nil || strings.Join(got, " ") != "edition.json.gz edition.json.br" {
		t.Error(got, err)
	}
}

// TestACheckerSeesTheFileInParts cuts files anywhere, also within characters.
func TestACheckerSeesTheFileInParts(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("å€😀x", MinSize)
	for text, want := range map[string]bool{long: true, long + "å": true, long + "\xc3": false, long + "\xe2\x82": false, "\xff" + long: false, long + "\x80" + long: false, long + "\x00" + long: false, "å": false} {
		for size := 1; size < 9; size++ {
			var c Checker
			for part := []byte(text); len(part) > 0; part = part[min(size, len(part)):] {
				c.Write(part[:min(size, len(part))])
			}
			if got := c.Needs("a.csv"); got != want || Needs("a.csv", []byte(text)) != want {
				t.Errorf("%.10q… in parts of %d: %v, want %v", text, size, got, want)
			}
			if c.Needs("a.csv.gz") {
				t.Errorf("%.10q…: a copy has copies", text)
			}
		}
	}
}
