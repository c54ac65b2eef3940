package table

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
)

// TestFirstRowHasAQuotedText checks that a reader that looks only at the first rows sees that the
// file has quotes, whatever texts come later.
func TestFirstRowHasAQuotedText(t *testing.T) {
	for _, c := range []struct {
		name string
		row  []Cell // of year-to-date: series, year, …, obs_status, vintage, note, …
		want string
	}{
		{"last text", []Cell{Text("a:b:D"), Text("A"), Text("low base")}, `a:b:D,A,"low base"`},
		{"no note", []Cell{Text("a:b:D"), Text("A"), Text("")}, `a:b:D,"A",`},
		{"a comma before it", []Cell{Text(`of "x", y`), Text("A"), Text("")}, `"of ""x"", y","A",`},
		{"a quote in it", []Cell{Text(" a"), Int(3), Text(`say "x"`)}, `" a",3,"say ""x"""`},
		{"no text", []Cell{Int(1), Int(2), Float(0, false)}, `1,2,`},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := &Table{Rows: [][]Cell{c.row, {Text("x"), Text("B"), Text("y, z")}}}
			table.Schema.Columns = New("headlines").Schema.Columns[:3]
			var b strings.Builder
			if err := table.CSV(&b); err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(b.String(), "\r\n")
			if len(lines) != 4 || lines[1] != c.want || lines[2] != `x,B,"y, z"` {
				t.Errorf("lines %q, want %s first", lines, c.want)
			}
			back, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			fields := []string{c.row[0].Field(), c.row[1].Field(), c.row[2].Field()}
			if !slices.Equal(back[1], fields) {
				t.Errorf("read back %q, want %q", back[1], fields)
			}
		})
	}
}
