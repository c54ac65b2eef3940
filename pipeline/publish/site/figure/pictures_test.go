package figure

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/publish/picture"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
)

// TestWeeksAreLabelledAtEvenDistances draws two years of weeks. Few of them end on the first of a month,
// so labels only at those would be at random places.
func TestWeeksAreLabelledAtEvenDistances(t *testing.T) {
	p := plot.Plot{Unit: "persons"}
	bars := plot.Trace{Name: "In the week", Colour: plot.Strong, Bar: true}
	for i := range 105 {
		p.Categories = append(p.Categories, stat.MustDate("2024-06-23").AddDays(7*i).Long())
		bars.Values = append(bars.Values, int64(i))
	}
	p.Traces = []plot.Trace{bars}
	option, err := p.Option()
	if err != nil {
		t.Fatal(err)
	}
	renderer, err := picture.Open("")
	if err != nil {
		t.Fatal(err)
	}
	svg, err := renderer.SVG(t.Context(), picture.Chart{Title: "Weeks", Option: option, Dark: p.Dark()}, wideForm)
	if err != nil {
		t.Fatal(err)
	}
	var months []int
	for _, m := range regexp.MustCompile(`>([A-Z][a-z]{2} \d{4})</text>`).FindAllStringSubmatch(string(svg), -1) {
		at, err := time.Parse("Jan 2006", m[1])
		if err != nil {
			t.Fatal(err)
		}
		months = append(months, 12*at.Year()+int(at.Month()))
	}
	if len(months) < 6 {
		t.Fatalf("labels stand at the months %v", months)
	}
	for i := range months[2:] {
		if months[i+2]-months[i+1] != months[1]-months[0] {
			t.Errorf("labels stand at the months %v, at uneven distances", months)
		}
	}
}

// TestACardSaysWhatAReaderMustKnow reads the text around the pictures of the real site.
func TestACardSaysWhatAReaderMustKnow(t *testing.T) {
	s := sitetest.Real(t)
	index := content.NewIndex(s)
	for _, r := range s.Charts {
		f, err := New(index, r)
		if err != nil {
			t.Fatal(err)
		}
		c := f.card(s, picture.Chart{})
		for _, want := range []string{f.Status, f.Cutoff, f.Sources[0].Publisher, f.Sources[0].Licence, f.Vintage} {
			if !strings.Contains(c.Facts, want) {
				t.Errorf("%s: the card does not say %q: %s", r.ID, want, c.Facts)
			}
		}
		if !strings.Contains(c.Shows, f.Shows) || (len(f.Events) > 0) != (c.Marks != "") {
			t.Errorf("%s: %+v", r.ID, c)
		}
	}
}
