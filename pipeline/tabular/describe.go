package tabular

import (
	"maps"
	"slices"
	"strings"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

// Describe gives a series of the table its title and the other texts that its codes do not provide.
func (l *Layout) Describe(s stat.Series) stat.Series {
	s.Designation = l.Designation
	title := ""
	for _, v := range l.AllValues() {
		if v.Measure != s.Measure || !v.fits(s.Dimensions) {
			continue
		}
		title, s.Definition = v.Title, v.Definition
		if dims := v.Dimensions(); s.Dimensions == dims {
			s.One, s.Many = v.One, v.Many
		}
		break
	}
	if title == "" {
		title = labelIn("measure", s.Measure)
		title = strings.ToUpper(title[:1]) + title[1:]
		for _, name := range []string{"age", "category", "destination", "origin", "route", "sex"} {
			if code := *s.Dimensions.Field(name); code != stat.Total && l.dimension(name) == nil {
				title += ", " + l.labelOf(name, code)
			}
		}
	}
	for _, d := range l.Dimensions {
		if code := *s.Dimensions.Field(d.Name); code != stat.Total {
			title += ", " + l.labelOf(d.Name, code)
		}
	}
	s.Title = l.Title + ": " + title + ", " + s.Frequency().Word()
	return s
}

// Dimensions returns the codes that all values of the column share.
func (v *Value) Dimensions() stat.Dimensions {
	d := stat.AllTotal
	for name, code := range v.Where {
		*d.Field(name) = code
	}
	return d
}

// fits reports whether a series may be of the column.
func (v *Value) fits(d stat.Dimensions) bool {
	for name, code := range v.Where {
		if *d.Field(name) != code {
			return false
		}
	}
	return true
}

// dimension returns the dimension of a name, or nil.
func (l *Layout) dimension(name string) *Dimension {
	i := slices.IndexFunc(l.Dimensions, func(d Dimension) bool { return d.Name == name })
	if i < 0 {
		return nil
	}
	return &l.Dimensions[i]
}

// labelOf returns the label of a code: the layout's own, that of its code list, or the code's words.
func (l *Layout) labelOf(name, code string) string {
	list := map[string]string{"origin": "area", "destination": "area", "route": "route", "sex": "sex", "age": "age"}[name]
	if d := l.dimension(name); d != nil {
		for _, label := range slices.Sorted(maps.Keys(d.Codes)) {
			if d.Codes[label] == code {
				return label
			}
		}
		if d.CodeList != "" {
			list = d.CodeList
		}
	}
	return labelIn(list, code)
}

// labelIn returns the label of a code in a code list, else the words of the code.
func labelIn(list, code string) string {
	labels, _ := schemas.CodeLabels(list) // none without a list
	if label, known := labels[code]; known {
		return label
	}
	return strings.ReplaceAll(strings.TrimPrefix(code, "x-"), "-", " ")
}

// Compares reports whether a series is compared over time, ranked and drawn. This holds for the
// totals, for values with codes of their own, and for the dimensions for which the layout asks it.
func (l *Layout) Compares(id stat.SeriesID) bool {
	_, _, _, dims, err := id.Parse()
	if err != nil {
		return false
	}
	return !slices.ContainsFunc(l.Dimensions, func(d Dimension) bool { return !d.Compared && *dims.Field(d.Name) != stat.Total })
}
