package picture

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// hostile is text that would run or break a picture if it were not escaped.
const hostile = "</svg></text><script>alert(1)</script> \" ' & ]]> <!-- \x00\x01\u2028 {a|b} <image href=\"https://www.example.org/x.png\"/>"

// chart returns a chart of two traces in which every text is the given one.
func chart(t testing.TB, text string) Chart {
	t.Helper()
	option, err := json.Marshal(map[string]any{
		"color":  []string{"#8398ab", "#b8400b"},
		"legend": map[string]any{"show": true, "data": []string{text, text + "2"}, "left": "left", "top": "top", "itemWidth": 22, "itemHeight": 10},
		"grid":   []any{map[string]any{"left": "8", "right": "16", "top": "64", "bottom": "8", "containLabel": true}},
		"xAxis":  []any{map[string]any{"type": "category", "data": []string{"June 2025", "July 2025", text}}},
		"yAxis":  []any{map[string]any{"type": "value", "name": text}},
		"series": []any{
			map[string]any{"type": "bar", "name": text, "data": []any{1200, nil, 45}, "markLine": map[string]any{"symbol": []string{"none", "none"},
				"label": map[string]any{"show": true, "formatter": "{b}"}, "lineStyle": map[string]any{"type": "dashed"}, "data": []any{map[string]any{"name": text, "xAxis": 1}}}},
			map[string]any{"type": "line", "name": text + "2", "data": []any{-3, 700, 12}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return Chart{Title: text, Alt: text, Option: option, Dark: []string{"#7f93a7", "#ff9d5c"}}
}

func renderer(t testing.TB, folder string) *Renderer {
	t.Helper()
	s, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// elements returns the element names and the text of a document. It fails the test if the document
// is not well-formed.
func elements(t *testing.T, doc []byte) (names map[string]int, text string) {
	t.Helper()
	names = map[string]int{}
	d := xml.NewDecoder(bytes.NewReader(doc))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return names, text
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%.600s", err, doc)
		}
		switch x := token.(type) {
		case xml.StartElement:
			names[x.Name.Local]++
			for _, a := range x.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || strings.HasSuffix(a.Name.Local, "href") || a.Name.Local == "class" {
					t.Errorf("%s has the attribute %s=%q", x.Name.Local, a.Name.Local, a.Value)
				}
			}
		case xml.CharData:
			text += string(x)
		}
	}
}

func TestSVG(t *testing.T) {
	s := renderer(t, "")
	svg, err := s.SVG(t.Context(), chart(t, "persons"), Form{Width: 600, Height: 300})
	if err != nil {
		t.Fatal(err)
	}
	names, text := elements(t, svg)
	if names["svg"] != 1 || names["style"] != 0 || names["title"] != 1 || names["desc"] != 1 || names["path"] < 8 {
		t.Errorf("elements are %v", names)
	}
	for _, want := range []string{"persons", "1,200", "Jun 2025"} {
		if !strings.Contains(text, want) {
			t.Errorf("the picture does not say %q: %q", want, text)
		}
	}
	if !bytes.Contains(svg, []byte(`viewBox="0 0 600 300"`)) || !bytes.Contains(svg, []byte("Liberation Sans")) {
		t.Errorf("got %.300s", svg)
	}
	dark, err := s.SVG(t.Context(), chart(t, "persons"), Form{Width: 600, Height: 300, Dark: true})
	if err != nil || !bytes.Contains(dark, []byte("#ff9d5c")) || bytes.Contains(svg, []byte("#ff9d5c")) || !bytes.Contains(dark, []byte(Form{Dark: true}.ground())) {
		t.Errorf("the dark one has not its colours: %v", err)
	}
}

func TestHostileTextStaysText(t *testing.T) {
	s := renderer(t, "")
	c := chart(t, hostile)
	svg, err := s.SVG(t.Context(), c, Form{Width: 600, Height: 300})
	if err != nil {
		t.Fatal(err)
	}
	l, err := (Card{Chart: c, Heading: hostile, Number: hostile, About: hostile, Shows: hostile, Note: hostile, Chip: hostile, Marks: hostile, Facts: hostile, Credit: hostile}).layout(Wide)
	if err != nil {
		t.Fatal(err)
	}
	for name, doc := range map[string][]byte{"chart": svg, "card": l.svg(svg)} {
		names, text := elements(t, doc)
		for _, bad := range []string{"script", "image", "foreignObject", "a"} {
			if names[bad] > 0 {
				t.Errorf("%s has an element %s", name, bad)
			}
		}
		if !strings.Contains(text, "</svg></text><script>alert(1)</script>") {
			t.Errorf("%s does not show the text: %.300s", name, text)
		}
	}
	if _, err := s.PNG(t.Context(), Card{Chart: c, Shows: hostile, Facts: hostile}, Wide); err != nil {
		t.Error(err)
	}
}

func TestPNG(t *testing.T) {
	s := renderer(t, "")
	long := strings.Repeat("A sentence that goes on – and on, −3.5 %. ", 60)
	for _, shape := range []Shape{Wide, Square, Social} {
		for _, card := range []Card{
			{Chart: chart(t, "persons"), Shows: "What it shows.", Facts: "Status: provisional.", Credit: "crossings"},
			{Chart: Chart{Title: long, Option: chart(t, "persons").Option}, Heading: long, Number: long, About: long, Shows: long, Note: long, Chip: long, Marks: long, Facts: long, Credit: long},
		} {
			data, err := s.PNG(t.Context(), card, shape)
			if err != nil {
				t.Fatal(err)
			}
			img, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if img.Bounds() != image.Rect(0, 0, shape.Width, shape.Height) {
				t.Errorf("the picture is %v", img.Bounds())
			}
			inked, margin := inkOf(img, shape)
			if inked < 5000 || margin > 0 {
				t.Errorf("%d pixels of ink, %d of them in the margin", inked, margin)
			}
		}
	}
}

// inkOf counts the pixels below the top band that are not white, and how many of them are in the
// side and bottom margins.
func inkOf(img image.Image, s Shape) (inked, margin int) {
	for y := 11; y < s.Height; y++ {
		for x := range s.Width {
			if r, g, b, _ := img.At(x, y).RGBA(); r+g+b == 3*0xffff {
				continue
			}
			inked++
			if x < int(s.margin)-2 || x > s.Width-int(s.margin)+2 || y > s.Height-int(s.margin/3) {
				margin++
			}
		}
	}
	return inked, margin
}

func TestLayoutKeepsRoomForTheChart(t *testing.T) {
	for _, shape := range []Shape{Wide, Square, Social} {
		long := strings.Repeat("W", 4000)
		for _, c := range []Card{{}, {Chart: Chart{Title: long}, Heading: long, Number: long, About: long, Shows: long, Note: long, Chip: long, Marks: long, Facts: long, Credit: long}} {
			l, err := c.layout(shape)
			if err != nil {
				t.Fatal(err)
			}
			if part := float64(l.height) * shape.scale / float64(shape.Height); part < 0.6 || l.width < 500 {
				t.Errorf("chart is %d × %d, %.2f of the height", l.width, l.height, part)
			}
			for _, b := range l.blocks {
				if b.top < 10 || b.top+b.height() > float64(shape.Height) {
					t.Errorf("text at %v, %v high", b.top, b.height())
				}
			}
		}
	}
}

func TestTheSameBytesWhateverElseIsDrawn(t *testing.T) {
	s, c := renderer(t, ""), chart(t, "persons")
	card := Card{Chart: c, Shows: "What it shows."}
	form := Form{Width: 500, Height: 260}
	svg, err := s.SVG(t.Context(), c, form)
	if err != nil {
		t.Fatal(err)
	}
	pixels, err := s.PNG(t.Context(), card, Wide)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for i := range 4 {
		group.Go(func() {
			if _, err := s.SVG(t.Context(), chart(t, fmt.Sprint("other ", i)), form); err != nil {
				t.Error(err)
			}
			if again, err := s.SVG(t.Context(), c, form); err != nil || !bytes.Equal(again, svg) {
				t.Errorf("another SVG: %v", err)
			}
			if again, err := s.PNG(t.Context(), card, Wide); err != nil || !bytes.Equal(again, pixels) {
				t.Errorf("another PNG: %v", err)
			}
		})
	}
	group.Wait()
}

// An engine that has drawn other charts draws like a new one.
func TestTheSameBytesFromAUsedEngine(t *testing.T) {
	p, err := scripts()
	if err != nil {
		t.Fatal(err)
	}
	e, err := start(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	var first []byte
	for i := range 12 {
		got, err := e.draw(t.Context(), chart(t, "persons"), Form{Width: 500, Height: 260})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = got
		} else if !bytes.Equal(got, first) {
			t.Fatalf("after %d others another SVG:\n%s\n\n%s", i, got, first)
		}
		if _, err := e.draw(t.Context(), chart(t, fmt.Sprint("other ", i)), Form{Width: 300 + i, Height: 200, Dark: i%2 == 0}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCache(t *testing.T) {
	dir, c, form := filepath.Join(t.TempDir(), "pictures"), chart(t, "persons"), Form{Width: 500, Height: 260}
	want, err := renderer(t, "").SVG(t.Context(), c, form)
	if err != nil {
		t.Fatal(err)
	}
	draw := func() *Renderer {
		t.Helper()
		s := renderer(t, dir)
		if got, err := s.SVG(t.Context(), c, form); err != nil || !bytes.Equal(got, want) {
			t.Errorf("the folder changes the picture: %v", err)
		}
		return s
	}
	draw()
	names, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(names) != 1 {
		t.Fatalf("kept: %v", names)
	}
	kept, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string][]byte{"empty": {}, "cut": kept[:len(kept)/2], "no hash": kept[65:], "another": append(bytes.Clone(kept[:65]), "<svg"...),
		"flipped": append(kept[:len(kept)-9:len(kept)-9], bytes.ToUpper(kept[len(kept)-9:])...)} {
		if err := os.WriteFile(names[0], damage, 0o644); err != nil {
			t.Fatal(err)
		}
		draw()
		if mended, _ := os.ReadFile(names[0]); !bytes.Equal(mended, kept) {
			t.Errorf("%s: the file is not repaired", name)
		}
	}
	strange := filepath.Join(dir, "notes.txt")
	for _, path := range []string{strange, filepath.Join(dir, strings.Repeat("0", 64))} {
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := draw().Prune(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 2 || left[0] != names[0] && left[1] != names[0] {
		t.Errorf("left: %v", left)
	}
}

func TestPruneWithoutAFolder(t *testing.T) {
	for _, dir := range []string{"", filepath.Join(t.TempDir(), "none")} {
		if err := renderer(t, dir).Prune(); err != nil {
			t.Error(err)
		}
	}
}

func TestErrors(t *testing.T) {
	s := renderer(t, "")
	for name, option := range map[string]string{"no JSON": "{", "no series": "{}", "too long": `"` + strings.Repeat("x", maxOption) + `"`} {
		if svg, err := s.SVG(t.Context(), Chart{Title: "A chart", Option: json.RawMessage(option)}, Form{Width: 300, Height: 200}); err == nil || svg != nil || !strings.Contains(err.Error(), "A chart") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, svg := range map[string]string{"no XML": "<svg", "another size": `<svg xmlns="http://www.w3.org/2000/svg" width="3" height="3"/>`} {
		if _, err := rasterise(t.Context(), []byte(svg), 2, 2); err == nil || !strings.Contains(err.Error(), "resvg") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAChartOnACardIsNotCut looks for what makes resvg cut a chart at its edges. That would take most of the
// time of a picture, and a part of the labels there.
func TestAChartOnACardIsNotCut(t *testing.T) {
	s := renderer(t, "")
	c := Card{Chart: chart(t, "persons"), Shows: "What it shows.", Facts: "Status: provisional.", Credit: "crossings"}
	layout, err := c.layout(Wide)
	if err != nil {
		t.Fatal(err)
	}
	svg, err := s.plain(t.Context(), c.Chart, layout.form())
	if err != nil {
		t.Fatal(err)
	}
	if card := string(layout.svg(svg)); strings.Count(card, "<svg ") != strings.Count(card, `<svg overflow="visible" `)+1 {
		t.Errorf("the chart is cut at its edges: %.600s", card)
	}
}
