package ukhosmallboatsweekly

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// notes is the last column of both layouts.
var notes = decode.Column{Name: "Notes", Also: []string{"Note", "Comments", "Comment", "Remarks"}, Optional: true, Rare: true, Remarks: true}

// The columns of the two layouts, and the series of those that are counted.
var (
	columnsD = decode.Columns{Above: decode.Titles, Want: []decode.Column{
		{Name: "Date"},
		source.SmallBoats("arrivals", "Migrants detected"),
		source.SmallBoats("boats", "Boats detected"),
		notes}}
	columnsW = decode.Columns{Above: decode.Titles, Want: []decode.Column{
		{Name: "Week ending", Also: []string{"Week", "Date", "Period"}, Optional: true, Rare: true},
		source.SmallBoats("arrivals", "Migrants arrived"),
		source.SmallBoats("boats", "Boats arrived"),
		source.SmallBoats("prevented-persons", "Migrants prevented"),
		source.SmallBoats("prevention-events", "Events prevented"),
		notes}}

	countedD = []*stat.Series{&arrivalsD, &boatsD}
	countedW = []*stat.Series{&arrivalsW, &boatsW, &preventedW, &preventionsW}
)

// Indexes of the columns. The counts follow the period, and the notes follow the counts.
const (
	periodAt = 0
	countsAt = 1
)

// maxLag is the most days between the end of a week and the release that states it; nine are usual.
const maxLag = 45

