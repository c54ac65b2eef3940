package iommissingmigrants

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// The releases.
const (
	of2017  = "MissingMigrantsProject_kaggle2017.csv"
	of2020  = "connorrothschild_data_2020-01-18_8de11bc.csv"
	of2022  = "Missing_Migrants_Global_Figures_allData_beninbar_2022.xlsx"
	of2024  = "Missing_Migrants_Global_Figures_allData_Silvestre17_2024-11-27_34483ff.xlsx"
	of2026  = "MissingMigrants-Global-2026-05-06_first-rows.csv"
	renewed = "HEAD_SAMPLE_Missing_Migrants_Global_Figures_allData_riscotta.csv"
)

func load(t testing.TB, name string) sourcetest.File { return sourcetest.Load(t, id, name) }

// released returns a release of that day as the pipeline passes it to a decoder.
func released(day string) *stat.Release {
	d := stat.MustDate(day)
	return &stat.Release{Source: id, Vintage: d, FirstSeen: d.Time(), SHA256: strings.Repeat("0", 64), ID: stat.NewReleaseID(d, strings.Repeat("0", 64))}
}

var known sync.Map // results by name and size of the file, so that each is decoded once

// read decodes a fixture, as of the day that it states, or the given day.
func read(t testing.TB, name, day string) source.Result { return readFile(t, load(t, name), day) }

// reader decodes a file by its name: the fixture, or the real file.
type reader func(t testing.TB, name, day string) source.Result

func readFile(t testing.TB, f sourcetest.File, day string) source.Result {
	t.Helper()
	key := struct {
		name string
		size int
	}{f.Name, len(f.Data)}
	if r, ok := known.Load(key); ok {
		return r.(source.Result)
	}
	if stated, _ := Source.Date(f.Name, f.Data); !stated.IsZero() {
		day = stated.String()
	}
	r, err := Source.Decode(source.File{Name: f.Name, Data: f.Data, Release: released(day)})
	if err != nil {
		t.Fatal(err)
	}
	known.Store(key, r)
	return r
}

func TestContract(t *testing.T) {
	sourcetest.Run(t, &Source, []sourcetest.File{load(t, of2024), load(t, of2022), load(t, of2020)})
}

// holding is what a release holds.
type holding struct {
	name, day                  string
	events, rejects            int
	first, months, years, held int    // held is the number of routes
	findings                   string // codes, in order
	line                       string // of the first event
}

func TestEveryRelease(t *testing.T) {
	everyRelease(t, read, []holding{
		{of2017, "2017-06-02", 105, 9, 2014, 40, 3, 0, "rows-rejected count-not-stated missing-column", "A2"},
		{of2020, "", 80, 0, 2014, 72, 6, 8, "", "A2"},
		{of2022, "", 222, 0, 2014, 100, 8, 12, "blank-date month-contradicts balancing-entry bad-number sum-below-zero", "Worksheet!B2"},
		{of2024, "", 312, 0, 2014, 130, 10, 11, "blank-date month-contradicts balancing-entry bad-number sum-below-zero", "Worksheet!B2"},
		{of2026, "", 40, 0, 2026, 1, 0, 11, "route-renamed count-not-stated ends-early", "B2"},
		{renewed, "2025-12-11", 5, 0, 2014, 2, 0, 3, "route-renamed ends-early", "B2"},
	})
}

// settingsOf returns how many settings of routes a release states: both of each of the two routes.
func settingsOf(t *testing.T, name string, r source.Result) int {
	found := map[string]bool{}
	for _, o := range r.Observations {
		if o.Series.Category != stat.Total {
			found[o.Series.Route+o.Series.Category] = true
		}
	}
	if name == of2024 && len(found) != 4 {
		t.Errorf("settings %v", found)
	}
	return len(found)
}

