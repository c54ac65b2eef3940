package ukhodetailed

import (
	"fmt"
	"strings"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// parts counts the rows whose code in one column is no part of the code in another.
type parts struct {
	n      int
	column int    // of the first such row
	labels string // both labels of it
	line   int
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
		if t.parts.n++; t.parts.n == 1 {
			t.parts = parts{1, t.labels[i], decode.Quote(r.Labels[i]) + " in " + decode.Quote(r.Labels[whole]), r.Line}
		}
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
			if t.exchanged.n++; t.exchanged.n == 1 {
				t.exchanged = parts{1, t.labels[name], decode.Quote(r.Labels[name]), r.Line}
			}
		case t.readings[i].Match == codes.ByWords:
		case t.readings[name].Match == codes.ByWords:
			r.Codes[name] = r.Codes[i]
		case r.Codes[name] != r.Codes[i]:
			if t.recoded.n++; t.recoded.n == 1 {
				t.recoded = parts{1, t.labels[i], decode.Quote(r.Labels[i]) + " for " + decode.Quote(r.Labels[name]), r.Line}
			}
		}
	}
}

// codeFindings returns what the rows with the codes of others show, and those with a code for a
// name.
func codeFindings(t *Table) (out []stat.Finding) {
	if p := t.exchanged; p.n > 0 {
		out = append(out, stat.Finding{Code: "exchanged-columns", Severity: stat.SeverityError, Where: t.at(fmt.Sprintf("%s%d", decode.ColumnLetter(p.column), p.line)),
			Message: fmt.Sprintf("%d rows, here the first with %s, have a code where a name is expected: the columns may have been exchanged", p.n, p.labels)})
	}
	p := t.recoded
	if p.n == 0 {
		return out
	}
	return append(out, stat.Finding{Code: "code-of-another", Where: t.at(fmt.Sprintf("%s%d", decode.ColumnLetter(p.column), p.line)),
		Message: fmt.Sprintf("%d rows, here the first with %s, have the code of another name; the name is followed", p.n, p.labels)})
}

// findings returns what the rows with parts of other groups show.
func (p parts) findings(t *Table) []stat.Finding {
	if p.n == 0 {
		return nil
	}
	return []stat.Finding{{Code: "part-of-another", Severity: stat.SeverityError, Where: t.at(fmt.Sprintf("%s%d", decode.ColumnLetter(p.column), p.line)),
		Message: fmt.Sprintf("%d rows, here the first with %s, have a part of another group: labels may have been exchanged, and one of the two sums is wrong", p.n, p.labels)}}
}
