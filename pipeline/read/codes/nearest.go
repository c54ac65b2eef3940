package codes

import (
	"cmp"
	"strings"
)

// Near is a listed label that resembles another one.
type Near struct {
	Label, Code string
	Edits       int // letters to change, or words to leave out, to get from the other to this one
}

// Close reports whether the label is so like another one that it probably means the same.
func (n Near) Close(label string) bool {
	return n.Label != "" && n.Edits <= max(1, len([]rune(fold(label)))/8)
}

// Nearest returns the listed label that resembles a label most, or the zero value if none resembles
// it. Ties go to the first label in alphabetical order.
func (l *Labels) Nearest(label string) Near {
	text := []rune(fold(label))
	if len(text) > maxLabel {
		return Near{}
	}
	words := map[string]int{}
	for _, w := range strings.Fields(bag(string(text))) {
		words[w]++
	}
	var best Near
	for _, list := range []*Labels{l, l.operator} {
		if list == nil {
			continue
		}
		for listed, f := range list.exact {
			if f.err != nil || listed == "" {
				continue
			}
			other := fold(listed)
			n := edits(text, []rune(other))
			if extra, all := extraWords(words, other); all {
				n = min(n, extra)
			}
			if n > max(len(text), len(other))/2 {
				continue
			}
			if best.Label == "" || cmp.Or(cmp.Compare(n, best.Edits), cmp.Compare(listed, best.Label)) < 0 {
				best = Near{listed, f.Code, n}
			}
		}
	}
	return best
}

// extraWords returns how many words a label has beyond those of a listed one. all is false if it
// lacks one of them.
func extraWords(words map[string]int, listed string) (n int, all bool) {
	for _, c := range words {
		n += c
	}
	used := map[string]int{}
	for _, w := range strings.Fields(bag(listed)) {
		if used[w]++; used[w] > words[w] {
			return 0, false
		}
		n--
	}
	return n, len(used) > 0
}

// edits returns how many letters must be added, removed or changed to get from one text to another.
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		before := row[0]
		row[0] = i + 1
		for j, y := range b {
			change := before
			if x != y {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
