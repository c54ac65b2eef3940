package ukhofranceexchange

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/period"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// withoutRepeats returns the tables without those that state what one before them does.
func withoutRepeats(tables []webpage.Table) []webpage.Table {
	var out []webpage.Table
	for _, t := range tables {
		same := func(o webpage.Table) bool {
			return o.Caption == t.Caption && o.Heading == t.Heading || yearIn(t) == yearIn(o)
		}
		if !slices.ContainsFunc(out, func(o webpage.Table) bool {
			return same(o) && slices.EqualFunc(o.Rows, t.Rows, func(a, b webpage.Row) bool { return slices.Equal(a.Cells, b.Cells) })
		}) {
			out = append(out, t)
		}
	}
	return out
}

// anyYear matches a year in a text.
var anyYear = regexp.MustCompile(`\b20\d\d\b`)

// yearIn returns the year that a table's caption names, or else the heading right above it; 0 if
// that is none or several.
func yearIn(t webpage.Table) int {
	for _, text := range []string{t.Caption, t.Heading} {
		years := slices.Compact(anyYear.FindAllString(text, -1))
		if len(years) > 0 {
			if len(years) > 1 {
				return 0
			}
			year, _ := strconv.Atoi(years[0])
			return year
		}
	}
	return 0
}

// tableReader reads one table of the page.
type tableReader struct {
	*pageReader
	only bool // the page has no other
	year int  // the last one given; at first that of the caption
	from int  // the index in months of the first month of the table
	way  int  // 1 if the months go up, -1 if they go down, 0 before that is known
	end  bool // there was a row of totals below months
}

// stated is a row of totals.
type stated struct {
	row  webpage.Row
	year string // which it is of; "" for all of its table
}

// table reads the rows of a table, and then compares its totals with its months.
func (p *pageReader) table(t webpage.Table, only bool) error {
	r := tableReader{pageReader: p, only: only, year: yearIn(t), from: len(p.months)}
	var totals []stated
	for _, row := range t.Rows {
		if year := row.Label(monthAt); fourDigits.MatchString(year) && !states(row) {
			r.year, _ = strconv.Atoi(year) // a row above the months of a year
			continue
		}
		if year, ok := r.totalOf(row); ok {
			if year == "" && r.end {
				return row.Fail(monthAt, fmt.Errorf("a second row of totals: %w", decode.ErrShape))
			}
			totals, r.end = append(totals, stated{row, year}), r.end || year == "" && len(p.months) > r.from
			continue
		}
		if r.end {
			return row.Fail(monthAt, fmt.Errorf("%s follows the row of totals: %w", decode.Quote(row.Cells[monthAt]), decode.ErrShape))
		}
		if err := r.month(row); err != nil {
			return err
		}
	}
	for _, total := range totals {
		if err := r.sums(total); err != nil {
			return err
		}
	}
	return nil
}

// totalForm matches the label of a row of totals, in Words. It may be of one year.
var totalForm = regexp.MustCompile(`^(?:(?:(?:grand |overall |cumulative |sub-?)?totals?|overall|all months|sum)(?: to date)?(?:,? (?:for |in )?(\d{4}))?|(\d{4}) (?:sub-?)?total)$`)

// totalSpan matches the label of totals of a span: since a day, or from a month to another.
var (
	totalSince = regexp.MustCompile(`^totals? (?:since|from) (.+)$`)
	totalSpan  = regexp.MustCompile(`^totals?,? \(?([a-z]+ \d{4})(?: to |-)([a-z]+ \d{4})\)?$`)
)

// totalOf reports whether a row has totals, and returns their year; "" for all months of the table.
func (r *tableReader) totalOf(row webpage.Row) (year string, ok bool) {
	for _, at := range []int{yearAt, monthAt} {
		label := decode.Words(row.Label(at))
		if since := totalSince.FindStringSubmatch(label); since != nil {
			if day, err := source.LongDate(since[1]); err == nil && day == r.first {
				return "", true
			}
		}
		if m := totalSpan.FindStringSubmatch(label); m != nil && inMonth(m[1], r.first) && inMonth(m[2], r.last) {
			return "", true
		}
		if m := totalForm.FindStringSubmatch(label); m != nil {
			return m[1] + m[2] + fourDigits.FindString(row.Label(yearAt)), true
		}
	}
	return "", false
}

// inMonth reports whether a day is in the month that a text names.
func inMonth(text string, day stat.Date) bool {
	p, err := monthForm.Read(text)
	return err == nil && p.Start <= day && day <= p.End
}

// states reports whether a row has a cell of its own, with text, for a count.
func states(r webpage.Row) bool {
	for _, c := range counted {
		if r.Cells[c.at] != "" && !r.Covered[c.at] {
			return true
		}
	}
	return false
}

// fourDigits matches a year.
var fourDigits = regexp.MustCompile(`^\d{4}$`)

