package ukhosmallboatsweekly

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The headers of the two layouts, and the series of their columns.
var (
	columnsD = []string{"Date", "Migrants detected", "Boats detected"}
	columnsW = []string{"Migrants arrived", "Boats arrived", "Migrants prevented", "Events prevented"}

	countedD = []*stat.Series{&arrivalsD, &boatsD}
	countedW = []*stat.Series{&arrivalsW, &boatsW, &preventedW, &preventionsW}
)

// maxLag is the most days between the end of a week and the release that states it; nine are usual.
const maxLag = 45

// decodeFile reads a page of either layout. Anything unexpected is an error with its line and
// column, and no result comes with it.
func decodeFile(f source.File) (source.Result, error) {
	page, err := decode.OpenHTML(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	p := parser{page: page, release: f.Release, findings: source.UnknownTables(page)}
	days, errD := page.Table(columnsD...)
	week, errW := page.Table(columnsW...)
	switch {
	case errD == nil && errW == nil:
		err = page.Fail(week.Line, fmt.Errorf("a table of days and one of a week on one page: %w", decode.ErrShape))
	case errD == nil:
		err = p.days(days)
	case errW == nil:
		err = p.week(week)
	case hasDays(page) || !errors.Is(errD, decode.ErrHeader):
		err = errD
	default:
		err = errW
	}
	if err != nil {
		return source.Result{}, err
	}
	return source.Result{Observations: p.obs, Findings: p.findings}, nil
}

// hasDays reports whether the first table resembles that of the old layout more.
func hasDays(page *decode.HTML) bool {
	t := page.Tables()
	return len(t) > 0 && len(t[0].Rows) > 0 && t[0].Rows[0].Cells[0] == columnsD[0]
}

// parser collects what the rows state.
type parser struct {
	page     *decode.HTML
	release  *stat.Release
	obs      []stat.Observation
	findings []stat.Finding
}

// days reads the old layout: exactly the days that the page's title announces, in order.
func (p *parser) days(t decode.HTMLTable) error {
	first, last, err := p.span()
	if err != nil {
		return err
	}
	if err := source.CheckDay(last, p.release.Vintage, 366); err != nil {
		return p.page.Fail(0, err)
	}
	for i, r := range t.Rows[1:] {
		day, err := source.PageDay(r, 0)
		if err != nil {
			return err
		}
		if want := first.AddDays(i); want > last {
			return r.Fail(0, fmt.Errorf("%s follows the %s that the title ends with: %w", day, last, decode.ErrShape))
		} else if day != want {
			return r.Fail(0, fmt.Errorf("%s where %s was expected%s: %w", day, want, yearOff(day, want), decode.ErrShape))
		}
		if err := p.row(r, 1, stat.Day(day), countedD); err != nil {
			return err
		}
	}
	if n, want := len(t.Rows)-1, int(last-first)+1; n != want {
		return p.page.Fail(t.Line, fmt.Errorf("%d days where the title announces %d: %w", n, want, decode.ErrShape))
	}
	return nil
}

// yearOff returns a remark if a day is the expected one except for its year.
func yearOff(day, want stat.Date) string {
	if day != want && day.InYear(want.Year()) == want {
		return fmt.Sprintf(", a year off: it would overwrite %d", day.Year())
	}
	return ""
}

// announced matches the title of a page of the old layout. The year of the first day is left out if
// it is that of the last.
var announced = regexp.MustCompile(`^Weekly number of migrants .* (\d{1,2} [A-Z][a-z]+)( \d{4})? to (\d{1,2} [A-Z][a-z]+ (\d{4}))$`)

// span returns the first and last day that the page's title announces.
func (p *parser) span() (first, last stat.Date, err error) {
	for _, h := range p.page.Headings() {
		m := announced.FindStringSubmatch(h)
		if m == nil {
			continue
		}
		year := m[2]
		if year == "" {
			year = " " + m[4]
		}
		first, err1 := source.LongDate(m[1] + year)
		last, err2 := source.LongDate(m[3])
		if err := errors.Join(err1, err2); err != nil {
			return 0, 0, p.page.Fail(0, err)
		}
		if n := int(last - first); n < 0 || n > 6 {
			return 0, 0, p.page.Fail(0, fmt.Errorf("the title %q announces no days of one week: %w", h, decode.ErrPeriod))
		}
		return first, last, nil
	}
	return 0, 0, p.page.Fail(0, fmt.Errorf("no title says which days the page states: %w", decode.ErrPeriod))
}

// week reads the new layout: one row, for the week in the heading above it.
func (p *parser) week(t decode.HTMLTable) error {
	end, err := weekEnding(p.page, t)
	if err != nil {
		return err
	}
	if err := source.CheckDay(end, p.release.Vintage, maxLag); err != nil {
		return p.page.Fail(t.Line, err)
	}
	if n := len(t.Rows) - 1; n != 1 {
		return p.page.Fail(t.Line, fmt.Errorf("%d rows where the page has always had one: %w", n, decode.ErrShape))
	}
	return p.row(t.Rows[1], 0, stat.WeekEnding(end), countedW)
}

// weekEnding returns the Sunday in the heading above a table of one week.
func weekEnding(page *decode.HTML, t decode.HTMLTable) (stat.Date, error) {
	text, ok := strings.CutPrefix(t.Heading, "Week ending ")
	if !ok {
		return 0, page.Fail(t.Line, fmt.Errorf("the heading %.60q above the table does not say which week it is of: %w", t.Heading, decode.ErrPeriod))
	}
	end, err := source.LongDate(text)
	if err != nil {
		return 0, page.Fail(t.Line, fmt.Errorf("heading %.60q: %w", t.Heading, err))
	}
	if d := end.Weekday(); d != time.Sunday {
		return 0, page.Fail(t.Line, fmt.Errorf("the week ending %s ends on a %s, want a Sunday: %w", end.Long(), d, decode.ErrPeriod))
	}
	return end, nil
}

// row turns the columns from i on into observations of one period.
func (p *parser) row(r decode.HTMLRow, i int, period stat.Period, series []*stat.Series) error {
	for k, s := range series {
		o, known, err := source.PageCount(stat.Observation{Series: s, Period: period, Release: p.release}, r, i+k, "")
		if err != nil {
			return err
		}
		if !known {
			p.findings = append(p.findings, source.UnknownMark(o, o.Mark))
		}
		p.obs = append(p.obs, o)
	}
	return nil
}
