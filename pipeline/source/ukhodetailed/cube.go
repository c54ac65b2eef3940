package ukhodetailed

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// Cube adds the rows of a table up to observations of one measure.
type Cube struct {
	table    *Table
	describe func(stat.Dimensions) stat.Series
	entries  map[key]*entry
	order    []*entry
	repeated int // rows with the labels of an earlier row
	merged   int // rows with other labels for the codes of an earlier row
	same     sameRows
	blocks   blocks
	excluded int         // rows left out for a label
	lacking  map[key]int // how many excluded rows each sum lacks
}

// blocks finds parts of a table that come twice, among the rows that repeat an earlier one. The
// publisher repeats single rows, or several with the same labels. In the releases of 2023 no two
// repeated rows with different labels were adjacent, and none with the same count had one row
// between them.
type blocks struct {
	last  repeat // the last one so far
	n     int    // rows that repeat together with the one before them
	first repeat // the first of these
}

// repeat is a row whose observation an earlier row states too.
type repeat struct {
	of   *entry
	line int
	same bool // it has the same count as the earlier row
}

// add records a row that repeats an earlier one. It is part of a block if the last such row has
// other labels and is directly above it, or is two lines above it and both have their earlier row's
// count, as when each row of a part is repeated directly below itself.
func (b *blocks) add(r repeat) {
	last := b.last
	b.last = r
	if gap := r.line - last.line; last.of == nil || last.of == r.of || gap > 2 || gap == 2 && !(r.same && last.same) {
		return
	}
	if b.n++; b.n == 1 {
		b.first = r
	}
}

// sameRows are the rows with the labels and the count of an earlier one.
type sameRows struct {
	n    int
	last int // line of the last one
	back int // how many lines above it the earlier row is
	run  int // how many came in a row, each as many lines below its earlier row
}

// block is how many rows in a row must repeat others to show that a part of a table is there twice.
// The publisher's single repeats were never more than two.
const block = 3

// add records the row in a line, which is the same as one in an earlier line. It reports whether a
// part of the table is there twice.
func (s *sameRows) add(line, earlier int) bool {
	if line == s.last+1 && line-earlier == s.back {
		s.run++
	} else {
		s.run = 1
	}
	s.n, s.last, s.back = s.n+1, line, line-earlier
	return s.run >= block
}

// NewCube returns an empty cube for a table's rows. describe returns the series of a breakdown.
func NewCube(t *Table, describe func(stat.Dimensions) stat.Series) *Cube {
	return &Cube{table: t, describe: describe, entries: map[key]*entry{}, lacking: map[key]int{}}
}

// key identifies an observation.
type key struct {
	stat.Dimensions
	quarter int
}

// entry is what the rows of one observation add up to.
type entry struct {
	key
	value       stat.Count // missing once a row has no count
	rows        int
	first, last int
	lines       []int      // for a cell: the lines of all of its rows
	labels      string     // for a cell: the labels of its first row
	count       stat.Count // for a cell: the count of its first row
	mark        string     // for a cell: the text instead of a count
}

// add adds a row to an observation, and returns it.
func (c *Cube) add(d stat.Dimensions, r Row) *entry {
	k := key{d, ordinal(r.Quarter)}
	e := c.entries[k]
	if e == nil {
		e = &entry{key: k, value: stat.Known(0), first: r.Line}
		c.entries[k] = e
		c.order = append(c.order, e)
	}
	// A sum without one of its rows would be too low by an unknown amount. It is stated as missing
	// until the publisher fills the row in.
	e.value = e.value.Add(r.Count)
	e.rows++
	e.last = r.Line
	return e
}

// Cell states a row as it is. Rows with the same codes are one observation and are added up: the
// publisher repeats some combinations, and its own totals are the sums. A part of the table that is
// there twice is an error.
func (c *Cube) Cell(d stat.Dimensions, r Row) error {
	if r.Excluded {
		c.excluded++
		return nil
	}
	e := c.add(d, r)
	e.lines = append(e.lines, r.Line)
	if e.mark == "" {
		e.mark = r.Mark
	}
	labels := strings.Join(r.Labels, "\x00")
	if e.rows > 1 {
		c.blocks.add(repeat{e, r.Line, r.Count == e.count})
	}
	switch {
	case e.rows == 1:
		e.labels, e.count = labels, r.Count
	case e.labels != labels:
		c.merged++
	default:
		c.repeated++
		if r.Count == e.count && c.same.add(r.Line, e.first) {
			return c.table.fail(r.Line, c.table.View.Count, fmt.Errorf("rows %d to %d are the same as those from row %d, one after another: a part of the table is there twice: %w",
				r.Line-block+1, r.Line, e.first-block+1, decode.ErrShape))
		}
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
		c.lacking[key{d, ordinal(r.Quarter)}]++
	}
}

