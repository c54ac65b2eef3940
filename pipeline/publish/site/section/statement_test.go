package section

import (
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat/note"
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
