package altered

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// Written writes a file in other ways that mean the same: headers, counts, days, and rows and columns
// around them. Nothing counts as known. The source must give the figures of the true file, or
// refuse it, or give a finding of severity error. It may give fewer figures only where one is not
// stated. Of the ways, each step-th is tried.
func Written(t *testing.T, s *source.Source, f sourcetest.File, step int) Tally {
	t.Helper()
	return writtenAll(t, s, f, step, func(said string) { t.Error(said) })
}

func writtenAll(t testing.TB, s *source.Source, f sourcetest.File, step int, silent func(string)) (sum Tally) {
	t.Helper()
	truth, grid := unknown(t, s, f)
	for i, w := range ways(grid) {
		if i%step != 0 {
			continue
		}
		g, done := grid.clone(), false
		for _, x := range g.Tables {
			if header := g.HeaderAt(x); header >= 0 {
				x.pad(header, longest(x.Rows[header:]))
				done = w.do(mangler{seeded(f.Name + w.name), g, x, header}) || done
			}
		}
		if !done {
			continue
		}
		file := g.File(t)
		if w.file != nil {
			file = w.file(file)
		}
		became, why := truth.weigh(file)
		if became == wrong || became == fewer && !w.fewer {
			silent(fmt.Sprintf("%s: %s: %s", f.Name, w.name, why))
		}
		if became == refused || became == held {
			t.Logf("%s: %s: %s", f.Name, w.name, truth.said(file))
		}
		sum.count(became)
	}
	t.Logf("%s: %s", f.Name, sum)
	return sum
}

// longest returns how many cells the longest of some rows has.
func longest(rows [][]string) (width int) {
	for _, row := range rows {
		width = max(width, len(row))
	}
	return width
}

// said says why a file is refused or held.
func (x *truth) said(f sourcetest.File) string {
	r, err := sourcetest.DecodeAny(x.source, f)
	if err != nil {
		return "refused: " + err.Error()
	}
	for _, o := range r.Findings {
		if o.Severity == stat.SeverityError {
			return "held: " + o.Code + " " + o.Message
		}
	}
	return fmt.Sprintf("held: %d observations, %d rows excluded", len(r.Observations), len(r.Excluded))
}

// way is one way to write a table. It returns false if the table does not allow it.
type way struct {
	name  string
	do    func(m mangler) bool
	fewer bool                                  // a figure is not stated
	file  func(sourcetest.File) sourcetest.File // what then becomes of the file, or nil
}

// ways returns all ways.
func ways(g *Grid) []way {
	var out []way
	for _, x := range headerWays {
		out = append(out, way{name: "headers " + x.name, do: func(m mangler) bool { return m.headers(x.write) }})
	}
	for _, x := range countWays {
		out = append(out, way{name: "counts " + x.name, do: func(m mangler) bool { return m.counts(x.write) }})
	}
	for _, x := range markWays {
		out = append(out, way{name: "no count: " + x, fewer: true, do: func(m mangler) bool { return m.oneCount(x) }})
	}
	for _, x := range dayWays {
		out = append(out, way{name: "days " + x, do: func(m mangler) bool { return m.days(x) }})
	}
	out = append(out, rowWays...)
	if g.form.row == nil {
		out = append(out, fileWays...)
	}
	return out
}

// rewrite is a way to write a text.
type rewrite struct {
	name  string
	write func(string) string
}

// replacing returns a rewrite that replaces texts.
func replacing(name string, oldnew ...string) rewrite {
	return rewrite{name, strings.NewReplacer(oldnew...).Replace}
}

// after returns a rewrite that adds to the end of a text.
func after(name, more string) rewrite {
	return rewrite{name, func(s string) string { return s + more }}
}

var headerWays = []rewrite{
	{"in capitals", strings.ToUpper}, {"in lower case", strings.ToLower},
	replacing("with spaces that do not break", " ", "\u00a0"), replacing("with two spaces", " ", "  "), replacing("with line breaks", " ", "\n"),
	replacing("with thin spaces", " ", "\u2009"), replacing("with underscores", " ", "_"), replacing("with dashes", "-", "\u2013"), replacing("with quotation marks", "'", "\u2019"),
	after("with a note", " [note 1]"), after("with two notes", " [note 1][note 2]"), after("with a raised digit", "\u00b9"), after("with a number in brackets", " (1)"), after("with a star", " *"),
	after("with a colon", ":"), after("with a space", " "), after("with a dagger", "\u2020"), after("with a zero width space", "\u200b"),
}

