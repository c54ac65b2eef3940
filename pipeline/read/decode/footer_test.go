package decode

import (
	"strings"
	"testing"
)

func TestIsFooter(t *testing.T) {
	for text, want := range map[string]bool{
		"Source: IOM": true, "|| Source |IOM Missing Migrants": true, "NOTES:": true, "End of table": true, "© IOM 2026": true, "Last updated 6 May 2026": true,
		"": false, "|": false, "Total||6": false, "Source||6": false, "Note|a|b": false, "Sourceville": false, "Notebook": false, "2026-01-01|Source": false, "Updated|1,204": false,
	} {
		var cells []Cell
		for v := range strings.SplitSeq(text, "|") {
			cells = append(cells, Cell{Kind: Text, Value: v, Text: v})
		}
		if got := IsFooter(cells); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
