// Package web says how a web server sends the files of a site: what each is, how long a reader may keep
// it, what a browser may do with it, and which compressed copy goes in its place. The configurations of
// web servers in deploy/web say the same, and a check compares them.
package web

import (
	"path"
	"regexp"
	"strings"

	"crossings/pipeline/publish/edition"
)

// types are the media types of the files of a site, the same on every machine.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".csv": "text/csv; charset=utf-8",
	".json": "application/json", ".xml": "application/xml", ".atom": "application/atom+xml", ".svg": "image/svg+xml", ".png": "image/png",
	".ics": "text/calendar; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".parquet": "application/vnd.apache.parquet", ".zip": "application/zip",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
	".bib": "text/plain; charset=utf-8", ".ris": "text/plain; charset=utf-8", ".cff": "text/plain; charset=utf-8", ".jsonld": "application/ld+json", ".ttl": "text/turtle; charset=utf-8",
	".wasm": "application/wasm", ".woff2": "font/woff2",
	".gz": "application/gzip", ".br": "application/octet-stream", // a server that sends them instead of the file sets its own type
}

// ContentType returns the media type of a file of a site.
func ContentType(name string) string {
	if known, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return known
	}
	return "application/octet-stream"
}

// How long a reader may keep a file: for good, or until the server has another.
const (
	forGood = "public, max-age=31536000, immutable"
	asked   = "public, max-age=60, must-revalidate"
)

// hashed is the name of a file with a part of its hash in it.
var hashed = regexp.MustCompile(`^assets/[a-z.-]+\.[0-9a-f]{10}\.[a-z0-9]+(\.gz|\.br)?$`)

// CacheControl returns how long a reader may keep a file of a site. What can never change is kept for
// good: the files of a data version, and those with a hash in their names. The rest is asked for
// again, so that a new page is not long shown with an old table.
func CacheControl(name string) string {
	if edition.Holds(name) && !edition.MayChange(name) || hashed.MatchString(name) {
		return forGood
	}
	return asked
}

// embedded is a page that other sites may show in a frame.
var embedded = regexp.MustCompile(`^(releases/[0-9.]+/)?embed/`)

// engine is a page or a file that runs the claim engine.
var engine = regexp.MustCompile(`^(check\.html$|claim/)`)

// Policy returns the content security policy of a file of a site: it may load what is on its own host,
// and nothing else. Other sites may show the pages that are made for frames. The claim page may run
// its program.
func Policy(name string) string {
	program, framed := "", "'none'"
	if engine.MatchString(name) {
		program = " 'wasm-unsafe-eval'; worker-src 'self'"
	}
	if embedded.MatchString(name) {
		framed = "*"
	}
	return "default-src 'none'; script-src 'self'" + program +
		"; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors " + framed
}

// headers are sent with every file. Any page may read the figures: all of them are public, and the site
// knows no visitors.
var headers = map[string]string{
	"X-Content-Type-Options":      "nosniff",
	"Referrer-Policy":             "no-referrer",
	"Access-Control-Allow-Origin": "*",
	"Vary":                        "Accept-Encoding",
}
