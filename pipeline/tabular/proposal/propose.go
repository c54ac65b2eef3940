package proposal

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"crossings/pipeline/read/codes"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/period"
	"crossings/pipeline/stat"
	"crossings/pipeline/tabular"
)

// draft is a layout on its way, with the guesses that a person should look at, by field.
type draft struct {
	*sheet
	l       tabular.Layout
	columns []*column
	used    map[int]bool
	unsure  map[string][]string
}

// Propose returns a layout for a file as text, ready to edit, with comments on what is a guess. The
// error is a *decode.Error about a file that is no table.
func Propose(name string, data []byte) (string, error) {
	s, err := open(name, data)
	if err != nil {
		return "", err
	}
	d := &draft{sheet: s, used: map[int]bool{}, unsure: map[string][]string{}}
	for i, h := range s.header {
		d.columns = append(d.columns, inspect(h, i, s.rows))
	}
	d.describe(name)
	d.findPeriod()
	d.findMarks()
	d.findValues()
	d.findDimensions()
	d.findChecks()
	return d.write(name, data), nil
}

func (d *draft) note(field, format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(d.unsure[field], text) {
		d.unsure[field] = append(d.unsure[field], text)
	}
}

// describe proposes what the table is about, from its words.
func (d *draft) describe(name string) {
	base := []rune(decode.Fold(strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.TrimSuffix(path.Base(name), path.Ext(name)))))
	d.l.Title = "Table"
	if len(base) > 0 {
		d.l.Title = string(unicode.ToUpper(base[0])) + string(base[1:])
	}
	d.note("title", "Say what the table shows, and who publishes it, under which licence.")
	words := strings.ToLower(name + " " + strings.Join(d.header, " "))
	d.l.Flow = "arrival"
	for _, x := range [][2]string{{"removal", "return remov deport eirtn"}, {"fatality", "dead death missing fatal"}, {"prevention", "prevent intercept"}, {"asylum", "asylum support applic claim asyapp decision"}, {"arrival", "arrival encounter crossing detection landing"}} {
		if slices.ContainsFunc(strings.Fields(x[1]), func(w string) bool { return strings.Contains(words, w) }) {
			d.l.Flow = x[0]
			break
		}
	}
	d.note("flow", "A guess from the words: arrival, removal, fatality, prevention or asylum.")
	if slices.ContainsFunc([]string{"stock", "as at", "awaiting", "pending", "in receipt", "population", "on hand"}, func(w string) bool { return strings.Contains(words, w) }) {
		d.l.Kind = stat.Stock
		d.note("kind", "A guess from the words: stock for levels on a date, which are never added up over time; else leave it out.")
	}
	if d.sheet.name != "" {
		d.file.Sheet = d.sheet.name
		if len(d.others) > 0 {
			d.note("file", "Other sheets that look like tables: %s.", decode.Quote(strings.Join(d.others, ", ")))
		}
	}
	if d.file.Delimiter == "," {
		d.file.Delimiter = ""
	}
	if d.file.Encoding == "utf-8" {
		d.file.Encoding = ""
	}
	if d.file.OpenEnd {
		d.note("file", "The last line has no end. If the publisher's file has one, this one is cut short.")
	}
	if d.file.Encoding == "windows-1252" {
		d.note("file", "A guess: the file is not UTF-8.")
	}
}

// findPeriod proposes where the periods are.
func (d *draft) findPeriod() {
	p := &d.l.Period
	if d.across() {
		return
	}
	var best *column
	rank := []period.Length{period.Day, period.Week, period.Month, period.Quarter, period.Half, period.YearEnding, period.Year}
	for _, c := range d.columns {
		if c.length != "" && (best == nil || slices.Index(rank, c.length) < slices.Index(rank, best.length)) {
			best = c
		}
	}
	year := slices.IndexFunc(d.columns, func(c *column) bool { return c.years })
	part := slices.IndexFunc(d.columns, func(c *column) bool {
		return c.allMonths && c.has("month", "mes", "monat", "mese", "mois") && c.length == "" || c.quarters && c.has("quarter", "qtr", "trim")
	})
	switch {
	case best == nil && year < 0:
		d.note("period", "No column reads as a period. Say where it is: column, across, or year with month or quarter.")
		p.Is, p.Column = period.Year, ""
	case year >= 0 && part >= 0 && (best == nil || best.length == period.Year):
		p.Year, p.Is = d.columns[year].name, period.Month
		if d.columns[part].quarters && !d.columns[part].allMonths {
			p.Is, p.Quarter = period.Quarter, d.columns[part].name
		} else {
			p.Month = d.columns[part].name
		}
		d.used[year], d.used[part] = true, true
		if d.columns[year].has("fiscal", "fy", "financial") {
			p.Fiscal = 10
			d.note("period", "The years are fiscal years. They start in October in the USA, in April in the United Kingdom.")
		}
	case best == nil:
		best = d.columns[year]
		best.length = period.Year
		fallthrough
	default:
		if best.length == period.Day && best.has("week") {
			best.length = period.Week
		}
		p.Is, p.Column, p.Order = best.length, best.name, best.order
		d.used[best.at] = true
		d.explain(best)
	}
	d.spare()
	d.repeats()
	d.periodTotal()
}

