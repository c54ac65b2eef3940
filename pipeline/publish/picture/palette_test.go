package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"testing"
)

// painted returns pixels of the given colours, one row each.
func painted(width int, rows ...color.RGBA) []byte {
	var out []byte
	for _, c := range rows {
		for range width {
			out = append(out, c.R, c.G, c.B, c.A)
		}
	}
	return out
}

func decoded(t *testing.T, pixels []byte, width, height int) *image.Paletted {
	t.Helper()
	data, err := encode(pixels, width, height)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img.(*image.Paletted)
}

func TestAPaletteKeepsEveryColour(t *testing.T) {
	t.Parallel()
	var rows []color.RGBA
	for i := range maxColours {
		rows = append(rows, color.RGBA{uint8(i), uint8(3 * i), uint8(255 - i), 255})
	}
	img := decoded(t, painted(5, rows...), 5, len(rows))
	for y, want := range rows {
		for x := range 5 {
			if got := color.RGBAModel.Convert(img.At(x, y)); got != want {
				t.Fatalf("pixel %d, %d is %v, want %v", x, y, got, want)
			}
		}
	}
}

// TestTooManyColours draws each colour but the last in three pixels, so that the last is the rarest.
func TestTooManyColours(t *testing.T) {
	t.Parallel()
	var rows []color.RGBA
	for i := range maxColours {
		rows = append(rows, color.RGBA{uint8(i / 16 * 16), uint8(i % 16 * 16), 0, 255})
	}
	pixels := painted(3, rows...)
	pixels = append(pixels, painted(1, color.RGBA{33, 81, 2, 255}, rows[0], rows[0])...)
	img := decoded(t, pixels, 3, len(rows)+1)
	for y, want := range rows {
		if got := color.RGBAModel.Convert(img.At(1, y)); got != want {
			t.Fatalf("row %d is %v, want %v", y, got, want)
		}
	}
	if got := color.RGBAModel.Convert(img.At(0, len(rows))); got != (color.RGBA{32, 80, 0, 255}) {
		t.Errorf("the rarest colour became %v, want the nearest", got)
	}
}

// TestAColourKeepsItsPlace adds a rare colour to a picture. The rows without it have the same bytes.
func TestAColourKeepsItsPlace(t *testing.T) {
	t.Parallel()
	rows := []color.RGBA{{255, 255, 255, 255}, {18, 24, 31, 255}, {200, 10, 10, 255}, {255, 255, 255, 255}}
	before := decoded(t, painted(4, rows...), 4, 4)
	pixels := painted(4, rows...)
	binary.BigEndian.PutUint32(pixels, 0x010203ff)
	after := decoded(t, pixels, 4, 4)
	if got, want := after.Pix[4:], before.Pix[4:]; !bytes.Equal(got, want) {
		t.Errorf("the other rows are %v, want %v", got, want)
	}
}
