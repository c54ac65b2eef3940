package pipeline_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/ukhosmallboats"
	"crossings/pipeline/tabular"
)

var update = flag.Bool("update", false, "rewrite the starter data from the newest real releases")

// shared is where the publishers' real files are, beside the project.
const shared = "../../shared/data"

// TestStarterIsTheNewestRelease proves that the figures in the repository are
// those of the publisher's file, value by value. With -update it writes them.
func TestStarterIsTheNewestRelease(t *testing.T) {
	const name = "pub20260626_data_small_boats_time_series.ods"
	data, err := os.ReadFile(filepath.Join(shared, "ukho-small-boats", name))
	if err != nil {
		t.Fatal(err)
	}
	s := &ukhosmallboats.Source
	obs, _, err := sourcetest.Decode(s, sourcetest.File{Name: name, Data: data})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	err = tabular.WriteTidy(&b, []string{
		"Starter data, figures only, for a first run without a network.",
		"title: " + s.Title,
		"publisher: " + s.Publisher,
		"licence: " + s.Licence,
		"attribution: Contains public sector information licensed under the " + s.Licence + ".",
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
		t.Errorf("%s differs from the publisher's file; go test ./pipeline -run Starter -update rewrites it", path)
	}
}
