package codes

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// The codes of a Tally's findings.
const (
	FindingUnlisted = "unlisted-label"       // a label in no list; its rows are counted under a code of their own
	FindingOperator = "operator-label"       // a label that a list of the operator names
	FindingMany     = "many-unlisted-labels" // so many that the column may be a different one
	FindingTotal    = "label-may-be-total"   // an unlisted label whose rows may be sums of others
)

const (
	maxListed  = 200 // labels of one column that no list of the program names and that get a finding each
	maxSeveral = 30  // labels of one column that name several listed ones and get a finding each
	maxPercent = 5   // percentage of rows with unlisted labels above which the release waits
	maxLabel   = 500 // bytes of a label that a list may name
	minRows    = 3   // below this many such rows the release never waits
)

// Tally collects the labels of a file that the program's lists do not name. The zero value is ready
// to use.
type Tally struct {
	columns []*columnTally // in order of their first such label
}

// columnTally holds the labels of one column.
type columnTally struct {
	list   *Labels
	name   string
	rows   int // rows whose label is in no list, not even in parts
	labels []*newLabel
	byText map[string]*newLabel
}

// newLabel is a label that the program's lists do not name.
type newLabel struct {
	text, code, where string
	match             Match
	rows              int
	doubt             string // why its rows may count twice, or ""
}

// Add records how the label of a row was read. name is the header of its column, where the row's
// place in the file. A listed label is not recorded.
func (t *Tally) Add(l *Labels, name, label, where string, r Reading) {
	t.add(l, name, label, where, r)
}

// add is Add. It returns the label, or nil for a listed one.
func (t *Tally) add(l *Labels, name, label, where string, r Reading) *newLabel {
	if r.Match == Listed {
		return nil
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
	m := c.byText[label]
	if m == nil {
		m = c.known(label)
	}
	if m == nil {
		m = &newLabel{text: label, code: r.Code, where: where, match: r.Match}
		if r.Match == ByWords && l.mayBeTotal(label) {
			m.doubt = "may be the sum of other rows, or a part of one"
		}
		c.byText[fold(label)] = m
		c.labels = append(c.labels, m)
	}
	m.rows++
	return m
}

// known returns a label that is the same but for its spelling, or nil. It remembers the spelling.
func (c *columnTally) known(label string) *newLabel {
	m := c.byText[fold(label)]
	if m != nil && len(c.byText) < maxVariants {
		c.byText[label] = m
	}
	return m
}

// AddGroup is Add for a column whose labels are groups: what a new one counts may be in the others
// too, so the release waits for a person.
func (t *Tally) AddGroup(l *Labels, name, label, where string, r Reading) {
	if m := t.add(l, name, label, where, r); r.Match == ByWords && m.doubt == "" {
		m.doubt = "is a new group, and what it counts may be in the others too"
	}
}

// Findings returns a finding for each label, up to maxListed per column, and maxSeveral of those
// that name several. rows is the number of rows
// in the file. It is of severity error, so that the release waits, if the rows of a label may be
// sums of others, and if more than maxPercent of the rows have an unlisted label: the column may be
// a different one.
func (t *Tally) Findings(rows int) []stat.Finding {
	var out []stat.Finding
	for _, c := range t.columns {
		if c.rows >= minRows && c.rows*100 > rows*maxPercent {
			out = append(out, stat.Finding{Code: FindingMany, Severity: stat.SeverityError, Where: c.labels[0].where, Message: fmt.Sprintf(
				"column %q: %d of %d rows have a label that the list %s lacks, more than %d %%; the layout may have changed", c.name, c.rows, rows, c.list.list, maxPercent)})
		}
		said := map[bool]int{} // by whether the label names several
		for _, m := range c.labels {
			if m.doubt != "" { // whatever the number of labels
				out = append(out, stat.Finding{Code: FindingTotal, Severity: stat.SeverityError, Where: m.where, Message: fmt.Sprintf(
					"column %q: %s is in no list and %s; to say what it is: data/labels/%s.csv", c.name, decode.Quote(m.text), m.doubt, c.list.list)})
			}
			several, most := m.match == ByParts, maxListed
			if several {
				most = maxSeveral
			}
			if said[several]++; said[several] <= most {
				out = append(out, m.finding(c))
			} else if said[several] == most+1 {
				out = append(out, c.more(m, most))
			}
		}
	}
	return out
}

// more says how many labels like m there are beyond those that have a finding each.
func (c *columnTally) more(m *newLabel, most int) stat.Finding {
	n, f := -most, stat.Finding{Code: FindingUnlisted, Where: m.where}
	for _, x := range c.labels {
		if (x.match == ByParts) == (m.match == ByParts) {
			n++
		}
	}
	if m.match == ByParts {
		f.Message = fmt.Sprintf("column %q: %d more labels name several", c.name, n)
	} else {
		f.Severity, f.Message = stat.SeverityWarning, fmt.Sprintf("column %q: %d more labels are in no list", c.name, n)
	}
	return f
}

// finding says how a label is counted.
func (m *newLabel) finding(c *columnTally) stat.Finding {
	f := stat.Finding{Code: FindingUnlisted, Severity: stat.SeverityWarning, Where: m.where}
	how, by := "is in no list", stat.ByWords
	switch m.match {
	case ByParts:
		how, by, f.Severity = "names several", stat.ByParts, stat.SeverityNote
	case ByOperator:
		how, by, f.Severity, f.Code = "is in the operator's list", stat.ByOperator, stat.SeverityNote, FindingOperator
	}
	if len(m.text) <= maxLabel && utf8.ValidString(m.text) { // what is longer is no label that a list could name
		f.Label = &stat.Label{List: c.list.list, Publisher: c.list.publisher, Text: strings.Clone(m.text), Code: m.code, Rows: m.rows, By: by, MayBeSum: m.doubt != ""}
	}
	f.Message = fmt.Sprintf("column %q: %s %s; rows with it: %d, counted in every total, under the code %s of %s", c.name, decode.Quote(m.text), how, m.rows, m.code, c.list.list)
	return f
}
