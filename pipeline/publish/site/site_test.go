package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"crossings/pipeline/publish/catalogue"
	"crossings/pipeline/publish/picture"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/source/sourcetest/files"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// maxPage bounds the bytes of a page of several charts or tables.
const maxPage = 200_000

// sketches draws the pictures of tests that are not about pictures.
var sketches = picture.Sketches()

// written writes a site, with sketches for pictures, and returns its folder and its
// files by name.
func written(t testing.TB, s content.Site) (string, map[string]string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	return dir, writeTo(t, dir, s, sketches)
}

// sites are the sites that most tests read unchanged.
var sites = map[string]func(testing.TB) content.Site{"real": inAllLanguages, "small": sitetest.Small, "hostile": sitetest.Hostile}

// shelf has the files of the sites that were written for all tests.
var shelf struct {
	sync.Mutex
	files map[string]map[string]string
}

// shared returns the folder and the files of one of the sites, with the pictures of the real one
// drawn. The site is written once for all tests, and no test may change it.
func shared(t testing.TB, name string) (string, map[string]string) {
	t.Helper()
	shelf.Lock()
	defer shelf.Unlock()
	dir := filepath.Join(keptIn, "site-"+name)
	if shelf.files[name] == nil {
		if shelf.files == nil {
			shelf.files = map[string]map[string]string{}
		}
		pictures := sketches
		if name == "real" { // no test looks at pictures of the others
			pictures = kept()
		}
		shelf.files[name] = writeTo(t, dir, sites[name](t), pictures)
	}
	return dir, shelf.files[name]
}

// writeTo writes the site to a folder and returns its files by name.
func writeTo(t testing.TB, dir string, s content.Site, pictures *picture.Renderer) map[string]string {
	t.Helper()
	if err := Build(t.Context(), dir, s, Options{Pictures: pictures}); err != nil {
		t.Fatal(err)
	}
	return files.Tree(t, dir)
}

var contains = sitetest.Contains

func TestFrontPageSaysWhatFiguresMustNotStandWithout(t *testing.T) {
	_, files := shared(t, "small")
	contains(t, files["index.html"],
		`<p class="sentence">So far this year 1,250 people have arrived.</p>`,
		`Cut-off: 1 March 2025. Status: provisional: the publisher may still revise it. Release of 7 March 2025.`,
		`<a href="series/ukho-small-boats~arrivals~D.html#year-to-date/ukho-small-boats:arrivals:D/2025"><code>year-to-date/ukho-small-boats:arrivals:D/2025</code></a></li><li>`,
		`<h1>1,250 people so far in 2025, to 1 March</h1>`, `<li class="before"><strong>29</strong> by 1 March 2024</li>`, `<li class="past"><strong>36,816</strong> in the whole of 2024</li>`,
		`<aside class="fresh"`, `<strong>To 1 March 2025</strong>`, `<p>provisional</p><p>Release of 7 March 2025</p>`,
		`Unofficial, derived`, `Contains information from UK Home Office`)
	contains(t, files["topics/sources.html"], `<td>late</td><td>7 March 2025</td><td>1 January 2018 to 1 March 2025</td><td>3</td>`)
	contains(t, files["series/ukho-small-boats~arrivals~D.html"], `[low] low base: no per cent of a figure below 30; [p] provisional: the publisher may still revise it; [x] not available.`)
	if strings.Contains(files["index.html"], "As known on") {
		t.Error("the newest state says that it is as of a date")
	}
}

func TestAsOfIsSaidOnEveryPage(t *testing.T) {
	s := sitetest.Small(t)
	s.AsOf = stat.MustDate("2025-03-08")
	_, files := written(t, s)
	for name, text := range files {
		if strings.HasSuffix(name, ".html") && !strings.Contains(text, "As known on 8 March 2025.") {
			t.Errorf("%s does not say as of when it is", name)
		}
	}
	contains(t, files["data/daily.json"], `"as_of": "2025-03-08"`)
}

func TestCumulativeRepeatsTheLeapDay(t *testing.T) {
	_, files := shared(t, "small")
	page := files["charts/arrivals-cumulative.html"]
	contains(t, page, `<th scope="col">Date</th><th scope="col">2025</th><th scope="col">2024</th>`,
		`<tr><th scope="row">28 February</th><td>1,000</td><td>20</td></tr>`,
		`<tr><th scope="row">29 February</th><td>1,000 [z]</td><td>29</td></tr>`,
		`<tr><th scope="row">1 March (cut-off)</th><td>1,250</td><td>29</td></tr>`,
		`<tr><th scope="row">2 March</th><td>[x]</td><td>[x]</td></tr>`,
		`By 1 March: 1,250 in 2025, 29 in 2024.`, `All figures are provisional [p].`)
	const months = 13 // the ends of months and the cut-off, in the table that is open
	if n := strings.Count(page, `<th scope="row">`); n != months+366 {
		t.Errorf("%d rows, want %d", n, months+366)
	}
	contains(t, files["index.html"], `Month ends and the cut-off. <a href="charts/arrivals-cumulative.html">`,
		`<th scope="row">29 February</th>`, `<th scope="row">1 March (cut-off)</th>`)
	o := optionOf(t, page)
	if len(o.XAxis[0].Data) != 366 || len(o.Series) != 2 || *o.Series[1].Data[59] != 1000 || o.Series[1].Data[61] != nil {
		t.Errorf("option draws %d slots, %+v", len(o.XAxis[0].Data), o.Series[1].Data[58:62])
	}
}

