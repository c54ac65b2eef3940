package fetch

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/hint"
	"crossings/pipeline/source/origin"
)

// maxDocument is the largest content API document that is read, in bytes.
const maxDocument = 8 << 20

// contentAPI is the path below which a site serves its content API.
const contentAPI = "/api/content"

// document is the part of a content API document that this package needs; see
// https://docs.publishing.service.gov.uk/content-schemas/publication.html.
type document struct {
	DocumentType    string `json:"document_type"`
	PublicUpdatedAt string `json:"public_updated_at"`
	Redirects       []struct {
		Path        string `json:"path"`
		Destination string `json:"destination"`
	} `json:"redirects"`
	WithdrawnNotice struct {
		Explanation string `json:"explanation"`
		WithdrawnAt string `json:"withdrawn_at"`
	} `json:"withdrawn_notice"`
	Details struct {
		Attachments     []attachment `json:"attachments"`
		AlternativePath string       `json:"alternative_path"` // if the document is gone
	} `json:"details"`
}

// attachment is one file or HTML page attached to a publication.
type attachment struct {
	Type     string `json:"attachment_type"` // "file", "html" or "external"
	MIME     string `json:"content_type"`
	FileName string `json:"filename"`
	Title    string `json:"title"`
	URL      string `json:"url"` // absolute or relative to the site
}

// Find returns the attachment that p describes, from the publication's content API document, or the
// file that a web page links to. It follows one redirect of the document within its host. If p has
// the file's own Address, Find returns that without a request. If the page has moved and p says how to search for it, Find asks
// the site's search. As a last resort it returns last, where the file was before; the zero Remote
// is no such place. The result says which way was used. Errors are ErrNoAttachment, ErrAmbiguous,
// ErrMoved, ErrHost, ErrTooLarge, ErrStatus, ErrUnreachable or those of encoding/json.
func (c *Client) Find(ctx context.Context, p origin.Place, last Remote) (Remote, error) {
	if p.Address != "" {
		return c.fixedRemote(p)
	}
	r, err := c.announced(ctx, p)
	if err == nil {
		r.Route = ByPage
		return r, nil
	}
	if !errors.Is(err, ErrMoved) {
		return Remote{}, err
	}
	if p.Search != "" {
		found, searched := c.search(ctx, p)
		if searched == nil {
			found.Route, found.Moved = BySearch, err
			return found, nil
		}
		err = fmt.Errorf("%w; and its search: %w", err, searched)
	}
	if last.URL == "" {
		return Remote{}, err
	}
	last.Route, last.Moved = ByLast, err
	return last, nil
}

// announced returns the file that p describes from the page that announces it.
func (c *Client) announced(ctx context.Context, p origin.Place) (Remote, error) {
	if p.Web != "" {
		return c.findLink(ctx, p)
	}
	return c.findOnPage(ctx, p, p.Page)
}

// findOnPage returns the attachment that p describes from the document at page.
func (c *Client) findOnPage(ctx context.Context, p origin.Place, page string) (Remote, error) {
	doc, at, err := c.document(ctx, p, page)
	if err != nil {
		return Remote{}, err
	}
	if doc.DocumentType == "redirect" {
		next, err := doc.redirectTarget(at)
		if err != nil {
			return Remote{}, err
		}
		c.log().Warn("page was redirected; its source should name the new address", "page", page, "to", next)
		if doc, at, err = c.document(ctx, p, next); err != nil {
			return Remote{}, err
		}
	}
	if err := doc.checkPublished(at); err != nil {
		return Remote{}, err
	}
	return c.pick(p, at, doc)
}

// searchPath is where a site answers searches, for example https://www.gov.uk/api/search.json.
const searchPath = "/api/search.json"

// search asks the site's own search for the page, and that page for the attachment.
func (c *Client) search(ctx context.Context, p origin.Place) (Remote, error) {
	u, err := url.Parse(p.Page)
	if err != nil {
		return Remote{}, fmt.Errorf("%w: %w", ErrHost, err)
	}
	ask := url.URL{Scheme: u.Scheme, Host: u.Host, Path: searchPath, RawQuery: url.Values{"q": {p.Search}, "fields": {"title,link"}, "count": {"20"}}.Encode()}
	a, err := c.request(ctx, p.Hosts, maxDocument, ask.String(), http.Header{"Accept": {"application/json"}})
	if err != nil {
		return Remote{}, err
	}
	var answer struct {
		Results []struct{ Title, Link string } `json:"results"`
	}
	if err := json.Unmarshal(a.data, &answer); err != nil {
		return Remote{}, fmt.Errorf("%s: not an answer of a search: %w", ask.String(), err)
	}
	for _, r := range answer.Results {
		if !strings.HasPrefix(r.Link, "/") || p.SearchTitle != nil && !p.SearchTitle.MatchString(r.Title) {
			continue
		}
		page := url.URL{Scheme: u.Scheme, Host: u.Host, Path: contentAPI + path.Clean(r.Link)}
		if page.String() == p.Page {
			continue
		}
		if found, err := c.findOnPage(ctx, p, page.String()); err == nil {
			c.log().Warn("page was found by search; its source should name the new address", "page", p.Page, "to", page.String())
			return found, nil
		}
	}
	return Remote{}, fmt.Errorf("%s: %w: none of %d pages has the file", ask.String(), ErrNoAttachment, len(answer.Results))
}

