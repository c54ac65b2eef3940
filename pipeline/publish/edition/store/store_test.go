package store

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// night is an edition: files by name. Each is made from the rows, as the files of a site are.
type night map[string][]byte

// rowsOf are the rows of the first night.
func rowsOf(n int) (out []string) {
	r := rand.New(rand.NewPCG(3, 4))
	for i := range n {
		out = append(out, fmt.Sprintf("small-boats:arrivals:D,arrival,persons,%d-%02d-%02d,%d,A,false,,SB_01!B%d", 1800+i/336, i/28%12+1, i%28+1, r.IntN(900), i))
	}
	return out
}

func nightOf(t testing.TB, rows []string, version string) night {
	t.Helper()
	text := []byte(strings.Join(rows, "\r\n"))
	var z bytes.Buffer
	w := zip.NewWriter(&z)
	f, err := w.Create("daily.csv")
	if err == nil {
		_, err = f.Write(text)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return night{"data/daily.csv": text, "data/copy.csv": text, "data/daily.zip": z.Bytes(), "index.html": []byte("<p>" + version + "</p>"), "empty": nil,
		"data/always.csv": []byte(strings.Repeat("the same every night\r\n", 4000))}
}

// change changes the values of some rows and adds one.
func change(rows []string, r *rand.Rand, n int) {
	for range n {
		i := r.IntN(len(rows))
		rows[i] = strings.Replace(rows[i], ",A,", fmt.Sprintf(",%d,", r.IntN(9)), 1)
	}
}

func sources(n night) (out []Source) {
	for name, data := range n {
		sum := sha256.Sum256(data)
		out = append(out, Source{File{name, int64(len(data)), hex.EncodeToString(sum[:])}, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }})
	}
	return out
}

