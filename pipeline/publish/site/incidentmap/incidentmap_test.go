package incidentmap

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
	"crossings/schemas"
)

// hostile is text that would run if it were not escaped.
const hostile = `</title></svg><script>alert(1)</script>" onload="alert(2)" & <a href="javascript:x">`

// died returns an incident in the Channel on a day, at a place off Calais.
func died(id, day string, dead, missing int64) row.Incident {
	d := stat.MustDate(day)
	return row.Incident{Incident: id, DateStart: d, DateEnd: d, Precision: "day", Route: "english-channel", Latitude: row.Num(51.1, true), Longitude: row.Num(1.8, true),
		Dead: stat.Known(dead), Missing: stat.Known(missing), DeadAndMissing: stat.Known(dead + missing), Cause: "drowning", SourceQuality: stat.Known(4), Release: "2025-05-05",
		Source: "iom", IncidentType: "incident", Region: "Europe", Country: "FRA", PlaceCheck: "in-waters", Setting: "at-sea"}
}

// indexOf returns the index of a site with these incidents.
func indexOf(rows ...row.Incident) *content.Index {
	t := &table.Table{Schema: schemas.MustLoad("incidents")}
	for _, r := range rows {
		row.Add(t, r)
	}
	return content.NewIndex(content.Site{Tables: []*table.Table{t}})
}

// one returns the only map of these incidents.
func one(t *testing.T, limits Limits, rows ...row.Incident) Map {
	t.Helper()
	maps := Of(indexOf(rows...), []string{"iom"}, limits)
	if len(maps) != 1 {
		t.Fatalf("%d maps", len(maps))
	}
	return maps[0]
}

var circle = regexp.MustCompile(`<circle class="im-(all|dead)" cx="[-0-9.]+" cy="[-0-9.]+" r="([0-9.]+)"/>`)

// radii returns the radii of the circles for all people, and of those for the people found dead.
func radii(m Map) (all, dead []float64) {
	for _, x := range circle.FindAllStringSubmatch(string(m.Drawing.Wide), -1) {
		r, _ := strconv.ParseFloat(x[2], 64)
		if x[1] == "all" {
			all = append(all, r)
		} else {
			dead = append(dead, r)
		}
	}
	return all, dead
}

// TestAreasAreNumbers checks that the area of a circle is the number of people, and that of its solid
// part the number of people found dead.
func TestAreasAreNumbers(t *testing.T) {
	all, dead := radii(one(t, ShortTable, died("a", "2024-01-02", 64, 36), died("b", "2024-01-03", 4, 0), died("c", "2024-01-04", 0, 9)))
	want := []float64{100, 9, 4}
	if len(all) != 3 || len(dead) != 2 {
		t.Fatalf("%d circles, %d of them solid", len(all), len(dead))
	}
	for i, n := range want {
		if r := 4.6 * math.Sqrt(n); math.Abs(all[i]-r) > 0.051 {
			t.Errorf("%g people have a radius of %g, want %.2f", n, all[i], r)
		}
	}
	if math.Abs(dead[0]-4.6*8) > 0.051 || math.Abs(dead[1]-all[2]) > 0.051 {
		t.Errorf("the solid parts have the radii %v", dead)
	}
}

