package pipeline_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/review"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/ukhocrossingconditions"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/watch"
)

// starterOf returns the observations of a file of starter data.
func starterOf(t *testing.T, id string) []stat.Observation {
	t.Helper()
	path := filepath.Join("..", "data", "raw", "starter", id+".csv")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	tidy, err := table.ReadTidy(path, data, stat.Release{Source: id, SHA256: strings.Repeat("0", 64)})
	if err != nil {
		t.Fatal(err)
	}
	return tidy.Observations
}

// TestStarterRedDays checks that the starter data have the figures of the source's own file, and that
// the arrivals which the publication states for the same spans are those of the small-boats series.
func TestStarterRedDays(t *testing.T) {
	t.Parallel()
	s := &ukhocrossingconditions.Source
	want, _, err := sourcetest.Decode(s, sourcetest.Load(t, s.ID, "crossing-conditions.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := func(obs []stat.Observation) (out []string) {
		for _, o := range obs {
			out = append(out, string(o.Series.ID)+" "+o.Period.Start.String()+" "+o.Period.End.String()+" "+o.Value.String())
		}
		slices.Sort(out)
		return out
	}
	if got, stated := lines(starterOf(t, s.ID)), lines(want); !slices.Equal(got, stated) {
		t.Errorf("starter data %q\nthe file      %q", got, stated)
	}
	arrivals := map[int]int64{}
	for _, o := range starterOf(t, boats) {
		if y, m, _ := o.Period.Start.YMD(); o.Series.ID == boats+":arrivals:D" && m <= 4 {
			n, _ := o.Value.Get()
			arrivals[y] += n
		}
	}
	for year, n := range map[int]int64{2022: 6691, 2023: 5946, 2024: 7567, 2025: 11074} {
		if arrivals[year] != n {
			t.Errorf("January to April %d: %d people arrived, the publication states %d", year, arrivals[year], n)
		}
	}
}

// TestMonthsReplaceSpans adds a made-up table by month after the starter data: the spans that it
// covers are no longer stated, and the series can be read.
func TestMonthsReplaceSpans(t *testing.T) {
	t.Parallel()
	s := &ukhocrossingconditions.Source
	cfg := afterStarter(config(t, t.TempDir()))
	addTo(t, cfg, s.ID, filepath.Join("..", "data", "raw", "starter", s.ID+".csv"))
	rows := [][]any{{"Month", "Red days"}}
	for m := stat.MustDate("2021-05-01"); m < stat.MustDate("2025-06-01"); m = m.MonthEnd() + 1 {
		rows = append(rows, []any{m.Time().Format("January 2006"), 5})
	}
	book := filepath.Join(t.TempDir(), "crossing_conditions_2025_06_10.xlsx")
	if err := os.WriteFile(book, sourcetest.Book(t, sourcetest.Sheet{Name: "Table_1", Rows: rows}), 0o644); err != nil {
		t.Fatal(err)
	}
	if o := addTo(t, cfg, s.ID, book)[0]; o.State != review.Added {
		t.Fatalf("outcome %+v", o)
	}
	known := watch.ReadKnown(cfg.registry(), s, 0)
	if known.Err != nil {
		t.Fatal(known.Err)
	}
	for _, p := range known.Paths {
		for _, o := range p.Observations() {
			if o.Value.IsKnown() && (o.Period.Precision == stat.PrecisionRange) != (o.Series.Frequency() == stat.Annual) {
				t.Errorf("%s %s to %s: %s", o.Series.ID, o.Period.Start, o.Period.End, o.Value)
			}
		}
	}
}
