package sitetest

import (
	"strings"
	"time"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// The values of a change that are no count. None is a value that is stated as missing, and Gone one
// that is no longer stated.
const (
	None = -1
	Gone = -2
)

// Change is a row of the table revisions.
type Change struct {
	start, end, seen string
	before, after    int
}

// Changed returns a change of a value for the period from start to end. seen is the instant at which
// the release that changed it was first seen. before and after may be None or Gone.
func Changed(start, end, seen string, before, after int) Change {
	return Change{start, end, seen, before, after}
}

// Revised returns a site with one series and its revisions.
func Revised(changes ...Change) content.Site {
	tbl := table.New("revisions")
	count := func(n int) table.Cell {
		if n < 0 {
			return table.Count(stat.Count{})
		}
		return table.Int(n)
	}
	for _, c := range changes {
		diff := table.Count(stat.Count{})
		if c.before >= 0 && c.after >= 0 {
			diff = table.Int(c.after - c.before)
		}
		vintage, _, _ := strings.Cut(c.seen, "T")
		kind := "changed"
		switch {
		case c.before < 0:
			kind = "available"
		case c.after == Gone:
			kind = "withdrawn"
		case c.after < 0:
			kind = "not-available"
		}
		Put(tbl, table.Text(ClaimsID), Day(c.start), Day(c.end), count(c.before), count(c.after), diff, Day("2025-01-01"), Day(vintage), Instant(c.seen), table.Bool(false), table.Bool(false), table.Text("a"), table.Text(kind))
	}
	return content.Site{Series: []stat.Series{{ID: ClaimsID, Title: "Claims", Unit: "persons"}}, Tables: []*table.Table{tbl}}
}

// ManyChanges returns a site with two releases that were first seen at one instant. The first changed
// n values, the other none.
func ManyChanges(n int) content.Site {
	var changes []Change
	for i := range n {
		m := stat.Month(2020, time.Month(1+i))
		changes = append(changes, Changed(m.Start.String(), m.End.String(), "2025-01-01T00:00:00Z", 1, 2))
	}
	s := Revised(changes...)
	releases := table.New("releases")
	for _, id := range []string{"a", "b"} {
		PutNamed(releases, map[string]table.Cell{"source": table.Text("ukho-asylum"), "release": table.Text(id), "vintage": Day("2025-01-01"),
			"first_seen": Instant("2025-01-01T00:00:00Z"), "revisions": table.Int(n)})
	}
	s.Tables = append(s.Tables, releases)
	return s
}
