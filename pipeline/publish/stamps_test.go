package publish

import (
	"testing"

	"crossings/pipeline/publish/site/content"
)

func TestTheFirstVersionWithoutFault(t *testing.T) {
	back := []content.Retraction{{Release: "2026-06-12"}}
	all := []content.EditionInfo{{Version: "1.10.0"}, {Version: "1.9.0", Retractions: back}, {Version: "1.2.0", Retractions: back}, {Version: "1.1.0"}}
	for version, want := range map[string]string{
		"1.0.0":  "1.1.0", // is not kept any more
		"1.1.0":  "1.1.0",
		"1.2.0":  "1.10.0",
		"1.3.0":  "1.10.0",
		"1.10.0": "1.10.0",
		"2.0.0":  "",
		"x":      "",
	} {
		if got := firstFrom(version, all); got != want {
			t.Errorf("instead of %s: %q, want %q", version, got, want)
		}
	}
}
