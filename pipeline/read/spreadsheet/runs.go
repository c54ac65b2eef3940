package spreadsheet

import (
	"bytes"
	"encoding/xml"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"crossings/pipeline/read/decode"
)

// A text may have several runs in different typefaces. A reader of the sheet sees that 249 and a
// raised 1 are not 2491, and that a struck-out 255 before 249 is not 255249.
//
// Raised digits become the characters for raised digits, so they never join a figure, and
// decode.Words and decode.FigureText know them as marks of notes.

// raisedForms are characters, each with its raised form after it.
var raisedForms = func() (out []string) {
	for _, r := range decode.Raised {
		out = append(out, norm.NFKC.String(string(r)), string(r))
	}
	return out
}()

// superscripts replaces characters with their raised forms.
var superscripts = strings.NewReplacer(raisedForms...)

// raisedStart are the characters that begin a raised run.
const raisedStart = decode.RaisedDigits + "⁽"

// raise replaces the text from start on, which is shown raised, if it could be the marks of notes:
// a few digits and signs.
func raise(text []byte, start int) []byte {
	run := string(text[start:])
	if len(run) > 8 || strings.Trim(run, "0123456789(), ") != "" {
		return text
	}
	return append(text[:start], superscripts.Replace(run)...)
}

// apart returns a text whose runs are kept apart by a line break: all runs of a text without
// letters, and two figures that meet in any other. Raised digits need none. It returns "" for a text
// that needs no line break. ends are where the runs end.
//
// Note: the line break cannot be a space, which may be between thousands.
func apart(text []byte, ends []int) string {
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

// Namespaces of OpenDocument styles.
const nsStyle = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"

// maxStyles is the most styles of raised text that are kept.
const maxStyles = 1024

// inStyles notes the styles of raised text.
func (r *odsReader) inStyles(e xml.StartElement) error {
	if !is(e, nsStyle, "style") {
		return r.skip()
	}
	name, _ := attr(e, nsStyle, "name")
	return r.children(func(e xml.StartElement) error {
		position, _ := attr(e, nsStyle, "text-position")
		first, _, _ := strings.Cut(strings.TrimSpace(position), " ")
		up := first == "super" || strings.HasSuffix(first, "%") && !strings.HasPrefix(first, "-") && first != "0%"
		if is(e, nsStyle, "text-properties") && up && len(r.raised) < maxStyles {
			r.raised[name] = true
		}
		return r.skip()
	})
}

// span reads a run of text in a typeface of its own.
func (r *odsReader) span(e xml.StartElement) error {
	style, _ := attr(e, nsText, "style-name")
	up := r.raised[style]
	r.ends = append(r.ends, len(r.text))
	start := len(r.text)
	if err := r.inline(); err != nil {
		return err
	}
	if up {
		r.text = raise(r.text, start)
	}
	r.ends = append(r.ends, len(r.text))
	return nil
}
