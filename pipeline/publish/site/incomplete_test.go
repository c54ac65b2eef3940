package site

import (
	"testing"

	"crossings/pipeline/table"
)

// TestAFiguresSentenceSaysThatItIsIncomplete says a figure of the newest release that lacks rows, as
// the topics of the front page do.
func TestAFiguresSentenceSaysThatItIsIncomplete(t *testing.T) {
	const said = " (incomplete: some rows could not be used)."
	row := [7]string{"year", "2023-01-01", "2023-12-31", "15", "14"}
	for note, want := range map[string]string{
		"":                                    claimsID + ", 2023: 15 count, against 14 a year before.",
		"low base":                            claimsID + ", 2023: 15 count, against 14 a year before.",
		"incomplete":                          claimsID + ", 2023: at least 15 count, against 14 a year before" + said,
		"low base; prior value: incomplete":   claimsID + ", 2023: 15 count, against at least 14 a year before" + said,
		"incomplete; prior value: incomplete": claimsID + ", 2023: at least 15 count, against at least 14 a year before" + said,
	} {
		b := periodSite(t, row)
		tbl := b.tables["year-on-year"].t
		tbl.Rows[0][tbl.Schema.Index("note")] = table.Text(note)
		if got := b.say(0).Text; got != want {
			t.Errorf("%q:\n got %s\nwant %s", note, got, want)
		}
	}
	b := periodSite(t, [7]string{"year", "2023-01-01", "2023-12-31", "15", "", "12", "15"})
	tbl := b.tables["year-on-year"].t
	tbl.Rows[0][tbl.Schema.Index("note")] = table.Text("incomplete")
	if got, want := b.say(0).Text, claimsID+", 2023: at least 15 (12 to 15) count"+said; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}
