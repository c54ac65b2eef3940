package wide

import (
	"bytes"
	"strings"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
)

// Folder is the folder of the sheets.
const Folder = "data/wide/"

// form is one of the files of a sheet.
type form struct {
	suffix string
	text   func(cell) string
}

// forms returns the files of a sheet. Only the first is there always.
func (s *sheet) forms() []form {
	out := []form{{".csv", func(c cell) string { return c.value.String() }}}
	if _, same := s.status(); !same {
		out = append(out, form{".marks.csv", func(c cell) string { return string(c.status) }})
	}
	if s.any(func(c cell) bool { return c.lower.IsKnown() || c.upper.IsKnown() }) {
		out = append(out, form{".lower.csv", func(c cell) string { return c.lower.String() }}, form{".upper.csv", func(c cell) string { return c.upper.String() }})
	}
	return out
}

// status returns the status of the sheet's figures if all have the same and none is missing.
func (s *sheet) status() (stat.Status, bool) {
	var first stat.Status
	differs := s.any(func(c cell) bool {
		if first == "" {
			first = c.status
		}
		return c.status != first || !c.value.IsKnown()
	})
	if differs {
		return "", false
	}
	return first, true
}

// any reports whether a cell of the sheet is like that.
func (s *sheet) any(like func(cell) bool) bool {
	for _, id := range s.ids() {
		for _, c := range s.rows[id] {
			if like(c) {
				return true
			}
		}
	}
	return false
}

// csv returns one form of a sheet: a row for each series, with its name, and a column for each period.
func (s *sheet) csv(n *names, text func(cell) string) []byte {
	var out bytes.Buffer
	columns := s.periods()
	out.WriteString("series,label")
	for _, p := range columns {
		out.WriteString("," + p.heading())
	}
	out.WriteString("\r\n")
	for _, id := range s.ids() {
		out.WriteString(string(id) + "," + quoted(n.row(s, id)))
		for _, p := range columns {
			out.WriteByte(',')
			if c, ok := s.rows[id][p]; ok {
				out.WriteString(text(c))
			}
		}
		out.WriteString("\r\n")
	}
	return out.Bytes()
}

// quoted returns a text as a field of a CSV that no spreadsheet program takes for a formula.
func quoted(text string) string {
	return `"` + strings.ReplaceAll(table.Text(text).Field(), `"`, `""`) + `"`
}
