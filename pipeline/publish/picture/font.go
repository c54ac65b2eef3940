package picture

import (
	"strings"
	"sync"
	"unicode"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"crossings/charts"
)

// fontFamily is the font family of pictures in pages. A page cannot give its fonts to an <img>, so the
// reader's machine decides: often Arial, or Liberation Sans with its widths, and otherwise anything.
const fontFamily = "Arial, 'Liberation Sans', Helvetica, sans-serif"

// siteFamily is the font family of pictures that leave the site. The rasteriser has the font; for letters
// that the font lacks it takes Liberation Sans.
const siteFamily = "'Source Sans 3', " + fontFamily

// serifFamily is the font family of titles in such pictures.
const serifFamily = "'Source Serif 4', Georgia, 'Liberation Sans', serif"

// siteFonts are the fonts of the site, for pictures that leave it.
type siteFonts struct {
	sans, sansBold, serifBold face
	files                     [][]byte // for the rasteriser
	made                      []byte   // all bytes that they are made from
}

// fontsOfSite reads the fonts once per process.
var fontsOfSite = sync.OnceValues(func() (*siteFonts, error) {
	woffs, err := charts.PictureFonts()
	if err != nil {
		return nil, err
	}
	x := &siteFonts{}
	for _, f := range []struct {
		name string
		face *face
	}{{"sans-regular.woff", &x.sans}, {"sans-bold.woff", &x.sansBold}, {"serif-bold.woff", &x.serifBold}} {
		ttf, err := sfntOf(woffs[f.name])
		if err != nil {
			return nil, err
		}
		if *f.face, err = newFace(ttf); err != nil {
			return nil, err
		}
		x.files, x.made = append(x.files, ttf), append(x.made, woffs[f.name]...)
	}
	return x, nil
})

// face is a font for measuring texts. It is safe for concurrent use.
type face struct {
	font     *sfnt.Font
	advances *advances
}

// advances remembers how wide characters are, in units of the font: the chart library measures the same
// few again and again.
type advances struct {
	mu    sync.Mutex
	units map[rune]int
	buf   sfnt.Buffer
}

func newFace(ttf []byte) (face, error) {
	f, err := sfnt.Parse(ttf)
	return face{f, &advances{units: map[rune]int{}}}, err
}

// DejaVu Sans is the widest of the usual fonts, with Verdana, whose widths it nearly has. Labels that
// have room in it have room in any other.
var (
	regular = mustParse(dejavusans.TTF)
	bold    = mustParse(dejavusansbold.TTF)
)

func mustParse(ttf []byte) face {
	f, err := newFace(ttf)
	if err != nil {
		panic(err) // the font is embedded
	}
	return f
}

// width returns the width of a text in pixels at a font size.
func (f face) width(text string, size float64) float64 {
	f.advances.mu.Lock()
	defer f.advances.mu.Unlock()
	units := 0
	for _, r := range text {
		n, known := f.advances.units[r]
		if !known {
			n = f.advance(r)
			f.advances.units[r] = n
		}
		units += n
	}
	return float64(units) * size / float64(f.font.UnitsPerEm())
}

// advance returns the width of a character in units of the font. One that the font lacks counts as wide as
// high. The caller has locked the advances.
func (f face) advance(r rune) int {
	em := f.font.UnitsPerEm()
	glyph, err := f.font.GlyphIndex(&f.advances.buf, r)
	if err != nil || glyph == 0 {
		return int(em)
	}
	advance, err := f.font.GlyphAdvance(&f.advances.buf, glyph, fixed.I(int(em)), font.HintingNone)
	if err != nil {
		return int(em)
	}
	return advance.Round()
}

// ellipsis ends a shortened text.
const ellipsis = "…"

// wrap breaks a text into at most limit lines no wider than width. It breaks a word wider than a
// line, and cuts what has no room. whole says that nothing was cut.
func (f face) wrap(text string, size, width float64, limit int) (lines []string, whole bool) {
	line := ""
	words := strings.FieldsFunc(text, unicode.IsSpace)
	for len(words) > 0 {
		word := words[0]
		if line != "" && f.width(line+" "+word, size) > width {
			lines, line = append(lines, line), ""
		}
		if len(lines) == limit {
			break
		}
		if line != "" {
			line, words = line+" "+word, words[1:]
			continue
		}
		n := f.fitting(word, size, width)
		line = word[:n]
		if n == len(word) {
			words = words[1:]
			continue
		}
		words[0] = word[n:]
		lines, line = append(lines, line), ""
		if len(lines) == limit {
			break
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	if len(words) > 0 && len(lines) > 0 {
		lines[len(lines)-1] = f.cut(lines[len(lines)-1], size, width)
	}
	return lines, len(words) == 0
}

// fitting returns how many bytes of a word fit: at least one letter.
func (f face) fitting(word string, size, width float64) int {
	for i := range word {
		if i > 0 && f.width(word[:i], size) > width {
			return len(strings.TrimSuffix(word[:i], lastRune(word[:i])))
		}
	}
	if f.width(word, size) > width {
		if n := len(strings.TrimSuffix(word, lastRune(word))); n > 0 {
			return n
		}
	}
	return len(word)
}

// cut shortens a line until an ellipsis fits. It cuts after a word, because half a number is another
// number, and within one only if there is no other.
func (f face) cut(line string, size, width float64) string {
	for line != "" && f.width(line+ellipsis, size) > width {
		if i := strings.LastIndexByte(line, ' '); i > 0 {
			line = line[:i]
		} else {
			line = strings.TrimSuffix(line, lastRune(line))
		}
	}
	return strings.TrimRight(line, " ,;:.") + ellipsis
}

// lastRune returns the bytes of the last letter of a text.
func lastRune(text string) string {
	last := 0
	for i := range text {
		last = i
	}
	return text[last:]
}
