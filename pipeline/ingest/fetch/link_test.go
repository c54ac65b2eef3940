package fetch

import (
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"crossings/pipeline/archive"
	"crossings/pipeline/source/origin"
)

const mapURL = "https://www.frontex.example/what-we-do/map/"

// mapPlace describes a workbook behind a link of a web page.
var mapPlace = origin.Place{
	Web: mapURL, Link: regexp.MustCompile(`^/assets/Routes/.*Monthly_detections.*\.xlsx$`),
	MediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	Hosts:     []string{"www.frontex.example", "frontex.example"}, MaxBytes: 1 << 20,
}

// findIn finds the file in a page with this body.
func findIn(t testing.TB, body string) (Remote, error) {
	t.Helper()
	c := world(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, "<!doctype html><html><head><title>Map</title></head><body>"+body)
	})
	return c.Find(t.Context(), mapPlace, Remote{})
}

func TestFindLink(t *testing.T) {
	const newest = "https://www.frontex.example/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx"
	for name, body := range map[string]string{
		"relative to the host":  `<a href="/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx">x</a>`,
		"relative to the page":  `<a href="../../assets/Routes/2026/Monthly_detections_2026_09_02.xlsx">x</a>`,
		"absolute":              `<a class=x href='https://www.frontex.example/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx'>x</a>`,
		"without scheme":        `<a href=//www.frontex.example/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx>x</a>`,
		"entities":              `<a href="&#x2F;assets&sol;Routes/2026/Monthly&lowbar;detections_2026&#95;09_02.xlsx">x</a>`,
		"encoded":               `<a href="/assets/Routes/2026/Monthly%5Fdetections_2026_09_02.xlsx">x</a>`,
		"spaces and a break":    "<a href=\" \t/assets/Routes/2026/\nMonthly_detections_2026_09_02.xlsx \">x</a>",
		"upper case":            `<A HREF="/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx">x</A>`,
		"a fragment":            `<a href="/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx#top">x</a>`,
		"with a base":           `<base href="/assets/"><base href="/no/"><a href="Routes/2026/Monthly_detections_2026_09_02.xlsx">x</a>`,
		"twice":                 strings.Repeat(`<a href="/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx">x</a>`, 2),
		"the newer of two":      `<a href="/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx">x</a><a href="/assets/Routes/2026/Monthly_detections_2026_08_04.xlsx">x</a>`,
		"the newer comes last":  `<a href="/assets/Routes/2025/Monthly_detections_2025_12_31.xlsx">x</a><a href="/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx">x</a>`,
		"one without a date":    `<a href="/assets/Routes/Monthly_detections.xlsx">x</a><a href="/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx">x</a>`,
		"others":                `<a>x</a><a href="">x</a><a href="javascript:x()">x</a><a href="/assets/x.pdf">x</a><a href="%zz">x</a><a href="mailto:a@b.example">x</a><a href="/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx">x</a>`,
		"an area of a picture":  `<map><area href="/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx"></map>`,
		"others are no links":   `<!-- <a href="/assets/Routes/2026/Monthly_detections_2026_10_02.xlsx"> --><script>"<a href='/assets/Routes/2026/Monthly_detections_2026_10_02.xlsx'>"</script><link href="/assets/Routes/2026/Monthly_detections_2026_10_02.xlsx"><a href="/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx">x</a>`,
		"an older foreign link": `<a href="https://example.org/assets/Routes/2026/Monthly_detections_2026_01_02.xlsx">x</a><a href="/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx">x</a>`,
		"a broken end":          `<a href="/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx">x</a><a href="/assets/Routes/2026/Monthly_det`,
	} {
		got, err := findIn(t, body)
		want := Remote{URL: newest, FileName: "Monthly_detections_2026_09_02.xlsx", MediaType: mapPlace.MediaType, Route: ByPage}
		if name == "encoded" {
			want.URL = strings.Replace(newest, "Monthly_", "Monthly%5F", 1)
		}
		if err != nil || got != want {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestFindLinkRefuses(t *testing.T) {
	file := func(href string) string { return `<a href="` + href + `">x</a>` }
	for _, tt := range []struct {
		name, body string
		want       error
		text       string
	}{
		{"no link", "<p>The figures are being updated.", ErrNoAttachment, "none of 0 links"},
		{"another link", file("/assets/report.pdf") + file("/x"), ErrNoAttachment, "none of 2 links"},
		{"two of a day", file("/assets/Routes/a/Monthly_detections_2026_09_02.xlsx") + file("/assets/Routes/b/Monthly_detections_2026_09_02.xlsx"), ErrAmbiguous, "name the same day"},
		{"two without a day", file("/assets/Routes/Monthly_detections.xlsx") + file("/assets/Routes/Monthly_detections_new.xlsx"), ErrAmbiguous, "_new"},
		{"foreign host", file("https://example.org/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx"), ErrHost, "example.org"},
		{"foreign base", `<base href="https://example.org/">` + file("/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx"), ErrHost, "example.org"},
		{"a host that looks alike", file("https://www.frontex.example.evil.example/assets/Routes/Monthly_detections.xlsx"), ErrHost, "evil"},
		{"user", file("https://www.frontex.example@evil.example/assets/Routes/Monthly_detections.xlsx"), ErrHost, "user name"},
		{"private network", file("http://169.254.169.254/assets/Routes/Monthly_detections.xlsx"), ErrHost, "169.254"},
		{"other scheme", file("ftp://www.frontex.example/assets/Routes/Monthly_detections.xlsx"), ErrHost, "not https"},
		{"a file of this machine", file("file:///assets/Routes/Monthly_detections.xlsx"), ErrHost, "not https"},
		{"hostile name", file("/assets/Routes/.Monthly_detections%00.xlsx"), nil, "address"},
		{"huge", strings.Repeat(" ", maxDocument+1), archive.ErrTooLarge, ""},
	} {
		got, err := findIn(t, tt.body)
		if err == nil || tt.want != nil && !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.text) || got != (Remote{}) {
			t.Errorf("%s: got %+v, %v; want %v with %q", tt.name, got, err, tt.want, tt.text)
		}
		if !strings.Contains(err.Error(), mapURL) {
			t.Errorf("%s: %v does not say which page", tt.name, err)
		}
	}
}

// TestLinkOnlyHTTPS uses a client that asks the internet, where a link without TLS is refused.
func TestLinkOnlyHTTPS(t *testing.T) {
	page := `<a href="http://www.frontex.example/assets/Routes/Monthly_detections_2026_09_02.xlsx">x</a>`
	c := &Client{Wait: instantly, HTTP: &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, ContentLength: int64(len(page)), Body: io.NopCloser(strings.NewReader(page))}, nil
	})}}
	if got, err := c.Find(t.Context(), mapPlace, Remote{}); !errors.Is(err, ErrHost) || !strings.Contains(err.Error(), "not https") {
		t.Errorf("got %+v, %v", got, err)
	}
}

