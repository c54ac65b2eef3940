package figure

import (
	"bytes"
	"strings"
	"testing"

	"crossings/pipeline/publish/picture"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
)

// TestPicturesOfVintagesAreTakenAwayLikeOthers draws the two pictures of a revised series.
func TestPicturesOfVintagesAreTakenAwayLikeOthers(t *testing.T) {
	set, err := NewSet(content.NewIndex(triangled(sitetest.ClaimsID, stated{1, []int64{100, 130, 120}}, stated{2, []int64{50, 50}}, stated{3, []int64{10, -1, 70}})))
	if err != nil {
		t.Fatal(err)
	}
	renderer, err := picture.Open("")
	if err != nil {
		t.Fatal(err)
	}
	p, err := set.Draw(t.Context(), Options{Renderer: renderer})
	if err == nil {
		err = p.Wait()
	}
	files := map[string][]byte{}
	if err == nil {
		err = p.Write(func(name string, data []byte) error { files[name] = data; return nil })
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range set.OfSeries(sitetest.ClaimsID) {
		if len(f.Takeaway) != 4 {
			t.Errorf("%s offers %v", f.ID, f.Takeaway)
		}
		for _, suffix := range []string{content.WideSuffix, ".square.png", ".svg", ".dark.svg", ".narrow.svg", ".narrow.dark.svg", ".csv"} {
			if len(files[content.ChartFolder+f.ID+suffix]) == 0 {
				t.Errorf("%s has no file %s", f.ID, suffix)
			}
		}
	}
	for name, want := range map[string]string{
		"~vintages":  "period_start,period_end,release,vintage,value,change\r\n2025-03-01,2025-03-31,",
		"~revisions": "period_start,period_end,vintage,change\r\n2025-03-01,2025-03-31,",
	} {
		var got []byte
		for file, data := range files {
			if strings.HasSuffix(file, name+".csv") {
				got = data
			}
		}
		if !bytes.HasPrefix(got, []byte(want)) {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := string(files[content.ChartFolder+strings.ReplaceAll(string(sitetest.ClaimsID), ":", "~")+"~vintages.csv"]); strings.Count(got, "\r\n") != 7 {
		t.Errorf("two periods of three releases: %q", got)
	}
}
