package section

import (
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/table"
)

// TestAFiguresSentenceSaysThatItIsIncomplete writes the sentence of a figure that lacks rows. Topics on
// the front page have such sentences.
func TestAFiguresSentenceSaysThatItIsIncomplete(t *testing.T) {
	const said = " (incomplete: some rows could not be used)."
	row := [7]string{"year", "2023-01-01", "2023-12-31", "15", "14"}
	for note, want := range map[string]string{
		"":                                    sitetest.ClaimsID + ", 2023: 15 count, against 14 a year before.",
		"low base":                            sitetest.ClaimsID + ", 2023: 15 count, against 14 a year before.",
		"incomplete":                          sitetest.ClaimsID + ", 2023: at least 15 count, against 14 a year before" + said,
		"low base; prior value: incomplete":   sitetest.ClaimsID + ", 2023: 15 count, against at least 14 a year before" + said,
		"incomplete; prior value: incomplete": sitetest.ClaimsID + ", 2023: at least 15 count, against at least 14 a year before" + said,
	} {
		index := content.NewIndex(sitetest.Periods(row))
		tbl := index.Table("year-on-year").Table()
		tbl.Rows[0][tbl.Schema.Index("note")] = table.Text(note)
		if got := say(index, 0).Text; got != want {
			t.Errorf("%q:\n got %s\nwant %s", note, got, want)
		}
	}
	index := content.NewIndex(sitetest.Periods([7]string{"year", "2023-01-01", "2023-12-31", "15", "", "12", "15"}))
	tbl := index.Table("year-on-year").Table()
	tbl.Rows[0][tbl.Schema.Index("note")] = table.Text("incomplete")
	if got, want := say(index, 0).Text, sitetest.ClaimsID+", 2023: at least 15 (12 to 15) count"+said; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}
