package store

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// sizeOf returns the size of a store.
func sizeOf(t *testing.T, dir string) (n int64) {
	t.Helper()
	for _, p := range open(t, dir).Packs() {
		info, err := os.Stat(filepath.Join(dir, p.File()))
		if err != nil {
			t.Fatal(err)
		}
		n += info.Size()
	}
	return n
}

// TestPruneKeepsTheOthersWhole removes editions, in several steps, and goes on with new ones.
func TestPruneKeepsTheOthersWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	want := map[string]night{}
	for i, n := range nights(t, dir, 40, 1500) {
		want[open(t, dir).Packs()[i].Name] = n
	}
	before := sizeOf(t, dir)
	check := func(step string) {
		t.Helper()
		s := open(t, dir)
		left := 0
		for _, p := range s.Packs() {
			if _, err := s.Check(p); err != nil {
				t.Errorf("%s: %v", step, err)
			}
			if p.Name == Rest {
				continue
			}
			left++
			if got, err := read(s, p); err != nil || !sameNight(got, want[p.Name]) {
				t.Errorf("%s: %s is not what was kept: %v", step, p.Name, err)
			}
			if err := s.Whole(p); err != nil {
				t.Errorf("%s: %v", step, err)
			}
		}
		if left != len(want) {
			t.Errorf("%s: %d editions are left of %d", step, left, len(want))
		}
	}
	prune := func(step string, gone func(p Pack) bool) {
		t.Helper()
		if err := open(t, dir).Prune(func(p Pack) bool { return !gone(p) }); err != nil {
			t.Fatalf("%s: %v", step, err)
		}
		for name := range want {
			for _, p := range slices.Clone(open(t, dir).Packs()) {
				if p.Name == name && gone(p) {
					t.Errorf("%s: %s is still there", step, name)
				}
			}
		}
	}
	drop := func(gone func(p Pack) bool) func(p Pack) bool {
		for _, p := range open(t, dir).Packs() {
			if gone(p) {
				delete(want, p.Name)
			}
		}
		return gone
	}
	prune("nothing", drop(func(Pack) bool { return false }))
	check("nothing")
	if after := sizeOf(t, dir); after != before {
		t.Errorf("nothing was removed, and the size went from %d to %d", before, after)
	}
	prune("two of three", drop(func(p Pack) bool { return p.Number%3 != 0 && p.Number < 30 }))
	check("two of three")
	middle := sizeOf(t, dir)
	prune("the old", drop(func(p Pack) bool { return p.Number < 36 }))
	check("the old")
	after := sizeOf(t, dir)
	t.Logf("%d bytes, %d without two of three, %d without the old", before, middle, after)
	if middle >= before || after >= middle {
		t.Error("no space was freed")
	}
	next := nightOf(t, rowsOf(1600), "next")
	want["2.0.0"] = next
	add(t, dir, "2.0.0", next)
	check("a new one")
}

// TestAKilledPruneIsRepeated leaves what a kill leaves: an edition's pack under its new name, as it was.
func TestAKilledPruneIsRepeated(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	all := nights(t, dir, 3, 400)
	packs := open(t, dir).Packs()
	if err := os.Rename(filepath.Join(dir, packs[1].File()), filepath.Join(dir, Pack{2, Rest}.File())); err != nil {
		t.Fatal(err)
	}
	before := sizeOf(t, dir)
	check := func() {
		t.Helper()
		s := open(t, dir)
		for _, i := range []int{0, 2} {
			if got, err := read(s, packs[i]); err != nil || !sameNight(got, all[i]) {
				t.Errorf("%s is not what was kept: %v", packs[i].Name, err)
			}
		}
	}
	check()
	for range 2 {
		if err := open(t, dir).Prune(func(Pack) bool { return true }); err != nil {
			t.Fatal(err)
		}
		check()
	}
	if after := sizeOf(t, dir); after >= before {
		t.Errorf("%d bytes, then %d", before, after)
	}
}
