package engine

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// keptRun runs NormaliseKept with small shards and cancels it after the given number of progress
// reports. Zero means that it runs to the end.
func keptRun(t testing.TB, l Layout, dir, work string, stop int, files ...string) (report Report, rejects []Reject, told []Progress, err error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	o := Options{Workers: 2, Names: []string{"release/a.csv", "release/b.csv"}[:len(files)], Progress: func(p Progress) {
		told = append(told, p)
		if len(told) == stop {
			cancel()
		}
	}}
	k := &keeper{layout: l, files: files, work: work, options: o, size: 6000}
	report, err = k.normalise(ctx, dir, func(r Reject) error { rejects = append(rejects, r); return nil })
	return report, rejects, told, err
}

// registers writes two files that share some keys.
func registers(t testing.TB, r *rand.Rand) (files []string) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"a.csv", "b.csv"} {
		path := filepath.Join(dir, name)
		register(t, r, path, 600, day(2018, 1, 1), day(2018, 6, 30))
		files = append(files, path)
	}
	return files
}

// TestKeptShardsGiveTheSameBytes compares Normalise with an uninterrupted run and with runs that
// were interrupted at each place.
func TestKeptShardsGiveTheSameBytes(t *testing.T) {
	l := arrivals()
	l.Lineage = true
	files := registers(t, rand.New(rand.NewPCG(7, 1)))
	want := t.TempDir()
	var wantRejects []Reject
	wantReport, err := Normalise(context.Background(), l, files, want, Options{Names: []string{"release/a.csv", "release/b.csv"}}, func(r Reject) error { wantRejects = append(wantRejects, r); return nil })
	if err != nil {
		t.Fatal(err)
	}
	compare := func(name, dir, work string, report Report, rejects []Reject) {
		t.Helper()
		sameFolders(t, name, contents(t, want), contents(t, dir))
		if diff := cmp.Diff(wantReport, report) + cmp.Diff(wantRejects, rejects); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if _, err := os.Lstat(work); err == nil {
			t.Errorf("%s: %s is still there", name, work)
		}
	}
	for stop := 0; ; stop++ {
		dir, work := t.TempDir(), filepath.Join(t.TempDir(), "work")
		_, _, told, err := keptRun(t, l, dir, work, stop, files...)
		if ended := err == nil; stop > 0 && ended {
			if len(told) < 20 {
				t.Errorf("progress was reported %d times", len(told))
			}
			break
		} else if !ended && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		report, rejects, _, err := keptRun(t, l, dir, work, 0, files...)
		if err != nil {
			t.Fatal(err)
		}
		compare("interrupted", dir, work, report, rejects)
	}
}

// TestKeptShardsAreNotReadAgain changes the records of kept shards and checks that the change has
// no effect. A shard that was cut off, as by a power cut, is read again.
func TestKeptShardsAreNotReadAgain(t *testing.T) {
	l := arrivals()
	file := registers(t, rand.New(rand.NewPCG(7, 2)))[:1]
	want := t.TempDir()
	work := filepath.Join(t.TempDir(), "work")
	if _, err := Normalise(context.Background(), l, file, want, Options{Names: []string{"release/a.csv"}}, nil); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := keptRun(t, l, t.TempDir(), work, 8, file...); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	kept, err := filepath.Glob(filepath.Join(work, "shard-*"))
	if err != nil || len(kept) < 3 {
		t.Fatal(kept, err)
	}
	cut := kept[len(kept)-1]
	if err := os.Truncate(cut, 500); err != nil {
		t.Fatal(err)
	}
	shards := shardsOf(t, 6000, file...)
	data, err := os.ReadFile(file[0])
	if err != nil {
		t.Fatal(err)
	}
	changed := slices.Clone(data)
	for i, s := range shards {
		if path := filepath.Join(work, "shard-00000"+string(rune('0'+i))); path != cut && slices.Contains(kept, path) {
			from := s.From
			if i == 0 {
				from = int64(bytes.IndexByte(data, '\n'))
			}
			copy(changed[from:s.To], strings.ReplaceAll(string(data[from:s.To]), "ev-", "vv-"))
		}
	}
	if bytes.Equal(changed, data) {
		t.Fatal("nothing was changed")
	}
	if err := os.WriteFile(file[0], changed, 0o644); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	_, _, told, err := keptRun(t, l, dir, work, 0, file...)
	if err != nil {
		t.Fatal(err)
	}
	sameFolders(t, "gone on", contents(t, want), contents(t, dir))
	if len(told) == 0 || told[0].Records == 0 {
		t.Errorf("first report %+v", told[:min(1, len(told))])
	}
}

// TestKeptErrorsAreThoseOfNormalise reads unreadable files and checks that no work folder is left.
func TestKeptErrorsAreThoseOfNormalise(t *testing.T) {
	for _, text := range []string{"", "a,b\n1,2\n", header + strings.Repeat("1,2019-01-01,R,Syria,M,1,,,\n", 500) + "\"2,2019-01-01", header + "\"1\"x\n"} {
		path := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, want := Normalise(context.Background(), arrivals(), []string{path}, t.TempDir(), Options{Names: []string{"release/a.csv"}}, nil)
		work := filepath.Join(t.TempDir(), "work")
		_, _, _, got := keptRun(t, arrivals(), t.TempDir(), work, 0, path)
		if want == nil || got == nil || got.Error() != want.Error() {
			t.Errorf("%v, want %v", got, want)
		}
		if _, err := os.Lstat(work); err == nil {
			t.Errorf("%s is still there", work)
		}
	}
}
