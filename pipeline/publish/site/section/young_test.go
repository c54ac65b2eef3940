package section

import (
	"strings"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// TestImmatureFiguresAreMarked checks the table and the sentence of a figure that may still move, and
// those of one that does not.
func TestImmatureFiguresAreMarked(t *testing.T) {
	const id = "x:arrivals:Q"
	per := stat.Quarter(2024, 1)
	r := row.YearOnYear{Series: id, Basis: "quarter", PeriodStart: per.Start, PeriodEnd: per.End, Value: stat.Known(1754), PriorValue: stat.Known(1000), Change: stat.Known(754),
		ChangePercent: row.Num(75.4, true), Status: stat.Normal, Vintage: per.End + 20}
	say := func(r row.YearOnYear) (string, string) {
		index := content.NewIndex(content.Site{Series: []stat.Series{{ID: id, Title: "Arrivals", Unit: "persons"}}, Tables: tablesOf(r)})
		return lines(NewTables(index).Comparisons(id)[2]), sayRow(index, r)
	}
	if table, text := say(r); strings.Contains(table+text, "immature") || strings.Contains(table+text, "same age") {
		t.Errorf("a mature figure: %q, %q", table, text)
	}
	r.Note = note.List{{Code: note.Immature, N: 4, Words: "0.0 % to +50.0 %"}}
	if table, text := say(r); !strings.Contains(table, "|1,754 [immature]|1,000|") || !strings.Contains(text, "(+75.4 %); immature: later releases changed earlier figures of this age.") {
		t.Errorf("an immature figure: %q, %q", table, text)
	}
	r.PriorValueSameAge, r.ChangePercentSameAge = stat.Known(1600), row.Num(9.625, true)
	if table, text := say(r); !strings.Contains(table, "|1,754 [immature]|1,000 (at the same age 1,600, +9.6 %)|") || !strings.Contains(text, "; at the same age the one before was 1,600 (+9.6 %).") {
		t.Errorf("with the one of the same age: %q, %q", table, text)
	}
}

func sayRow(index *content.Index, r row.YearOnYear) string { return say(index, &r).Text }
