package figure

import (
	"bytes"
	"encoding/csv"
	"slices"
	"time"

	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// csv writes the figures drawn for machines (RFC 4180), oldest first. It has a row for each category
// and a column for each trace in the order of the table. Dates are in ISO form, and a missing figure
// is empty. A running total has the month and the day, as its columns are the years.
func (d *drawing) csv() ([]byte, error) {
	if d.lines != nil {
		return writeCSV(d.lines)
	}
	head, keys := d.keys()
	traces := slices.Clone(d.plot.Traces)
	slices.SortStableFunc(traces, func(x, y plot.Trace) int {
		return slices.Index(d.table.Head, x.Name) - slices.Index(d.table.Head, y.Name)
	})
	for _, t := range traces {
		head = append(head, table.Text(t.Name))
	}
	lines := [][]table.Cell{head}
	for i := range d.plot.Categories {
		line := keys(i)
		for _, t := range traces {
			line = append(line, number(t.Values[i]))
		}
		lines = append(lines, line)
	}
	return writeCSV(lines)
}

// writeCSV writes lines of cells. The first has the names of the columns.
func writeCSV(lines [][]table.Cell) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	for _, line := range lines {
		fields := make([]string, len(line))
		for c, cell := range line {
			fields[c] = cell.Field()
		}
		if err := w.Write(fields); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// keys returns the heads of the columns that say which category a row is, and the cells of category
// i.
func (d *drawing) keys() (head []table.Cell, of func(i int) []table.Cell) {
	switch {
	case d.parts != nil:
		return []table.Cell{table.Text("code"), table.Text("label")}, func(i int) []table.Cell {
			return []table.Cell{table.Text(d.parts[i][0]), table.Text(d.parts[i][1])}
		}
	case d.days == nil:
		return []table.Cell{table.Text("month"), table.Text("day")}, func(i int) []table.Cell {
			_, month, day := slotDay(i).YMD()
			return []table.Cell{table.Int(int(month)), table.Int(day)}
		}
	case d.weeks:
		return []table.Cell{table.Text("period_start"), table.Text("period_end")}, func(i int) []table.Cell {
			return []table.Cell{table.Day(d.days[i]), table.Day(d.days[i].AddDays(6))}
		}
	case d.months == 0:
		return []table.Cell{table.Text("date")}, func(i int) []table.Cell { return []table.Cell{table.Day(d.days[i])} }
	}
	return []table.Cell{table.Text("period_start"), table.Text("period_end")}, func(i int) []table.Cell {
		y, m, _ := d.days[i].YMD()
		return []table.Cell{table.Day(d.days[i]), table.Day(stat.NewDate(y, m+time.Month(d.months-1), 1).MonthEnd())}
	}
}

// number returns a value of a trace as a cell.
func number(v any) table.Cell {
	switch x := v.(type) {
	case int64:
		return table.Int(int(x))
	case float64:
		return table.Float(x, true)
	}
	return table.Float(0, false)
}
