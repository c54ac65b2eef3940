package reader

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
	"crossings/schemas"
)

// coder gives the labels of a dimension their codes.
type coder struct {
	d      *tabular.Dimension
	list   *codes.Labels   // nil if the code list has no labels
	listed map[string]bool // the codes of the list
	own    map[string]string
	total  map[string]bool
	apart  map[string]bool

	codes   []string // by index; the first is stat.Total
	index   map[string]int32
	labels  []string // the label that each code was made from
	lone    []bool   // by index: in no sum
	byLabel map[string]int32
	tally   codes.Tally
	totals  []stat.Finding // labels that look like totals and are not declared as such
	hasAll  bool           // a label is the total
}

// newCoder returns the coder of a dimension.
func newCoder(d *tabular.Dimension, lists *codes.Lists) (*coder, error) {
	c := &coder{d: d, listed: map[string]bool{}, own: map[string]string{}, total: wordSet(d.Total), apart: wordSet(d.Apart),
		codes: []string{stat.Total}, labels: []string{""}, lone: []bool{false}, index: map[string]int32{stat.Total: codeTotal}, byLabel: map[string]int32{}, hasAll: len(d.Total) > 0}
	for label, code := range d.Codes {
		w := decode.Words(label)
		if other, twice := c.own[w]; twice && other != code {
			return nil, fmt.Errorf("dimension %q: two codes for %q", d.Name, label)
		}
		c.own[w] = code
	}
	if d.CodeList == "" {
		return c, nil
	}
	list, err := schemas.CodeList(d.CodeList)
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		c.listed[x.Code] = x.Code != stat.Total
	}
	if slices.Contains(schemas.LabelNames(), d.CodeList) {
		c.list = lists.For(d.CodeList, codes.Anyone)
	}
	return c, nil
}

// wordSet returns the words of some labels.
func wordSet(labels []string) map[string]bool {
	out := map[string]bool{}
	for _, l := range labels {
		out[decode.Words(l)] = true
	}
	return out
}

// code returns the index of the code of a label.
func (c *coder) code(label, where string) (int32, error) {
	if i, ok := c.byLabel[label]; ok && !c.counts(label) {
		return i, nil
	}
	w := decode.Words(label)
	var code string
	lone := false
	switch {
	case w == "" && c.d.Blank == "":
		return 0, fmt.Errorf("the cell of the dimension %s is empty: %w", c.d.Name, decode.ErrShape)
	case w == "":
		code = c.d.Blank
	case c.total[w]:
		code = stat.Total
	default:
		var err error
		if code, err = c.open(decode.Fold(label), w, where); err != nil {
			return 0, err
		}
		lone = c.apart[w]
	}
	i, err := c.add(code, w, lone)
	if err == nil {
		c.byLabel[strings.Clone(label)] = i
	}
	return i, err
}

// counts reports whether rows with a label are counted one by one, because no list has it.
func (c *coder) counts(label string) bool {
	return c.d.CodeList != "" && c.own[decode.Words(label)] == "" && !c.listed[label]
}

// open returns the code of a label that is not declared as a total: the layout's own, that of the
// code list, or one of its words.
func (c *coder) open(label, words, where string) (string, error) {
	if code, ok := c.own[words]; ok {
		return code, nil
	}
	if c.listed[label] {
		return label, nil
	}
	if c.d.CodeList == "area" && len(label) == 2 {
		if code := alpha3(label); c.listed[code] {
			return code, nil
		}
	}
	if c.list == nil {
		if isTotal(label) && !c.apart[words] {
			c.look(label, where)
		}
		return codes.Slug(label), nil
	}
	r, err := c.list.Open(label)
	if err != nil {
		return "", fmt.Errorf("%w: %w", err, decode.ErrShape)
	}
	if r.Code == stat.Total {
		return "", fmt.Errorf("%s is the total of the list %s: %w; declare it as total of the dimension", decode.Quote(label), c.d.CodeList, decode.ErrShape)
	}
	if c.apart[words] {
		return r.Code, nil
	}
	if r.Match == codes.ByWords && unions.MatchString(words) {
		c.look(label, where)
	}
	c.tally.Add(c.list, c.d.Column, label, where, r)
	return r.Code, nil
}

// look notes a label that looks like a total, once.
func (c *coder) look(label, where string) {
	f := totalFinding(c.d.Column, label, where)
	if !slices.ContainsFunc(c.totals, func(o stat.Finding) bool { return o.Message == f.Message }) {
		c.totals = append(c.totals, f)
	}
}

// add returns the index of a code. Two labels that differ in their words have two codes, unless the
// layout or a list says that they are the same.
func (c *coder) add(code, words string, lone bool) (int32, error) {
	i, ok := c.index[code]
	if !ok {
		if err := codes.CheckDimension(c.d.Name, code); err != nil {
			return 0, fmt.Errorf("%w: %w", err, decode.ErrShape)
		}
		i = int32(len(c.codes))
		c.index[code] = i
		c.codes, c.labels, c.lone = append(c.codes, code), append(c.labels, words), append(c.lone, lone)
		return i, nil
	}
	if i != codeTotal && c.labels[i] != words && c.list == nil && c.own[words] == "" {
		return 0, fmt.Errorf("%q and %q both make the code %s: %w", c.labels[i], words, code, decode.ErrShape)
	}
	return i, nil
}

// alpha3 returns the code of three letters of an area that has one of two, or "". Eurostat writes EL
// for Greece and UK for the United Kingdom.
func alpha3(two string) string {
	switch two {
	case "EL":
		return "GRC"
	case "UK":
		return "GBR"
	case "XK":
		return "XKX"
	}
	r, err := language.ParseRegion(two)
	if err != nil || strings.ToUpper(two) != two || !r.IsCountry() {
		return ""
	}
	return r.ISO3()
}

// unions matches the names of groups of areas, and totals in other languages.
var unions = regexp.MustCompile(`^(?:world|eu|eu[ -]?\d\d\b.*|european union\b.*|euro area\b.*|schengen\b.*|gesamt|insgesamt|summe|totali|ensemble|somme|σύνολο)$`)

// isTotal reports whether a label looks like that of a total.
func isTotal(label string) bool {
	return codes.MayBeTotal(label) || unions.MatchString(decode.Words(label))
}

// findingTotal is the code of a finding about a label that may hide a total inside a sum.
const findingTotal = "looks-like-a-total"

func totalFinding(column, label, where string) stat.Finding {
	return stat.Finding{Code: findingTotal, Severity: stat.SeverityError, Where: where, Message: fmt.Sprintf(
		"column %q: %s looks like the sum of other rows, and the layout does not say so; declare it as total or apart of the dimension, or give it a code", column, decode.Quote(label))}
}
