package altered

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// bookWays are the ways to write a workbook.
var bookWays = []bookWay{
	{name: "sheets in reverse", want: reads, once: true, do: reverseSheets},
	{name: "a cover sheet first", want: reads, once: true, do: func(b book) bool { return b.addSheet("About this release", true, false, "Published by the office") }},
	{name: "a sheet of notes last", want: reads, once: true, do: func(b book) bool { return b.addSheet("Further notes", false, false, "Figures are provisional.") }},
	{name: "a hidden sheet with a text", want: reads, once: true, do: func(b book) bool { return b.addSheet("Work", true, true, "to do") }},
	{name: "rows hidden by hand", want: waits, do: func(b book) bool { return b.hideRows(`hidden="1"`, `table:visibility="collapse"`) }},
	{name: "rows hidden by a filter", want: reads, do: func(b book) bool {
		if !b.isODS() {
			_, after := b.around()
			*after = `<autoFilter ref="A1:C99"><filterColumn colId="1"><filters><filter val="x"/></filters></filterColumn></autoFilter>` + *after
		}
		return b.hideRows(`hidden="1"`, `table:visibility="filter"`)
	}},
	{name: "a column of counts hidden", want: waits, do: func(b book) bool {
		c := b.countColumns()
		return len(c) > 0 && b.hideColumn(c[0])
	}},
	{name: "the sheet hidden", want: waits, do: func(b book) bool { return b.hideSheet() }},
	{name: "a hidden copy with other figures first", want: reads, do: func(b book) bool {
		return len(b.countColumns()) > 0 && b.otherFigures().addSheet(b.after("Data old"), true, true, "")
	}},
	{name: "a hidden copy with other figures last", want: reads, do: func(b book) bool {
		return len(b.countColumns()) > 0 && b.otherFigures().addSheet(b.after("Copy"), false, true, "")
	}},
	{name: "a copy with other figures first", do: func(b book) bool {
		return len(b.countColumns()) > 0 && b.otherFigures().addSheet(b.after("Earlier"), true, false, "")
	}},
	{name: "a header merged down", want: reads, do: mergeHeaderDown},
	{name: "all headers merged down but one", do: mergeHeadersDown},
	{name: "headers merged across", want: reads, do: func(b book) bool {
		b.insertRow(b.header, append(make([]string, 1), "Figures")...)
		b.merge(1, b.header, b.width()-1, b.header)
		return b.width() > 2
	}},
	{name: "labels merged down", do: mergeLabels},
	{name: "counts merged down", do: mergeCounts},
	{name: "a row of totals first", do: func(b book) bool { return b.total(b.header + 1) }},
	{name: "a row of totals in the middle", do: func(b book) bool { return b.total(b.header + (len(b.Rows)-b.header)/2) }},
	{name: "days as serial numbers", do: func(b book) bool { return !b.isODS() && b.serials(0) }},
	{name: "days as serial numbers from 1904", do: func(b book) bool { return !b.isODS() && b.serials(1462) && b.is1904() }},
	{name: "days as serial numbers of the other calendar", do: func(b book) bool { return !b.isODS() && b.serials(0) && b.is1904() }},
	{name: "numbers as text", want: reads, do: func(b book) bool {
		return b.eachCount(func(cell, text string) string { return b.grid.Cell(text, cell) })
	}},
	{name: "numbers as results of formulas", want: reads, do: func(b book) bool {
		return b.eachCount(func(cell, text string) string {
			if b.isODS() {
				return strings.Replace(cell, "<table:table-cell ", `<table:table-cell table:formula="of:=[.A1]" `, 1)
			}
			return strings.Replace(cell, "<v>", "<f>SUM(A1:B2)</f><v>", 1)
		})
	}},
	{name: "a formula without a result", do: func(b book) bool {
		return b.seventh("<c><f>A1+A2</f></c>", `<table:table-cell table:formula="of:=[.A1]"/>`)
	}},
	{name: "an error instead of a count", do: func(b book) bool {
		return b.seventh(`<c t="e"><v>#REF!</v></c>`, `<table:table-cell table:formula="of:=[.A1]" office:value-type="string" office:string-value=""><text:p>#REF!</text:p></table:table-cell>`)
	}},
	{name: "texts of the sheet's own", want: reads, do: func(b book) bool { return !b.isODS() && b.inline() }},
	{name: "a header in several typefaces", want: reads, do: richHeader},
	{name: "a wide range without content", want: reads, do: widen},
}