// TestNothingIsDrawnOfNoNumber has an incident of an unknown number, one that moves people from missing
// to dead, one without a place and one off the map.
func TestNothingIsDrawnOfNoNumber(t *testing.T) {
	unknown, moved, lost, far := died("a", "2024-01-02", 0, 0), died("b", "2024-01-03", 2, -2), died("c", "2024-01-04", 3, 0), died("d", "2024-01-05", 5, 0)
	unknown.Dead, unknown.Missing, unknown.DeadAndMissing = stat.Count{}, stat.Count{}, stat.Count{}
	lost.Latitude, lost.PlaceCheck = row.Number{}, "no-place"
	far.Latitude = row.Num(46.2, true)
	m := one(t, ShortTable, unknown, moved, lost, far)
	if all, dead := radii(m); len(all)+len(dead) > 0 || strings.Contains(string(m.Drawing.Wide), "im-dot") {
		t.Errorf("drawn are %v and %v", all, dead)
	}
	notes := strings.Join(m.Notes, "\n")
	for _, want := range []string{"Not drawn: 2 incidents with 8 people, 1 off the map and 1 without a usable place.", "1 incident is without a number of people"} {
		if !strings.Contains(notes, want) {
			t.Errorf("the notes lack %q: %s", want, notes)
		}
	}
	if len(m.Rows) != 4 || !strings.Contains(m.Says, "4 incidents") || !strings.Contains(m.Says, "at least 8 people, 10 found dead and −2 missing") {
		t.Errorf("%d rows; %s", len(m.Rows), m.Says)
	}
	for _, r := range m.Rows {
		if r.ID == "a" && (r.Dead == "0" || r.Missing == "0") {
			t.Errorf("an unknown number is shown as %s and %s", r.Dead, r.Missing)
		}
	}
}

// TestATotalWithoutPartsIsNotFound has an incident whose total only is known: nobody is drawn as found.
func TestATotalWithoutPartsIsNotFound(t *testing.T) {
	r := died("a", "2024-01-02", 0, 0)
	r.Dead, r.Missing, r.DeadAndMissing = stat.Count{}, stat.Count{}, stat.Known(7)
	if all, dead := radii(one(t, ShortTable, r)); len(all) != 1 || len(dead) != 0 {
		t.Errorf("%d circles, %d of them solid", len(all), len(dead))
	}
}

// TestPartsOfOneIncidentAreOneMark checks that parts at one place and time are added up, and parts
// elsewhere are not.
func TestPartsOfOneIncidentAreOneMark(t *testing.T) {
	a, b, c, d := died("a", "2024-01-02", 2, 0), died("b", "2024-01-02", 3, 1), died("c", "2024-01-02", 1, 0), died("d", "2024-01-02", 1, 0)
	a.PartOf, b.PartOf, c.PartOf = "x", "x", "x"
	c.Longitude = row.Num(1.9, true)
	m := one(t, ShortTable, a, b, c, d)
	all, _ := radii(m)
	if len(m.Rows) != 3 || len(all) != 3 || math.Abs(all[0]-4.6*math.Sqrt(6)) > 0.051 || m.Rows[0].Dead != "5" || m.Rows[0].Missing != "1" {
		t.Errorf("%d rows, radii %v, the first %+v", len(m.Rows), all, m.Rows[0])
	}
}

// TestPeriods checks the years that can be chosen, that the years before are one period, and that the
// newest year says until when it reaches: as far as the list, not as this sea's last incident.
func TestPeriods(t *testing.T) {
	var rows []row.Incident
	for y := 2014; y <= 2025; y++ {
		rows = append(rows, died(fmt.Sprint("i", y), fmt.Sprintf("%d-03-01", y), int64(y-2010), 1))
	}
	elsewhere := died("z", "2025-04-29", 1, 0)
	elsewhere.Route = "western-balkans"
	m := one(t, ShortTable, append(rows, elsewhere)...)
	var labels []string
	for _, p := range m.Periods {
		labels = append(labels, p.Class+" "+p.Label+" "+p.Part)
	}
	if got, want := strings.Join(labels, "|"), "p0 2025 to 29 April|p1 2024 |p2 2023 |p3 2022 |p4 2021 |p5 2020 |p6 2014–19 "; got != want {
		t.Errorf("periods %s, want %s", got, want)
	}
	if got, want := m.Periods[6].Says, "6 incidents in 2014–19: at least 45 people, 39 found dead and 6 missing."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := m.Periods[0].Says; !strings.HasPrefix(got, "1 incident in 2025, to 29 April: at least 16 people") {
		t.Errorf("got %q", got)
	}
	for _, r := range m.Rows {
		if year := r.Date[len(r.Date)-4:]; year > "2019" && r.Class != "p"+fmt.Sprint(2025-yearOf(t, year)) || year <= "2019" && r.Class != "p6" {
			t.Errorf("the row of %s has the class %s", r.Date, r.Class)
		}
	}
	whole := one(t, ShortTable, died("a", "2024-12-31", 1, 0))
	if whole.Periods[0].Part != "" {
		t.Errorf("a whole year says %q", whole.Periods[0].Part)
	}
}

