package codes

import (
	"slices"
	"strings"
)

// summing are words of labels that name a sum, or a part of another row.
var summing = []string{"total", "totals", "subtotal", "subtotals", "totale", "overall", "sum", "combined", "altogether"}

// mayBeTotal reports whether the rows of an unlisted label may be sums of other rows, or parts of
// them. They would count twice in a total.
func (l *Labels) mayBeTotal(label string) bool {
	return MayBeTotal(label) || l.joins(label) || l.list == "area" && For("region", l.publisher).Lists(label)
}

// joints are what stands between the labels of a sum of them: "Sea and land", "Sea + land", "Land/sea".
var joints = []string{" and ", "+", "/", " or ", " plus "}

// joins reports whether an unlisted label is several listed ones together, which have rows of their own. The
// rows of IOM are incidents, which count once whatever they name.
func (l *Labels) joins(label string) bool {
	if l.publisher == "iom" {
		return false
	}
	for _, joint := range joints {
		parts := strings.Split(fold(label), joint)
		if !slices.ContainsFunc(parts, func(s string) bool { return !l.Lists(strings.TrimSpace(s)) }) {
			return true
		}
	}
	return false
}

// MayBeTotal reports whether the words of a label say that its rows may be sums of other rows, or
// parts of them: "Total", "All nationalities", "Both sexes".
func MayBeTotal(label string) bool {
	folded := fold(label)
	words := strings.FieldsFunc(folded, func(r rune) bool {
		return r == ' ' || r == '-' || r == ',' || r == '(' || r == ')' || r == ':' || r == '/'
	})
	switch {
	case len(words) == 0:
		return false
	case slices.ContainsFunc(words, func(w string) bool { return slices.Contains(summing, w) }):
		return true
	case len(words) > 1 && words[0] == "of" && words[1] == "which": // a part of the row above
		return true
	case words[0] == "both", words[0] == "everyone", words[0] == "every", words[0] == "any":
		return true
	case words[0] == "all":
		return len(words) == 1 || !strings.HasPrefix(words[1], "other")
	}
	return false
}
