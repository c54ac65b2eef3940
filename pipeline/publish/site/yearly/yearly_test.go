package yearly_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/publish/site/yearly"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

const (
	years  = stat.SeriesID("iom-missing-migrants:dead-and-missing:A:route=english-channel")
	months = "iom-missing-migrants:dead-and-missing:M:route=english-channel"
	atSea  = "iom-missing-migrants:dead-and-missing:M:category=at-sea:route=english-channel"
)

// whole are the people found dead, and these and the missing, of whole years.
var whole = map[int][2]int{2022: {16, 16}, 2023: {21, 24}, 2024: {78, 82}}

// site returns the index of a site with whole years, and with years to a date if to is not "".
func site(to string, values map[int]int) *content.Index {
	annual, part := table.New("year-on-year"), table.New("year-to-date")
	for y := 2022; y <= 2024; y++ {
		n := whole[y]
		sitetest.PutNamed(annual, map[string]table.Cell{"series": table.Text(string(years)), "basis": table.Text("year"), "period_start": sitetest.Day(fmt.Sprint(y, "-01-01")), "period_end": sitetest.Day(fmt.Sprint(y, "-12-31")),
			"value": table.Int(n[1]), "lower": table.Int(n[0]), "upper": table.Int(n[1])})
	}
	for y := 2022; to != "" && y <= 2025; y++ {
		sitetest.PutNamed(part, map[string]table.Cell{"series": table.Text(months), "year": table.Int(y), "cutoff": sitetest.Day(fmt.Sprint(y, to)), "value": table.Int(values[y]), "lower": table.Int(values[y]), "upper": table.Int(values[y])})
	}
	return content.NewIndex(content.Site{Tables: []*table.Table{annual, part}, Series: []stat.Series{{ID: years, Title: "People dead or missing"}}})
}

// heights returns the heights of the bars of a class, from left to right.
func heights(picture, class string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`<rect class="`+class+`"[^>]* height="([0-9.]+)"`).FindAllStringSubmatch(picture, -1) {
		out = append(out, m[1])
	}
	return out
}

func TestYearsHaveAPartThatIsHatched(t *testing.T) {
	p := yearly.Years(site("-03-31", map[int]int{2022: 7, 2023: 0, 2024: 11, 2025: 10}), years)
	for _, picture := range []string{string(p.Wide), string(p.Narrow)} {
		if n := strings.Count(picture, `class="hatch"`); n != 1 {
			t.Errorf("%d years are hatched", n)
		}
		if n := strings.Count(picture, `class="mark"`); n != 3 {
			t.Errorf("%d years have a line at the same date, zero is a value", n)
		}
		if dead, missing := heights(picture, "dead"), heights(picture, "missing"); len(dead) != 3 || len(missing) != 2 {
			t.Errorf("found dead %v, missing %v", dead, missing)
		}
		for _, want := range []string{`>82</text>`, `>10</text>`, `>2025</text>`, "2025 to 31 March", "2024: at least 82 (78 to 82). 2025: at least 10."} {
			if !strings.Contains(picture, want) {
				t.Errorf("the picture lacks %s", want)
			}
		}
	}
	if !strings.Contains(p.Key, "Hatched: 2025, known only to 31 March.") {
		t.Errorf("the key says %q", p.Key)
	}
}

func TestWholeYearsAreNotHatched(t *testing.T) {
	for _, to := range []string{"", "-12-31"} {
		p := yearly.Years(site(to, map[int]int{2022: 16, 2023: 24, 2024: 82, 2025: 90}), years)
		if p.Wide == "" || strings.Contains(string(p.Wide), "hatch") || strings.Contains(p.Key, "Hatched") || strings.Contains(string(p.Wide), "mark") {
			t.Errorf("to %q: %s %s", to, p.Key, p.Wide)
		}
	}
}

