package listing_test

import (
	"fmt"
	"strings"
	"testing"

	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

func TestTablesForPeopleAreBounded(t *testing.T) {
	var rows []*row.Bridge
	for i := range 70 {
		rows = append(rows, &row.Bridge{Value: stat.Known(int64(i)), Note: note.Said(fmt.Sprintf("%s %d", strings.Repeat("long ", 10), i/40))})
	}
	period := listing.Plain("Period", func(*row.Bridge) string { return "January 2024" })
	value := listing.Main("Value", func(r *row.Bridge) string { return wording.Count(r.Value) })
	notes := listing.Notes(func(r *row.Bridge) note.List { return r.Note })
	x := listing.Lay("t", "c", rows, listing.MaxRows, period, value, notes)
	if len(x.Rows) != 60 || x.More != "10" || x.MoreIn != "bridges" || x.Rows[59].Cells[0] != "59" {
		t.Errorf("%d rows, %s more in %s", len(x.Rows), x.More, x.MoreIn)
	}
	if len(x.Notes) != 2 || x.Rows[0].Cells[1] != "note 1" || x.Rows[45].Cells[1] != "note 2" || x.SayOnce().Caption != "c" {
		t.Errorf("notes %q", x.Notes)
	}
	once := listing.Lay("t", "c.", rows[:2], listing.MaxRows, period, value, notes).SayOnce()
	if len(once.Head) != 2 || len(once.Rows[1].Cells) != 1 || !strings.HasPrefix(once.Caption, "c. Of every row: long ") || once.Notes != nil || once.More != "" {
		t.Errorf("%+v", once)
	}
	silent := listing.Lay("t", "c", rows[:2], listing.MaxRows, period, listing.Notes(func(*row.Bridge) note.List { return nil })).SayOnce()
	if silent.Caption != "c" || len(silent.Rows[0].Cells) != 0 {
		t.Errorf("%+v", silent)
	}
}
