package spreadsheet

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"strconv"

	"crossings/pipeline/read/cellformat"
	"crossings/pipeline/read/decode"
)

// The most formats and styles that a workbook may have, and the longest code of one. Excel allows
// 65,490 styles and codes of 255 characters.
const (
	maxFormats = 1 << 16
	maxCode    = 1 << 10
)

// ReadFormats reads how the workbook shows its numbers. Call it before Rows: without it, numbers
// have no Form and days are serial numbers. A workbook without styles shows plain numbers.
//
// The error is an *Error that wraps ErrFormat or ErrTooLarge.
func (x *XLSX) ReadFormats() error {
	x.formats = []cellformat.Format{}
	if x.styles == nil {
		return nil
	}
	codes := map[int]cellformat.Format{}
	err := readPart(x.styles, x.lim, func(t *tokens) error {
		return t.root(xml.Name{Space: x.ns, Local: "styleSheet"}, func(e xml.StartElement) error {
			switch {
			case is(e, x.ns, "numFmts"):
				return t.children(func(e xml.StartElement) error { return x.addCode(t, e, codes) })
			case is(e, x.ns, "cellXfs"):
				return t.children(func(e xml.StartElement) error { return x.addStyle(t, e, codes) })
			}
			return t.skip()
		})
	})
	if err != nil {
		return &decode.Error{File: x.name, Err: err, Hint: decode.HintFor(err)}
	}
	return nil
}

// addCode reads a format of the workbook's own.
func (x *XLSX) addCode(t *tokens, e xml.StartElement, codes map[int]cellformat.Format) error {
	id, _ := attr(e, "", "numFmtId")
	code, _ := attr(e, "", "formatCode")
	n, err := strconv.Atoi(id)
	switch {
	case !is(e, x.ns, "numFmt") || err != nil:
	case len(codes) >= maxFormats || len(code) > maxCode:
		return fmt.Errorf("%w: %s has more than %d number formats, or one of more than %d bytes", decode.ErrTooLarge, t.part, maxFormats, maxCode)
	default:
		codes[n] = cellformat.Parse(code)
	}
	return t.skip()
}

// addStyle reads a style of cells. The formats come before it.
func (x *XLSX) addStyle(t *tokens, e xml.StartElement, codes map[int]cellformat.Format) error {
	if !is(e, x.ns, "xf") {
		return t.skip()
	}
	if len(x.formats) >= maxFormats {
		return fmt.Errorf("%w: %s has more than %d styles of cells", decode.ErrTooLarge, t.part, maxFormats)
	}
	id, _ := attr(e, "", "numFmtId")
	n, _ := strconv.Atoi(id) // without one it is 0, General
	f, own := codes[n]
	if !own {
		f = cellformat.Builtin(n)
	}
	x.formats = append(x.formats, f)
	return t.skip()
}

// lookOf returns how the number of the current cell is shown, or that it holds a text.
func (g *grid) lookOf(e xml.StartElement) cellformat.Look {
	if g.kind == "s" || g.kind == "str" || g.kind == "inlineStr" {
		return cellformat.StoredText
	} else if g.kind != "" && g.kind != "n" {
		return 0
	}
	s, _ := attr(e, "", "s")
	n, err := strconv.Atoi(cmp.Or(s, "0"))
	if err != nil || n < 0 || n >= len(g.formats) {
		return 0
	}
	return g.formats[n].Of(g.text)
}
