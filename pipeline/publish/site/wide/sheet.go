package wide

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"crossings/pipeline/stat"
)

// The frequencies of sheets that are not those of series.
const toDate = "YTD" // 1 January to the same date of each year

// rank orders frequencies from the finest on.
var rank = map[string]int{"D": 0, "W": 1, "M": 2, "Q": 3, "A": 4, toDate: 5}

// key tells a sheet from the others.
type key struct {
	measure    string // source:measure
	dimensions string // that the series are broken down by, joined by full stops
	frequency  string
}

// origin is the table that a sheet is made from, and the rows there.
type origin struct {
	table, basis string
	native       stat.Frequency // of the series whose figures are added up
}

// cell is the figure of a series in a period.
type cell struct {
	value, lower, upper stat.Count
	status              stat.Status
}

// sheet is one measure of one data set in one breakdown and frequency.
type sheet struct {
	key
	origin
	by      string // the dimension that its rows are told apart by, or ""
	kind    stat.Kind
	unit    string
	vintage stat.Date
	rows    map[stat.SeriesID]map[period]cell
}

func newSheet(k key, o origin) *sheet {
	return &sheet{key: k, origin: o, rows: map[stat.SeriesID]map[period]cell{}}
}

func (s *sheet) add(id stat.SeriesID, p period, c cell) {
	if s.rows[id] == nil {
		s.rows[id] = map[period]cell{}
	}
	s.rows[id][p] = c
}

// ids returns the series of the sheet, sorted.
func (s *sheet) ids() []stat.SeriesID { return slices.Sorted(maps.Keys(s.rows)) }

// periods returns the columns of the sheet, the earliest first.
func (s *sheet) periods() []period {
	seen := map[period]bool{}
	for _, cells := range s.rows {
		for p := range cells {
			seen[p] = true
		}
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b period) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
}

// name returns the name of the sheet's file without folder and ending. As in the folders of the lake,
// each colon becomes a tilde.
func (s *sheet) name() string {
	name := s.measure + ":" + s.frequency
	if s.dimensions != "" {
		name += ":by-" + strings.ReplaceAll(s.dimensions, ".", "-")
	}
	return strings.ReplaceAll(name, ":", "~")
}

// better reports whether the sheet is to be published instead of another of the same key: a published
// observation before a sum, then the sheet with more series, more periods, and sums of finer figures.
func (s *sheet) better(o *sheet) bool {
	if (s.table == observations) != (o.table == observations) {
		return s.table == observations
	}
	return cmp.Or(len(s.rows)-len(o.rows), len(s.periods())-len(o.periods()), rank[string(o.native)]-rank[string(s.native)], strings.Compare(s.table, o.table)) > 0
}

// broken returns the names of the dimensions that a series is broken down by, sorted.
func broken(d stat.Dimensions) (names []string) {
	for _, name := range dimensions {
		if *d.Field(name) != stat.Total {
			names = append(names, name)
		}
	}
	return names
}

var dimensions = []string{"age", "category", "destination", "origin", "route", "sex"}
