package main

import (
	"strings"
	"testing"

	"crossings/pipeline/ingest"
	"crossings/pipeline/read/codes"
)

// TestLabelLinesCanBePasted checks that each list of lines is a list of the operator that gives its
// labels codes.
func TestLabelLinesCanBePasted(t *testing.T) {
	text := labelLines([]ingest.UnlistedLabel{
		{Source: "ukho-returns", List: "area", Publisher: "ukho", Label: `Free "City", of Danzig`, Code: "x-free-city-of-danzig", Rows: 3, Figures: 9, Releases: []string{"2024-02-29-a"}},
		{Source: "ukho-returns", List: "area", Publisher: "ukho", Label: "French Polynesia (Fr)", Code: "x-french-polynesia-fr", Releases: []string{"a", "b"}, Pending: []string{"c"}, Nearest: "French Polynesia", NearestCode: "PYF", Close: true},
		{Source: "ukho-illegal-entry", List: "area", Publisher: "ukho", Label: "=1+1", Code: "x-1-1", Pending: []string{"c"}},
		{Source: "ukho-returns", List: "area", Publisher: "ukho", Label: "Ruritania", Code: "x-ruritania", Nearest: "Mauritania", NearestCode: "MRT"},
		{Source: "ukho-returns", List: "return-type", Publisher: "ukho", Label: "All returns", Code: "x-all-returns", MayBeSum: true, Nearest: "Other returns", NearestCode: "x", Close: true},
		{Source: "ukho-returns", List: "return-type", Publisher: "ukho", Label: "Red\x1b[31m", Code: "x-red"},
	})
	want := map[string]map[string]string{
		"area":        {`Free "City", of Danzig`: "x-free-city-of-danzig", "French Polynesia (Fr)": "PYF", "=1+1": "x-1-1", "Ruritania": "x-ruritania"},
		"return-type": {"All returns": "x-all-returns"},
	}
	parts := strings.Split(text, "# data/labels/")
	if len(parts) != 3 || parts[0] != "" || strings.Contains(text, "\x1b") {
		t.Fatalf("%q", text)
	}
	for _, part := range parts[1:] {
		list, _, _ := strings.Cut(part, ".csv")
		lines := strings.Split(part, "\n")[1:]
		var kept []string
		for _, line := range lines {
			if !strings.HasPrefix(line, "#") {
				kept = append(kept, line)
			}
		}
		rows, err := codes.ReadList(list, "x.csv", []byte(strings.Join(kept, "\n")))
		if err != nil || len(rows) != len(want[list]) {
			t.Fatalf("%s: %+v, %v", list, rows, err)
		}
		for _, r := range rows {
			if r.Code != want[list][r.Label] {
				t.Errorf("%s: %q is %s", list, r.Label, r.Code)
			}
		}
	}
	for _, say := range []string{"ukho-returns: rows 3, figures 9, in 2024-02-29-a", "3 releases, the last c, pending: 1", "nearest: Mauritania, MRT", "may be a sum of other rows: then _T", "cannot be listed"} {
		if !strings.Contains(text, say) {
			t.Errorf("it does not say %q:\n%s", say, text)
		}
	}
	if got := labelLines(nil); !strings.Contains(got, "every label") {
		t.Errorf("%q", got)
	}
}
