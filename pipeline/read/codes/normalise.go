package codes

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"crossings/pipeline/read/decode"
	"crossings/schemas"
)

// ErrUnmapped says that a label is not listed, neither for its publisher nor for
// any publisher.
var ErrUnmapped = errors.New("label is in no list")

// Excluded is the error of a label whose rows are left out on purpose.
type Excluded struct {
	List   string // the code list
	Label  string // as the list has it
	Reason string // a sentence for people
}

// Error returns the label, its list and the reason on one line.
func (e Excluded) Error() string {
	return fmt.Sprintf("%s: %s is left out: %s", e.List, decode.Quote(e.Label), e.Reason)
}

// Labels are one publisher's labels of one code list. They may be used by
// several goroutines at once.
type Labels struct {
	list, publisher string
	exact           map[string]target // by label as listed; never written after For
	folded          map[string]target // by folded label; never written after For
	commas          int               // most commas in one label

	mu       sync.RWMutex
	variants map[string]target // other spellings met so far of labels that are listed
}

// target is the meaning of a label: a code, or the error Excluded.
type target struct {
	code string
	err  error
}

// maxVariants limits the spellings that are remembered, in case each row of a file has
// its own.
const maxVariants = 4096

// For returns the labels that publisher uses for the code list called list. It
// panics where the list has no labels or its file is malformed, which a test
// excludes. A publisher without labels of its own has those of any publisher.
func For(list, publisher string) *Labels {
	rows, err := schemas.Labels(list)
	if err != nil {
		panic(err)
	}
	return build(list, publisher, rows)
}

// build returns the labels of the rows that apply to publisher.
func build(list, publisher string, rows []schemas.Label) *Labels {
	l := &Labels{list: list, publisher: publisher, exact: map[string]target{}, folded: map[string]target{}, variants: map[string]target{}}
	own := map[string]bool{}
	for _, r := range rows {
		key := fold(r.Label)
		if r.Publisher != publisher && (r.Publisher != "" || own[key]) {
			continue
		}
		own[key] = r.Publisher == publisher
		t := target{code: r.Code}
		if r.Code == "" {
			t.err = Excluded{List: list, Label: r.Label, Reason: r.Note}
		}
		l.folded[key] = t
		l.commas = max(l.commas, strings.Count(r.Label, ","))
	}
	// Only now is it known which row decides a label with two spellings.
	for _, r := range rows {
		if t, ok := l.folded[fold(r.Label)]; ok {
			l.exact[r.Label] = t
		}
	}
	return l
}

// Code returns the code of a label. The error is an Excluded for a label whose rows are
// left out, and wraps ErrUnmapped for one that is not listed; the code is then "". A
// blank label is looked up like any other.
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

// spelling looks a label up that is not written as listed, and remembers it.
func (l *Labels) spelling(label string) (target, bool) {
	t, ok := l.folded[fold(label)]
	if !ok {
		return target{}, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.variants) < maxVariants {
		l.variants[strings.Clone(label)] = t // the label may be a part of a whole file
	}
	return t, true
}

// unmapped returns the error of a label that is not listed.
func (l *Labels) unmapped(label string) error {
	publisher := l.publisher
	if publisher == "" {
		publisher = "any publisher"
	}
	return fmt.Errorf("%s: %s of %s: %w; add it to schemas/labels/%s.csv", l.list, decode.Quote(label), publisher, ErrUnmapped, l.list)
}

// Split splits a list of labels at its commas and trims each. A listed label that has a
// comma itself stays whole. The labels are not looked up. A text without a comma, blank
// or not, is one label.
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