// explain says what is a guess about the form of the periods.
func (d *draft) explain(c *column) {
	p := &d.l.Period
	if c.order != "" {
		other := map[string]string{"dmy": "mdy", "mdy": "dmy"}[c.order]
		if readsAll(period.Form{Length: period.Day, Order: other}, c.texts) {
			d.note("period", "The days can be read as %s too. Look at the publisher's page.", other)
		}
	}
	if c.fiscal {
		p.Fiscal = map[period.Length]int{period.Month: 10}[c.length]
		if p.Fiscal == 0 {
			p.Fiscal = 4
		}
		d.note("period", "The month in which a fiscal year starts is a guess: 10 in the USA, 4 in the United Kingdom.")
	}
	if c.yearEnd {
		p.Ending = 12
		d.note("period", "Years that end in each month overlap. Say with which month the years to take end.")
	}
	if c.length == period.Week {
		p.Names = "last"
		if c.has("commenc", "beginning", "starting") {
			p.Names = "first"
		}
		d.note("period", "A date may name the first or the last day of its week.")
	}
}

// across reports whether the periods are across, and proposes so.
func (d *draft) across() bool {
	p := &d.l.Period
	var names []string
	months, quarters := 0, 0
	for _, h := range d.header {
		if lengthOf([]string{h}) != "" {
			names = append(names, h)
		}
		if period.MonthNumber(h) != 0 && !isNumber(h) {
			months++
		}
		if period.QuarterNumber(h) != 0 && !isNumber(h) {
			quarters++
		}
	}
	year := slices.IndexFunc(d.columns, func(c *column) bool { return c.years })
	switch {
	case len(names) >= 2:
		p.Is = lengthOf(names)
		for _, f := range forms {
			if f.Length == p.Is && f.Order != "" && p.Order == "" && p.Is == period.Day && !readsAll(period.Form{Length: period.Day}, names) {
				p.Order = f.Order
			}
		}
		if p.Is == "" {
			p.Is = lengthOf(names[:1])
			d.note("period", "The headers %s are not all of one length.", decode.Quote(strings.Join(names, ", ")))
		}
	case months >= 3 && year >= 0:
		p.Is, p.Year = period.Month, d.columns[year].name
		d.used[year] = true
	case quarters >= 2 && year >= 0:
		p.Is, p.Year = period.Quarter, d.columns[year].name
		d.used[year] = true
	default:
		return false
	}
	p.Across = true
	for i, h := range d.header {
		part := p.Year != "" && (period.MonthNumber(h) != 0 || period.QuarterNumber(h) != 0)
		switch {
		case part || p.Year == "" && lengthOf([]string{h}) != "":
			d.used[i] = true
		case codes.MayBeTotal(h) && d.columns[i].numbers > 0:
			p.Total, d.used[i] = h, true
		}
	}
	d.l.Values = []tabular.Value{{Measure: measureOf(d.l.Flow), Unit: "persons"}}
	d.note("values", "Name the measure and the unit.")
	return true
}

// periodTotal proposes the text of the row that is the sum of all periods.
func (d *draft) periodTotal() {
	p := &d.l.Period
	column := p.Column + p.Month + p.Quarter
	if column == "" {
		return
	}
	for _, c := range d.columns {
		if c.name != column {
			continue
		}
		for _, s := range c.texts {
			if codes.MayBeTotal(s) {
				p.Total = s
			}
		}
	}
}

// measureOf guesses a measure from the flow.
func measureOf(flow string) string {
	return map[string]string{"arrival": "arrivals", "removal": "returns", "fatality": "dead", "prevention": "prevented-persons", "asylum": "asylum-claims"}[flow]
}

// findMarks proposes the flags and the marks of missing values.
func (d *draft) findMarks() {
	missing := map[string]stat.Status{}
	cells := 0
	for _, c := range d.columns {
		cells += c.flagged
		if !d.used[c.at] && c.has("flag", "footnote", "obs status") {
			d.l.Flags, d.used[c.at] = &tabular.Flags{Column: c.name}, true
			d.note("flags", "The letters are read as those of Eurostat: p provisional, e estimated, b break, c confidential. Others: \"meaning\": {\"x\": \"P\"}.")
		}
	}
	if cells > 0 && d.l.Flags == nil {
		d.l.Flags = &tabular.Flags{InCells: true}
	}
	for _, c := range d.columns {
		if c.numbers == 0 {
			continue
		}
		if c.unclear["-"] > 0 {
			missing["-"] = stat.Missing
			d.note("missing", "A dash is a missing value here. If the publisher means 0, the file cannot come in like this.")
		}
		if c.unclear["*"] > 0 {
			missing["*"] = stat.Suppressed
			d.note("missing", "A star is a suppressed value here.")
		}
	}
	if len(missing) > 0 {
		d.l.Missing = missing
	}
	if guess := separators(d.columns, &d.file); guess != "" {
		d.note("file", "%s", guess)
	}
}

