package wide

import (
	"cmp"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
	"crossings/schemas"
)

// names finds the words for codes.
type names struct {
	index  *content.Index
	parts  map[[2]string]string // of the table breakdowns, by dimension and code
	opened map[string]string    // labels that no code list has, by code
	lists  map[string][]map[string]string
}

func newNames(r *reader) *names {
	n := &names{r.index, map[[2]string]string{}, map[string]string{}, map[string][]map[string]string{}}
	if t := r.index.Table("breakdowns"); t != nil {
		for b := range row.Each[row.Breakdown](t) {
			n.parts[[2]string{b.Dimension, b.Code}] = b.Label
		}
	}
	if t := r.index.Table("labels"); t != nil {
		for l := range row.Each[row.Label](t) {
			n.opened[l.Code] = l.Label
		}
	}
	for _, dimension := range dimensions {
		of := []string{dimension}
		switch dimension {
		case "origin", "destination":
			of = []string{"area", "region", "local-authority"}
		case "category":
			of = schemas.CategoryListNames()
		}
		for _, list := range of {
			if labels, err := schemas.CodeLabels(list); err == nil {
				n.lists[dimension] = append(n.lists[dimension], labels)
			}
		}
	}
	return n
}

// code returns a code of a dimension in words.
func (n *names) code(dimension, code string) string {
	if label := n.parts[[2]string{dimension, code}]; label != "" {
		return label
	}
	for _, labels := range n.lists[dimension] {
		if label := labels[code]; label != "" {
			return label
		}
	}
	return cmp.Or(n.opened[code], code)
}

// row returns the name of a series among the others of its sheet.
func (n *names) row(s *sheet, id stat.SeriesID) string {
	if s.by == "" {
		return n.measure(s.measure)
	}
	_, _, _, d, _ := id.Parse()
	return n.code(s.by, *d.Field(s.by))
}

// measure returns the name of a measure: the title of its series that is not broken down, without
// what the title says of the frequency, or else the words of the code list.
func (n *names) measure(measure string) string {
	for _, f := range []stat.Frequency{stat.Daily, stat.Weekly, stat.Monthly, stat.Quarterly, stat.Annual} {
		id := stat.SeriesID(measure + ":" + string(f))
		if !n.index.Described(id) {
			continue
		}
		title := n.index.Title(id)
		for _, end := range []string{", daily", ", weekly", ", monthly", ", by month", ", by quarter", ", by year"} {
			title = strings.TrimSuffix(title, end)
		}
		return strings.Replace(title, " on all routes together", "", 1)
	}
	_, name, _ := cut(measure)
	return wording.Capital(schemas.LabelOf("measure", name))
}

// cut splits the name of a measure at its last colon.
func cut(measure string) (source, name string, ok bool) {
	i := strings.LastIndexByte(measure, ':')
	if i < 0 {
		return "", measure, false
	}
	return measure[:i], measure[i+1:], true
}
