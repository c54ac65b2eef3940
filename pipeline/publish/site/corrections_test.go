package site

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/table"
)

func TestCorrectionsPage(t *testing.T) {
	_, files := shared(t, "real")
	contains(t, files["corrections.html"], `<h1>Revisions</h1>`, `Values that differ from one release to the next: 30.`, `<li><a href="corrections.html">Revisions</a></li>`,
		`<tr id="revisions/ukho-asylum:asylum-claims:Q/2025-06-01/2025-06-30/2026-03-30/2026-03-30T00:00:00Z"><th scope="row"><a href="series/ukho-asylum~asylum-claims~Q.html">Asylum claims</a></th><td class="text">persons</td><td class="text">June 2025</td><td>8,029</td><td class="main">8,129</td><td>&#43;100</td>`,
		`<tr><th scope="row">Asylum claims</th><td class="text">persons</td><td class="main">30</td><td>15</td><td>1</td><td>30</td><td>3</td><td>32</td><td>93.8</td><td>0</td><td>&#43;100</td><td>100.0</td><td>900</td><td>0</td><td>0</td>`,
		`<table class="figures map">`, `<td class="rise">&#43;100</td>`, `<a href="feed.atom">feed</a>`)
	_, files = shared(t, "small")
	contains(t, files["corrections.html"], `No value differs from one release to the next yet.`)
}

func TestReleasePages(t *testing.T) {
	_, files := shared(t, "real")
	page := files["releases/ukho-asylum.html"]
	contains(t, page, `<h1>Releases: Data set ukho-asylum</h1>`,
		`<tr><th scope="row">30 March 2026</th><td class="text">30 March 2026, 00:00 UTC</td><td class="text">1 January 2001 to 31 December 2025</td><td>624</td><td class="main">1</td><td>0</td><td>1</td><td>2</td><td class="text file">a-file_of_figures_with_a_long_name.csv</td></tr>`,
		`… 10 more in <a href="../data/releases.csv">releases.csv</a>`, `<h3 id="release-2026-03-30-00000000">30 March 2026: 1 value changed</h3>`,
		`<li>Asylum claims, June 2025: 8,029 before, 8,129 after (&#43;100), silent</li>`, `Earlier releases that changed something: 18.`)
	if n := strings.Count(page, "<h3"); n != 12 {
		t.Errorf("the changes of %d releases are listed", n)
	}
	contains(t, files["releases/tidy~mine.html"], `<h1>Releases: tidy:mine</h1>`, `No release has changed a value of an earlier one.`)
	contains(t, files["topics/sources.html"], `<th scope="col">Releases</th>`, `<td><a href="../releases/ukho-asylum.html" aria-label="130 releases: Data set ukho-asylum">130</a></td>`, `<td>none</td>`)
	contains(t, files["index.html"], `<a href="releases/ukho-asylum.html"`)
}

func TestASourceHasNoPageOutsideTheSite(t *testing.T) {
	s := sitetest.Real(t)
	for _, tbl := range s.Tables {
		if tbl.Schema.Name == "releases" {
			tbl.Rows[0][0] = table.Text("../../x")
		}
	}
	if err := Build(t.Context(), t.TempDir()+"/site", s, Options{Pictures: kept()}); err == nil || !strings.Contains(err.Error(), "has no name for a page") {
		t.Errorf("a source outside the site gives %v", err)
	}
}

func TestClaimsPage(t *testing.T) {
	_, files := shared(t, "real")
	page := files["claims.html"]
	contains(t, page, `<blockquote><p>More than 30,000 people so far, up 12 %</p></blockquote>`,
		`<a href="https://www.example.org/said?a=1&amp;b=2" rel="nofollow noopener noreferrer">Where it was said</a>`, `Of every row: no vintage is as old as the claim.`,
		`<tr><th scope="row">More than 30,000</th><td class="text">found: year to date</td><td class="text">People arriving in small boats</td><td class="text">1 January to 17 September 2025</td><td class="main">31,031</td><td>23,628</td><td>&#43;31.3 %</td><td class="text">6 February 2026</td><td class="text">since revised to 31,040</td></tr>`,
		`<tr><th scope="row">12 %</th><td class="text">nearest: rolling 12 months</td>`, `<td class="text">not revised</td></tr>`,
		`<tr><th scope="row">12</th><td class="text">no figures to compare with</td><td class="text">[x]</td><td class="text">[x]</td><td class="main">[x]</td>`,
		`There is no number in it that could be looked for.`, `<code>data/raw/claims</code>`)
	if strings.Contains(page, "javascript") || strings.Count(page, "Where it was said") != 1 {
		t.Error("an address that is not on the web is linked to")
	}
	var order []string
	for _, m := range regexp.MustCompile(`<h2 id="(claim-[^"]*)">`).FindAllStringSubmatch(page, -1) {
		order = append(order, m[1])
	}
	if !slices.Equal(order, []string{"claim-a-3", "claim-a-2", "claim-a-4"}) {
		t.Errorf("claims are %v", order)
	}
	_, files = shared(t, "small")
	if _, there := files["claims.html"]; there || strings.Contains(files["index.html"], "claims.html") {
		t.Error("a site without claims has a page of them, or a link to it")
	}
}

