package reader

import (
	"strings"
	"testing"
)

// TestFiscalParts reads fiscal years in a column of their own, and years to date.
func TestFiscalParts(t *testing.T) {
	in := func(period string) string {
		return `{` + base + `"period": {` + period + `}, "values": [{"column": "N", "measure": "arrivals", "unit": "persons"}]}`
	}
	quarters := `"is": "quarter", "year": "Year", "quarter": "Quarter"`
	for _, c := range []struct{ name, layout, text, want string }{
		{"fiscal quarter", in(quarters + `, "fiscal_year_starts": 4`), "Year,Quarter,N\n2018/19,Q1,5\n2018/19,Q4,6\n", "Q 2018-04-01 5|arrivals:Q 2019-01-01 6"},
		{"not declared", in(quarters), "Year,Quarter,N\n2018/19,Q1,5\n", "fiscal year starts"},
		{"FY, not declared", in(`"is": "month", "year": "Year", "month": "Month"`), "Year,Month,N\nFY2025,OCT,5\n", "fiscal year starts"},
		{"months of a quarter", in(quarters), "Year,Quarter,N\n2018,Jan to Mar,5\n2018,Apr-Jun,6\n", "Q 2018-01-01 5|arrivals:Q 2018-04-01 6"},
		{"months of a fiscal quarter", in(quarters + `, "fiscal_year_starts": 4`), "Year,Quarter,N\n2018/19,Jan to Mar,5\n", "want a quarter"},
		{"months of a year to date", in(`"is": "month", "year": "Year", "month": "Month", "fiscal_year_starts": 10`), "Year,Month,N\n2026 (FYTD),OCT,5\n", "M 2025-10-01 5"},
		{"year to date", in(`"is": "year", "column": "Year", "fiscal_year_starts": 10`), "Year,N\nFY2024,9\nFY2025 (FYTD),5\n", "sum to date"},
		{"year to date, left out", in(`"is": "year", "column": "Year", "fiscal_year_starts": 10, "unfinished": true`), "Year,N\nFY2024,9\nFY2025 (FYTD),5\n", "A 2023-10-01 9"},
		{"year to date across", in(`"is": "month", "column": "Month", "fiscal_year_starts": 10`), "Month,N\nFY2026 (FYTD) OCT,5\n", "sum to date"},
	} {
		out, _, err := read(c.layout, c.text)
		got := strings.TrimPrefix(strings.Join(out, "|"), "arrivals:")
		if ok := err == nil && got == c.want; !ok && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: got %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}
