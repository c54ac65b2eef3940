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
	"crossings/pipeline/source/ukhoasylumawaiting"
	"crossings/pipeline/source/ukhofranceexchange"
	"crossings/pipeline/source/ukhoillegalentry"
	"crossings/pipeline/source/ukhoreturns"
	"crossings/pipeline/source/ukhosmallboatasylum"
	"crossings/pipeline/source/ukhosmallboats"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

var update = flag.Bool("update", false, "rewrite the starter data from the newest real releases")

const ogl = "Contains public sector information licensed under the Open Government Licence v3.0."

// newestReal are the sources with starter data, and the newest real files of each.
var newestReal = []struct {
	source      *source.Source
	attribution string
	files       []realFile
	parts       func(o stat.Observation) bool // which breakdowns are kept with the series that are compared; nil for none
}{
	{&ukhosmallboats.Source, ogl, []realFile{{name: "pub20260626_data_small_boats_time_series.ods"}}, nil},
	{&ukhofranceexchange.Source, ogl, []realFile{{name: "ukho-france-exchange.csv"}}, nil},
	{&ukhoasylum.Source, ogl, []realFile{{name: "ukho-asylum.csv"}}, nil},
	{&ukhoasylumawaiting.Source, ogl, []realFile{{name: "../../more/ukho-asylum-tables/ho_awaiting_decision.csv", released: "2024-11-28"}}, awaitingByNationality},
	{&ukhoillegalentry.Source, ogl, []realFile{{name: "irregular-migration-to-the-UK-detailed-dataset-year-ending-september-2023.xlsx"}}, smallBoatsByPerson},
	{&ukhosmallboatasylum.Source, ogl, []realFile{{name: "../ukho-illegal-entry/irregular-migration-to-the-UK-detailed-dataset-year-ending-september-2023.xlsx"}}, claimsByNationality},
	{&ukhoreturns.Source, ogl, []realFile{{name: "returns_by_destination_2023-11-23_d78f640.csv"}, {name: "../../more/ukho-returns/ho_returns_offenders_by_nationality.csv", released: "2024-02-29"}}, returnsByPlace},
	{&iommissingmigrants.Source, "IOM's Missing Migrants Project, https://missingmigrants.iom.int/, licensed under CC BY 4.0; incidents added up.", []realFile{{name: newestIncidents}}, nil},
	{&itinteriorlandings.Source, "Liberiamoli tutti!, https://datibenecomune.substack.com/, licensed under CC BY 4.0; daily landings alone.", []realFile{{name: "sbarchi-per-giorno.csv"}}, nil},
}

// realFile is a file by its path from the folder of its source. released is its day if the file does
// not say it.
type realFile struct{ name, released string }

// partsSince is the first day of breakdowns of long tables, so that no file is too large.
var partsSince = stat.NewDate(2019, 1, 1)

func smallBoatsByPerson(o stat.Observation) bool {
	d := o.Series.Dimensions
	broken := 0
	for _, code := range []string{d.Origin, d.Sex, d.Age} {
		if code != stat.Total {
			broken++
		}
	}
	return d.Category == "small-boat" && broken == 1
}

// returnsByPlace keeps two groups of returns by destination, and returns of offenders by nationality.
func returnsByPlace(o stat.Observation) bool {
	c := o.Series.Category
	return o.Period.Start >= partsSince && (o.Series.Origin != stat.Total || o.Series.Destination != stat.Total && (c == "enforced" || c == "voluntary"))
}

func awaitingByNationality(o stat.Observation) bool {
	return o.Period.Start >= partsSince && o.Series.Measure == "awaiting-initial-decision" && o.Series.Category == stat.Total
}

func claimsByNationality(o stat.Observation) bool {
	return o.Series.Measure == "arrivals" && o.Series.Category == "claim"
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
		t.Run(c.source.ID, func(t *testing.T) {
			var obs []stat.Observation
			for _, f := range c.files {
				obs = append(obs, f.read(t, c.source)...)
			}
			// All other breakdowns would be too much to keep.
			obs = slices.DeleteFunc(obs, func(o stat.Observation) bool {
				return !c.source.Compares(o.Series.ID) && (c.parts == nil || !c.parts(o)) || elsewhere[o.Series.Route]
			})
			starter(t, c.source, obs, c.attribution)
		})
	}
}

// read returns what the source reads of a file.
func (f realFile) read(t *testing.T, s *source.Source) []stat.Observation {
	path := filepath.Join(sourcetest.Real(t), s.ID, f.name)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Base(path)
	if f.released != "" {
		name = f.released + "_" + name
	}
	obs, _, err := sourcetest.Decode(s, sourcetest.File{Name: name, Data: data})
	if err != nil {
		t.Fatal(err)
	}
	return obs
}

func starter(t *testing.T, s *source.Source, obs []stat.Observation, attribution string) {
	var b bytes.Buffer
	err := table.WriteTidy(&b, []string{
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
