package section

import (
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// TestAFiguresSentenceSaysThatItIsIncomplete writes the sentence of a figure that lacks rows. Topics on
// the front page have such sentences.
func TestAFiguresSentenceSaysThatItIsIncomplete(t *testing.T) {
	const said = " (incomplete: some rows could not be used)."
	period := [7]string{"year", "2023-01-01", "2023-12-31", "15", "14"}
	for text, want := range map[string]string{
		"":                                    sitetest.ClaimsID + ", 2023: 15 count, against 14 a year before.",
		"low base":                            sitetest.ClaimsID + ", 2023: 15 count, against 14 a year before.",
		"incomplete":                          sitetest.ClaimsID + ", 2023: at least 15 count, against 14 a year before" + said,
		"low base; prior value: incomplete":   sitetest.ClaimsID + ", 2023: 15 count, against at least 14 a year before" + said,
		"incomplete; prior value: incomplete": sitetest.ClaimsID + ", 2023: at least 15 count, against at least 14 a year before" + said,
	} {
		index := content.NewIndex(sitetest.Periods(period))
		figure := index.YearOnYear.Of(sitetest.ClaimsID)[0]
		figure.Note = note.Parse(text)
		if got := say(index, figure).Text; got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
	index := content.NewIndex(sitetest.Periods([7]string{"year", "2023-01-01", "2023-12-31", "15", "", "12", "15"}))
	figure := index.YearOnYear.Of(sitetest.ClaimsID)[0]
	figure.Note = note.Parse("incomplete")
	if got, want := say(index, figure).Text, sitetest.ClaimsID+", 2023: at least 15 (12 to 15) count"+said; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// TestTheNewestFigureStandsForATopic has a headline that may be older than the figure of the first chart. A
// topic that has figures of December is not spoken of as it was in September.
func TestTheNewestFigureStandsForATopic(t *testing.T) {
	const said = "In September, of 15, 7 were others."
	topic := charts.Topic{ID: "asylum"}
	for cutoff, want := range map[string]string{
		"2023-09-30": sitetest.ClaimsID + ", 2023: 15 count, against 14 a year before.",
		"2023-12-31": said,
		"2024-03-31": said,
		"":           sitetest.ClaimsID + ", 2023: 15 count, against 14 a year before.",
	} {
		site := sitetest.Periods([7]string{"year", "2023-01-01", "2023-12-31", "15", "14"})
		site.Charts = []charts.Chart{{ID: "a", Topic: "asylum", Series: []stat.SeriesID{sitetest.ClaimsID}, Comparison: charts.YearOnYear}}
		index := content.NewIndex(site)
		if cutoff != "" {
			day, err := stat.ParseDate(cutoff)
			if err != nil {
				t.Fatal(err)
			}
			index.Tables.Headlines = []*row.Headline{{Text: said, Series: sitetest.ClaimsID, Cutoff: day}}
		}
		if got := Key(index, topic).Text; got != want {
			t.Errorf("a headline to %q:\n got %s\nwant %s", cutoff, got, want)
		}
	}
}
