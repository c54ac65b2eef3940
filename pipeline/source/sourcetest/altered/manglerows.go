package altered

import (
	"fmt"
	"slices"
)

func shiftTable(m mangler) string {
	for i, row := range m.Rows {
		m.Rows[i] = slices.Insert(row, 0, m.grid.Cell("", ""))
	}
	return "one to the right"
}

func shiftSideways(m mangler) string {
	from, k := m.header+1+m.IntN((len(m.Rows)-m.header)/2), m.IntN(m.width())
	for _, i := range m.wide(from) {
		m.shift(i, k)
	}
	return fmt.Sprintf("from row %d and column %d on", from, k)
}

// shift moves the cells of a row from column k on: to the right, or to the left from even ones.
func (m mangler) shift(i, k int) {
	if k%2 == 0 {
		m.Rows[i] = append(slices.Delete(m.Rows[i], k, k+1), "")
	} else {
		m.Rows[i] = slices.Insert(m.Rows[i], k, "")
	}
}

func shiftColumn(m mangler) string {
	k, rows := m.column(), m.wide(m.header+1)
	if len(rows) < 2 {
		return ""
	}
	var cells []string
	for _, i := range rows {
		cells = append(cells, m.Rows[i][k])
	}
	n := len(cells)
	down := m.IntN(2) == 0
	if down {
		cells = append([]string{cells[n-1]}, cells[:n-1]...)
	} else {
		cells = append(slices.Clone(cells[1:]), cells[0])
	}
	for j, i := range rows {
		m.Rows[i][k] = cells[j]
	}
	return fmt.Sprintf("%q, down: %t", m.head(k), down)
}

func insertTitles(m mangler) string {
	n := 1 + m.IntN(4)
	for i := range n {
		m.insertRow(0, [][]string{{"Table 1: figures as published"}, {"Published", "2 May 2026"}, {"Back to contents"}, {"", "2026"}}[(i+n)%4]...)
	}
	return fmt.Sprint(n)
}

func insertEmpty(m mangler) string {
	at := m.IntN(len(m.Rows) + 1)
	m.Rows = slices.Insert(m.Rows, at, make([]string, m.width()))
	return fmt.Sprint("at ", at)
}

func insertNote(m mangler) string {
	at := []int{len(m.Rows), m.row()}[m.IntN(2)]
	text := []string{"Source: the publisher", "Total", "Note 1: figures are provisional"}[m.IntN(3)]
	m.insertText(at, text)
	return fmt.Sprintf("%q at %d", text, at)
}

func repeatHeader(m mangler) string {
	at := m.row()
	m.Rows = slices.Insert(m.Rows, at, slices.Clone(m.Rows[m.header]))
	return fmt.Sprint("at ", at)
}

func moveHeader(m mangler) string {
	h, to := m.Rows[m.header], min(m.header+1+m.IntN(12), len(m.Rows)-1)
	m.Rows = slices.Insert(slices.Delete(m.Rows, m.header, m.header+1), to, h)
	return fmt.Sprint("to ", to)
}

func removeHeader(m mangler) string {
	m.Rows = slices.Delete(m.Rows, m.header, m.header+1)
	return "all of it"
}

// span returns some rows below the header: their first, and the one after the last.
func (m mangler) span() (from, to int) {
	from = m.row()
	return from, min(from+1+m.IntN(3), len(m.Rows))
}

func dropRows(m mangler) string {
	from, to := m.span()
	m.Rows = slices.Delete(m.Rows, from, to)
	return fmt.Sprintf("%d to %d", from, to)
}

func dropLast(m mangler) string {
	n := min(1+m.IntN(20), len(m.Rows)-m.header-1)
	m.Rows = m.Rows[:len(m.Rows)-n]
	return fmt.Sprint(n)
}

func swapRows(m mangler) string {
	a, b := m.row(), m.row()
	if a == b {
		return ""
	}
	m.Rows[a], m.Rows[b] = m.Rows[b], m.Rows[a]
	return fmt.Sprintf("%d and %d", a, b)
}

func duplicateRows(m mangler) string {
	from, to := m.span()
	at := []int{to, m.row()}[m.IntN(2)]
	return m.copyRows(from, to, at)
}

func duplicateLast(m mangler) string {
	n := min(1+m.IntN(40), len(m.Rows)-m.header-1)
	return m.copyRows(len(m.Rows)-n, len(m.Rows), len(m.Rows))
}

func (m mangler) copyRows(from, to, at int) string {
	var rows [][]string
	for _, row := range m.Rows[from:to] {
		rows = append(rows, slices.Clone(row))
	}
	m.Rows = slices.Insert(m.Rows, at, rows...)
	return fmt.Sprintf("%d to %d at %d", from, to, at)
}

func shiftRow(m mangler) string {
	i := m.row()
	if len(m.Rows[i]) < m.width() {
		return ""
	}
	k := m.IntN(m.width())
	m.shift(i, k)
	return fmt.Sprintf("row %d from column %d on", i, k)
}

func renameRow(m mangler) string {
	i := m.row()
	if len(m.Rows[i]) == 0 {
		return ""
	}
	old, text := m.grid.Text(m.Rows[i][0]), []string{"Total", "Other", "", "31 December 2031", "2018"}[m.IntN(5)]
	m.Rows[i][0] = m.grid.Cell(text, m.Rows[i][0])
	return fmt.Sprintf("row %d: %q is %q", i, old, text)
}

func swapCells(m mangler) string {
	i := m.row()
	a, b, ok := m.columns()
	if !ok || len(m.Rows[i]) < m.width() {
		return ""
	}
	m.Rows[i][a], m.Rows[i][b] = m.Rows[i][b], m.Rows[i][a]
	return fmt.Sprintf("row %d, %q and %q", i, m.head(a), m.head(b))
}

func reverse(m mangler) string {
	slices.Reverse(m.Rows[m.header+1:])
	return "all"
}
