package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"

	"crossings/pipeline/microdata/csvscan"
)

// pool is what a distributed engine holds between its steps.
type pool struct {
	rows, dups map[string][][]byte // by partition
	keys       [][][]byte          // by bucket
	refused    [][]byte            // by shard
	shardDups  map[int][][]byte
	tallies    [][]byte
}

// shuffled yields a list in an order that depends only on r.
func shuffled(r *rand.Rand, list [][]byte) func(func([]byte) bool) {
	list = slices.Clone(list)
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return slices.Values(list)
}

// shardsOf cuts files into shards of about size bytes.
func shardsOf(t testing.TB, size int64, files ...string) []Shard {
	t.Helper()
	stretches, err := Stretches(files, size)
	if err != nil {
		t.Fatal(err)
	}
	for i := range stretches {
		if err := stretches[i].Survey(); err != nil {
			t.Fatal(err)
		}
	}
	return Shards(stretches)
}

// distributed does the work of Normalise and Cube shard by shard and partition by partition. Each
// step knows of the others only what Parts received. r decides every order.
func distributed(t testing.TB, r *rand.Rand, l Layout, out string, o Options, size int64, files ...string) (rejects []Reject) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	shards := shardsOf(t, size, files...)
	p := pool{rows: map[string][][]byte{}, dups: map[string][][]byte{}, keys: make([][][]byte, 5), refused: make([][]byte, len(shards)), shardDups: map[int][][]byte{}}
	for _, i := range r.Perm(len(shards)) {
		must(ReadShard(context.Background(), l, shards[i], o, Parts{
			Rows:    func(name string, b []byte) error { p.rows[name] = append(p.rows[name], b); return nil },
			Keys:    func(bucket int, b []byte) error { p.keys[bucket] = append(p.keys[bucket], b); return nil },
			Buckets: len(p.keys),
			Refused: func(b []byte) error { p.refused[i] = b; return nil },
			Tally:   func(b []byte) error { p.tallies = append(p.tallies, b); return nil },
		}))
	}
	for _, keys := range p.keys {
		must(FindDuplicates(l, shuffled(r, keys), func(name string, shard int, row []byte) error {
			p.dups[name], p.shardDups[shard] = append(p.dups[name], row), append(p.shardDups[shard], row)
			return nil
		}))
	}
	joint, err := JoinTallies(l, shuffled(r, p.tallies))
	must(err)
	for i := range shards {
		must(Rejects(l, p.refused[i], shuffled(r, p.shardDups[i]), joint, func(x Reject) error { rejects = append(rejects, x); return nil }))
	}
	var norm, cube Manifest
	norm.Inputs, err = Inputs(joint)
	must(err)
	for name, rows := range p.rows {
		f, err := WritePartition(context.Background(), l, name, shuffled(r, rows), shuffled(r, p.dups[name]), joint, filepath.Join(out, "norm"), o)
		must(err)
		if f.Rows == 0 {
			continue
		}
		part := Partition{Name: name, Files: []File{f}}
		norm.Partitions = append(norm.Partitions, part)
		part, err = CubePartition(part, filepath.Join(out, "norm"), filepath.Join(out, "cube"), cubeSpec, o)
		must(err)
		cube.Partitions = append(cube.Partitions, part)
	}
	must(WriteManifest(filepath.Join(out, "norm"), &norm, o))
	must(WriteManifest(filepath.Join(out, "cube"), &cube, o))
	return rejects
}

// whole does the same with Normalise and Cube.
func whole(t testing.TB, l Layout, out string, files ...string) []Reject {
	t.Helper()
	_, rejects := normalise(t, l, filepath.Join(out, "norm"), Options{}, files...)
	if _, err := Cube(context.Background(), filepath.Join(out, "norm"), filepath.Join(out, "cube"), cubeSpec, Options{}); err != nil {
		t.Fatal(err)
	}
	return rejects
}

// sameFolders compares two folders byte for byte.
func sameFolders(t testing.TB, name string, want, got map[string]string) {
	t.Helper()
	for path, data := range want {
		if got[path] != data {
			t.Errorf("%s: %s differs", name, path)
		}
	}
	for path := range got {
		if _, ok := want[path]; !ok {
			t.Errorf("%s: %s should not be there", name, path)
		}
	}
}

