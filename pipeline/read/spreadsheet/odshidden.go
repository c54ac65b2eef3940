package spreadsheet

import (
	"encoding/xml"

	"crossings/pipeline/read/decode"
)

// maxRuns is the most runs of hidden columns that are kept of a sheet.
const maxRuns = 1024

// unseen is what an OpenDocument spreadsheet hides.
type unseen struct {
	styles  map[string]bool // of hidden sheets
	sheet   bool            // the current sheet is hidden
	columns [][2]int        // of the current sheet, that are hidden
	at      int             // its columns so far
	groups  int             // hidden groups of rows around the current one
}

// begin begins a sheet with a style.
func (u *unseen) begin(style string) {
	*u = unseen{styles: u.styles, sheet: u.styles[style]}
}

// columnsHidden notes whether columns are hidden.
func (r *odsReader) columnsHidden(e xml.StartElement) error {
	repeat, err := intAttr(e, nsTable, "number-columns-repeated", 1)
	if err != nil {
		return r.skip() // only what is hidden depends on it
	}
	from := r.at
	r.at = decode.AddCapped(from, repeat)
	if see, _ := attr(e, nsTable, "visibility"); (see == "collapse" || see == "filter") && len(r.unseen.columns) < maxRuns {
		r.unseen.columns = append(r.unseen.columns, [2]int{from, r.at - 1})
	}
	return r.skip()
}

// group reads a group of rows, which may be folded away.
func (r *odsReader) group(e xml.StartElement) error {
	folded := 0
	if shown, _ := attr(e, nsTable, "display"); shown == "false" {
		folded = 1
	}
	r.groups += folded
	err := r.children(r.inTable)
	r.groups -= folded
	return err
}

// ofRow returns what of a row is hidden; nil if nothing is.
func (r *odsReader) ofRow(e xml.StartElement) *decode.Hidden {
	see, _ := attr(e, nsTable, "visibility")
	h := decode.Hidden{Sheet: r.unseen.sheet, Row: see == "collapse" || r.groups > 0, Filtered: see == "filter", Columns: r.unseen.columns}
	if !h.Sheet && !h.Row && !h.Filtered && len(h.Columns) == 0 {
		return nil
	}
	return &h
}