// everyRelease compares what the releases hold with what was counted independently.
func everyRelease(t *testing.T, read reader, want []holding) {
	t.Helper()
	for _, c := range want {
		t.Run(c.name, func(t *testing.T) {
			r := read(t, c.name, c.day)
			if len(r.Events.Rows) != c.events || len(r.Excluded) != c.rejects || len(r.Excluded) > Source.MaxExcluded {
				t.Errorf("%d events, %d rejects; want %d and %d", len(r.Events.Rows), len(r.Excluded), c.events, c.rejects)
			}
			if want := (c.held + 1 + settingsOf(t, c.name, r)) * int(measures) * (c.months + c.years); len(r.Observations) != want {
				t.Errorf("%d observations, want %d: each route and all together, each measure, %d months and %d years", len(r.Observations), want, c.months, c.years)
			}
			if start := stat.NewDate(c.first, time.January, 1); r.Observations[0].Period.Start != start {
				t.Errorf("the first month is %s, want %s", r.Observations[0].Period.Start, start)
			}
			var codes []string
			for _, f := range r.Findings {
				codes = append(codes, f.Code)
			}
			if got := strings.Join(codes, " "); got != c.findings {
				t.Errorf("findings %q, want %q", got, c.findings)
			}
			if got := r.Events.Column("locator")[0].String(); got != c.line {
				t.Errorf("the first event is at %s", got)
			}
			if _, err := check.Release(r.Observations, Source.Rules); err != nil {
				t.Error(err)
			}
			if len(r.Notes) != 1 || r.Notes[0].Where != "header" || !strings.Contains(r.Notes[0].Text, ",") {
				t.Errorf("notes %+v", r.Notes)
			}
		})
	}
}

// key identifies an observation.
type key struct {
	series stat.SeriesID
	period stat.Period
}

func byKey(obs []stat.Observation) map[key]stat.Observation {
	out := map[key]stat.Observation{}
	for _, o := range obs {
		out[key{o.Series.ID, o.Period}] = o
	}
	return out
}

// idOf returns the identifier of a series of this source.
func idOf(measure string, f stat.Frequency, route string) stat.SeriesID {
	d := stat.AllTotal
	d.Route = route
	return stat.NewSeriesID(id, measure, f, d)
}

func TestYears(t *testing.T) {
	years(t, read, map[string][][2]int64{
		englishChannel: channel,
		stat.Total:     {{93, 79}, {113, -5}, {23, 0}, {11, -2}, {25, -14}, {51, 0}, {51, -1}, {46, 2}, {86, -35}, {44, -6}},
	})
}

// channel are the dead and missing of the Channel from 2014; the fixture has all of their rows.
var channel = [][2]int64{{17, 0}, {33, 0}, {22, 0}, {8, 0}, {10, 1}, {50, 0}, {10, 3}, {40, 5}, {16, 0}, {21, 3}}

// years compares the yearly sums of dead and missing from 2014, by route, with independent counts
// of the file of 2024.
func years(t *testing.T, read reader, want map[string][][2]int64) {
	t.Helper()
	obs := byKey(read(t, of2024, "").Observations)
	for route, years := range want {
		for i, want := range years {
			p := stat.Year(2014 + i)
			d := obs[key{idOf("dead", stat.Annual, route), p}]
			m := obs[key{idOf("missing", stat.Annual, route), p}]
			both := obs[key{idOf("dead-and-missing", stat.Annual, route), p}]
			if d.Value != stat.Known(want[0]) || m.Value != stat.Known(want[1]) || both.Value != stat.Known(want[0]+want[1]) {
				t.Errorf("%s in %d: dead %s, missing %s, both %s; want %v", route, 2014+i, d.Value, m.Value, both.Value, want)
			}
			low, high := bounds(d.Value, both.Value)
			if both.Lower != low || both.Upper != high || d.Lower.IsKnown() || d.Status != stat.Provisional {
				t.Errorf("%s in %d: range %s to %s, status %s", route, 2014+i, both.Lower, both.Upper, d.Status)
			}
		}
	}
}

// TestMonths checks a year of the Channel month by month, and that the rest of the year has no
// month.
func TestMonths(t *testing.T) {
	months(t, read, map[int]int64{2020: 12, 2021: 1, 2022: 0}, map[string]key{
		"Worksheet!H9007+20 more":  {idOf("dead", stat.Annual, englishChannel), stat.Year(2021)},
		"Worksheet!J9030":          {idOf("dead-and-missing", stat.Monthly, englishChannel), stat.Month(2021, time.January)},
		"Worksheet!I2:I17473":      {idOf("missing", stat.Monthly, englishChannel), stat.Month(2021, time.May)},
		"Worksheet!I13416+14 more": {idOf("missing", stat.Annual, englishChannel), stat.Year(2023)},
	})
}