// TestFindLinkSaysThatNewerIsElsewhere has a newer file on a host that may not be asked: the older
// one is taken, and it is said that it is not the newest.
func TestFindLinkSaysThatNewerIsElsewhere(t *testing.T) {
	got, err := findIn(t, `<a href="https://cdn.example/assets/Routes/Monthly_detections_2026_10_02.xlsx">x</a><a href="/assets/Routes/Monthly_detections_2026_09_02.xlsx">x</a>`)
	if err != nil || got.FileName != "Monthly_detections_2026_09_02.xlsx" || !errors.Is(got.Moved, ErrMoved) || !strings.Contains(got.Moved.Error(), "cdn.example") {
		t.Errorf("got %+v, %v", got, err)
	}
}

// TestFindLinkOnAMovedPage follows the page to where it redirects, and relative links from there.
func TestFindLinkOnAMovedPage(t *testing.T) {
	c := world(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/www.frontex.example/what-we-do/map/" {
			http.Redirect(w, r, "https://frontex.example/data/map/", http.StatusMovedPermanently)
			return
		}
		io.WriteString(w, `<a href="../../assets/Routes/Monthly_detections_2026_09_02.xlsx">x</a>`)
	})
	got, err := c.Find(t.Context(), mapPlace, Remote{})
	if err != nil || got.URL != "https://frontex.example/assets/Routes/Monthly_detections_2026_09_02.xlsx" {
		t.Errorf("got %+v, %v", got, err)
	}
}

// TestFindLinkWithoutAPage has a page that answers with an error.
func TestFindLinkWithoutAPage(t *testing.T) {
	for status, want := range map[int]error{403: ErrUnreachable, 404: ErrMoved, 410: ErrMoved, 503: ErrUnreachable} {
		c := world(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(status) })
		if got, err := c.Find(t.Context(), mapPlace, Remote{}); !errors.Is(err, want) || got != (Remote{}) {
			t.Errorf("%d: got %+v, %v", status, got, err)
		}
		last := Remote{URL: "https://www.frontex.example/assets/Routes/old.xlsx", FileName: "old.xlsx"}
		got, err := c.Find(t.Context(), mapPlace, last)
		if moved := want == ErrMoved; moved != (err == nil && got.URL == last.URL && got.Route == ByLast) {
			t.Errorf("%d, with a last place: got %+v, %v", status, got, err)
		}
	}
}

func FuzzFindLink(f *testing.F) {
	f.Add([]byte(`<a href="/assets/Routes/2026/Monthly_detections_2026_09_02.xlsx">x</a>`))
	f.Add([]byte(`<base href="//evil.example/"><a href="assets/Routes/Monthly_detections.xlsx">`))
	f.Add([]byte(`<a href="https://www.frontex.example:443/assets/Routes/..%2fMonthly_detections.xlsx?x#y">`))
	f.Add([]byte(`<a href='&#x2f;&#x2f;evil.example/assets/Routes/Monthly_detections.xlsx'`))
	f.Fuzz(func(t *testing.T, page []byte) {
		u := findSafely(t, mapPlace, page, func(asked string) bool { return asked == mapURL })
		if u != nil && !mapPlace.Link.MatchString(u.Path) {
			t.Errorf("found %s", u)
		}
	})
}