// decodeFile reads a page of either layout. Anything unexpected is an error with its line and
// column, and no result comes with it.
func decodeFile(f source.File) (source.Result, error) {
	page, err := webpage.Open(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	p := parser{page: page, release: f.Release}
	weeks, errW := page.Find(columnsW)
	days, odd, errD := source.PageTable(page, columnsD)
	switch {
	case errD == nil && errW == nil:
		err = page.Fail(weeks[0].Line, fmt.Errorf("a table of days and one of a week on one page: %w", decode.ErrShape))
	case errW == nil:
		err = p.weeks(weeks)
	case errD == nil:
		p.findings = odd
		err = p.days(days)
	case hasDays(page) || !errors.Is(errW, decode.ErrHeader):
		err = errD
	default:
		err = errW
	}
	if err != nil {
		return source.Result{}, err
	}
	for _, counted := range [][]*stat.Series{countedD, countedW} {
		p.findings = append(p.findings, source.NothingStated(p.obs, counted...)...)
	}
	return source.Result{Observations: p.obs, Findings: p.findings}, nil
}

// hasDays reports whether the first table resembles that of the old layout more.
func hasDays(page *webpage.Page) bool {
	t := page.Tables()
	return len(t) > 0 && len(t[0].Rows) > 0 && decode.Words(t[0].Rows[0].Cells[0]) == "date"
}

// parser collects what the rows state.
type parser struct {
	page     *webpage.Page
	release  *stat.Release
	obs      []stat.Observation
	findings []stat.Finding
}

// days reads the old layout: exactly the days that the page's title announces, in order, and a row
// of totals if there is one.
func (p *parser) days(t webpage.Table) error {
	first, last, err := p.span(t)
	if err != nil {
		return err
	}
	if err := source.CheckDay(last, p.release.Vintage, 366); err != nil {
		return p.page.Fail(0, err)
	}
	rows := t.Rows
	if n := len(rows); n > 0 && source.IsTotal(rows[n-1].Label(periodAt)) {
		rows = rows[:n-1]
	}
	for i, r := range rows {
		want := first.AddDays(i)
		day, mark, err := source.PageDay(r, periodAt)
		if errors.Is(err, decode.ErrPeriod) { // the title has the year
			if d, noDay := source.LongDate(fmt.Sprintf("%s %d", r.Label(periodAt), want.Year())); noDay == nil {
				day, err = d, nil
			}
		}
		if err != nil {
			return err
		}
		if want > last {
			return r.Fail(periodAt, fmt.Errorf("%s follows the %s that the title ends with: %w", day, last, decode.ErrShape))
		} else if day != want {
			return r.Fail(periodAt, fmt.Errorf("%s where %s was expected%s: %w", day, want, yearOff(day, want), decode.ErrShape))
		}
		if err := p.row(r, stat.Day(day), countedD, mark); err != nil {
			return err
		}
	}
	if n, want := len(rows), int(last-first)+1; n != want {
		return p.page.Fail(t.Line, fmt.Errorf("%d days where the title announces %d: %w", n, want, decode.ErrShape))
	}
	for _, r := range t.Rows[len(rows):] {
		if err := p.totals(r); err != nil {
			return err
		}
	}
	return nil
}

// totals compares the row of totals with the days.
func (p *parser) totals(r webpage.Row) error {
	found, err := source.PageTotals(r, countsAt, p.obs, countedD...)
	p.findings = append(p.findings, found...)
	return err
}

// yearOff returns a remark if a day is the expected one except for its year.
func yearOff(day, want stat.Date) string {
	if day != want && day.InYear(want.Year()) == want {
		return fmt.Sprintf(", a year off: it would overwrite %d", day.Year())
	}
	return ""
}

// span returns the first and last day that the headings above the table and its caption announce. All
// that announce some must agree.
func (p *parser) span(t webpage.Table) (first, last stat.Date, err error) {
	for _, h := range append([]string{t.Caption}, source.HeadingsAbove(p.page, t)...) {
		from, to, err := source.Span(h)
		switch {
		case err != nil:
			return 0, 0, p.page.Fail(0, fmt.Errorf("title %s: %w", decode.Quote(h), err))
		case from.IsZero():
			continue
		case !first.IsZero() && (from != first || to != last):
			return 0, 0, p.page.Fail(0, fmt.Errorf("the title %s and another one announce different days: %w", decode.Quote(h), decode.ErrPeriod))
		case int(to-from) > 6:
			return 0, 0, p.page.Fail(0, fmt.Errorf("the title %s announces no days of one week: %w", decode.Quote(h), decode.ErrPeriod))
		}
		first, last = from, to
	}
	if first.IsZero() {
		return 0, 0, p.page.Fail(0, fmt.Errorf("no title says which days the page states: %w", decode.ErrPeriod))
	}
	return first, last, nil
}

// weeks reads the new layout: one row a week. Tables of several weeks must each say which it is.
func (p *parser) weeks(tables []webpage.Table) error {
	p.findings = append(source.UnreadTables(p.page, len(tables)), source.ExtraColumns(tables[0].Columns, "")...)
	read := map[stat.Date][]string{} // the cells of each week
	for _, t := range tables {
		if len(t.Rows) == 0 || len(t.Rows) > 1 && t.Columns.At(periodAt) < 0 {
			return p.page.Fail(t.Line, fmt.Errorf("%d rows where the page has always had one: %w", len(t.Rows), decode.ErrShape))
		}
		for _, r := range t.Rows {
			end, err := weekOf(p.page, t, r, len(tables) == 1)
			if err != nil {
				return err
			}
			if err := source.CheckDay(end, p.release.Vintage, maxLag); err != nil {
				return p.page.Fail(r.Line, err)
			}
			if cells := read[end]; cells != nil {
				if slices.Equal(cells, r.Cells) {
					continue
				}
				return p.page.Fail(r.Line, fmt.Errorf("other figures for the week ending %s: %w", end.Long(), decode.ErrShape))
			}
			read[end] = r.Cells
			if err := p.row(r, stat.WeekEnding(end), countedW, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// row turns the columns of a row that are counted into observations of one period.
func (p *parser) row(r webpage.Row, period stat.Period, series []*stat.Series, mark string) error {
	note := strings.TrimSpace(mark + " " + source.PageNote(r, countsAt+len(series)))
	for k, s := range series {
		o, odd, err := source.PageCount(stat.Observation{Series: s, Period: period, Release: p.release}, r, countsAt+k, note)
		if err != nil {
			return err
		}
		p.obs, p.findings = append(p.obs, o), append(p.findings, odd...)
	}
	return nil
}
