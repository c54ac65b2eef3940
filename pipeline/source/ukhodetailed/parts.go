package ukhodetailed

import (
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// misfits counts the rows whose labels in two columns contradict each other.
type misfits struct {
	n             int
	labels, where string // of the first such row
}

// add records a row by its line and labels. The cell is that of a column of labels.
func (m *misfits) add(t *Table, column, line int, labels string) {
	if m.n++; m.n == 1 {
		m.labels, m.where = labels, cellAt(t, column, line)
	}
}

// finding returns what such rows show, if there are any. format is a sentence with their number and
// the labels of the first.
func (m misfits) finding(code string, severity stat.Severity, format string) []stat.Finding {
	if m.n == 0 {
		return nil
	}
	return []stat.Finding{{Code: code, Severity: severity, Where: m.where, Message: fmt.Sprintf(format, m.n, m.labels)}}
}

// checkParts records a row in which a breakdown is of another group than the row's.
func (t *Table) checkParts(r Row) {
	for i, c := range t.View.Columns {
		if c.PartOf == "" {
			continue
		}
		whole := t.View.index(c.PartOf)
		if t.labels[i] < 0 || t.labels[whole] < 0 || t.readings[i].Match == codes.ByWords || t.readings[whole].Match == codes.ByWords {
			continue
		}
		if part, of := r.Codes[i], r.Codes[whole]; part == of || strings.HasPrefix(part, of+".") {
			continue
		}
		t.parts.add(t, i, r.Line, decode.Quote(r.Labels[i])+" in "+decode.Quote(r.Labels[whole]))
	}
}

// compareCodes compares the column of codes of a row with that of names. The publisher has given
// many authorities the code of one of them, with the right names.
func (t *Table) compareCodes(r *Row) {
	for i, c := range t.View.Columns {
		if c.CodeOf == "" || t.labels[i] < 0 {
			continue
		}
		name := t.View.index(c.CodeOf)
		switch {
		case c.Coded != nil && c.Coded.MatchString(r.Labels[name]):
			t.exchanged.add(t, name, r.Line, decode.Quote(r.Labels[name]))
		case t.readings[i].Match == codes.ByWords:
		case t.readings[name].Match == codes.ByWords:
			r.Codes[name] = r.Codes[i]
		case r.Codes[name] != r.Codes[i]:
			t.recoded.add(t, i, r.Line, decode.Quote(r.Labels[i])+" for "+decode.Quote(r.Labels[name]))
		}
	}
}

// misfitFindings returns what the rows with labels that contradict each other show.
func misfitFindings(t *Table) []stat.Finding {
	return slices.Concat(
		t.parts.finding("part-of-another", stat.SeverityError, "%d rows, here the first with %s, have a part of another group: labels may have been exchanged, and one of the two sums is wrong"),
		t.exchanged.finding("exchanged-columns", stat.SeverityError, "%d rows, here the first with %s, have a code where a name is expected: the columns may have been exchanged"),
		t.recoded.finding("code-of-another", stat.SeverityNote, "%d rows, here the first with %s, have the code of another name; the name is followed"))
}
