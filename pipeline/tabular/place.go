package tabular

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"crossings/pipeline/source/origin"
)

// MaxBytes is the size of the largest file of a table, in bytes.
const MaxBytes = 64 << 20

// webAddress returns an absolute address of the web without a user, or nil.
func webAddress(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return nil
	}
	return u
}

// contentAPI is the address under which GOV.UK describes its pages for programs.
const contentAPI = "https://www.gov.uk/api/content"

// check returns an error for a place that contradicts itself.
func (p *Place) check() error {
	at := p.Address + p.Page
	u := webAddress(at)
	switch {
	case (p.Address == "") == (p.Page == ""):
		return errors.New("place: give an address or a page, not both")
	case u == nil || u.Scheme != "https" || len(at) > maxPhrase:
		return fmt.Errorf("place: %.60q is not an address that begins with https://", at)
	case p.Page != "" && (u.Host != "www.gov.uk" || u.Path == "" || u.RawQuery != ""):
		return errors.New("place: a page is one of https://www.gov.uk; elsewhere give the address of the file")
	case p.Address != "" && (p.Title != "" || p.File != "" || p.Newest):
		return errors.New("place: title, file and newest choose among the attachments of a page")
	case p.Page != "" && p.Title == "" && p.File == "":
		return errors.New("place: say which attachment of the page it is: title or file")
	}
	for _, h := range p.Hosts {
		if h == "" || strings.ContainsAny(h, "/@?# ") || h != strings.ToLower(h) {
			return fmt.Errorf("place: %.60q is not a host", h)
		}
	}
	return nil
}

// Origin returns where the files of the table are found. Only the hosts of the declared address and
// those listed may be asked.
func (l *Layout) Origin() origin.Place {
	out := origin.Place{MaxBytes: MaxBytes}
	p := l.Place
	if p == nil {
		return out
	}
	out.Hosts = append(out.Hosts, p.Hosts...)
	if p.Page == "" {
		out.Address = p.Address
		out.Hosts = append(out.Hosts, strings.ToLower(webAddress(p.Address).Host))
		return out
	}
	out.Page = contentAPI + strings.TrimPrefix(webAddress(p.Page).Path, "/api/content")
	out.Title, out.File, out.Newest = wild(p.Title), wild(p.File), p.Newest
	out.Hosts = append(out.Hosts, "www.gov.uk", "assets.publishing.service.gov.uk")
	return out
}

// wild returns the pattern of a text in which * stands for any text; nil for "".
func wild(text string) *regexp.Regexp {
	if text == "" {
		return nil
	}
	return regexp.MustCompile("(?i)^" + strings.ReplaceAll(regexp.QuoteMeta(text), `\*`, ".*") + "$")
}
