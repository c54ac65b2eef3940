package ukhosmallboatsweekly

import (
	"fmt"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// weekOf returns the Sunday that ends the week of a row. It is in the row, in the table's caption or
// in the heading above it; if more than one of them say it, they must agree. For the only table of a
// page it may be in another heading, or in a text if no heading has one.
func weekOf(page *webpage.Page, t webpage.Table, r webpage.Row, only bool) (stat.Date, error) {
	near := []string{t.Caption, t.Heading}
	if only {
		near = append(near, source.HeadingsAbove(page, t)...)
	}
	end, err := weekIn(page, t.Line, near)
	if err != nil {
		return 0, err
	}
	if t.Columns.At(periodAt) >= 0 {
		return weekCell(r, end)
	}
	if end.IsZero() && only {
		if end, err = weekIn(page, t.Line, page.Headings()); err != nil {
			return 0, err
		}
	}
	if end.IsZero() && only {
		var texts []string
		for _, x := range page.Texts() {
			texts = append(texts, x.Text)
		}
		if end, err = weekIn(page, t.Line, texts); err != nil {
			return 0, err
		}
	}
	if end.IsZero() {
		return 0, page.Fail(t.Line, fmt.Errorf("the heading %s above the table does not say which week it is of: %w", decode.Quote(t.Heading), decode.ErrPeriod))
	}
	return end, nil
}

// weekIn returns the week that texts state, or the zero date. All that state one must agree.
func weekIn(page *webpage.Page, line int, texts []string) (end stat.Date, err error) {
	for _, text := range texts {
		week, err := source.Week(text)
		switch {
		case err != nil:
			return 0, page.Fail(line, fmt.Errorf("heading %s: %w", decode.Quote(text), err))
		case week.IsZero():
		case !end.IsZero() && week != end:
			return 0, page.Fail(line, fmt.Errorf("the table is of the week ending %s or of that ending %s: %w", end.Long(), week.Long(), decode.ErrPeriod))
		default:
			end = week
		}
	}
	return end, nil
}

// weekCell returns the week in the row itself, which must be that of the heading if it has one.
func weekCell(r webpage.Row, heading stat.Date) (stat.Date, error) {
	end, err := source.Week(r.Label(periodAt))
	if err == nil && end.IsZero() {
		end, err = source.Week("week ending " + r.Label(periodAt))
	}
	switch {
	case err != nil:
		return 0, r.Fail(periodAt, err)
	case !heading.IsZero() && end != heading:
		return 0, r.Fail(periodAt, fmt.Errorf("the week ending %s below a heading of that ending %s: %w", end.Long(), heading.Long(), decode.ErrPeriod))
	}
	return end, nil
}
