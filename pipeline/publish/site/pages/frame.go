package pages

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/download"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/section"
	"crossings/pipeline/publish/site/share"
)

// Page is a page without its frame.
type Page struct {
	Name, Title string
	Template    string // name of its template
	Body        any    // what the template takes
	About       string // what it shows, in a sentence or two for lists of links, or ""
	Figures     []figure.Figure
	Fresh       *section.Freshness // how far its figures reach, or nil
	OEmbed      string             // name of the file that describes its frame for other sites, or ""
	// English is the name of the English page that this one is a translation of, or "".
	English string
}

// Frame puts pages into their frame: navigation, dates, sources and what is for search engines.
type Frame struct {
	index     *content.Index
	files     *download.Files
	templates *template.Template
}

// NewFrame returns the frame of the pages of a site. files must have written the tables before a page
// is rendered.
func NewFrame(index *content.Index, files *download.Files, assets charts.Bundle) (*Frame, error) {
	templates, err := parseTemplates(index.Site, assets)
	return &Frame{index, files, templates}, err
}

// framed is what the template of a page gets.
type framed struct {
	Title   string
	Site    string         // the site's title
	Root    string         // the way to the site's folder: "" or "../"
	Nav     []content.Link // the topics
	Here    string         // name of the page
	Version string         // data version, or ""
	AsOf    string         // "6 September 2025", or "" for the newest
	Vintage string
	Sources []content.SourceInfo
	Body    any // what the page's own template takes

	Canonical string             // the page's one address, or ""
	About     string             // what it shows, in a sentence or two, for lists of links
	Picture   string             // address of a picture of its first chart, or ""
	Data      json.RawMessage    // the data on it, for search engines, or nil
	Cite      catalogue.Citation // how the data are quoted, on their page
	Fresh     *section.Freshness // how far the page's figures reach, or nil
	OEmbed    string             // address of the description of its frame for other sites, or ""
	Checks    bool               // whether the site has a page that checks a claim
	Engine    bool               // whether the page is that one, which may run a program
	Scripted  bool               // whether the page has charts to use or sentences to copy

	DataPages, MethodPages []content.Link // at the foot of every page

	Languages  []languageLink // the other languages in which the page is there
	Alternates []languageLink // all of them, with this one, for search engines; nil if there is one
}

// languageLink leads to a page in another language.
type languageLink struct {
	Code, Title string // of the language
	Name        string // of the page
	Address     string // of the page, or its name if the site's address is not known
}

// languages adds the ways to the page in other languages.
func (f *Frame) languages(x *framed, english string) {
	all := f.index.Site.Local(english)
	if len(all) == 0 {
		return
	}
	for _, l := range append([]content.LocalPage{{Code: "en", Title: "English", Name: english}}, all...) {
		link := languageLink{Code: l.Code, Title: l.Title, Name: l.Name, Address: cmp.Or(f.files.About().Canonical(l.Name), x.Root+l.Name)}
		x.Alternates = append(x.Alternates, link)
		if l.Name != x.Here {
			x.Languages = append(x.Languages, link)
		}
	}
	x.Here = english
}

// Render returns a page as HTML.
func (f *Frame) Render(p Page) ([]byte, error) {
	s, about := f.index.Site, f.files.About()
	data, err := f.files.PageData(p.Name)
	if err != nil {
		return nil, err
	}
	x := framed{Title: p.Title, Site: s.Title, Root: strings.Repeat("../", strings.Count(p.Name, "/")), Nav: f.topics(),
		Here: p.Name, Version: s.Carried(), AsOf: s.AsOf.Long(), Vintage: s.Released(), Sources: s.Sources, Body: p.Body,
		Canonical: about.Canonical(p.Name), About: cmp.Or(p.About, content.Description), Picture: f.picture(p.Figures), Data: data,
		Checks: hasCheck(f.index), Engine: p.Name == content.CheckPage,
		Fresh: p.Fresh, Scripted: slices.Contains([]string{"index.html", "topic.html", "series.html", "chart.html"}, p.Template), DataPages: f.dataPages(), MethodPages: f.methodPages()}
	f.languages(&x, cmp.Or(p.English, p.Name))
	if p.Name == content.DataPage {
		x.Cite = catalogue.Cite(about)
	}
	if p.OEmbed != "" && s.Base != "" {
		x.OEmbed = s.Base + p.OEmbed
	}
	var out bytes.Buffer
	if err := f.templates.ExecuteTemplate(&out, p.Template, x); err != nil {
		return nil, fmt.Errorf("page %s: %w", p.Name, err)
	}
	return out.Bytes(), nil
}

// topics returns the links at the top of every page.
func (f *Frame) topics() []content.Link {
	var nav []content.Link
	for _, t := range f.index.Site.Topics {
		if t.InMenu() {
			nav = append(nav, content.TopicLink(t))
		}
	}
	return nav
}

// dataPages returns the links to the figures at the foot of every page.
func (f *Frame) dataPages() []content.Link {
	links := []content.Link{{Name: content.SeriesListPage, Title: "All series"}, {Name: content.DataPage, Title: "Download tables"}, {Name: content.CorrectionsPage, Title: "Revisions"}}
	if f.index.Site.Version != "" {
		links = append(links, content.Link{Name: content.EditionsPage, Title: "All versions of the data"})
	}
	if hasCheck(f.index) {
		links = append(links, content.Link{Name: content.CheckPage, Title: "Check a claim"})
	}
	if hasClaims(f.index) {
		links = append(links, content.Link{Name: content.ClaimsPage, Title: "Claims checked"})
	}
	return append(links, content.Link{Name: content.CalendarPage, Title: "Release calendar"}, content.Link{Name: content.FeedFile, Title: "Feed"})
}

// methodPages returns the links to what is said of the figures at the foot of every page.
func (f *Frame) methodPages() []content.Link {
	links := documentLinks()
	for _, t := range f.index.Site.Topics {
		if !t.InMenu() {
			links = append(links, content.TopicLink(t))
		}
	}
	return links
}

// picture returns the address of a picture of the first of the figures that has one, or "".
func (f *Frame) picture(figures []figure.Figure) string {
	base := f.index.Site.Base
	for _, x := range figures {
		if base != "" && x.Missing == "" && !x.Own && x.Draws(content.SocialSuffix) {
			return base + content.ChartFolder + x.ID + content.SocialSuffix
		}
	}
	return ""
}

// parseTemplates returns the templates of the pages of a site by file name.
func parseTemplates(s content.Site, assets charts.Bundle) (*template.Template, error) {
	panel := func(f figure.Figure) share.Panel { return share.Of(s, f) }
	return template.New("").Funcs(template.FuncMap{"at": at, "whole": whole, "panel": panel, "asset": assets.Name}).ParseFS(charts.Templates(), "*.html")
}

// located is a value with the way from its page to the site's folder, for the links in it.
type located struct {
	Root string
	It   any
}

func at(root string, it any) located { return located{root, it} }

// whole keeps numbers and their per cent signs on one line.
func whole(text string) string { return strings.ReplaceAll(text, " %", "\u00a0%") }
