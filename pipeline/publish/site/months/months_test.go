package months

import (
	"strings"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

func TestPanelsOfASite(t *testing.T) {
	p := New(content.NewIndex(sitetest.Real(t)), sitetest.ArrivalsID)
	if len(p.Years) != 9 || p.Years[0].Year != 2018 || p.Years[8].Highest != "2,726 in May" {
		t.Fatalf("%d years: %+v", len(p.Years), p.Years)
	}
	if got := strings.Count(string(p.Years[7].Picture), "<rect"); got != 12 {
		t.Errorf("%d bars in 2025", got)
	}
	newest := string(p.Years[8].Picture)
	if strings.Count(newest, "<rect") != 6 || strings.Count(newest, `class="part"`) != 1 || !strings.Contains(newest, `class="months now"`) {
		t.Errorf("June 2026 is not hatched: %s", newest)
	}
	if !strings.Contains(p.Shows, "2018 to May 2026") || !strings.Contains(p.Shows, "June 2026 is not over") {
		t.Errorf("shows %q", p.Shows)
	}
	if r := p.Table.Rows[0]; r.Name != "2026" || r.Cells[4] != "2,726" || r.Cells[5] != "[x]" {
		t.Errorf("the table begins %v", r)
	}
	if p.Title == "" || len(p.Rests) != 5 {
		t.Errorf("the title %q rests on %v", p.Title, p.Rests)
	}
}

// TestPanelsOfAStoppedSource has no colour of now, and a year without figures in between.
func TestPanelsOfAStoppedSource(t *testing.T) {
	const id = stat.SeriesID("a-b:arrivals:M")
	onYear, sources := table.New("year-on-year"), table.New("sources")
	row.Add(sources, row.Source{Source: "a-b", Publisher: "P", Licence: "L", State: "dead"})
	for _, y := range []int{2020, 2021, 2023} {
		per := stat.Month(y, 3)
		row.Add(onYear, row.YearOnYear{Series: id, Basis: "month", PeriodStart: per.Start, PeriodEnd: per.End, Value: stat.Known(int64(y - 2020)), Status: stat.Normal, Vintage: per.End})
	}
	p := New(content.NewIndex(content.Site{Sources: []content.SourceInfo{{ID: "a-b"}}, Tables: []*table.Table{onYear, sources}}), id)
	if len(p.Years) != 4 || strings.Contains(string(p.Years[3].Picture), "now") || strings.Count(string(p.Years[2].Picture), "<rect") != 0 {
		t.Errorf("panels %+v", p.Years)
	}
	if got := string(p.Years[0].Picture); !strings.Contains(got, `height="0.5"`) || p.Years[0].Highest != "" {
		t.Errorf("zero is a gap: %s", got)
	}
	if p.Title != string(id)+", month by month" {
		t.Errorf("a title of months that cannot be compared: %q", p.Title)
	}
}
