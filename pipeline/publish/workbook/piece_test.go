package workbook

import (
	"bytes"
	"hash/crc32"
	"slices"
	"strings"
	"testing"
)

// keeping returns a Keep that keeps in memory, and the number of things that it made.
func keeping() (Keep, *int) {
	kept, made := map[string][]byte{}, 0
	return func(make func() ([]byte, error), parts ...[]byte) ([]byte, error) {
		name := string(bytes.Join(parts, []byte{0}))
		if data, ok := kept[name]; ok {
			return data, nil
		}
		made++
		data, err := make()
		kept[name] = data
		return data, err
	}, &made
}

// keyed returns the small book with keys for its sheets.
func keyed(keep Keep, suffix string) Book {
	b := small()
	b.Keep = keep
	for i := range b.Sheets {
		b.Sheets[i].Key = []byte(b.Sheets[i].Name + suffix)
	}
	return b
}

func TestKeptSheetsGiveTheSameBytes(t *testing.T) {
	keep, made := keeping()
	for range 3 {
		if !bytes.Equal(written(t, keyed(keep, "").XLSX), written(t, small().XLSX)) || !bytes.Equal(written(t, keyed(keep, "").ODS), written(t, small().ODS)) {
			t.Fatal("a book from kept sheets has other bytes")
		}
	}
	if want := 3 * len(small().Sheets); *made != want { // its measures, and the two forms
		t.Errorf("%d things were made, want %d", *made, want)
	}
	b := keyed(keep, "")
	for i := range b.Sheets {
		b.Sheets[i].Rows = func(func([]Cell) bool) { t.Fatal("a kept sheet was read") }
	}
	written(t, b.XLSX)
}

// TestAKeptSheetIsMadeAgain changes one thing at a time that a sheet is made from.
func TestAKeptSheetIsMadeAgain(t *testing.T) {
	changes := map[string]func(b *Book){
		"rows": func(b *Book) {
			b.Sheets[0].Key = []byte("other")
			first := true
			rows := b.Sheets[0].Rows
			b.Sheets[0].Rows = func(yield func([]Cell) bool) { // without the first row
				for row := range rows {
					if !first && !yield(row) {
						return
					}
					first = false
				}
				first = true
			}
		},
		"name":        func(b *Book) { b.Sheets[0].Name = "Other" },
		"title":       func(b *Book) { b.Sheets[0].Title = "Another title" },
		"description": func(b *Book) { b.Sheets[0].Description += " More." },
		"source":      func(b *Book) { b.Sheets[0].Source = "Somebody else" },
		"head": func(b *Book) {
			b.Sheets[0].Columns = slices.Clone(b.Sheets[0].Columns)
			b.Sheets[0].Columns[0].Head = "Another"
		},
		"format": func(b *Book) {
			b.Sheets[0].Columns = slices.Clone(b.Sheets[0].Columns)
			for i := range b.Sheets[0].Columns {
				b.Sheets[0].Columns[i].Places, b.Sheets[0].Columns[i].Signed = 5, true
			}
		},
		"order": func(b *Book) { slices.Reverse(b.Sheets) },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			keep, made := keeping()
			written(t, keyed(keep, "").XLSX)
			written(t, keyed(keep, "").ODS)
			before := *made
			got, fresh := keyed(keep, ""), keyed(nil, "")
			change(&got)
			change(&fresh)
			if !bytes.Equal(written(t, got.XLSX), written(t, fresh.XLSX)) || !bytes.Equal(written(t, got.ODS), written(t, fresh.ODS)) {
				t.Error("the book has other bytes than one made from nothing")
			}
			if *made == before && name != "order" {
				t.Error("nothing was made again")
			}
		})
	}
}

func TestSumsOfPiecesAreCombined(t *testing.T) {
	whole := strings.Repeat("a text of some length; ", 99)
	for _, at := range []int{0, 1, 7, 1000, len(whole)} {
		a, b := []byte(whole[:at]), []byte(whole[at:])
		if got := combined(crc32.ChecksumIEEE(a), crc32.ChecksumIEEE(b), uint64(len(b))); got != crc32.ChecksumIEEE([]byte(whole)) {
			t.Errorf("cut at %d the sum is %08x", at, got)
		}
	}
}

func TestAKeptPieceThatIsTooShortIsRefused(t *testing.T) {
	keep := func(make func() ([]byte, error), parts ...[]byte) ([]byte, error) {
		if strings.HasPrefix(string(parts[1]), "xlsx") {
			return []byte("short"), nil
		}
		return make()
	}
	if err := keyed(keep, "").XLSX(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "too few") {
		t.Errorf("got %v", err)
	}
}
