package source

import (
	"slices"

	"crossings/pipeline/stat"
)

// Breakdowns says how the parts of a source's totals are read. The zero value suits a source whose
// parts are stated as series of their own and that lists zeros.
type Breakdowns struct {
	// Occurring are the dimensions in which its tables list only what occurs: a part that is not
	// listed is then 0 in a period that the table covers.
	Occurring []string
	// Cells are the dimensions of the single rows of its tables, if each row is a series. A total
	// without stated parts in one of them is broken down by adding up these rows.
	Cells []string
	// Leads are the breakdowns whose largest parts are said in a sentence.
	Leads []Lead
}

// Lead has the words for a sentence such as "Of 45,774 people detected arriving in small boats in
// 2022, 12,658 were nationals of Albania".
type Lead struct {
	Series    stat.SeriesID // the total
	Dimension string
	Of        string // "people detected arriving in small boats"
	Were      string // "were nationals of"
}

// ListsOnlyWhatOccurs reports whether a part that is not listed in a dimension is 0. Of records this
// is so in each.
func (s *Source) ListsOnlyWhatOccurs(dimension string) bool {
	return s.Records != nil || slices.Contains(s.Breakdowns.Occurring, dimension)
}
