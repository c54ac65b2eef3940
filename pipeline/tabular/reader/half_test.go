package reader

import (
	"strings"
	"testing"
)

// TestHalfYears reads tables of half-years: down, across, below a header of three rows, and with the
// years in a column. They are spans in a monthly series.
func TestHalfYears(t *testing.T) {
	const value = `"values": [{"column": "People", "measure": "arrivals", "unit": "persons"}]`
	const across = `"values": [{"measure": "arrivals", "unit": "persons"}], "dimensions": [{"name": "destination", "column": "Country", "codelist": "area"}], "series": ["destination"]`
	for name, c := range map[string]struct{ layout, text, want string }{
		"down": {`{` + base + `"period": {"is": "half-year", "column": "Period"}, ` + value + `}`, "Period,People\nH1 2024,5\nJul–Dec 2024,7\nfirst half of 2025,[x]\n",
			"arrivals:M 2024-01-01 5|arrivals:M 2024-07-01 7|arrivals:M 2025-01-01  O [x]"},
		"a level": {`{` + base + `"kind": "stock", "period": {"is": "half-year", "column": "Period"}, ` + value + `}`, "Period,People\nH1 2024,5\n2024 H2,7\n",
			"arrivals:M 2024-06-30 5|arrivals:M 2024-12-31 7"},
		"across": {`{` + base + `"period": {"is": "half-year", "across": true}, ` + across + `}`, "Country,H1 2024,H2 2024\nItaly,5,7\n",
			"arrivals:M:destination=ITA 2024-01-01 5|arrivals:M:destination=ITA 2024-07-01 7"},
		"a header of three rows": {`{` + base + `"file": {"header_rows": 3}, "period": {"is": "half-year", "across": true}, ` + across + `}`, ",2024,,2025\n,First half,Second half,First half\nCountry,,,\nItaly,5,7,6\n",
			"arrivals:M:destination=ITA 2024-01-01 5|arrivals:M:destination=ITA 2024-07-01 7|arrivals:M:destination=ITA 2025-01-01 6"},
		"across, years down": {`{` + base + `"period": {"is": "half-year", "year": "Year", "across": true}, "values": [{"measure": "arrivals", "unit": "persons"}]}`, "Year,H1,H2\n2024,5,7\n2025,6,\n",
			"arrivals:M 2024-01-01 5|arrivals:M 2024-07-01 7|arrivals:M 2025-01-01 6|arrivals:M 2025-07-01  O"},
		"tabs where the layout says commas": {`{` + base + `"period": {"is": "half-year", "column": "Period"}, ` + value + `}`, "Period\tPeople\nH1 2024\t5\n", "arrivals:M 2024-01-01 5"},
		"semicolons where it says tabs": {`{` + base + `"file": {"delimiter": "tab"}, "period": {"is": "half-year", "column": "Period"}, ` + value + `}`, "Period;People\nH1 2024;5\n",
			"arrivals:M 2024-01-01 5"},
	} {
		got, findings, err := read(c.layout, c.text)
		if err != nil || strings.Join(got, "|") != c.want {
			t.Errorf("%s: got %s, %v %v; want %s", name, strings.Join(got, "|"), findings, err, c.want)
		}
	}
}
