package catalogue

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestIdentifiersWithoutAnAddress names the same things by the same URNs, and makes no host up. With an
// address, the catalogue names things by it.
func TestIdentifiersWithoutAnAddress(t *testing.T) {
	bare := forms(t, site("Crossings", ""))
	for name, want := range map[string]string{
		"dcat.ttl":         "<urn:crossings:table:year-to-date> a dcat:Dataset",
		"dcat.json":        `"urn:crossings:table:year-to-date:1.2.3"`,
		"datapackage.json": `"id": "urn:crossings:data:1.2.3"`,
		"csvw.json":        `"dc:identifier": "urn:crossings:table:year-to-date:1.2.3"`,
		"release.json":     `"identifier": "urn:crossings:data:1.2.3"`,
		"schemaorg.json":   `"identifier":"urn:crossings:data:1.2.3"`,
		"cite.bib":         "howpublished = {Data table, urn:crossings:table:sources:1.2.3}",
	} {
		if !strings.Contains(string(bare[name]), want) {
			t.Errorf("%s lacks %s", name, want)
		}
	}
	for _, name := range []string{"dcat.ttl", "dcat.json"} {
		for _, line := range strings.Split(string(bare[name]), "\n") {
			if strings.Contains(line, "@id") && strings.Contains(line, `"data/index.html#`) || strings.HasPrefix(line, "<data/") {
				t.Errorf("%s: an identifier depends on where the file is: %s", name, line)
			}
		}
	}
	full := string(forms(t, site("Crossings", "https://example.org/c/"))["dcat.ttl"])
	if !strings.Contains(full, "<https://example.org/c/data/index.html#year-to-date> a dcat:Dataset") || !strings.Contains(full, "urn:crossings:table:year-to-date:1.2.3") {
		t.Error("with an address, the catalogue lacks it or the URN")
	}
	s := site("Crossings", "")
	s.Version = ""
	if got := s.SiteURN(); got != "urn:crossings:data:2026-06-26" {
		t.Errorf("data without a version are %s", got)
	}
}

// TestACitationIsComplete has an entry for each table, and the licence of each source.
func TestACitationIsComplete(t *testing.T) {
	s := site("Crossings", "https://example.org/c/")
	s.Sources[0].LicenceAt = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
	for i := range s.Tables {
		s.Tables[i].Sources = s.Sources
	}
	c := Cite(s)
	for _, want := range []string{"@misc{crossings-2026-06-26,", "@misc{crossings-2026-06-26-year-to-date,", "@misc{crossings-2026-06-26-sources,", "{https://example.org/c/releases/1.2.3/data/sources.csv}"} {
		if strings.Count(c.BibTeX, want) != 1 {
			t.Errorf("BibTeX has %d times %s", strings.Count(c.BibTeX, want), want)
		}
	}
	for _, want := range []string{"\nversion: \"1.2.3\"\n", "\ndate-released: \"2026-06-26\"\n", "\nlicense: OGL-UK-3.0\n", "\n    license: OGL-UK-3.0\n", `value: "urn:crossings:data:1.2.3"`} {
		if !strings.Contains(c.CFF, want) {
			t.Errorf("CITATION.cff lacks %q:\n%s", want, c.CFF)
		}
	}
	// The licences of two sources apply together. A list in CITATION.cff would offer a choice.
	s.Sources = append(s.Sources, Source{ID: "c-d", Title: "Other", Publisher: "Other", Licence: "CC", LicenceAt: "https://creativecommons.org/licenses/by/4.0/"})
	if c := Cite(s); strings.Contains(c.CFF, "\nlicense:") || !strings.Contains(c.CFF, "    license: CC-BY-4.0") {
		t.Errorf("with two licences: %s", c.CFF)
	}
}

// TestParquetMetadata says what a file without its description must say, and leaves out what is not
// known.
func TestParquetMetadata(t *testing.T) {
	s := site("Crossings", "")
	about, err := ParquetMetadata(s, s.Tables[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"title", "description", "licence", "source", "version", "vintage", "unit", "key", "identifier", "columns", "designation"} {
		if about[key] == "" {
			t.Errorf("no %s", key)
		}
	}
	if _, there := about["as_of"]; there {
		t.Error("as_of is empty and should not be there")
	}
	var columns []struct{ Name string }
	if err := json.Unmarshal([]byte(about["columns"]), &columns); err != nil || len(columns) != len(s.Tables[0].Schema.Columns) {
		t.Errorf("%d columns: %v", len(columns), err)
	}
}

// TestDataPackageSaysHowCSVIsWritten leaves nothing to guess: frictionless took another character for the
// delimiter of a table whose texts have it often.
func TestDataPackageSaysHowCSVIsWritten(t *testing.T) {
	var p struct {
		Resources []struct {
			Format  string
			Dialect *struct{ Delimiter, LineTerminator string }
		}
	}
	if err := json.Unmarshal(forms(t, site("Crossings", ""))["datapackage.json"], &p); err != nil {
		t.Fatal(err)
	}
	for i, r := range p.Resources {
		if csv := r.Format == "csv"; csv != (r.Dialect != nil) || csv && (r.Dialect.Delimiter != "," || r.Dialect.LineTerminator != "\r\n") {
			t.Errorf("resource %d, %s: dialect %+v", i, r.Format, r.Dialect)
		}
	}
}
