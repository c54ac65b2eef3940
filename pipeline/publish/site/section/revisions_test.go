package section

import (
	"strings"
	"testing"
	"time"

	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// lines returns a table as text, a row a line.
func lines(t listing.Table) string {
	out := strings.Join(t.Head, "|")
	for _, row := range t.Rows {
		out += "\n" + row.Name + "|" + strings.Join(row.Cells, "|")
	}
	return out
}

func TestAReversedRevisionShowsBothWays(t *testing.T) {
	index := content.NewIndex(sitetest.Revised(sitetest.Changed("2025-01-01", "2025-03-31", "2025-05-01T00:00:00Z", 10, 15), sitetest.Changed("2025-01-01", "2025-03-31", "2025-06-01T00:00:00Z", 15, 10),
		sitetest.Changed("2025-04-01", "2025-06-30", "2025-09-01T00:00:00Z", 7, sitetest.Gone), sitetest.Changed("2024-10-01", "2024-12-31", "2025-05-01T00:00:00Z", sitetest.None, 4),
		sitetest.Changed("2024-07-01", "2024-09-30", "2025-05-01T00:00:00Z", 3, sitetest.None)))
	revisions, rows := NewRevisions(index), changes.Of(index, index.Described)
	if got := lines(revisions.Newest(rows, listing.MaxRows)); got != `Series|Unit|Period|Before|After|Change|Release before|Release after|Marked or silent|Substantial
Claims|persons|April to June 2025|7|withdrawn|[x]|1 January 2025|1 September 2025|silent|no
Claims|persons|January to March 2025|15|10|−5|1 January 2025|1 June 2025|silent|no
Claims|persons|January to March 2025|10|15|+5|1 January 2025|1 May 2025|silent|no
Claims|persons|October to December 2024|[x]|4|[x]|1 January 2025|1 May 2025|silent|no
Claims|persons|July to September 2024|3|none [x]|[x]|1 January 2025|1 May 2025|silent|no` {
		t.Errorf("list is\n%s", got)
	}
	maps, _ := revisions.Maps(rows)
	if got := lines(maps[0]); len(maps) != 1 || got != `Period|1 September 2025|1 June 2025|1 May 2025
April to June 2025|withdrawn|·|·
January to March 2025|·|−5|+5
October to December 2024|·|·|now 4
July to September 2024|·|·|none [x]` {
		t.Errorf("%d maps\n%s", len(maps), got)
	}
	for text, want := range map[string]string{"+5": "rise", "now 4": "rise", "−5": "fall", "withdrawn": "gone", "none [x]": "gone", "·": ""} {
		if got := maps[0].CellClass(0, text); got != want {
			t.Errorf("%s has class %q, want %q", text, got, want)
		}
	}
}

func TestTwoReleasesOfADayAreTwoColumns(t *testing.T) {
	index := content.NewIndex(sitetest.Revised(sitetest.Changed("2025-01-01", "2025-03-31", "2025-05-01T09:00:00Z", 10, 15), sitetest.Changed("2025-01-01", "2025-03-31", "2025-05-01T15:30:00Z", 15, 10)))
	maps, _ := NewRevisions(index).Maps([]*row.Revision{index.Tables.Revisions[1], index.Tables.Revisions[0]})
	if got, want := lines(maps[0]), "Period|1 May 2025, seen 1 May 2025, 15:30 UTC|1 May 2025, seen 1 May 2025, 09:00 UTC\nJanuary to March 2025|−5|+5"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMapsOfRevisionsAreBounded(t *testing.T) {
	mapOf := func(seen func(end stat.Date) stat.Date) listing.Table {
		var made []sitetest.Change
		for i := range 60 {
			m := stat.Month(2019, time.Month(1+i))
			made = append(made, sitetest.Changed(m.Start.String(), m.End.String(), seen(m.End).String()+"T00:00:00Z", 1, 2))
		}
		index := content.NewIndex(sitetest.Revised(made...))
		maps, _ := NewRevisions(index).Maps(changes.Of(index, index.Described))
		return maps[0]
	}
	x := mapOf(func(end stat.Date) stat.Date { return end.AddDays(30) })
	if len(x.Rows) != mapReleases || len(x.Head) != mapReleases+1 || x.More != "36" || x.MoreIn != "revisions" || x.Rows[0].Name != "December 2023" {
		t.Errorf("%d rows, %d columns, %s more, first %s", len(x.Rows), len(x.Head), x.More, x.Rows[0].Name)
	}
	if x := mapOf(func(stat.Date) stat.Date { return stat.MustDate("2025-01-01") }); len(x.Rows) != mapPeriods || len(x.Head) != 2 || x.More != "20" {
		t.Errorf("%d rows, %d columns, %s more", len(x.Rows), len(x.Head), x.More)
	}
}
