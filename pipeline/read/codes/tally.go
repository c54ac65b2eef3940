package codes

import (
	"fmt"
	"slices"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// The codes of a Tally's findings.
const (
	FindingUnlisted = "unlisted-label"       // a label in no list; its rows count under a code of their own
	FindingMany     = "many-unlisted-labels" // so many that the column may be another one
)

const (
	maxListed   = 30 // unlisted labels of a column that have a finding of their own
	mostPercent = 5  // most rows with unlisted labels, in per cent
	fewRows     = 3  // fewer such rows never hold a release
)

// Tally collects the labels of a file that are in no list. The zero value is empty.
type Tally struct {
	columns []*tallied // in order of their first unlisted label
}

// tallied holds the unlisted labels of one column of a file.
type tallied struct {
	list   *Labels
	name   string
	rows   int // with a label that no list has, not even its parts
	labels []*met
	byText map[string]*met
}

// met is an unlisted label.
type met struct {
	text, code, where string
	making            Making
	rows              int
}

// Add notes how the label of a row was read. name is the header of its column, where the
// row's place in the file. A listed label is not noted.
func (t *Tally) Add(l *Labels, name, label, where string, r Reading) {
	if r.New == Listed {
		return
	}
	i := slices.IndexFunc(t.columns, func(c *tallied) bool { return c.name == name && c.list == l })
	if i < 0 {
		i = len(t.columns)
		t.columns = append(t.columns, &tallied{list: l, name: name, byText: map[string]*met{}})
	}
	c := t.columns[i]
	if r.New == ByWords {
		c.rows++
	}
	m := c.byText[fold(label)]
	if m == nil {
		m = &met{text: label, code: r.Code, where: where, making: r.New}
		c.byText[fold(label)] = m
		c.labels = append(c.labels, m)
	}
	m.rows++
}

// Findings returns a finding for each unlisted label, up to maxListed in a column. If
// more than mostPercent of the file's rows have such a label, a finding of severity error
// says that the column may be another one, and the release waits.
func (t *Tally) Findings(rows int) []stat.Finding {
	var out []stat.Finding
	for _, c := range t.columns {
		if c.rows >= fewRows && c.rows*100 > rows*mostPercent {
			out = append(out, stat.Finding{Code: FindingMany, Severity: stat.SeverityError, Where: c.labels[0].where, Message: fmt.Sprintf(
				"column %q: %d of %d rows have a label that the list %s lacks, more than %d %%; the layout may have changed", c.name, c.rows, rows, c.list.list, mostPercent)})
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

// finding says how a label is counted, and what to do about it.
func (m *met) finding(c *tallied) stat.Finding {
	f := stat.Finding{Code: FindingUnlisted, Severity: stat.SeverityWarning, Where: m.where}
	how := "is in no list"
	if m.making == ByParts {
		how, f.Severity = "names several", stat.SeverityNote
	}
	f.Message = fmt.Sprintf("column %q: %s %s; rows with it: %d, counted in every total, under the code %s of %s", c.name, decode.Quote(m.text), how, m.rows, m.code, c.list.list)
	return f
}