func open(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func add(t testing.TB, dir, name string, n night) Pack {
	t.Helper()
	p, err := open(t, dir).Add(name, []byte("head of "+name), sources(n))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// read returns the files of an edition.
func read(s *Store, p Pack) (night, error) {
	e, err := s.Edition(p)
	if err != nil {
		return nil, err
	}
	out := night{}
	for _, f := range e.Files() {
		var data bytes.Buffer
		if err := e.Write(&data, f.Name); err != nil {
			return nil, err
		}
		out[f.Name] = data.Bytes()
	}
	return out, nil
}

func sameNight(a, b night) bool {
	return maps.EqualFunc(a, b, func(x, y []byte) bool { return bytes.Equal(x, y) })
}

// nights fills a store, and returns what was put there.
func nights(t testing.TB, dir string, count, rows int) (out []night) {
	t.Helper()
	list, r := rowsOf(rows), rand.New(rand.NewPCG(5, 6))
	for i := range count {
		if i > 0 {
			change(list, r, 21)
			list = slices.Insert(list, r.IntN(len(list)), fmt.Sprintf("new,%d", i))
		}
		n := nightOf(t, list, fmt.Sprint(i))
		add(t, dir, fmt.Sprintf("1.%d.0", i), n)
		out = append(out, n)
	}
	return out
}

// TestEveryEditionIsReadAgain copies a store to another folder, as to another machine, and reads every
// edition there.
func TestEveryEditionIsReadAgain(t *testing.T) {
	t.Parallel()
	dir, there := t.TempDir(), filepath.Join(t.TempDir(), "copy")
	want := nights(t, dir, 60, 3000)
	if err := os.CopyFS(there, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	s := open(t, there)
	if len(s.Packs()) != len(want) {
		t.Fatalf("%d packs", len(s.Packs()))
	}
	for i, p := range s.Packs() {
		if got, err := read(s, p); err != nil || !sameNight(got, want[i]) {
			t.Errorf("%s is not what was kept: %v", p.Name, err)
		}
		if head, err := s.Head(p); err != nil || string(head) != "head of "+p.Name {
			t.Errorf("%s: head %q, %v", p.Name, head, err)
		}
		if _, err := s.Check(p); err != nil {
			t.Error(err)
		}
	}
	if e, err := s.Edition(s.Packs()[0]); err != nil || !errors.Is(e.Write(io.Discard, "other"), fs.ErrNotExist) {
		t.Errorf("a file that is not there was read: %v", err)
	}
}

// TestAnEditionCostsWhatChanged keeps nights of 21 changed rows and one new. The last must cost no more
// than the first, and all of them little.
func TestAnEditionCostsWhatChanged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	all := nights(t, dir, 90, 12_000)
	var sizes []int64
	for _, p := range open(t, dir).Packs() {
		info, err := os.Stat(filepath.Join(dir, p.File()))
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, info.Size())
	}
	mean := func(list []int64) (sum int64) {
		for _, n := range list {
			sum += n
		}
		return sum / int64(len(list))
	}
	whole := int64(len(all[0]["data/daily.csv"]))
	early, late := mean(sizes[1:31]), mean(sizes[60:])
	t.Logf("the first takes %d of %d bytes, the next 30 nights %d each, the last 30 %d, the largest %d", sizes[0], whole, early, late, slices.Max(sizes[1:]))
	if early > whole/40 || late > 3*early || slices.Max(sizes[1:]) > whole/10 {
		t.Errorf("editions take %v", sizes)
	}
	dir = t.TempDir()
	add(t, dir, "1.0.0", all[0])
	info, err := os.Stat(filepath.Join(dir, add(t, dir, "1.0.1", all[0]).File()))
	if err != nil || info.Size() > 1000 {
		t.Errorf("an edition without a change takes %d bytes, %v", info.Size(), err)
	}
}

// TestAFileThatReturnsIsNotKeptAgain keeps a file, others in its place, and then the file again with a row
// changed and not, as when a release is taken back and let in again.
func TestAFileThatReturnsIsNotKeptAgain(t *testing.T) {
	t.Parallel()
	for gap := 1; gap < lookBack; gap++ {
		dir, r := t.TempDir(), rand.New(rand.NewPCG(7, 8))
		random := func() []byte {
			data := make([]byte, 300_000)
			for i := range data {
				data[i] = byte(r.Uint32())
			}
			return data
		}
		first := random()
		add(t, dir, "1.0.0", night{"data/a.csv": first})
		for i := range gap {
			add(t, dir, fmt.Sprintf("1.0.%d", i+1), night{"data/a.csv": random()})
		}
		changed := slices.Clone(first)
		changed[150_000] ^= 1
		for i, data := range [][]byte{first, changed} {
			p := add(t, dir, fmt.Sprintf("1.1.%d", i), night{"data/a.csv": data})
			s := open(t, dir)
			if size, err := s.Size(p); err != nil || size > 40_000 {
				t.Errorf("%d between: the file takes %d bytes again, %v", gap, size, err)
			}
			if got, err := read(s, p); err != nil || !bytes.Equal(got["data/a.csv"], data) {
				t.Errorf("%d between: another file is read: %v", gap, err)
			}
		}
	}
}

// TestTheSameEditionsMakeTheSameBytes fills two stores.
func TestTheSameEditionsMakeTheSameBytes(t *testing.T) {
	t.Parallel()
	a, b := t.TempDir(), t.TempDir()
	nights(t, a, 5, 2000)
	nights(t, b, 5, 2000)
	for _, p := range open(t, a).Packs() {
		x, err1 := os.ReadFile(filepath.Join(a, p.File()))
		y, err2 := os.ReadFile(filepath.Join(b, p.File()))
		if err := errors.Join(err1, err2); err != nil || !bytes.Equal(x, y) {
			t.Errorf("%s differs, %v", p.Name, err)
		}
	}
}

// TestEveryFlippedBitIsFound flips bits all over the packs: the check must find each of them, and what is
// read must be right or an error.
func TestEveryFlippedBitIsFound(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	want := nights(t, dir, 4, 400)
	s := open(t, dir)
	errors, right := 0, 0
	for _, p := range s.Packs() {
		path := filepath.Join(dir, p.File())
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		step := max(1, len(data)/150)
		for at := 0; at < len(data); at += step {
			data[at] ^= 1 << (at % 8)
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := open(t, dir).Check(p); err == nil {
				t.Fatalf("%s: byte %d of %d was changed, and nothing says so", p.Name, at, len(data))
			}
			for i, q := range s.Packs() {
				got, err := read(open(t, dir), q)
				if err == nil && !sameNight(got, want[i]) {
					t.Fatalf("%s: byte %d was changed, and %s has other files", p.Name, at, q.Name)
				}
				if err != nil {
					errors++
				} else {
					right++
				}
			}
			data[at] ^= 1 << (at % 8)
		}
		for _, n := range []int{0, 8, len(data) / 2, len(data) - 1} {
			if err := os.WriteFile(path, data[:n], 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := open(t, dir).Check(p); err == nil {
				t.Errorf("%s was cut after %d bytes, and nothing says so", p.Name, n)
			}
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d readings failed, %d were right", errors, right)
	if errors == 0 || right == 0 {
		t.Error("the test shows nothing")
	}
}

// TestAFileThatChangesMeanwhileIsRefused keeps nothing if a file is not the one that was listed.
func TestAFileThatChangesMeanwhileIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	list := sources(night{"a": []byte("1"), "b": []byte("2")})
	list[1].Open = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("x")), nil }
	s := open(t, dir)
	if _, err := s.Add("1.0.0", nil, list); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 || len(s.Packs()) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestParsePack(t *testing.T) {
	if p, ok := ParsePack("000012-1.2.3.pack"); !ok || p != (Pack{12, "1.2.3"}) {
		t.Errorf("%v, %t", p, ok)
	}
	for _, name := range []string{"", "1.2.3", "12-1.2.3.pack", "000012-1.2.3", "000000-1.0.0.pack", "-1.pack", "+00012-1.2.3.pack"} {
		if p, ok := ParsePack(name); ok {
			t.Errorf("%q is %v", name, p)
		}
	}
}