// month reads a row of a month, which must follow the one before, up or down, within its year. The
// first and last month are cut to the span in the title.
func (r *tableReader) month(row webpage.Row) error {
	month, err := r.monthOf(row)
	if err != nil {
		return err
	}
	if len(r.months) > r.from {
		before := r.months[len(r.months)-1].Period.Start
		if err := r.follows(before, month); err != nil {
			return row.Fail(monthAt, err)
		}
	}
	if month.End < r.first || month.Start > r.last {
		return row.Fail(monthAt, fmt.Errorf("the month of %s is outside %s to %s, which the title announces: %w", month.Start, r.first, r.last, decode.ErrPeriod))
	}
	if month.Start < r.first || month.End > r.last {
		month = stat.Period{Start: max(month.Start, r.first), End: min(month.End, r.last), Precision: stat.PrecisionRange}
	}
	for _, c := range counted {
		f, err := figure(row, c.at)
		if err != nil {
			return err
		}
		o, odd := source.Stated(stat.Observation{Series: c.series, Period: month, Release: r.release, Locator: row.Ref(c.at)}, f)
		if o.Value.IsKnown() { // unstated reports the others
			r.findings = append(r.findings, odd...)
		}
		r.months = append(r.months, o)
	}
	return nil
}

// follows checks that a month follows the one before it in the direction of the months so far. The
// months of another year may be elsewhere, from their first or last on; that no month is missing is
// checked at the end.
func (r *tableReader) follows(before stat.Date, month stat.Period) error {
	y1, m1, _ := before.YMD()
	y2, m2, _ := month.Start.YMD()
	step := (y2-y1)*12 + int(m2) - int(m1)
	if (step == 1 || step == -1) && (r.way == 0 || r.way == step) {
		r.way = step
		return nil
	}
	first := m2 == time.January || month.Start <= r.first && r.first <= month.End
	last := m2 == time.December || month.Start <= r.last && r.last <= month.End
	if y1 != y2 && (r.way >= 0 && first || r.way <= 0 && last) {
		return nil
	}
	want := stat.Month(y1, m1).End.AddDays(1)
	if r.way < 0 {
		want = stat.Month(y1, m1).Start.AddDays(-1).MonthStart()
	}
	return fmt.Errorf("%s follows where the month of %s was expected: %w", month.Start, want, decode.ErrShape)
}

// monthForm reads a month with its year.
var monthForm = period.Form{Length: period.Month, Order: "dmy"}

// within matches what a row says of a month that the span cuts, or of its figures.
var within = regexp.MustCompile(`(?i)\s*\((?:(?:from|to|up to|until) \d{1,2}(?:st|nd|rd|th)? \pL+(?: \d{4})?|provisional|revised|part month|to date)\)$`)

// monthOf reads the year and month of a row. The year may be given once, with the first of its
// months, together with the month, or by the table.
func (r *tableReader) monthOf(row webpage.Row) (stat.Period, error) {
	label := within.ReplaceAllString(row.Label(monthAt), "")
	fail := func() (stat.Period, error) {
		return stat.Period{}, row.Fail(monthAt, fmt.Errorf("%s of the year %d is %w", decode.Quote(row.Cells[monthAt]), r.year, decode.ErrPeriod))
	}
	year := 0
	if text := decode.Words(row.Label(yearAt)); text != "" {
		if !fourDigits.MatchString(text) {
			return stat.Period{}, row.Fail(yearAt, fmt.Errorf("%s is %w", decode.Quote(row.Cells[yearAt]), decode.ErrPeriod))
		}
		year, _ = strconv.Atoi(text)
		r.year = year
	}
	month, err := monthForm.Read(label)
	if n := period.MonthNumber(label); err != nil && n != 0 && r.year != 0 {
		return monthForm.MonthOf(r.year, n), nil
	}
	if err != nil {
		return fail()
	}
	if own := month.Start.Year(); year != 0 && own != year {
		return stat.Period{}, row.Fail(yearAt, fmt.Errorf("%s in the year %q is %w", decode.Quote(row.Cells[monthAt]), row.Cells[yearAt], decode.ErrPeriod))
	}
	r.year = month.Start.Year()
	return month, nil
}

// sums compares a row of totals with the months of its table: all of them, or those of a year.
func (r *tableReader) sums(total stated) error {
	var months []stat.Observation
	for _, o := range r.months[r.from:] {
		if total.year == "" || strconv.Itoa(o.Period.Start.Year()) == total.year {
			months = append(months, o)
		}
	}
	for i, c := range counted {
		f, err := figure(total.row, c.at)
		if err != nil {
			return err
		}
		if f.Absent != decode.Stated {
			continue
		}
		if total.year == "" && r.only {
			r.total, r.totals[i] = &total.row, stat.Known(f.N)
		}
		if r.byMonth(c.series) {
			r.findings = append(r.findings, source.TotalDiffers(c.series, months, stat.Known(f.N), total.row.Ref(c.at))...)
		}
	}
	return nil
}
