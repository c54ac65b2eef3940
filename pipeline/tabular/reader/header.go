package reader

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/period"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
	"crossings/pipeline/tabular/grid"
)

// columns says where the columns of a layout are in one file.
type columns struct {
	line                         int      // of the header's last row
	width                        int      // columns with a header
	names                        []string // folded
	period, year, month, quarter int      // -1 if there is none
	measure, flags               int
	values                       []valueColumn
	dims, sums                   []int
	only                         []filter
	unread                       []int // columns that the layout does not name
	read                         []int // all others; nil until wanted
}

// valueColumn is a column with values.
type valueColumn struct {
	at     int
	value  int         // index in Layout.values, or -1 if the label decides
	period stat.Period // the one across; zero otherwise
	text   string      // the header across: a part of the period if there is a year column
	total  bool        // the sum over the periods
}

// filter is a column and the texts that are taken.
type filter struct {
	at    int
	texts map[string]bool
}

// placer finds the columns and periods of a layout.
type placer struct {
	*tabular.Layout
	from1904 bool // serial numbers of days begin in 1904
}

// daysTo1904 is how much smaller the serial number of a day is if the first is in 1904.
const daysTo1904 = 1462

// headerText returns the words of each column of a header of one or more rows. In all but the last
// row, an empty cell repeats the one to its left.
func headerText(rows []decode.Row) []string {
	width := 0
	for _, r := range rows {
		width = max(width, len(r.Cells))
	}
	out := make([]string, width)
	for n, r := range rows {
		last := ""
		for i := range width {
			text := grid.Text(r.Cell(i))
			if n < len(rows)-1 {
				if decode.Words(text) == "" {
					text = last
				}
				last = text
			}
			out[i] = decode.Fold(out[i] + " " + text)
		}
	}
	return out
}

// finder finds columns by their names in the texts of a header.
type finder struct {
	at      map[string][]int // by the words of a header
	width   int              // columns with a header
	used    map[int]bool
	missing []string // the names that no column has
	err     error    // about the first name that two columns have
}

// newFinder returns a finder for the texts of a header.
func newFinder(texts []string) *finder {
	f := &finder{at: map[string][]int{}, used: map[int]bool{}}
	for i, text := range texts {
		if w := decode.Words(text); w != "" {
			f.at[w] = append(f.at[w], i)
			f.width = i + 1
		}
	}
	return f
}

// column returns the index of the column of a name, or -1 if there is no name or no such column.
func (f *finder) column(name string) int {
	if name == "" {
		return -1
	}
	list := f.at[decode.Words(name)]
	switch {
	case len(list) == 0:
		f.missing = append(f.missing, name)
		return -1
	case len(list) > 1 && f.err == nil:
		f.err = fmt.Errorf("%w: %d columns are called %q: %s and %s", decode.ErrHeader, len(list), name, decode.ColumnLetter(list[0]), decode.ColumnLetter(list[1]))
	}
	f.used[list[0]] = true
	return list[0]
}

// place finds the columns in the texts of a header. missing has the columns that are not there. The
// error is about a header that has them but can mean two things.
//
// Note: decode.Columns, by which the program's own sources find a header, is not used. There a
// further column that looks like a measure is an error, and a column is one cell of one row. Of a
// table it is a finding, columns may be periods, and a header may have several rows.
func (l placer) place(texts []string) (c columns, missing []string, err error) {
	f := newFinder(texts)
	c = l.named(f)
	c.names, c.width = texts, f.width
	if len(f.missing) > 0 {
		return c, f.missing, nil
	}
	err = f.err
	if l.Period.Across {
		if e := l.placeAcross(&c, texts, f.used); err == nil {
			err = e
		}
		if len(c.values) == 0 {
			return c, []string{"a column whose header is a " + string(l.Period.Is)}, nil
		}
	}
	ignored := wordSet(l.Ignore)
	for i, text := range texts {
		if w := decode.Words(text); w != "" && !f.used[i] && !ignored[w] {
			c.unread = append(c.unread, i)
		}
	}
	return c, nil, err
}

