package decode

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The kinds of error in a published file. An Error wraps one of them.
var (
	// ErrFormat means that the file is not in the expected format: an HTML page, a truncated ZIP
	// archive, an empty file, broken XML.
	ErrFormat = errors.New("not the expected file format")
	// ErrTooLarge means that the file exceeds one of the Limits.
	ErrTooLarge = errors.New("too large")
	// ErrHeader means that a header row is not the expected one.
	ErrHeader = errors.New("not the expected header")
	// ErrCount means that a cell that must hold a count does not.
	ErrCount = errors.New("not a count")
	// ErrPeriod means that a cell that must hold a date or period does not.
	ErrPeriod = errors.New("not a date or period")
	// ErrShape means that the sheets are not arranged as expected: one is missing, or rows have a
	// gap, are repeated or are out of order.
	ErrShape = errors.New("not the expected shape")
)

// Error says where a file is wrong and what to do about it.
type Error struct {
	File   string // the file's name; "" if unknown
	Sheet  string // the sheet's name; "" for the whole file
	Line   int    // the row, from 1; 0 for the whole sheet or file
	Page   bool   // the file is an HTML page, and Line a line of its source
	Column string // the column's header, or its letter; "" for the whole row
	Err    error  // what is wrong; it wraps one of the Err values above
	Hint   string // what the operator can do next, a sentence; "" if nothing is known
}

// Error returns the position and the cause on one line, without the hint, such as `a.ods: sheet
// SB_01, row 12, column "Migrants arrived": "1,2o4" is not a count`. It omits empty parts.
func (e *Error) Error() string {
	var at []string
	if e.Sheet != "" {
		at = append(at, "sheet "+e.Sheet)
	}
	if e.Line != 0 && e.Page {
		at = append(at, "line "+strconv.Itoa(e.Line))
	} else if e.Line != 0 {
		at = append(at, "row "+strconv.Itoa(e.Line))
	}
	if e.Column != "" {
		at = append(at, fmt.Sprintf("column %q", e.Column))
	}
	var parts []string
	if e.File != "" {
		parts = append(parts, e.File)
	}
	if len(at) > 0 {
		parts = append(parts, strings.Join(at, ", "))
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// HintFor returns what to do next about an error of this package or of spreadsheet.
func HintFor(err error) string {
	switch {
	case errors.Is(err, ErrTooLarge):
		return "check that this is the publisher's file; if it has really grown, raise decode.Limits"
	case errors.Is(err, ErrShape):
		return "compare the sheets with those of the last release"
	case errors.Is(err, ErrFormat):
		return "fetch the file again; if it stays so, open the publisher's page: the file may have moved or changed format"
	}
	return ""
}

// Quote returns s in quotation marks for a message, cut to a length that fits on a log line.
func Quote(s string) string {
	const most = 80
	if len(s) <= most {
		return strconv.Quote(s)
	}
	n := most
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strconv.Quote(s[:n]) + "..."
}

// Advice returns what the operator can do next; see hint.Adviser.
func (e *Error) Advice() string { return e.Hint }

// CheckSize returns an error for an empty file and for one beyond the limit.
func CheckSize(data []byte, lim Limits) error {
	switch {
	case len(data) == 0:
		return fmt.Errorf("%w: the file is empty", ErrFormat)
	case int64(len(data)) > lim.File:
		return fmt.Errorf("%w: the file has %d bytes, more than %d", ErrTooLarge, len(data), lim.File)
	}
	return nil
}

// ErrNested is the error about a table inside another.
func ErrNested() error {
	return fmt.Errorf("%w: there is a table inside the table", ErrShape)
}
