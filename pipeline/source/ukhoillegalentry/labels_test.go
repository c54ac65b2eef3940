package ukhoillegalentry

import (
	"slices"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// TestUnlistedLabels checks that a label that is in no list, or a band of ages that is new, keeps
// its row in the totals.
func TestUnlistedLabels(t *testing.T) {
	var kept any
	change := func(column int, value any) func([][]any) [][]any {
		return func(rows [][]any) [][]any {
			kept, rows[99][column] = rows[99][7], value
			return rows
		}
	}
	before, err := sourcetest.Read(&Source, book(t, sheet, 1200, change(7, 3)))
	if err != nil {
		t.Fatal(err)
	}
	sum := func(obs []stat.Observation) (n int64) {
		for _, o := range obs {
			if o.Series.Dimensions == stat.AllTotal {
				x, _ := o.Value.Get()
				n += x
			}
		}
		return n
	}
	for _, c := range []struct {
		name     string
		column   int
		label    string
		has      func(stat.Dimensions) bool
		severity stat.Severity
	}{
		{"method", 2, "Tunnel", func(d stat.Dimensions) bool { return d.Category == "x-tunnel" && d.Origin == stat.Total }, stat.SeverityWarning},
		{"nationality", 3, "Ruritania", func(d stat.Dimensions) bool { return d.Origin == "x-ruritania" }, stat.SeverityWarning},
		{"region", 4, "The Moon", func(d stat.Dimensions) bool { return true }, stat.SeverityWarning},
		{"sex", 5, "Not known to us", func(d stat.Dimensions) bool { return d.Sex == "x-not-known-to-us" }, stat.SeverityWarning},
		{"age", 6, "Adult", func(d stat.Dimensions) bool { return d.Age == "x-adult" }, stat.SeverityWarning},
		{"age with a dash", 6, "18-24", func(d stat.Dimensions) bool { return d.Age == "Y18T24" }, ""},
		{"ages that overlap", 6, "18 to 29", func(d stat.Dimensions) bool { return d.Age == "Y18T29" }, stat.SeverityError},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := book(t, sheet, 1200, change(c.column, c.label))
			r, err := sourcetest.Read(&Source, f)
			if err != nil || len(r.Excluded) != 0 {
				t.Fatal(r.Excluded, err)
			}
			if got, want := sum(r.Observations), sum(before.Observations)-3+kept.(int64); got != want {
				t.Errorf("all are %d, want %d", got, want)
			}
			if !slices.ContainsFunc(r.Observations, func(o stat.Observation) bool { return c.has(o.Series.Dimensions) }) {
				t.Error("no cell with the label")
			}
			var got stat.Severity
			for _, f := range r.Findings {
				if f.Label != nil || f.Severity == stat.SeverityError {
					got = f.Severity
				}
			}
			if got != c.severity {
				t.Errorf("severity %q, findings %+v", got, r.Findings)
			}
		})
	}
}
