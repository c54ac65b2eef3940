package ukhodetailed

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// below returns a table with rows inserted below the first row that begins with the given text.
func below(f source.File, begin string, extra ...string) source.File {
	lines := strings.Split(strings.TrimSpace(string(f.Data)), "\n")
	at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, begin) })
	f.Data = []byte(strings.Join(slices.Insert(lines, at+1, extra...), "\n") + "\n")
	return f
}

// TestABlockOfRepeatedRowsWaits repeats adjacent rows, far below any ceiling. That is no
// coincidence: the release waits for a person.
func TestABlockOfRepeatedRowsWaits(t *testing.T) {
	last := year(table(), "2020")
	first := year(table(), "2018")
	recount := func(rows []string) []string {
		rows = slices.Clone(rows)
		for i := range rows {
			rows[i] = rows[i][:strings.LastIndex(rows[i], ",")] + ",99"
		}
		return rows
	}
	lower := func(rows []string) []string {
		rows = slices.Clone(rows)
		for i := range rows {
			rows[i] = strings.ToLower(rows[i])
		}
		return rows
	}
	shuffled := slices.Clone(first[:6])
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for _, c := range []struct {
		name  string
		file  source.File
		block bool
	}{
		{"one row", table(last[0]), false},
		{"one row with another count", table(recount(last[:1])...), false},
		{"one row six times", table(last[3], last[3], last[3], last[3], last[3]), false},
		{"single rows far apart", below(below(table(), first[0], first[0]), first[5], first[5]), false},
		{"single rows with other counts", below(below(table(), first[0], recount(first[:1])...), first[1], recount(first[1:2])...), false},
		{"two rows", table(last[:2]...), true},
		{"two rows right below themselves", below(table(), first[1], first[:2]...), true},
		{"two rows from far above", table(first[4:6]...), true},
		{"two rows in another order", table(first[5], first[4]), true},
		{"six rows in another order", table(shuffled...), true},
		{"two rows with other counts", table(recount(first[:2])...), true},
		{"two rows in other letters", table(lower(first[:2])...), true},
		{"each of two rows below itself", below(below(table(), first[0], first[0]), first[1], first[1]), true},
	} {
		cube, _, err := read(c.file, withRepeats(160, 20))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		held := false
		for _, f := range cube.Findings() {
			held = held || f.Severity == stat.SeverityError
			if f.Code == "repeated-block" && (!strings.Contains(f.Message, "row ") || f.Where == "") {
				t.Errorf("%s: %+v says no place", c.name, f)
			}
		}
		if held != c.block {
			t.Errorf("%s: held %t, want %t: %+v", c.name, held, c.block, cube.Findings())
		}
	}
}
