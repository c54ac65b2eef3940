package table

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"crossings/pipeline/stat"
)

// Observations returns the observations as a table in the tidy layout, in the
// order given.
func Observations(obs []stat.Observation) *Table {
	t := New("observations")
	for _, o := range obs {
		t.Add(appendObservation(nil, o)...)
	}
	return t
}

// Stream returns the observations as a table in the tidy layout, in the order
// given, of which the rows are made when they are asked for: a hundred thousand of
// them would take a hundred megabytes. It can be written and not sorted.
func Stream(obs []stat.Observation) *Table {
	t := New("observations")
	t.obs, t.skip = obs, -1
	return t
}

// appendObservation appends the cells of an observation to row.
func appendObservation(row []Cell, o stat.Observation) []Cell {
	s, r := o.Series, o.Release
	return append(row, Text(s.Source), Text(string(s.ID)), Text(s.Flow), Text(s.Measure), Text(s.Unit), Text(string(s.Kind)),
		Text(s.RefArea), Text(s.Route), Text(s.Origin), Text(s.Destination), Text(s.Category), Text(s.Sex), Text(s.Age),
		Day(o.Period.Start), Day(o.Period.End), Text(string(o.Period.Precision)),
		Count(o.Value), Count(o.Lower), Count(o.Upper), Text(string(o.Status)), Bool(o.Revised), Text(o.Mark),
		Day(r.Vintage), Instant(r.FirstSeen), Text(r.ID), Text(o.Locator))
}

// WriteTidy writes observations as a CSV in the tidy layout, the smallest that
// ReadTidy reads back to the same: what is the same in all rows stands above
// the header as "# column: value", after the lines of remarks, which must be
// "key: value" with a key that ReadTidy knows, or plain text. Line ends are LF,
// as in all text that is kept in a repository.
func WriteTidy(w io.Writer, remarks []string, obs []stat.Observation) error {
	t := Observations(obs)
	t.Sort()
	var head strings.Builder
	for _, r := range remarks {
		head.WriteString("# " + r + "\n")
	}
	var keep []int
	for i, c := range t.Schema.Columns {
		first := t.Rows[0][i].String()
		if slices.ContainsFunc(t.Rows, func(r []Cell) bool { return r[i].String() != first }) {
			keep = append(keep, i)
		} else if first != "" && c.Name != "release" {
			// An empty column needs no line, and the release's name follows
			// from the file that is being written.
			fmt.Fprintf(&head, "# %s: %s\n", c.Name, first)
		}
	}
	if _, err := io.WriteString(w, head.String()); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	record := make([]string, len(keep))
	for i, k := range keep {
		record[i] = t.Schema.Columns[k].Name
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for _, row := range t.Rows {
		for i, k := range keep {
			record[i] = row[k].String()
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
