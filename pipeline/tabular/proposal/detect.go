package proposal

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/tabular"
	"crossings/pipeline/tabular/grid"
)

// look is how much of a file is looked at to find its form.
const (
	lookRows = 60      // rows, for delimiter and header
	maxRows  = 100_000 // rows, for the columns
)

// sheet is a table as it was found.
type sheet struct {
	file   tabular.File
	name   string
	others []string // the other sheets that have a table
	line   int      // of the header
	header []string
	rows   [][]string
	short  int // rows above the header and notes below
}

// fileOf returns how a text file is written, as far as its bytes tell.
func fileOf(data []byte) tabular.File {
	f := tabular.File{Encoding: "utf-8"}
	switch {
	case bytes.HasPrefix(data, []byte("PK")):
		return f
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		f.Encoding = "utf-16"
	case !utf8.Valid(data):
		f.Encoding = "windows-1252"
	}
	f.OpenEnd = len(data) > 0 && data[len(data)-1] != '\n' && f.Encoding != "utf-16"
	return f
}

// open opens a file in the form in which it has the most columns in most rows.
func open(name string, data []byte) (*sheet, error) {
	base := fileOf(data)
	var best *sheet
	var failed error
	most := 0
	for _, d := range []string{",", ";", "\t", "|"} {
		f := base
		f.Delimiter = d
		g, err := grid.Open(name, data, f)
		if err != nil {
			return nil, err
		}
		names, err := g.Sheets()
		if err != nil {
			return nil, err
		}
		for _, n := range names {
			s, score, err := tableIn(g, n, f)
			switch {
			case err != nil:
				failed = err
			case s != nil && score > most:
				if best != nil && best.file.Delimiter == d {
					s.others = append(best.others, best.name)
				}
				best, most = s, score
			case s != nil && best != nil && best.file.Delimiter == d:
				best.others = append(best.others, n)
			}
		}
		if !g.IsText() {
			break
		}
	}
	if best == nil && failed != nil {
		return nil, failed
	}
	if best == nil {
		return nil, &decode.Error{File: name, Err: decode.ErrHeader, Hint: "no row looks like the header of a table with numbers below it"}
	}
	return best, nil
}

// tableIn finds the header of a sheet, and reads the rows below it. The score is the number of cells
// with content in the rows that are looked at.
func tableIn(g *grid.Grid, name string, f tabular.File) (*sheet, int, error) {
	var rows [][]string
	var lines []int
	for r, err := range g.Rows(name) {
		if err != nil {
			return nil, 0, err
		}
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, cellText(c))
		}
		rows, lines = append(rows, cells), append(lines, r.Line)
		if len(rows) >= maxRows {
			break
		}
	}
	at := headerOf(rows)
	if at < 0 {
		return nil, 0, nil
	}
	header, last, n := headerRows(rows, at)
	s := &sheet{file: f, name: name, line: lines[last], header: header, rows: rows[last+1:], short: last}
	if n > 1 {
		s.file.HeaderRows = n
	}
	if first := s.header[0]; strings.Contains(first, ",") && (strings.Contains(first, `\`) || f.Delimiter == "\t") {
		s.file.SplitFirst = ","
		cut, _, _ := strings.Cut(first, `\`)
		parts := strings.Split(cut, ",")
		s.header = append(parts, s.header[1:]...)
		for i, r := range s.rows {
			if len(r) > 0 {
				s.rows[i] = append(strings.Split(r[0], ","), r[1:]...)
			}
		}
	}
	score := 0
	for _, r := range s.rows[:min(len(s.rows), lookRows)] {
		score += max(0, filled(r)-1)
	}
	return s, score, nil
}

// cellText returns a cell as it is looked at: a percentage with its sign.
func cellText(c decode.Cell) string {
	text := strings.TrimSpace(grid.Text(c))
	if (c.Form == decode.Percent || c.Form == decode.PercentSign) && !strings.HasSuffix(text, "%") {
		text += "%"
	}
	return text
}

// filled returns the number of cells with content.
func filled(r []string) (n int) {
	for _, s := range r {
		if s != "" {
			n++
		}
	}
	return n
}

// headerOf returns the index of the row that is most likely the header: the first that is about as
// wide as the rows below it, names its columns, and has numbers below. -1 means none.
func headerOf(rows [][]string) int {
	for i, r := range rows[:min(len(rows), tabular.MaxAbove)] {
		n := filled(r)
		below := rows[i+1 : min(len(rows), i+1+lookRows)]
		if n < 2 || len(below) == 0 {
			continue
		}
		wide, numbers := 0, 0
		for _, b := range below {
			if filled(b)*10 >= n*6 && filled(b) <= n+1 {
				wide++
			}
			for _, s := range b {
				if isNumber(s) {
					numbers++
				}
			}
		}
		named := 0
		for _, s := range r {
			if s != "" && (!isNumber(s) || lengthOf([]string{s}) != "") {
				named++
			}
		}
		if wide*2 >= min(len(below), lookRows) && numbers > 0 && named == n && !dataLike(r, below) {
			return i
		}
	}
	return -1
}

// dataLike reports whether a row is like the one below it: it has numbers in the same columns.
func dataLike(r []string, below [][]string) bool {
	same, numbers := 0, 0
	for i, s := range below[0] {
		if isNumber(s) {
			numbers++
			if i < len(r) && isNumber(r[i]) {
				same++
			}
		}
	}
	across := 0
	for _, s := range r {
		if lengthOf([]string{s}) != "" {
			across++
		}
	}
	return numbers > 0 && same == numbers && across < 2
}
