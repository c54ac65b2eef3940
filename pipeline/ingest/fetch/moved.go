package fetch

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// NotAnnounced returns an error that says that a file was not found where it was announced, and where
// it was found; or nil.
func (r Remote) NotAnnounced() error {
	switch {
	case r.Moved == nil, r.Route == ByPage:
		return r.Moved
	case r.Route == BySearch:
		return fmt.Errorf("%w; the site's search found it at %s: the source's Place must learn the new page", r.Moved, r.URL)
	}
	return fmt.Errorf("%w; taken from where it was the last time, %s: newer releases will be missed until the source's Place learns the new page", r.Moved, r.URL)
}

// ended matches what a page says when it is no longer maintained.
var ended = regexp.MustCompile(`(?i)(this is a legacy page|this (?:page|publication|document|collection) (?:was|has been) (?:withdrawn|archived|moved|superseded)|(?:page|figures|data) (?:is|are) no longer (?:being )?(?:updated|published|available))[^.<]{0,120}`)

// maxNotice is how many bytes of a page are searched for such a notice.
const maxNotice = 1 << 20

// EndNotice returns what a web page says about its own end, or "".
func (b *Body) EndNotice() string {
	if b.MediaType != pageType {
		return ""
	}
	return strings.Join(strings.Fields(string(ended.Find(b.Data[:min(len(b.Data), maxNotice)]))), " ")
}

// PassesOn reports whether an error at one place of a source leads to its next place: the first is
// gone or blocked.
func PassesOn(err error) bool {
	for _, kind := range []error{ErrMoved, ErrNoAttachment, ErrUnreachable, ErrHost, ErrStatus} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}
