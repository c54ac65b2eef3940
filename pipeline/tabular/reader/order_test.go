package reader

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
)

// TestOrderOfMonths reads tables that give the year once.
func TestOrderOfMonths(t *testing.T) {
	const layout = `{` + base + `"period": {"is": "month", "year": "Year", "month": "Month", "fill": true}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}], "dimensions": [{"name": "category", "column": "Group"}]}`
	for _, c := range []struct {
		name, rows string
		ok         bool
	}{
		{"each year", "2024,Nov,a,1\n,Dec,a,2\n2025,Jan,a,3\n,Feb,a,4\n", true},
		{"down", "2025,Feb,a,1\n,Jan,a,2\n2024,Dec,a,3\n,Nov,a,4\n", true},
		{"group by group", "2024,Jan,a,1\n,Feb,a,2\n,Jan,b,3\n,Feb,b,4\n", true},
		{"a year is not there", "2024,Nov,a,1\n,Dec,a,2\n,Jan,a,3\n", false},
		{"a year is not there after its last month", "2024,Dec,a,2\n,Jan,a,3\n", false},
		{"down, a year is not there", "2025,Feb,a,1\n,Jan,a,2\n,Dec,a,3\n", false},
		{"a year is not there in the second year", "2024,Jan,a,1\n,Feb,a,1\n2025,Dec,a,2\n,Jan,a,3\n", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, err := read(layout, "Year,Month,Group,N\n"+c.rows)
			if c.ok != (err == nil) || err != nil && !errors.Is(err, decode.ErrPeriod) {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}

// TestHeadingWithin reads a table with a second block under a heading.
func TestHeadingWithin(t *testing.T) {
	for text, want := range map[string][]string{
		"Month,People\n2024-01,1\n\nForecast\n2024-02,9\n":        {"heading-within-table error"},
		"Month,People\nNotes apply\n2024-01,1\n2024-02,9\nNote\n": nil,
	} {
		_, findings, err := read(monthly+`}`, text)
		if got := codesOf(findings); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: got %v, %v", text, findings, err)
		}
	}
}

// TestWeekday reads weeks that must all end on the same day of the week.
func TestWeekday(t *testing.T) {
	const layout = `{` + base + `"period": {"is": "week", "column": "Week", "names": "last"}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}]}`
	for text, ok := range map[string]bool{
		"Week,N\n15 August 2026,1\n22 August 2026,2\n5 September 2026,2\n": true,
		"Week,N\n15 August 2026,1\n23 August 2026,2\n":                     false,
	} {
		_, _, err := read(layout, text)
		if ok != (err == nil) || err != nil && (!errors.Is(err, decode.ErrPeriod) || !strings.Contains(err.Error(), "row 3")) {
			t.Errorf("%q: got %v", text, err)
		}
	}
}