// Fill completes a total: a quarter without a row is 0, because a detailed dataset lists the
// combinations that occur and never states 0. If throughout is true, that applies to every quarter
// of the table; otherwise only to those between the first and the last with a row, because the
// category may not have existed before and after.
func (c *Cube) Fill(d stat.Dimensions, throughout bool) {
	quarters := slices.Sorted(maps.Keys(c.table.spans))
	if !throughout {
		quarters = slices.DeleteFunc(quarters, func(n int) bool { return c.entries[key{d, n}] == nil })
	}
	if len(quarters) == 0 {
		return
	}
	for n := quarters[0]; n <= quarters[len(quarters)-1]; n++ {
		k, s := key{d, n}, c.table.spans[n]
		if c.entries[k] == nil {
			c.entries[k] = &entry{key: k, value: stat.Known(0), first: s.first, last: s.last}
			c.order = append(c.order, c.entries[k])
		}
	}
}

// Observations returns the sums, in the order in which they came.
func (c *Cube) Observations() []stat.Observation {
	series := map[stat.Dimensions]*stat.Series{}
	out := make([]stat.Observation, len(c.order))
	for i, e := range c.order {
		s := series[e.Dimensions]
		if s == nil {
			x := c.describe(e.Dimensions)
			s = &x
			series[e.Dimensions] = s
		}
		out[i] = stat.Observation{Series: s, Period: quarterOf(e.quarter), Value: e.value, Status: stat.Normal, Mark: e.mark,
			Release: c.table.file.Release, Locator: c.locator(e)}
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
	return out
}

// locator says where the rows of an observation are: "Sheet!H12+H15" for a cell, "Sheet!H12:H40, 20
// rows" for a total.
func (c *Cube) locator(e *entry) string {
	t := c.table
	switch {
	case e.rows == 1:
		return t.at(t.ref(e.first))
	case e.lines == nil:
		return t.at(fmt.Sprintf("%s, %d rows", t.within(e.first, e.last), e.rows))
	}
	refs := make([]string, len(e.lines))
	for i, line := range e.lines {
		refs[i] = t.ref(line)
	}
	return t.at(strings.Join(refs, "+"))
}

// Findings returns how many rows were added to others, and how many totals lack a row.
func (c *Cube) Findings() []stat.Finding {
	var out []stat.Finding
	find := func(code string, n int, format string) {
		if n > 0 {
			out = append(out, stat.Finding{Code: code, Where: c.table.at(c.table.View.Count), Message: fmt.Sprintf(format, n)})
		}
	}
	if most := c.table.View.Repeats; c.repeated > most.Rows || c.same.n > most.Same {
		out = append(out, stat.Finding{Code: "repeated-rows", Severity: stat.SeverityError, Where: c.table.at(c.table.View.Count), Message: fmt.Sprintf(
			"%d rows have the quarter and the labels of a row above them, and %d of them its count too; in the releases that are known there were at most %d and %d. Each would be added to the other", c.repeated, c.same.n, most.Rows, most.Same)})
	}
	if first := c.blocks.first; c.blocks.n > 0 {
		out = append(out, stat.Finding{Code: "repeated-block", Severity: stat.SeverityError, Where: c.table.at(c.table.ref(first.line)), Message: fmt.Sprintf(
			"row %d has the quarter and the labels of row %d, and the row before it those of another one; %d rows come so, one after another. In the releases that are known none did: a part of the table may stand twice, and would be added to itself",
			first.line, first.of.first, c.blocks.n+1)})
	}
	find("rows-repeated", c.repeated, "%d rows have the quarter and the labels of a row above them; they are added to it, as the publisher's own totals have them")
	find("rows-excluded", c.excluded, "%d rows are left out for a label; they are in quarantine with the reason, and the sums that lack them say that they are incomplete, with status E")
	find("labels-merged", c.merged, "%d rows have other labels than a row above them that stand for the same codes; they are added to it")
	missing := 0
	for _, e := range c.order {
		if e.lines == nil && !e.value.IsKnown() {
			missing++
		}
	}
	find("sums-incomplete", missing, "%d sums lack a row that was rejected for its count and are stated as missing")
	return out
}
