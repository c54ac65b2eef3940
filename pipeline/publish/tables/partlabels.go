package tables

import (
	"cmp"
	"slices"
	"strings"

	"crossings/pipeline/compare/breakdown"
	"crossings/pipeline/stat"
	"crossings/pipeline/watch"
	"crossings/schemas"
)

// residualLabel is the residual in words.
const residualLabel = "not in any part"

// labels returns the labels of a code list, or none.
func labels(list string) map[string]string {
	known, _ := schemas.CodeLabels(list) // an unknown list has no labels
	return known
}

// labelsOf returns what writes the codes of some parts in words: as the code list says that knows
// most of them, else as the publisher's own label, else as the code itself.
func labelsOf(k *watch.Known, dimension string, rows []breakdown.Row) func(code string) string {
	lists := []string{dimension}
	switch {
	case isArea(dimension):
		lists = []string{"area", "region", "local-authority"}
	case dimension == "category":
		lists = schemas.CategoryListNames()
	}
	known := func(list string) (n int) {
		of := labels(list)
		for _, r := range rows {
			if of[r.Code] != "" && !strings.HasPrefix(r.Code, "_") {
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(lists, func(a, b string) int { return cmp.Compare(known(b), known(a)) })
	unlisted := map[string]string{}
	for _, e := range k.Entries {
		for _, f := range e.Findings {
			if f.Label != nil && f.Label.Code != "" {
				unlisted[f.Label.Code] = f.Label.Text
			}
		}
	}
	return func(code string) string {
		switch code {
		case stat.Total:
			return "total"
		case breakdown.Residual:
			return residualLabel
		}
		for _, list := range lists {
			if text := labels(list)[code]; text != "" {
				return text
			}
		}
		_, last, _ := cutLast(code)
		return cmp.Or(unlisted[code], unlisted[last], code)
	}
}

// cutLast cuts a code at its last full stop: a type that no list has is under its group.
func cutLast(code string) (group, kind string, ok bool) {
	i := strings.LastIndexByte(code, '.')
	if i < 0 {
		return "", code, false
	}
	return code[:i], code[i+1:], true
}
