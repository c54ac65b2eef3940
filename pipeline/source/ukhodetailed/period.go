package ukhodetailed

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/period"
	"crossings/pipeline/stat"
)

// The columns that say which quarter a row is of.
const (
	yearColumn    = "Year"
	quarterColumn = "Quarter"
	dateColumn    = "Date"
)

var (
	yearFirst    = regexp.MustCompile(`(?i)^((?:19|20)\d\d)[ -]?Q ?([1-4])$`)
	quarterFirst = regexp.MustCompile(`(?i)^Q ?([1-4])[ -]((?:19|20)\d\d)$`)
	quarterOnly  = regexp.MustCompile(`(?i)^(?:Q|Qtr\.?|Quarter)? ?([1-4])$`)
	calendar     = regexp.MustCompile(`^(?:19|20)\d\d$`)
)

// clock is what the columns of time of a row say. A field is 0 if its column is missing or does not
// say it.
type clock struct{ year, quarter, ofDate int }

// period reads the quarter of a row. The file states it in up to three ways, which must agree and
// leave no doubt.
func (t *Table) period(r *Row, c cells) error {
	r.Line = c.line
	k, err := t.readClock(c)
	if err != nil {
		return err
	}
	n := k.ofDate
	if n == 0 && k.year != 0 && k.quarter != 0 {
		n = k.year*4 + k.quarter - 1
	}
	if n == 0 {
		return t.fail(c.line, t.timeColumn(), fmt.Errorf("%w: the row does not say its quarter", decode.ErrPeriod))
	}
	r.Quarter = quarterOf(n)
	if err := (check.Time{}).CheckOver(r.Quarter, t.file.Release.Vintage); err != nil { // before the quarters up to it are filled
		return t.fail(c.line, t.timeColumn(), fmt.Errorf("%w of the release: %w", decode.ErrPeriod, err))
	}
	s := t.spans[n]
	if s == nil {
		s = &span{first: c.line}
		t.spans[n] = s
	}
	s.last = c.line
	return nil
}

// timeColumn is the column that says the quarter most exactly.
func (t *Table) timeColumn() string {
	if t.quarter < 0 || t.View.Stock {
		return dateColumn
	}
	return quarterColumn
}

// readClock reads the columns of time of a row, and checks that they agree.
func (t *Table) readClock(c cells) (k clock, err error) {
	if t.year >= 0 {
		year := c.values[t.year]
		if !calendar.MatchString(year) {
			year = decode.Words(year)
		}
		if !calendar.MatchString(year) {
			return k, t.fail(c.line, yearColumn, fmt.Errorf("%q is %w: not a year", c.values[t.year], decode.ErrPeriod))
		}
		k.year, _ = strconv.Atoi(year) // four digits
	}
	if t.quarter >= 0 {
		if err := t.readQuarter(&k, c); err != nil {
			return k, err
		}
	}
	if t.date < 0 {
		return k, nil
	}
	day, err := t.day(c.values[t.date], c.row != nil)
	if err != nil {
		return k, t.fail(c.line, dateColumn, err)
	}
	q := stat.QuarterOf(day)
	switch y := q.Start.Year(); {
	case day != q.End && t.View.Stock:
		return k, t.fail(c.line, dateColumn, fmt.Errorf("%q is %w: not the last day of a quarter", c.values[t.date], decode.ErrPeriod))
	case day != q.End && day != q.Start:
		return k, t.fail(c.line, dateColumn, fmt.Errorf("%q is %w: neither the first nor the last day of a quarter", c.values[t.date], decode.ErrPeriod))
	case k.year != 0 && k.year != y, k.quarter != 0 && k.quarter != ordinal(q)%4+1:
		return k, t.fail(c.line, dateColumn, fmt.Errorf("%q is %w of the row: its other columns say another quarter", c.values[t.date], decode.ErrPeriod))
	}
	k.ofDate = ordinal(q)
	return k, nil
}

