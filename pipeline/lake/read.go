package lake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"crossings/pipeline/stat"
)

// Read returns all observations of one release, in the order of its file. It checks the file
// against its hash first.
func (l *Lake) Read(e Entry) ([]stat.Observation, error) { return l.read(e, nil) }

// read is Read for the series for which keep is true; all if it is nil.
func (l *Lake) read(e Entry, keep func(stat.SeriesID) bool) ([]stat.Observation, error) {
	data, err := l.load(e, e.files()[0])
	if err != nil {
		return nil, err
	}
	out, err := observations(data, e, keep)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.parquetPath(e.Source, e.Release), err)
	}
	return out, nil
}

// batchRows is how many rows of a file are read at once. Their columns take several times the memory
// of the observations.
const batchRows = 1 << 14

// open returns a reader of the rows of a file.
func open(data []byte) (*pqarrow.FileReader, error) {
	f, err := file.NewParquetReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return pqarrow.NewFileReader(f, pqarrow.ArrowReadProperties{BatchSize: batchRows}, memory.DefaultAllocator)
}

func readTable(data []byte) (arrow.Table, error) {
	r, err := open(data)
	if err != nil {
		return nil, err
	}
	return r.ReadTable(context.Background())
}

// observations converts a file of the tidy layout into observations of the series to keep. Those of one
// series share one stat.Series.
func observations(data []byte, e Entry, keep func(stat.SeriesID) bool) ([]stat.Observation, error) {
	r, err := open(data)
	if err != nil {
		return nil, err
	}
	batches, err := r.GetRecordReader(context.Background(), nil, nil)
	if err != nil {
		return nil, err
	}
	defer batches.Release()
	b := batch{keep: keep, release: e.Stat(), series: map[string]*stat.Series{}, known: map[string]string{}}
	if keep == nil {
		b.obs = make([]stat.Observation, 0, e.Rows)
	}
	for batches.Next() {
		t := array.NewTableFromRecords(batches.Schema(), []arrow.RecordBatch{batches.RecordBatch()})
		err := b.add(t)
		t.Release()
		if err != nil {
			return nil, err
		}
	}
	if err := batches.Err(); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return b.obs, nil
}

// batch adds the rows of a file to observations, some at a time.
type batch struct {
	obs     []stat.Observation
	keep    func(stat.SeriesID) bool // nil for all
	release stat.Release
	series  map[string]*stat.Series // nil for those that are not kept
	known   map[string]string       // the texts so far
}

// add adds rows.
func (b *batch) add(table arrow.Table) error {
	c := columns{table: table, known: b.known}
	text := map[string][]string{}
	for _, name := range []string{"series", "flow", "measure", "unit", "kind", "ref_area", "route", "origin", "destination",
		"category", "sex", "age", "precision", "obs_status", "publisher_mark", "locator"} {
		text[name] = c.texts(name)
	}
	starts, ends := c.dates("period_start"), c.dates("period_end")
	values, lowers, uppers := c.counts("value"), c.counts("lower"), c.counts("upper")
	revised := c.bools("revised")
	if c.err != nil {
		return c.err
	}
	for i := range int(table.NumRows()) {
		id := text["series"][i]
		s, known := b.series[id]
		if !known && (b.keep == nil || b.keep(stat.SeriesID(id))) {
			s = &stat.Series{ID: stat.SeriesID(id), Source: b.release.Source, Measure: text["measure"][i], Unit: text["unit"][i],
				Flow: text["flow"][i], Kind: stat.Kind(text["kind"][i]), RefArea: text["ref_area"][i],
				Dimensions: stat.Dimensions{Age: text["age"][i], Category: text["category"][i], Destination: text["destination"][i],
					Origin: text["origin"][i], Route: text["route"][i], Sex: text["sex"][i]}}
		}
		if !known {
			b.series[id] = s
		}
		if s == nil {
			continue
		}
		b.obs = append(b.obs, stat.Observation{Series: s, Period: stat.Period{Start: starts[i], End: ends[i], Precision: stat.Precision(text["precision"][i])},
			Value: values[i], Lower: lowers[i], Upper: uppers[i], Status: stat.Status(text["obs_status"][i]), Revised: revised[i],
			Mark: text["publisher_mark"][i], Release: &b.release, Locator: text["locator"][i]})
	}
	return nil
}

// columns reads whole columns of a table by name and keeps the first error, so that the caller
// checks once.
type columns struct {
	table arrow.Table
	known map[string]string // texts that were copied, each once
	err   error
}

// maxKnown is how many texts are remembered. Most are a few codes repeated, and places in a file, which
// are all different.
const maxKnown = 1 << 14

// each calls visit for the chunks of the named column.
func (c *columns) each(name string, visit func(arrow.Array) bool) {
	idx := c.table.Schema().FieldIndices(name)
	if len(idx) != 1 {
		c.fail(name)
		return
	}
	for _, chunk := range c.table.Column(idx[0]).Data().Chunks() {
		if !visit(chunk) {
			c.fail(name)
			return
		}
	}
}

func (c *columns) fail(name string) {
	if c.err == nil {
		c.err = fmt.Errorf("column %q is missing or has the wrong type", name)
	}
}

// texts copies the values of a text column, those that are known once. A value that is not copied would
// keep the table in memory.
func (c *columns) texts(name string) []string {
	out := make([]string, 0, c.table.NumRows())
	c.each(name, func(a arrow.Array) bool {
		s, ok := a.(*array.String)
		for i := 0; ok && i < s.Len(); i++ {
			v := s.Value(i) // "" if null
			text, there := c.known[v]
			if !there {
				text = strings.Clone(v)
				if len(c.known) < maxKnown {
					c.known[text] = text
				}
			}
			out = append(out, text)
		}
		return ok
	})
	return out
}

func (c *columns) dates(name string) []stat.Date {
	out := make([]stat.Date, 0, c.table.NumRows())
	c.each(name, func(a arrow.Array) bool {
		d, ok := a.(*array.Date32)
		for i := 0; ok && i < d.Len(); i++ {
			out = append(out, stat.DateFromUnixDays(int32(d.Value(i))))
		}
		return ok
	})
	return out
}

func (c *columns) counts(name string) []stat.Count {
	out := make([]stat.Count, 0, c.table.NumRows())
	c.each(name, func(a arrow.Array) bool {
		n, ok := a.(*array.Int64)
		for i := 0; ok && i < n.Len(); i++ {
			if n.IsNull(i) {
				out = append(out, stat.Count{})
				continue
			}
			out = append(out, stat.Known(n.Value(i)))
		}
		return ok
	})
	return out
}

func (c *columns) bools(name string) []bool {
	out := make([]bool, 0, c.table.NumRows())
	c.each(name, func(a arrow.Array) bool {
		b, ok := a.(*array.Boolean)
		for i := 0; ok && i < b.Len(); i++ {
			out = append(out, b.Value(i))
		}
		return ok
	})
	return out
}
