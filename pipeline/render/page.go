package render

import (
	"html/template"
	"strings"

	"crossings/charts"
)

// page is what every page is made from.
type page struct {
	Title   string
	Site    string // the site's title
	Root    string // the way to the site's folder: "" or "../"
	AsOf    string // "6 September 2025", or "" for the newest
	Vintage string
	Sources []SourceInfo
	Body    any // what the page's own template takes
}

func (b *builder) page(title, root string, body any) page {
	return page{Title: title, Site: b.site.Title, Root: root, AsOf: b.site.AsOf.Long(), Vintage: b.site.Vintage.Long(),
		Sources: b.site.Sources, Body: body}
}

// parseTemplates returns the templates by file name.
func parseTemplates() (*template.Template, error) {
	funcs := template.FuncMap{
		"figureOn": func(root string, f figure) figureOn { return figureOn{root, f} },
		"join":     strings.Join,
	}
	return template.New("").Funcs(funcs).ParseFS(charts.Templates(), "*.html")
}

// figureOn is a figure on a page: Root says where the page stands.
type figureOn struct {
	Root string
	figure
}
