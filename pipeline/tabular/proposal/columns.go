package proposal

import (
	"regexp"
	"slices"
	"strings"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/period"
	"crossings/pipeline/tabular/reader"
)

// column is what is seen in one column.
type column struct {
	name      string
	at        int
	texts     []string // different contents in order, up to maxTexts
	more      bool     // there are others
	filled    int
	numbers   int
	flagged   int // numbers with letters after them
	missing   int // marks of a missing value
	blank     int // empty cells in rows with others
	percents  int
	unclear   map[string]int
	length    period.Length // if all contents are periods
	order     string
	fiscal    bool
	yearEnd   bool
	allMonths bool // a month each, without a year
	quarters  bool
	years     bool
	fives     bool // all numbers are multiples of 5
}

const maxTexts = 3000

var (
	numberText  = regexp.MustCompile(`^[-−]?(?:\d+|\d{1,3}(?:[,.' \x{a0}\x{202f}]\d{3})+)(?:[.,]\d+)?$`)
	flaggedText = regexp.MustCompile(`^([-−]?[\d,.: ]*\d|:) ?[a-z]{1,4}$`)
	// marked matches a mark after a value.
	marked    = regexp.MustCompile(`\s*(?:\[[^\[\]]{1,20}\]|\((?i:[rpe]|rev(?:ised)?\.?|prov(?:isional)?\.?|est(?:imated?)?\.?|\d{1,2})\)|[*†‡]{1,3})$`)
	shorthand = regexp.MustCompile(`^(?i:\[[a-z]{1,4}\])$`) // a mark instead of a value
)

func isNumber(s string) bool { return numberText.MatchString(s) }

// isMark reports whether a text says that a value is missing.
func isMark(s string) bool {
	_, ok := reader.MissingText(s)
	return ok || shorthand.MatchString(s)
}

// inspect looks at a column.
func inspect(name string, at int, rows [][]string) *column {
	c := &column{name: name, at: at, unclear: map[string]int{}, fives: true}
	seen := map[string]bool{}
	for _, r := range rows {
		if filled(r) < 2 {
			continue
		}
		if at >= len(r) || r[at] == "" {
			c.blank++
			continue
		}
		s := r[at]
		c.filled++
		switch {
		case isNumber(marked.ReplaceAllString(s, "")):
			c.numbers++
			c.fives = c.fives && strings.ContainsAny(s[len(s)-1:], "05")
		case strings.HasSuffix(s, "%"):
			c.percents++
		case flaggedText.MatchString(s):
			c.flagged++
		case isMark(s):
			c.missing++
		default:
			if len(c.unclear) < 20 || c.unclear[s] > 0 {
				c.unclear[s]++
			}
		}
		if seen[s] {
			continue
		}
		if len(c.texts) >= maxTexts {
			c.more = true
			continue
		}
		seen[s] = true
		c.texts = append(c.texts, s)
	}
	c.periods()
	return c
}

// periods finds out whether the contents of a column are periods, or parts of one.
func (c *column) periods() {
	if len(c.texts) == 0 {
		return
	}
	all := func(is func(string) bool) bool {
		good, asked := 0, 0
		for _, s := range c.texts {
			if codes.MayBeTotal(s) {
				continue
			}
			asked++
			if is(s) {
				good++
			}
		}
		return good > 0 && good*10 >= asked*9 // a note may be among them
	}
	c.allMonths = len(c.texts) <= 14 && all(func(s string) bool { return period.MonthNumber(s) != 0 })
	c.quarters = len(c.texts) <= 5 && all(func(s string) bool { return period.QuarterNumber(s) != 0 || period.QuarterOfMonths(s) != 0 })
	c.years = all(func(s string) bool { y := period.YearNumber(s); return y > 1900 && y < 2200 })
	for _, form := range forms {
		if all(func(s string) bool { _, err := form.Read(s); return err == nil }) {
			c.length, c.order, c.fiscal, c.yearEnd = form.Length, form.Order, form.FiscalStart != 0, form.Length == period.YearEnding
			return
		}
	}
}

// forms are the forms of periods that are tried, in this order.
var forms = []period.Form{
	{Length: period.Year}, {Length: period.Quarter}, {Length: period.Half}, {Length: period.Month}, {Length: period.Day},
	{Length: period.Quarter, Order: "dmy"}, {Length: period.Month, Order: "dmy"}, {Length: period.Month, Order: "mdy"}, {Length: period.Day, Order: "dmy"}, {Length: period.Day, Order: "mdy"},
	{Length: period.Week}, {Length: period.Month, FiscalStart: 10}, {Length: period.Quarter, FiscalStart: 4}, {Length: period.Year, FiscalStart: 4}, {Length: period.YearEnding},
}

// lengthOf returns the length of periods that texts have in common, or "".
func lengthOf(texts []string) period.Length {
	for _, form := range forms {
		if readsAll(form, texts) {
			return form.Length
		}
	}
	return ""
}

// readsAll reports whether all texts are periods of a form.
func readsAll(f period.Form, texts []string) bool {
	return !slices.ContainsFunc(texts, func(s string) bool { _, err := f.Read(s); return err != nil })
}

// isValue reports whether a column has values.
func (c *column) isValue() bool {
	figures := c.numbers + c.flagged
	return figures > 0 && (figures+c.missing)*10 >= c.filled*8 && !c.years || figures > 0 && c.filled == figures+c.missing+c.unclear["-"]+c.unclear["*"] && !c.years
}

// words returns the words of the header.
func (c *column) words() string { return decode.Words(c.name) }

// has reports whether the header has one of some words.
func (c *column) has(words ...string) bool {
	w := c.words()
	return slices.ContainsFunc(words, func(s string) bool { return strings.Contains(w, s) })
}

// constant reports whether all rows have the same content.
func (c *column) constant() bool { return len(c.texts) == 1 && !c.more }

// follows reports whether the content of a column follows from that of another.
func follows(rows [][]string, from, to int) bool {
	means := map[string]string{}
	for _, r := range rows {
		if max(from, to) >= len(r) || filled(r) < 2 {
			continue
		}
		if other, ok := means[r[from]]; ok && other != r[to] {
			return false
		}
		means[r[from]] = r[to]
	}
	return true
}
