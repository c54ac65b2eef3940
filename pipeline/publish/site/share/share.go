// Package share makes what a reader can take of a chart: a sentence, pictures, figures, a citation, and
// the text that shows the chart on another site.
package share

import (
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/figure"
)

// Panel is what the template share.html shows of a chart.
type Panel struct {
	ID, Title string
	Sentence  string // what the chart shows, until when, and who says so
	Picture   string // name of the picture to link to, or ""
	Base      string // the site's address, or "" if it is not known
	Files     []figure.Takeaway
	Rows      string // name of the published table whose rows are drawn
	Frames    []Frame
	Cite      string
}

// Frame is a text that shows a chart on another site.
type Frame struct {
	Label string
	Name  string // of the page in the frame
	Code  string
}

// Of returns the panel of a figure of a site. A chart that is left out has none to show.
func Of(s content.Site, f figure.Figure) Panel {
	p := Panel{ID: f.ID, Title: f.Title, Sentence: sentence(f), Base: s.Base, Files: f.Takeaway, Rows: f.Rows, Cite: s.CiteChart(f.Title, f.Vintage, page(f), f.Sources)}
	if f.Draws(content.WideSuffix) {
		p.Picture = content.EmbeddedPicture(f.ID)
	}
	if !f.Own {
		p.Frames = frames(s, f)
	}
	return p
}

// page returns the name of the page of a chart, or "" for one that the page of its series shows.
func page(f figure.Figure) string {
	if f.Own {
		return ""
	}
	return content.ChartPage(f.ID)
}

// sentence says what a chart shows with its source. It is complete without the page around it.
func sentence(f figure.Figure) string {
	var from []string
	for _, s := range f.Sources {
		from = append(from, s.Publisher+", "+s.Title)
	}
	return f.Title + ". " + strings.TrimSpace(f.Says) + " To " + f.Cutoff + ", " + f.Status + ". Source: " + strings.Join(from, "; ") +
		", release of " + f.Vintage + ". Unofficial, derived."
}
