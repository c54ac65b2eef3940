package workbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Names of the parts of a workbook.
const (
	mainSpace   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	officeSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	officeRel   = officeSpace + "/"
	packageRel  = "http://schemas.openxmlformats.org/package/2006/relationships"
	mediaType   = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

func (x *xlsx) types(w *xmlWriter) error {
	w.put(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`,
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`,
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>`,
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`,
		`<Override PartName="/xl/workbook.xml" ContentType="`, mediaType, `sheet.main+xml"/>`,
		`<Override PartName="/xl/styles.xml" ContentType="`, mediaType, `styles+xml"/>`)
	for i, p := range x.plan.pages {
		w.put(fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, mediaType))
		if p.table != nil {
			w.put(fmt.Sprintf(`<Override PartName="/xl/tables/table%d.xml" ContentType="%stable+xml"/>`, i+1, mediaType))
		}
	}
	w.put(`</Types>`)
	return nil
}

func relation(w *xmlWriter, id, kind, target string) {
	w.put(`<Relationship`)
	w.attr("Id", id)
	w.attr("Type", kind)
	w.attr("Target", target)
	w.put(`/>`)
}

func (x *xlsx) packageRels(w *xmlWriter) error {
	w.put(`<Relationships xmlns="`, packageRel, `">`)
	relation(w, "workbook", officeRel+"officeDocument", "xl/workbook.xml")
	relation(w, "core", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml")
	relation(w, "app", officeRel+"extended-properties", "docProps/app.xml")
	w.put(`</Relationships>`)
	return nil
}

func (x *xlsx) app(w *xmlWriter) error {
	w.put(`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>crossings</Application></Properties>`)
	return nil
}

func (x *xlsx) core(w *xmlWriter) error {
	w.put(`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"`,
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>`)
	w.text(x.plan.book.Title)
	w.put(`</dc:title><dc:creator>`)
	w.text(x.plan.book.Creator)
	w.put(`</dc:creator><dc:language>en-GB</dc:language>`)
	if d := x.plan.book.Dated; !d.IsZero() {
		for _, name := range []string{"created", "modified"} {
			w.put(`<dcterms:`, name, ` xsi:type="dcterms:W3CDTF">`, d.String(), `T00:00:00Z</dcterms:`, name, `>`)
		}
	}
	w.put(`</cp:coreProperties>`)
	return nil
}

func (x *xlsx) workbook(w *xmlWriter) error {
	w.put(`<workbook xmlns="`, mainSpace, `" xmlns:r="`, officeSpace, `"><workbookPr/><bookViews><workbookView/></bookViews><sheets>`)
	for i, p := range x.plan.pages {
		w.put(`<sheet`)
		w.attr("name", p.name)
		w.num("sheetId", i+1)
		w.attr("r:id", "sheet"+strconv.Itoa(i+1))
		w.put(`/>`)
	}
	w.put(`</sheets><definedNames>`)
	for i, p := range x.plan.pages { // print the header row on each page
		if p.table != nil {
			w.put(fmt.Sprintf(`<definedName name="_xlnm.Print_Titles" localSheetId="%d">`, i))
			w.text(fmt.Sprintf("%s!$%d:$%d", quoted(p.name), p.first(), p.first()))
			w.put(`</definedName>`)
		}
	}
	w.put(`</definedNames></workbook>`)
	return nil
}

func (x *xlsx) workbookRels(w *xmlWriter) error {
	w.put(`<Relationships xmlns="`, packageRel, `">`)
	for i := range x.plan.pages {
		relation(w, "sheet"+strconv.Itoa(i+1), officeRel+"worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1))
	}
	relation(w, "styles", officeRel+"styles", "styles.xml")
	w.put(`</Relationships>`)
	return nil
}

// quoted returns the name of a sheet in the form used by references.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

// The fixed cell formats, by their position in the style sheet. Those of numbers and dates follow.
var xfOf = map[style]int{styleText: 0, styleTitle: 1, styleHeading: 2, styleLink: 3, styleHead: 4, styleMark: 5, styleFigHead: 6, styleFigMark: 7}

const (
	xfCover   = 8 // wrapped lines
	xfWords   = 9
	xfGuarded = 10 // words that would become a formula if someone edited the cell
	xfNumbers = 11 // the first of numbers and dates
)

// formatOf returns the number format of a cell.
func formatOf(k kind, c Column) string {
	switch k {
	case day:
		return `[$-809]d mmmm yyyy`
	case instant:
		return `[$-809]d mmmm yyyy", "hh:mm`
	}
	format := "#,##0"
	if c.Plain {
		format = "0"
	}
	if c.Places > 0 {
		format += "." + strings.Repeat("0", c.Places)
	}
	if c.Signed {
		format = "+" + format + ";-" + format + ";" + format
	}
	return format
}

// collectFormats lists the formats that the columns may need.
func (x *xlsx) collectFormats() {
	x.styleOf = map[string]int{}
	add := func(f string) {
		if !slices.Contains(x.formats, f) {
			x.styleOf[f] = xfNumbers + len(x.formats)
			x.formats = append(x.formats, f)
		}
	}
	add(formatOf(day, Column{}))
	add(formatOf(instant, Column{}))
	for _, p := range x.plan.pages {
		if p.table != nil {
			for _, c := range p.table.columns {
				add(formatOf(number, c))
			}
		}
	}
}

// firstFormat is the first number that a workbook may give to a format of its own.
const firstFormat = 164

func (x *xlsx) styles(w *xmlWriter) error {
	w.put(`<styleSheet xmlns="`, mainSpace, `"><numFmts`)
	w.num("count", len(x.formats))
	w.put(`>`)
	for i, f := range x.formats {
		w.put(`<numFmt`)
		w.num("numFmtId", firstFormat+i)
		w.attr("formatCode", f)
		w.put(`/>`)
	}
	const font = `<name val="Arial"/><family val="2"/></font>`
	w.put(`</numFmts><fonts count="5"><font><sz val="11"/><color rgb="FF000000"/>`, font, `<font><b/><sz val="16"/><color rgb="FF000000"/>`, font,
		`<font><b/><sz val="13"/><color rgb="FF000000"/>`, font, `<font><u/><sz val="11"/><color rgb="FF0B4F9E"/>`, font,
		`<font><b/><sz val="11"/><color rgb="FF000000"/>`, font, `</fonts>`,
		`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>`,
		`<fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF2"/><bgColor indexed="64"/></patternFill></fill></fills>`,
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>`,
		`<border><left/><right/><top/><bottom style="medium"><color rgb="FF000000"/></bottom><diagonal/></border></borders>`,
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs`)
	w.num("count", xfNumbers+len(x.formats))
	w.put(`>`)
	const top, wrapped = `<alignment vertical="top"/>`, `<alignment vertical="top" wrapText="1"/>`
	// Words are indented from the figures before them, because not all programs indent figures from
	// the words after them.
	const figure, inset = `<alignment horizontal="right" vertical="top"/>`, `<alignment horizontal="left" vertical="top" wrapText="1" indent="1"/>`
	for _, xf := range []struct{ font, fill, border, quote, align string }{
		{"0", "0", "0", "0", top}, {"1", "0", "0", "0", top}, {"2", "0", "0", "0", `<alignment vertical="bottom"/>`}, {"3", "0", "0", "0", wrapped},
		{"4", "2", "1", "0", `<alignment horizontal="left" vertical="bottom" wrapText="1" indent="1"/>`}, {"0", "0", "0", "0", inset},
		{"4", "2", "1", "0", `<alignment horizontal="right" vertical="bottom" wrapText="1"/>`}, {"0", "0", "0", "0", figure},
		{"0", "0", "0", "0", wrapped}, {"0", "0", "0", "0", inset}, {"0", "0", "0", "1", inset},
	} {
		w.put(`<xf numFmtId="0" fontId="`, xf.font, `" fillId="`, xf.fill, `" borderId="`, xf.border, `" xfId="0" quotePrefix="`, xf.quote,
			`" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">`, xf.align, `</xf>`)
	}
	for i := range x.formats {
		w.put(`<xf numFmtId="`, strconv.Itoa(firstFormat+i), `" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">`, figure, `</xf>`)
	}
	w.put(`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
	return nil
}
