package reader

import (
	"strings"
	"testing"
)

// TestSaysThousands reads tables that say in words that their figures are in thousands.
func TestSaysThousands(t *testing.T) {
	const waits = "says-thousands error"
	const table = "Month,People\nJan 2024,1\n"
	for name, c := range map[string]struct{ layout, text, want string }{
		"title":         {monthly + "}", "All figures in thousands\n\n" + table, waits},
		"title, German": {monthly + "}", "Ankünfte (in Tausend)\n\n" + table, waits},
		"unit":          {monthly + "}", "Unit: thousand persons\n\n" + table, waits},
		"note":          {monthly + "}", table + "Note: figures are in millions\n", waits},
		"header":        {strings.Replace(monthly, `"People"`, `"People ('000s)"`, 1) + "}", "Month,People ('000s)\nJan 2024,1\n", waits},
		"declared":      {monthly + `, "times": 1000}`, "All figures in thousands\n\n" + table, ""},
		"other words":   {monthly + "}", "Thousands of arrivals in ten years\n\n" + table, ""},
		"a place":       {monthly + "}", "Arrivals in Milesia\n\n" + table, ""},
	} {
		_, findings, err := read(c.layout, c.text)
		if got := strings.Join(codesOf(findings), "|"); err != nil || got != c.want {
			t.Errorf("%s: got %v, %v", name, findings, err)
		}
	}
}
