package site

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/cached"
	"crossings/pipeline/publish/picture"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/sitetest"
)

// keptIn is the folder of the sites that the tests share, and of their pictures. Drawing those takes
// most of the time.
var keptIn string

func TestMain(m *testing.M) {
	var err error
	if keptIn, err = os.MkdirTemp("", "crossings-render"); err != nil {
		panic(err)
	}
	status := m.Run()
	os.RemoveAll(keptIn)
	os.Exit(status)
}

var kept = sync.OnceValue(func() *picture.Renderer {
	s, err := picture.Open(filepath.Join(keptIn, "pictures"))
	if err != nil {
		panic(err)
	}
	return s
})

// leftOut finds the sentence on a page that says why a chart is left out.
var leftOut = regexp.MustCompile(`<p class="missing">(.*?)</p>`)

// TestTextsOfNarrowPicturesAreReadable holds the texts of the pictures for telephones to 13 pixels in a
// column of 288, which a window of 320 has.
func TestTextsOfNarrowPicturesAreReadable(t *testing.T) {
	_, files := shared(t, "real")
	size, width := regexp.MustCompile(`font-size:([0-9.]+)px`), regexp.MustCompile(`^<svg [^>]*width="([0-9]+)"`)
	pictures := 0
	for name, text := range files {
		if !strings.HasSuffix(name, ".narrow.svg") && !strings.HasSuffix(name, ".narrow.dark.svg") {
			continue
		}
		pictures++
		wide, err := strconv.ParseFloat(width.FindStringSubmatch(text)[1], 64)
		if err != nil {
			t.Fatal(name, err)
		}
		for _, m := range size.FindAllStringSubmatch(text, -1) {
			if n, err := strconv.ParseFloat(m[1], 64); err != nil || n*288/wide < 13 {
				t.Errorf("%s: a text of %s in a picture of %.0f is %.1f pixels high, %v", name, m[1], wide, n*288/wide, err)
				break
			}
		}
	}
	if pictures < 20 {
		t.Errorf("%d narrow pictures", pictures)
	}
}

func TestEveryChartHasItsFiles(t *testing.T) {
	for name := range sites {
		dir, files := shared(t, name)
		drawn := 0
		for _, r := range sitetest.Charts(t) {
			page := files["charts/"+r.ID+".html"]
			if strings.Contains(page, `class="missing"`) {
				if strings.Contains(page, "<img") || strings.Contains(page, `class="take"`) || files["charts/"+r.ID+".svg"] != "" {
					t.Errorf("%s: %s is left out and has a picture", name, r.ID)
				}
				if name != "small" {
					t.Errorf("%s: the page of chart %s says: %s", name, r.ID, leftOut.FindStringSubmatch(page)[1])
				}
				continue
			}
			drawn++
			for _, suffix := range []string{".svg", ".dark.svg", ".narrow.svg", ".narrow.dark.svg"} {
				if err := wellFormed(files["charts/"+r.ID+suffix]); err != nil {
					t.Errorf("%s: %s%s: %v", name, r.ID, suffix, err)
				}
				contains(t, page, `"../charts/`+r.ID+suffix+`"`)
			}
			for suffix, width := range map[string]int{".wide.png": 1200, ".square.png": 1080, ".social.png": 1200} {
				c, err := png.DecodeConfig(strings.NewReader(files["charts/"+r.ID+suffix]))
				if err != nil || c.Width != width {
					t.Errorf("%s: %s%s is %+v, %v", name, r.ID, suffix, c, err)
				}
				contains(t, page, `download="`+r.ID+suffix+`"`)
			}
			contains(t, page, `href="../charts/`+r.ID+`.csv"`, `href="../data/`+figure.RowsOf(r.Comparison)+`.csv"`)
		}
		if drawn < 4 {
			t.Errorf("%s: %d charts drawn in %s", name, drawn, dir)
		}
	}
}

