package pipeline_test

import (
	"strings"
	"testing"

	"crossings/pipeline/review"
	"crossings/pipeline/stat"
)

// TestADateThatIsNotTheOneGivenIsTold adds a file without a date, and then again with one.
func TestADateThatIsNotTheOneGivenIsTold(t *testing.T) {
	t.Parallel()
	cfg := config(t, t.TempDir())
	own := write(t, "mine.csv", []byte("# flow: arrival\n# unit: persons\n# vintage: 2023-02-10\nseries,period_start,value\ntidy:mine:arrivals:M,2023-01-01,5\n"))
	undated := write(t, "frontex.csv", goodRows(2024))
	in := opened(t, cfg)
	defer in.Close()
	for _, c := range []struct {
		source, file, released string
		state, dated           string
	}{
		{frontex, undated, "", review.Added, "dated by the day it came in; to correct it: ingest redate " + frontex},
		{frontex, undated, "", review.Known, ""},
		{frontex, undated, "2025-02-01", review.Known, "dated otherwise than 2025-02-01; to correct its date: ingest redate " + frontex},
		{"tidy:mine", own, "", review.Added, ""},
		{"tidy:mine", own, "2023-02-10", review.Known, ""},
		{"tidy:mine", own, "2023-02-11", review.Known, "dated otherwise than 2023-02-11"},
	} {
		var day stat.Date
		if c.released != "" {
			day = stat.MustDate(c.released)
		}
		out, err := in.Add(t.Context(), c.source, []string{c.file}, day)
		if err != nil {
			t.Fatal(err)
		}
		if o := out[0]; o.State != c.state || !strings.Contains(o.Dated, c.dated) || (c.dated == "") != (o.Dated == "") {
			t.Errorf("%s released %q: %s, %q, want %s, %q", c.source, c.released, o.State, o.Dated, c.state, c.dated)
		}
	}
}
