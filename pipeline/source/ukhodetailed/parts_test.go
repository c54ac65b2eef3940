package ukhodetailed

import (
	"strings"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// TestPartsOfGroups reads a table with a group and a finer breakdown. A part of another group makes
// the release wait; a part that no list has does not.
func TestPartsOfGroups(t *testing.T) {
	v := View{Sheets: []string{"Data_X_D02"}, Count: "Number", Columns: []Column{
		{Name: "Group", List: "case-outcome", Groups: true}, {Name: "Outcome", List: "case-outcome", PartOf: "Group"}}}
	for outcome, waits := range map[string]bool{"Certified_Refusal": false, "Refused": false, "Refused_in_a_new_way": false, "Refugee_Permission": true} {
		text := "Title\nYear Quarter Group Outcome Number\n2018 2018_Q1 Refused " + outcome + " 5\n2018 2018_Q1 Withdrawn Explicit_Withdrawal 5\nEnd_of_table\n"
		x, err := Open(source.File{Name: "x.xlsx", Release: release, Data: sourcetest.Book(t, sourcetest.Sheet{Name: "Data_X_D02", Rows: rows(text)})})
		if err != nil {
			t.Fatal(err)
		}
		tables, err := x.Tables(&v)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tables[0].Each(func(Row) error { return nil }); err != nil {
			t.Fatal(err)
		}
		found := false
		for _, f := range tables[0].findings() {
			found = found || f.Code == "part-of-another" && f.Severity == stat.SeverityError && f.Where == "Data_X_D02!D3" && strings.Contains(f.Message, "Refugee Permission")
		}
		if found != waits {
			t.Errorf("%s: waits %t, want %t: %+v", outcome, found, waits, tables[0].findings())
		}
	}
}
