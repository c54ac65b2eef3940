package reader

import (
	"strings"
	"testing"

	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// TestLackingColumns reads a file that lacks several columns: the error names them in one order,
// that of the layout, and by name those that rows are chosen by.
func TestLackingColumns(t *testing.T) {
	l, err := tabular.Parse("layout.json", []byte(`{"title": "T", "flow": "arrival", "period": {"is": "year", "column": "Year"},
		"values": [{"column": "Count", "measure": "arrivals", "unit": "persons"}], "sum_over": ["Sector"],
		"only": {"F": ["x"], "B": ["x"], "D": ["x"], "A": ["x"], "C": ["x"], "E": ["x"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		_, err := Decode(l, nil, "table:x", "a.csv", []byte("Year,Count\n2024,5\n"), &stat.Release{})
		if err == nil || !strings.Contains(err.Error(), "the nearest lacks \"Sector, A, B, C, D, E, F\"") {
			t.Fatalf("got %v", err)
		}
	}
}
