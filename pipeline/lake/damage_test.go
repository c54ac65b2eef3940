package lake

import (
	"errors"
	"os"
	"testing"
)

func TestAppendMendsADamagedFile(t *testing.T) {
	l := Open(t.TempDir())
	r := release("2026-01-09", 1, "a")
	put(t, l, r, days(&arrivals, first, 1))
	if err := os.WriteFile(l.parquetPath("a-b", r.ID), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if !put(t, l, r, days(&arrivals, first, 1)) || values(t, l, "") != "a1" {
		t.Error("not repaired")
	}
}

func TestDamageIsNeverRead(t *testing.T) {
	l := Open(t.TempDir())
	r := release("2026-01-09", 1, "a")
	put(t, l, r, days(&arrivals, first, 1, 2, 3))
	path := l.parquetPath("a-b", r.ID)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(whole); i += 13 {
		bad := append([]byte(nil), whole...)
		bad[i] ^= 0x10
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		if obs, _, err := l.AsOf("a-b", 0); !errors.Is(err, ErrDamaged) || obs != nil {
			t.Fatalf("byte %d flipped: %d observations, error %v", i, len(obs), err)
		}
	}
	if errs := l.Verify(); len(errs) != 1 || !errors.Is(errs[0], ErrDamaged) {
		t.Errorf("verify: %v", errs)
	}
	if err := os.WriteFile(l.entryPath("a-b", r.ID), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Entries("a-b"); !errors.Is(err, ErrDamaged) {
		t.Errorf("entry: %v", err)
	}
}

func TestVerifyReportsAFileWithoutEntry(t *testing.T) {
	l := Open(t.TempDir())
	r := release("2026-01-09", 1, "a")
	put(t, l, r, days(&arrivals, first, 1))
	if errs := l.Verify(); len(errs) != 0 {
		t.Errorf("verify: %v", errs)
	}
	if err := os.Remove(l.entryPath("a-b", r.ID)); err != nil {
		t.Fatal(err)
	}
	put(t, l, release("2026-01-16", 1, "b"), days(&arrivals, first, 1))
	if errs := l.Verify(); len(errs) != 1 {
		t.Errorf("verify: %v", errs)
	}
	if err := l.Prune(); err != nil {
		t.Fatal(err)
	}
	// The lake did not write this file, so it stays.
	if errs := l.Verify(); len(errs) != 1 || values(t, l, "") != "a1" {
		t.Errorf("after pruning: %v", errs)
	}
}