// wellFormed reads a document to its end.
func wellFormed(text string) error {
	d := xml.NewDecoder(strings.NewReader(text))
	for n := 0; ; n++ {
		token, err := d.Token()
		if err == io.EOF && n > 10 {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok && (e.Name.Local == "script" || e.Name.Local == "image") {
			return errors.New("has an element " + e.Name.Local)
		}
	}
}

var pictureAlt = regexp.MustCompile(`<img src="[^"]*" alt="([^"]*)" width="720" height="400"`)

func TestPicturesAndPageSayTheSame(t *testing.T) {
	s := sitetest.Real(t)
	_, files := shared(t, "real")
	index := content.NewIndex(s)
	for _, r := range s.Charts {
		f, err := figure.New(index, r)
		if err != nil {
			t.Fatal(err)
		}
		m := pictureAlt.FindStringSubmatch(files["charts/"+r.ID+".html"])
		if m == nil || html.UnescapeString(m[1]) != f.Alt {
			t.Errorf("%s: the picture is described as %q, not %q", r.ID, m, f.Alt)
		}
		var svg struct {
			Desc string `xml:"desc"`
		}
		if err := xml.Unmarshal([]byte(files["charts/"+r.ID+".svg"]), &svg); err != nil || svg.Desc != f.Alt {
			t.Errorf("%s: the SVG is described as %q, %v", r.ID, svg.Desc, err)
		}
	}
}

func TestCSVHoldsExactlyWhatIsDrawn(t *testing.T) {
	for i, name := range []string{"small", "real"} {
		_, files := shared(t, name)
		for _, r := range sites[name](t).Charts {
			text, ok := files["charts/"+r.ID+".csv"]
			if !ok && i == 0 {
				continue
			}
			rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil {
				t.Fatal(r.ID, err)
			}
			o := optionOf(t, files["charts/"+r.ID+".html"])
			if len(rows) != len(o.Categories())+1 {
				t.Fatalf("%s: %d rows for %d categories", r.ID, len(rows), len(o.Categories()))
			}
			keys := len(rows[0]) - len(o.Series)
			columns := map[string]int{}
			for c, name := range rows[0][keys:] {
				columns[name] = keys + c
			}
			for _, x := range o.Series {
				for j, v := range x.Data {
					got, known := rows[j+1][columns[x.Name]], ""
					if v != nil {
						known = strconv.FormatFloat(*v, 'f', -1, 64)
					}
					if got != known {
						t.Fatalf("%s: %s at %v is %q, drawn is %q", r.ID, x.Name, rows[j+1][:keys], got, known)
					}
				}
			}
			iso := regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
			switch r.Comparison {
			case charts.Cumulative:
				iso = regexp.MustCompile(`^\d\d?$`)
			case charts.Ranking: // codes and labels
				iso = regexp.MustCompile(`.`)
			}
			for _, row := range rows[1:] {
				for _, key := range row[:keys] {
					if !iso.MatchString(key) {
						t.Errorf("%s: key %q", r.ID, key)
					}
				}
			}
		}
	}
	_, files := shared(t, "small")
	contains(t, files["charts/arrivals-cumulative.csv"], "month,day,2025,2024\r\n1,1,,\r\n", "\r\n2,29,1000,29\r\n3,1,1250,29\r\n3,2,,\r\n")
	contains(t, files["charts/arrivals-daily.csv"], "date,Each day,Seven-day mean\r\n", "\r\n2025-02-28,250,101.3\r\n2025-03-01,250,\r\n")
	contains(t, files["charts/arrivals-monthly.csv"], "period_start,period_end,In the month")
	contains(t, files["charts/persons-per-boat.csv"], "\r\n2025-02-01,2025-02-28,51.2\r\n")
}

// TestCSVHasNoFormula uses the unit of a ratio, which heads its column.
func TestCSVHasNoFormula(t *testing.T) {
	s := sitetest.Small(t)
	for i := range s.Charts {
		s.Charts[i].Unit = `=HYPERLINK("https://www.example.org/","x")`
	}
	_, files := written(t, s)
	contains(t, files["charts/persons-per-boat.csv"], `period_start,period_end,"'=HYPERLINK(""https://www.example.org/"",""x"")"`+"\r\n")
}

// TestTheSiteDependsOnNoCacheAndNoWorkers draws two charts, which have more pictures than there are
// workers.
func TestTheSiteDependsOnNoCacheAndNoWorkers(t *testing.T) {
	s := sitetest.Small(t)
	s.Charts = s.Charts[:2]
	want := writeTo(t, filepath.Join(t.TempDir(), "site"), s, kept())
	if want["charts/"+s.Charts[1].ID+".wide.png"] == "" {
		t.Fatal("the second chart was not drawn")
	}
	folder := t.TempDir()
	for i, o := range []Options{{Workers: 1}, {Workers: 5}, {Workers: 2}, {}} {
		if i > 0 {
			var err error
			if o.Pictures, err = picture.Open(folder); err != nil {
				t.Fatal(err)
			}
			o.Kept = cached.Open(folder, []byte("this program"))
		}
		if i == 2 { // every file in the folder is damaged
			entries, err := os.ReadDir(folder)
			if err != nil || len(entries) == 0 {
				t.Fatal(entries, err)
			}
			for _, e := range entries {
				if err := os.WriteFile(folder+"/"+e.Name(), []byte("<svg/>"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
		dir := fmt.Sprintf("%s/site-%d", t.TempDir(), i)
		if err := Build(t.Context(), dir, s, o); err != nil {
			t.Fatal(err)
		}
		for name, text := range want {
			data, err := os.ReadFile(dir + "/" + name)
			if err != nil || !bytes.Equal(data, []byte(text)) {
				t.Errorf("with %+v, %s differs: %v", o, name, err)
			}
		}
	}
}
