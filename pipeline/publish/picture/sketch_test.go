package picture

import (
	"bytes"
	"image/png"
	"testing"
)

// TestSketches draws two charts, one of them twice. Frames have the size of the picture, and the
// same chart gives the same frame.
func TestSketches(t *testing.T) {
	s := Sketches()
	draw := func(option string) (svg, card []byte) {
		t.Helper()
		c := Chart{Title: "T", Option: []byte(option)}
		svg, err := s.SVG(t.Context(), c, Form{Width: 880, Height: 416})
		if err != nil || !bytes.Contains(svg, []byte(`viewBox="0 0 880 416"`)) || !bytes.Contains(svg, []byte("<title>T</title>")) {
			t.Fatalf("%s, %v", svg, err)
		}
		card, err = s.PNG(t.Context(), Card{Chart: c}, Wide)
		if err != nil {
			t.Fatal(err)
		}
		if size, err := png.DecodeConfig(bytes.NewReader(card)); err != nil || size.Width != Wide.Width || size.Height != Wide.Height {
			t.Errorf("%+v, %v", size, err)
		}
		return svg, card
	}
	svg, card := draw(`{"a":1}`)
	svgAgain, cardAgain := draw(`{"a":1}`)
	svgOther, cardOther := draw(`{"a":2}`)
	if !bytes.Equal(svg, svgAgain) || !bytes.Equal(card, cardAgain) {
		t.Error("the same chart has another frame")
	}
	if bytes.Equal(svg, svgOther) || bytes.Equal(card, cardOther) {
		t.Error("another chart has the same frame")
	}
}
