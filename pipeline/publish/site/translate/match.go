package translate

import (
	"cmp"
	"slices"
	"strings"
)

// result is a translation. kept reports whether the text stays English.
type result struct {
	text  string
	ok    bool
	kept  bool
	asked []*entry
}

// found is what a slot matched.
type found struct {
	length int
	text   string  // in the language
	number float64 // of a number
	asked  []*entry
}

// Keep makes names stay as they are: those of the site, of data sets and of publishers.
func (l *Language) Keep(names ...string) {
	for _, n := range names {
		if n != "" && !slices.Contains(l.names, n) {
			l.names = append(l.names, n)
		}
	}
	slices.SortStableFunc(l.names, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	clear(l.memo)
}

// Text returns a text in the language. ok is false if there is no translation; the text is then as it was.
func (l *Language) Text(english string) (text string, ok bool) {
	r := l.translate(english)
	for _, e := range r.asked {
		e.asked = true
	}
	if !r.ok {
		l.lacks[english] = true
		return english, false
	}
	return r.text, true
}

// translate returns the translation of a text without spaces around it.
func (l *Language) translate(text string) result {
	text = strings.ReplaceAll(text, noBreak, " ")
	if r, known := l.memo[text]; known {
		return r
	}
	l.memo[text] = result{} // a text is no part of itself
	r := l.whole(text)
	if !r.ok {
		r = l.parts(text)
	}
	l.memo[text] = r
	return r
}

// whole translates a text by one entry.
func (l *Language) whole(text string) (out result) {
	if text == "" {
		return result{}
	}
	if slices.Contains(l.names, text) {
		return result{text: text, ok: true, kept: true}
	}
	for _, e := range l.first[text[0]] {
		if strings.Contains(text, e.longest) && l.pieces(e.english, text, nil, func(rest string, got []found) bool {
			if rest != "" {
				return false
			}
			out = l.write(e, got)
			return true
		}) {
			return out
		}
	}
	return result{}
}

// parts translates a text as sentences, or as parts between semicolons.
func (l *Language) parts(text string) result {
	if first, rest := strings.CutSuffix(text, "."); rest && first != "" {
		if r := l.translate(first); r.ok {
			r.text += "."
			return r
		}
	}
	for _, between := range []string{". ", "; "} {
		for at := 0; at >= 0; {
			n := strings.Index(text[at:], between)
			if n < 0 {
				break
			}
			at += n + 1
			first, rest := text[:at], text[at+1:]
			if between == "; " {
				first = text[:at-1]
			}
			a := l.translate(first)
			if !a.ok {
				continue
			}
			if b := l.translate(rest); b.ok {
				join := " "
				if between == "; " {
					join = l.form.tied(" ; ")
				}
				return result{text: a.text + join + b.text, ok: true, asked: slices.Concat(a.asked, b.asked)}
			}
		}
	}
	return result{}
}

// pieces matches pieces with the beginning of a text, and calls then with what follows until it returns
// true.
func (l *Language) pieces(pieces []piece, text string, got []found, then func(rest string, got []found) bool) bool {
	if len(pieces) == 0 {
		return then(text, got)
	}
	p := pieces[0]
	if p.slot == "" {
		rest, ok := strings.CutPrefix(text, p.literal)
		return ok && l.pieces(pieces[1:], rest, got, then)
	}
	for _, c := range l.candidates(p, pieces[1:], text) {
		if l.pieces(pieces[1:], text[c.length:], append(slices.Clip(got), c), then) {
			return true
		}
	}
	return false
}

// candidates returns what a slot may match at the beginning of a text.
func (l *Language) candidates(p piece, next []piece, text string) []found {
	if match := terminals[p.kind]; match != nil {
		if c, ok := match(&l.form, text); ok {
			return []found{c}
		}
		return nil
	}
	switch p.kind {
	case "kept":
		for _, n := range l.names {
			if strings.HasPrefix(text, n) {
				return []found{{length: len(n), text: n}}
			}
		}
		return nil
	case "area":
		return l.areas(text)
	case "any", "text":
		return l.anything(p.kind, next, text)
	}
	return l.oneOf(l.sections[p.kind], text)
}

// oneOf returns the entries of a section that a text begins with, the longest first.
func (l *Language) oneOf(list []*entry, text string) (out []found) {
	for _, e := range list {
		l.pieces(e.english, text, nil, func(rest string, got []found) bool {
			r := l.write(e, got)
			c := found{length: len(text) - len(rest), text: r.text, asked: r.asked}
			if len(got) > 0 {
				c.number = got[0].number
			}
			out = append(out, c)
			return false
		})
	}
	slices.SortStableFunc(out, func(a, b found) int { return cmp.Compare(b.length, a.length) })
	return out
}

// anything returns the parts of a text up to the literal that follows a slot.
func (l *Language) anything(kind string, next []piece, text string) (out []found) {
	try := func(part string) {
		if part == "" {
			return
		}
		if kind == "any" {
			out = append(out, found{length: len(part), text: part})
		} else if r := l.translate(part); r.ok {
			out = append(out, found{length: len(part), text: r.text, asked: r.asked})
		}
	}
	if len(next) == 0 {
		try(text)
		return out
	}
	if next[0].slot != "" {
		return nil
	}
	for at := 0; ; at++ {
		n := strings.Index(text[at:], next[0].literal)
		if n < 0 {
			return out
		}
		at += n
		try(text[:at])
	}
}

// write writes an entry with what its slots matched.
func (l *Language) write(e *entry, got []found) result {
	r := result{ok: true, asked: []*entry{e}}
	values := map[string]found{}
	i := 0
	for _, p := range e.english {
		if p.slot != "" {
			values[p.slot] = got[i]
			r.asked = append(r.asked, got[i].asked...)
			i++
		}
	}
	var b strings.Builder
	for _, p := range e.other {
		v := values[p.slot]
		switch {
		case p.slot == "":
			b.WriteString(p.literal)
		case p.plural != nil:
			b.WriteString(l.form.plural(v.number, p.plural))
		default:
			b.WriteString(l.form.begin(p.form, v.text))
		}
	}
	r.text = b.String()
	return r
}
