package ukhodetailed

import (
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"

	"crossings/pipeline/stat"
)

// Cube adds the rows of a table up to observations of one measure.
type Cube struct {
	table    *Table
	describe func(stat.Dimensions) stat.Series
	numbers  map[stat.Dimensions]int32 // of breakdowns, in the order in which they came
	dims     []stat.Dimensions         // by number
	indexes  map[key]int32             // of entries
	entries  store[entry]              // in the order in which they came
	more     map[int32]*cellRows       // of cells with more than one row or with a mark, by index
	repeats                            // rows with the labels of an earlier row
	merged   int                       // rows with other labels for the codes of an earlier row
	excluded int                       // rows left out for a label
	lacking  map[key]int               // how many excluded rows each sum lacks
}

// NewCube returns an empty cube for a table's rows. describe returns the series of a breakdown.
func NewCube(t *Table, describe func(stat.Dimensions) stat.Series) *Cube {
	return &Cube{table: t, describe: describe, numbers: map[stat.Dimensions]int32{}, indexes: map[key]int32{}, more: map[int32]*cellRows{}, lacking: map[key]int{}}
}

// key identifies an observation: the number of its breakdown, and its quarter. A table has hundreds
// of thousands of them, so the codes themselves are stored once.
type key struct{ dims, quarter int32 }

// keyOf returns the key of a breakdown and quarter.
func (c *Cube) keyOf(d stat.Dimensions, quarter int) key {
	n, ok := c.numbers[d]
	if !ok {
		n = int32(len(c.dims))
		c.numbers[d] = n
		c.dims = append(c.dims, d)
	}
	return key{n, int32(quarter)}
}

// entry is what the rows of one observation add up to. It is small, because a table has hundreds of
// thousands of them.
type entry struct {
	key
	value       stat.Count // missing once a row has no count
	labels      uint64     // of a cell, the hash of the labels of its first row
	rows        int32
	first, last int32
	cell        bool
}

// cellRows are the rows of a cell, if there is more to say of them than its entry does.
type cellRows struct {
	more  []int32    // the lines of all but the first
	count stat.Count // the count of its first row
	mark  string     // the text instead of a count
	again []sight    // rows with the labels of the first
}

// add adds a row to an observation. It returns its index, and its value before the row.
func (c *Cube) add(d stat.Dimensions, r Row) (i int32, before stat.Count) {
	k := c.keyOf(d, ordinal(r.Quarter))
	i, ok := c.indexes[k]
	if !ok {
		i = c.start(entry{key: k, value: stat.Known(0), first: int32(r.Line)})
	}
	e := c.entries.at(int(i))
	before = e.value
	// A sum without one of its rows would be too low by an unknown amount. It is stated as missing
	// until the publisher fills the row in.
	e.value = e.value.Add(r.Count)
	e.rows++
	e.last = int32(r.Line)
	return i, before
}

// start adds an observation and returns its index.
func (c *Cube) start(e entry) int32 {
	i := int32(c.entries.n)
	c.indexes[e.key] = i
	c.entries.add(e)
	return i
}

// labelSeed makes the hashes of labels differ from run to run, so that no file can be made to match
// them.
var labelSeed = maphash.MakeSeed()

// hashOf returns the hash of the labels of a row.
func hashOf(labels []string) uint64 {
	var h maphash.Hash
	h.SetSeed(labelSeed)
	for _, l := range labels {
		h.WriteString(l)
		h.WriteByte(0)
	}
	return h.Sum64()
}

// Cell states a row as it is. Rows with the same codes are one observation and are added up: the
// publisher repeats some combinations, and its own totals are the sums. A part of the table that is
// there twice is an error.
func (c *Cube) Cell(d stat.Dimensions, r Row) error {
	if r.Excluded {
		c.excluded++
		return nil
	}
	i, before := c.add(d, r)
	e, m, labels := c.entries.at(int(i)), c.more[i], hashOf(r.Labels)
	if m == nil && (e.rows > 1 || r.Mark != "") {
		m = &cellRows{mark: r.Mark}
		c.more[i] = m
	}
	switch e.rows {
	case 1:
		e.cell, e.labels = true, labels
		return nil
	case 2:
		m.count = before
	}
	m.more = append(m.more, int32(r.Line))
	if m.mark == "" {
		m.mark = r.Mark
	}
	first, same := int(e.first), r.Count == m.count
	c.blocks.add(repeat{first, r.Line, same})
	if e.labels != labels {
		c.merged++
		return nil
	}
	c.n++
	m.again = c.alike.add(m.again, sight{int32(first), m.count}, sight{int32(r.Line), r.Count})
	if same && c.same.add(r.Line, first) {
		return c.table.twice(r.Line, first)
	}
	return nil
}

// Sum adds a row to a total. A total lacks an excluded row that belongs to it by its other labels.
// A row whose excluded label is one of the total's own dimensions does not belong to it.
func (c *Cube) Sum(d stat.Dimensions, r Row) {
	switch {
	case !r.Excluded:
		c.add(d, r)
	case !slices.Contains([]string{d.Age, d.Category, d.Destination, d.Origin, d.Route, d.Sex}, ""):
		c.lacking[c.keyOf(d, ordinal(r.Quarter))]++
	}
}