// fixedRemote returns the file of a Place with a fixed address. Its name is the last element of the
// address, with ".html" for a page without an extension.
func (c *Client) fixedRemote(p origin.Place) (Remote, error) {
	u, err := url.Parse(p.Address)
	if err != nil {
		return Remote{}, fmt.Errorf("%w: %w", ErrHost, err)
	}
	if err := c.allow(u, p.Hosts); err != nil {
		return Remote{}, err
	}
	name := path.Base(u.Path)
	if path.Ext(name) == "" && p.MediaType == pageType {
		name += ".html"
	}
	if name, err = archive.SafeName(name); err != nil {
		return Remote{}, fmt.Errorf("%s: %w", u, err)
	}
	return Remote{URL: u.String(), FileName: name, MediaType: p.MediaType, Route: ByAddress}, nil
}

// document returns the content API document at rawURL and the address that it finally came from.
func (c *Client) document(ctx context.Context, p origin.Place, rawURL string) (document, *url.URL, error) {
	run, key := memoryOf(ctx), memoryKey(p, rawURL)
	if d, ok := run.find(key); ok {
		return d.document, d.at, nil
	}
	var doc document
	a, err := c.request(ctx, p.Hosts, maxDocument, rawURL, http.Header{"Accept": {"application/json"}})
	if err != nil {
		return doc, nil, err
	}
	if err := json.Unmarshal(a.data, &doc); err != nil {
		return doc, nil, fmt.Errorf("%s: %w: not a content API document: %w; check the address of the page", rawURL, ErrStatus, err)
	}
	run.keep(key, knownDocument{doc, a.final}, len(a.data))
	return doc, a.final, nil
}

// redirectTarget returns the address that a redirect document leads to. It returns ErrMoved if that
// is not a path on the same host.
func (d document) redirectTarget(page *url.URL) (string, error) {
	to := d.destination(page)
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || !strings.HasPrefix(u.Path, "/") {
		return "", d.checkPublished(page)
	}
	// Clean keeps a destination with ".." within the content API.
	return (&url.URL{Scheme: page.Scheme, Host: page.Host, Path: contentAPI + path.Clean(u.Path)}).String(), nil
}

// destination returns where a redirect document leads: the redirect for the page itself, or the
// first one, or "".
func (d document) destination(page *url.URL) string {
	for _, r := range d.Redirects {
		if contentAPI+r.Path == page.Path {
			return r.Destination
		}
	}
	if len(d.Redirects) > 0 {
		return d.Redirects[0].Destination
	}
	return ""
}

// checkPublished returns ErrMoved if the document is no longer a publication.
func (d document) checkPublished(page *url.URL) error {
	switch {
	case d.DocumentType == "redirect":
		return fmt.Errorf("%s: %w: the page redirects to %q; give its source the new address", page, ErrMoved, archive.Short(d.destination(page)))
	case d.DocumentType == "gone" && d.Details.AlternativePath != "":
		return fmt.Errorf("%s: %w: the page is gone and points to %q; check whether the figures moved there", page, ErrMoved, archive.Short(d.Details.AlternativePath))
	case d.DocumentType == "gone":
		return fmt.Errorf("%s: %w: the page is gone; find where the figures are published now", page, ErrMoved)
	case d.WithdrawnNotice.WithdrawnAt != "" || d.WithdrawnNotice.Explanation != "":
		return fmt.Errorf("%s: %w: the page was withdrawn (%s); read its notice, and add the last file by hand if it is still wanted",
			page, ErrMoved, cmp.Or(archive.Short(d.WithdrawnNotice.WithdrawnAt), "no date"))
	}
	return nil
}