// separators proposes the marks in numbers of a file with semicolons, or with points between
// thousands. It returns what is a guess, or "".
func separators(columns []*column, f *tabular.File) string {
	points, commas, spaces := 0, 0, 0
	for _, c := range columns {
		for _, s := range c.texts {
			if !isNumber(s) {
				continue
			}
			if strings.Contains(s, ".") {
				points++
			}
			if strings.Contains(s, ",") {
				commas++
			}
			if strings.Contains(s, " ") {
				spaces++
			}
		}
	}
	if f.Delimiter != ";" && grouped(columns) && commas == 0 || f.Delimiter == ";" && points > 0 {
		f.Decimal, f.Thousands = ",", "."
		return "A guess: 1.022 is one thousand and twenty-two, as counts have no fractions."
	}
	if f.Delimiter != ";" || commas == 0 {
		return ""
	}
	f.Thousands = ","
	return "A guess: 1,022 is one thousand and twenty-two. If it is 1.022, the decimal mark is a comma."
}

// findValues proposes the columns with values.
func (d *draft) findValues() {
	if d.l.Period.Across {
		d.findMeasures()
		return
	}
	fives := true
	n := 0
	for _, c := range d.columns {
		if d.used[c.at] || !c.isValue() || d.isShare(c) {
			continue
		}
		n++
		fives = fives && c.fives && len(c.texts) > 20
		v := tabular.Value{Column: c.name, Measure: measureOf(d.l.Flow), Unit: "persons"}
		if c.has("boats", "vessels") {
			v.Measure, v.Unit = "boats", "boats"
		} else if c.has("encounter") {
			v.Measure, v.Unit = "encounters", "events"
		}
		d.l.Values, d.used[c.at] = append(d.l.Values, v), true
	}
	if fives && n > 0 {
		d.l.Rounded = 5
		d.note("rounded", "All values are multiples of 5, so they may be rounded. Then sums differ by as much as that explains.")
	}
	d.note("values", "Name the measure and the unit of each.")
	if n == 1 {
		d.findMeasures()
		return
	}
	for i := range d.l.Values {
		giveCodes(&d.l.Values[i], d.l.Values[:i])
	}
}

// findMeasures proposes measures by label, if a column has them.
func (d *draft) findMeasures() {
	for _, c := range d.columns {
		if d.used[c.at] || c.constant() || !c.has("indic", "measure", "metric", "variable", "statistic") || len(c.texts) > 30 {
			continue
		}
		d.used[c.at] = true
		m := &tabular.Measures{Column: c.name, Labels: map[string]tabular.Value{}}
		for _, label := range c.texts {
			m.Labels[label] = tabular.Value{Measure: codes.Slug(label), Unit: "persons", Title: label}
		}
		d.l.Measures = m
		if d.l.Period.Across {
			d.l.Values = nil
		} else {
			d.l.Values = []tabular.Value{{Column: d.l.Values[0].Column}}
		}
		delete(d.unsure, "values")
		d.note("measures", "Each label is a measure. Check the names and the units.")
		return
	}
}

// findChecks proposes sums among the columns, where they hold in every row.
func (d *draft) findChecks() {
	at := map[string]int{}
	for i, h := range d.header {
		at[h] = i
	}
	for _, total := range d.l.Values {
		var parts []string
		for _, v := range d.l.Values {
			if v.Where["category"] != "" && total.Where["category"] == "" && v.Measure == total.Measure && v.Where["destination"] == total.Where["destination"] {
				parts = append(parts, v.Column)
			}
		}
		if len(parts) < 2 || !holds(d.rows, at, total.Column, parts) {
			continue
		}
		d.l.Checks = append(d.l.Checks, tabular.Check{Total: total.Column, Parts: parts})
	}
	if len(d.l.Checks) > 0 {
		d.note("checks", "These sums hold in every row. A release in which one does not will wait for a person.")
	}
}

// holds reports whether columns add up to another in each row in which all are numbers.
func holds(rows [][]string, at map[string]int, total string, parts []string) bool {
	compared := 0
	for _, r := range rows {
		sum, ok := count(r, at[total])
		for _, p := range parts {
			n, is := count(r, at[p])
			sum, ok = sum-n, ok && is
		}
		if ok && sum != 0 {
			return false
		}
		if ok {
			compared++
		}
	}
	return compared > 0
}

// count returns a cell with a number in digits and commas.
func count(r []string, i int) (n int64, ok bool) {
	if i >= len(r) {
		return 0, false
	}
	c, err := decode.FigureText(r[i])
	if err != nil {
		return 0, false
	}
	return c.N, c.Absent == decode.Stated
}
