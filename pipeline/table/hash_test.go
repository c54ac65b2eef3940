package table

import (
	"bytes"
	"testing"
)

// TestTheHashTellsCellsApart compares tables that are the same, or nearly so, as CSV.
func TestTheHashTellsCellsApart(t *testing.T) {
	of := func(a, b Cell) []byte {
		x := New("headlines")
		row := make([]Cell, len(x.Schema.Columns))
		row[0], row[1] = a, b
		x.Rows = append(x.Rows, row)
		return x.Hash()
	}
	if !bytes.Equal(of(Text("a"), Text("b")), of(Text("a"), Text("b"))) {
		t.Error("the same table has two hashes")
	}
	seen := map[string]int{}
	for i, pair := range [][2]Cell{
		{Text("a"), Text("b")}, {Text("ab"), Text("")}, {Text(""), Text("ab")}, {Text("ab"), {}}, {Text("=1"), Text("b")}, {Text("'=1"), Text("b")},
		{Text("a"), Int(1)}, {Text("a"), Text("1")}, {Text("a"), Int(2)}, {Text("a"), {typ: integer, null: true}},
	} {
		sum := string(of(pair[0], pair[1]))
		if before, ok := seen[sum]; ok {
			t.Errorf("tables %d and %d have the same hash", before, i)
		}
		seen[sum] = i
	}
	if bytes.Equal(New("headlines").Hash(), New("sources").Hash()) {
		t.Error("two empty tables have the same hash")
	}
}
