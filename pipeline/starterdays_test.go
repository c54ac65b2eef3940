package pipeline_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/ukhocrossingconditions"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
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
	var got, stated []string
	for _, o := range starterOf(t, s.ID) {
		got = append(got, string(o.Series.ID)+" "+o.Period.Start.String()+" "+o.Period.End.String()+" "+o.Value.String())
	}
	for _, o := range want {
		stated = append(stated, string(o.Series.ID)+" "+o.Period.Start.String()+" "+o.Period.End.String()+" "+o.Value.String())
	}
	slices.Sort(got)
	slices.Sort(stated)
	if !slices.Equal(got, stated) {
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
