package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"crossings/pipeline/publish"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// maxStarter bounds one file of starter data, which is kept in the repository.
const maxStarter = 1_500_000

// starters are the sources with starter data.
var starters = []string{boats, "ukho-crossing-conditions", "ukho-france-exchange", "ukho-asylum", "ukho-asylum-awaiting", "ukho-illegal-entry", "ukho-small-boat-asylum", "ukho-returns", "iom-missing-migrants", "it-interior-landings"}

// starterRecords returns the path of the starter list of incidents of a source.
func starterRecords(id string) string {
	return filepath.Join("..", "data", "raw", "starter", "records", id+".csv")
}

// starterSite is a data folder with all starter data, published once for all tests that
// read it. None may change it.
var starterSite struct {
	sync.Once
	cfg world
	p   *publish.Published
}

func publishedStarter(t *testing.T) (world, *publish.Published) {
	t.Helper()
	starterSite.Do(func() {
		cfg := afterStarter(config(t, starterIn))
		for _, id := range starters {
			if o := addTo(t, cfg, id, filepath.Join("..", "data", "raw", "starter", id+".csv"))[0]; o.State != review.Added {
				t.Fatalf("%s: %+v", id, o)
			}
		}
		if o := addTo(t, cfg, missingMigrants, starterRecords(missingMigrants))[0]; o.State != review.Added {
			t.Fatalf("incidents: %+v", o)
		}
		starterSite.cfg, starterSite.p = cfg, published(t, cfg, "")
	})
	if starterSite.p == nil {
		t.Fatal("the starter data could not be published; see the test that was first to ask for it")
	}
	return starterSite.cfg, starterSite.p
}

// TestStarter reads each file of starter data, publishes all of them, and looks at the
// figures that the README shows.
func TestStarter(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "data", "raw", "starter", "*.csv"))
	if err != nil || len(files) != len(starters) {
		t.Errorf("%d files for %d sources, %v", len(files), len(starters), err)
	}
	for _, id := range starters {
		path := filepath.Join("..", "data", "raw", "starter", id+".csv")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > maxStarter {
			t.Errorf("%s has %d bytes, more than %d", path, len(data), maxStarter)
		}
		if tidy, err := table.ReadTidy(path, data, stat.Release{Source: id, SHA256: strings.Repeat("0", 64)}); err != nil || len(tidy.Observations) == 0 {
			t.Errorf("%s: %d observations, %v", path, len(tidy.Observations), err)
		}
	}
	_, p := publishedStarter(t)
	if want := "To 25 June 2026, 11,638 people have arrived in small boats so far in 2026, against 18,518 by the same date of 2025 (−37.2 %) and 41,472 in the whole of 2025."; p.Texts[0] != want {
		t.Errorf("headline\n got %s\nwant %s", p.Texts[0], want)
	}
}