var optionScript = regexp.MustCompile(`(?s)<script type="application/json" class="chart-option">(.*?)</script>`)

func optionOf(t *testing.T, page string) (o sitetest.Option) {
	t.Helper()
	m := optionScript.FindStringSubmatch(page)
	if m == nil {
		t.Fatal("page has no chart")
	}
	if err := json.Unmarshal([]byte(m[1]), &o); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestMissingIsNeverZero(t *testing.T) {
	_, files := shared(t, "small")
	contains(t, files["charts/arrivals-daily.html"], `<tr><th scope="row">1 March 2025</th><td>250</td><td>[x]</td></tr>`, `<td>250</td><td>101.3</td>`)
	contains(t, files["charts/arrivals-monthly.html"], `<tr><th scope="row">January 2025</th><td>[x]</td><td>[x]</td></tr>`)
	contains(t, files["charts/persons-per-boat.html"], `<tr><th scope="row">February 2025</th><td>51.2</td></tr>`)
}

func TestMixedStatusesAreMarkedCellByCell(t *testing.T) {
	s := sitetest.Small(t)
	for _, tbl := range s.Tables {
		if tbl.Schema.Name == "daily" {
			tbl.Rows[3][6] = table.Text("A")
		}
	}
	_, files := written(t, s)
	contains(t, files["charts/arrivals-daily.html"], `Status: as published; provisional: the publisher may still revise it.`, `<td>250 [p]</td>`, `<td>250</td><td>101.3</td>`)
}

func TestChartsWithoutFiguresAreLeftOutInWords(t *testing.T) {
	s := sitetest.Small(t)
	s.Tables = s.Tables[:2]
	_, files := written(t, s)
	contains(t, files["index.html"], `This chart is left out: there are no figures for it yet (ukho-small-boats:arrivals:D).`)
	s.Series, s.Tables, s.Sources = nil, nil, nil
	_, files = written(t, s)
	contains(t, files["index.html"], `This chart is left out: the data have no series ukho-small-boats:arrivals:D.`, "There is no headline", `<h1>Crossings: the figures</h1>`)
	contains(t, files["charts/arrivals-daily.html"], `This chart is left out`)
}

func TestMetadataDescribesTheFiles(t *testing.T) {
	_, files := shared(t, "small")
	var m catalogue.Description
	if err := json.Unmarshal([]byte(files["data/year-to-date.json"]), &m); err != nil {
		t.Fatal(err)
	}
	for _, f := range []catalogue.File{m.CSV, m.Parquet, *m.Records} {
		sum := sha256.Sum256([]byte(files["data/"+f.Name]))
		if f.Bytes != len(files["data/"+f.Name]) || f.SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("%+v is not the file's", f)
		}
	}
	if m.Rows != 2 || m.Vintage != stat.MustDate("2025-03-07") || len(m.Sources) != 1 || m.Sources[0].LicenceAt == "" || len(m.Columns) != len(schemas.MustLoad("year-to-date").Columns) || m.Key[1] != "year" {
		t.Errorf("%+v", m)
	}
	if !strings.HasSuffix(files["data/year-to-date.json"], "}\n") || !strings.Contains(files["data/year-to-date.json"], "100 × change ÷ prior_value") {
		t.Error("metadata is not plain indented text")
	}
	contains(t, files["data/index.html"], `<a href="year-to-date.parquet">`, `100 × change ÷ prior_value`)
}

func TestTheSameSiteGivesTheSameBytes(t *testing.T) {
	_, a := shared(t, "real")
	b := writeTo(t, filepath.Join(t.TempDir(), "site"), sites["real"](t), kept())
	if len(a) != len(b) || len(a) < 30 {
		t.Fatalf("%d and %d files", len(a), len(b))
	}
	for name := range a {
		if a[name] != b[name] {
			t.Errorf("%s differs", name)
		}
	}
}

func TestPagesAreSmallAndWhole(t *testing.T) {
	_, files := shared(t, "real")
	empty := regexp.MustCompile(`<t[dh][^>]*>\s*</t[dh]>`)
	for name, text := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		t.Logf("%-36s %d bytes", name, len(text))
		if !strings.HasPrefix(name, "charts/") && len(text) >= maxPage {
			t.Errorf("%s has %d bytes, allowed are %d", name, len(text), maxPage)
		}
		if m := empty.FindString(text); m != "" {
			t.Errorf("%s has an empty cell %s", name, m)
		}
		for _, bad := range []string{" style=", " onclick=", "go-echarts", "<no value>", "ZgotmplZ", "NaN"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s has %q", name, bad)
			}
		}
	}
}