// Fill completes a total: a quarter without a row is 0, because a detailed dataset lists the
// combinations that occur and never states 0. If throughout is true, that applies to every quarter
// of the table; otherwise only to those between the first and the last with a row, because the
// category may not have existed before and after.
func (c *Cube) Fill(d stat.Dimensions, throughout bool) {
	quarters := slices.Sorted(maps.Keys(c.table.spans))
	if !throughout {
		quarters = slices.DeleteFunc(quarters, func(n int) bool { return !c.has(c.keyOf(d, n)) })
	}
	if len(quarters) == 0 {
		return
	}
	for n := quarters[0]; n <= quarters[len(quarters)-1]; n++ {
		k, s := c.keyOf(d, n), c.table.spans[n]
		if !c.has(k) {
			c.start(entry{key: k, value: stat.Known(0), first: int32(s.first), last: int32(s.last)})
		}
	}
}

// has reports whether there is an observation.
func (c *Cube) has(k key) bool {
	_, ok := c.indexes[k]
	return ok
}

// Observations returns the sums, in the order in which they came.
func (c *Cube) Observations() []stat.Observation { return c.AppendTo(nil) }

// AppendTo appends the sums to some observations, in the order in which they came. No row can be
// added after it.
func (c *Cube) AppendTo(all []stat.Observation) []stat.Observation {
	c.indexes = nil // large, and of no more use
	series := make([]*stat.Series, len(c.dims))
	all = slices.Grow(all, c.entries.n)
	out := all[len(all) : len(all)+c.entries.n]
	for i, e := range c.entries.all() {
		s := series[e.dims]
		if s == nil {
			x := c.describe(c.dims[e.dims])
			s = &x
			series[e.dims] = s
		}
		out[i] = stat.Observation{Series: s, Period: c.table.periodOf(int(e.quarter)), Value: e.value, Status: stat.Normal, Release: c.table.file.Release, Locator: c.locator(i, e)}
		if m := c.more[int32(i)]; m != nil {
			out[i].Mark = m.mark
		}
		n := c.lacking[e.key]
		switch {
		case n > 0 && e.rows == 0: // it has only rows that it lacks; nobody knows that it is 0
			out[i].Value, out[i].Status = stat.Count{}, stat.Missing
		case !e.value.IsKnown():
			out[i].Status = stat.Missing
		case n > 0:
			out[i].Status, out[i].Locator = stat.Estimated, stat.Lacking(out[i].Locator, n)
		}
	}
	return all[:len(all)+len(out)]
}

// locator says where the rows of an observation are: "Sheet!H12+H15" for a cell, "Sheet!H12:H40, 20
// rows" for a total.
func (c *Cube) locator(i int, e *entry) string {
	t := c.table
	switch {
	case e.rows == 1:
		return t.at(t.ref(int(e.first)))
	case !e.cell:
		return t.at(fmt.Sprintf("%s:%s, %d rows", t.ref(int(e.first)), t.ref(int(e.last)), e.rows))
	}
	refs := []string{t.ref(int(e.first))}
	for _, line := range c.more[int32(i)].more {
		refs = append(refs, t.ref(int(line)))
	}
	return t.at(strings.Join(refs, "+"))
}

// Findings returns what is odd about the table's columns and labels, how many rows were added to
// others, and how many totals lack a row.
func (c *Cube) Findings() []stat.Finding {
	t := c.table
	out := append(t.findings(), c.repeats.findings(t)...)
	out = appendFinding(t, out, "rows-excluded", c.excluded)
	out = appendFinding(t, out, "labels-merged", c.merged)
	return appendFinding(t, out, "sums-incomplete", c.incomplete())
}

// findings returns what is odd about a table's columns and labels, after its last row.
func (t *Table) findings() []stat.Finding {
	return slices.Concat(t.headerFindings(), t.unlisted.Findings(t.read), t.wholes.found, t.weights.findings(t), t.ages.Findings(), misfitFindings(t))
}

// incomplete returns how many sums lack a row that has no count.
func (c *Cube) incomplete() int {
	n := 0
	for _, e := range c.entries.all() {
		if !e.cell && !e.value.IsKnown() {
			n++
		}
	}
	return n
}

// counted are the notes on numbers of rows or sums, by their codes.
var counted = map[string]string{
	"rows-excluded":   "%d rows are left out for a label; they are in quarantine with the reason, and the sums that lack them say that they are incomplete, with status E",
	"labels-merged":   "%d rows have other labels than a row above them that stand for the same codes; they are added to it",
	"sums-incomplete": "%d sums lack a row that was rejected for its count and are stated as missing",
}

// appendFinding appends a note of counted on n rows or sums, if there are any.
func appendFinding(t *Table, to []stat.Finding, code string, n int) []stat.Finding {
	if n == 0 {
		return to
	}
	return append(to, stat.Finding{Code: code, Where: t.at(t.countName()), Message: fmt.Sprintf(counted[code], n)})
}