// grouped writes a count with a character between thousands.
func grouped(sep string) func(string) string {
	return func(s string) string {
		digits := strings.ReplaceAll(s, ",", "")
		if n, err := strconv.Atoi(digits); err != nil || n < 1000 {
			return s
		}
		for i := len(digits) - 3; i > 0; i -= 3 {
			digits = digits[:i] + sep + digits[i:]
		}
		return digits
	}
}

var countWays = []rewrite{
	{"with commas", grouped(",")}, {"with spaces", grouped(" ")}, {"with spaces that do not break", grouped("\u00a0")}, {"with narrow spaces", grouped("\u202f")},
	{"with thin spaces", grouped("\u2009")}, {"with apostrophes", grouped("'")}, {"with raised apostrophes", grouped("\u2019")}, {"with points", grouped(".")},
	after("with a space", " "), after("with a decimal", ".0"), after("with a decimal comma", ",0"), after("with a mark", " [p]"), after("with a revision", " (r)"),
	after("with a star", "*"), after("with a word", " (provisional)"), after("with a letter", "r"), after("with a note", " [note 3]"), after("with a day of revision", " (revised 3 May 2026)"), after("with a raised digit", "\u00b9"), {"with a space before", func(s string) string { return " " + s }}, {"as text", func(s string) string { return s }},
}

var markWays = []string{"n/a", "-", "\u2013", "\u2014", ":", "..", "[x]", "[c]", "[z]", "*", "N/A", "na", "not available", "x", "\u2026", "#N/A", "[c] [note 4]", "not applicable", "suppressed"}

var dayWays = []string{time.DateOnly, "2 January 2006", "02/01/2006", "2 Jan 2006", "Monday 2 January 2006", "Monday, 2 January 2006", "2006-01-02T00:00:00", "2006-01-02 00:00:00", "02-Jan-06", "02-Jan-2006", "2006/01/02", "02.01.2006",
	"January 2, 2006", "2nd January 2006", "Mon 2 Jan 2006", "2\u00a0January\u00a02006", " 2 January 2006 "}

// forms are how fixtures write days.
var forms = []string{time.DateOnly, "2 January 2006", "02 January 2006", "Mon, 01/02/2006 - 15:04", "02/01/2006", "Monday 2 January 2006"}

// dayIn returns the day that a text is.
func dayIn(text string) (time.Time, bool) {
	for _, form := range forms {
		if day, err := time.Parse(form, text); err == nil {
			return day, true
		}
	}
	return time.Time{}, false
}

// each writes the cells below the header for which write returns true.
func (m mangler) each(write func(column int, text string) (string, bool)) (done bool) {
	for i := m.header + 1; i < len(m.Rows); i++ {
		for c, cell := range m.Rows[i] {
			text := m.grid.Text(cell)
			if text == "" {
				continue
			}
			if to, is := write(c, text); is {
				m.Rows[i][c], done = m.grid.Cell(to, cell), true
			}
		}
	}
	return done
}

func (m mangler) headers(write func(string) string) (done bool) {
	for c, cell := range m.Rows[m.header] {
		if old := m.grid.Text(cell); old != "" && write(old) != old {
			m.setHead(c, write(old))
			done = true
		}
	}
	return done
}

// figures reports which columns have counts.
func (m mangler) figures() map[int]bool {
	out := map[int]bool{}
	columns := countColumns(m.grid, 1)
	for n, x := range m.grid.Tables {
		for _, c := range columns[n] {
			out[c] = out[c] || x == m.GridTable
		}
	}
	return out
}

func (m mangler) counts(write func(string) string) bool {
	is := m.figures()
	return m.each(func(c int, text string) (string, bool) {
		_, ok := count(text)
		return write(text), ok && is[c]
	})
}

// oneCount writes a mark instead of a count.
func (m mangler) oneCount(mark string) bool {
	is, n := m.figures(), 0
	return m.each(func(c int, text string) (string, bool) {
		if v, ok := count(text); !ok || v == 0 || !is[c] {
			return "", false
		}
		n++
		return mark, n == 7
	})
}

func (m mangler) days(form string) bool {
	return m.each(func(_ int, text string) (string, bool) {
		day, ok := dayIn(text)
		return day.Format(form), ok && day.Format(form) != text
	})
}

// rowsAt inserts a row of cells before some rows.
func (m mangler) rowsAt(at func(i int) bool, cells ...string) bool {
	for i := len(m.Rows); i > m.header; i-- {
		if at(i) {
			m.insertRow(i, slices.Clone(cells)...)
		}
	}
	return true
}
