package site

import (
	"cmp"
	"encoding/json"
	"html/template"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/catalogue"
)

// page is what every page is made from.
type page struct {
	Title   string
	Site    string // the site's title
	Root    string // the way to the site's folder: "" or "../"
	Nav     []pageLink
	Here    string // name of the page
	Version string // data version, or ""
	AsOf    string // "6 September 2025", or "" for the newest
	Vintage string
	Sources []SourceInfo
	Body    any // what the page's own template takes

	Canonical string             // the page's one address, or ""
	About     string             // what it shows, in a sentence or two, for lists of links
	Picture   string             // address of a picture of its first chart, or ""
	Data      json.RawMessage    // the data on it, for search engines, or nil
	Cite      catalogue.Citation // how the data are quoted
}

// pageLink leads to a page of the site.
type pageLink struct {
	Name  string // relative to the site's folder
	Title string
}

// The pages that are always there.
const (
	frontName = "index.html"
	dataName  = "data/index.html"

	correctionsName = "corrections.html"
)

// claimsName is the page about claims, which is there where there are any.
const claimsName = "claims.html"

func topicLink(t charts.Topic) pageLink { return pageLink{"topics/" + t.ID + ".html", t.Title} }

// page returns what the page called name is made from.
func (b *builder) page(name, title string, body any) page {
	nav := []pageLink{{frontName, "Figures"}}
	for _, t := range b.site.Topics {
		nav = append(nav, topicLink(t))
	}
	nav = append(nav, pageLink{catalogueName, "Series"}, pageLink{correctionsName, "What changed"})
	if b.tables["claims"].rows() > 0 {
		nav = append(nav, pageLink{claimsName, "Claims"})
	}
	about, figures := summary(body)
	p := page{Title: title, Site: b.site.Title, Root: strings.Repeat("../", strings.Count(name, "/")), Nav: append(nav, pageLink{dataName, "Data"}),
		Here: name, Version: b.site.Version, AsOf: b.site.AsOf.Long(), Vintage: b.site.Vintage.Long(), Sources: b.site.Sources, Body: body,
		Canonical: b.about.Canonical(name), About: cmp.Or(about, siteDescription), Cite: catalogue.Cite(b.about)}
	for _, f := range figures {
		if b.about.Base != "" && f.Missing == "" && !f.Own && f.Draws(wideSuffix) {
			p.Picture = b.about.Base + chartFolder + f.ID + wideSuffix
			break
		}
	}
	return p
}

// summary returns what a page shows, in a sentence or two or "", and its charts.
func summary(body any) (string, []figure) {
	switch x := body.(type) {
	case frontPage:
		if len(x.Headlines) > 0 {
			return x.Headlines[0].Text, x.Figures
		}
		return "", x.Figures
	case topicPage:
		return x.Intro, x.Figures
	case seriesPage:
		return x.Definition, x.Figures
	case chartPage:
		return x.Shows, []figure{x.figure}
	}
	return "", nil
}

// parseTemplates returns the templates by file name.
func parseTemplates() (*template.Template, error) {
	return template.New("").Funcs(template.FuncMap{"at": at, "whole": whole}).ParseFS(charts.Templates(), "*.html")
}

// located is a thing with the way from its page to the site's folder, for the
// links in it.
type located struct {
	Root string
	It   any
}

// whole keeps numbers and their per cent signs on one line.
func whole(text string) string { return strings.ReplaceAll(text, " %", "\u00a0%") }

func at(root string, it any) located { return located{root, it} }
