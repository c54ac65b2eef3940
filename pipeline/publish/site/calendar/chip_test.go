package calendar

import (
	"testing"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/sitetest"
	"crossings/pipeline/stat"
)

func TestChip(t *testing.T) {
	index := content.NewIndex(sitetest.Real(t))
	s := index.State("ukho-small-boats")
	s.CoverageEnd = stat.MustDate("2026-06-25")
	for state, want := range map[string]string{"current": "", "empty": "", "dead": "Figures end on 25 June 2026", "retired": "Figures end on 25 June 2026",
		"moved": "Moved", "unreachable": "Not reachable", "held": "Waiting for review"} {
		if s.State = state; Chip(index, s.Source) != want {
			t.Errorf("%s: %q, want %q", state, Chip(index, s.Source), want)
		}
	}
	s.State, s.CoverageEnd = "retired", 0
	if got := Chip(index, s.Source); got != "" {
		t.Errorf("without figures: %q", got)
	}
	if got := Chip(index, "none"); got != "" {
		t.Errorf("a data set that is not there: %q", got)
	}
}