func TestAPartIsDrawnOnlyNextToTheYearBefore(t *testing.T) {
	index := site("-03-31", map[int]int{2025: 10})
	index.YearOnYear.Of(years)[2].Value = stat.Count{} // 2024 is not known
	if p := yearly.Years(index, years); strings.Contains(string(p.Wide), "hatch") {
		t.Error("2025 follows 2023")
	}
}

func rate(name, numerator string, year int, value, lower, upper float64, known bool) map[string]table.Cell {
	return map[string]table.Cell{"rate": table.Text(name), "numerator": table.Text(numerator), "denominator": table.Text("ukho-small-boats:arrivals:D"), "period_start": sitetest.Day(fmt.Sprint(year, "-01-01")), "period_end": sitetest.Day(fmt.Sprint(year, "-12-31")),
		"value": table.Float(value, known), "lower": table.Float(lower, known), "upper": table.Float(upper, known), "low_value": table.Float(value, known), "high_value": table.Float(value, known), "numerator_value": table.Int(5), "denominator_value": table.Int(1843),
		"basis": table.Text("year"), "method": table.Text("exact-poisson"), "level_percent": table.Float(95, true), "unit": table.Text("people dead or missing per 1,000 arrivals")}
}

func TestRatesHaveWhiskersAndSayWhich(t *testing.T) {
	rates := table.New("rates")
	sitetest.PutNamed(rates, rate("deaths", months, 2023, 0.8, 0.5, 1.2, true))
	sitetest.PutNamed(rates, rate("deaths-at-sea", atSea, 2024, 2.0915, 1.6506, 2.614, true))
	sitetest.PutNamed(rates, rate("deaths-at-sea", atSea, 2023, 0.5435, 0.3107, 0.8827, true))
	sitetest.PutNamed(rates, rate("deaths-at-sea", atSea, 2022, 0, 0, 0, false))
	index := content.NewIndex(content.Site{Tables: []*table.Table{rates}, Series: []stat.Series{{ID: atSea, Title: "People dead or missing in the Channel, at least, at sea, by month"}}})
	all := yearly.Rates(index, func(id stat.SeriesID) bool { return id == months })
	if len(all) != 1 {
		t.Fatalf("%d rates", len(all))
	}
	x := all[0]
	if x.Title != "In 2024, 2.1 people dead or missing at sea per 1,000 arrivals, against 0.5 in 2023" {
		t.Error(x.Title)
	}
	if want := "People dead or missing in the Channel, at least, at sea, 2023 to 2024. Whiskers: exact Poisson interval of 95 %, which takes each death as independent."; x.Shows != want {
		t.Error(x.Shows)
	}
	for _, picture := range []string{string(x.Wide), string(x.Narrow)} {
		if n := strings.Count(picture, `class="whisker"`); n != 2 {
			t.Errorf("%d whiskers: a year without a rate is a gap", n)
		}
		if !strings.Contains(picture, "2024: 2.1 (1.7 to 2.6).") || !strings.Contains(picture, `class="after" `) {
			t.Errorf("the picture is %s", picture)
		}
	}
	if got := fmt.Sprint(x.Table.Rows[0].Cells, x.Table.Rows[2].Cells); got != "[2.1 1.7 2.6 5 1,843] [[x] [x] [x] 5 1,843]" {
		t.Errorf("the table has %s", got)
	}
	if all := yearly.Rates(index, func(stat.SeriesID) bool { return false }); len(all) != 0 {
		t.Errorf("%d rates of series that the topic does not show", len(all))
	}
}

// TestHostileTitlesStayText checks what a title becomes in the label of a picture.
func TestHostileTitlesStayText(t *testing.T) {
	index := site("", nil)
	s := index.Site.Series
	s[0].Title = sitetest.HostileTexts[2]
	p := yearly.Years(content.NewIndex(content.Site{Tables: index.Site.Tables, Series: s}), years)
	if strings.Contains(string(p.Wide), "<img") {
		t.Error(p.Wide)
	}
}
