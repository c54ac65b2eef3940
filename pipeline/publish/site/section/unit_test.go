package section

import (
	"strings"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// TestReturnsAreNotEvents has a sentence whose title says what is counted.
func TestReturnsAreNotEvents(t *testing.T) {
	per := stat.Quarter(2023, 3)
	r := row.YearOnYear{Series: "x:returns:Q", Basis: "quarter", PeriodStart: per.Start, PeriodEnd: per.End, Value: stat.Known(1585), PriorValue: stat.Known(1044), Status: stat.Normal, Vintage: per.End}
	index := content.NewIndex(content.Site{Series: []stat.Series{{ID: r.Series, Title: "Enforced returns", Unit: "events"}}, Tables: tablesOf(r)})
	if got := sayRow(index, r); !strings.HasPrefix(got, "Enforced returns, July to September 2023: 1,585, against 1,044 a year before") {
		t.Errorf("the sentence is %q", got)
	}
}
