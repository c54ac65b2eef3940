package sourcetest

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"testing"

	"crossings/pipeline/read/decode"
)

// The parts of a workbook that say where the others are.
const (
	excelMain  = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	excelLinks = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	excelRoot  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + excelLinks + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
)

// ExcelBook returns an XLSX workbook with the sheets, in the form in which Excel writes it: texts
// are shared by the sheets, rows have spans, and cells have styles. It is for large workbooks; Book
// is for small ones. Cells are numbers or texts.
func ExcelBook(t testing.TB, sheets ...Sheet) []byte {
	t.Helper()
	var b bytes.Buffer
	x := excelWriter{zip: zip.NewWriter(&b), places: map[string]int{}}
	x.part("_rels/.rels", func(w *bufio.Writer) { io.WriteString(w, excelRoot) })
	x.part("xl/workbook.xml", func(w *bufio.Writer) {
		fmt.Fprintf(w, `<workbook xmlns=%q xmlns:r=%q><sheets>`, excelMain, excelLinks)
		for i, s := range sheets {
			fmt.Fprintf(w, `<sheet name=%q sheetId="%d" r:id="rId%d"/>`, s.Name, i+1, i+1)
		}
		io.WriteString(w, `</sheets></workbook>`)
	})
	x.part("xl/_rels/workbook.xml.rels", func(w *bufio.Writer) {
		io.WriteString(w, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
		for i := range sheets {
			fmt.Fprintf(w, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, excelLinks, i+1)
		}
		fmt.Fprintf(w, `<Relationship Id="texts" Type="%s/sharedStrings" Target="sharedStrings.xml"/></Relationships>`, excelLinks)
	})
	for i, s := range sheets {
		x.part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), func(w *bufio.Writer) { x.sheet(w, s) })
	}
	x.part("xl/sharedStrings.xml", func(w *bufio.Writer) {
		fmt.Fprintf(w, `<sst xmlns=%q uniqueCount="%d">`, excelMain, len(x.texts))
		for _, s := range x.texts {
			io.WriteString(w, "<si><t>")
			xml.EscapeText(w, []byte(s))
			io.WriteString(w, "</t></si>")
		}
		io.WriteString(w, "</sst>")
	})
	if err := x.zip.Close(); err != nil || x.err != nil {
		t.Fatal(err, x.err)
	}
	return b.Bytes()
}

// excelWriter writes the parts of a workbook.
type excelWriter struct {
	zip    *zip.Writer
	texts  []string       // that the sheets share
	places map[string]int // of the texts
	err    error          // the first one
}

// part writes one part of the workbook.
func (x *excelWriter) part(name string, write func(*bufio.Writer)) {
	f, err := x.zip.Create(name)
	if err == nil {
		w := bufio.NewWriter(f)
		io.WriteString(w, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\r\n")
		write(w)
		err = w.Flush()
	}
	if x.err == nil {
		x.err = err
	}
}

// sheet writes the rows of a sheet.
func (x *excelWriter) sheet(w *bufio.Writer, s Sheet) {
	fmt.Fprintf(w, `<worksheet xmlns=%q xmlns:r=%q xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">`+
		`<sheetFormatPr defaultRowHeight="15.5" x14ac:dyDescent="0.35"/><sheetData>`, excelMain, excelLinks)
	for i, row := range s.Rows {
		line := strconv.Itoa(i + 1)
		fmt.Fprintf(w, `<row r="%s" spans="1:%d" x14ac:dyDescent="0.35">`, line, len(row))
		for k, v := range row {
			io.WriteString(w, `<c r="`+decode.ColumnLetter(k)+line+`" s="52"`)
			switch v := v.(type) {
			case int:
				io.WriteString(w, "><v>"+strconv.Itoa(v)+"</v></c>")
			case string:
				io.WriteString(w, ` t="s"><v>`+strconv.Itoa(x.place(v))+"</v></c>")
			default:
				io.WriteString(w, "/>") // a style without a value
			}
		}
		io.WriteString(w, "</row>")
	}
	io.WriteString(w, `</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>`)
}

// place returns the index of a text among those that the sheets share.
func (x *excelWriter) place(s string) int {
	n, ok := x.places[s]
	if !ok {
		n = len(x.texts)
		x.places[s] = n
		x.texts = append(x.texts, s)
	}
	return n
}
