package site

import (
	"fmt"
	"html/template"
	"slices"

	"crossings/pipeline/publish/picture"
)

// chartPage is what the page of a chart shows.
type chartPage struct {
	figure
	Embeds []embed // none where the site's address is not known
}

// embed is a text for pages elsewhere that show the chart.
type embed struct{ Label, Code string }

// embeds returns the texts to show a chart elsewhere: the newest, and the one of this
// data version, which stays as it is. Both show the picture that has title, status,
// cut-off and source in it, as the page around it may say nothing of them.
func (b *builder) embeds(f figure) []embed {
	if b.about.Base == "" || f.Missing != "" || !f.Draws(wideSuffix) {
		return nil
	}
	// The picture will change and this text will not: it must state no figure.
	live := f.Title + ": chart by " + b.site.Title + ", unofficial, derived statistics. It changes with each release; its figures are on the page that it leads to."
	out := []embed{{"The newest figures, which change with each release", b.embedCode(chartFolder+f.ID+".html", chartFolder+f.ID, live)}}
	if v := b.site.Version; v != "" && !slices.Contains(b.site.Unshown, f.ID) {
		out = append(out, embed{"The figures of data version " + v + ", which stay as they are",
			b.embedCode(editionFolder(v), editionFolder(v)+chartFolder+f.ID, f.Title+". "+f.Alt+" Data version "+v+".")})
	}
	return out
}

// embedCode returns the HTML that shows a chart's picture and leads to a page of the
// site.
func (b *builder) embedCode(page, chart, alt string) string {
	return fmt.Sprintf(`<a href="%s%s"><img src="%s%s%s" alt="%s" width="%d" height="%d" loading="lazy"></a>`,
		b.about.Base, page, b.about.Base, chart, wideSuffix, template.HTMLEscapeString(alt), picture.Wide.Width, picture.Wide.Height)
}

// EmbeddedPicture returns the name, in a site or an edition, of the picture of a chart
// that pages elsewhere show.
func EmbeddedPicture(chart string) string { return chartFolder + chart + wideSuffix }
