package codes

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// And joins the codes of a label that names several: central-mediterranean_and_sahara-desert.
// No code of a list contains it.
const And = "_and_"

// Unlisted begins the code of a label that no list has. The rest of the code is made from
// the label's words.
const Unlisted = "x-"

const (
	maxParts = 6  // labels that one label may name
	maxSlug  = 64 // bytes of a code that is made from words
)

// Reading is the code of a label and how it was made.
type Reading struct {
	Code string
	// New says how the code was made. The zero value is Listed; ByParts and ByWords are
	// for labels that no list has as they are written.
	New Making
}

// Making says where a code comes from.
type Making int

// The ways to a code.
const (
	Listed  Making = iota // a list has the label
	ByParts               // the label names several, and lists have each of them
	ByWords               // no list has it
)

// Open returns a code for every label: the vocabulary is open, and a new label must not
// keep its row out of a total. A listed label has its code in the list. A label that
// names several listed ones, with commas between them, has their codes in alphabetical
// order, joined by And. Any other has the code Unlisted and its words. The only error is
// an Excluded, for a label whose rows are left out on purpose.
func (l *Labels) Open(label string) (Reading, error) {
	code, err := l.Code(label)
	if !errors.Is(err, ErrUnmapped) {
		return Reading{Code: code}, err
	}
	if codes := l.parts(label); codes != nil {
		return Reading{strings.Join(codes, And), ByParts}, nil
	}
	return Reading{Unlisted + slug(label), ByWords}, nil
}

// parts returns the codes of a label that names several, each once and sorted. It returns
// nil where one of them is not listed or is left out.
func (l *Labels) parts(label string) []string {
	names := l.Split(label)
	if len(names) < 2 || len(names) > maxParts {
		return nil
	}
	var codes []string
	for _, name := range names {
		code, err := l.Code(name)
		if err != nil || name == "" {
			return nil
		}
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// slug returns the words of a label in small ASCII letters and digits, with hyphens
// between them and without accents. A hash tells a label that is too long, or has other
// letters, from others.
func slug(label string) string {
	var b strings.Builder
	gap, lost := false, false
	for _, r := range norm.NFKD.String(fold(label)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			gap = false
		case unicode.Is(unicode.Mn, r), r == '\'':
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
	sum := sha256.Sum256([]byte(fold(label)))
	s = strings.TrimRight(s[:min(len(s), maxSlug)], "-")
	return strings.TrimLeft(s+"-"+hex.EncodeToString(sum[:4]), "-")
}
