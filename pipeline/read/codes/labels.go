package codes

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/schemas"
)

// ErrUnmapped means that a label is listed neither for its publisher nor for any publisher.
var ErrUnmapped = errors.New("label is in no list")

// Excluded is the error of a label whose rows are left out on purpose.
type Excluded struct {
	List   string // its code list
	Label  string // as listed
	Reason string // a sentence for readers
	Sum    bool   // its rows are sums of other rows, so that no total lacks them
}

// Error returns the label, its list and the reason on one line.
func (e Excluded) Error() string {
	return fmt.Sprintf("%s: %s is left out: %s", e.List, decode.Quote(e.Label), e.Reason)
}

// Labels are one publisher's labels of one code list. It is safe for concurrent use.
type Labels struct {
	list, publisher string
	exact           map[string]*found // by label as listed; read-only after build
	levels          []level           // other ways to find a label, in this order
	commas          int               // the most commas in any one label
	operator        *Labels           // the operator's labels, or nil; see Lists

	mu       sync.RWMutex
	variants map[string]*found // readings of labels so far that are not written as listed
}

// meaning is what a label stands for: a code, or the error Excluded.
type meaning struct {
	code string
	err  error
	own  bool // it is the publisher's own label
	two  bool // labels with different codes share this spelling, so it is not used
}

// found is the reading of a label, or the error Excluded. The maps of every row's labels hold
// pointers, which cost less than copies.
type found struct {
	Reading
	err error
}

// level finds labels by a form of their folded spelling.
type level struct {
	form func(folded string) string
	by   map[string]meaning // read-only after build
}

// add adds a label of the publisher, or of any publisher, to a level.
func (v level) add(folded string, m meaning) {
	key := v.form(folded)
	old, ok := v.by[key]
	switch {
	case !ok, m.own && !old.own:
		v.by[key] = m
	case m.own == old.own && m.code != old.code:
		old.two = true
		v.by[key] = old
	}
}

// find returns what a folded label stands for at this level.
func (v level) find(folded string) (meaning, bool) {
	key := v.form(folded)
	if key == "" && folded != "" {
		return meaning{}, false
	}
	m, ok := v.by[key]
	return m, ok && !m.two
}

// maxVariants is how many spellings are remembered at a time. It bounds the memory of a file in which every
// row spells its label differently.
const maxVariants = 4096

// For returns the labels that publisher uses for a code list. A publisher without labels of its own
// uses those of any publisher. For panics if the list has no labels or its file is malformed; a
// test rules that out.
func For(list, publisher string) *Labels {
	key := [2]string{list, publisher}
	if l, ok := built.Load(key); ok {
		return l.(*Labels)
	}
	rows, err := schemas.Labels(list)
	if err != nil {
		panic(err)
	}
	l, _ := built.LoadOrStore(key, build(list, publisher, rowsFor(publisher, rows)))
	return l.(*Labels)
}

// built are the labels that For has returned, by list and publisher.
var built sync.Map

// places are the lists whose labels are names of places. The order of the words in a name does not
// matter, and a number right after it is that of a footnote.
var places = []string{"area", "region"}

// build returns the labels of the rows that apply to publisher.
func build(list, publisher string, rows []schemas.Label) *Labels {
	l := &Labels{list: list, publisher: publisher, exact: map[string]*found{}, variants: map[string]*found{}}
	forms := []func(string) string{func(folded string) string { return folded }}
	if slices.Contains(places, list) {
		forms = append(forms, bag)
	}
	for _, form := range forms {
		l.levels = append(l.levels, level{form, map[string]meaning{}})
	}
	listed := map[string]meaning{} // by label
	for _, r := range rows {
		if r.Publisher != publisher && r.Publisher != "" {
			continue
		}
		m := meaning{code: r.Code, own: r.Publisher != ""}
		switch r.Code {
		case "":
			m.err = Excluded{List: list, Label: r.Label, Reason: r.Note}
		case stat.Total:
			m = meaning{err: Excluded{List: list, Label: r.Label, Sum: true, Reason: cmp.Or(r.Note, "the row is the sum of other rows")}, own: m.own}
		}
		for _, v := range l.levels {
			v.add(fold(r.Label), m)
		}
		if _, ok := listed[r.Label]; !ok || m.own {
			listed[r.Label] = m
		}
		l.commas = max(l.commas, strings.Count(r.Label, ","))
	}
	// The publisher's own spelling of a label decides about all its spellings.
	for label, m := range listed {
		if same, ok := l.levels[0].find(fold(label)); ok {
			m = same
		}
		l.exact[label] = &found{Reading{m.code, Listed}, m.err}
	}
	return l
}

// Listed returns the code of each label as it is listed, without labels whose rows are left out.
func (l *Labels) Listed() map[string]string {
	out := map[string]string{}
	for label, f := range l.exact {
		if f.err == nil {
			out[label] = f.Code
		}
	}
	return out
}

// List returns the name of the code list.
func (l *Labels) List() string { return l.list }

// Code returns the code of a label. For a label whose rows are left out the error is an Excluded;
// for one that is not listed it wraps ErrUnmapped. The code is then "". A blank label is looked up
// like any other.
func (l *Labels) Code(label string) (string, error) {
	f := l.exact[label]
	if f == nil {
		f = l.variant(label)
	}
	if f.Match == ByParts || f.Match == ByWords {
		return "", l.unmapped(label)
	}
	return f.Code, f.err
}

// Lists reports whether a label is listed, with a code or to be left out.
func (l *Labels) Lists(label string) bool { return l.look(label) != nil }

// look finds a label in the lists of the program, and then in those of the operator. It returns nil
// for a label that neither has.
func (l *Labels) look(label string) *found {
	if f := l.exact[label]; f != nil {
		return f
	}
	folded := fold(label)
	for _, text := range []string{folded, l.unmarked(folded)} {
		for _, v := range l.levels {
			if m, ok := v.find(text); ok {
				return &found{Reading{m.code, Listed}, m.err}
			}
		}
	}
	if l.list == "age" {
		if code := ageCode(folded); code != "" {
			return &found{Reading: Reading{code, Listed}}
		}
	}
	if l.operator == nil {
		return nil
	}
	if f := l.operator.look(label); f != nil {
		return &found{Reading{f.Code, ByOperator}, f.err}
	}
	return nil
}

// unmarked returns the folded name of a place without the number of a footnote. Any other label
// comes back as it is: its number may tell it from another one.
func (l *Labels) unmarked(folded string) string {
	if slices.Contains(places, l.list) {
		return footnote.ReplaceAllString(folded, "$1")
	}
	return folded
}

// unmapped returns the error for a label that is not listed.
func (l *Labels) unmapped(label string) error {
	publisher := l.publisher
	if publisher == "" {
		publisher = "any publisher"
	}
	return fmt.Errorf("%s: %s of %s: %w; add it to schemas/labels/%s.csv, or to data/labels/%s.csv", l.list, decode.Quote(label), publisher, ErrUnmapped, l.list, l.list)
}

// Split splits a list of labels at its commas and trims each. A listed label that contains a comma
// stays whole. Labels are not looked up. A text without a comma, blank or not, is one label.
func (l *Labels) Split(text string) []string {
	parts := strings.Split(text, ",")
	var out []string
	for len(parts) > 0 {
		n := min(l.commas+1, len(parts))
		for ; n > 1; n-- {
			if l.Lists(strings.Join(parts[:n], ",")) {
				break
			}
		}
		out = append(out, strings.TrimSpace(strings.Join(parts[:n], ",")))
		parts = parts[n:]
	}
	return out
}
