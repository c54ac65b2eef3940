package reader

import (
	"fmt"
	"regexp"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// value is what a cell states.
type value struct {
	n       int64
	status  stat.Status
	mark    string // the publisher's own, as written
	revised bool
	unknown string // a mark that nothing explains
}

// missingTexts are texts instead of a value that mean the same everywhere. A dash and a star do
// not: a layout says what they mean.
//
// Note: decode.FigureText reads more texts, for sources whose pages say what a dash means. It knows
// no decimal comma, no thousands with points and no values below zero, so it reads no value here.
var missingTexts = map[string]stat.Status{
	"": stat.Missing, "na": stat.Missing, "n/a": stat.Missing, "n.a.": stat.Missing, ":": stat.Missing, "..": stat.Missing, "...": stat.Missing, "…": stat.Missing,
	"[x]": stat.Missing, "[z]": stat.NotExisting, "[c]": stat.Suppressed, "nan": stat.Missing, "null": stat.Missing, "[low]": stat.Missing,
}

// flagMeaning is what the flags of Eurostat and the marks in square brackets mean. "" changes
// nothing; the mark is kept.
var flagMeaning = map[string]stat.Status{
	"b": stat.Break, "e": stat.Estimated, "p": stat.Provisional, "s": stat.Estimated, "f": stat.Estimated, "i": stat.Estimated,
	"c": stat.Suppressed, "z": stat.NotExisting, "d": "", "u": "", "n": "", "r": "", "low": "",
	"prov": stat.Provisional, "provisional": stat.Provisional, "est": stat.Estimated, "estimate": stat.Estimated, "estimated": stat.Estimated, "rev": "", "revised": "",
}

var (
	// bracketed matches a mark after a value: [r], [note 1], *, ¹, (1).
	bracketed = regexp.MustCompile(`^(.*?\S)\s*(\[[^\[\]]{1,20}\]|[*†‡§¶]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\((?:note )?[0-9]{1,2}\)|\((?i:[rpe]|rev(?:ised)?\.?|prov(?:isional)?\.?|est(?:imated?)?\.?)\))$`)
	// lettered matches flags after a value: "123 p", ": c", "123bep".
	lettered = regexp.MustCompile(`^(.*[^\sA-Za-z])\s*([a-z]{1,6})$`)
	// spaced matches digits in groups of three.
	spaced = regexp.MustCompile(`^\d{1,3}(?: \d{3})+$`)
)

// numbers reads the values of a layout.
type numbers struct{ *tabular.Layout }

// read reads a cell that must state a value or say why there is none. The error wraps
// decode.ErrCount and quotes the text.
func (l numbers) read(c decode.Cell, unit string) (v value, err error) {
	v.status = l.Status
	if c.Form != decode.Plain {
		v.n, err = l.formed(c, unit)
		return v, err
	}
	switch c.Kind {
	case decode.Empty, decode.Text:
	case decode.Number:
		v.n, err = l.plain(c.Value)
		return v, err
	default:
		return v, fmt.Errorf("%s (%s) is %w", decode.Quote(c.Text), c.Kind, decode.ErrCount)
	}
	text, marks := decode.Fold(c.Value), []string(nil)
	for !l.isMissing(text) {
		rest, mark, found := l.cutMark(text)
		if !found {
			break
		}
		text, marks = rest, append([]string{mark}, marks...)
	}
	if s, ok := l.missing(text); ok {
		v.status = s
		if text != "" {
			v.mark = text
		}
	} else if v.n, err = l.number(perCentText(text, unit)); err != nil {
		return v, err
	}
	for _, m := range marks {
		l.flag(&v, m)
	}
	return v, nil
}

// cutMark cuts a mark from the end of a text.
func (l numbers) cutMark(text string) (rest, mark string, found bool) {
	if m := bracketed.FindStringSubmatch(text); m != nil {
		return m[1], m[2], true
	}
	if l.Flags != nil && l.Flags.InCells {
		if m := lettered.FindStringSubmatch(text); m != nil {
			return strings.TrimSpace(m[1]), m[2], true
		}
	}
	return text, "", false
}

// missing returns the status that a text instead of a value means.
func (l numbers) missing(text string) (stat.Status, bool) {
	if s, ok := l.Missing[text]; ok {
		return s, true
	}
	return MissingText(text)
}

// MissingText returns the status that a text instead of a value means everywhere. ok is false for
// texts that need a layout.
func MissingText(text string) (s stat.Status, ok bool) {
	s, ok = missingTexts[strings.ToLower(text)]
	return s, ok
}

// isMissing reports whether a text is written instead of a value.
func (l numbers) isMissing(text string) bool { _, ok := l.missing(text); return ok }

// flag keeps a mark and applies what it means.
func (l numbers) flag(v *value, text string) {
	text = decode.Fold(text)
	if text == "" {
		return
	}
	v.mark = strings.TrimSpace(v.mark + " " + text)
	l.apply(v, text)
}

// apply applies a mark: one flag, or several letters that are one flag each. A flag that says why a
// value is missing also holds for one that has one, except that the value counts.
func (l numbers) apply(v *value, mark string) {
	inner := strings.Trim(strings.ToLower(mark), "[](). ")
	if strings.HasPrefix(inner, "note") || !strings.ContainsAny(inner, "abcdefghijklmnopqrstuvwxyz") {
		return // it points to a note
	}
	flags := strings.FieldsFunc(inner, func(r rune) bool { return strings.ContainsRune(" ,;/", r) })
	if len(flags) == 1 && !l.knows(flags[0]) {
		flags = strings.Split(flags[0], "")
	}
	for _, f := range flags {
		s, known := flagMeaning[f]
		if l.Flags != nil {
			if own, ok := l.Flags.Meaning[f]; ok {
				s, known = own, true
			}
		}
		switch {
		case !known:
			v.unknown = mark
			return
		case f == "r" || f == "rev" || f == "revised":
			v.revised = true
		case s != "" && (s.HasValue() == v.status.HasValue() || s == stat.Suppressed && v.status == stat.Missing):
			v.status = stat.Worst(v.status, s)
			if s == stat.Suppressed {
				v.status = s
			}
		}
	}
}

// knows reports whether a text is one flag.
func (l numbers) knows(flag string) bool {
	if l.Flags != nil {
		if _, ok := l.Flags.Meaning[flag]; ok {
			return true
		}
	}
	_, ok := flagMeaning[flag]
	return ok
}

// number reads digits with the marks that the layout declares.
func (l numbers) number(text string) (int64, error) {
	fail := func(why string) (int64, error) {
		return 0, fmt.Errorf("%s is %w%s", decode.Quote(text), decode.ErrCount, why)
	}
	body := strings.Replace(text, "−", "-", 1)
	body, negative := strings.CutPrefix(body, "-")
	whole, fraction, _ := strings.Cut(body, l.File.Decimal)
	if t := l.File.Thousands; t != "" && t != " " && strings.Contains(whole, t) {
		if strings.Contains(whole, " ") || !spaced.MatchString(strings.ReplaceAll(whole, t, " ")) {
			return fail(": its thousands are not separated as declared")
		}
		whole = strings.ReplaceAll(whole, t, "")
	} else if spaced.MatchString(whole) {
		whole = strings.ReplaceAll(whole, " ", "")
	}
	if strings.ContainsAny(body, ".,") && strings.ContainsAny(whole+fraction, ".,'") {
		return fail(": declare the decimal mark and what separates thousands, decimal and thousands in file")
	}
	if negative {
		whole = "-" + whole
	}
	if fraction != "" || strings.HasSuffix(body, l.File.Decimal) {
		whole += "." + fraction
	}
	n, err := l.plain(whole)
	if err != nil {
		return fail(strings.TrimPrefix(err.Error(), decode.Quote(whole)+" is "+decode.ErrCount.Error()))
	}
	return n, nil
}
