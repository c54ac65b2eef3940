package picture

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"crossings/pipeline/publish/cached"
)

// drawing is "sketch" in commands that tests build with -ldflags "-X
// crossings/pipeline/publish/picture.drawing=sketch".
var drawing string

// Sketches returns a renderer that draws an empty frame instead of every chart. Drawing takes most
// of the time of a publication, so tests of other things use it. A frame has the size of the
// picture and the hash of what would be drawn, so it changes whenever the picture would.
func Sketches() *Renderer { return &Renderer{sketch: true, kept: cached.Open("", nil)} }

// frameSVG is the sketch of a chart whose description has the given hash.
func frameSVG(hash string, f Form) []byte {
	return fmt.Appendf(nil, `<svg width="%d" height="%d" xmlns="http://www.w3.org/2000/svg" version="1.1" viewBox="0 0 %[1]d %[2]d"><desc>%s</desc></svg>`, f.Width, f.Height, hash)
}

// framePNG is the sketch of a card: all its pixels have the colour that the hash begins with.
func framePNG(hash string, shape Shape) ([]byte, error) {
	rgb, err := hex.DecodeString(hash[:6])
	if err != nil {
		return nil, err
	}
	frame := image.NewPaletted(image.Rect(0, 0, shape.Width, shape.Height), color.Palette{color.RGBA{R: rgb[0], G: rgb[1], B: rgb[2], A: 0xff}})
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, frame); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
