package lake

import (
	"bytes"
	"context"
	"fmt"
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
func (l *Lake) Read(e Entry) ([]stat.Observation, error) {
	data, err := l.load(e, e.files()[0])
	if err != nil {
		return nil, err
	}
	table, err := readTable(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.parquetPath(e.Source, e.Release), err)
	}
	defer table.Release()
	return observations(table, e.Stat())
}

func readTable(data []byte) (arrow.Table, error) {
	f, err := file.NewParquetReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := pqarrow.NewFileReader(f, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		return nil, err
	}
	return r.ReadTable(context.Background())
}

// observations converts the columns of the tidy layout into observations. Those of one series share
// one stat.Series.
func observations(table arrow.Table, release stat.Release) ([]stat.Observation, error) {
	c := columns{table: table}
	text := map[string][]string{}
	for _, name := range []string{"series", "flow", "measure", "unit", "kind", "ref_area", "route", "origin", "destination",
		"category", "sex", "age", "precision", "obs_status", "publisher_mark", "locator"} {
		text[name] = c.texts(name)
	}
	starts, ends := c.dates("period_start"), c.dates("period_end")
	values, lowers, uppers := c.counts("value"), c.counts("lower"), c.counts("upper")
	revised := c.bools("revised")
	if c.err != nil {
		return nil, c.err
	}
	series := map[string]*stat.Series{}
	obs := make([]stat.Observation, table.NumRows())
	for i := range obs {
		id := text["series"][i]
		s := series[id]
		if s == nil {
			s = &stat.Series{ID: stat.SeriesID(id), Source: release.Source, Measure: text["measure"][i], Unit: text["unit"][i],
				Flow: text["flow"][i], Kind: stat.Kind(text["kind"][i]), RefArea: text["ref_area"][i],
				Dimensions: stat.Dimensions{Age: text["age"][i], Category: text["category"][i], Destination: text["destination"][i],
					Origin: text["origin"][i], Route: text["route"][i], Sex: text["sex"][i]}}
			series[id] = s
		}
		obs[i] = stat.Observation{Series: s, Period: stat.Period{Start: starts[i], End: ends[i], Precision: stat.Precision(text["precision"][i])},
			Value: values[i], Lower: lowers[i], Upper: uppers[i], Status: stat.Status(text["obs_status"][i]), Revised: revised[i],
			Mark: text["publisher_mark"][i], Release: &release, Locator: text["locator"][i]}
	}
	return obs, nil
}

// columns reads whole columns of a table by name and keeps the first error, so that the caller
// checks once.
type columns struct {
	table arrow.Table
	err   error
}

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

// texts copies the values of a text column, each distinct text once. Most are a few codes repeated,
// and a value that is not copied would keep the table in memory.
func (c *columns) texts(name string) []string {
	out := make([]string, 0, c.table.NumRows())
	known := map[string]string{}
	c.each(name, func(a arrow.Array) bool {
		s, ok := a.(*array.String)
		for i := 0; ok && i < s.Len(); i++ {
			v := s.Value(i) // "" if null
			text, there := known[v]
			if !there {
				text = strings.Clone(v)
				known[text] = text
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
