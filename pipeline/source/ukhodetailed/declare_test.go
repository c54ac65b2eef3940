package ukhodetailed

import (
	"reflect"
	"testing"
)

// TestSums checks that each sum has the measure and rows of its total, and its own columns.
func TestSums(t *testing.T) {
	people := Measure{Name: "people"}
	stage, hotel := Column{Name: "Stage"}, Column{Name: "Hotel"}
	main := Where(stage, "first", "second")
	got := people.Total(main).By(Nationality).As("destination").By(stage, hotel).By(hotel).Compare("yes", "no")
	want := Sums{
		{Measure: &people, Only: []Only{{Column: "Stage", Codes: []string{"first", "second"}}}, Compared: true},
		{Measure: &people, Only: []Only{main}, By: []string{"Nationality"}, As: "destination"},
		{Measure: &people, Only: []Only{main}, By: []string{"Stage", "Hotel"}},
		{Measure: &people, Only: []Only{main}, By: []string{"Hotel"}, Codes: []string{"yes", "no"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestSheetNumbers(t *testing.T) {
	if got := Sheets("Age_D01", "Asy_D05"); !reflect.DeepEqual(got, []string{"Data - Age_D01", "Data_Age_D01", "Data - Asy_D05", "Data_Asy_D05"}) {
		t.Errorf("%q", got)
	}
}
