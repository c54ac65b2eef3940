package sdmx

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// CSV writes the rows as SDMX-CSV 2.0: RFC 4180 with the columns STRUCTURE, STRUCTURE_ID and ACTION,
// then the dimensions, measures and attributes. Each row is for information ("I"). An empty field is
// a component without a value. Texts are as in the table's own CSV.
func (f *Flow) CSV(w io.Writer) error {
	out := table.NewLines(w)
	err := out.Line(f.header())
	id := fmt.Sprintf("%s:%s(%s)", agency, f.id, version)
	for row := range f.table.All() {
		if err != nil {
			return err
		}
		out.Text("dataflow")
		out.Text(id)
		out.Text("I")
		if f.frequency >= 0 {
			_, _, freq, _, err := stat.SeriesID(row[f.frequency].Text()).Parse()
			if err != nil {
				return err
			}
			out.Text(string(freq))
		}
		for _, c := range f.dimensions {
			c.add(out, row[c.index])
		}
		if f.start >= 0 {
			out.Text(Period(row[f.start].Date(), row[f.end].Date()))
		}
		for _, c := range f.measures {
			c.add(out, row[c.index])
		}
		for _, c := range f.attributes {
			c.add(out, row[c.index])
		}
		err = out.End()
	}
	return errors.Join(err, out.Flush())
}

// add adds a cell as a field. An instant is in UTC and says so in the description of its concept: readers
// of SDMX refuse a zone.
func (c component) add(to *table.Lines, cell table.Cell) {
	if c.Type == schemas.DateTime {
		to.Text(strings.TrimSuffix(cell.Field(), "Z"))
		return
	}
	to.Cell(cell)
}

func (f *Flow) header() []string {
	out := []string{"STRUCTURE", "STRUCTURE_ID", "ACTION"}
	if f.frequency >= 0 {
		out = append(out, frequency)
	}
	for _, c := range f.dimensions {
		out = append(out, c.id)
	}
	if f.start >= 0 {
		out = append(out, timePeriod)
	}
	for _, c := range f.measures {
		out = append(out, c.id)
	}
	for _, c := range f.attributes {
		out = append(out, c.id)
	}
	return out
}

// Period returns the days from start to end, both included, as SDMX writes a period: 2024, 2024-S1,
// 2024-Q2, 2024-06, 2024-W26 (ISO 8601) or 2024-06-25, and otherwise the first day and the number of
// days, such as 2024-06-25/P10D.
func Period(start, end stat.Date) string {
	y, m, d := start.YMD()
	first := func(months int) bool { // whether start begins a span of so many months that ends at end
		return d == 1 && (int(m)-1)%months == 0 && stat.NewDate(y, m+time.Month(months), 1) == end+1
	}
	switch {
	case start == end:
		return start.String()
	case first(12):
		return fmt.Sprintf("%04d", y)
	case first(6):
		return fmt.Sprintf("%04d-S%d", y, (int(m)+5)/6)
	case first(3):
		return fmt.Sprintf("%04d-Q%d", y, (int(m)+2)/3)
	case first(1):
		return fmt.Sprintf("%04d-%02d", y, int(m))
	case end-start == 6 && start.Weekday() == time.Monday:
		year, week := start.Time().ISOWeek()
		return fmt.Sprintf("%04d-W%02d", year, week)
	}
	return fmt.Sprintf("%s/P%dD", start, int(end-start)+1)
}
