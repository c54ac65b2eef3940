package spreadsheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"testing"

	"crossings/pipeline/read/decode"
)

// largeXLSX returns a workbook of the size of the publishers' largest: a sheet of n rows with labels
// that the sheets share, and a count.
func largeXLSX(t testing.TB, n int) []byte {
	t.Helper()
	var rows, texts bytes.Buffer
	for i := range 2000 {
		fmt.Fprintf(&texts, "<si><t>Label %d</t></si>", i)
	}
	for i := range n {
		fmt.Fprintf(&rows, `<row r="%d">`, i+1)
		for c := range 6 {
			fmt.Fprintf(&rows, `<c r="%c%d" t="s"><v>%d</v></c>`, 'A'+c, i+1, (i*7+c)%2000)
		}
		fmt.Fprintf(&rows, `<c r="G%d"><v>%d</v></c></row>`, i+1, i%100)
	}
	parts := bookParts(xlsxHead + rows.String() + xlsxFoot)
	for i, p := range parts {
		if p.name == "xl/sharedStrings.xml" {
			parts[i].body = `<sst xmlns="` + nsSheet + `">` + texts.String() + `</sst>`
		}
	}
	return pack(t, zip.Deflate, parts...)
}

// BenchmarkLargeXLSX keeps the memory of a large sheet: B/op is what a pass over it allocates.
func BenchmarkLargeXLSX(b *testing.B) {
	lim := decode.DefaultLimits
	lim.XML = 512 << 20
	data := largeXLSX(b, lim.Rows)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		x, err := OpenXLSX("a.xlsx", data, lim)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for r, err := range x.Rows(x.Sheets()[0]) {
			if err != nil {
				b.Fatal(err)
			}
			n += len(r.Cells)
		}
		if n != 7*lim.Rows {
			b.Fatalf("%d cells", n)
		}
	}
}
