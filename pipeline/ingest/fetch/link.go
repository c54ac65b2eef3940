package fetch

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"

	"crossings/pipeline/archive"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
)

// link is a link of a web page to a file that a Place describes.
type link struct {
	url  *url.URL
	name string    // a SafeName; "" if it may not be followed
	day  stat.Date // the day in the file's name, or zero
	err  error     // why it may not be followed, or nil
}

// findLink returns the file that the web page of p links to. Of several it is the one with the
// latest day in its name. A link that may not be followed is never taken; if it names a later day
// than the one taken, the result says so in Moved.
func (c *Client) findLink(ctx context.Context, p origin.Place) (Remote, error) {
	a, err := c.request(ctx, p.Hosts, maxDocument, p.Web, http.Header{"Accept": {"text/html"}})
	if err != nil {
		return Remote{}, err
	}
	links, all := c.links(p, a)
	var good, bad []link
	for _, l := range links {
		if l.err == nil {
			good = latest(good, l)
		} else {
			bad = latest(bad, l)
		}
	}
	switch {
	case len(good) == 0 && len(bad) > 0:
		return Remote{}, fmt.Errorf("%s: link %q: %w; if the publisher uses that address now, add its host to the source's Place", p.Web, archive.Short(bad[0].url.Redacted()), bad[0].err)
	case len(good) == 0:
		return Remote{}, fmt.Errorf("%s: %w: none of %d links has a path like %s; check in a browser whether the page has the file", p.Web, ErrNoAttachment, all, p.Link)
	case len(good) > 1:
		return Remote{}, fmt.Errorf("%s: %w: the links %s and %s name the same day; describe the right one more precisely", p.Web, ErrAmbiguous, good[0].url, good[1].url)
	}
	r := Remote{URL: good[0].url.String(), FileName: good[0].name, MediaType: p.MediaType}
	if len(bad) > 0 && bad[0].day > good[0].day {
		r.Moved = fmt.Errorf("%s: %w: the link to the newest file is not followed, %q: %w", p.Web, ErrMoved, archive.Short(bad[0].url.Redacted()), bad[0].err)
	}
	return r, nil
}

// latest returns those of the links and l that have the latest day.
func latest(links []link, l link) []link {
	switch {
	case len(links) == 0 || l.day > links[0].day:
		return []link{l}
	case l.day == links[0].day:
		return append(links, l)
	}
	return links
}

// links returns the links of a page that p describes, each address once, and how many links the
// page has. Queries do not tell files apart.
func (c *Client) links(p origin.Place, page *answer) (out []link, all int) {
	hrefs, base := hrefs(page)
	seen := map[string]bool{}
	for _, href := range hrefs {
		u, err := base.Parse(href)
		if err != nil || p.Link != nil && !p.Link.MatchString(u.Path) || seen[u.Scheme+u.Host+u.Path] {
			continue
		}
		seen[u.Scheme+u.Host+u.Path] = true
		u.Fragment, u.RawFragment = "", ""
		l := link{url: u, day: origin.DateInName(path.Base(u.Path))}
		if l.err = c.allow(u, p.Hosts); l.err == nil {
			l.name, l.err = archive.SafeName(path.Base(u.Path))
		}
		out = append(out, l)
	}
	return out, len(hrefs)
}

// hrefs returns the addresses in the links of a page as written, without entities, and the address
// that they are relative to.
func hrefs(page *answer) (out []string, base *url.URL) {
	base = page.final
	fixed := false
	for z := html.NewTokenizer(bytes.NewReader(page.data)); z.Next() != html.ErrorToken; {
		t := z.Token()
		if t.Type != html.StartTagToken && t.Type != html.SelfClosingTagToken {
			continue
		}
		for _, a := range t.Attr {
			if a.Key != "href" {
				continue
			}
			switch href := address(a.Val); t.Data {
			case "a", "area":
				out = append(out, href)
			case "base":
				if u, err := page.final.Parse(href); err == nil && !fixed {
					base, fixed = u, true
				}
			}
			break // as browsers do, the first of two
		}
	}
	return out, base
}

// address returns the text of an attribute as browsers read an address: without line breaks and
// tabs, and without space around it.
func address(s string) string {
	return strings.TrimSpace(strings.NewReplacer("\n", "", "\r", "", "\t", "").Replace(s))
}
