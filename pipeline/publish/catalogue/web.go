package catalogue

import (
	"encoding/xml"
	"slices"
	"strings"
)

// SitemapName is the name of the site map.
const SitemapName = "sitemap.xml"

// Robots returns robots.txt, which allows everything.
func Robots(s Site) []byte {
	text := "User-agent: *\nDisallow:\n"
	if s.Base != "" {
		text += "\nSitemap: " + s.address(SitemapName) + "\n"
	}
	return []byte(text)
}

// urlSet is a site map.
type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Address  string `xml:"loc"`
	Modified string `xml:"lastmod,omitempty"`
}

// maxURLs is the number of addresses that the format allows in one file.
const maxURLs = 50_000

// Sitemap returns sitemap.xml for the named pages, in order of name. It returns nil if the site's
// address is unknown, because the format has only absolute addresses. The date of change is that of
// the newest release.
func Sitemap(s Site, pages []string) ([]byte, error) {
	if s.Base == "" {
		return nil, nil
	}
	pages = slices.Sorted(slices.Values(pages))
	var set urlSet
	for _, p := range pages[:min(len(pages), maxURLs)] {
		set.URLs = append(set.URLs, sitemapURL{s.Canonical(p), s.Vintage.String()})
	}
	text, err := xml.MarshalIndent(set, "", " ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), append(text, '\n')...), nil
}

// Canonical returns the address of a page, or "" if the site's is unknown. The index page of a
// folder has the folder's address.
func (s Site) Canonical(page string) string {
	if s.Base == "" {
		return ""
	}
	if page == "index.html" || strings.HasSuffix(page, "/index.html") {
		page = strings.TrimSuffix(page, "index.html")
	}
	return s.address(page)
}
