package pages

import (
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/share"
)

// embedBody is what the page of a chart shows that other sites have in a frame.
type embedBody struct {
	figure.Figure
	Pinned bool // whether it belongs to a data version and stays as it is
}

// EachEmbed calls write for the page of each chart that other sites show in a frame. A new data version
// has pages of its own, for all charts with figures.
func (m *Maker) EachEmbed(write func(Page) error) error {
	s := m.index.Site
	for _, f := range m.figures.Charts() {
		if err := write(embedPage(f, content.EmbedPage(f.ID), false)); err != nil {
			return err
		}
		if !s.NewEdition || !share.Pinned(s, f) {
			continue
		}
		if err := write(embedPage(f, content.EditionFolder(s.Version)+content.EmbedPage(f.ID), true)); err != nil {
			return err
		}
	}
	return nil
}

func embedPage(f figure.Figure, name string, pinned bool) Page {
	return Page{Name: name, Title: f.Title, Template: "embed.html", Body: embedBody{f, pinned}, About: f.About()}
}
