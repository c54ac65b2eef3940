package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/archive"
	"crossings/pipeline/source/origin"
)

const (
	ods      = "application/vnd.oasis.opendocument.spreadsheet"
	pagePath = "/api/content/government/publications/small-boats"
	pageURL  = "https://www.gov.uk" + pagePath
	mediaURL = "https://assets.publishing.service.gov.uk/media/"
)

// place describes the weekly time series of small boats.
var place = origin.Place{
	Page: pageURL, Title: regexp.MustCompile(`(?i)small boats.*time series`), File: regexp.MustCompile(`(?i)small_boats.*time_series`),
	MediaType: ods, Hosts: []string{"www.gov.uk", "assets.publishing.service.gov.uk"}, MaxBytes: 1 << 20,
}

// fixture returns a fixture of a publisher's file.
func fixture(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../../source/ukhosmallboats/testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// world starts a server that answers for all hosts and returns a client that
// sends its requests there. The handler finds the host in the first element of the path.
func world(t testing.TB, h http.HandlerFunc) *Client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return &Client{
		AllowPrivate: true, Wait: instantly, Now: func() time.Time { return time.Date(2026, 6, 27, 9, 30, 15, 999, time.UTC) },
		Rewrite: func(u *url.URL) {
			u.Path, u.Scheme, u.Host = "/"+u.Host+u.Path, "http", strings.TrimPrefix(s.URL, "http://")
		},
	}
}

// instantly is a pause that takes no time.
func instantly(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// publication is a content API document whose time series has this hash and name.
func publication(hash, name string) string {
	return fmt.Sprintf(`{"document_type":"official_statistics","public_updated_at":"2026-06-26T09:30:00+01:00","withdrawn_notice":{},
"details":{"attachments":[
{"attachment_type":"html","title":"Small boats: time series notes","url":"/government/publications/small-boats/notes"},
{"attachment_type":"file","content_type":"text/csv","filename":"small_boats_time_series.csv","title":"Small boats - time series","url":"%[1]sffff/small_boats_time_series.csv"},
{"attachment_type":"file","content_type":"%[2]s","filename":"last_7_days.ods","title":"Last 7 days","url":"%[1]seeee/last_7_days.ods"},
{"attachment_type":"file","content_type":"%[2]s","filename":"%[4]s","file_size":1,"title":"Small boats - time series","url":"%[1]s%[3]s/%[4]s"}
]}}`, mediaURL, ods, hash, name)
}

func TestFind(t *testing.T) {
	for _, tt := range []struct{ hash, name string }{
		{"69567c8b", "02_January_2026_Small_boats_-_time_series.ods"},
		{"aa00bb11", "pub20260626_data_small_boats_time_series.ods"},
	} {
		c := world(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, publication(tt.hash, tt.name)) })
		got, err := c.Find(t.Context(), place, Remote{})
		if err != nil {
			t.Fatal(err)
		}
		want := Remote{mediaURL + tt.hash + "/" + tt.name, "Small boats - time series", tt.name, ods, time.Date(2026, 6, 26, 8, 30, 0, 0, time.UTC), ByPage, nil}
		if got != want {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
	}
}

// TestFindNewestPage finds a page among the attachments: the one whose title names the latest day.
func TestFindNewestPage(t *testing.T) {
	doc := `{"details":{"attachments":[
{"attachment_type":"html","title":"Transfers between 6 August 2025 and 31 May 2026","url":"/government/publications/x/may"},
{"attachment_type":"html","title":"Transfers between 6 August 2025 and 30 June 2026","url":"/government/publications/x/june"},
{"attachment_type":"html","title":"Other figures, 31 July 2026","url":"/government/publications/x/other"},
{"attachment_type":"file","content_type":"text/csv","filename":"transfers.csv","title":"Transfers to 31 July 2026","url":"/transfers.csv"}]}}`
	c := world(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, doc) })
	p := origin.Place{Page: place.Page, Title: regexp.MustCompile("^Transfers"), MediaType: "text/html", Newest: true, Hosts: place.Hosts}
	got, err := c.Find(t.Context(), p, Remote{})
	if err != nil {
		t.Fatal(err)
	}
	if got.FileName != "june.html" || got.MediaType != "text/html" || !strings.HasSuffix(got.URL, "/government/publications/x/june") {
		t.Errorf("got %+v", got)
	}
	p.Newest = false
	if _, err := c.Find(t.Context(), p, Remote{}); !errors.Is(err, ErrAmbiguous) {
		t.Errorf("error %v", err)
	}
}

