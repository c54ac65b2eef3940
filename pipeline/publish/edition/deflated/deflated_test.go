package deflated

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"testing"

	fast "github.com/klauspost/compress/flate"
)

// texts are contents that compressors treat in different ways.
func texts() map[string][]byte {
	noise := make([]byte, 200_000)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	var rows bytes.Buffer
	for i := range 30_000 {
		fmt.Fprintf(&rows, "small-boats:arrivals:D,2024-%02d-%02d,%d,A\r\n", i%12+1, i%28+1, r.IntN(900))
	}
	return map[string][]byte{"empty": nil, "one": []byte("x"), "same": bytes.Repeat([]byte("a"), 100_000), "noise": noise, "rows": rows.Bytes()}
}

// TestTheSameBytesAgain takes the streams of two compressors apart, at every level.
func TestTheSameBytesAgain(t *testing.T) {
	for name, text := range texts() {
		for level := flate.HuffmanOnly; level <= 9; level++ {
			for maker, stream := range map[string][]byte{"standard": written(t, text, level), "fast": writtenFast(t, text, level)} {
				form, size, err := apart(append(bytes.Clone(stream), "more"...))
				if err != nil || size != len(stream) {
					t.Fatalf("%s %s %d: %d of %d bytes, %v", name, maker, level, size, len(stream), err)
				}
				if again, err := together(form); err != nil || !bytes.Equal(again, stream) {
					t.Errorf("%s %s %d: other bytes, %v", name, maker, level, err)
				}
			}
		}
	}
}

func written(t *testing.T, text []byte, level int) []byte {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, level)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(text[:len(text)/2])
	w.Flush() // an empty stored block
	w.Write(text[len(text)/2:])
	w.Close()
	return out.Bytes()
}

func writtenFast(t *testing.T, text []byte, level int) []byte {
	var out bytes.Buffer
	w, err := fast.NewWriter(&out, level)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(text)
	w.Close()
	return out.Bytes()
}

// files are a file of each kind.
func files(t testing.TB) map[string][]byte {
	var z, g, p bytes.Buffer
	zw := zip.NewWriter(&z)
	for _, name := range []string{"rows", "one", "noise", "empty"} {
		w, _ := zw.Create(name)
		w.Write(texts()[name])
		s, _ := zw.CreateHeader(&zip.FileHeader{Name: "stored " + name, Method: zip.Store})
		s.Write(texts()[name])
	}
	zw.Close()
	gw := gzip.NewWriter(&g)
	gw.Write(texts()["rows"])
	gw.Close()
	img := image.NewRGBA(image.Rect(0, 0, 700, 500))
	for i := range 700 {
		for j := range 500 {
			img.Set(i, j, color.RGBA{uint8(i * j), uint8(i), uint8(j * j / 9), 255})
		}
	}
	if err := png.Encode(&p, img); err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"zip": z.Bytes(), "gzip": g.Bytes(), "png": p.Bytes()}
}

func TestFilesAreTakenApart(t *testing.T) {
	for name, file := range files(t) {
		form, ok := Apart(file)
		if !ok || bytes.Contains(file, form[len(form)/2:]) {
			t.Errorf("%s was not taken apart", name)
		}
		if again, err := Together(form); err != nil || !bytes.Equal(again, file) {
			t.Errorf("%s: other bytes, %v", name, err)
		}
		// Half a file is kept as it is, or makes the same half.
		for _, n := range []int{0, 1, 9, 40, len(file) / 2, len(file) - 1} {
			if form, ok := Apart(file[:n]); ok {
				if again, err := Together(form); err != nil || !bytes.Equal(again, file[:n]) {
					t.Errorf("%s, %d bytes: other bytes, %v", name, n, err)
				}
			}
		}
	}
	if _, ok := Apart([]byte("a,b\r\n1,2\r\n")); ok {
		t.Error("text was taken apart")
	}
}

// TestAChangeChangesFewTokens is why the package exists.
func TestAChangeChangesFewTokens(t *testing.T) {
	text := texts()["rows"]
	other := bytes.Replace(text, []byte(",2024-05-05,"), []byte(",2024-05-06,"), 1)
	a, _, _ := apart(written(t, text, 6))
	b, _, _ := apart(written(t, other, 6))
	n := 0
	for n < min(len(a), len(b)) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	if n < len(a)*9/10 {
		t.Errorf("only the last %d of %d bytes are the same", n, len(a))
	}
}

// FuzzTogether reads damaged forms: they give an error or bytes, and never too many of them.
func FuzzTogether(f *testing.F) {
	for _, file := range files(f) {
		if form, ok := Apart(file); ok {
			f.Add(form)
		}
	}
	f.Add([]byte{parts, 3, 1, 3, 1})
	f.Fuzz(func(t *testing.T, form []byte) {
		if out, err := Together(form); err == nil && len(out) > 64*len(form)+64 {
			t.Errorf("%d bytes of %d", len(out), len(form))
		}
	})
}

// FuzzApart takes any bytes apart that look like one of the formats.
func FuzzApart(f *testing.F) {
	for _, file := range files(f) {
		f.Add(file[:min(len(file), 3000)])
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if form, ok := Apart(file); ok {
			if again, err := Together(form); err != nil || !bytes.Equal(again, file) {
				t.Errorf("other bytes: %v", err)
			}
		}
	})
}
