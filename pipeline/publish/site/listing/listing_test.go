package listing_test

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/table"
)

func TestTablesForPeopleAreBounded(t *testing.T) {
	tbl := table.New("bridges")
	for i := range 70 {
		sitetest.Put(tbl, table.Text("a"), table.Text("b"), sitetest.Day("2024-01-01"), sitetest.Day("2024-01-31"), table.Int(i), table.Int(0), table.Int(i), sitetest.Day("2024-02-01"))
	}
	g := grid.New(tbl)
	rows := make([]int, 70)
	for i := range rows {
		rows[i] = i
	}
	note := func(i int) string { return fmt.Sprintf("%s %d", strings.Repeat("long ", 10), i/40) }
	x := listing.Lay(g, "t", "c", rows, listing.MaxRows, listing.Plain("Period", listing.Periods(g)), listing.Main("Value", listing.Counts(g, "value")), listing.Note("Notes", note))
	if len(x.Rows) != 60 || x.More != "10" || x.MoreIn != "bridges" || x.Rows[59].Cells[0] != "59" {
		t.Errorf("%d rows, %s more in %s", len(x.Rows), x.More, x.MoreIn)
	}
	if len(x.Notes) != 2 || x.Rows[0].Cells[1] != "note 1" || x.Rows[45].Cells[1] != "note 2" || x.SayOnce().Caption != "c" {
		t.Errorf("notes %q", x.Notes)
	}
	once := listing.Lay(g, "t", "c.", rows[:2], listing.MaxRows, listing.Plain("Period", listing.Periods(g)), listing.Plain("Value", listing.Counts(g, "value")), listing.Note("Notes", note)).SayOnce()
	if len(once.Head) != 2 || len(once.Rows[1].Cells) != 1 || !strings.HasPrefix(once.Caption, "c. Of every row: long ") || once.Notes != nil || once.More != "" {
		t.Errorf("%+v", once)
	}
	silent := listing.Lay(g, "t", "c", rows[:2], listing.MaxRows, listing.Plain("Period", listing.Periods(g)), listing.Note("Notes", listing.Words(g, "note"))).SayOnce()
	if silent.Caption != "c" || len(silent.Rows[0].Cells) != 0 {
		t.Errorf("%+v", silent)
	}
}
