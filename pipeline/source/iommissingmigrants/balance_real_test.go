//go:build real

package iommissingmigrants

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// TestRealBalancesOfTheCentralMediterranean checks the month in which the publisher moves more
// people from missing to dead than went missing.
func TestRealBalancesOfTheCentralMediterranean(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(sourcetest.Real(t), id, of2024))
	if err != nil {
		t.Fatal(err)
	}
	obs, _, err := sourcetest.Decode(&Source, sourcetest.File{Name: of2024, Data: data})
	if err != nil {
		t.Fatal(err)
	}
	june := stat.Month(2024, time.June)
	for measure, want := range map[string][3]string{"dead": {"152", "", ""}, "missing": {"-36", "", ""}, "dead-and-missing": {"116", "116", "152"}} {
		o := byKey(obs)[key{idOf(measure, stat.Monthly, "central-mediterranean"), june}]
		if got := [3]string{o.Value.String(), o.Lower.String(), o.Upper.String()}; got != want || o.Status != stat.Provisional {
			t.Errorf("%s: %q of status %s, want %q", measure, got, o.Status, want)
		}
	}
}
