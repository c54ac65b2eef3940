package pages

import (
	"fmt"
	"html/template"
	"slices"

	"crossings/pipeline/publish/picture"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/figure"
)

// chartBody is what the page of a chart shows.
type chartBody struct {
	figure.Figure
	Embeds []embed // none if the site's address is not known
}

// embed is a text for pages elsewhere that show the chart.
type embed struct{ Label, Code string }

// charts makes the page of each chart.
func (m *Maker) charts() []Page {
	var out []Page
	for _, f := range m.figures.Charts() {
		out = append(out, Page{Name: content.ChartPage(f.ID), Title: f.Title, Template: "chart.html", Body: chartBody{f, embeds(m.index.Site, f)}, About: f.Shows, Figures: []figure.Figure{f}})
	}
	return out
}

// embeds returns the texts that show a chart elsewhere: the newest figures, and those of this data
// version, which stay as they are. Both show the picture that has title, status, cut-off and source
// in it, because the page around it may not say them.
func embeds(s content.Site, f figure.Figure) []embed {
	if s.Base == "" || f.Missing != "" || !f.Draws(content.WideSuffix) {
		return nil
	}
	// The picture will change and this text will not, so it must state no figure.
	live := f.Title + ": chart by " + s.Title + ", unofficial, derived statistics. It changes with each release; its figures are on the page that it leads to."
	picture := content.EmbeddedPicture(f.ID)
	out := []embed{{"The newest figures, which change with each release", embedCode(s.Base+content.ChartPage(f.ID), s.Base+picture, live)}}
	if v := s.Version; v != "" && !slices.Contains(s.Unshown, f.ID) {
		folder := s.Base + content.EditionFolder(v)
		out = append(out, embed{"The figures of data version " + v + ", which stay as they are", embedCode(folder, folder+picture, f.Title+". "+f.Alt+" Data version "+v+".")})
	}
	return out
}

// embedCode returns the HTML that shows a picture and leads to a page.
func embedCode(page, image, alt string) string {
	return fmt.Sprintf(`<a href="%s"><img src="%s" alt="%s" width="%d" height="%d" loading="lazy"></a>`,
		page, image, template.HTMLEscapeString(alt), picture.Wide.Width, picture.Wide.Height)
}
