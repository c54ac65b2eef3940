package feed

import (
	"strings"
	"testing"

	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
)

func TestChangesOfOneEntryAreBounded(t *testing.T) {
	index := content.NewIndex(sitetest.ManyChanges(40))
	text, err := Atom(index, changes.New(index))
	if err != nil || strings.Count(string(text), "<entry>") != 1 || !strings.Contains(string(text), "… 20 more in data/revisions.csv") {
		t.Errorf("%s, %v", text, err)
	}
}
