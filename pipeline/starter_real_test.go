//go:build real

package pipeline_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/source"
	"crossings/pipeline/source/iommissingmigrants"
	"crossings/pipeline/source/itinteriorlandings"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/ukhoasylum"
	"crossings/pipeline/source/ukhofranceexchange"
	"crossings/pipeline/source/ukhoillegalentry"
	"crossings/pipeline/source/ukhoreturns"
	"crossings/pipeline/source/ukhosmallboats"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

var update = flag.Bool("update", false, "rewrite the starter data from the newest real releases")

const ogl = "Contains public sector information licensed under the Open Government Licence v3.0."

// newestReal are the sources with starter data, and the newest real file of each.
var newestReal = []struct {
	source            *source.Source
	file, attribution string
}{
	{&ukhosmallboats.Source, "pub20260626_data_small_boats_time_series.ods", ogl},
	{&ukhofranceexchange.Source, "ukho-france-exchange.csv", ogl},
	{&ukhoasylum.Source, "ukho-asylum.csv", ogl},
	{&ukhoillegalentry.Source, "irregular-migration-to-the-UK-detailed-dataset-year-ending-september-2023.xlsx", ogl},
	{&ukhoreturns.Source, "returns_by_destination_2023-11-23_d78f640.csv", ogl},
	{&iommissingmigrants.Source, newestIncidents, "IOM's Missing Migrants Project, https://missingmigrants.iom.int/, licensed under CC BY 4.0; incidents added up."},
	{&itinteriorlandings.Source, "sbarchi-per-giorno.csv", "Liberiamoli tutti!, https://datibenecomune.substack.com/, licensed under CC BY 4.0; daily landings alone."},
}

// elsewhere are the routes of deaths that the starter data leave out, to stay
// small: those that do not lead to Europe. They are among all routes together.
var elsewhere = map[string]bool{"afghanistan-to-iran": true, "caribbean-to-central-america": true, "caribbean-to-us": true, "central-america-to-us": true,
	"darien": true, "dominican-republic-to-puerto-rico": true, "drc-to-uganda": true, "haiti-to-dominican-republic": true, "horn-of-africa": true,
	"malaysia-to-indonesia": true, "northern-route-ehoa": true, "southern-africa": true, "us-mexico-border": true, "venezuela-to-caribbean": true}

// TestRealStarter proves that the figures in the repository are
// those of the publisher's file, value by value, and that they read back to the
// same. With -update it writes them.
func TestRealStarter(t *testing.T) {
	t.Parallel()
	for _, c := range newestReal {
		t.Run(c.source.ID, func(t *testing.T) { starter(t, c.source, c.file, c.attribution) })
	}
}

func starter(t *testing.T, s *source.Source, name, attribution string) {
	data, err := os.ReadFile(filepath.Join(sourcetest.Real(t), s.ID, name))
	if err != nil {
		t.Fatal(err)
	}
	obs, _, err := sourcetest.Decode(s, sourcetest.File{Name: filepath.Base(name), Data: data})
	if err != nil {
		t.Fatal(err)
	}
	// Breakdowns below the series that are compared would be too much to keep.
	obs = slices.DeleteFunc(obs, func(o stat.Observation) bool { return !s.Compares(o.Series.ID) || elsewhere[o.Series.Route] })
	var b bytes.Buffer
	err = table.WriteTidy(&b, []string{
		"Starter data, figures only, for a first run without a network.",
		"title: " + s.Title,
		"publisher: " + s.Publisher,
		"licence: " + s.Licence,
		"attribution: " + attribution,
		"url: " + s.Homepage,
	}, obs)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("..", "data", "raw", "starter", s.ID+".csv")
	if *update {
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, b.Bytes()) {
		t.Errorf("%s differs from the publisher's file; make golden rewrites it", path)
	}
	tidy, err := table.ReadTidy(path, got, stat.Release{Source: s.ID, SHA256: strings.Repeat("0", 64)})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(sortedCSV(t, tidy.Observations), sortedCSV(t, obs)) {
		t.Errorf("%s does not read back to the publisher's figures", path)
	}
}

// sortedCSV returns observations as a CSV in order of their keys.
func sortedCSV(t *testing.T, obs []stat.Observation) []byte {
	t.Helper()
	tbl := table.Observations(obs)
	tbl.Sort()
	var b bytes.Buffer
	if err := tbl.CSV(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
