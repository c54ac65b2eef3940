package iommissingmigrants

import (
	"testing"

	"crossings/pipeline/source"
)

// TestASourceBelowTheListIsNoIncident: it was a row that could not be used, for which the release waited and
// every sum was called incomplete. A row of totals still is one.
func TestASourceBelowTheListIsNoIncident(t *testing.T) {
	for _, form := range []string{"2017", "2020", "2024", "2026"} {
		for _, tt := range []struct {
			foot     []string
			excluded int
		}{
			{[]string{"Source: IOM Missing Migrants Project"}, 0}, {[]string{"© IOM 2026"}, 0}, {[]string{"Last updated 6 May 2026"}, 0},
			{[]string{"Total", "", "6"}, 1}, {[]string{"Sourceville", "", "6"}, 1},
		} {
			rows := grid(t, form, values{})
			row := make([]string, len(rows[0]))
			copy(row, tt.foot)
			r, err := Source.Decode(source.File{Name: "a.csv", Data: text(t, append(rows, row)), Release: released("2026-05-06")})
			if err != nil || len(r.Excluded) != tt.excluded || has(r, "rows-rejected") != (tt.excluded > 0) {
				t.Errorf("%s %q: excluded %+v, error %v", form, tt.foot, r.Excluded, err)
			}
		}
	}
}
