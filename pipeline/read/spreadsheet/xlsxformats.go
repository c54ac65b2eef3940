package spreadsheet

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

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
	x.formats = []numberFormat{}
	if x.styles == nil {
		return nil
	}
	codes := map[int]numberFormat{}
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
func (x *XLSX) addCode(t *tokens, e xml.StartElement, codes map[int]numberFormat) error {
	id, _ := attr(e, "", "numFmtId")
	code, _ := attr(e, "", "formatCode")
	n, err := strconv.Atoi(id)
	switch {
	case !is(e, x.ns, "numFmt") || err != nil:
	case len(codes) >= maxFormats || len(code) > maxCode:
		return fmt.Errorf("%w: %s has more than %d number formats, or one of more than %d bytes", decode.ErrTooLarge, t.part, maxFormats, maxCode)
	default:
		codes[n] = parseFormat(code)
	}
	return t.skip()
}

// addStyle reads a style of cells. The formats come before it.
func (x *XLSX) addStyle(t *tokens, e xml.StartElement, codes map[int]numberFormat) error {
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
		f = builtin(n)
	}
	x.formats = append(x.formats, f)
	return t.skip()
}

// lookOf returns how the number of the current cell is shown, or that it holds a text.
func (g *grid) lookOf(e xml.StartElement) look {
	if g.kind == "s" || g.kind == "str" || g.kind == "inlineStr" {
		return lookText
	} else if g.kind != "" && g.kind != "n" {
		return 0
	}
	s, _ := attr(e, "", "s")
	n, err := strconv.Atoi(s)
	if s == "" {
		n, err = 0, nil
	}
	if err != nil || n < 0 || n >= len(g.formats) {
		return 0
	}
	f := g.formats[n]
	if f == (numberFormat{}) {
		return 0
	}
	switch v := strings.TrimSpace(g.text); {
	case strings.HasPrefix(v, "-"):
		return f[1]
	case strings.Trim(mantissa(v), "0.") == "":
		return f[2]
	}
	return f[0]
}

// mantissa returns a number without its power of ten.
func mantissa(s string) string {
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		return s[:i]
	}
	return s
}

// shownCell returns a number as its format shows it: in a form, or as a day. A day is no more than
// what is shown of it, so that the year of "5 March" stays unknown. A time of day is Other.
func shownCell(c decode.Cell, l look, from1904 bool) decode.Cell {
	if l&^lookForm == 0 {
		c.Form = decode.Form(l & lookForm)
		return c
	}
	serial, err := strconv.ParseFloat(c.Value, 64)
	first := stampOf1900
	if from1904 {
		first = stampOf1904
	}
	if err != nil || l&wholeDay == 0 || serial < 61 && !from1904 || serial < 0 || serial >= maxSerial {
		c.Kind, c.Text = decode.Other, "time "+c.Value
		return c
	}
	day := first.AddDate(0, 0, int(serial))
	c.Kind, c.Text = decode.DateKind, shownDay(day, l)
	if fraction := serial - math.Floor(serial); fraction > 1e-6 && l&lookClock != 0 {
		c.Text = day.Add(time.Duration(fraction * float64(24*time.Hour))).Format("2006-01-02T15:04:05")
	}
	c.Value = c.Text
	return c
}

// maxSerial is the serial number after that of 31 December 9999.
const maxSerial = 2_958_466

// The days with the serial number 0, as days after 28 February 1900 need them.
var (
	stampOf1900 = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	stampOf1904 = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
)

// shownDay returns the parts of a day that are shown. The first or last day of a month stays a day
// if its month is shown, as it names the month.
func shownDay(day time.Time, l look) string {
	edge := day.Day() == 1 || day.AddDate(0, 0, 1).Day() == 1
	switch l & wholeDay {
	case wholeDay:
		return day.Format(time.DateOnly)
	case lookYear | lookMonth:
		if edge {
			return day.Format(time.DateOnly)
		}
		return day.Format("2006-01")
	case lookYear, lookYear | lookDay:
		return day.Format("2006")
	case lookMonth | lookDay:
		return day.Format("2 January")
	case lookMonth:
		return day.Format("January")
	}
	return strconv.Itoa(day.Day())
}
