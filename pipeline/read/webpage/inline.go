package webpage

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"crossings/pipeline/read/decode"
)

// inline is a text of a page that knows where elements begin and end in it. A browser shows
// 249<sup>1</sup> and <del>249</del>255 so that nobody reads 2491 or 249255; the letters by
// themselves do not say so.
//
// The control characters below mark such places. readText removes them from the page's own text.
type inline string

const (
	boundary  = '\x1f' // an element or comment begins or ends
	noteStart = '\x0e' // a footnote's mark, raised or lowered text, begins
	noteEnd   = '\x0f' // and ends
	struckOut = '\x1c' // struck-out text was here
	hidden    = '\x1d' // hidden text was here
)

// marks are the control characters above.
const marks = string(boundary) + string(noteStart) + string(noteEnd) + string(struckOut) + string(hidden)

// label returns the text for people: without struck-out or hidden text, with a space before and
// after a footnote's mark, and with a space between two figures that only an element's boundary
// separates.
func (s inline) label() string {
	if !strings.ContainsAny(string(s), marks) {
		return decode.Fold(string(s))
	}
	var b strings.Builder
	var last rune
	apart := false
	text := []rune(string(s))
	for i, r := range text {
		switch r {
		case boundary, struckOut, hidden:
			apart = true
		case noteStart, noteEnd:
			b.WriteByte(' ')
			last, apart = ' ', false
		default:
			if apart && inFigure(last) && inFigure(r) && unicode.IsNumber(next(text[i:])) {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			last, apart = r, false
		}
	}
	return decode.Fold(b.String())
}

// raisedEnds are raised letters that belong to the number before them.
var raisedEnds = set("st nd rd th")

// unnoted returns the text for people without footnotes' marks, and the marks.
func (s inline) unnoted() (text, note string) {
	var b, notes strings.Builder
	for {
		before, after, found := strings.Cut(string(s), string(noteStart))
		b.WriteString(before)
		if !found {
			break
		}
		raised, rest, _ := strings.Cut(after, string(noteEnd))
		part := inline(raised).label()
		switch {
		case raisedEnds[part]:
			b.WriteString(part)
		case noteMark.MatchString(part):
			notes.WriteString(" " + part)
		default:
			b.WriteString(" " + part + " ")
		}
		s = inline(rest)
	}
	return inline(b.String()).label(), strings.TrimSpace(notes.String())
}

// inFigure reports whether the character may be part of a figure.
func inFigure(r rune) bool {
	return unicode.IsNumber(r) || strings.ContainsRune(",.'’\u2009\u202f", r)
}

// next returns the first character of text that is neither a mark nor a separator in figures, or 0.
func next(text []rune) rune {
	for _, r := range text {
		if unicode.IsNumber(r) || !inFigure(r) && !strings.ContainsRune(marks, r) {
			return r
		}
	}
	return 0
}

// bracketed matches a mark that may be in an element of its own after a count.
var bracketed = regexp.MustCompile(`^\[[^\[\]]{1,20}\]$`)

var (
	// gap matches a space between digits at which a browser may break the line: they are two figures.
	gap = regexp.MustCompile(`\d[ \t\r\n\f]+\d`)
	// thousands matches a count whose groups have such spaces between them. Three digits before the
	// first could be a figure of their own, as where the new one follows the old: "249 255".
	thousands = regexp.MustCompile(`^\s*[1-9]\d?(?: \d{3})+(?: ?[^\d\s].*)?\s*$`)
)

// zeroWidth are characters that take no room. Editors leave them at the ends of cells.
const zeroWidth = "\u200b\u2060\ufeff"

// noteMark matches a footnote's mark as publishers write it: one or two digits, one to three
// letters or signs, or a word in brackets. More digits, or digits after a separator, are a raised
// part of the figure.
var noteMark = regexp.MustCompile(`^(\[[^\[\]]{1,20}\]|\(?[0-9]{1,2}\)?|[\pL*†‡§¶#]{1,3})$`)

// figure splits the text of a count: the run of text that has it, with a mark in brackets that may
// follow it, and the footnotes' marks after it. A figure spread over several elements is an error,
// and so are several figures and hidden text. The error wraps ErrCount and quotes the text.
func (s inline) figure() (text, note string, err error) {
	var runs, notes []string
	inNote := false
	start := 0
	end := func(i int) bool {
		part := decode.Fold(strings.Trim(string(s[start:i]), " \t\r\n\f"+zeroWidth))
		switch {
		case part == "":
		case gap.MatchString(string(s[start:i])) && !thousands.MatchString(string(s[start:i])):
			return false
		case !inNote && len(runs) > 0 && !bracketed.MatchString(part):
			return false
		case !inNote:
			runs = append(runs, part)
		case len(runs) == 0 || !noteMark.MatchString(part):
			return false
		default:
			notes = append(notes, part)
		}
		return true
	}
	for i := range len(s) {
		if strings.IndexByte(marks, s[i]) < 0 {
			continue
		}
		if !end(i) {
			return "", "", s.split()
		}
		start, inNote = i+1, s[i] == noteStart
		if s[i] == hidden {
			return "", "", fmt.Errorf("%s with hidden text is %w", decode.Quote(s.label()), decode.ErrCount)
		}
	}
	if !end(len(s)) {
		return "", "", s.split()
	}
	return strings.Join(runs, " "), strings.Join(notes, " "), nil
}

// split is the error for a figure in several elements, or several figures in one.
func (s inline) split() error {
	return fmt.Errorf("%s in several parts is %w", decode.Quote(s.label()), decode.ErrCount)
}

// count reads a figure with its marks; see decode.FigureText. A footnote's mark comes after the one in
// brackets.
func (s inline) count() (decode.Figure, error) {
	text, note, err := s.figure()
	if err != nil {
		return decode.Figure{}, err
	}
	f, err := decode.FigureText(text)
	if err != nil {
		return decode.Figure{}, err
	}
	f.Mark = strings.TrimSpace(f.Mark + " " + note)
	return f, nil
}

// plain returns the text and whether it is one run without raised, struck-out or hidden text.
func (s inline) plain() (string, bool) {
	text := strings.Trim(string(s), string(boundary)+" \t\r\n\f")
	return decode.Fold(text), !strings.ContainsAny(text, marks)
}

// textStyle says how to read the text in an element. The zero value is ordinary text.
type textStyle byte

const (
	styleNote textStyle = iota + 1
	styleStruck
	styleHidden
)

// styledElement is an open element whose text has a style of its own.
type styledElement struct {
	at    int // its index among the open elements
	style textStyle
}

// hiddenClasses are the classes that hide text.
var hiddenClasses = set("govuk-visually-hidden govuk-visually-hidden-focusable govuk-!-display-none visually-hidden visuallyhidden sr-only screen-reader-text js-hidden")

// styleDeclarations are the declarations of a style attribute that give text a style.
var styleDeclarations = map[string]textStyle{
	"display:none": styleHidden, "visibility:hidden": styleHidden, "visibility:collapse": styleHidden,
	"font-size:0": styleHidden, "font-size:0px": styleHidden, "opacity:0": styleHidden,
	"text-decoration:line-through": styleStruck, "text-decoration-line:line-through": styleStruck,
	"vertical-align:super": styleNote, "vertical-align:sub": styleNote,
}

// styledTags are the elements that give text a style.
var styledTags = map[string]textStyle{"del": styleStruck, "s": styleStruck, "strike": styleStruck, "sup": styleNote, "sub": styleNote}

// styleOf returns the style that an element gives its text.
func styleOf(name string, a map[string]string) textStyle {
	t := styledTags[name]
	if _, hidden := a["hidden"]; hidden {
		t = styleHidden
	}
	for _, class := range strings.Fields(a["class"]) {
		if hiddenClasses[class] {
			t = styleHidden
		}
	}
	style := strings.ToLower(strings.Join(strings.Fields(a["style"]), ""))
	for style != "" {
		var declaration string
		declaration, style, _ = strings.Cut(style, ";")
		t = max(t, styleDeclarations[strings.TrimSuffix(declaration, "!important")])
	}
	return t
}
