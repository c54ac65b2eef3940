package iommissingmigrants

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/lake"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// TestHeadersOfAllReleases reads the header of each form in which the list was published, with one
// incident below it. No column of them is news.
func TestHeadersOfAllReleases(t *testing.T) {
	for name, list := range map[string]string{
		"the CSV of January 2020": "Web ID=52682|Region of Incident=Mediterranean|Reported Date=January 05, 2020|Reported Year=2020|Reported Month=Jan|Number Dead=1|" +
			"Minimum Estimated Number of Missing=2|Total Dead and Missing=3|Number of Survivors=51|Number of Females=|Number of Males=5|Number of Children=1|Cause of Death=Drowning|" +
			"Location Description=off Izmir|Information Source=IOM|Location Coordinates=38.5, 26.5|Migration Route=Eastern Mediterranean|URL=https://example.org|" +
			"UNSD Geographical Grouping=Uncategorized|Source Quality=4",
		"its copy of 2019": "Web ID=51849|Region of Incident=Mediterranean|Reported Date=5-Jan-20|Reported Year=2020|Reported Month=Jan|Number Dead=1|" +
			"Minimum Estimated Number of Missing=2|Total Dead and Missing=3|Location Coordinates=38.5, 26.5|Migration Route=Eastern Mediterranean|Source Quality=4",
		"the export of the website of 2022": "Main ID=2020.MMP1|Incident ID=2020.MMP1|Region=Mediterranean|Incident Date=Sun, 01/05/2020 - 12:00|Year=2020|Reported Month=January|Number Dead=1|" +
			"Minimum Estimated Number of Missing=2|Total Number of Dead and Missing=3|Cause of Death=Drowning|Migrantion route=Eastern Mediterranean|Coordinates=38.5, 26.5|Source Quality=4",
		"the export of the website of 2024": "Main ID=2020.MMP1|Incident ID=2020.MMP1|Region=Mediterranean|Incident Date=Sun, 01/05/2020 - 12:00|Year=2020|Reported Month=January|Number Dead=1|" +
			"Minimum Estimated Number of Missing=2|Total Number of Dead and Missing=3|Region of Origin=|Country of Origin=Unknown|Location of death=off Izmir|Information Source=IOM|" +
			"Coordinates=38.5, 26.5|Migration route=Eastern Mediterranean|URL=|UNSD Geographical Grouping=Uncategorized|Source Quality=4",
		"the copy at the Humanitarian Data Exchange": "web_id=2020.MMP1|region=Mediterranean|reported_date=2020-01-05|number_dead=1|number_missing=2|total_dead_and_missing=3|number_of_survivors=|" +
			"number_of_female=|number_of_male=|number_of_children=|cause_death=Drowning|country_of_incident=Greece|location_description=off Izmir|unsd_geographic_grouping=Uncategorized|" +
			"location_coodinates=38.5, 26.5|migration_route=Eastern Mediterranean|information_source=IOM|url=|source_quality=4|region_origin=|country_origin=",
		"the years of the project's own workbook": "Main ID=2020.MMP1|Incident ID=2020.MMP1|Incident Type=Incident|Region of Incident=Mediterranean|Incident date=2020-01-05|Incident year=2020|" +
			"Incident month=1|No. dead=1|No. missing=2|No. dead/ missing=3|No. survivors=|No. Female=|No. Male=|No. minors=|Country of Origin=|Region of Origin=|" +
			"Cause of death (category)=Drowning|Cause of death (reported)=drowned|Route=Eastern Mediterranean|Country of Incident=Greece|Location of death=off Izmir|UNSD region=|Source=IOM|" +
			"Link=|Source Quality=4|Latitude=38.5|Longitude=26.5",
		"a copy by a program in R": "Main.ID=2020.MMP1|Incident.ID=2020.MMP1|Incident.Type=Incident|Region.of.Incident=Mediterranean|Incident.Date=2020-01-05|Incident.Year=2020|Month=January|" +
			"Number.of.Dead=1|Minimum.Estimated.Number.of.Missing=2|Total.Number.of.Dead.and.Missing=3|Number.of.Survivors=NA|Migration.Route=Eastern Mediterranean|Coordinates=38.5, 26.5|Source.Quality=4",
		"the map of 2016": "X=26.5|Y=38.5|OBJECTID=1|DATEREPORTED=2020-01-05T23:00:00.000Z|INFORELIABILITY=Verified|INCIDENTREGION=Mediterranean|DEAD=1|MISSING=2|NATIONALITIES=|ORIGINREGION=|" +
			"MIGRANTROUTE=Eastern Mediterranean|LOCATIONDESCRIPTION=off Izmir|NOFEMALE=|NOMALE=1|NOCHILDREN=|AGERANGE=19|SOURCE=IOM|URL=|Cause_of_death=Drowning|Number_of_survivors=",
	} {
		var rows [2][]string
		for cell := range strings.SplitSeq(list, "|") {
			header, value, _ := strings.Cut(cell, "=")
			rows[0], rows[1] = append(rows[0], header), append(rows[1], value)
		}
		r, err := Source.Decode(source.File{Name: "a.csv", Data: text(t, rows[:]), Release: released("2026-05-06")})
		if err != nil || len(r.Excluded) != 0 || r.Events.Len() != 1 {
			t.Errorf("%s: rejects %+v, error %v", name, r.Excluded, err)
			continue
		}
		got := event(t, r, r.Events.Column("incident_id")[0].Text())
		for column, want := range map[string]string{"dead": "1", "missing": "2", "upper": "3", "route": "eastern-mediterranean", "latitude": "38.5", "longitude": "26.5",
			"period_start": "2020-01-05", "precision": "day"} {
			if got[column] != want {
				t.Errorf("%s: %s is %q, want %q", name, column, got[column], want)
			}
		}
		for _, f := range r.Findings {
			if strings.HasSuffix(f.Code, "-column") {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
}

// TestNoTwoColumnsShareAHeader checks that each header means one column.
func TestNoTwoColumnsShareAHeader(t *testing.T) {
	means := map[string]string{}
	for _, c := range wanted {
		for _, header := range append([]string{c.Name}, c.Also...) {
			w := decode.Words(header)
			if other, twice := means[w]; twice && other != c.Name {
				t.Errorf("the header %q means %q and %q", header, other, c.Name)
			}
			means[w] = c.Name
		}
	}
}

// otherwise are the same rows in another form of the file.
var otherwise = map[string]func(t *testing.T, rows [][]string) []byte{
	"columns in reverse": func(t *testing.T, rows [][]string) []byte {
		for _, row := range rows {
			slices.Reverse(row)
		}
		return text(t, rows)
	},
	"titles above": func(t *testing.T, rows [][]string) []byte {
		return append([]byte("Missing Migrants Project,,,\n\"Data of 6 May, 2026\",,,\n"), text(t, rows)...)
	},
	"another case, no-break spaces and notes": func(t *testing.T, rows [][]string) []byte {
		for i, h := range rows[0] {
			rows[0][i] = strings.ToUpper(strings.ReplaceAll(h, " ", "\u00a0")) + " [note 1]"
		}
		return text(t, rows)
	},
	"further columns": func(t *testing.T, rows [][]string) []byte {
		for i, row := range rows {
			rows[i] = append([]string{[]string{"Reviewer's comment", "checked by hand", "checked by hand"}[min(i, 2)]}, row...)
		}
		return text(t, rows)
	},
	"numbers with separators": func(t *testing.T, rows [][]string) []byte {
		at := slices.Index(rows[0], "Number of Survivors")
		for _, row := range rows[1:] {
			row[at] = "1 022"
		}
		return text(t, rows)
	},
	"without optional columns": func(t *testing.T, rows [][]string) []byte {
		for _, gone := range []string{"Main ID", "Number of Females", "Country of Origin", "URL", "Month"} {
			at := slices.Index(rows[0], gone)
			for i, row := range rows {
				rows[i] = slices.Delete(slices.Clone(row), at, at+1)
			}
		}
		return text(t, rows)
	},
	"Windows-1252": func(t *testing.T, rows [][]string) []byte {
		at := slices.Index(rows[0], "Location of Incident")
		rows[1][at] = "off Mar\xe1n"
		return text(t, rows)
	},
	"tags of the Humanitarian Exchange Language": func(t *testing.T, rows [][]string) []byte {
		tags := make([]string, len(rows[0]))
		for i := range tags {
			tags[i] = "#affected+" + decode.ColumnLetter(i)
		}
		return text(t, slices.Insert(rows, 1, tags))
	},
	"a workbook with a sheet of notes": func(t *testing.T, rows [][]string) []byte { return workbook(t, rows, "About", "Data") },
}

// TestTheSameListOtherwise reads one list in several forms. They state the same.
func TestTheSameListOtherwise(t *testing.T) {
	rows := func() [][]string {
		return grid(t, "2024", on("2021-01-01", "1"), on("2021-03-01", "7"), on("2022-02-01", "2"), values{"Incident Date": "2023-01-02", "Incident Year": "2023"})
	}
	decoded := func(data []byte) source.Result {
		t.Helper()
		name := "a.csv"
		if isWorkbook(name, data) {
			name = "a.xlsx"
		}
		r, err := Source.Decode(source.File{Name: name, Data: data, Release: released("2026-05-06")})
		if err != nil || len(r.Excluded) != 0 {
			t.Fatalf("rejects %+v, error %v", r.Excluded, err)
		}
		return r
	}
	want := decoded(text(t, rows()))
	for name, form := range otherwise {
		t.Run(name, func(t *testing.T) {
			fresh := make([][]string, 0, 5)
			for _, row := range rows() {
				fresh = append(fresh, slices.Clone(row))
			}
			got := decoded(form(t, fresh))
			if lake.Statement(got.Observations) != lake.Statement(want.Observations) {
				t.Error("it states something else")
			}
			if told := slices.ContainsFunc(got.Findings, func(f stat.Finding) bool { return f.Code == "extra-column" }); told != (name == "further columns") {
				t.Errorf("findings %+v", got.Findings)
			}
		})
	}
}

// TestBlankAndZeroAreTheSame reads a list with a blank number of missing, as the workbook writes it,
// and with 0, as the CSV of the same release does. The total tells that they are the same. Without a
// total a blank is unknown.
func TestBlankAndZeroAreTheSame(t *testing.T) {
	const missing, total = "Minimum Estimated Number of Missing", "Total Number of Dead and Missing"
	var statements []string
	for _, form := range []values{{missing: "", total: "1"}, {missing: "0", total: "1"}, {missing: "NA", total: "1"}, {missing: "", total: ""}} {
		rows := []values{on("2021-01-01", "1"), on("2022-02-01", "1")}
		for _, row := range rows {
			for k, v := range form {
				row[k] = v
			}
		}
		r, err := decodeRows(t, "2024", rows...)
		if err != nil {
			t.Fatal(err)
		}
		statements = append(statements, lake.Statement(r.Observations))
	}
	if statements[0] != statements[1] || statements[0] != statements[2] || statements[0] == statements[3] {
		t.Errorf("statements %q", statements)
	}
}

// TestPartsUnderOneIdentifier reads a list that has only the identifier which the parts of a split
// incident share. The parts count; a row that stands twice counts once. A list with identifiers of
// its own kind may not have two rows under one.
func TestPartsUnderOneIdentifier(t *testing.T) {
	form := func(of string) []byte {
		rows := [][]string{{"web_id", "region", "reported_date", "number_dead", "number_missing", "total_dead_and_missing", "migration_route"}}
		for _, dead := range []string{"1", "2", "2", "4"} {
			rows = append(rows, []string{of, "Europe", "2021-01-09", dead, "0", dead, "Western Balkans"})
		}
		return text(t, append(rows, []string{"9", "Europe", "2022-02-09", "1", "0", "1", ""}))
	}
	r, err := Source.Decode(source.File{Name: "a.csv", Data: form("2021.MMP0001"), Release: released("2026-05-06")})
	if err != nil || len(r.Excluded) != 1 || r.Excluded[0].Reason != "the same row stands in line 3" {
		t.Fatalf("rejects %+v, error %v", r.Excluded, err)
	}
	if got := figureOf(r, "dead", "western-balkans", stat.Month(2021, 1)); got != "7 P" {
		t.Errorf("%s dead, want 1 + 2 + 4", got)
	}
	for id, dead := range map[string]string{"2021.MMP0001": "1", "2021.MMP0001-2": "2", "2021.MMP0001-3": "4"} {
		if e := event(t, r, id); e["dead"] != dead || e["main_id"] != "2021.MMP0001" {
			t.Errorf("%s: %v", id, e)
		}
	}
	sourcetest.Refuses(t, &Source)("numbers that repeat", sourcetest.File{Name: "a.csv", Data: form("52682")}, decode.ErrShape, `"52682" stands in row 2 too`)
}

// TestWhatWaitsBesides checks for findings of severity error: about a list that has lost its totals,
// and about a short list with a row that cannot be used.
func TestWhatWaitsBesides(t *testing.T) {
	waits := func(r source.Result) (codes string) {
		for _, f := range r.Findings {
			if f.Severity == stat.SeverityError {
				codes += f.Code + " "
			}
		}
		return codes
	}
	rows := grid(t, "2024", on("2021-01-09", "1"), on("2021-02-09", "1"), on("2022-02-09", "1"))
	at := slices.Index(rows[0], "Minimum Estimated Number of Missing")
	for i, row := range rows {
		rows[i] = slices.Delete(slices.Clone(row), at+1, at+2) // the total
		if i > 0 {
			rows[i][at] = ""
		}
	}
	r, err := Source.Decode(source.File{Name: "a.csv", Data: text(t, rows), Release: released("2026-05-06")})
	if got := waits(r); err != nil || got != "total-missing " {
		t.Errorf("without totals: %q, %v", got, err)
	}
	r, err = decodeRows(t, "2024", on("2021-01-09", "1"), on("2022-02-09", "1"), values{"Number of Dead": "one"})
	if got := waits(r); err != nil || got != "rows-rejected " {
		t.Errorf("a bad row of three: %q, %v", got, err)
	}
	many := []values{{"Number of Dead": "one"}}
	for range 100 {
		many = append(many, on("2021-01-09", "1"))
	}
	r, err = decodeRows(t, "2024", many...)
	if got := waits(r); err != nil || got != "" || len(r.Excluded) != 1 {
		t.Errorf("a bad row of a hundred: %q, %v", got, err)
	}
	shifted := values{"Migration Route": "36.8, 27.2", "Coordinates": "IOM", "Source Quality": "Uncategorized"}
	r, err = decodeRows(t, "2024", on("2021-01-09", "1"), shifted)
	if err != nil || len(r.Excluded) != 1 || r.Excluded[0].Reason != "the cells of the row are not below their headers" {
		t.Errorf("a shifted row: rejects %+v, %v", r.Excluded, err)
	}
}

// TestCausesInFreeWords checks that unknown causes hold a list back in any form of it. That of 2020,
// whose causes are in free words, only warned before.
func TestCausesInFreeWords(t *testing.T) {
	for _, layout := range []string{"2020", "2024"} {
		var list []values
		for i := range 30 {
			list = append(list, values{"Cause of Death": fmt.Sprintf("fell from roof %d", i)})
		}
		r, err := decodeRows(t, layout, list...)
		if err != nil || len(r.Excluded) != 0 {
			t.Fatalf("%s: rejects %+v, error %v", layout, r.Excluded, err)
		}
		i := slices.IndexFunc(r.Findings, func(f stat.Finding) bool { return f.Code == "many-unlisted-labels" })
		if i < 0 || r.Findings[i].Severity != stat.SeverityError {
			t.Errorf("%s: findings %+v", layout, r.Findings)
		}
	}
	r, err := decodeRows(t, "2024", values{"Country of Incident": "C&ocirc;te d&#039;Ivoire"})
	if err != nil || event(t, r, "1")["country_of_incident"] != "CIV" || has(r, "unlisted-label") {
		t.Errorf("findings %+v, error %v", r.Findings, err)
	}
}
