package source

import (
	"errors"
	"strings"
	"testing"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

func TestATidySeriesHasATitle(t *testing.T) {
	s := Tidy("tidy:ports", About{Title: "Ports"})
	for _, c := range []struct {
		measure    string
		frequency  stat.Frequency
		dimensions stat.Dimensions
		want       string
	}{
		{"let-in", stat.Quarterly, stat.Dimensions{Category: "dover"}, "Let in, category dover, quarterly (Ports)"},
		{"awaiting-initial-decision", stat.Monthly, stat.Dimensions{Origin: "AFG", Sex: "F"}, "Awaiting an initial decision, Afghanistan, female, monthly (Ports)"},
		{"arrivals", stat.Annual, stat.Dimensions{}, "Arrivals, annual (Ports)"},
	} {
		x := stat.NewSeries(stat.Series{Source: s.ID, Measure: c.measure, Unit: "persons", Kind: stat.Flow, Dimensions: c.dimensions}, c.frequency)
		if got := s.Describe(&x).Title; got != c.want || x.Title != "" {
			t.Errorf("%s is titled %q, want %q; the series itself %q", x.ID, got, c.want, x.Title)
		}
	}
}

// TestATidySourceLinksToWebAddressesOnly gives addresses that a page may or must not link to.
func TestATidySourceLinksToWebAddressesOnly(t *testing.T) {
	for address, want := range map[string]string{"https://www.example.org/ports?y=1": "https://www.example.org/ports?y=1", "http://example.org": "http://example.org",
		"": "", "www.example.org": "", "/ports": "", "javascript:alert(1)": "", "data:text/html,x": "", "//example.org/x": "", "https://user:secret@example.org/": "", "https://": ""} {
		if got := Tidy("tidy:x", About{Homepage: address}).Homepage; got != want {
			t.Errorf("the homepage %q became %q, want %q", address, got, want)
		}
	}
	for licence, linked := range map[string]bool{"Open Government Licence v3.0": true, "OGL v3.0": true, "": false, "My own": false} {
		if s := Tidy("tidy:x", About{Licence: licence}); (s.LicenceAt != "") != linked {
			t.Errorf("the licence %q leads to %q", licence, s.LicenceAt)
		}
	}
}

// TestOtherSeparatorsAreNamed reads files that would be right with commas.
func TestOtherSeparatorsAreNamed(t *testing.T) {
	const right = "# vintage: 2025-08-21\n# flow: arrival\n# unit: persons\nseries,period_start,value\ntidy:x:arrivals:M,2025-01-01,5\n"
	release := &stat.Release{Source: "tidy:x", SHA256: strings.Repeat("0", 64)}
	s := Tidy("tidy:x", About{})
	read := func(text string) error {
		if table.IsTidy([]byte(text)) {
			_, err := table.ReadTidy("x.csv", []byte(text), *release)
			return err
		}
		_, err := s.Decode(File{Name: "x.csv", Data: []byte(text), Release: release})
		return err
	}
	if err := read(right); err != nil {
		t.Fatal(err)
	}
	series := "# series: tidy:x:arrivals:M\n" + strings.NewReplacer("series,", "", "tidy:x:arrivals:M,", "").Replace(right)
	if err := read(series); err != nil {
		t.Fatal(err)
	}
	for _, sep := range []string{";", "\t", "|"} {
		for _, text := range []string{right, series, "\ufeff" + right} {
			err := read(strings.ReplaceAll(text, ",", sep))
			var where *decode.Error
			if !errors.As(err, &where) || !strings.Contains(err.Error(), "separated by") || !strings.Contains(where.Hint, "commas") {
				t.Errorf("separated by %q: %v", sep, err)
			}
		}
	}
}

func TestTheRuleOfIdentifiersIsInTheHint(t *testing.T) {
	_, err := table.ReadTidy("x.csv", []byte("# vintage: 2025-08-21\n# flow: arrival\n# unit: persons\nseries,period_start,value\ntidy:x:Let in:M,2025-01-01,5\n"), stat.Release{Source: "tidy:x"})
	var where *decode.Error
	if !errors.As(err, &where) || !strings.Contains(where.Hint, "tidy:x:measure:FREQ") || !strings.Contains(where.Hint, "docs/own-figures.md") {
		t.Errorf("%v, hint %q", err, where.Hint)
	}
}
