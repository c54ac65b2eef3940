package reader

import (
	"strings"
	"testing"
)

// TestNumbersAsWritten reads numbers as spreadsheet programs and people write them.
func TestNumbersAsWritten(t *testing.T) {
	layout := func(extra string) string { return monthly + extra + "}" }
	for _, c := range []struct{ extra, cell, want string }{
		{"", "12.0000000001", "2024-01-01 12"}, {"", "11.999999999999998", "2024-01-01 12"}, {"", "1.2E+03", "2024-01-01 1200"}, {"", "0.00000000000000001", "2024-01-01 0"},
		{"", "12.000001234", "fraction"}, {"", "12.6", "fraction"}, {"", "0.0000001", "fraction"}, {"", "1E+12", "more than"}, {"", "12.5E0", "fraction"},
		{`, "times": 1000`, "1.2345", "fraction"}, {`, "times": 1000`, "1.2340000001", "2024-01-01 1234"}, {`, "times": 10`, "0.3", "2024-01-01 3"},
		{"", "255 (revised)", "2024-01-01 255 (revised)"}, {"", "255 (r)", "2024-01-01 255 (r)"}, {"", "255 (prov.)", "2024-01-01 255 P (prov.)"}, {"", "255 (estimate)", "2024-01-01 255 E (estimate)"},
		{"", "255 (other)", "is not a count"}, {"", "(255)", "is not a count"}, {"", "255-", "is not a count"},
		{"", "1 022", "2024-01-01 1022"}, {"", "1\u202f022", "2024-01-01 1022"}, {"", "1 02", "is not a count"}, {"", "10 0220", "is not a count"},
		{`, "negative": true`, "−3", "2024-01-01 -3"}, {"", "−3", "below zero"}, {`, "negative": true`, "-3.0000000001", "2024-01-01 -3"},
		{`, "file": {"delimiter": ";", "decimal": ",", "thousands": "."}, "times": 10`, "1.022,5", "2024-01-01 10225"},
		{`, "file": {"delimiter": ";", "decimal": ",", "thousands": "."}`, "1.022,5", "fraction"},
		{`, "file": {"delimiter": ";"}`, "1.022,5", "declare the decimal mark"}, {`, "file": {"delimiter": ";"}`, "1,022", "declare the decimal mark"},
	} {
		text := "Month,People\nJan 2024,\"" + c.cell + "\"\n"
		if strings.Contains(c.extra, ";") {
			text = "Month;People\nJan 2024;" + c.cell + "\n"
		}
		out, _, err := read(layout(c.extra), text)
		got := strings.TrimPrefix(strings.Join(out, "|"), "arrivals:M ")
		if ok := err == nil && got == c.want; !ok && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s %q: got %q, %v; want %q", c.extra, c.cell, got, err, c.want)
		}
	}
}
