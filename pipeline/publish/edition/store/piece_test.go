package store

import (
	"bytes"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
)

func cutAll(t testing.TB, r io.Reader) (out [][]byte) {
	t.Helper()
	if err := pieces(r, func(data []byte) error { out = append(out, bytes.Clone(data)); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestPiecesComeBack inserts a row: only pieces near it are others, and pieces do not depend on how the
// bytes arrive.
func TestPiecesComeBack(t *testing.T) {
	rows := rowsOf(20_000)
	text := strings.Join(rows, "\n")
	a := cutAll(t, strings.NewReader(text))
	if again := cutAll(t, iotest.HalfReader(strings.NewReader(text))); len(again) != len(a) {
		t.Errorf("%d pieces and %d", len(a), len(again))
	}
	if got := bytes.Join(a, nil); string(got) != text {
		t.Error("the pieces are not the text")
	}
	if mean := len(text) / len(a); mean < minPiece || mean > 2*avgPiece {
		t.Errorf("pieces of %d bytes", mean)
	}
	known := map[string]bool{}
	for _, x := range a {
		known[string(x)] = true
	}
	rows[7000] += "\nanother,row"
	others := 0
	for _, x := range cutAll(t, strings.NewReader(strings.Join(rows, "\n"))) {
		if !known[string(x)] {
			others++
		}
	}
	if others == 0 || others > 5 {
		t.Errorf("%d of %d pieces are others", others, len(a))
	}
	if got := cutAll(t, strings.NewReader("")); len(got) != 0 {
		t.Errorf("nothing has %d pieces", len(got))
	}
	if got := cutAll(t, bytes.NewReader(make([]byte, 3*maxPiece+1))); len(got) < 3 {
		t.Errorf("zeros have %d pieces", len(got))
	}
}

// TestDifference makes pieces of one another that differ in every way.
func TestDifference(t *testing.T) {
	base := []byte(strings.Join(rowsOf(200), "\n"))
	r := rand.New(rand.NewPCG(7, 8))
	noise := make([]byte, 5000)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	changed := bytes.Replace(base, []byte(",A,"), []byte(",E,"), 5)
	for name, c := range map[string]struct {
		base, target []byte
		most         int // of the difference
	}{
		"nothing": {nil, nil, 0}, "from nothing": {nil, base, len(base) + 4}, "to nothing": {base, nil, 0}, "the same": {base, base, 8}, "short": {[]byte("abc"), []byte("abd"), 4},
		"changed": {base, changed, 120}, "shorter": {base, base[1000:3000], 10}, "longer": {base, append(bytes.Clone(noise[:100]), base...), 120}, "other": {base, noise, len(noise) + 4},
		"turned": {base, append(bytes.Clone(base[4000:]), base[:4000]...), 20}, "zeros": {make([]byte, 9000), make([]byte, 9001), 20},
	} {
		steps := difference(c.base, c.target)
		got, err := apply(c.base, steps)
		if err != nil || !bytes.Equal(got, c.target) || len(steps) > c.most {
			t.Errorf("%s: %d bytes, %v", name, len(steps), err)
		}
	}
}

// FuzzDifference makes any piece of any other, and reads damaged steps.
func FuzzDifference(f *testing.F) {
	f.Add([]byte("a,b,c,d,e,f,g,h"), []byte("a,b,c,d,x,f,g,h"))
	f.Add([]byte(strings.Repeat("ab", 300)), []byte{1, 0, 3, 2, 255, 255, 1})
	f.Fuzz(func(t *testing.T, base, target []byte) {
		if len(base) > maxPiece || len(target) > maxPiece {
			return
		}
		if got, err := apply(base, difference(base, target)); err != nil || !bytes.Equal(got, target) {
			t.Errorf("other bytes: %v", err)
		}
		if out, err := apply(base, target); err == nil && len(out) > maxPiece {
			t.Errorf("%d bytes", len(out))
		}
	})
}

// FuzzDirectory reads damaged directories and lists of files.
func FuzzDirectory(f *testing.F) {
	d := directory{blocks: []block{{span{8, 100}, 200}}, pieces: []piece{{size: 200, block: 0, in: span{0, 200}}, {size: 10, delta: true, base: ref{1, 2}}}, tree: []ref{{3, 0}}}
	f.Add(d.encode(3))
	list, err := appendItem(nil, item{File: File{"a", 1, strings.Repeat("ab", 32)}, refs: []ref{{1, 2}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(list)
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := readDirectory(data, 3); err == nil {
			for _, p := range d.pieces {
				if p.block >= 0 && int(p.in.at)+p.in.size > d.blocks[p.block].raw {
					t.Error("a piece is not in its block")
				}
			}
		}
		items, err := readItems(data)
		if err == nil && len(items) > len(data) {
			t.Error("more files than bytes")
		}
	})
}
