package proposal

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/tabular"
	"crossings/schemas"
)

// findDimensions proposes what breaks the values down, what is added up, and what is left out.
func (d *draft) findDimensions() {
	var open []*column
	full := 0 // rows with content
	for _, c := range d.columns {
		full = max(full, c.filled)
	}
	for _, c := range d.columns {
		switch {
		case d.used[c.at] || c.words() == "":
		case c.percents*2 > c.filled && d.isShare(c):
		case c.filled == 0, c.constant() && c.filled < full, c.has("note", "comment", "remark"):
			d.l.Ignore = append(d.l.Ignore, c.name)
			d.note("ignore", "%s is empty in some rows, or has remarks.", decode.Quote(c.name))
		case c.constant():
			if d.l.Only == nil {
				d.l.Only = map[string][]string{}
			}
			d.l.Only[c.name] = c.texts
			d.note("only", "Columns with one text in all rows. Rows with another are left out.")
		default:
			open = append(open, c)
		}
	}
	open = d.dropFollowing(open)
	taken := map[string]bool{}
	for _, v := range d.l.Values {
		for name := range v.Where {
			taken[name] = true
		}
	}
	slices.SortStableFunc(open, func(a, b *column) int { // the first column of few labels is the category
		return cmp.Compare(len(a.texts)/manyLabels, len(b.texts)/manyLabels)
	})
	for _, sure := range []bool{true, false} {
		for _, c := range open {
			if d.used[c.at] {
				continue
			}
			x := dimensionOf(c, sure)
			if x.Name == "" || taken[x.Name] {
				continue
			}
			taken[x.Name], d.used[c.at] = true, true
			d.totalsOf(c, &x)
			x.Compared = len(c.texts) <= 50
			d.l.Dimensions = append(d.l.Dimensions, x)
		}
	}
	for _, c := range open {
		if !d.used[c.at] {
			d.l.SumOver = append(d.l.SumOver, c.name)
			d.note("sum_over", "No dimension is left for these columns, so their rows are added up. Where they have a total, take only that: \"only\".")
		}
	}
	if len(d.l.Dimensions) > 0 {
		d.note("dimensions", "age, category, destination, origin, route and sex. A category can be anything. A label in no list gets a code of its words.")
	}
	d.needSeries()
}

// fewLabels is the number of labels below which one column may follow from another by chance.
const fewLabels = 5

// manyLabels is the number of labels from which a column is taken after those with fewer.
const manyLabels = 100

// dropFollowing leaves out the columns that follow from another, such as a region from a nationality.
func (d *draft) dropFollowing(open []*column) (out []*column) {
	for _, c := range open {
		follow := slices.ContainsFunc(open, func(o *column) bool {
			return o != c && !slices.Contains(d.l.Ignore, o.name) && len(o.texts) >= fewLabels && (len(o.texts) > len(c.texts) || len(o.texts) == len(c.texts) && o.at < c.at) && len(c.texts) > 1 && follows(d.rows, o.at, c.at)
		})
		if follow {
			d.l.Ignore, d.used[c.at] = append(d.l.Ignore, c.name), true
			d.note("ignore", "%s follows from another column.", decode.Quote(c.name))
			continue
		}
		out = append(out, c)
	}
	return out
}

// dimensionOf proposes the dimension of a column. sure is true for one whose labels or header say it;
// else it is a category.
func dimensionOf(c *column, sure bool) tabular.Dimension {
	x := tabular.Dimension{Column: c.name}
	if !sure {
		x.Name = "category"
		return x
	}
	switch {
	case c.has("sex", "gender") && listed("sex", c.texts):
		x.Name, x.CodeList = "sex", "sex"
	case c.has("age") && listed("age", c.texts):
		x.Name, x.CodeList = "age", "age"
	case c.has("route"):
		x.Name, x.CodeList = "route", "route"
	case listed("area", c.texts):
		x.Name, x.CodeList = "origin", "area"
		if c.has("geo", "destination", "arrival", "reporting", "host", "asylum") {
			x.Name = "destination"
		}
	}
	return x
}

// listed reports whether most of some labels are in a list.
func listed(list string, labels []string) bool {
	known := map[string]bool{}
	all, err := schemas.CodeList(list)
	if err != nil {
		return false
	}
	for _, c := range all {
		known[c.Code] = true
	}
	of := codes.For(list, codes.Anyone)
	good, asked := 0, 0
	for _, l := range labels {
		if codes.MayBeTotal(l) {
			continue
		}
		asked++
		if _, err := of.Code(l); err == nil || known[l] || list == "area" && len(l) == 2 && strings.ToUpper(l) == l {
			good++
		}
	}
	return good > 0 && good*10 >= asked*6
}

// groupLabel matches the words of labels of groups of areas.
var groupLabel = regexp.MustCompile(`^(?:world$|european union|euro area|schengen|eu[0-9]{2})`)

// totalsOf proposes which labels are totals, and which overlap with others.
func (d *draft) totalsOf(c *column, x *tabular.Dimension) {
	for _, label := range c.texts {
		switch {
		case codes.MayBeTotal(label):
			x.Total = append(x.Total, label)
		case groupLabel.MatchString(decode.Words(label)):
			x.Apart = append(x.Apart, label)
			if x.Codes == nil {
				x.Codes = map[string]string{}
			}
			x.Codes[label] = codes.Slug(label)
		}
	}
	if len(x.Total) > 1 {
		d.note("dimensions", "Several labels of %s look like totals. Those of parts only belong into \"apart\".", decode.Quote(c.name))
	}
	if len(x.Apart) > 0 {
		d.note("dimensions", "Labels under \"apart\" overlap with others, and are in no sum.")
	}
}

// needSeries leaves the sum over all rows out where a label overlaps with others: it may lack some.
func (d *draft) needSeries() {
	if len(d.l.Dimensions) == 0 || !slices.ContainsFunc(d.l.Dimensions, func(x tabular.Dimension) bool { return len(x.Apart) > 0 && len(x.Total) == 0 }) {
		return
	}
	for _, x := range d.l.Dimensions {
		d.l.Series = append(d.l.Series, x.Name)
	}
	d.note("series", "The sum over all rows is not published, as rows may be missing in it. To publish it, add \"\".")
}
