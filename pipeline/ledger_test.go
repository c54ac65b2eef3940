package pipeline_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestAKeptLedgerChangesNothing publishes after each of several releases, one of them between two known
// ones, and after damage to the stored ledger. The ledger must equal that of all releases published at
// once.
func TestAKeptLedgerChangesNothing(t *testing.T) {
	t.Parallel()
	picked := []string{release(t, "2026-02-20"), release(t, "2026-06-19"), release(t, "2026-02-27"), release(t, "2026-06-26")}
	dir, once := t.TempDir(), t.TempDir()
	kept := filepath.Join(dir, "out", "cache", "ledgers", boats)
	var states [][]byte
	for i, file := range picked {
		mustAdd(t, config(t, dir), file)
		published(t, config(t, dir), "")
		state, err := os.ReadFile(kept)
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, state)
		if i == 0 {
			continue
		}
		if slices.Equal(state, states[i-1]) {
			t.Errorf("after %d releases the ledger is that of %d", i+1, i)
		}
	}
	mustAdd(t, config(t, once), picked...)
	published(t, config(t, once), "")
	same := func(when string) {
		t.Helper()
		for _, table := range []string{"revisions", "revision-summary", "releases"} {
			got, want := readAll(t, dir, table), readAll(t, once, table)
			if got != want {
				t.Errorf("%s: table %s is\n%s\nwant\n%s", when, table, got, want)
			}
		}
	}
	same("kept from release to release")
	if len(rows(t, once, "revisions")) == 0 {
		t.Error("there is nothing in the ledger to be kept")
	}
	last := states[len(states)-1]
	for name, damage := range map[string][]byte{"cut": last[:len(last)/2], "older": states[0]} {
		if err := os.WriteFile(kept, damage, 0o644); err != nil {
			t.Fatal(err)
		}
		// Without this note nothing is read where nothing is new.
		if err := os.Remove(filepath.Join(dir, "out", "cache", "site")); err != nil {
			t.Fatal(err)
		}
		published(t, config(t, dir), "")
		same(name)
		if state, err := os.ReadFile(kept); err != nil || !slices.Equal(state, last) {
			t.Errorf("%s: the file is not mended, error %v", name, err)
		}
	}
}

// readAll returns a published table as CSV.
func readAll(t *testing.T, dir, table string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "out", "site", "data", table+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
