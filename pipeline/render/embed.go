package render

import (
	"fmt"
	"html/template"
)

// chartPage is what the page of a chart shows.
type chartPage struct {
	figure
	Embeds []embed // none where the site's address is not known
}

// embed is a text for pages elsewhere that show the chart.
type embed struct{ Label, Code string }

// embeds returns the texts to show a chart elsewhere: the newest, and the one of this
// data version, which stays as it is.
func (b *builder) embeds(f figure) []embed {
	if b.about.Base == "" || f.Missing != "" {
		return nil
	}
	code := func(picture string) string {
		return fmt.Sprintf(`<a href="%scharts/%s.html"><img src="%s%s" alt="%s" width="%d" height="%d" loading="lazy"></a>`,
			b.about.Base, f.ID, b.about.Base, picture, template.HTMLEscapeString(f.Alt), wideForm.Width, wideForm.Height)
	}
	out := []embed{{"The newest figures, which change with each release", code("charts/" + f.ID + ".svg")}}
	if b.site.Version != "" {
		out = append(out, embed{"The figures of data version " + b.site.Version + ", which stay as they are", code(editionFolder(b.site.Version) + "charts/" + f.ID + ".svg")})
	}
	return out
}
