package calendar

import (
	"cmp"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/schemas"
)

// Ended begins the chip of a source that stopped.
const Ended = "Figures end on "

// Chip says in a few words that a data set is late, has stopped or could not be read, or is "". It
// stands on everything that is made from the data set, so a data set without figures has none.
func Chip(index *content.Index, id string) string {
	s := index.State(id)
	if s == nil || s.CoverageEnd.IsZero() {
		return ""
	}
	switch s.State {
	case "current", "empty":
		return ""
	case "dead", "retired":
		return Ended + s.CoverageEnd.Long()
	case "late":
		if due := dayOf(New(index).Late, id); due != "" {
			return "Late: due " + due
		}
		return "Late"
	}
	labels, err := schemas.CodeLabels("source-state")
	if err != nil {
		return s.State
	}
	return wording.Spaced(cmp.Or(labels[s.State], s.State))
}
