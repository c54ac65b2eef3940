package reader

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestPortalLayouts reads made-up figures by the layouts of UNHCR's portal, in the shape that its CSV
// has.
func TestPortalLayouts(t *testing.T) {
	days := "sep=;\r\ndata_date;individuals\r\n2026-05-01;112\r\n2026-05-02;0\r\n2026-05-03;1045\r\n"
	months := "sep=;\ndata_date;individuals\n2026-03-31;1912\n2026-04-30;0\n2026-05-31;2045\n"
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"unhcr-italy.json":  {days, []string{"arrivals:D:category=sea:destination=ITA 2026-05-01 112", "arrivals:D:category=sea:destination=ITA 2026-05-02 0", "arrivals:D:category=sea:destination=ITA 2026-05-03 1045"}},
		"unhcr-spain.json":  {months, []string{"arrivals:M:destination=ESP 2026-03-01 1912", "arrivals:M:destination=ESP 2026-04-01 0", "arrivals:M:destination=ESP 2026-05-01 2045"}},
		"unhcr-greece.json": {months, []string{"arrivals:M:destination=GRC 2026-03-01 1912", "arrivals:M:destination=GRC 2026-04-01 0", "arrivals:M:destination=GRC 2026-05-01 2045"}},
	} {
		layout, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "examples", name))
		if err != nil {
			t.Fatal(err)
		}
		got, findings, err := read(string(layout), c.text)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, findings %v, error %v", name, got, findings, err)
		}
		if _, _, err := read(string(layout), "<!doctype html><p>Sorry"); err == nil {
			t.Errorf("%s: a page is read", name)
		}
	}
}
