package source

import (
	"fmt"
	"iter"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
)

// absences are the statuses of cells that state no count.
var absences = map[decode.Absent]stat.Status{
	decode.NotAvailable:  stat.Missing,
	decode.NotApplicable: stat.NotExisting,
	decode.Confidential:  stat.Suppressed,
	decode.Low:           stat.Missing, // the mark says that it is not zero
}

// State gives an observation what a cell states: the count, or the status of a missing one. The mark
// of the cell replaces that of the row. A mark after a count says that it is revised, estimated or
// provisional, or that the series breaks.
func State(o *stat.Observation, f decode.Figure) {
	if f.Mark != "" {
		o.Mark = f.Mark
	}
	if f.Absent != decode.Stated {
		o.Value, o.Status = stat.Count{}, absences[f.Absent]
		return
	}
	o.Value = stat.Known(f.N)
	for word := range marks(f.Mark) {
		switch statusMarks[word] {
		case "r":
			o.Revised = true
		case "p":
			o.Status = stat.Provisional
		case "e":
			o.Status = stat.Estimated
		case "b":
			o.Status = stat.Break
		}
	}
}

// statusMarks are the marks that say what a count is, by the first word of each.
var statusMarks = map[string]string{"r": "r", "rev": "r", "revised": "r", "p": "p", "prov": "p", "provisional": "p",
	"e": "e", "est": "e", "estimate": "e", "estimated": "e", "b": "b"}

// marks yields the first word of each mark after a count: "r" and "note" for "[r] [note 1]".
func marks(mark string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for part := range strings.FieldsFuncSeq(strings.ToLower(mark), func(r rune) bool { return strings.ContainsRune("[](),", r) }) {
			if word, _, _ := strings.Cut(strings.TrimSpace(part), " "); word != "" && !yield(strings.TrimSuffix(word, ".")) {
				return
			}
		}
	}
}

// unknownMark reports whether State does not know one of the marks after a count.
func unknownMark(mark string) bool {
	for word := range marks(mark) {
		if statusMarks[word] == "" {
			return true
		}
	}
	return false
}

// ExtraColumns returns a finding for each column of a table that the source does not read, for
// each optional one that the table lacks, and for figures that are hidden. An operator is told of both once, because a new column
// may say that the figures are of another kind. where names the table: a sheet, or "" for the file.
func ExtraColumns(t *decode.Table, where string) []stat.Finding {
	var out []stat.Finding
	at := func(column string) string {
		switch {
		case where == "":
			return column
		case column == "":
			return where
		}
		return where + "!" + column
	}
	for _, x := range t.Extra() {
		letter := decode.ColumnLetter(x.Index)
		message := fmt.Sprintf("the column %s is new and is not read; see whether it says that the figures are of another kind", decode.Quote(x.Header))
		if x.Header == "" {
			message = fmt.Sprintf("column %s has no header and is not read; see what its cells say", letter)
		}
		out = append(out, stat.Finding{Code: "extra-column", Severity: stat.SeverityWarning, Where: at(letter), Message: message})
	}
	for _, u := range t.Unseen() {
		f := stat.Finding{Code: u.Code, Severity: stat.SeverityWarning, Where: at(u.Where), Message: u.Message}
		if u.Waits {
			f.Severity = stat.SeverityError
		}
		out = append(out, f)
	}
	for _, name := range t.Lacks() {
		out = append(out, stat.Finding{Code: "missing-column", Severity: stat.SeverityWarning, Where: where,
			Message: fmt.Sprintf("the column %q is not there; the figures are read without it", name)})
	}
	return out
}