// readFeed is a feed as another program would read it.
type readFeed struct {
	XMLName xml.Name
	ID      string `xml:"http://www.w3.org/2005/Atom id"`
	Title   string `xml:"http://www.w3.org/2005/Atom title"`
	Updated string `xml:"http://www.w3.org/2005/Atom updated"`
	Author  struct {
		Name string `xml:"http://www.w3.org/2005/Atom name"`
	} `xml:"http://www.w3.org/2005/Atom author"`
	Entries []struct {
		ID      string `xml:"http://www.w3.org/2005/Atom id"`
		Title   string `xml:"http://www.w3.org/2005/Atom title"`
		Updated string `xml:"http://www.w3.org/2005/Atom updated"`
		Content struct {
			Type string `xml:"type,attr"`
			Text string `xml:",chardata"`
		} `xml:"http://www.w3.org/2005/Atom content"`
		Link struct {
			Href string `xml:"href,attr"`
		} `xml:"http://www.w3.org/2005/Atom link"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

func TestFeedIsAtom(t *testing.T) {
	for _, name := range []string{"real", "hostile", "small", "empty"} {
		t.Run(name, func(t *testing.T) {
			var files map[string]string
			if name == "empty" {
				_, files = written(t, content.Site{Title: "Empty"})
			} else {
				_, files = shared(t, name)
			}
			var f readFeed
			if err := xml.Unmarshal([]byte(files["feed.atom"]), &f); err != nil {
				t.Fatal(err)
			}
			if f.XMLName.Local != "feed" || f.XMLName.Space != "http://www.w3.org/2005/Atom" || f.ID != "urn:crossings:revisions" || f.Title == "" || f.Author.Name == "" {
				t.Errorf("feed lacks what it must have: %+v", f)
			}
			if _, err := time.Parse(time.RFC3339, f.Updated); err != nil {
				t.Error(err)
			}
			newest := ""
			seen := map[string]bool{}
			for _, e := range f.Entries {
				if !strings.HasPrefix(e.ID, "urn:crossings:revision:") && e.ID != "urn:crossings:version:1.0.0" || seen[e.ID] || e.Title == "" || e.Content.Type != "text" || e.Content.Text == "" {
					t.Errorf("entry %+v", e)
				}
				if _, err := time.Parse(time.RFC3339, e.Updated); err != nil {
					t.Error(err)
				}
				if _, there := files[e.Link.Href]; !there {
					t.Errorf("entry links to %s", e.Link.Href)
				}
				seen[e.ID], newest = true, max(newest, e.Updated)
			}
			if newest != "" && newest != f.Updated {
				t.Errorf("feed is of %s, its newest entry of %s", f.Updated, newest)
			}
			if want := map[string]int{"real": 31, "hostile": 31}[name]; len(f.Entries) != want {
				t.Errorf("%d entries, want %d", len(f.Entries), want)
			}
		})
	}
}

func TestFeedSaysWhatChanged(t *testing.T) {
	_, files := shared(t, "real")
	var f readFeed
	if err := xml.Unmarshal([]byte(files["feed.atom"]), &f); err != nil {
		t.Fatal(err)
	}
	if e := f.Entries[0]; e.ID != "urn:crossings:version:1.0.0" || e.Link.Href != "releases/1.0.0/index.html" || e.Content.Text != "Newest release in it: 26 June 2026." {
		t.Errorf("the data version is %+v", e)
	}
	e := f.Entries[1]
	if got, want := fmt.Sprint(e.ID, e.Title, e.Updated, e.Link.Href, e.Content.Text), fmt.Sprint("urn:crossings:revision:ukho-asylum:2026-03-30-00000000", "Data set ukho-asylum: 1 value changed",
		"2026-03-30T00:00:00Z", "releases/ukho-asylum.html", "- Asylum claims, June 2025: 8,029 before, 8,129 after (+100), silent"); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	for name, text := range files {
		if strings.HasSuffix(name, ".html") && !inFrame(name) && strings.Count(text, `feed.atom"`) < 2 {
			t.Errorf("%s does not lead to the feed in its head and its footer", name)
		}
	}
}
