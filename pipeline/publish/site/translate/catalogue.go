package translate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Language is a language with its texts. It remembers what it translated, and is not safe for concurrent
// use.
type Language struct {
	Code string
	form form

	texts    []*entry            // the most specific first
	first    [256][]*entry       // those that a text with this first byte may have, in the same order
	sections map[string][]*entry // other lists of entries, by name
	scripts  []*entry            // texts of scripts
	elements map[string]bool     // texts that have a meaning of their own in an element: "<span>Share"
	names    []string            // that stay as they are, the longest first
	memo     map[string]result
	lacks    map[string]bool
}

// entry is an English text and its translation, both cut at their slots.
type entry struct {
	line     int
	english  []piece
	other    []piece
	literal  int    // how many bytes of the English text are no slots
	longest  string // the longest literal of the English text
	asked    bool
	original string
}

// piece is a literal, or a slot.
type piece struct {
	literal string
	slot    string   // as written: "n2"
	kind    string   // "n"
	form    string   // "low", "cap" or a rule for the word before, or ""
	plural  []string // for one and for many, or nil
}

// Name returns the name of the language in itself.
func (l *Language) Name() string { return l.form.name }

// Parse reads the catalogue of a language. Errors call the text by the language.
func Parse(code, text string) (*Language, error) {
	l := &Language{Code: code, sections: map[string][]*entry{}, elements: map[string]bool{}, memo: map[string]result{}, lacks: map[string]bool{}, form: form{rules: map[string]rule{}}}
	section := ""
	var open *entry
	for i, line := range strings.Split(text, "\n") {
		at := func(err error) error { return fmt.Errorf("%s.txt:%d: %w", code, i+1, err) }
		switch {
		case strings.HasPrefix(line, "\t"):
			if open == nil {
				return nil, at(fmt.Errorf("a translation without an English text"))
			}
			if err := l.close(section, open, line[1:]); err != nil {
				return nil, at(err)
			}
			open = nil
		case open != nil:
			return nil, at(fmt.Errorf("%q has no translation", open.original))
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "[[") && strings.HasSuffix(line, "]]"):
			section = line[2 : len(line)-2]
		case section == "language":
			if err := l.form.set(line); err != nil {
				return nil, at(err)
			}
		case section == "":
			return nil, at(fmt.Errorf("a text before the first section"))
		default:
			pieces, err := cut(line)
			if err != nil {
				return nil, at(err)
			}
			open = &entry{line: i + 1, english: pieces, original: line}
		}
	}
	if open != nil {
		return nil, fmt.Errorf("%s.txt: %q has no translation", code, open.original)
	}
	if err := l.form.complete(); err != nil {
		return nil, fmt.Errorf("%s.txt: %w", code, err)
	}
	return l, l.order()
}

// close adds an entry with its translation.
func (l *Language) close(section string, e *entry, other string) error {
	var err error
	if e.other, err = cut(l.form.tied(other)); err != nil {
		return err
	}
	for _, p := range e.english {
		if e.literal += len(p.literal); len(p.literal) > len(e.longest) {
			e.longest = p.literal
		}
		if p.slot == "" {
			continue
		}
		if p.form != "" || p.plural != nil {
			return fmt.Errorf("%q: the English text has a form", e.original)
		}
		if !slices.ContainsFunc(e.other, func(o piece) bool { return o.slot == p.slot && o.plural == nil }) {
			return fmt.Errorf("%q: the translation lacks {%s}", e.original, p.slot)
		}
	}
	for _, o := range e.other {
		if o.slot != "" && !slices.ContainsFunc(e.english, func(p piece) bool { return o.slot == p.slot }) {
			return fmt.Errorf("%q: the English text has no {%s}", e.original, o.slot)
		}
	}
	switch section {
	case "texts":
		if len(e.english) == 0 {
			return fmt.Errorf("an empty text")
		}
		l.texts = append(l.texts, e)
		l.elements[e.original] = strings.HasPrefix(e.original, "<")
	case "scripts":
		l.scripts = append(l.scripts, e)
	default:
		l.sections[section] = append(l.sections[section], e)
	}
	return nil
}

// order puts the texts into the order in which they are tried. It is an error if two are the same, or if
// a slot is of a kind that does not exist.
func (l *Language) order() error {
	lists := map[string][]*entry{"texts": l.texts, "scripts": l.scripts}
	for name, list := range l.sections {
		lists[name] = list
	}
	for name, list := range lists {
		seen := map[string]bool{}
		for _, e := range list {
			if seen[e.original] {
				return fmt.Errorf("%s.txt:%d: %q is there twice in [[%s]]", l.Code, e.line, e.original, name)
			}
			seen[e.original] = true
			for _, p := range e.english {
				if p.slot != "" && terminals[p.kind] == nil && l.sections[p.kind] == nil && !special[p.kind] {
					return fmt.Errorf("%s.txt:%d: {%s} is no kind of slot", l.Code, e.line, p.slot)
				}
			}
		}
	}
	slices.SortStableFunc(l.texts, func(a, b *entry) int { return cmp.Compare(b.literal, a.literal) })
	for _, e := range l.texts {
		for b := range l.first {
			if e.english[0].slot != "" || e.english[0].literal[0] == byte(b) {
				l.first[b] = append(l.first[b], e)
			}
		}
	}
	return nil
}

// nothing is an empty text, for a part that a sentence may lack.
const nothing = "<nothing>"

// special are the kinds of slots that need the language.
var special = map[string]bool{"kept": true, "area": true, "text": true, "any": true}

// cut cuts a text at its slots.
func cut(text string) ([]piece, error) {
	var out []piece
	if text == nothing {
		return nil, nil
	}
	for text != "" {
		literal, rest, found := strings.Cut(text, "{")
		if literal != "" {
			out = append(out, piece{literal: literal})
		}
		if !found {
			break
		}
		inside, after, closed := strings.Cut(rest, "}")
		if !closed || inside == "" {
			return nil, fmt.Errorf("%q has a brace without its other", text)
		}
		var p piece
		if name, words, ok := strings.Cut(inside, "?"); ok {
			one, many, two := strings.Cut(words, "|")
			if !two {
				return nil, fmt.Errorf("{%s} has no word for many", inside)
			}
			p.plural, inside = []string{one, many}, name
		}
		if f, name, ok := strings.Cut(inside, ":"); ok {
			p.form, inside = f, name
		}
		p.slot, p.kind = inside, strings.TrimRight(inside, "0123456789")
		out = append(out, p)
		text = after
	}
	return out, nil
}

// Unasked returns the English texts of the catalogue that nobody asked for so far, in order.
func (l *Language) Unasked() []string {
	var out []*entry
	for _, list := range append([][]*entry{l.texts}, sorted(l.sections)...) {
		for _, e := range list {
			if !e.asked {
				out = append(out, e)
			}
		}
	}
	slices.SortFunc(out, func(a, b *entry) int { return cmp.Compare(a.line, b.line) })
	texts := make([]string, len(out))
	for i, e := range out {
		texts[i] = fmt.Sprintf("%s.txt:%d: %s", l.Code, e.line, e.original)
	}
	return texts
}

// Lacking returns the English texts that were asked for and that have no translation, in order.
func (l *Language) Lacking() []string {
	var out []string
	for text := range l.lacks {
		out = append(out, text)
	}
	slices.Sort(out)
	return out
}

func sorted(m map[string][]*entry) (out [][]*entry) {
	for _, list := range m {
		out = append(out, list)
	}
	return out
}
