package pages

import (
	"testing"

	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
)

func TestChangesOfOneReleaseAreBounded(t *testing.T) {
	index := content.NewIndex(sitetest.ManyChanges(40))
	p, err := New(index, nil, nil, changes.New(index), nil).releases("ukho-asylum")
	if err != nil {
		t.Fatal(err)
	}
	b := p.Body.(releasesBody)
	if len(b.Releases.Rows) != 2 || len(b.Changed) != 1 || len(b.Changed[0].Changes) != maxChanges || b.Changed[0].More != "10" || b.Changed[0].Title != "1 January 2025: 40 values changed" {
		t.Errorf("%+v", b.Changed)
	}
}

func TestWebAddress(t *testing.T) {
	for text, want := range map[string]string{
		"https://www.example.org/a b?c": "https://www.example.org/a%20b?c", " http://x.org ": "http://x.org", "HTTPS://x.org": "https://x.org",
		"": "", "javascript:alert(1)": "", "JaVaScRiPt:alert(1)": "", "\tjavascript:alert(1)": "", "java\nscript:alert(1)": "", "data:text/html,x": "",
		"//x.org": "", "/x": "", "https:x": "", "vbscript:x": "", "http://[": "", "file:///etc/passwd": "",
	} {
		if got := webAddress(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
