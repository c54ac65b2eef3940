// Package origin describes where a publisher puts the files of a source. It is data only;
// package fetch follows it.
package origin

import (
	"cmp"
	"regexp"
)

// Place says where the newest file of a source is found: among the attachments that Page lists,
// behind a link of the web page Web, or at Address.
type Place struct {
	// Page is the absolute URL of the publication's content API document:
	// https://www.gov.uk/api/content/government/publications/SLUG.
	Page string
	// Address is the absolute URL of the file itself, or of a page with the figures, if that
	// never changes. Page, Title and File are then empty.
	Address string
	// Web is the absolute URL of a web page with a link to the file. Link matches the path of the
	// link's address. If several links match, the file is the one with the latest day in its name.
	Web  string
	Link *regexp.Regexp
	// Search and SearchTitle find a page that has moved: words for the site's search, and the
	// title of the page. Empty means no search.
	Search      string
	SearchTitle *regexp.Regexp
	// Title and File choose the attachment by its title and its file name; nil matches all.
	Title, File *regexp.Regexp
	// MediaType is the content type that the attachment must have, without parameters; "" matches
	// all. With "text/html" the file is a web page.
	MediaType string
	// Newest allows several attachments to match, one a release. The newest is the one whose
	// title names the latest month or day.
	Newest bool
	// Hosts lists the hosts that may be asked, also after redirects, in lower case. An entry
	// without a port means port 443.
	Hosts []string
	// MaxBytes is the size of the largest file accepted; 0 means 64 MiB.
	MaxBytes int64
}

// Given reports whether a file can be found at all. The files of a source without a place come
// by hand only.
func (p Place) Given() bool { return p.At() != "" }

// At returns the address that is asked first. It tells one place of a source from another.
func (p Place) At() string { return cmp.Or(p.Page, p.Web, p.Address) }
