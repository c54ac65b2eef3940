package codes

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"crossings/pipeline/read/decode"
	"crossings/schemas"
)

// ErrUnmapped means that a label is listed neither for its publisher nor for any publisher.
var ErrUnmapped = errors.New("label is in no list")

// Excluded is the error of a label whose rows are left out on purpose.
type Excluded struct {
	List   string // its code list
	Label  string // as listed
	Reason string // a sentence for readers
}

// Error returns the label, its list and the reason on one line.
func (e Excluded) Error() string {
	return fmt.Sprintf("%s: %s is left out: %s", e.List, decode.Quote(e.Label), e.Reason)
}

// Labels are one publisher's labels of one code list. It is safe for concurrent use.
type Labels struct {
	list, publisher string
	exact           map[string]meaning // by label as listed; read-only after For
	folded          map[string]meaning // by folded label; read-only after For
	commas          int                // the most commas in any one label

	mu       sync.RWMutex
	variants map[string]meaning // spellings seen so far that differ from the listed one
}

// meaning is what a label stands for: a code, or the error Excluded.
type meaning struct {
	code string
	err  error
}

// maxVariants is how many spellings are remembered. It bounds the memory of a file in which every
// row spells its label differently.
const maxVariants = 4096

// For returns the labels that publisher uses for a code list. A publisher without labels of its own
// uses those of any publisher. For panics if the list has no labels or its file is malformed; a
// test rules that out.
func For(list, publisher string) *Labels {
	rows, err := schemas.Labels(list)
	if err != nil {
		panic(err)
	}
	return build(list, publisher, rows)
}

// build returns the labels of the rows that apply to publisher.
func build(list, publisher string, rows []schemas.Label) *Labels {
	l := &Labels{list: list, publisher: publisher, exact: map[string]meaning{}, folded: map[string]meaning{}, variants: map[string]meaning{}}
	own := map[string]bool{}
	for _, r := range rows {
		key := fold(r.Label)
		if r.Publisher != publisher && (r.Publisher != "" || own[key]) {
			continue
		}
		own[key] = r.Publisher == publisher
		t := meaning{code: r.Code}
		if r.Code == "" {
			t.err = Excluded{List: list, Label: r.Label, Reason: r.Note}
		}
		l.folded[key] = t
		l.commas = max(l.commas, strings.Count(r.Label, ","))
	}
	// A label with two spellings is decided by one row, which is known only now.
	for _, r := range rows {
		if t, ok := l.folded[fold(r.Label)]; ok {
			l.exact[r.Label] = t
		}
	}
	return l
}

// Code returns the code of a label. For a label whose rows are left out the error is an Excluded;
// for one that is not listed it wraps ErrUnmapped. The code is then "". A blank label is looked up
// like any other.
func (l *Labels) Code(label string) (string, error) {
	t, ok := l.exact[label]
	if !ok {
		l.mu.RLock()
		t, ok = l.variants[label]
		l.mu.RUnlock()
	}
	if !ok {
		t, ok = l.spelling(label)
	}
	if !ok {
		return "", l.unmapped(label)
	}
	return t.code, t.err
}

// spelling looks up a label that is spelled differently from the list, and remembers it.
func (l *Labels) spelling(label string) (meaning, bool) {
	t, ok := l.folded[fold(label)]
	if !ok {
		return meaning{}, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.variants) < maxVariants {
		l.variants[strings.Clone(label)] = t // label may point into the whole file; keep only its own bytes
	}
	return t, true
}

// unmapped returns the error for a label that is not listed.
func (l *Labels) unmapped(label string) error {
	publisher := l.publisher
	if publisher == "" {
		publisher = "any publisher"
	}
	return fmt.Errorf("%s: %s of %s: %w; add it to schemas/labels/%s.csv", l.list, decode.Quote(label), publisher, ErrUnmapped, l.list)
}

// Split splits a list of labels at its commas and trims each. A listed label that contains a comma
// stays whole. Labels are not looked up. A text without a comma, blank or not, is one label.
func (l *Labels) Split(text string) []string {
	parts := strings.Split(text, ",")
	var out []string
	for len(parts) > 0 {
		n := min(l.commas+1, len(parts))
		for ; n > 1; n-- {
			if _, ok := l.folded[fold(strings.Join(parts[:n], ","))]; ok {
				break
			}
		}
		out = append(out, strings.TrimSpace(strings.Join(parts[:n], ",")))
		parts = parts[n:]
	}
	return out
}