// pick returns the only attachment of doc that p describes.
func (c *Client) pick(p origin.Place, page *url.URL, doc document) (Remote, error) {
	var found []Remote
	for _, a := range doc.Details.Attachments {
		if !a.matches(p) {
			continue
		}
		r, err := c.remote(p, page, a)
		if err != nil {
			return Remote{}, err
		}
		if len(found) == 0 || found[0].URL != r.URL {
			found = append(found, r)
		}
	}
	if len(found) == 0 {
		return Remote{}, fmt.Errorf("%s: %w; the page has %s; check whether the title, file name or type changed", page, ErrNoAttachment, titles(doc.Details.Attachments))
	}
	if p.Newest {
		found = newest(found)
	}
	if len(found) > 1 {
		var names []attachment
		for _, r := range found {
			names = append(names, attachment{Title: r.Title + " (" + r.FileName + ")"})
		}
		return Remote{}, fmt.Errorf("%s: %w: %s; describe the right one more precisely", page, ErrAmbiguous, titles(names))
	}
	if s := doc.PublicUpdatedAt; s != "" {
		t, err := time.Parse(time.RFC3339, s)
		if err != nil {
			return Remote{}, fmt.Errorf("%s: public_updated_at %q is not a time: %w", page, archive.Short(s), ErrStatus)
		}
		found[0].Updated = t.UTC()
	}
	return found[0], nil
}

// monthInTitle matches the months in a title, with the day before one if any: "year ending June
// 2026", "between 6 August 2025 and 30 June 2026".
var monthInTitle = regexp.MustCompile(`(?:\b(\d{1,2}) )?\b(January|February|March|April|May|June|July|August|September|October|November|December) (20\d\d)\b`)

// newest returns those of the attachments whose titles name the latest date. In such titles a month
// without a day means its last day.
func newest(found []Remote) []Remote {
	var out []Remote
	var latest time.Time
	for _, r := range found {
		var last time.Time
		for _, m := range monthInTitle.FindAllStringSubmatch(r.Title, -1) {
			t, err := time.Parse("January 2006", m[2]+" "+m[3])
			if err != nil {
				continue
			}
			if day, err := strconv.Atoi(m[1]); err == nil {
				t = t.AddDate(0, 0, day-1)
			} else {
				t = t.AddDate(0, 1, -1)
			}
			if t.After(last) {
				last = t
			}
		}
		if last.After(latest) {
			out, latest = nil, last
		}
		if last.Equal(latest) {
			out = append(out, r)
		}
	}
	return out
}

// matches reports whether p describes the attachment.
func (a attachment) matches(p origin.Place) bool {
	switch {
	case a.Type == "html" && p.MediaType != pageType:
		return false
	case a.Type != "" && a.Type != "file" && a.Type != "html":
		return false
	}
	return (p.MediaType == "" || strings.EqualFold(a.mediaType(), p.MediaType)) &&
		(p.Title == nil || p.Title.MatchString(a.Title)) &&
		(p.File == nil || p.File.MatchString(a.name()))
}

// pageType is the media type of an attachment that is a page of the site.
const pageType = "text/html"

// mediaType returns the attachment's media type. For a page none is stated.
func (a attachment) mediaType() string {
	if a.Type == "html" {
		return pageType
	}
	return bareType(a.MIME)
}

// name returns the attachment's file name, else the last element of its URL, with
// ".html" for a page.
func (a attachment) name() string {
	if a.Type == "html" {
		a.FileName = ""
	}
	if a.FileName != "" {
		return a.FileName
	}
	u, err := url.Parse(a.URL)
	if err != nil {
		return ""
	}
	if a.Type == "html" {
		return path.Base(u.Path) + ".html"
	}
	return path.Base(u.Path)
}

// remote resolves and checks the attachment's address and file name.
func (c *Client) remote(p origin.Place, page *url.URL, a attachment) (Remote, error) {
	u, err := page.Parse(a.URL)
	if err != nil || a.URL == "" {
		return Remote{}, fmt.Errorf("%s: attachment %q: %w: %q is not an address", page, archive.Short(a.Title), ErrHost, archive.Short(a.URL))
	}
	u.Fragment, u.RawFragment = "", ""
	if err := c.allow(u, p.Hosts); err != nil {
		return Remote{}, fmt.Errorf("%s: attachment %q: %w", page, archive.Short(a.Title), err)
	}
	name, err := archive.SafeName(a.name())
	if err != nil {
		return Remote{}, fmt.Errorf("%s: attachment %q: %w", page, archive.Short(a.Title), err)
	}
	return Remote{URL: u.String(), Title: a.Title, FileName: name, MediaType: a.mediaType()}, nil
}

// titles lists at most ten titles, quoted, for an error message.
func titles(as []attachment) string {
	if len(as) == 0 {
		return "no attachments"
	}
	return hint.List(len(as), 10, ", ", func(i int) string { return strconv.Quote(archive.Short(as[i].Title)) })
}

// bareType returns a media type in lower case without parameters, or "" if s is not one.
func bareType(s string) string {
	t, _, err := mime.ParseMediaType(s)
	if err != nil {
		return ""
	}
	return t
}
