package tabular

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"crossings/pipeline/read/strictjson"
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

// check returns an error for a place that contradicts itself.
func (p *Place) check() error {
	at := p.Address + p.Page
	u := webAddress(at)
	switch {
	case (p.Address == "") == (p.Page == ""):
		return errors.New("place: give an address or a page, not both")
	case u == nil || u.Scheme != "https" || len(at) > strictjson.MaxText:
		return fmt.Errorf("place: %.60q is not an address that begins with https://", at)
	case p.Address != "" && (p.Title != "" || p.File != "" || p.Newest || p.Link != ""):
		return errors.New("place: title, file, newest and link choose among what a page has")
	case p.Page != "" && p.Link == "" && (u.Host != "www.gov.uk" || u.Path == "" || u.RawQuery != ""):
		return errors.New("place: of a page outside https://www.gov.uk, say which link leads to the file: link")
	case p.Page != "" && p.Title == "" && p.File == "" && p.Link == "":
		return errors.New("place: say which attachment or link of the page it is: title, file or link")
	case p.Link != "" && (p.Title != "" || p.File != "" || p.Newest):
		return errors.New("place: a link of a page has no title, file or newest")
	}
	for _, h := range p.Hosts {
		if h == "" || strings.ContainsAny(h, "/@?# ") || h != strings.ToLower(h) {
			return fmt.Errorf("place: %.60q is not a host", h)
		}
	}
	return nil
}