// TestShardsGiveTheSameBytes compares everything written and refused with the local run.
func TestShardsGiveTheSameBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 15))
	dir := t.TempDir()
	a, b, z := filepath.Join(dir, "b.csv"), filepath.Join(dir, "a.csv"), filepath.Join(dir, "z.csv.gz")
	register(t, r, a, 3000, day(2018, 1, 1), day(2019, 6, 30))
	register(t, r, b, 1500, day(2019, 1, 1), day(2020, 12, 31))
	data, err := os.ReadFile(b)
	if err != nil {
		t.Fatal(err)
	}
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	w.Write(data[:1+bytes.LastIndexByte(data[:len(data)/2], '\n')])
	w.Close()
	if err := os.WriteFile(z, zipped.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, lineage := range []bool{false, true} {
		l := arrivals()
		l.Lineage = lineage
		base := t.TempDir()
		wantRejects := whole(t, l, base, a, b, z)
		want := contents(t, base)
		for _, c := range []struct {
			size int64
			o    Options
		}{{1 << 30, Options{}}, {50000, Options{Block: 3000}}, {3000, Options{Memory: -1}}, {300, Options{Block: 1}}} {
			out := t.TempDir()
			name := fmt.Sprintf("lineage %v, shards of %d, %+v", lineage, c.size, c.o)
			got := distributed(t, r, l, out, c.o, c.size, a, b, z)
			if diff := cmp.Diff(wantRejects, got); diff != "" {
				t.Errorf("%s: rejects -want +got\n%.3000s", name, diff)
			}
			sameFolders(t, name, want, contents(t, out))
		}
	}
}

// TestShardsOfVariedText has more texts than a dictionary may have in all shards together, but not
// in any one of them.
func TestShardsOfVariedText(t *testing.T) {
	var b strings.Builder
	b.WriteString(header)
	for i := range maxCodes + 500 {
		fmt.Fprintf(&b, "id%d,2019-%02d-01,R%d,Syria,M,1,,,note %d\n", i, i%12+1, i%300, i)
	}
	fmt.Fprintf(&b, "long,2019-01-01,R,Syria,M,1,,,%s\nnone,2019-01-01,R,Syria,M,1,,,\n", strings.Repeat("long ", 20))
	path := filepath.Join(t.TempDir(), "varied.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	base, out := t.TempDir(), t.TempDir()
	whole(t, arrivals(), base, path)
	distributed(t, rand.New(rand.NewPCG(1, 1)), arrivals(), out, Options{Block: 1 << 16}, 1<<20, path)
	sameFolders(t, "varied", contents(t, base), contents(t, out))
}

// TestTooManyCodesInAllShards checks that too many codes are refused as in the local run.
func TestTooManyCodesInAllShards(t *testing.T) {
	var tallies [][]byte
	for i := range 3 {
		one := tally{Varied: make([]bool, len(arrivals().Columns)), Texts: make([][]string, len(arrivals().Columns))}
		for k := range maxCodes / 2 {
			one.Texts[2] = append(one.Texts[2], fmt.Sprint(i, " ", k))
		}
		data, err := encode(one)
		if err != nil {
			t.Fatal(err)
		}
		tallies = append(tallies, data)
	}
	if _, err := JoinTallies(arrivals(), slices.Values(tallies)); err == nil || !strings.Contains(err.Error(), `column "route" has more than`) {
		t.Errorf("got %v", err)
	}
}

// TestShardsCoverFiles cuts files at every size. Each byte is in one shard, and each shard except
// the first of a file begins where the cutter would begin a block.
func TestShardsCoverFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	text := "id,note\n1,\"a\nb\"\"\n\"\n2,x\r\n\n3,\"\n\n\"\n4,y"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	starts := map[int64]int64{0: 1}
	inside, line := false, int64(1)
	for i, c := range []byte(text) {
		inside = inside != (c == '"')
		if c == '\n' {
			line++
			if !inside {
				starts[int64(i)+1] = line
			}
		}
	}
	for size := int64(1); size <= int64(len(text))+1; size++ {
		at := int64(0)
		for i, s := range shardsOf(t, size, path) {
			if s.From != at || s.To <= s.From || s.Number != i || starts[s.From] != s.Line {
				t.Errorf("size %d: shard %+v after byte %d, line %d", size, s, at, starts[s.From])
			}
			at = s.To
		}
		if at != int64(len(text)) {
			t.Errorf("size %d: the shards end at %d of %d", size, at, len(text))
		}
	}
}

