package decode

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// inline is a text of a page that still knows where elements begin and end in
// it. A browser shows 249<sup>1</sup> and <del>249</del>255 so that nobody reads
// 2491 or 249255; the letters by themselves say nothing else.
//
// Control characters are no letters of a page: words takes them out, and each of
// those below says one thing.
type inline string

const (
	joint     = '\x1f' // an element or comment begins or ends
	noteStart = '\x0e' // raised or lowered text, a footnote's mark, begins
	noteEnd   = '\x0f' // and ends
	struckOut = '\x1c' // text that is struck out stood here
	unseen    = '\x1d' // text that is not shown stood here
)

// marks are the control characters above.
const marks = string(joint) + string(noteStart) + string(noteEnd) + string(struckOut) + string(unseen)

// label returns the text for people: without what is struck out or not shown,
// with a space before and after a footnote's mark, and with one between two
// figures that only an element's boundary keeps apart.
func (s inline) label() string {
	if !strings.ContainsAny(string(s), marks) {
		return fold(string(s))
	}
	var b strings.Builder
	var last rune
	apart := false
	text := []rune(string(s))
	for i, r := range text {
		switch r {
		case joint, struckOut, unseen:
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
	return fold(b.String())
}

// inFigure reports whether a figure may have the character in it.
func inFigure(r rune) bool {
	return unicode.IsNumber(r) || strings.ContainsRune(",.'’\u2009\u202f", r)
}

// next returns the first character of text that is neither a mark nor a
// separator within figures, or 0.
func next(text []rune) rune {
	for _, r := range text {
		if unicode.IsNumber(r) || !inFigure(r) && !strings.ContainsRune(marks, r) {
			return r
		}
	}
	return 0
}

// bracketed is a mark that may be in an element of its own behind a count.
var bracketed = regexp.MustCompile(`^\[[^\[\]]{1,20}\]$`)

// noteMark is a footnote's mark as publishers write it: one or two digits, one
// to three letters or signs, or a word in brackets. More digits, or those behind
// a separator, are a part of the figure that somebody raised.
var noteMark = regexp.MustCompile(`^(\[[^\[\]]{1,20}\]|\(?[0-9]{1,2}\)?|[\pL*†‡§¶#]{1,3})$`)

// figure takes the text of a count apart: the one run of text that has it, with
// a mark in brackets that may follow it, and the footnotes' marks behind it. A
// figure that is spread over several elements is an error, and so is text that
// is not shown. The error wraps ErrCount and quotes the text.
func (s inline) figure() (text, note string, err error) {
	var runs, notes []string
	inNote := false
	start := 0
	end := func(i int) bool {
		part := fold(string(s[start:i]))
		switch {
		case part == "":
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
			return "", "", s.apart()
		}
		start, inNote = i+1, s[i] == noteStart
		if s[i] == unseen {
			return "", "", fmt.Errorf("%s with text that is not shown is %w", Quote(s.label()), ErrCount)
		}
	}
	if !end(len(s)) {
		return "", "", s.apart()
	}
	return strings.Join(runs, " "), strings.Join(notes, " "), nil
}

// apart is the error for a figure in several elements.
func (s inline) apart() error {
	return fmt.Errorf("%s in several elements is %w", Quote(s.label()), ErrCount)
}

// count reads a count with its marks; see CountText. A footnote's mark follows
// the one in brackets.
func (s inline) count() (n int64, mark string, err error) {
	text, note, err := s.figure()
	if err != nil {
		return 0, "", err
	}
	n, mark, err = CountText(text)
	if err != nil {
		return 0, "", err
	}
	return n, strings.TrimSpace(mark + " " + note), nil
}

// plain returns the text where it is one run with nothing in it that is raised,
// struck out or not shown.
func (s inline) plain() (string, bool) {
	text := strings.Trim(string(s), string(joint)+" \t\r\n\f")
	return fold(text), !strings.ContainsAny(text, marks)
}

// tone says how a text within an element reads.
type tone byte

const (
	toneNote tone = iota + 1
	toneStruck
	toneUnseen
)

// aside is an open element whose text has a tone of its own.
type aside struct {
	at   int // its place among the open elements
	tone tone
}

// unshown are the classes that take text out of sight.
var unshown = set("govuk-visually-hidden govuk-visually-hidden-focusable govuk-!-display-none visually-hidden visuallyhidden sr-only screen-reader-text js-hidden")

// styled are the declarations of a style attribute that give text a tone.
var styled = map[string]tone{
	"display:none": toneUnseen, "visibility:hidden": toneUnseen, "visibility:collapse": toneUnseen,
	"font-size:0": toneUnseen, "font-size:0px": toneUnseen, "opacity:0": toneUnseen,
	"text-decoration:line-through": toneStruck, "text-decoration-line:line-through": toneStruck,
	"vertical-align:super": toneNote, "vertical-align:sub": toneNote,
}

// elements are the elements that give text a tone.
var elements = map[string]tone{"del": toneStruck, "s": toneStruck, "strike": toneStruck, "sup": toneNote, "sub": toneNote}

// toneOf returns the tone that an element gives its text, 0 for none.
func toneOf(name string, a map[string]string) tone {
	t := elements[name]
	if _, hidden := a["hidden"]; hidden {
		t = toneUnseen
	}
	for _, class := range strings.Fields(a["class"]) {
		if unshown[class] {
			t = toneUnseen
		}
	}
	style := strings.ToLower(strings.Join(strings.Fields(a["style"]), ""))
	for style != "" {
		var declaration string
		declaration, style, _ = strings.Cut(style, ";")
		t = max(t, styled[strings.TrimSuffix(declaration, "!important")])
	}
	return t
}
