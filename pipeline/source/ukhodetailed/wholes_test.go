package ukhodetailed

import (
	"strings"
	"testing"
)

// TestATotalInAColumnWithoutAListWaits repeats the newest quarter under a label that may be a total,
// in a column that no list describes. The release waits.
func TestATotalInAColumnWithoutAListWaits(t *testing.T) {
	plain, regional := view, view
	regional.Columns = append([]Column{}, view.Columns...)
	regional.Columns[2].Wholes = WholesOfRegions
	for _, c := range []struct {
		label string
		view  *View
		waits bool
	}{
		{"Total", &plain, true}, {"All_regions", &plain, true}, {"of_which_children", &plain, true}, {"TOTAL_[note_1]", &plain, true},
		{"Europe", &plain, false}, {"England", &plain, false}, {"All_other_regions", &plain, false},
		{"England", &regional, true}, {"United_Kingdom", &regional, true}, {"UK", &regional, true}, {"Great_Britain", &regional, true},
		{"ENGLAND", &regional, true}, {"Total", &regional, true}, {"East_of_England", &regional, false}, {"Scotland", &regional, false},
	} {
		text := strings.Replace(good, "End_of_table", "2018 2018_Q3 Female Chad "+c.label+" 4\nEnd_of_table", 1)
		cube, _, err := read(book(t, "Data_X_D01", text), c.view)
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		if c.waits {
			want = "label-may-be-total/error"
		}
		if got := findingsOf(cube.Findings()); got != want {
			t.Errorf("%s: findings %q, want %q", c.label, got, want)
		}
	}
}

// TestWholesOfDistricts separates districts from what is larger.
func TestWholesOfDistricts(t *testing.T) {
	for text, want := range map[string]bool{
		"england": true, "scotland": true, "wales": true, "northern ireland": true, "london": true, "north east": true, "e92000001": true, "s92000003": true,
		"k02000001": true, "k03000001": true, "e12000007": true, "england and wales": true,
		"city of london": false, "north east lincolnshire": false, "e07000223": false, "s12000049": false, "n09000003": false, "w06000015": false, "e06000014": false, "unknown": false,
	} {
		if WholesOfDistricts.MatchString(text) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
}
