package decode

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kind is the type that a spreadsheet states for a cell.
type Kind uint8

// The kinds of cell.
const (
	Empty    Kind = iota // no value and no text
	Text                 // office:value-type "string", or text without a type
	Number               // office:value-type "float"
	DateKind             // office:value-type "date"
	Other                // any other type: percentage, currency, boolean, time
)

// String returns the kind as a word for messages.
func (k Kind) String() string {
	switch k {
	case Empty:
		return "empty"
	case Text:
		return "text"
	case Number:
		return "number"
	case DateKind:
		return "date"
	}
	return "other"
}

// Form is how a cell shows its number. The zero value shows the number itself.
type Form uint8

// The forms of numbers.
const (
	Plain       Form = iota
	Percent          // 0.12 as 12 %
	PercentSign      // 12 as 12 %
	Money            // 12 as £12
	Scaled           // 1,200 as 1: divided by 1,000 or 1,000,000
	Magnified        // 12 as 12 k or 12 million
	Unshown          // nothing, or a text without the number
)

// String returns the form in words for messages.
func (f Form) String() string {
	return [...]string{"a plain number", "a percentage", "a number with a per cent sign", "money", "a number divided by 1,000 or more",
		"a number of thousands or more", "something other than its number"}[f]
}

// Cell is one cell of a sheet. The zero value is an empty cell.
type Cell struct {
	Kind Kind
	// Form is how a number is shown, where the reader of the file knows it.
	Form Form
	// Value is the value as stored: "1204" for a number, "2018-01-01T00:00:00" for a date, the text
	// for Text, its paragraphs joined by "
	// ". It is "" if the file states a type but no value.
	Value string
	// Text is the cell as a spreadsheet program shows it: "1,204", "01/01/2018".
	Text string
}

// Row is one row with content.
type Row struct {
	Sheet string // the sheet's name
	Line  int    // the row as a spreadsheet program numbers it, from 1
	Cells []Cell // from column A; the last is not empty
	// Hidden says what of the row is not shown; nil if all is. It must not be changed.
	Hidden *Hidden
}

// Cell returns the cell of column i, counted from 0. It is empty beyond the end of the row.
func (r Row) Cell(i int) Cell {
	if i < 0 || i >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[i]
}

// Ref returns the name of the cell in column i, counted from 0, as spreadsheet programs write it:
// "SB_01!B12".
func (r Row) Ref(i int) string {
	return r.Sheet + "!" + ColumnLetter(i) + strconv.Itoa(r.Line)
}

// ColumnLetter returns the name of column i, counted from 0: A, B, … Z, AA. It returns "" for a
// negative i.
func ColumnLetter(i int) string {
	if i < 0 {
		return ""
	}
	var buf [16]byte
	n := len(buf)
	for ; i >= 0; i = i/26 - 1 {
		n--
		buf[n] = byte('A' + i%26)
	}
	return string(buf[n:])
}

// Count reads a cell that must hold a count: a number cell with a whole number from 0 to MaxCount,
// written "12" or "12.0". Text that looks like a number is not a count, and neither is a number
// that the sheet displays as a different one. The error wraps ErrCount and quotes the value.
func Count(c Cell) (int64, error) {
	switch c.Kind {
	case Empty:
		return 0, fmt.Errorf("an empty cell is %w", ErrCount)
	case Number:
	default:
		return 0, fmt.Errorf("%s (%s) is %w", Quote(display(c)), c.Kind, ErrCount)
	}
	digits, fraction, _ := strings.Cut(c.Value, ".")
	n, err := strconv.ParseUint(digits, 10, 63)
	if errors.Is(err, strconv.ErrRange) {
		return 0, tooLarge(c.Value)
	}
	// Note: not strconv.ParseFloat, which rounds 0.99999999999999999 to 1 and accepts "Inf" and
	// "0x1p4".
	if err != nil || strings.Trim(fraction, "0") != "" || strings.HasSuffix(c.Value, ".") {
		return 0, fmt.Errorf("%s is %w", Quote(c.Value), ErrCount)
	}
	if n > MaxCount {
		return 0, tooLarge(c.Value)
	}
	if !displays(c.Text, int64(n)) {
		return 0, fmt.Errorf("%s, which is shown as %s, is %w", Quote(c.Value), Quote(c.Text), ErrCount)
	}
	return int64(n), nil
}

// displays reports whether a sheet may show n as this text: the text has the digits of n, with
// separators and words around them, or n is 0 and it has no digits.
func displays(text string, n int64) bool {
	if text == "" {
		return true
	}
	want := strconv.FormatInt(n, 10)
	whole, fraction, cut := strings.Cut(text, ".")
	if cut && strings.Trim(fraction, "0") == "" && onlyDigits(whole) == want {
		return true
	}
	got := onlyDigits(text)
	return got == want || got == "" && n == 0
}

// onlyDigits returns the decimal digits of s.
func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// Date reads a cell that must hold a day: a date cell with "2018-01-01" or "2018-01-01T00:00:00", or
// a text that DateText reads. A time other than midnight, a day that does not exist and a day that
// the sheet displays as a different one are errors. The error wraps ErrPeriod and quotes the value.
func Date(c Cell) (y int, m time.Month, d int, err error) {
	switch c.Kind {
	case Empty:
		return 0, 0, 0, fmt.Errorf("an empty cell is %w", ErrPeriod)
	case DateKind:
	case Text:
		if y, m, d, err = DateText(c.Value); err == nil && !displaysDay(c.Text, y, int(m), d) {
			return 0, 0, 0, otherDay(c)
		}
		return y, m, d, err
	default:
		return 0, 0, 0, fmt.Errorf("%s (%s) is %w", Quote(display(c)), c.Kind, ErrPeriod)
	}
	t, err := time.Parse(time.DateOnly, c.Value)
	if err != nil {
		t, err = time.Parse("2006-01-02T15:04:05", c.Value)
	}
	if err != nil {
		return 0, 0, 0, fmt.Errorf("%s is %w", Quote(c.Value), ErrPeriod)
	}
	if !t.Equal(t.Truncate(24 * time.Hour)) {
		return 0, 0, 0, fmt.Errorf("%s is %w: it has a time of day", Quote(c.Value), ErrPeriod)
	}
	y, m, d = t.Date()
	if !displaysDay(c.Text, y, int(m), d) {
		return 0, 0, 0, otherDay(c)
	}
	return y, m, d, nil
}

// otherDay is the error about a day that the sheet displays as a different one.
func otherDay(c Cell) error {
	return fmt.Errorf("%s, which is shown as %s, is %w", Quote(c.Value), Quote(c.Text), ErrPeriod)
}

// displaysDay reports whether a sheet may show a day as this text. If the text has two or three
// numbers, they must be those of the day, in any order, with or without the century. Other texts
// say too little to contradict it.
func displaysDay(text string, y, m, d int) bool {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	var want []int
	switch len(parts) {
	case 2:
		want = []int{d, y}
	case 3:
		want = []int{d, m, y}
	default:
		return true
	}
	for _, p := range parts {
		n, err := strconv.Atoi(p)
		i := slices.IndexFunc(want, func(w int) bool { return w == n || w == y && len(p) == 2 && n == y%100 })
		if err != nil || i < 0 {
			return false
		}
		want = slices.Delete(want, i, i+1)
	}
	return true
}

// display returns what a reader of the sheet sees in a cell.
func display(c Cell) string {
	if c.Text != "" {
		return c.Text
	}
	return c.Value
}
