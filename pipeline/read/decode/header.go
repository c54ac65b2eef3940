package decode

import (
	"fmt"
	"slices"
	"strings"
)

// seek looks whether a row is the header.
func (t *Table) seek(line int, texts []string) error {
	at, err := t.match(line, texts)
	if err != nil {
		return err
	}
	if above := t.fromAbove(line, texts); above != nil {
		if joined, err := t.match(line, above); err == nil && t.missing(joined) < 0 {
			return t.found(line, above, joined)
		}
	}
	missing := t.missing(at)
	if missing < 0 {
		return t.found(line, texts, at)
	}
	if n := matches(at); t.nearest == nil || n > t.matched {
		t.nearest, t.matched = t.lacks(line, texts, at, missing), n
	}
	if t.skipped = append(t.skipped, skippedRow{line, texts}); len(t.skipped) > t.columns.Above {
		return t.nearest
	}
	return nil
}

// fromAbove returns a row with the wanted headers of the row above it where it has no text, as those
// of merged cells that begin there. It returns nil if there are none.
func (t *Table) fromAbove(line int, texts []string) []string {
	n := len(t.skipped)
	if n == 0 || t.skipped[n-1].line != line-1 {
		return nil
	}
	var out []string
	for k, text := range t.skipped[n-1].texts {
		if k < len(texts) && Fold(texts[k]) != "" || len(t.accepts[quantity(text)]) == 0 {
			continue
		}
		if out == nil {
			out = slices.Clone(texts)
		}
		for len(out) <= k {
			out = append(out, "")
		}
		out[k] = text
	}
	return out
}

// missing returns the index of the first required column that was not found, or -1.
func (t *Table) missing(at []int) int {
	for i, k := range at {
		if k < 0 && !t.columns.Want[i].Optional {
			return i
		}
	}
	return -1
}

// matches counts the columns that were found.
func matches(at []int) (n int) {
	for _, k := range at {
		if k >= 0 {
			n++
		}
	}
	return n
}

// match returns where each wanted column is in a row, -1 for those that are not. If all required
// ones are there, two headers for one column, and one header for two, are errors.
func (t *Table) match(line int, texts []string) ([]int, error) {
	at := make([]int, len(t.columns.Want))
	for i := range at {
		at[i] = -1
	}
	var err error
	for k, text := range texts {
		wanted := t.accepts[quantity(text)]
		if len(wanted) > 1 {
			err = t.Fail(line, ColumnLetter(k), fmt.Errorf("the header %s could be %q or %q: %w", Quote(Fold(text)),
				t.columns.Want[wanted[0]].Name, t.columns.Want[wanted[1]].Name, ErrHeader))
		}
		for _, i := range wanted {
			if at[i] >= 0 && t.otherRemarks(i, texts[at[i]], text) {
				if quantity(text) == quantity(t.columns.Want[i].Name) {
					at[i] = k
				}
				continue
			}
			if at[i] >= 0 {
				err = t.Fail(line, ColumnLetter(k), fmt.Errorf("the headers %s and %s both mean %q: %w",
					Quote(Fold(texts[at[i]])), Quote(Fold(text)), t.columns.Want[i].Name, ErrHeader))
			}
			at[i] = k
		}
	}
	if t.missing(at) >= 0 {
		return at, nil // not the header, so its faults do not matter
	}
	return at, err
}

// otherRemarks reports whether two headers are of wanted column i, which is of remarks, by two names.
func (t *Table) otherRemarks(i int, a, b string) bool {
	return t.columns.Want[i].Remarks && quantity(a) != quantity(b)
}

// lacks is the error about a row that lacks a wanted column.
func (t *Table) lacks(line int, texts []string, at []int, missing int) error {
	name := t.columns.Want[missing].Name
	if missing < len(texts) && !slices.Contains(at, missing) && Fold(texts[missing]) != "" {
		return t.Fail(line, ColumnLetter(missing), fmt.Errorf("column is called %s where %q was expected: %w", Quote(Fold(texts[missing])), name, ErrHeader))
	}
	column := ""
	if missing >= len(texts) || Fold(texts[missing]) == "" {
		column = ColumnLetter(missing)
	}
	return t.Fail(line, column, fmt.Errorf("column %q is missing: %w", name, ErrHeader))
}

// found stores the header. Figures above it would be lost, so they are an error.
func (t *Table) found(line int, texts []string, at []int) error {
	t.at, t.header = at, texts
	for k, text := range texts {
		if !slices.Contains(at, k) && Fold(text) != "" {
			t.extra[k] = &extraCol{}
		}
	}
	for _, r := range t.skipped {
		filled := 0
		for _, text := range r.texts {
			if Fold(text) != "" {
				filled++
			}
		}
		for i, k := range at {
			if filled > 1 && t.columns.Want[i].Measure && k >= 0 && k < len(r.texts) && isCount(r.texts[k]) {
				return t.Fail(r.line, t.Header(k), fmt.Errorf("the figure %s is above the header in row %d: %w", Quote(r.texts[k]), line, ErrShape))
			}
		}
	}
	t.skipped = nil
	return nil
}

func isCount(text string) bool {
	f, err := FigureText(text)
	return err == nil && f.Absent == Stated
}

// ordinals are words of headers whose numbers are no counts: "Week number", "Sort order".
var ordinals = set("year month week quarter day date of the number no iso calendar financial ending id code order sort row index line record objectid fid")

// quantities are words that only a measure has in its header.
var quantities = set("arrivals arrived departures count counts total totals sum persons people")

// joining are words that say nothing about what is counted.
var joining = set("of in out the and by for at on with to a from per all number involved")

// measure returns why an extra column looks like a measure, or "".
func (t *Table) measure(x Extra) string {
	cells := t.extra[x.Index]
	if cells.counts < cells.prose {
		return ""
	}
	words := headerWords(x.Header)
	if why := t.shares(x.Header, words); why != "" {
		return why
	}
	if cells.counts == 0 || len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !ordinals[w] }) {
		return ""
	}
	return fmt.Sprintf("%d of its cells are counts", cells.counts)
}

// shares returns which words an extra header has in common with the measures, or "".
func (t *Table) shares(header string, words []string) string {
	if w := Words(header); strings.Contains(" "+w, " number of ") {
		return `its header says "number of"`
	}
	for _, w := range words {
		if quantities[w] {
			return fmt.Sprintf("its header says %q", w)
		}
	}
	for _, want := range t.columns.Want {
		if !want.Measure {
			continue
		}
		for _, name := range append([]string{want.Name}, want.Also...) {
			of := headerWords(name)
			all := len(of) > 0 && !slices.ContainsFunc(of, func(w string) bool { return !slices.Contains(words, w) })
			any := slices.ContainsFunc(of, func(w string) bool { return !joining[w] && slices.Contains(words, w) })
			if all || any {
				return fmt.Sprintf("its header has words of %q", want.Name)
			}
		}
	}
	return ""
}

// headerWords returns the words of a header one by one.
func headerWords(header string) []string {
	return strings.FieldsFunc(Words(header), func(r rune) bool { return strings.ContainsRune(` -/()[],.:;"'`, r) })
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
