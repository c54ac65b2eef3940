package reader

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/period"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// columns says where the columns of a layout are in one file.
type columns struct {
	line                         int // of the header's last row
	width                        int // columns with a header
	names                        []string
	period, year, month, quarter int // -1 if there is none
	measure, flags               int
	values                       []valueColumn
	dims, sums                   []int
	only                         []filter
	unread                       []int // columns that the layout does not name
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
type placer struct{ *tabular.Layout }

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
			text := cellText(r.Cell(i))
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

// cellText returns a cell as text. A number is without a fraction of zeros.
func cellText(c decode.Cell) string {
	if c.Kind == decode.Number {
		return strings.TrimSuffix(c.Value, ".0")
	}
	if c.Kind == decode.Text || c.Kind == decode.DateKind {
		return c.Value
	}
	return c.Text
}

// place finds the columns in the texts of a header. missing has the columns that are not there. The
// error is about a header that has them but can mean two things.
func (l placer) place(texts []string) (c columns, missing []string, err error) {
	at := map[string][]int{}
	for i, text := range texts {
		if w := decode.Words(text); w != "" {
			at[w] = append(at[w], i)
			c.width = i + 1
		}
	}
	used := map[int]bool{}
	find := func(name string) int {
		if name == "" {
			return -1
		}
		list := at[decode.Words(name)]
		switch {
		case len(list) == 0:
			missing = append(missing, name)
			return -1
		case len(list) > 1 && err == nil:
			err = fmt.Errorf("%w: %d columns are called %q: %s and %s", decode.ErrHeader, len(list), name, decode.ColumnLetter(list[0]), decode.ColumnLetter(list[1]))
		}
		used[list[0]] = true
		return list[0]
	}
	c.names = texts
	c.period, c.year, c.month, c.quarter = find(l.Period.Column), find(l.Period.Year), find(l.Period.Month), find(l.Period.Quarter)
	c.measure, c.flags = -1, -1
	if l.Measures != nil {
		c.measure = find(l.Measures.Column)
	}
	if l.Flags != nil {
		c.flags = find(l.Flags.Column)
	}
	for i, v := range l.Values {
		if v.Column != "" {
			c.values = append(c.values, valueColumn{at: find(v.Column), value: i})
		}
	}
	for _, d := range l.Dimensions {
		c.dims = append(c.dims, find(d.Column))
	}
	for _, name := range l.SumOver {
		c.sums = append(c.sums, find(name))
	}
	for name, texts := range l.Only {
		f := filter{find(name), map[string]bool{}}
		for _, t := range texts {
			f.texts[decode.Words(t)] = true
		}
		c.only = append(c.only, f)
	}
	slices.SortFunc(c.only, func(a, b filter) int { return a.at - b.at })
	if len(missing) > 0 {
		return c, missing, nil
	}
	if l.Period.Across {
		if e := l.placeAcross(&c, texts, used); err == nil {
			err = e
		}
		if len(c.values) == 0 {
			return c, []string{"a column whose header is a " + string(l.Period.Is)}, nil
		}
	}
	ignored := map[string]bool{}
	for _, name := range l.Ignore {
		ignored[decode.Words(name)] = true
	}
	for i, text := range texts {
		if w := decode.Words(text); w != "" && !used[i] && !ignored[w] {
			c.unread = append(c.unread, i)
		}
	}
	return c, nil, err
}

// placeAcross finds the columns whose headers are periods, or parts of one.
func (l placer) placeAcross(c *columns, texts []string, used map[int]bool) error {
	seen := map[string]int{}
	for i, text := range texts {
		v := valueColumn{at: i, text: text}
		if used[i] || decode.Words(text) == "" {
			continue
		}
		if l.Period.Total != "" && decode.Words(text) == decode.Words(l.Period.Total) {
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

// partKey returns what a header across states of a period whose year is in a column: "10" for
// October. It returns "" if it states nothing.
func (l placer) partKey(text string) string {
	n := 0
	switch l.Period.Is {
	case period.Month:
		n = period.MonthNumber(text)
	case period.Quarter:
		n = period.QuarterNumber(text)
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
		return l.Period.Form().Serial(n)
	}
	return l.Period.Form().Read(text)
}

// joinParts returns the period of a year and a part of it: a month, a quarter, or nothing.
func (l placer) joinParts(year, part string) (stat.Period, bool) {
	form := l.Period.Form()
	y := period.YearNumber(year)
	if y == 0 {
		p, err := form.Read(year)
		return p, err == nil && l.Period.Is == period.Year
	}
	switch l.Period.Is {
	case period.Month:
		return form.MonthOf(y, period.MonthNumber(part)), true
	case period.Quarter:
		return form.QuarterOf(y, period.QuarterNumber(part)), true
	}
	return form.YearOf(y), true
}
