package grid

import (
	"math"
	"strconv"
	"strings"

	"crossings/pipeline/read/decode"
)

// asShown returns a cell of an ODS with what its text says of it: the form of a number, and a day
// without the year if the year is not shown. Files of some programs have no texts.
//
// A row that the file repeats has the same cells again, so asShown of asShown is the same.
func asShown(c decode.Cell) decode.Cell {
	switch {
	case c.Text == "":
	case c.Kind == decode.Number:
		c.Form = formOf(c.Value, c.Text)
	case c.Kind == decode.DateKind && len(c.Value) >= 10:
		year := c.Value[:4]
		if !strings.Contains(c.Text, year) && !strings.Contains(c.Text, year[2:]) {
			c.Value = c.Text
		}
	}
	return c
}

// magnitudes are the words after a number for thousands or more.
var magnitudes = map[string]bool{"k": true, "m": true, "mn": true, "bn": true, "mio": true, "th": true, "tsd": true, "thousand": true, "thousands": true, "million": true, "millions": true}

// formOf returns how a text shows a number.
func formOf(value, text string) decode.Form {
	x, err := strconv.ParseFloat(value, 64)
	shown := digitsOf(text)
	switch {
	case err != nil:
		return decode.Plain
	case strings.Contains(text, "%"):
		return decode.PercentSign
	case strings.ContainsAny(text, "$£€¥"):
		return decode.Money
	case shown == "" && x == 0, strings.ContainsAny(text, "Ee/") && shown != "":
		return decode.Plain // a dash for zero; a power of ten, or a fraction
	case shown == "":
		return decode.Unshown
	case magnitudes[strings.ToLower(strings.TrimLeft(text, "-−0123456789., \u00a0\u202f'"))]:
		if rounds(x, shown) {
			return decode.Magnified
		}
		return decode.Scaled
	case rounds(x, shown):
		return decode.Plain
	case rounds(x/1e3, shown), rounds(x/1e6, shown), rounds(x/1e9, shown):
		return decode.Scaled
	}
	return decode.Unshown
}

// rounds reports whether digits are those of a number rounded to some places.
func rounds(x float64, digits string) bool {
	for places := range 16 {
		if digitsOf(strconv.FormatFloat(math.Abs(x), 'f', places, 64)) == digits {
			return true
		}
	}
	return false
}

// digitsOf returns the digits of a text from the first one that is not 0, or "0" if all are.
func digitsOf(s string) string {
	d := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	if t := strings.TrimLeft(d, "0"); t != "" || d == "" {
		return t
	}
	return "0"
}
