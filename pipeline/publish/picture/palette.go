package picture

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
)

// maxColours is the number of colours that a palette has room for.
const maxColours = 256

// encode returns pixels, four bytes each, as a PNG with a palette, which takes half the bytes of one without
// and a fraction of the time. A picture has some hundred colours, nearly all of them edges of letters
// and lines. If it has more than there is room for, the rarest become the nearest of the others.
func encode(pixels []byte, width, height int) ([]byte, error) {
	places, palette := paletteOf(pixels)
	img := image.NewPaletted(image.Rect(0, 0, width, height), palette)
	eachRun(pixels, func(start, end int, c uint32) {
		for i, place := start, places[c]; i < end; i++ {
			img.Pix[i] = place
		}
	})
	var out bytes.Buffer
	err := png.Encode(&out, img)
	return out.Bytes(), err
}

// eachRun calls do for each run of pixels of one colour.
func eachRun(pixels []byte, do func(start, end int, c uint32)) {
	n := len(pixels) / 4
	for start := 0; start < n; {
		c, end := binary.BigEndian.Uint32(pixels[4*start:]), start+1
		for end < n && binary.BigEndian.Uint32(pixels[4*end:]) == c {
			end++
		}
		do(start, end, c)
		start = end
	}
}

// paletteOf returns the palette of a picture, and the place of each of its colours in it. A frequent
// colour has the same place in every picture, so that parts that two editions of a picture share have
// the same bytes.
func paletteOf(pixels []byte) (map[uint32]uint8, color.Palette) {
	count := map[uint32]int{}
	eachRun(pixels, func(start, end int, c uint32) { count[c] += end - start })
	colours := slices.SortedFunc(maps.Keys(count), func(a, b uint32) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	places, palette := map[uint32]uint8{}, make(color.Palette, maxColours)
	for _, c := range colours[:min(len(colours), maxColours)] {
		place := uint8(c * 0x9e3779b1 >> 24) // spreads similar colours
		for palette[place] != nil {
			place++
		}
		places[c], palette[place] = place, rgba(c)
	}
	for i, c := range palette {
		if c == nil {
			palette[i] = color.RGBA{A: 0xff}
		}
	}
	for _, c := range colours[min(len(colours), maxColours):] {
		places[c] = uint8(palette.Index(rgba(c)))
	}
	return places, palette
}

func rgba(c uint32) color.RGBA {
	return color.RGBA{uint8(c >> 24), uint8(c >> 16), uint8(c >> 8), uint8(c)}
}
