package site

import (
	"regexp"
	"strings"
	"testing"

	"crossings/pipeline/publish/site/sitetest"
)

// hollow finds links without an address and elements without a text that a page must not have.
var hollow = regexp.MustCompile(`href=""|content=""|<(p|h1|title|dd)( class="[^"]*")?></(p|h1|title|dd)>|<dd> |these figures ;`)

// TestWhatIsNotDescribedLeavesNoGap writes a site of data sets without addresses whose series have
// no definition and designation, as figures of one's own.
func TestWhatIsNotDescribedLeavesNoGap(t *testing.T) {
	s := sitetest.Small(t)
	for i := range s.Sources {
		s.Sources[i].Homepage, s.Sources[i].LicenceAt = "", ""
	}
	for i := range s.Series {
		s.Series[i].Definition, s.Series[i].Designation = "", ""
	}
	_, files := written(t, s)
	defined := 0
	for name, text := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, found := range hollow.FindAllString(text, -1) {
			t.Errorf("%s has %s", name, found)
		}
		defined += strings.Count(text, "<dd>What is computed from them here is unofficial, derived.")
	}
	if defined == 0 {
		t.Error("no page lists what the series are")
	}
	contains(t, files["index.html"], ", licence: Open Government Licence v3.0.</p>")
}
