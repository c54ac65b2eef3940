package source

import (
	"testing"

	"crossings/pipeline/tabular"
)

// TestALayoutSaysWhatAbsentMeans: a part without a row is 0 only where the layout says so.
func TestALayoutSaysWhatAbsentMeans(t *testing.T) {
	s := Table("table:x", &tabular.Layout{Title: "T", Dimensions: []tabular.Dimension{{Name: "origin", Occurring: true}, {Name: "sex"}}})
	if !s.ListsOnlyWhatOccurs("origin") || s.ListsOnlyWhatOccurs("sex") || s.ListsOnlyWhatOccurs("age") {
		t.Errorf("%v", s.Breakdowns.Occurring)
	}
}
