package ukhodetailed

import (
	"strings"
	"testing"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// excluding reads the table of good with one label of a column excluded, into a cube with every
// cell, the sum of all, of each sex and of each country.
func excluding(t *testing.T, column int, label string) (*Cube, []stat.ExcludedRow) {
	t.Helper()
	f := book(t, "Data_X_D01", strings.ReplaceAll(good, label, "Leave_out"))
	f.Lists = codes.NewLists(map[string][]schemas.Label{view.Columns[column].List: {{Label: "Leave out", Note: "not known what it means"}}})
	tables := tablesOf(t, f)
	cube := NewCube(tables[0], func(d stat.Dimensions) stat.Series {
		return stat.NewSeries(stat.Series{Source: "x", Measure: "n", Dimensions: d}, stat.Quarterly)
	})
	rejects, err := tables[0].Each(func(r Row) error {
		cube.Sum(stat.AllTotal, r)
		d := stat.AllTotal
		d.Sex = r.Codes[0]
		cube.Sum(d, r)
		d.Sex, d.Origin = stat.Total, r.Codes[1]
		cube.Sum(d, r)
		d.Sex = r.Codes[0]
		return cube.Cell(d, r)
	})
	if err != nil {
		t.Fatal(err)
	}
	cube.Fill(stat.AllTotal, true)
	return cube, rejects
}

// TestASumWithoutAnExcludedRowIsIncomplete excludes rows for their labels. Only the sums that they
// would belong to by their other labels must say that they lack them.
func TestASumWithoutAnExcludedRowIsIncomplete(t *testing.T) {
	for _, c := range []struct {
		name, label string
		column      int
		rejects     int
		want        string // incomplete sums: what of, the value and how many rows they lack
	}{
		{"women", "Female", 0, 2, "2018-01-01 5 1|:origin=TCD 2018-01-01 5 1"},
		{"a country that is all of its quarter", "India", 1, 1, ""},
		{"a country", "Chad", 1, 4, "2018-04-01 1 2|:sex=M 2018-04-01 1 2"},
		{"none", "Nobody", 0, 0, ""},
	} {
		cube, rejects := excluding(t, c.column, c.label)
		var got []string
		for _, line := range strings.Split(strings.TrimSpace(incompleteOf(cube)), "\n") {
			if line != "" {
				got = append(got, line)
			}
		}
		if s := strings.Join(got, "|"); s != c.want || len(rejects) != c.rejects {
			t.Errorf("%s: %d rejects, incomplete\n got %s\nwant %s", c.name, len(rejects), s, c.want)
		}
		for _, o := range cube.Observations() { // a sum that has only rows that it lacks is not 0
			if n, known := o.Value.Get(); known && n == 0 {
				t.Errorf("%s: %s from %s is 0", c.name, o.Series.ID, o.Period.Start)
			}
		}
		said := false
		for _, f := range cube.Findings() {
			said = said || f.Code == "rows-excluded"
		}
		if said != (c.rejects > 0) {
			t.Errorf("%s: findings %+v", c.name, cube.Findings())
		}
	}
}

// incompleteOf lists the incomplete observations: what of, from when, value, rows that it lacks.
func incompleteOf(cube *Cube) string {
	var b strings.Builder
	obs := cube.Observations()
	list(obs) // sorts
	for _, o := range obs {
		if err := o.Validate(); err != nil {
			return err.Error()
		}
		if o.Incomplete() {
			_, rows, _ := strings.Cut(o.Locator, "; ")
			n, _, _ := strings.Cut(rows, " ")
			b.WriteString(strings.Join([]string{strings.TrimPrefix(string(o.Series.ID), "x:n:Q"), o.Period.Start.String(), o.Value.String(), n}, " ") + "\n")
		}
	}
	return b.String()
}
