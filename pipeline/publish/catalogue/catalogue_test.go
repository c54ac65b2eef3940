package catalogue

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

// hostile is a text that would break out of each format.
const hostile = "</script><script>alert(1)</script> \"'\\ @prefix }{ %\n\r\t\x00 ]]> =1+1"

// site describes two tables. text is used wherever a text comes from outside.
func site(text, base string) Site {
	source := Source{ID: "a-b", Title: text, Publisher: text, Licence: text, LicenceAt: "https://example.org/licence", Homepage: "javascript:alert(1)", Every: 7}
	s := Site{Title: text, Description: text, Base: base, Version: "1.2.3", Program: "(devel)", Vintage: stat.MustDate("2026-06-26"), Sources: []Source{source},
		Inputs: []Input{{Source: "a-b", Release: text, Vintage: stat.MustDate("2026-06-26"), File: text, SHA256: strings.Repeat("a", 64)}}}
	for _, name := range []string{"year-to-date", "sources"} {
		file := func(suffix string) File { return File{name + suffix, 12, strings.Repeat("b", 64)} }
		records := file(".rows.json")
		s.Tables = append(s.Tables, Table{Schema: schemas.MustLoad(name), Rows: 3, Vintage: s.Vintage, Sources: s.Sources, Start: stat.MustDate("2018-01-01"),
			End: stat.MustDate("2026-06-25"), Areas: []string{"GBR"}, CSV: file(".csv"), Parquet: file(".parquet"), Records: &records})
	}
	return s
}

// forms returns every format of a description, by name.
func forms(t *testing.T, s Site) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	keep := func(name string, data []byte, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = data
	}
	one, err := Describe(s, s.Tables[0])
	keep("describe.json", one, err)
	one, err = CSVW(s, s.Tables[0])
	keep("csvw.json", one, err)
	one, err = DataPackage(s)
	keep("datapackage.json", one, err)
	one, err = Release(s)
	keep("release.json", one, err)
	two, turtle, err := DCAT(s)
	keep("dcat.json", two, err)
	keep("dcat.ttl", turtle, err)
	one, err = Sitemap(s, []string{"index.html", "topics/a.html"})
	keep("sitemap.xml", one, err)
	page, err := JSONLD(s, Page{Name: "index.html", Title: s.Title, Description: s.Description, Sources: s.Sources, Whole: true, Measured: []string{s.Title}})
	keep("schemaorg.json", page, err)
	cite := Cite(s)
	keep("cite.bib", []byte(cite.BibTeX), nil)
	keep("cite.ris", []byte(cite.RIS), nil)
	return out
}

// TestACitationLeadsToItsVersion reads every format of the citation. The front page of a site may
// show other figures by the time that a reader follows it.
func TestACitationLeadsToItsVersion(t *testing.T) {
	s := site("Crossings", "https://example.org/c/")
	s.Version = "1.2.3"
	c := Cite(s)
	for _, text := range []string{c.Text, c.BibTeX, c.RIS, c.CFF} {
		if !strings.Contains(text, "https://example.org/c/releases/1.2.3/") {
			t.Errorf("no address of the version in %s", text)
		}
	}
	s.Version = ""
	if c := Cite(s); !strings.HasSuffix(c.Text, " https://example.org/c/") {
		t.Errorf("without a version: %s", c.Text)
	}
}

