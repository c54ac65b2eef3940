package catalogue

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

// Site is the published site, as the formats describe it.
type Site struct {
	Title       string
	Description string    // one or two sentences
	Base        string    // the site's address as ParseBase returns it, or "" if unknown
	Version     string    // of the data, or "" if it has none
	Program     string    // version of the program, or ""
	AsOf        stat.Date // zero unless the site is as of a date in the past
	Vintage     stat.Date // newest release
	Tables      []Table   // in order of display
	Sources     []Source
	Inputs      []Input // every release in the lake
	Lists       []List  // in order of display
}

// List is a file that lists other files of the site.
type List struct {
	Name, Title, Description string
	File                     File // JSON
}

// Table is a published table with its files.
type Table struct {
	Schema  schemas.Table
	Rows    int
	Version string    // data version in which it last changed, or "" for that of the site
	Vintage stat.Date // newest release among its rows
	Sources []Source  // of its rows
	Start   stat.Date // first day of a row; zero if rows have no days
	End     stat.Date // last such day
	Areas   []string  // areas of its rows, ISO 3166-1 alpha-3, sorted
	CSV     File
	Parquet File
	Records *File // the rows as JSON; nil if not published
}

// Source is a published data set that figures come from.
type Source struct {
	ID        string
	Title     string
	Publisher string
	Licence   string // name of the licence
	LicenceAt string // its address, or ""
	Homepage  string // the page for readers, or ""
	Every     int    // days between releases; 0 if unknown
}

// File is one file of the site.
type File struct {
	Name   string `json:"file"` // name in its folder
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"` // lower-case hexadecimal
}

// Input is a release that figures were made from.
type Input struct {
	Source  string    `json:"source"`
	Release string    `json:"release"`
	Vintage stat.Date `json:"vintage"`
	File    string    `json:"file"`
	SHA256  string    `json:"sha256"`
}

// Designation is the designation of all figures of the site.
const Designation = "unofficial, derived"

// folder is the folder of the tables and their descriptions.
const folder = "data/"

// ParseBase returns the public address of a site in its canonical form, which ends with a slash.
// The address must be https, or http on loopback, and must have a host and no user, query or
// fragment; otherwise ParseBase returns an error. The empty text is no address.
func ParseBase(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	u, err := url.Parse(text)
	if err != nil {
		return "", fmt.Errorf("%q is not an address: %w", text, err)
	}
	ip := net.ParseIP(u.Hostname())
	loopback := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	switch {
	case u.Scheme != "https" && (u.Scheme != "http" || !loopback):
		return "", fmt.Errorf("%q does not begin with https://, which every host except loopback needs", text)
	case u.Hostname() == "" || u.Opaque != "":
		return "", fmt.Errorf("%q names no host", text)
	case u.User != nil:
		return "", fmt.Errorf("%q holds a user name", text)
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#"):
		return "", fmt.Errorf("%q has a query or a fragment", text)
	}
	u.Path = strings.TrimSuffix(u.Path, "/") + "/"
	u.RawPath = ""
	if base := u.JoinPath().String(); link(base) != "" {
		return base, nil
	}
	return "", fmt.Errorf("%q has characters that are not allowed in an address", text)
}

// address returns the address of a file of the site.
func (s Site) address(name string) string { return s.Base + name }

// Permanent returns the address that keeps these data, whatever is published later: that of their
// version, or that of the site if they have no version. It is "" if the address is unknown.
func (s Site) Permanent() string {
	if s.Base == "" || s.Version == "" {
		return s.Base
	}
	return s.address("releases/" + s.Version + "/")
}

// date returns the day of the data: the as-of day if there is one, otherwise the day of the newest
// release.
func (s Site) date() stat.Date { return cmp.Or(s.AsOf, s.Vintage) }

// link returns an address from outside if it is plain, otherwise "". The result holds no character
// that any of the formats would have to escape.
func link(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("<>\"{}|^`\\'", r) }) {
		return ""
	}
	return text
}

// span returns the days that tables are about; zero if they have none.
func span(tables []Table) (start, end stat.Date) {
	for _, t := range tables {
		if !t.Start.IsZero() && (start.IsZero() || t.Start < start) {
			start = t.Start
		}
		end = max(end, t.End)
	}
	return start, end
}

// areas returns the areas that tables are about, sorted.
func areas(tables []Table) []string {
	var all []string
	for _, t := range tables {
		all = append(all, t.Areas...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// licences returns the addresses of the licences of sources, each once.
func licences(sources []Source) []string {
	var all []string
	for _, s := range sources {
		if at := link(s.LicenceAt); at != "" && !slices.Contains(all, at) {
			all = append(all, at)
		}
	}
	return all
}

// closed are the code lists that are complete: a column with one of them holds no other code,
// whatever a file says. Measures and units may be new, and publishers' labels may be in no list.
var closed = []string{"basis", "flow", "kind", "obs-status", "precision", "source-state"}

// codes returns the values that a column may hold; nil if they are not fixed.
func codes(c schemas.Column) ([]string, error) {
	if !slices.Contains(closed, c.CodeList) {
		return nil, nil
	}
	list, err := schemas.CodeList(c.CodeList)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = x.Code
	}
	return out, nil
}

// indented formats v as JSON for a file of its own, which needs no escapes for HTML.
func indented(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return out.Bytes(), err
}
