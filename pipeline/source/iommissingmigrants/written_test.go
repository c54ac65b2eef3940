package iommissingmigrants

import (
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/source"
)

// TestOtherHeaders has headers that mean the columns of the list of 2024. All were refused before,
// or the column was not read.
func TestOtherHeaders(t *testing.T) {
	for _, pair := range [][2]string{
		{"Total Number of Dead and Missing", "Deaths and disappearances"}, {"Total Number of Dead and Missing", "Total deaths and disappearances"}, {"Total Number of Dead and Missing", "Total Dead & Missing"},
		{"Number of Dead", "Number of deaths"}, {"Number of Dead", "Deaths"}, {"Minimum Estimated Number of Missing", "Number of disappearances"}, {"Minimum Estimated Number of Missing", "Missing (minimum estimate)"},
		{"Migration Route", "Migratory route"}, {"Coordinates", "Latitude, Longitude"}, {"Coordinates", "Lat/Lon"}, {"Incident Date", "Date of event"}, {"Incident ID", "IncidentID"}, {"Cause of Death", "Cause"},
	} {
		rows := grid(t, "2024", values{})
		rows[0] = slices.Clone(rows[0])
		found := false
		for i, h := range rows[0] {
			if h == pair[0] {
				rows[0][i], found = pair[1], true
			}
		}
		r, err := Source.Decode(source.File{Name: "a.csv", Data: text(t, rows), Release: released("2026-05-06")})
		if !found || err != nil || len(r.Excluded) != 0 {
			t.Fatalf("%v: rejects %+v, error %v", pair, r.Excluded, err)
		}
		got := event(t, r, "1")
		for column, want := range map[string]string{"dead": "1", "missing": "2", "upper": "3", "cause": "drowning", "latitude": "36.8", "longitude": "27.2", "precision": "day"} {
			if got[column] != want {
				t.Errorf("%v: %s is %q, want %q", pair, column, got[column], want)
			}
		}
		if has(r, "extra-column") {
			t.Errorf("%v: findings %+v", pair, r.Findings)
		}
	}
}

// TestMarks has marks after the numbers of a row, or instead of them. A mark in the column of the
// quality and an address that is none were taken for cells below other headers.
func TestMarks(t *testing.T) {
	for _, mark := range []string{" [p]", " (provisional)", "*", "\u00b9", " (r)"} {
		r, err := decodeRows(t, "2024", values{"Number of Dead": "1" + mark, "Minimum Estimated Number of Missing": "2" + mark, "Total Number of Dead and Missing": "3" + mark,
			"Number of Survivors": "4" + mark, "Source Quality": "5" + mark, "Month": "January" + strings.ReplaceAll(mark, "provisional", "p"), "Incident Year": "2021" + mark, "URL": "text"})
		if err != nil || len(r.Excluded) != 0 {
			t.Errorf("%q: rejects %+v, error %v", mark, r.Excluded, err)
			continue
		}
		got := event(t, r, "1")
		for column, want := range map[string]string{"dead": "1", "missing": "2", "upper": "3", "survivors": "4", "source_quality": "5", "period_start": "2021-01-09"} {
			if got[column] != want {
				t.Errorf("%q: %s is %q, want %q", mark, column, got[column], want)
			}
		}
	}
	for _, mark := range []string{"n/a", "[x]", "\u2014", "not available"} {
		r, err := decodeRows(t, "2024", values{"Source Quality": mark, "URL": "text"})
		if err != nil || len(r.Excluded) != 0 || event(t, r, "1")["source_quality"] != "" || event(t, r, "1")["dead"] != "1" {
			t.Errorf("%q: rejects %+v, error %v", mark, r.Excluded, err)
		}
	}
	for _, other := range []string{"IOM", "2021", "-27.5", "5 or 4"} {
		r, err := decodeRows(t, "2024", values{"Source Quality": other, "URL": "text"})
		if err != nil || len(r.Excluded) != 1 || r.Excluded[0].Reason != "the cells of the row are not below their headers" {
			t.Errorf("%q: rejects %+v, error %v", other, r.Excluded, err)
		}
	}
}

// TestDatesWithTheYearFirst reads days that were refused before.
func TestDatesWithTheYearFirst(t *testing.T) {
	want, err := decodeRows(t, "2024", values{"Incident Date": "2021-03-05", "Month": "March", "Incident Year": "2021"})
	if err != nil {
		t.Fatal(err)
	}
	for _, day := range []string{"2021/03/05", "2021.03.05", "20210305"} {
		r, err := decodeRows(t, "2024", values{"Incident Date": day, "Month": "March", "Incident Year": "2021"})
		if err != nil || len(r.Excluded) != 0 || len(r.Observations) != len(want.Observations) || event(t, r, "1")["period_start"] != event(t, want, "1")["period_start"] {
			t.Errorf("%s: rejects %+v, error %v", day, r.Excluded, err)
		}
	}
}
