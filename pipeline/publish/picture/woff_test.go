package picture

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"

	"crossings/charts"
)

// TestFontsOfTheSite reads the fonts of pictures, and checks that a picture measures with them what it
// draws with them.
func TestFontsOfTheSite(t *testing.T) {
	x, err := fontsOfSite()
	if err != nil {
		t.Fatal(err)
	}
	if len(x.files) != 3 {
		t.Fatalf("%d fonts", len(x.files))
	}
	for i, name := range []string{"Source Sans 3", "Source Sans 3 Bold", "Source Serif 4 Bold"} {
		f, err := sfnt.Parse(x.files[i])
		if err != nil {
			t.Fatal(err)
		}
		if got, err := f.Name(nil, sfnt.NameIDFull); err != nil || got != name && got != name+" Regular" {
			t.Errorf("font %d is called %q, %v; want %q", i, got, err, name)
		}
	}
	if site, other := measure("11,638", "12px "+siteFamily), measure("11,638", "12px "+fontFamily); site >= other || site < other/2 {
		t.Errorf("the number is %g wide in the font of the site, %g in the other", site, other)
	}
}

// TestDamagedFonts checks that a damaged file is an error, at whatever byte it ends.
func TestDamagedFonts(t *testing.T) {
	files, err := charts.PictureFonts()
	if err != nil {
		t.Fatal(err)
	}
	woff := files["sans-regular.woff"]
	for _, size := range []int{0, 3, 43, 60, 400, len(woff) / 2} {
		if _, err := sfntOf(woff[:size]); err == nil {
			t.Errorf("%d bytes give no error", size)
		}
	}
	if _, err := sfntOf(append([]byte("wOF2"), woff[4:]...)); !errors.Is(err, errFont) {
		t.Errorf("another form gives %v", err)
	}
	large := bytes.Clone(woff)
	copy(large[woffHead+12:], []byte{0xff, 0xff, 0xff, 0xff})
	if _, err := sfntOf(large); err == nil {
		t.Error("a table of 4 GB gives no error")
	}
}

// TestACardWithoutRoomSaysNoHalfSentence checks that a sentence that does not fit is left out if the
// number is there, and that a stopped source takes the colour of what is new.
func TestACardWithoutRoomSaysNoHalfSentence(t *testing.T) {
	long := "To 25 June 2026, a sentence that goes on and on and on and never comes to its end, whatever the width of the picture may be, and then some more of it, and still more words that nobody reads."
	c := Card{Heading: "A finding", Number: "11,638", About: "people", Shows: long, Chip: "Late: due 3 July"}
	l, err := c.layout(Social)
	if err != nil {
		t.Fatal(err)
	}
	svg := string(l.svg(nil))
	for _, want := range []string{"A finding", "11,638", "Late: due 3 July"} {
		if !bytes.Contains([]byte(svg), []byte(want)) {
			t.Errorf("the card does not say %q", want)
		}
	}
	if bytes.Contains([]byte(svg), []byte("…")) || bytes.Contains([]byte(svg), []byte(cardNow)) {
		t.Errorf("the card has half a sentence or the colour of what is new: %s", svg)
	}
	if c.Chip = ""; true {
		l, err := c.layout(Social)
		if err != nil || !bytes.Contains(l.svg(nil), []byte(cardNow)) {
			t.Errorf("a card of a source on time has not the colour of what is new: %v", err)
		}
	}
}

// TestACardLeavesOutClausesBeforeItCuts has a sentence of two clauses: one has room. Half a number is
// another number, so what has no room at all is cut after a word.
func TestACardLeavesOutClausesBeforeItCuts(t *testing.T) {
	first := strings.TrimSpace(strings.Repeat("of 37,556 people 8,994 ", 7))
	for shows, want := range map[string]string{
		first + "; for 989 no nationality is stated, and " + first + ".": first + ".",
		first + ".":                      first + ".",
		strings.Repeat("12345678 ", 100): strings.TrimSpace(strings.Repeat("12345678 ", 26)) + ellipsis,
	} {
		l, err := (Card{Heading: "A finding", Shows: shows}).layout(Wide)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(l.blocks[1].lines, " "); got != want {
			t.Errorf("the card says\n%s\nnot\n%s", got, want)
		}
	}
}