func yearOf(t *testing.T, text string) int {
	t.Helper()
	y, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return y
}

// TestTablesAreBounded checks which rows a table has, and that it says how many it leaves out.
func TestTablesAreBounded(t *testing.T) {
	var rows []row.Incident
	for i := range 300 {
		rows = append(rows, died(fmt.Sprint("i", i), fmt.Sprintf("%d-01-01", 2020+i%3), int64(1+i%3*10), 0))
	}
	m := one(t, Limits{40, 8}, rows...)
	more := 0
	for _, r := range m.Rows {
		if strings.HasSuffix(r.Class, " more") {
			more++
		}
	}
	if len(m.Rows) != 40+16 || more != 16 || m.Left != "260" || m.Count != "300 incidents" {
		t.Errorf("%d rows, %d for their years only, %s left out of %s", len(m.Rows), more, m.Left, m.Count)
	}
	svg := string(m.Drawing.Wide)
	if circles, dots := strings.Count(svg, "im-mark"), strings.Count(svg, "h0"); circles != maxCircles || dots != 2*(300-maxCircles) {
		t.Errorf("%d circles and %d dots", circles, dots)
	}
	if len(one(t, Limits{40, 8}, rows[:5]...).Left) > 0 {
		t.Error("a whole table says that rows are left out")
	}
}

// TestHostileTextStaysText has texts of a publisher that would run or break the map.
func TestHostileTextStaysText(t *testing.T) {
	r := died(hostile, "2024-01-02", 3, 0)
	r.Country, r.Region, r.Cause, r.PossibleDuplicateOf, r.PlaceCheck = "", hostile, hostile, hostile, "outside-waters"
	m := one(t, ShortTable, r)
	for _, svg := range []string{string(m.Drawing.Wide), string(m.Drawing.Narrow[0].Picture)} {
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("not well-formed: %v", err)
			}
			if x, ok := token.(xml.StartElement); ok {
				if x.Name.Local == "script" || x.Name.Local == "a" {
					t.Errorf("the map has an element %s", x.Name.Local)
				}
				for _, a := range x.Attr {
					if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
						t.Errorf("%s has the attribute %s", x.Name.Local, a.Name.Local)
					}
				}
			}
		}
	}
	notes := strings.Join(m.Notes, "\n")
	if !strings.Contains(notes, "Outlined: 1 incident outside the waters") || !strings.Contains(notes, "1 incident may state another one again") {
		t.Errorf("the notes are %s", notes)
	}
	if m.Rows[0].Country != hostile || m.Rows[0].Twice != hostile {
		t.Errorf("the row is %+v", m.Rows[0])
	}
}

// TestOnlyItsOwnDataSets checks that a topic shows no incidents of other data sets, and that a site
// without incidents has no map.
func TestOnlyItsOwnDataSets(t *testing.T) {
	x := indexOf(died("a", "2024-01-02", 3, 0))
	if n := len(Of(x, []string{"other"}, ShortTable)) + len(Of(x, nil, ShortTable)) + len(Of(content.NewIndex(content.Site{}), []string{"iom"}, ShortTable)); n > 0 {
		t.Errorf("%d maps", n)
	}
}

// TestPlacesAreOnTheirMaps checks the names of the maps.
func TestPlacesAreOnTheirMaps(t *testing.T) {
	for _, v := range Views {
		for _, p := range v.places {
			if _, _, shown := v.frame.Point(p.latitude, p.longitude); !shown {
				t.Errorf("%s does not show %s", v.ID, p.name)
			}
		}
		for _, c := range v.crops {
			for _, corner := range [][2]float64{{c.North, c.West}, {c.South, c.East}} {
				if _, _, shown := v.frame.Point(corner[0], corner[1]); !shown {
					t.Errorf("%s does not show the corner %v of %q", v.ID, corner, c.Title)
				}
			}
		}
	}
}
