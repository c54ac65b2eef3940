package site

import (
	"strings"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
)

// TestADataVersionSaysWhatItRestated reads the notices of a version that states values differently from
// the one before: on the list of versions, on its own page, which stays, on the front page, with the
// corrections, and in the feed.
func TestADataVersionSaysWhatItRestated(t *testing.T) {
	s := sitetest.Real(t)
	s.Base, s.Version = "https://example.org/c/", "1.0.1"
	own := content.EditionInfo{Version: "1.0.1", Vintage: stat.MustDate("2026-06-26"), Restated: &content.Restatement{Before: "1.0.0", Own: true, Count: 23, Values: []content.RestatedValue{
		{Table: "year-to-date", Key: []string{sitetest.ArrivalsID, "2025"}, Column: "prior_value", Old: "13044", New: "13045"},
		{Table: "rates", Key: []string{"<b>rate</b>", "2026-01-01", "2026-01-31"}, Column: "value", New: "65.25"},
	}}}
	s.Editions = append([]content.EditionInfo{own}, s.Editions...)
	_, files := written(t, s)
	said := "23 values of version 1.0.0 are stated otherwise in version 1.0.1, although no publisher changed one: the computation here was corrected or extended."
	rows := []string{`<h2 id="v1.0.1">Restated in version 1.0.1</h2>`, said + " Listed are the first of each table; 21 more differ between the files of both versions.",
		`<td class="text">13,044</td><td class="text">13,045</td><td class="text">Prior value</td><td class="text">Year to date</td>`,
		`&lt;b&gt;rate&lt;/b&gt;, January 2026`, `<td class="text">[x]</td><td class="text">65.25</td>`, `<th scope="col" class="text">In 1.0.0</th><th scope="col" class="text">In 1.0.1</th>`}
	contains(t, files["releases/index.html"], append(rows, `<a href="../series/ukho-small-boats~arrivals~D.html">People arriving in small boats, 2025</a>`,
		`<a href="1.0.0/index.html">1.0.0</a>, newest release of 26 June 2026; 23 values of it restated by <a href="#v1.0.1">1.0.1</a>`)...)
	contains(t, files["releases/1.0.1/index.html"], rows...)
	contains(t, files["index.html"], `<h2 id="changed">What publishers changed</h2>`, `<a href="releases/index.html#v1.0.1">Data version 1.0.1</a>: `+said,
		`<a href="releases/ukho-asylum.html">Data set ukho-asylum, 30 March 2026</a>: 1 value changed.`)
	contains(t, files["corrections.html"], `What this site restated`, `<a href="releases/index.html#v1.0.1">Data version 1.0.1</a>: `+said)
	contains(t, files["feed.atom"], `<title>Data version 1.0.1: 23 values restated</title>`, said, `href="https://example.org/c/releases/1.0.1/index.html"`,
		`<link rel="self" type="application/atom+xml" href="https://example.org/c/feed.atom">`, `href="https://example.org/c/releases/ukho-asylum.html"`)
	if strings.Contains(files["releases/index.html"], "<b>rate") {
		t.Error("a key became markup")
	}
}
