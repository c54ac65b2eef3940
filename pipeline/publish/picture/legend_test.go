package picture

import (
	"regexp"
	"strconv"
	"testing"
)

// TestNamesOfALegendDoNotTouch draws a legend of two names, which have room in the widest of the usual fonts.
func TestNamesOfALegendDoNotTouch(t *testing.T) {
	const name = "Same month a year before"
	svg, err := renderer(t, "").SVG(t.Context(), chart(t, name), Form{Width: 720, Height: 400})
	if err != nil {
		t.Fatal(err)
	}
	var at []float64
	for _, m := range regexp.MustCompile(`x="27" y="5" transform="translate\(([\d.]+) `).FindAllSubmatch(svg, -1) {
		x, err := strconv.ParseFloat(string(m[1]), 64)
		if err != nil {
			t.Fatal(err)
		}
		at = append(at, x)
	}
	if len(at) < 2 {
		t.Fatalf("%d names in %q", len(at), regexp.MustCompile(`<text[^>]*>[^<]*</text>`).FindAll(svg, -1))
	}
	wide := measure(name, "13px sans-serif")
	if room := at[1] - at[0] - 22; room < wide {
		t.Errorf("the second name begins %.0f after the first, which may be %.0f wide", room, wide)
	}
}