// TestShardErrorsAreThoseOfTheFile reads bad files in shards.
func TestShardErrorsAreThoseOfTheFile(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("1,2019-01-01,R,Syria,M,1,,,\n", 100)
	for name, c := range map[string]struct{ text, want string }{
		"empty":      {"", "the file is empty; its first line should name the columns"},
		"no column":  {"a,b\n1,2\n", `no column "record"; the header is ["a" "b"]`},
		"bare quote": {header + long + "2,2019-\"01-01,R,Syria,M,1,,,\n" + long, "line 102: " + csvscan.ErrBare.Error()},
		"open quote": {header + long + "2,\"2019-01-01,R,Syria,M,1,,,\n", "line 102: " + csvscan.ErrOpen.Error()},
	} {
		path := filepath.Join(dir, "bad.csv")
		if err := os.WriteFile(path, []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		var failed []string
		take := func([]byte) error { return nil }
		for _, s := range shardsOf(t, 500, path) {
			err := ReadShard(context.Background(), arrivals(), s, Options{}, Parts{
				Rows: func(string, []byte) error { return nil }, Keys: func(int, []byte) error { return nil }, Buckets: 1, Refused: take, Tally: take,
			})
			if err != nil {
				failed = append(failed, err.Error())
			}
		}
		if len(failed) == 0 || failed[0] != "bad.csv: "+c.want {
			t.Errorf("%s: got %q, want %s", name, failed, c.want)
		}
	}
}

func TestShardThatBecameShorter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte(header+strings.Repeat("1,2019-01-01,R,Syria,M,1,,,\n", 10)), 0o644); err != nil {
		t.Fatal(err)
	}
	s := shardsOf(t, 1<<20, path)[0]
	if err := os.Truncate(path, 200); err != nil {
		t.Fatal(err)
	}
	take := func([]byte) error { return nil }
	err := ReadShard(context.Background(), arrivals(), s, Options{}, Parts{Rows: func(string, []byte) error { return nil }, Keys: func(int, []byte) error { return nil }, Buckets: 1, Refused: take, Tally: take})
	if err == nil || !strings.Contains(err.Error(), "became shorter") {
		t.Errorf("got %v", err)
	}
}

// TestLayoutAsJSON writes a layout to JSON and reads it back.
func TestLayoutAsJSON(t *testing.T) {
	want := arrivals()
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Layout
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !bytes.Contains(data, []byte(`"kind":"date","formats":["2006-01-02","02/01/2006"],"first":"2018-01-01T00:00:00Z"`)) {
		t.Errorf("got %s", data)
	}
	if err := json.Unmarshal([]byte(`{"columns":[{"name":"a","kind":"dat"}]}`), &got); err == nil {
		t.Error("an unknown kind was accepted")
	}
}

// TestShardsOfMuchText has so much text that row groups are halved. A reader of the whole file can
// keep little of it in its lists, while readers of shards keep all.
func TestShardsOfMuchText(t *testing.T) {
	path := filepath.Join(t.TempDir(), "much.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString(header)
	for i := range groupRows {
		fmt.Fprintf(f, "id%d,2019-01-01,R,Syria,M,1,,,%0255d\n", i, i)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	base, out := t.TempDir(), t.TempDir()
	whole(t, arrivals(), base, path)
	distributed(t, rand.New(rand.NewPCG(2, 2)), arrivals(), out, Options{}, 4<<20, path)
	sameFolders(t, "much text", contents(t, base), contents(t, out))
}

// FuzzShards puts any text after a header. Shards refuse it if the whole file is refused, and
// otherwise give the same files and rejects.
func FuzzShards(f *testing.F) {
	f.Add("1,2019-01-01,R,Syria,M,1,,,\n1,2019-01-01,R,Syria,M,1,,,\n", uint8(20))
	f.Add("1,01/02/2019,\"A, B\",Eritrea,,7,3,,\"x\ny\"\r\n\n1,2\n3,\"\"\"\n", uint8(3))
	f.Fuzz(func(t *testing.T, text string, size uint8) {
		if len(text) > 1<<12 {
			return
		}
		path := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(path, []byte(header+text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, want := Normalise(context.Background(), arrivals(), []string{path}, t.TempDir(), Options{}, nil)
		var got error
		take := func([]byte) error { return nil }
		for _, s := range shardsOf(t, int64(size)+1, path) {
			err := ReadShard(context.Background(), arrivals(), s, Options{}, Parts{
				Rows: func(string, []byte) error { return nil }, Keys: func(int, []byte) error { return nil }, Buckets: 1, Refused: take, Tally: take,
			})
			if err != nil && got == nil {
				got = err
			}
		}
		// The local run refuses a cut file before it reads the rows; a shard may meet another fault
		// first.
		if (got == nil) != (want == nil) || want != nil && !errors.Is(want, csvscan.ErrCut) && got.Error() != want.Error() {
			t.Fatalf("in shards: %v; as a whole: %v", got, want)
		}
		if want != nil {
			return
		}
		base, out := t.TempDir(), t.TempDir()
		wantRejects := whole(t, arrivals(), base, path)
		gotRejects := distributed(t, rand.New(rand.NewPCG(1, uint64(size))), arrivals(), out, Options{}, int64(size)+1, path)
		if diff := cmp.Diff(wantRejects, gotRejects); diff != "" {
			t.Error(diff)
		}
		folder := contents(t, out)
		if _, ok := contents(t, base)[filepath.Join("cube", ManifestName)]; !ok {
			delete(folder, filepath.Join("cube", ManifestName)) // Cube writes no manifest for a folder without rows
		}
		sameFolders(t, "shards", contents(t, base), folder)
	})
}