// after returns the name of a copy of the sheet.
func (b book) after(name string) string {
	return fmt.Sprint(name, " ", slices.Index(b.grid.Tables, b.GridTable))
}

// reverseSheets puts the last sheet first.
func reverseSheets(b book) bool {
	if b.isODS() {
		p := &b.grid.parts[b.contentAt()]
		p.tables = slices.Clone(p.tables)
		slices.Reverse(p.tables)
		return len(p.tables) > 1
	}
	wb := b.part("xl/workbook.xml")
	all := sheetElements.FindAllString(*wb, -1)
	from := strings.Index(*wb, all[0])
	to := strings.Index(*wb, all[len(all)-1]) + len(all[len(all)-1])
	slices.Reverse(all)
	*wb = (*wb)[:from] + strings.Join(all, "") + (*wb)[to:]
	return len(all) > 1
}

// mergeHeaderDown moves the first header up by a row, in a cell that covers the place below it.
func mergeHeaderDown(b book) bool {
	first := b.grid.Text(b.Rows[b.header][0])
	b.insertRow(b.header, first)
	b.Rows[b.header+1][0] = b.covered()
	b.merge(0, b.header, 0, b.header+1)
	return first != ""
}

// mergeHeadersDown moves all headers up by a row but the last, which has a group's title above it.
func mergeHeadersDown(b book) bool {
	row := slices.Clone(b.Rows[b.header])
	last := b.width() - 1
	row[last] = b.grid.Cell("Group", "")
	b.Rows = slices.Insert(b.Rows, b.header, row)
	for c := range last {
		b.Rows[b.header+1][c] = b.covered()
		b.merge(c, b.header, c, b.header+1)
	}
	return last > 0
}

// covered is a cell below or next to one that covers it.
func (b book) covered() string {
	if b.isODS() {
		return "<table:covered-table-cell/>"
	}
	return ""
}

// mergeLabels writes a label once where the rows below repeat it.
func mergeLabels(b book) (done bool) {
	for c := range b.width() {
		if slices.Contains(b.countColumns(), c) {
			continue
		}
		for i := len(b.Rows) - 1; i > b.header+1; i-- {
			if c >= len(b.Rows[i]) || c >= len(b.Rows[i-1]) {
				continue
			}
			if text := b.grid.Text(b.Rows[i][c]); text != "" && text == b.grid.Text(b.Rows[i-1][c]) {
				b.Rows[i][c], done = b.covered(), true
			}
		}
		if done {
			return true
		}
	}
	return false
}

// mergeCounts writes a count once where the row below repeats it.
func mergeCounts(b book) bool {
	for _, c := range b.countColumns() {
		for i := b.header + 2; i < len(b.Rows); i++ {
			if c >= len(b.Rows[i]) || c >= len(b.Rows[i-1]) {
				continue
			}
			if v, ok := b.count(b.Rows[i][c]); ok && v > 0 && b.grid.Text(b.Rows[i-1][c]) == b.grid.Text(b.Rows[i][c]) {
				b.Rows[i][c] = b.covered()
				b.merge(c, i-1, c, i)
				return true
			}
		}
	}
	return false
}

// total inserts a row with the sums of the columns of counts.
func (b book) total(at int) bool {
	cells := make([]string, b.width())
	columns := b.countColumns()
	if len(columns) == 0 {
		return false
	}
	first := 0
	for slices.Contains(columns, first) {
		first++
	}
	if first >= len(cells) {
		return false
	}
	cells[first] = "Total"
	for _, c := range columns {
		sum := int64(0)
		for _, row := range b.Rows[b.header+1:] {
			if c < len(row) {
				v, _ := b.count(row[c])
				sum += v
			}
		}
		cells[c] = strconv.FormatInt(sum, 10)
	}
	b.insertRow(at, slices.Clone(cells)...)
	for _, c := range columns {
		b.Rows[at][c] = b.numberCell(cells[c])
	}
	return true
}

