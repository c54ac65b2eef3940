package content

import (
	"cmp"

	"crossings/pipeline/table/row"
)

// dataSets finds the data sets of a site, and what state each is in.
type dataSets struct {
	all    []SourceInfo
	byID   map[string]SourceInfo
	states []*row.Source // the rows of the table sources
}

func newDataSets(all []SourceInfo, states []*row.Source) dataSets {
	d := dataSets{all, map[string]SourceInfo{}, states}
	for _, s := range all {
		d.byID[s.ID] = s
	}
	return d
}

// Registered returns a data set of the site, and whether the site has it.
func (d dataSets) Registered(id string) (SourceInfo, bool) { s, ok := d.byID[id]; return s, ok }

// Source returns a data set. If the site lacks it, only the identifier is known.
func (d dataSets) Source(id string) SourceInfo {
	if s, ok := d.byID[id]; ok {
		return s
	}
	return SourceInfo{ID: id, Title: cmp.Or(id, "unknown"), Publisher: "unknown"}
}

// State returns what the table sources says of a data set, or nil.
func (d dataSets) State(id string) *row.Source {
	for _, s := range d.states {
		if s.Source == id {
			return s
		}
	}
	return nil
}

// SourceIDs returns the ids of all data sets of the site.
func (d dataSets) SourceIDs() []string {
	var ids []string
	for _, s := range d.all {
		ids = append(ids, s.ID)
	}
	return ids
}
