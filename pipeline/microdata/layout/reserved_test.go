package layout

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossings/pipeline/microdata/engine"
	"crossings/pipeline/stat"
)

// named returns a layout whose count column, or code column, has the given name.
func named(kind, name string) []byte {
	count, code := "persons", "route"
	if kind == "count" {
		count = name
	} else {
		code = name
	}
	return fmt.Appendf(nil, `{"title": "T", "flow": "arrival",
 "columns": [{"name": "id", "kind": "id"}, {"name": "date", "kind": "date"}, {"name": %q}, {"name": %q, "from": "people", "kind": "count"}],
 "key": "id", "sum": {"measure": "arrivals", "column": %[2]q, "unit": "persons"}, "dimensions": [{"name": "route", "column": %[1]q}]}`, code, count)
}

// TestReservedNames gives columns the names of other columns in the output. Each name is refused,
// or the published figure is still the sum of the column.
func TestReservedNames(t *testing.T) {
	for _, name := range []string{"n", "year", "source", "file", "record", "month", "count", "day", "release", "sum", "value", "records", "date_", "locator"} {
		for _, kind := range []string{"count", "code"} {
			l, err := Parse("layout.json", named(kind, name))
			if reserved[name] != "" {
				if err == nil || !strings.Contains(err.Error(), "column "+fmt.Sprintf("%q", name)) || !strings.Contains(err.Error(), "from") {
					t.Errorf("a %s column %s: %v", kind, name, err)
				}
				continue
			}
			if err != nil {
				t.Errorf("a %s column %s: %v", kind, name, err)
				continue
			}
			header := "id,date,route,people"
			if kind == "code" {
				header = "id,date," + name + ",people"
			}
			if got := published(t, l, header+"\n1,2026-01-01,a,30\n2,2026-01-01,b,12\n"); got != "42" {
				t.Errorf("a %s column %s: %s persons, want 42", kind, name, got)
			}
		}
	}
}

// published returns the first day's total of a file of records.
func published(t *testing.T, l *Layout, text string) string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	m := readWith(t, l, dir, func(r engine.Reject) error { return fmt.Errorf("rejected: %+v", r) }, path)
	obs, err := l.Observations(m, &stat.Release{Source: "tidy-events:x", Vintage: stat.MustDate("2026-02-01")}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return obs[0].Value.String()
}