func TestFindRefuses(t *testing.T) {
	file := func(name, url string) string {
		return fmt.Sprintf(`{"attachment_type":"file","content_type":%q,"filename":%q,"title":"Small boats time series","url":%q}`, ods, name, url)
	}
	doc := func(as ...string) string { return `{"details":{"attachments":[` + strings.Join(as, ",") + `]}}` }
	var many []string
	for i := range 12 {
		many = append(many, fmt.Sprintf(`{"attachment_type":"html","title":"Part %d"}`, i))
	}
	ok := mediaURL + "1/small_boats_time_series.ods"
	for _, tt := range []struct {
		name, body string
		status     int
		want       error
		text       string
	}{
		{"none", doc(), 200, ErrNoAttachment, "no attachments"},
		{"other titles", doc(many...), 200, ErrNoAttachment, `"Part 9" and 2 more`},
		{"two", doc(file("a_small_boats_time_series.ods", ok), file("b_small_boats_time_series.ods", ok+"2")), 200, ErrAmbiguous, "b_small_boats_time_series.ods"},
		{"other host", doc(file("small_boats_time_series.ods", "https://example.org/x.ods")), 200, ErrHost, "example.org"},
		{"other scheme", doc(file("small_boats_time_series.ods", "ftp://www.gov.uk/x.ods")), 200, ErrHost, "not https"},
		{"user", doc(file("small_boats_time_series.ods", "https://u:p@www.gov.uk/x.ods")), 200, ErrHost, "user name"},
		{"hostile name", doc(file("../small_boats_time_series.ods", ok)), 200, nil, "begins with a dot"},
		{"gone", `{"document_type":"gone","details":{"alternative_path":"/elsewhere"}}`, 200, ErrMoved, "/elsewhere"},
		{"withdrawn", `{"withdrawn_notice":{"explanation":"x","withdrawn_at":"2026-01-01T00:00:00Z"},"details":{"attachments":[` + file("small_boats_time_series.ods", ok) + `]}}`, 200, ErrMoved, "withdrawn"},
		{"redirect abroad", `{"document_type":"redirect","redirects":[{"path":"/x","destination":"https://example.org/new"}]}`, 200, ErrMoved, "https://example.org/new"},
		{"redirect nowhere", `{"document_type":"redirect"}`, 200, ErrMoved, "redirects"},
		{"redirect loop", `{"document_type":"redirect","redirects":[{"path":"/x","destination":"/x"}]}`, 200, ErrMoved, `"/x"`},
		{"404", "", 404, ErrMoved, "404"},
		{"410", "{}", 410, ErrMoved, "410"},
		{"503", "", 503, ErrUnreachable, "Service Unavailable"},
		{"not JSON", "<html>", 200, nil, "not a content API document"},
		{"bad time", `{"public_updated_at":"soon",` + doc(file("small_boats_time_series.ods", ok))[1:], 200, ErrStatus, "soon"},
		{"huge", strings.Repeat(" ", maxDocument+1), 200, archive.ErrTooLarge, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := world(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(tt.status); io.WriteString(w, tt.body) })
			r, err := c.Find(t.Context(), place, Remote{})
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("got %+v, %v; want %v with %q", r, err, tt.want, tt.text)
			}
			if !strings.Contains(fmt.Sprint(err), "https://") {
				t.Errorf("%v: does not say which page", err)
			}
		})
	}
}

func TestFindFollowsRedirectDocument(t *testing.T) {
	c := world(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/www.gov.uk" + pagePath:
			io.WriteString(w, `{"document_type":"redirect","redirects":[{"path":"/other","destination":"/wrong"},
				{"path":"/government/publications/small-boats","destination":"/government/statistics/new?x=1#top"}]}`)
		case "/www.gov.uk/api/content/government/statistics/new":
			io.WriteString(w, publication("1", "small_boats_time_series.ods"))
		default:
			http.NotFound(w, r)
		}
	})
	if r, err := c.Find(t.Context(), place, Remote{}); err != nil || r.FileName != "small_boats_time_series.ods" {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestOnlyHTTPS(t *testing.T) {
	var c Client
	for _, u := range []string{"http://www.gov.uk/x", "https://www.gov.uk:8443/x", "https://WWW.gov.uK/x", "//www.gov.uk/x", "https:www.gov.uk", "", ":"} {
		if _, err := c.Download(t.Context(), place, Remote{URL: u}, nil); !errors.Is(err, ErrHost) {
			t.Errorf("%q: got %v, want ErrHost", u, err)
		}
	}
}

func TestFindFixedAddress(t *testing.T) {
	hosts := []string{"www.gov.uk"}
	c := world(t, func(w http.ResponseWriter, r *http.Request) { t.Errorf("asked %s", r.URL) })
	for address, want := range map[string]string{
		"https://www.gov.uk/government/publications/small-boats/last-7-days": "last-7-days.html",
		"https://www.gov.uk/media/figures.csv?x=1":                           "figures.csv",
		"https://www.gov.uk/a/page/":                                         "page.html",
	} {
		p := origin.Place{Address: address, Hosts: hosts, MediaType: "text/html"}
		got, err := c.Find(t.Context(), p, Remote{})
		if want := (Remote{URL: address, FileName: want, MediaType: "text/html", Route: ByAddress}); err != nil || got != want || !p.Given() {
			t.Errorf("got %+v, %v; want %+v", got, err, want)
		}
	}
	data := origin.Place{Address: "https://www.gov.uk/get/timeseries?export=csv", Hosts: hosts}
	if got, err := c.Find(t.Context(), data, Remote{}); err != nil || got.FileName != "timeseries" {
		t.Errorf("a file without an extension: got %+v, %v", got, err)
	}
	for _, address := range []string{"https://example.org/x", "https://www.gov.uk", "https://www.gov.uk/", "https://u:p@www.gov.uk/x",
		"ftp://www.gov.uk/x", "www.gov.uk/x", "/x", "https://www.gov.uk/.x", "https://www.gov.uk/a%5Cb", "https://www.gov.uk/%zz"} {
		if got, err := c.Find(t.Context(), origin.Place{Address: address, Hosts: hosts}, Remote{}); err == nil || got != (Remote{}) {
			t.Errorf("%q: got %+v, %v", address, got, err)
		}
	}
	if (origin.Place{Hosts: hosts}).Given() || !place.Given() {
		t.Error("Given is wrong")
	}
}

// roundTrip is an http.RoundTripper made of one function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestRedirectToPrivateAddress resolves an allowed name to a private address, as a hostile name
// server could.
func TestRedirectToPrivateAddress(t *testing.T) {
	c := world(t, func(w http.ResponseWriter, r *http.Request) { t.Error("the private server was asked") })
	c.AllowPrivate = false
	safe := c.transport()
	c.HTTP = &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		if strings.HasPrefix(r.URL.Path, "/www.gov.uk") {
			return &http.Response{StatusCode: 302, Header: http.Header{"Location": {mediaURL}}, Body: http.NoBody}, nil
		}
		return safe.RoundTrip(r)
	})}
	_, err := c.Download(t.Context(), place, Remote{URL: "https://www.gov.uk/x"}, nil)
	if !errors.Is(err, ErrHost) || !strings.Contains(err.Error(), "127.0.0.1 is not a public address") {
		t.Errorf("got %v, want ErrHost", err)
	}
	c.HTTP = nil
	if _, err := c.Download(t.Context(), place, Remote{URL: "https://www.gov.uk/x"}, nil); !errors.Is(err, ErrHost) {
		t.Errorf("default client: got %v, want ErrHost", err)
	}
}

