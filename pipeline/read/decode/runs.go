package decode

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A text may have several runs in different typefaces. A reader of the sheet sees that 249 and a
// raised 1 are not 2491, and that a struck-out 255 before 249 is not 255249.
//
// Raised digits become the characters for raised digits, so they never join a figure, and
// Words and FigureText know them as marks of notes.

// RaisedForms are characters, each with its raised form after it.
var RaisedForms = func() (out []string) {
	for _, r := range Raised {
		out = append(out, norm.NFKC.String(string(r)), string(r))
	}
	return out
}()

// raisedForm replaces characters with their raised forms.
var raisedForm = strings.NewReplacer(RaisedForms...)

// raisedStart are the characters that begin a raised run.
const raisedStart = RaisedDigits + "⁽"

// Raise replaces the text from start on, which is shown raised, if it could be the marks of notes:
// a few digits and signs.
func Raise(text []byte, start int) []byte {
	run := string(text[start:])
	if len(run) > 8 || strings.Trim(run, "0123456789(), ") != "" {
		return text
	}
	return append(text[:start], raisedForm.Replace(run)...)
}

// Apart returns a text whose runs are kept apart by a line break: all runs of a text without
// letters, and two figures that meet in any other. Raised digits need none. It returns "" for a text
// that needs no line break. ends are where the runs end.
//
// Note: the line break cannot be a space, which may be between thousands.
func Apart(text []byte, ends []int) string {
	if len(ends) < 2 {
		return ""
	}
	words := bytes.ContainsFunc(text, unicode.IsLetter)
	var out []byte
	start, cut := 0, false
	for _, end := range ends {
		end = min(end, len(text)) // a space at the end of a paragraph is dropped
		run := text[min(start, end):end]
		start = end
		if !words {
			run = bytes.TrimSpace(run)
		}
		if len(run) == 0 {
			continue
		}
		first, _ := utf8.DecodeRune(run)
		last, _ := utf8.DecodeLastRune(out)
		meet := inFigure(last) && inFigure(first) || !words && len(out) > 0
		if meet && !strings.ContainsRune(raisedStart, first) {
			out, cut = append(out, '\n'), true
		}
		out = append(out, run...)
	}
	if !cut && words {
		return ""
	}
	return string(out)
}

// inFigure reports whether the character may be part of a figure.
func inFigure(r rune) bool { return r >= '0' && r <= '9' || r == ',' || r == '.' }
