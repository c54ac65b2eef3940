package strictjson

import (
	"errors"
	"testing"

	"crossings/pipeline/read/decode"
)

// TestParseCompletes has Parse return what completing a value finds.
func TestParseCompletes(t *testing.T) {
	var e example
	wrong := errors.New("no title")
	err := Parse("layout.json", []byte("{}"), 150, &e, func() error { return wrong }, "see the page")
	var place *decode.Error
	if !errors.As(err, &place) || place.File != "layout.json" || place.Hint != "see the page" || !errors.Is(err, wrong) || !errors.Is(err, decode.ErrShape) {
		t.Errorf("got %v", err)
	}
}

// TestHash compares values that say the same, and values that do not.
func TestHash(t *testing.T) {
	a := Hash(example{Title: "a", Codes: map[string]int{"x": 1, "y": 2}})
	if b := Hash(&example{Title: "a", Codes: map[string]int{"y": 2, "x": 1}}); a != b || len(a) != 64 {
		t.Errorf("%s and %s", a, b)
	}
	if b := Hash(example{Title: "a", Codes: map[string]int{"x": 1}}); a == b {
		t.Errorf("two values have the hash %s", a)
	}
}
