package decode

import (
	"fmt"
	"slices"
	"testing"
)

// TestUnseen notes what of a table is hidden. Figures that somebody hid wait for a person.
func TestUnseen(t *testing.T) {
	column := func(columns ...[2]int) [][2]int { return columns }
	for _, c := range []struct {
		name   string
		hidden []*Hidden // of the header and two rows
		want   []string
	}{
		{"nothing", []*Hidden{nil, nil, nil}, nil},
		{"the header only", []*Hidden{{Row: true}, nil, nil}, nil},
		{"a row", []*Hidden{nil, nil, {Row: true}}, []string{"hidden-rows A3 true"}},
		{"most rows", []*Hidden{nil, {Row: true}, {Row: true}}, []string{"hidden-rows A2 false"}},
		{"filtered", []*Hidden{nil, {Filtered: true}, {Filtered: true}}, []string{"filtered-rows A2 false"}},
		{"the sheet", []*Hidden{{Sheet: true}, {Sheet: true}, {Sheet: true}}, []string{"hidden-sheet  true"}},
		{"columns", []*Hidden{nil, {Columns: column([2]int{1, 3})}, {Columns: column([2]int{1, 3})}}, []string{"hidden-column B true", "hidden-column C true", "hidden-column D false"}},
		{"a column that is not read", []*Hidden{nil, {Columns: column([2]int{4, 9})}, nil}, nil},
	} {
		table := landed.Table(Error{})
		for i, texts := range [][]string{{"Date", "Migrants arrived", "Boats arrived", "Notes", "Port"}, {"1 May", "5", "1", "x", "Dover"}, {"2 May", "5", "1", "x", "Dover"}} {
			row := Row{Sheet: "S", Line: i + 1, Hidden: c.hidden[i]}
			for _, text := range texts {
				row.Cells = append(row.Cells, Cell{Kind: Text, Value: text})
			}
			if _, err := table.Row(row); err != nil {
				t.Fatal(err)
			}
		}
		var got []string
		for _, p := range table.Unseen() {
			got = append(got, fmt.Sprint(p.Code, " ", p.Where, " ", p.Waits))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