func months(t *testing.T, read reader, inNoMonth map[int]int64, locators map[string]key) {
	t.Helper()
	r := read(t, of2024, "")
	obs := byKey(r.Observations)
	for i, want := range [][2]int64{{1, 0}, {2, 0}, {0, 1}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {1, 0}, {1, 0}, {1, 1}, {31, 3}, {3, 0}} {
		p := stat.Month(2021, time.Month(1+i))
		both := obs[key{idOf("dead-and-missing", stat.Monthly, englishChannel), p}]
		if both.Lower != stat.Known(want[0]) || both.Upper != stat.Known(want[0]+want[1]) || both.Value != both.Upper {
			t.Errorf("%s: %s to %s, want %v", p.Start, both.Lower, both.Upper, want)
		}
	}
	for year, want := range inNoMonth {
		// The dead of 2020 and 2021 whose date contradicts the month.
		rest := obs[key{idOf("dead", stat.Annual, stat.Total), stat.Year(year)}].Value
		for m := time.January; m <= time.December; m++ {
			rest = rest.Sub(obs[key{idOf("dead", stat.Monthly, stat.Total), stat.Month(year, m)}].Value)
		}
		if rest != stat.Known(want) {
			t.Errorf("%s dead of %d are in no month, want %d", rest, year, want)
		}
	}
	if last := r.Observations[129].Period; last != stat.Month(2024, time.October) {
		t.Errorf("the last month is %s; November was not over on 2024-11-27", last.Start)
	}
	for locator, k := range locators {
		if got := obs[k].Locator; got != locator {
			t.Errorf("%s %s: locator %q, want %q", k.series, k.period.Start, got, locator)
		}
	}
}

// yearTotal is the dead and missing of a year on all routes.
type yearTotal struct {
	name          string
	year          int
	dead, missing int64
	status        stat.Status
}

func TestOtherReleases(t *testing.T) {
	otherReleases(t, read, []yearTotal{
		{of2017, 2014, 46, 754, stat.Estimated}, {of2017, 2016, 19, 40, stat.Estimated},
		{of2020, 2014, 45, 0, stat.Provisional}, {of2020, 2019, 162, 39, stat.Provisional},
		{of2022, 2014, 93, 6, stat.Provisional}, {of2022, 2021, 41, 6, stat.Provisional},
	})
}

func otherReleases(t *testing.T, read reader, want []yearTotal) {
	t.Helper()
	for _, c := range want {
		obs := byKey(read(t, c.name, "2017-06-02").Observations)
		d, m := obs[key{idOf("dead", stat.Annual, stat.Total), stat.Year(c.year)}], obs[key{idOf("missing", stat.Annual, stat.Total), stat.Year(c.year)}]
		if d.Value != stat.Known(c.dead) || m.Value != stat.Known(c.missing) || d.Status != c.status {
			t.Errorf("%s, %d: dead %s, missing %s, status %s; want %d, %d, %s", c.name, c.year, d.Value, m.Value, d.Status, c.dead, c.missing, c.status)
		}
	}
}

// excludedRow is a row that is excluded from a file.
type excludedRow struct {
	name string
	want stat.ExcludedRow
}

func TestExcludedRows(t *testing.T) {
	rejects(t, read, []excludedRow{
		{of2017, stat.ExcludedRow{Line: 37, Column: "#date+reported", Reason: "the row has no date"}},
		{of2017, stat.ExcludedRow{Line: 48, Column: "#date+reported", Reason: "the row has no date"}},
	})
}

