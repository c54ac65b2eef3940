// Package row gives the rows of the published tables named and typed columns: one struct a
// table, with a field for each column of schemas/tables in the same order. A test holds the
// structs against the schemas.
//
// A maker of a table names each figure that it adds:
//
//	row.Add(tables["records"], row.Record{Series: id, Scope: "day", Rank: 1, ...})
//
// A field left out is an empty cell, and Add panics if its column is required. row.Num(share.Get())
// makes a Number of a share or rate, and row.Known(b) a Flag of a boolean that may be missing.
//
// A reader takes all rows at once, or one after the other where there are many:
//
//	for _, r := range row.All[row.Record](tables["records"]) { ... r.Rank ... }
//	for r := range row.Each[row.Observation](tables["observations"]) { ... }
//
// A missing count is an unknown stat.Count, a missing day or instant is zero, and a missing text
// is empty.
package row

import (
	"fmt"
	"iter"
	"reflect"
	"sync"

	"crossings/pipeline/table"
	"crossings/schemas"
)

// Row is a row of a published table: a struct with a field for each column.
type Row interface {
	Table() string // name of the table
}

// Add appends a row to its table. It panics if the row is of another table or lacks a required
// value: that is a bug.
func Add(t *table.Table, r Row) {
	check(t, r)
	t.Add(cellsOf(r)...)
}

// All returns the rows of a table in order; none if t is nil.
func All[R Row](t *table.Table) []R {
	if t == nil {
		return nil
	}
	out := make([]R, 0, t.Len())
	for r := range Each[R](t) {
		out = append(out, r)
	}
	return out
}

// Each yields the rows of a table in order. It panics if they are of another table.
func Each[R Row](t *table.Table) iter.Seq[R] {
	var zero R
	check(t, zero)
	return func(yield func(R) bool) {
		r := new(R)
		buffer := bufferOf(reflect.ValueOf(r))
		for cells := range t.All() {
			buffer.read(cells)
			if !yield(*r) {
				return
			}
		}
	}
}

// Read returns the row with these cells, which are in the order of the columns.
func Read[R Row](cells []table.Cell) R {
	r := new(R)
	bufferOf(reflect.ValueOf(r)).read(cells)
	return *r
}

// keys are the columns of the key of each table, by its name.
var keys = sync.OnceValue(func() map[string][]int {
	out := map[string][]int{}
	for _, name := range schemas.TableNames() {
		s := schemas.MustLoad(name)
		for _, k := range s.Key {
			out[name] = append(out[name], s.Index(k))
		}
	}
	return out
})

// Ref returns the name of a row: the table and the values of its key, such as
// year-to-date/ukho-small-boats:arrivals:D/2026.
func Ref(r Row) string {
	name, cells := r.Table(), cellsOf(r)
	for _, i := range keys()[r.Table()] {
		name += "/" + cells[i].String()
	}
	return name
}

func check(t *table.Table, r Row) {
	if t.Schema.Name != r.Table() {
		panic(fmt.Sprintf("row of table %s used with table %s", r.Table(), t.Schema.Name))
	}
}

// Number is a value of a number column. The zero value is missing.
type Number struct {
	Value float64
	Known bool
}

// Num returns f, which is missing unless known.
func Num(f float64, known bool) Number {
	if !known {
		return Number{}
	}
	return Number{f, true}
}

// Get returns the number and whether it is known.
func (n Number) Get() (float64, bool) { return n.Value, n.Known }

func (n Number) cell() table.Cell { return table.Float(n.Value, n.Known) }

// Flag is a value of a boolean column that may be empty. The zero value is missing.
type Flag struct{ Set, Known bool }

// Known returns b as a value that is not missing.
func Known(b bool) Flag { return Flag{b, true} }

func (f Flag) cell() table.Cell {
	if !f.Known {
		return table.NoBool()
	}
	return table.Bool(f.Set)
}
