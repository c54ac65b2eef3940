package pages

import (
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/finding"
	"crossings/pipeline/publish/site/share"
)

// embedBody is what the page of a chart shows that other sites have in a frame.
type embedBody struct {
	figure.Figure
	Finding string // what the figures show, or ""
	Pinned  bool   // whether it belongs to a data version and stays as it is
}

// EachEmbed calls write for the page of each chart that other sites show in a frame. A new data version
// has pages of its own, for all charts with figures.
func (m *Maker) EachEmbed(write func(Page) error) error {
	s := m.index.Site
	for i, f := range m.figures.Charts() {
		found := finding.Of(m.index, s.Charts[i]).Text
		if err := write(embedPage(embedBody{f, found, false}, content.EmbedPage(f.ID))); err != nil {
			return err
		}
		if !s.NewEdition || !share.Pinned(s, f) {
			continue
		}
		if err := write(embedPage(embedBody{f, found, true}, content.EditionFolder(s.Version)+content.EmbedPage(f.ID))); err != nil {
			return err
		}
	}
	return nil
}

func embedPage(b embedBody, name string) Page {
	return Page{Name: name, Title: b.Title, Template: "embed.html", Body: b, About: b.Figure.About()}
}
