package schemas

import (
	"slices"
	"testing"
)

// TestCategoryListsAreFound checks that a new list of categories needs no other edit than its two
// files, and that lists of other columns are none of categories.
func TestCategoryListsAreFound(t *testing.T) {
	got := CategoryListNames()
	for _, want := range []string{"border-type", "cause-of-death", "method-of-entry", "offender-destination", "return-type"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not among the lists of categories: %v", want, got)
		}
	}
	for _, other := range []string{"age", "area", "frequency", "measure", "obs-status", "route", "sex", "unit"} {
		if slices.Contains(got, other) {
			t.Errorf("%s is among the lists of categories", other)
		}
	}
	added := categoryLists([]string{"area", "port-group", "route", "sex"}, MustLoad("observations"))
	if !slices.Equal(added, []string{"port-group"}) {
		t.Errorf("of a new list and three old ones, categories are %v", added)
	}
}

// TestLabelsHaveACodeList checks that the labels of a list have the list's name.
func TestLabelsHaveACodeList(t *testing.T) {
	for _, name := range LabelNames() {
		if !slices.Contains(CodeListNames(), name) {
			t.Errorf("labels/%s.csv has no code list: add codelists/%s.csv, with the header code,label,description", name, name)
		}
	}
}
