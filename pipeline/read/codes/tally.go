package codes

import (
	"fmt"
	"slices"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// The codes of a Tally's findings.
const (
	FindingUnlisted = "unlisted-label"       // a label in no list; its rows are counted under a code of their own
	FindingMany     = "many-unlisted-labels" // so many that the column may be a different one
)

const (
	maxListed  = 30 // unlisted labels of one column that get a finding each
	maxPercent = 5  // percentage of rows with unlisted labels above which the release waits
	minRows    = 3  // below this many such rows the release never waits
)

// Tally collects the labels of a file that are in no list. The zero value is ready to use.
type Tally struct {
	columns []*columnTally // in order of their first unlisted label
}

// columnTally holds the unlisted labels of one column.
type columnTally struct {
	list   *Labels
	name   string
	rows   int // rows whose label is in no list, not even in parts
	labels []*newLabel
	byText map[string]*newLabel
}

// newLabel is a label that is in no list.
type newLabel struct {
	text, code, where string
	match             Match
	rows              int
}

// Add records how the label of a row was read. name is the header of its column, where the row's
// place in the file. A listed label is not recorded.
func (t *Tally) Add(l *Labels, name, label, where string, r Reading) {
	if r.Match == Listed {
		return
	}
	i := slices.IndexFunc(t.columns, func(c *columnTally) bool { return c.name == name && c.list == l })
	if i < 0 {
		i = len(t.columns)
		t.columns = append(t.columns, &columnTally{list: l, name: name, byText: map[string]*newLabel{}})
	}
	c := t.columns[i]
	if r.Match == ByWords {
		c.rows++
	}
	m := c.byText[fold(label)]
	if m == nil {
		m = &newLabel{text: label, code: r.Code, where: where, match: r.Match}
		c.byText[fold(label)] = m
		c.labels = append(c.labels, m)
	}
	m.rows++
}

// Findings returns a finding for each unlisted label, up to maxListed per column. rows is the
// number of rows in the file. If more than maxPercent of them have an unlisted label, a finding of
// severity error says that the column may be a different one, and the release waits.
func (t *Tally) Findings(rows int) []stat.Finding {
	var out []stat.Finding
	for _, c := range t.columns {
		if c.rows >= minRows && c.rows*100 > rows*maxPercent {
			out = append(out, stat.Finding{Code: FindingMany, Severity: stat.SeverityError, Where: c.labels[0].where, Message: fmt.Sprintf(
				"column %q: %d of %d rows have a label that the list %s lacks, more than %d %%; the layout may have changed", c.name, c.rows, rows, c.list.list, maxPercent)})
		}
		for i, m := range c.labels {
			if i == maxListed {
				out = append(out, stat.Finding{Code: FindingUnlisted, Severity: stat.SeverityWarning, Where: m.where, Message: fmt.Sprintf(
					"column %q: %d more labels are in no list", c.name, len(c.labels)-i)})
				break
			}
			out = append(out, m.finding(c))
		}
	}
	return out
}

// finding says how a label is counted.
func (m *newLabel) finding(c *columnTally) stat.Finding {
	f := stat.Finding{Code: FindingUnlisted, Severity: stat.SeverityWarning, Where: m.where}
	how := "is in no list"
	if m.match == ByParts {
		how, f.Severity = "names several", stat.SeverityNote
	}
	f.Message = fmt.Sprintf("column %q: %s %s; rows with it: %d, counted in every total, under the code %s of %s", c.name, decode.Quote(m.text), how, m.rows, m.code, c.list.list)
	return f
}