var reference = regexp.MustCompile(`(?:href|src)="([^"#]*)[^"]*"`)

func TestLinksAreRelativeAndLeadSomewhere(t *testing.T) {
	_, files := shared(t, "real")
	for name, text := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, m := range reference.FindAllStringSubmatch(text, -1) {
			link, _, _ := strings.Cut(html.UnescapeString(m[1]), "?")
			if link == "" || strings.HasPrefix(link, "https://www.") || link == "edition.json" { // which the archive of editions writes
				continue
			}
			if _, ok := files[filepath.ToSlash(filepath.Join(filepath.Dir(name), link))]; !ok {
				t.Errorf("%s links to %q, which is not there", name, link)
			}
		}
	}
}

func TestHostileTextStaysText(t *testing.T) {
	_, files := shared(t, "hostile")
	for name, text := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		scripts := regexp.MustCompile(`(?i)<script[^>]*>`).FindAllString(text, -1)
		for _, s := range scripts {
			if !strings.Contains(s, "assets/") && s != `<script type="application/json" class="chart-option">` && s != `<script type="application/ld+json">` {
				t.Errorf("%s has %s", name, s)
			}
		}
		for _, bad := range []string{"<img src=x", "<svg onload", `="javascript:`, "</script><script>alert"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s has %q", name, bad)
			}
		}
	}
	contains(t, files["charts/arrivals-daily.html"], `__f__alert(1)__f__`)
	for _, m := range optionScript.FindAllStringSubmatch(files["index.html"], -1) {
		if !json.Valid([]byte(m[1])) || strings.ContainsAny(m[1], "<>&") {
			t.Errorf("option is not plain JSON: %.80s", m[1])
		}
	}
	if !strings.Contains(files["data/observations.csv"], `__f__alert(1)__f__`) {
		t.Error("the machine file does not keep the text")
	}
}

func TestWriteRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Build(t.Context(), dir, sitetest.Small(t), Options{Pictures: kept()}); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("a folder with a file gives %v", err)
	}
	s := sitetest.Small(t)
	s.Charts[0].ID = "../../x"
	if err := Build(t.Context(), filepath.Join(dir, "new"), s, Options{Pictures: kept()}); err == nil {
		t.Error("a chart outside the site is written")
	}
}

func TestAPerCentSignStaysWithItsNumber(t *testing.T) {
	_, files := shared(t, "real")
	for _, name := range []string{"index.html", "topics/arrivals.html", "releases/1.0.0/index.html"} {
		if !regexp.MustCompile(`<p class="sentence">11,638 [^<]*\(−37\.2\x{a0}%\)`).MatchString(files[name]) {
			t.Errorf("%s: the sentence may break before its sign", name)
		}
	}
}

// TestAPageSaysWhatItIs reads what a list of links elsewhere would show about pages.
func TestAPageSaysWhatItIs(t *testing.T) {
	s := sitetest.Real(t)
	_, files := shared(t, "real")
	contains(t, files["index.html"], `<meta name="description" content="11,638 people have arrived in small boats so far in 2026, to 25 June 2026, against 18,518`, `<meta property="og:title" content="Crossings">`)
	if strings.Contains(files["index.html"], "og:image") || strings.Contains(files["index.html"], "og:url") {
		t.Error("a site that does not know its address states one")
	}
	s.Base = "https://example.org/c/"
	s.Charts[0].Title = `"><script>alert(1)</script>`
	_, files = written(t, s)
	for name, picture := range map[string]string{"index.html": "arrivals-cumulative", "charts/arrivals-cumulative.html": "arrivals-cumulative", "series/ukho-small-boats~arrivals~D.html": "arrivals-cumulative"} {
		contains(t, files[name], `<meta property="og:image" content="https://example.org/c/charts/`+picture+`.social.png">`)
		if files["charts/"+picture+".social.png"] == "" {
			t.Errorf("%s: the picture is not there", name)
		}
	}
	contains(t, files["charts/arrivals-cumulative.html"], `<meta property="og:title" content="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">`)
}

// TestAYearOfDaysIsOnThePageOfItsChart counts the days listed. Pages of several charts list only the
// newest, because a year of days would be most of what such a page may weigh.
func TestAYearOfDaysIsOnThePageOfItsChart(t *testing.T) {
	_, files := shared(t, "real")
	row := regexp.MustCompile(`<th scope="row">\d+ [A-Z][a-z]+ 202[56]</th><td>`)
	for name, want := range map[string]int{"charts/arrivals-daily.html": 365, "topics/arrivals.html": 31} {
		text := files[name]
		tbl, _, _ := strings.Cut(text[max(0, strings.LastIndex(text, `Figures by day: `)):], `</table>`) // that of all days is the last
		if n := len(row.FindAllString(tbl, -1)); n != want {
			t.Errorf("%s lists %d days, want %d", name, n, want)
		}
	}
	contains(t, files["topics/arrivals.html"], "Extract, the newest 31 days only. People arriving in small boats, in persons, each day from")
}