func TestPublic(t *testing.T) {
	for s, want := range map[string]bool{
		"151.101.0.144": true, "2a04:4e42::144": true, "64:ff9b::9765:90": true, "100.128.0.1": true,
		"127.0.0.1": false, "10.0.0.1": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false,
		"100.64.0.1": false, "224.0.0.1": false, "0.0.0.0": false, "0.1.2.3": false, "255.255.255.255": false,
		"::1": false, "::": false, "fe80::1%eth0": false, "fc00::1": false, "ff02::1": false, "::ffff:127.0.0.1": false,
		"::ffff:100.64.0.1": false, "::127.0.0.1": false, "64:ff9b::a00:1": false, "2002:7f00:1::": false,
	} {
		if got := isPublic(netip.MustParseAddr(s)); got != want {
			t.Errorf("public(%s) = %v", s, got)
		}
		if err := refusePrivate("tcp", netip.AddrPortFrom(netip.MustParseAddr(s), 443).String(), nil); (err == nil) != want {
			t.Errorf("refusePrivate(%s) = %v", s, err)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add([]byte(publication("1", "small_boats_time_series.ods")))
	f.Add([]byte(`{"document_type":"redirect","redirects":[{"path":"/x","destination":"/../x"}]}`))
	f.Add([]byte(`{"document_type":"gone"}`))
	f.Add([]byte(`{"details":{"attachments":[{"url":"//www.gov.uk:443/%2e%2e/a.ods#x"}]}}`))
	f.Add([]byte(`{"details":{"attachments":[{"url":"https://u@www.gov.uk/a.ods","filename":"a"}]}}`))
	p := origin.Place{Page: pageURL, Hosts: place.Hosts}
	f.Fuzz(func(t *testing.T, doc []byte) {
		findSafely(t, p, doc, func(asked string) bool { return strings.HasPrefix(asked, "https://www.gov.uk/api/content/") })
	})
}

// findSafely looks for a file in a document. It checks that only addresses that may be asked are, and
// that the one found is safe. It returns nil if none is found.
func findSafely(t *testing.T, p origin.Place, doc []byte, may func(asked string) bool) *url.URL {
	t.Helper()
	c := &Client{Wait: instantly, HTTP: &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		if !may(r.URL.String()) {
			t.Errorf("asked %s", r.URL)
		}
		return &http.Response{StatusCode: 200, ContentLength: int64(len(doc)), Body: io.NopCloser(bytes.NewReader(doc))}, nil
	})}}
	r, err := c.Find(t.Context(), p, Remote{})
	if err != nil {
		if r != (Remote{}) {
			t.Errorf("result with an error: %+v", r)
		}
		return nil
	}
	u, err := url.Parse(r.URL)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Hostname() != p.Hosts[0] && u.Hostname() != p.Hosts[1] {
		t.Errorf("found %q, %v", r.URL, err)
	}
	if _, err := archive.SafeName(r.FileName); err != nil {
		t.Error(err)
	}
	return u
}
