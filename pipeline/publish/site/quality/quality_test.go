package quality

import (
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// TestBodyOf lays out the rows of one of two data sets.
func TestBodyOf(t *testing.T) {
	tbl := table.New("quality")
	for _, r := range []row.Quality{
		{Source: "other", Concept: "S.9", Item: "releases", Heading: "Frequency of dissemination", Value: row.Num(7, true), Unit: "releases", Text: "Not of this one."},
		{Source: "x", Concept: "S.13.1", Item: "text", Heading: "Accuracy and reliability: overall", Text: "Counts."},
		{Source: "x", Concept: "S.13.1", Item: "values-provisional", Heading: "Accuracy and reliability: overall", Value: row.Num(12.34, true), Unit: "per cent", Text: "Some are provisional."},
		{Source: "x", Concept: "S.17.2.1", Item: "x:people:D", Heading: "Revisions: average size", Value: row.Num(-1200, true), Unit: "persons", Text: "They fell."},
		{Source: "x", Concept: "S.9", Item: "days", Heading: "Frequency of dissemination", Value: row.Num(12, true), Unit: "days", Text: "The median time is 12 days."},
		{Source: "x", Concept: "S.9", Item: "releases", Heading: "Frequency of dissemination", Value: row.Num(1234, true), Unit: "releases", Text: "There are some."},
	} {
		row.Add(tbl, r)
	}
	index := content.NewIndex(content.Site{Tables: []*table.Table{tbl}, Sources: []content.SourceInfo{{ID: "x", Title: "Title of x"}, {ID: "silent", Title: "Silent"}}})
	if links := Links(index); len(links) != 1 || links[0] != (content.Link{Name: "quality/x.html", Title: "Title of x"}) {
		t.Errorf("%v", links)
	}
	b, err := BodyOf(index, "x")
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Parts) != 3 || b.Parts[0].Title != "Accuracy and reliability" || b.Parts[1].Title != "Timeliness and punctuality" || b.Parts[2].Title != "Revisions" {
		t.Fatalf("%+v", b.Parts)
	}
	first := b.Parts[0].Entries
	if len(first) != 1 || first[0].Heading != "Overall" || len(first[0].Texts) != 2 || first[0].Texts[0].Value != "" || first[0].Texts[1].Value != "12.3 per cent" {
		t.Errorf("%+v", first)
	}
	if got := b.Parts[1].Entries[0].Texts; len(got) != 2 || got[0] != (Text{"", "The median time is 12 days."}) || got[1] != (Text{"1,234 releases", "There are some."}) {
		t.Errorf("%+v", got)
	}
	if got := b.Parts[2].Entries[0].Texts[0]; got.Value != "−1,200 persons" {
		t.Errorf("%+v", got)
	}
	if _, err := BodyOf(index, "../x"); err != nil {
		t.Errorf("a source without releases needs no page of them: %v", err)
	}
	if page := index.QualityPage("../x"); page != "" {
		t.Errorf("a page %q", page)
	}
}