func TestHostileTextStaysText(t *testing.T) {
	for name, data := range forms(t, site(hostile, "https://example.org/")) {
		switch {
		case strings.HasSuffix(name, ".json"):
			if !json.Valid(data) {
				t.Errorf("%s is not JSON: %s", name, data)
			}
			if bytes.Contains(data, []byte(`"javascript:`)) && name != "describe.json" {
				t.Errorf("%s links to a script", name)
			}
		case name == "sitemap.xml":
			if err := xml.Unmarshal(data, new(urlSet)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case strings.HasPrefix(name, "cite."):
			for line := range strings.Lines(string(data)) {
				if strings.HasPrefix(line, "TY") && line != "TY  - DATA\r\n" || strings.HasPrefix(strings.TrimSpace(line), "<script") {
					t.Errorf("%s has the line %q", name, line)
				}
			}
		}
	}
	page := forms(t, site(hostile, ""))["schemaorg.json"]
	if bytes.ContainsAny(page, "<>&") {
		t.Errorf("the block of a page is not plain: %s", page)
	}
}

func TestTheSameSiteGivesTheSameBytes(t *testing.T) {
	want := forms(t, site("Crossings", "https://example.org/"))
	for name, got := range forms(t, site("Crossings", "https://example.org/")) {
		if !bytes.Equal(got, want[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestAddressesAreRelativeUntilTheBaseIsKnown(t *testing.T) {
	for name, data := range forms(t, site("Crossings", "")) {
		if name == "sitemap.xml" && data != nil {
			t.Errorf("a site map without a base: %s", data)
		}
		if bytes.Contains(data, []byte("https://example.org/data/")) {
			t.Errorf("%s has an absolute address", name)
		}
	}
	with := forms(t, site("Crossings", "https://example.org/c/"))
	for name, want := range map[string]string{"sitemap.xml": "<loc>https://example.org/c/topics/a.html</loc>", "schemaorg.json": "https://example.org/c/data/year-to-date.csv",
		"dcat.ttl": "<https://example.org/c/data/year-to-date.csv>"} {
		if !bytes.Contains(with[name], []byte(want)) {
			t.Errorf("%s has no %s", name, want)
		}
	}
}

func TestParseBase(t *testing.T) {
	for text, want := range map[string]string{"": "", "https://example.org": "https://example.org/", "https://example.org/a/": "https://example.org/a/",
		"http://127.0.0.1:8080": "http://127.0.0.1:8080/", "http://localhost/x": "http://localhost/x/"} {
		if got, err := ParseBase(text); err != nil || got != want {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"http://example.org", "example.org", "https://", "https://u:p@example.org", "https://example.org/?a", "https://example.org/#a", "ftp://example.org",
		"javascript:alert(1)", "https://exa mple.org", "//example.org"} {
		if got, err := ParseBase(text); err == nil {
			t.Errorf("%q is taken as %q", text, got)
		}
	}
}

func TestReleaseNamesWhatWentIn(t *testing.T) {
	var r releaseFile
	if err := json.Unmarshal(forms(t, site("Crossings", ""))["release.json"], &r); err != nil {
		t.Fatal(err)
	}
	if r.Version != "1.2.3" || r.AsOf != nil || len(r.Inputs) != 1 || r.Inputs[0].SHA256 != strings.Repeat("a", 64) || len(r.Tables) != 2 || r.Tables[0].Files[0].Name != "data/year-to-date.csv" {
		t.Errorf("%+v", r)
	}
}

// FuzzParseBase passes anything to the flag --base-url. An accepted address is canonical and can be
// used in markup unescaped.
func FuzzParseBase(f *testing.F) {
	for _, text := range []string{"", "https://example.org", "https://example.org/a/b/", "http://127.0.0.1:8080", "http://[::1]/x", "https://user@example.org", "https://example.org/?q", "https://example.org/#f",
		"javascript:alert(1)", "https://example.org/%2e%2e/<script>", "https:opaque", "https://exämple.org/ä"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		base, err := ParseBase(text)
		if err != nil {
			if base != "" {
				t.Errorf("%q: got %q and an error", text, base)
			}
			return
		}
		if again, err := ParseBase(base); err != nil || again != base {
			t.Errorf("%q is accepted as %q, and that as %q, %v", text, base, again, err)
		}
		if text != "" && (!strings.HasSuffix(base, "/") || !strings.HasPrefix(base, "http") || strings.ContainsAny(base, "<>\"' \n\x00?#")) {
			t.Errorf("%q is accepted as %q", text, base)
		}
	})
}
