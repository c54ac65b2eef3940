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

// Stream returns the observations as a table in the tidy layout, in the given order. Its rows are
// made on demand, because a hundred thousand of them would take a hundred megabytes. Such a table
// can be written but not sorted.
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

// WriteTidy writes observations as a CSV in the tidy layout, in the smallest form that ReadTidy
// reads back to the same. Values that are the same in all rows come above the header as "# column:
// value", after the lines of remarks. A remark must be plain text, or "key: value" with a key that
// ReadTidy knows. Line ends are LF, as for all text kept in a repository.
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
			// An empty column needs no line, and the release's name follows from the file being
			// written.
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
