package ukhoasylumsupport

import (
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest"
)

const hotelLabel = "Contingency Accommodation - Hotel"

// TestHotelsInOtherWords reads labels that mean hotels. None was in the list before, so that the
// people in hotels would have been fewer or the release would have waited.
func TestHotelsInOtherWords(t *testing.T) {
	f := load(t)
	for _, label := range []string{"Contingency accommodation – hotels", "Hotel", "Contingency hotel", "Contingency - Hotels"} {
		sourcetest.SameFigures(t, &Source, f, sourcetest.File{Name: f.Name, Data: []byte(strings.ReplaceAll(string(f.Data), hotelLabel+",", label+","))})
	}
}

// TestUnknownAccommodationWaits renames hotels in one row: the people in it would leave the series
// of hotels. That only warned before.
func TestUnknownAccommodationWaits(t *testing.T) {
	f := load(t)
	sourcetest.Waits(t, &Source, sourcetest.File{Name: f.Name, Data: []byte(strings.Replace(string(f.Data), hotelLabel+",", "Large sites,", 1))}, "label-may-be-total", `"Large sites" is in no list and is a new group`)
}
