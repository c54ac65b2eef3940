package schemas_test

import (
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/source/all"
	"crossings/schemas"
)

// TestPublishersOfLabelsHaveSources checks that each publisher in the label lists is the first part
// of the identifier of a source. A label of any other publisher would never be used.
func TestPublishersOfLabelsHaveSources(t *testing.T) {
	var ids []string
	for _, s := range all.Sources {
		ids = append(ids, s.ID)
	}
	for _, list := range schemas.LabelNames() {
		labels, err := schemas.Labels(list)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range labels {
			if !hasSource(ids, l.Publisher) {
				t.Errorf("labels/%s.csv: %q: no source in pipeline/source/all has an identifier that begins with %q", list, l.Label, l.Publisher+"-")
			}
		}
	}
	if hasSource(ids, "no-such-publisher") || !hasSource([]string{"harbour-office-ports"}, "harbour-office") {
		t.Error("the publisher of a label must be the first part of a source's identifier")
	}
}

// hasSource reports whether a publisher has one of the sources. The publisher "" means any.
func hasSource(ids []string, publisher string) bool {
	return publisher == "" || slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(id, publisher+"-") })
}