func rejects(t *testing.T, read reader, want []excludedRow) {
	t.Helper()
	byLine := func(name string) map[int]stat.ExcludedRow {
		out := map[int]stat.ExcludedRow{}
		for _, x := range read(t, name, "2017-06-02").Excluded {
			out[x.Line] = x
		}
		return out
	}
	for _, c := range want {
		if got := byLine(c.name)[c.want.Line]; got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// event returns the event with that identifier, as text by column.
func event(t *testing.T, r source.Result, id string) map[string]string {
	t.Helper()
	for i, c := range r.Events.Column("incident_id") {
		if c.String() != id {
			continue
		}
		out := map[string]string{}
		for j, column := range r.Events.Schema.Columns {
			out[column.Name] = r.Events.Rows[i][j].String()
		}
		return out
	}
	t.Fatalf("there is no incident %s", id)
	return nil
}

// TestEvents checks single rows of the files, including every trap.
func TestEvents(t *testing.T) {
	for _, c := range []struct {
		what, name, id string
		want           map[string]string
	}{
		{"a plain row", of2024, "2014.MMP00001", map[string]string{
			"source": id, "main_id": "2014.MMP00001", "incident_type": "incident", "period_start": "2014-01-06", "period_end": "2014-01-06", "precision": "day",
			"route": "us-mexico-border", "dead": "1", "missing": "0", "lower": "1", "upper": "1", "survivors": "", "males": "1", "children": "",
			"region_of_incident": "North America", "country_of_incident": "USA", "country_of_origin": "GTM", "cause": "mixed-or-unknown",
			"latitude": "31.6503", "longitude": "-110.3665", "source_quality": "5", "source_reliability": "",
			"vintage": "2024-11-27", "release": "2024-11-27-00000000", "locator": "Worksheet!B2"}},
		{"a blank date", of2024, "2020.MMP01075", map[string]string{"period_start": "2020-03-01", "period_end": "2020-03-31", "precision": "month"}},
		{"day and month swapped", of2024, "2020.MMP01072", map[string]string{"period_start": "2020-01-01", "period_end": "2020-12-31", "precision": "year"}},
		{"another contradiction", of2022, "2016.MMP01034", map[string]string{"period_start": "2016-01-01", "precision": "year"}},
		{"a cumulative incident", of2024, "2014.MMP00017", map[string]string{"incident_type": "cumulative", "period_start": "2014-02-01", "period_end": "2014-02-28", "precision": "month"}},
		{"no dead, no missing, a total of 0", of2024, "2015.MMP00161169", map[string]string{"dead": "0", "missing": "0", "upper": "0"}},
		{"a list of countries", of2024, "2014.MMP00207215", map[string]string{"country_of_origin": "EGY PSE SYR"}},
		{"a name with a comma", of2024, "2017.MMP00400", map[string]string{"country_of_incident": "HKG", "country_of_origin": "BGD"}},
		{"an identifier that is a number, longitude first", of2022, "7420", map[string]string{
			"main_id": "7420", "period_start": "2016-12-31", "route": "sahara-desert", "latitude": "22.7344", "longitude": "12.9393", "country_of_incident": "", "locator": "Worksheet!B10607"}},
		{"a short date", of2020, "52763", map[string]string{"period_start": "2020-01-09", "precision": "day", "incident_type": "_X", "route": "_X", "dead": "1", "missing": "0", "main_id": ""}},
		{"dead from the total", of2020, "52760", map[string]string{"dead": "0", "missing": "1", "lower": "0", "upper": "1", "survivors": "11"}},
		{"the last row, without a line end", of2020, "39206", map[string]string{"period_start": "2014-01-06", "route": "central-america-to-us", "source_quality": "5", "locator": "A81"}},
		{"Windows-1252", of2017, "11364", map[string]string{"information_source": "Diario de Querétaro", "route": "_X", "period_start": "2015-11-12", "source_reliability": "Partially Verified", "source_quality": ""}},
		{"a blank without a total", of2017, "3", map[string]string{"dead": "1", "missing": "", "lower": "1", "upper": "", "latitude": "15.9564", "longitude": "-93.6631", "region_of_incident": "Central America incl. Mexico"}},
		{"the day comes first", of2017, "1", map[string]string{"period_start": "2015-11-05", "dead": "1", "missing": "1", "upper": "2", "locator": "A2"}},
		{"the month comes first", of2026, "2026.MMP0002", map[string]string{"period_start": "2026-01-02", "precision": "day", "route": "western-mediterranean", "country_of_origin": "MAR", "latitude": "35.6827"}},
		{"no dead stated, no total", of2026, "2026.MMP0039", map[string]string{"dead": "", "missing": "36", "lower": "", "upper": "", "country_of_origin": "_U"}},
		{"the route renamed", of2026, "2026.MMP0031", map[string]string{"route": englishChannel}},
	} {
		t.Run(c.what, func(t *testing.T) {
			got := event(t, read(t, c.name, "2017-06-02"), c.id)
			for column, want := range c.want {
				if got[column] != want {
					t.Errorf("%s: %s is %q, want %q", c.id, column, got[column], want)
				}
			}
		})
	}
}

// found is a finding about a file.
type found struct{ name, code, where, says string }

func TestFindings(t *testing.T) {
	findings(t, read, []found{
		{of2024, "balancing-entry", "Worksheet!I851", ": 32, this the first"},
		{of2024, "bad-number", "Worksheet!K1515", ": 11, this the first"},
		{of2024, "blank-date", "Worksheet!E8530", ": 14, "},
		{of2024, "month-contradicts", "Worksheet!E8528", ": 13, "},
		{of2022, "blank-date", "Worksheet!E7128", ": 15, "},
		{of2022, "month-contradicts", "Worksheet!E2380", ": 14, "},
		{of2017, "count-not-stated", "E3", ": 93, "},
		{of2026, "count-not-stated", "H10", ": 5, "},
		{of2026, "route-renamed", "S33", "under the route Mainland Europe to the UK: 1, this the first; earlier releases call it English Channel to the UK"},
		{renewed, "route-renamed", "S3", ": 2, "},
		{renewed, "ends-early", "E6", "the last incident is of 2014-03-14, long before the release of 2025-12-11"},
	})
}

func findings(t *testing.T, read reader, want []found) {
	t.Helper()
	for _, c := range want {
		findings := read(t, c.name, "2025-12-11").Findings
		i := slices.IndexFunc(findings, func(f stat.Finding) bool { return f.Code == c.code })
		if i < 0 || findings[i].Where != c.where || !strings.Contains(findings[i].Message, c.says) {
			t.Errorf("%s: findings %+v, want %s at %s with %q", c.name, findings, c.code, c.where, c.says)
		}
	}
}

func TestDate(t *testing.T) {
	for _, c := range []struct{ file, name, day, stamp string }{
		{of2024, of2024, "2024-11-27", "2024-11-27T11:02:23Z"},
		{of2022, of2022, "2022-05-14", "2022-05-14T17:13:02Z"},
		{of2024, "Missing_Migrants_Global_Figures_allData.xlsx", "2024-11-27", "2024-11-27T11:02:23Z"},
		{of2020, of2020, "2020-01-18", "0001-01-01T00:00:00Z"},
		{of2026, of2026, "2026-05-06", "0001-01-01T00:00:00Z"},
		{of2017, of2017, "", "0001-01-01T00:00:00Z"},
		{renewed, renewed, "", "0001-01-01T00:00:00Z"},
	} {
		day, stamp := Source.Date(c.name, load(t, c.file).Data)
		if day.String() != c.day || stamp.Format(time.RFC3339) != c.stamp {
			t.Errorf("%s: released %q, stamp %s", c.name, day, stamp.Format(time.RFC3339))
		}
	}
}

// TestRoutes compares the routes of the series with those of the publisher's labels, and their
// names with the code list.
func TestRoutes(t *testing.T) {
	labels, err := schemas.Labels("route")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{stat.Total: true}
	for _, l := range labels {
		if l.Publisher == "iom" && l.Code != "" {
			want[l.Code] = true
		}
	}
	names, err := schemas.CodeLabels("route")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range routes {
		if !want[r.code] || names[r.code] != r.name && r.name != "" {
			t.Errorf("route %s, %q: the label list knows it: %v, the code list calls it %q", r.code, r.name, want[r.code], names[r.code])
		}
		delete(want, r.code)
	}
	if len(want) > 0 {
		t.Errorf("no series for the routes %v", want)
	}
}

func TestSeries(t *testing.T) {
	for id, title := range map[stat.SeriesID]string{
		"iom-missing-migrants:dead:M:route=english-channel":  "People found dead in the Channel, by month",
		"iom-missing-migrants:missing:A:route=_X":            "People missing and presumed dead where no route is stated, by year",
		"iom-missing-migrants:dead-and-missing:A":            "People dead or missing on all routes together, at least, by year",
		"iom-missing-migrants:dead-and-missing:M:route=_O":   "People dead or missing where several routes are named, at least, by month",
		"iom-missing-migrants:dead:A:route=us-mexico-border": "People found dead on the route US-Mexico border, by year",
	} {
		s := Source.FindSeries(id)
		if s == nil || s.Title != title || s.Unit != "persons" || s.Flow != "fatality" || s.Kind != stat.Flow || s.RefArea != stat.Total || s.One != "" {
			t.Errorf("%s: %+v", id, s)
			continue
		}
		if broken := strings.Contains(s.Definition, "Mainland Europe to the UK"); broken != strings.Contains(string(id), englishChannel) {
			t.Errorf("%s: definition %q", id, s.Definition)
		}
	}
	if want := (32 + 2*2) * 3 * 2; len(Source.Series) != want {
		t.Errorf("%d series, want %d", len(Source.Series), want)
	}
}

// TestCut2020 checks that the CSV without a line end after its last row is invalid wherever it is
// cut within a row.
func TestCut2020(t *testing.T) {
	lines := bytes.SplitAfter(load(t, of2020).Data, []byte("\n"))
	small := slices.Concat(append(lines[:1:1], lines[len(lines)-3:]...)...)
	rowEnds := map[string]bool{}
	for n := range small {
		if small[n] == '\n' {
			rowEnds[string(small[:n-1])] = true // before \r\n
		}
	}
	taken := 0
	for n := len(lines[0]) + 1; n < len(small); n++ {
		_, err := Source.Decode(source.File{Name: of2020, Data: small[:n], Release: released("2020-01-18")})
		if err != nil {
			continue
		}
		if taken++; !rowEnds[strings.TrimRight(string(small[:n]), "\r\n")] {
			t.Errorf("taken when cut after %q", small[max(0, n-40):n])
		}
	}
	if taken < 2 {
		t.Errorf("%d cuts between rows were taken", taken)
	}
}