// numberCell returns a cell with a number.
func (b book) numberCell(n string) string {
	if b.isODS() {
		return `<table:table-cell office:value-type="float" office:value="` + n + `"><text:p>` + n + `</text:p></table:table-cell>`
	}
	return "<c><v>" + n + "</v></c>"
}

// serials writes days as numbers of days since the end of 1899, less some.
func (b book) serials(less int) bool {
	return b.each(func(_ int, text string) (string, bool) { _, is := dayIn(text); return "\x00" + text, is }) && b.eachMarked(less)
}

// eachMarked replaces the cells that serials has marked.
func (b book) eachMarked(less int) bool {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	for i, row := range b.Rows {
		for c, cell := range row {
			if text, marked := strings.CutPrefix(b.grid.Text(cell), "\x00"); marked {
				day, _ := dayIn(text)
				b.Rows[i][c] = b.numberCell(strconv.Itoa(int(day.Sub(epoch).Hours()/24) - less))
			}
		}
	}
	return true
}

// is1904 says that the workbook's days begin in 1904.
func (b book) is1904() bool {
	wb := b.part("xl/workbook.xml")
	if !strings.Contains(*wb, "date1904") {
		*wb = strings.Replace(*wb, "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
	}
	return true
}

// eachCount writes the cells with counts.
func (b book) eachCount(write func(cell, text string) string) (done bool) {
	for _, c := range b.countColumns() {
		for i := b.header + 1; i < len(b.Rows); i++ {
			if c >= len(b.Rows[i]) {
				continue
			}
			if v, ok := b.count(b.Rows[i][c]); ok {
				b.Rows[i][c], done = write(b.Rows[i][c], strconv.FormatInt(v, 10)), true
			}
		}
	}
	return done
}

// seventh writes the seventh count that is not 0.
func (b book) seventh(xlsx, ods string) bool {
	n := 0
	b.eachCount(func(cell, text string) string {
		if text == "0" {
			return cell
		}
		if n++; n != 7 {
			return cell
		}
		if b.isODS() {
			return ods
		}
		return xlsx
	})
	return n >= 7
}

// inline writes all texts in their cells.
func (b book) inline() bool {
	for i, row := range b.Rows {
		for c, cell := range row {
			if strings.Contains(cell, ` t="s"`) {
				b.Rows[i][c] = b.grid.Cell(b.grid.Text(cell), "")
			}
		}
	}
	return true
}

// richHeader writes the first letter of each header in another typeface.
func richHeader(b book) bool {
	for c, cell := range b.Rows[b.header] {
		text := b.grid.Text(cell)
		if len(text) < 2 || strings.ContainsAny(text, "<>&\"'\u00a0") {
			continue
		}
		if b.isODS() {
			b.Rows[b.header][c] = fmt.Sprintf(`<table:table-cell office:value-type="string"><text:p><text:span>%s</text:span>%s</text:p></table:table-cell>`, text[:1], text[1:])
		} else {
			b.Rows[b.header][c] = fmt.Sprintf(`<c t="inlineStr"><is><r><rPr><b/></rPr><t>%s</t></r><r><t xml:space="preserve">%s</t></r></is></c>`, text[:1], text[1:])
		}
	}
	return true
}

// widen adds cells with a style and nothing else, to the last column and row that there can be.
func widen(b book) bool {
	if b.isODS() {
		for i := b.header; i < len(b.Rows); i++ {
			b.Rows[i] = append(b.Rows[i], `<table:table-cell table:style-name="x" table:number-columns-repeated="16000"/>`)
		}
		last := len(b.GridTable.seps) - 1
		b.GridTable.seps[last] = `<table:table-row table:number-rows-repeated="1040000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>` + b.GridTable.seps[last]
		return true
	}
	for i := b.header; i < min(len(b.Rows), b.header+5); i++ {
		for len(b.Rows[i]) < 16384 {
			b.Rows[i] = append(b.Rows[i], `<c s="1"/>`)
		}
	}
	before, _ := b.around()
	*before += `<dimension ref="A1:XFD1048576"/>`
	last := len(b.GridTable.seps) - 1
	b.GridTable.seps[last] = `<row r="1048576"><c r="XFD1048576" s="1"/></row>` + b.GridTable.seps[last]
	return true
}
