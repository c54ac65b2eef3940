package iommissingmigrants

import (
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// onlyAllRoutes checks that a result has figures, and none of them by route.
func onlyAllRoutes(t *testing.T, r source.Result) {
	t.Helper()
	if len(r.Observations) == 0 {
		t.Error("no figures")
	}
	for _, o := range r.Observations {
		if o.Series.Route != stat.Total {
			t.Fatalf("%s states the route %q, and the file has none", o.Series.ID, o.Series.Route)
		}
	}
}

// TestLayoutWithoutRoutes reads rows of the layout without a column for routes. In a layout with
// the column, a blank cell states that there is no route.
func TestLayoutWithoutRoutes(t *testing.T) {
	const date = "#date+reported"
	r, err := decodeRows(t, "2017", values{date: "05/11/2015"}, values{date: "07/01/2016"}, values{date: "31/02/2016"}, values{date: "01/02/2017"})
	if err != nil {
		t.Fatal(err)
	}
	onlyAllRoutes(t, r)
	if got := figureOf(r, "dead", stat.Total, stat.Year(2016)); got != "1 E incomplete" {
		t.Errorf("dead on all routes in 2016: %s", got)
	}

	const routeOf2020, dateOf2020 = "Migration Route", "Reported Date"
	r, err = decodeRows(t, "2020", values{routeOf2020: ""}, values{routeOf2020: "", dateOf2020: "9-Feb-20", "Reported Month": "Feb"})
	if err != nil {
		t.Fatal(err)
	}
	if got := figureOf(r, "dead", "_X", stat.Month(2020, 1)); got != "1 P" {
		t.Errorf("dead without a stated route in January 2020: %s", got)
	}
}
