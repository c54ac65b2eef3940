//go:build real

package pipeline_test

import (
	"path/filepath"
	"testing"

	"crossings/pipeline/publish/tables"
	"crossings/pipeline/source/sourcetest"
)

// TestRealClaimsOfTheCorpus answers the sentences for which the starter data are not enough.
func TestRealClaimsOfTheCorpus(t *testing.T) {
	cfg := afterStarter(config(t, t.TempDir()))
	for id, names := range map[string][]string{
		"frontex-detections": {"frontex.csv"},
		"ukho-illegal-entry": {"irregular_migration_2023-05-31_0b8ec2c.csv", "irregular_migration_2023-08-24_1747051.csv"},
	} {
		for _, name := range names {
			for _, o := range addTo(t, cfg, id, filepath.Join(sourcetest.Real(t), id, name)) {
				if o.Failed() {
					t.Fatalf("%s: %v", id, o.Err)
				}
			}
		}
	}
	c, err := tables.NewClaims(cfg.registry())
	if err != nil {
		t.Fatal(err)
	}
	list := corpus(t, "real")
	if len(list) == 0 {
		t.Error("no sentence")
	}
	for _, s := range list {
		if wrong := s.wrong(t, c); wrong != "" {
			t.Errorf("%s %d: %q on %s\n\t%s", s.id, s.number, s.text, s.on, wrong)
		}
	}
}
