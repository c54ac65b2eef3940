package tabular

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// Result is what a table states.
type Result struct {
	Observations []stat.Observation
	Findings     []stat.Finding
	Notes        []stat.Note
}

// Decode reads a file by the layout. source names the source of the series. The error is a
// *decode.Error that names the place.
func (l *Layout) Decode(source, name string, data []byte, at *stat.Release) (Result, error) {
	g, err := Open(name, data, l.File)
	if err != nil {
		return Result{}, err
	}
	t, err := l.readSheet(g)
	if err != nil {
		return Result{}, err
	}
	for _, check := range []func() error{t.unique, t.apart} {
		if err := check(); err != nil {
			return Result{}, err
		}
	}
	t.checkTotals()
	x := &cells{table: t, series: map[seriesKey]*stat.Series{}, at: at, source: source}
	obs, err := x.observations()
	if err != nil {
		return Result{}, err
	}
	if len(obs) == 0 {
		return Result{}, g.fail(decode.Row{Sheet: t.sheet}, -1, fmt.Errorf("no figures in it: %w", decode.ErrShape),
			fmt.Sprintf("%d rows were read, %d left out by the layout, %d without figures; a dimension with a total needs its rows", t.rows, t.filtered, t.skipped))
	}
	t.report()
	note := stat.Note{Where: "header", Text: headerNote(t.columns.names)}
	return Result{obs, t.found, []stat.Note{note}}, nil
}

// headerNote returns the header as one text.
func headerNote(names []string) string {
	out := ""
	for i, n := range names {
		if i > 0 {
			out += " | "
		}
		out += decode.Fold(n)
	}
	return out
}

// readSheet reads the only sheet that has the columns of the layout.
func (l *Layout) readSheet(g *Grid) (*table, error) {
	sheets, err := g.Sheets()
	if err != nil {
		return nil, err
	}
	var found *table
	var nearest error
	for _, sheet := range sheets {
		t, err := l.newTable(g, sheet)
		if err != nil {
			return nil, err
		}
		switch err := t.read(); {
		case errors.Is(err, errNoHeader):
			if nearest == nil {
				nearest = err
			}
			continue
		case err != nil:
			return nil, err
		case found != nil:
			return nil, g.fail(decode.Row{Sheet: sheet}, -1, fmt.Errorf("the sheets %s and %s both have the columns: %w", decode.Quote(found.sheet), decode.Quote(sheet), decode.ErrShape), "name the sheet: file.sheet")
		}
		found = t
	}
	if found == nil {
		return nil, nearest
	}
	return found, nil
}

// newTable returns a table that nothing has been read of.
func (l *Layout) newTable(g *Grid, sheet string) (*table, error) {
	t := &table{l: l, g: g, sheet: sheet, values: l.values(), indexOf: map[stat.Period]int32{}, sums: map[string]int32{},
		filled: map[int]decode.Cell{}, marks: map[string]int{}, numeric: map[int]int{}}
	for i := range l.Dimensions {
		c, err := newCoder(&l.Dimensions[i], l.Publisher)
		if err != nil {
			return nil, &decode.Error{File: g.name, Err: err, Hint: hint}
		}
		t.dims = append(t.dims, c)
	}
	return t, nil
}

// Modified returns the time of a workbook's own stamp, or the zero time.
func Modified(name string, data []byte) time.Time {
	g, err := Open(name, data, File{Delimiter: ",", Encoding: "utf-8", OpenEnd: true})
	if err != nil {
		return time.Time{}
	}
	var at time.Time
	if g.ods != nil {
		at, _ = g.ods.Modified()
	} else if g.xlsx != nil {
		at, _ = g.xlsx.Modified()
	}
	return at
}

// Compares reports whether a series is compared over time, ranked and drawn. This holds for the
// totals, for values with codes of their own, and for the dimensions for which the layout asks it.
func (l *Layout) Compares(id stat.SeriesID) bool {
	_, _, _, dims, err := id.Parse()
	if err != nil {
		return false
	}
	return !slices.ContainsFunc(l.Dimensions, func(d Dimension) bool { return !d.Compared && *field(&dims, d.Name) != stat.Total })
}