// named finds the columns that the layout names, except those to ignore.
func (l placer) named(f *finder) columns {
	c := columns{measure: -1, flags: -1}
	c.period, c.year, c.month, c.quarter = f.column(l.Period.Column), f.column(l.Period.Year), f.column(l.Period.Month), f.column(l.Period.Quarter)
	if l.Measures != nil {
		c.measure = f.column(l.Measures.Column)
	}
	if l.Flags != nil {
		c.flags = f.column(l.Flags.Column)
	}
	for i, v := range l.Values {
		if v.Column != "" {
			c.values = append(c.values, valueColumn{at: f.column(v.Column), value: i})
		}
	}
	for _, d := range l.Dimensions {
		c.dims = append(c.dims, f.column(d.Column))
	}
	for _, name := range l.SumOver {
		c.sums = append(c.sums, f.column(name))
	}
	for _, name := range slices.Sorted(maps.Keys(l.Only)) {
		c.only = append(c.only, filter{f.column(name), wordSet(l.Only[name])})
	}
	return c
}

// placeAcross finds the columns whose headers are periods, or parts of one.
func (l placer) placeAcross(c *columns, texts []string, used map[int]bool) error {
	seen := map[string]int{}
	for i, text := range texts {
		v := valueColumn{at: i, text: text}
		if used[i] || decode.Words(text) == "" {
			continue
		}
		if l.isTotal(text) {
			v.total = true
			c.values, used[i] = append(c.values, v), true
			continue
		}
		key := ""
		if l.Period.Year != "" {
			if key = l.partKey(text); key == "" {
				continue
			}
		} else {
			p, err := l.readPeriod(text)
			if err != nil {
				continue
			}
			v.period, key = p, p.Start.String()+p.End.String()
		}
		if other, twice := seen[key]; twice {
			return fmt.Errorf("%w: two columns are of one period: %s and %s", decode.ErrHeader, decode.ColumnLetter(other), decode.ColumnLetter(i))
		}
		seen[key], used[i] = i, true
		c.values = append(c.values, v)
	}
	if !slices.ContainsFunc(c.values, func(v valueColumn) bool { return !v.total }) {
		c.values = nil
	}
	return nil
}

// isTotal reports whether a text is written instead of a period for the sum of all periods.
func (l placer) isTotal(text string) bool {
	return l.Period.Total != "" && decode.Words(text) == decode.Words(l.Period.Total)
}

// partKey returns what a header across states of a period whose year is in a column: "10" for
// October. It returns "" if it states nothing.
func (l placer) partKey(text string) string {
	n := 0
	switch l.Period.Is {
	case period.Month:
		n = period.MonthNumber(text)
	case period.Quarter:
		if n = period.QuarterNumber(text); n == 0 && l.Period.Fiscal == 0 {
			n = period.QuarterOfMonths(text)
		}
	case period.Half:
		n = period.HalfNumber(text)
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// serials are the numbers that are read as days of a workbook: 1927 to 2119.
const firstSerial, lastSerial = 10_000, 80_000

// readPeriod reads a period of the layout from a text. A number of five digits is a day as workbooks
// store it.
func (l placer) readPeriod(text string) (stat.Period, error) {
	if n, err := strconv.Atoi(text); err == nil && n >= firstSerial && n <= lastSerial {
		if l.from1904 {
			n += daysTo1904
		}
		return l.Period.Form().Serial(n)
	}
	return l.Period.Form().Read(text)
}

// joinParts returns the period of a year and a part of it: a month, a quarter, or nothing. The error
// wraps decode.ErrPeriod.
func (l placer) joinParts(year, part string) (stat.Period, error) {
	form := l.Period.Form()
	if l.Period.Is == period.Year {
		return form.Read(year)
	}
	y, err := form.YearPart(year)
	if err != nil {
		return stat.Period{}, err
	}
	switch l.Period.Is {
	case period.Month:
		return form.MonthOf(y, period.MonthNumber(part)), nil
	case period.Half:
		return form.HalfOf(y, period.HalfNumber(part)), nil
	}
	return form.QuarterOf(y, period.QuarterNumber(part)), nil
}

// leavesOut reports whether a text names a year to date, which the layout leaves out as unfinished.
func (l placer) leavesOut(text string) bool {
	return l.Period.Is == period.Year && l.Period.Unfinished && period.ToDate(text)
}
