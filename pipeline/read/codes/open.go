package codes

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// And joins the codes of a label that names several: central-mediterranean_and_sahara-desert. No
// listed code contains it.
const And = "_and_"

// Unlisted is the prefix of a code made from the words of a label that is in no list.
const Unlisted = "x-"

const (
	maxParts = 6  // listed labels that one label may name
	maxSlug  = 64 // bytes of a code made from words
)

// Reading is the code of a label and where the code comes from.
type Reading struct {
	Code  string
	Match Match
}

// Match says where the code of a label comes from.
type Match int

const (
	Listed     Match = iota // the label is in the list
	ByParts                 // the label names several, and all are in the list
	ByWords                 // the label is in no list; its code is made from its words
	ByOperator              // the label is in a list of the operator
)

// Open returns a code for every label. It is for open vocabularies, where a new label must not keep
// its row out of a total. A listed label gets its listed code. A label that names several listed
// ones, separated by commas, gets their codes in alphabetical order, joined by And. Any other label
// gets Unlisted and its words. The only error is an Excluded, for a label whose rows are left out
// on purpose.
func (l *Labels) Open(label string) (Reading, error) {
	f := l.exact[label]
	if f == nil {
		f = l.variant(label)
	}
	return f.Reading, f.err
}

// variant returns the reading of a label that is not written as listed, and remembers it.
func (l *Labels) variant(label string) *found {
	l.mu.RLock()
	f := l.variants[label]
	l.mu.RUnlock()
	if f != nil {
		return f
	}
	return l.remember(label, l.read(label))
}

// remember keeps a reading for the next row with the same label, and returns it.
func (l *Labels) remember(label string, f *found) *found {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.variants) >= maxVariants {
		clear(l.variants)
	}
	l.variants[strings.Clone(label)] = f // label may point into the whole file; keep only its own bytes
	return f
}

// read reads a label that is not written as listed.
func (l *Labels) read(label string) *found {
	if f := l.look(label); f != nil {
		return f
	}
	if codes := l.parts(label); codes != nil {
		return &found{Reading{strings.Join(codes, And), ByParts}, nil}
	}
	return &found{Reading{Unlisted + Slug(label), ByWords}, nil}
}

// parts returns the codes of a label that names several, sorted and without repeats. It returns nil
// if one of them is not listed or is left out.
func (l *Labels) parts(label string) []string {
	names := l.Split(label)
	if len(names) < 2 || len(names) > maxParts {
		return nil
	}
	var codes []string
	for _, name := range names {
		f := l.look(name)
		if f == nil || f.err != nil || name == "" {
			return nil
		}
		codes = append(codes, f.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// Slug returns the words of a label in lower-case ASCII letters and digits, joined by hyphens,
// without accents: the code of a label in a vocabulary that has no list. A label that is too long or
// has letters outside ASCII gets a hash, so that no two labels share a slug.
func Slug(label string) string {
	var b strings.Builder
	var gap, lost bool
	folded := fold(label) // without accents and apostrophes
	for _, r := range norm.NFKD.String(folded) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			gap = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			lost = true
		default:
			gap = true
		}
	}
	s := b.String()
	if !lost && s != "" && len(s) <= maxSlug {
		return s
	}
	sum := sha256.Sum256([]byte(folded))
	s = strings.TrimRight(s[:min(len(s), maxSlug)], "-")
	return strings.TrimLeft(s+"-"+hex.EncodeToString(sum[:4]), "-")
}
