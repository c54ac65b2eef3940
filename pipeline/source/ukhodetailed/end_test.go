package ukhodetailed

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// TestNoEndWaits reads a workbook without the row that ends its table. It may be cut short, which a
// person can see: the release waits.
func TestNoEndWaits(t *testing.T) {
	cube, _, err := read(book(t, "Data_X_D01", strings.TrimSuffix(good, "End_of_table\n")), &view)
	if err != nil {
		t.Fatal(err)
	}
	if got := findingsOf(cube.Findings()); got != "no-end/error" {
		t.Errorf("findings %q", got)
	}
}

// TestQuartersInOtherTypography writes quarters and years with other spaces, dashes and marks.
func TestQuartersInOtherTypography(t *testing.T) {
	for old, other := range map[string]string{"2018 Q2": "2018\u00a0Q2", "2018 Q3": "2018 - Q3 [r]", "2018": "2018 [p]", "2018 Q1": "Q1\u2009\u2013\u00a02018"} {
		cells := rows(good)
		for _, row := range cells {
			for i, v := range row {
				if fmt.Sprint(v) == old {
					row[i] = other
				}
			}
		}
		f := book(t, "Data_X_D01", good)
		f.Data = sourcetest.Book(t, sourcetest.Sheet{Name: "Data_X_D01", Rows: cells})
		cube, _, err := read(f, &view)
		if err != nil {
			t.Errorf("%q: %v", other, err)
		} else if got := list(cube.Observations()); !strings.Contains(got, " 2018-04-01 A10 at") || !strings.Contains(got, " 2018-07-01 A4 at") {
			t.Errorf("%q: %s", other, got)
		}
	}
}
