package reader

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
	"crossings/pipeline/tabular/grid"
)

// Result is what a table states.
type Result struct {
	Observations []stat.Observation
	Findings     []stat.Finding
	Notes        []stat.Note
}

// Decode reads a file by a layout and label lists. source names the source of the series. The error is a
// *decode.Error that names the place.
func Decode(l *tabular.Layout, lists *codes.Lists, source, name string, data []byte, at *stat.Release) (Result, error) {
	g, err := grid.Open(name, data, l.File)
	if err != nil {
		return Result{}, err
	}
	g.Adapt()
	t, err := readSheet(l, lists, g)
	if err != nil {
		return Result{}, err
	}
	for _, check := range []func() error{t.unique, t.apart} {
		if err := check(); err != nil {
			return Result{}, err
		}
	}
	t.checkTotals()
	t.checkThousands()
	hiddenTotals(t)
	x := &cells{table: t, series: map[seriesKey]*stat.Series{}, at: at, source: source}
	obs, err := x.observations()
	if err != nil {
		return Result{}, err
	}
	if len(obs) == 0 {
		return Result{}, g.Fail(decode.Row{Sheet: t.sheet}, -1, fmt.Errorf("no figures in it: %w", decode.ErrShape),
			fmt.Sprintf("%d rows were read, %d left out by the layout, %d without figures; a dimension with a total needs its rows", t.rows, t.filtered, t.skipped))
	}
	t.report()
	note := stat.Note{Where: "header", Text: strings.Join(t.columns.names, " | ")}
	return Result{obs, t.found, []stat.Note{note}}, nil
}

// readSheet reads the only sheet that has the columns of the layout.
func readSheet(l *tabular.Layout, lists *codes.Lists, g *grid.Grid) (*table, error) {
	sheets, err := g.Sheets()
	if err != nil {
		return nil, err
	}
	var found *table
	var nearest error
	for _, sheet := range sheets {
		t, err := newTable(l, lists, g, sheet)
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
			return nil, g.Fail(decode.Row{Sheet: sheet}, -1, fmt.Errorf("the sheets %s and %s both have the columns: %w", decode.Quote(found.sheet), decode.Quote(sheet), decode.ErrShape), "name the sheet: file.sheet")
		}
		found = t
	}
	if found == nil {
		return nil, nearest
	}
	return found, nil
}

// newTable returns a table that nothing has been read of.
func newTable(l *tabular.Layout, lists *codes.Lists, g *grid.Grid, sheet string) (*table, error) {
	t := &table{l: l, g: g, sheet: sheet, values: l.AllValues(), indexOf: map[stat.Period]int32{}, sums: map[string]int32{}, years: map[int32]int32{},
		filled: map[int]decode.Cell{}, marks: map[string]int{}, numeric: map[int]int{}}
	for i := range l.Dimensions {
		c, err := newCoder(&l.Dimensions[i], lists)
		if err != nil {
			return nil, &decode.Error{File: g.Name(), Err: err, Hint: "see the page on tables"}
		}
		t.dims = append(t.dims, c)
	}
	return t, nil
}

// Modified returns the time of a workbook's own stamp, or the zero time.
func Modified(name string, data []byte) time.Time {
	g, err := grid.Open(name, data, tabular.File{Delimiter: ",", Encoding: "utf-8", OpenEnd: true})
	if err != nil {
		return time.Time{}
	}
	return g.Modified()
}
