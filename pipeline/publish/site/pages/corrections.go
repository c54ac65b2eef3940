package pages

import (
	"fmt"

	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/section"
	"crossings/pipeline/publish/site/wording"
)

// correctionsBody is what the page about revisions shows.
type correctionsBody struct {
	Text      string     // how many there are, in a sentence
	Retracted []string   // releases that were taken back, the newest decision first
	Versions  []newsItem // data versions that restated values, the newest first
	Sections  []section.Section
}

// corrections makes the page about revisions. It shows those of the series that the site describes.
// The downloads also have those of breakdowns, which may be thousands.
func (m *Maker) corrections() Page {
	all := len(m.index.Tables.Revisions)
	rows := changes.Of(m.index, m.index.Described)
	b := correctionsBody{Text: fmt.Sprintf("Values that differ from one release to the next: %s.", wording.Thousands(int64(all)))}
	if n := all - len(rows); n > 0 {
		b.Text += fmt.Sprintf(" Of them %s are of the series on this page, the others of breakdowns.", wording.Thousands(int64(len(rows))))
	}
	if all == 0 {
		b.Text = "No value differs from one release to the next yet."
	}
	b.Retracted = content.Sentences(m.index.Site.Retractions)
	b.Versions = restatedVersions(m.index.Site, maxNotices)
	maps, left := m.revisions.Maps(rows)
	how := "Each row is a period whose value was changed by a release, each column is a release, and each cell has the change. The pages of the series that were revised most have pictures of this."
	if left > 0 {
		how += fmt.Sprintf(" Shown are the %d series that were revised last; those of %d more are in data/revisions.csv.", len(maps), left)
	}
	b.Sections = section.Filled(
		section.New("newest", "Newest changes", "A value that was changed and changed back stands here twice.", m.revisions.Newest(rows, listing.MaxRows)),
		section.New("summary", "How often, how much, how late", "", m.revisions.Summary()),
		section.New("maps", "Which release changed what", how, maps...),
		section.New("claims", "Claims whose figures were revised", "A claim is answered by the figures that were known when it was made. A revision since does not make it right or wrong.", m.revisions.Claims()))
	return Page{Name: content.CorrectionsPage, Title: "Revisions", Template: "corrections.html", Body: b}
}
