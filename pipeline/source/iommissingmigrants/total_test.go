package iommissingmigrants

import (
	"testing"

	"crossings/pipeline/source/sourcetest"
)

// TestARowOfTotalsIsNoIncident adds rows of totals to a list. They are left out, and no sum lacks them.
func TestARowOfTotalsIsNoIncident(t *testing.T) {
	f := sourcetest.Load(t, id, "MissingMigrants-Global-2026-05-06_first-rows.csv")
	want, _, err := sourcetest.Decode(&Source, f)
	if err != nil {
		t.Fatal(err)
	}
	for _, label := range []string{"Total", "Grand total", "ALL"} {
		row := `,` + label + `,Mediterranean,"Fri, 01/02/2026 - 12:00",2026,January,500,0,,,1,1,"Northern Africa",Drowning,Morocco,x,x,"35.68266281, -5.31212994","Western Mediterranean",x,Uncategorized,1` + "\n"
		got, _, err := sourcetest.Decode(&Source, sourcetest.File{Name: f.Name, Data: append(append([]byte{}, f.Data...), row...)})
		if err != nil || len(got) != len(want) {
			t.Fatal(label, err, len(got), len(want))
		}
		for i := range got {
			if got[i].Value != want[i].Value || got[i].Status != want[i].Status {
				t.Errorf("%s: %s for %s is %s %s, want %s %s", label, got[i].Series.ID, got[i].Period.Start, got[i].Value, got[i].Status, want[i].Value, want[i].Status)
			}
		}
	}
}