// readQuarter reads the column of quarters: "2018 Q1", "Q1 2018", or 1 where another column has the
// year.
func (t *Table) readQuarter(k *clock, c cells) error {
	text := c.values[t.quarter]
	year, quarter := "", ""
	if !yearFirst.MatchString(text) { // the usual form needs no folding
		text = decode.Words(text)
	}
	if m := yearFirst.FindStringSubmatch(text); m != nil {
		year, quarter = m[1], m[2]
	} else if m := quarterFirst.FindStringSubmatch(text); m != nil {
		year, quarter = m[2], m[1]
	} else if m := quarterOnly.FindStringSubmatch(text); m != nil {
		quarter = m[1]
	} else if q, whole := t.spelledQuarter(c.values[t.quarter], c.row != nil); q != 0 {
		quarter = strconv.Itoa(q%4 + 1)
		if whole {
			year = strconv.Itoa(q / 4)
		}
	} else {
		return t.fail(c.line, quarterColumn, fmt.Errorf("%q is %w: not a quarter such as %q or 1", c.values[t.quarter], decode.ErrPeriod, "2018 Q1"))
	}
	k.quarter = int(quarter[0] - '0')
	if year == "" {
		return nil
	}
	y, _ := strconv.Atoi(year) // four digits
	if k.year != 0 && k.year != y {
		return t.fail(c.line, yearColumn, fmt.Errorf("%w of the row: the year is %d and the quarter %s", decode.ErrPeriod, k.year, text))
	}
	k.year = y
	return nil
}

// spelledQuarter reads a quarter in other words: "Jan to Mar 2018", "Quarter 1 2018", or its first or last
// day. It returns its ordinal, and whether the text says the year too; or 0.
func (t *Table) spelledQuarter(text string, book bool) (n int, whole bool) {
	if q := period.QuarterOfMonths(text); q != 0 {
		return 4*yearUnsaid + q - 1, false
	}
	if p, err := quarters.Read(text); err == nil {
		return ordinal(p), true
	}
	day, err := t.day(text, book)
	if err != nil {
		return 0, false
	}
	if q := stat.QuarterOf(day); day == q.Start || day == q.End {
		return ordinal(q), true
	}
	return 0, false
}

// yearUnsaid is the year of a quarter whose year another column says.
const yearUnsaid = 2000

// The periods that a stock may be dated by, each by its last day.
var (
	quarters = period.Form{Length: period.Quarter}
	months   = period.Form{Length: period.Month}
)

// serial matches a day from 1982 to 2091 as workbooks store it: the days since the end of 1899.
var serial = regexp.MustCompile(`^[3-6]\d{4}$`)

// beforeSerials is the day from which workbooks count.
var beforeSerials = stat.NewDate(1899, time.December, 30)

// day reads a day. The rows of one day follow each other, so the last one is kept. In a workbook a
// number is a day: its reader does not know the styles of cells. Counted from another day, it would
// not be the last one of a quarter.
func (t *Table) day(text string, book bool) (stat.Date, error) {
	if text == t.lastDay.text && text != "" {
		return t.lastDay.day, nil
	}
	if book && serial.MatchString(text) {
		n, _ := strconv.Atoi(text) // five digits
		return beforeSerials.AddDays(t.file.book.Serial(n)), nil
	}
	plain := text
	if begin := "as at "; len(text) > len(begin) && strings.EqualFold(text[:len(begin)], begin) {
		plain = text[len(begin):]
	}
	day, err := dayIn(plain, t.View.Stock)
	if err != nil {
		return 0, err
	}
	t.lastDay.text, t.lastDay.day = strings.Clone(text), day
	return day, nil
}

// dayIn reads a day that is written as a text. The day of a stock may be the last one of a quarter or
// month that is named.
func dayIn(text string, stock bool) (stat.Date, error) {
	y, m, d, err := decode.DateText(text)
	if err == nil {
		return stat.NewDate(y, m, d), nil
	}
	if !stock {
		return 0, err
	}
	for _, form := range []period.Form{quarters, months} {
		if p, e := form.Read(text); e == nil {
			return p.End, nil
		}
	}
	return 0, err
}

// ordinal numbers the quarters so that consecutive ones differ by 1.
func ordinal(q stat.Period) int {
	y, m, _ := q.Start.YMD()
	return y*4 + (int(m)-1)/3
}

// quarterOf is the inverse of ordinal.
func quarterOf(n int) stat.Period { return stat.Quarter(n/4, n%4+1) }

// periodOf returns the period of the figures of a quarter: the quarter for a flow, its last day for
// a stock.
func (t *Table) periodOf(n int) stat.Period {
	if t.View.Stock {
		return stat.Day(quarterOf(n).End)
	}
	return quarterOf(n)
}
