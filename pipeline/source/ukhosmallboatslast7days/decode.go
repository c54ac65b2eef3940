package ukhosmallboatslast7days

import (
	"errors"
	"fmt"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// columns are those of the table, in the order of the constants below.
var columns = decode.Columns{Above: decode.Titles, Want: []decode.Column{
	{Name: "Date", Also: []string{"Date of arrival"}},
	source.SmallBoats("arrivals", "Migrants arrived"),
	source.SmallBoats("boats", "Boats arrived"),
	source.SmallBoats("uncontrolled-landings", "Boats involved in uncontrolled landings"),
	{Name: "Notes", Also: []string{"Note", "Comments", "Comment", "Remarks"}, Optional: true, Remarks: true},
}}

const (
	dateAt = 0
	noteAt = 4
)

// counted are the series of the columns between the date and the notes.
var counted = []*stat.Series{&arrivals, &boats, &landings}

const (
	usual = 7 // rows in the table
	// The page may have a day more or less, as after a holiday. With fewer than fewest it may be cut.
	fewest, most = 6, 14
	// maxLag is three times as many days as a page has been known to lag, plus the days that it
	// goes back.
	maxLag = 9 + most
)

// decodeFile reads the rows, the first day first or last. Anything unexpected is an error with its
// line and column, and no result comes with it.
func decodeFile(f source.File) (source.Result, error) {
	page, err := webpage.Open(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	table, findings, err := source.PageTable(page, columns)
	if err != nil {
		return source.Result{}, unrendered(page, err)
	}
	p := parser{release: f.Release, findings: findings}
	for _, r := range table.Rows {
		if err := p.row(r); err != nil {
			return source.Result{}, err
		}
	}
	if err := p.checkTotals(); err != nil {
		return source.Result{}, err
	}
	n := len(p.days)
	if n == 0 || n > most {
		return source.Result{}, page.Fail(table.Line, fmt.Errorf("%d days where the page has always had about %d: %w", n, usual, decode.ErrShape))
	}
	if n != usual {
		p.findings = append(p.findings, otherDays(n))
	}
	p.findings = append(p.findings, source.NothingStated(p.obs, counted...)...)
	return source.Result{Observations: p.obs, Findings: p.findings}, nil
}

// otherDays is the finding about a page with more or fewer days than usual. With few days, it waits
// for a person.
func otherDays(n int) stat.Finding {
	f := stat.Finding{Code: "days", Message: fmt.Sprintf("the page has %d days, %d are usual", n, usual)}
	switch {
	case n < fewest:
		f.Severity = stat.SeverityError
	case n < usual:
		f.Severity = stat.SeverityWarning
	}
	return f
}

// unrendered returns the error about a table without a header. It says where the markup of the
// header is instead.
func unrendered(page *webpage.Page, err error) error {
	if !errors.Is(err, decode.ErrHeader) && len(page.Tables()) > 0 {
		return err
	}
	for _, x := range page.Texts() {
		if strings.HasPrefix(x.Text, "| "+columns.Want[dateAt].Name+" |") {
			return page.Fail(x.Line, fmt.Errorf("the page's markup failed to render: the table's header stands in the text as %.60q: %w", x.Text, decode.ErrHeader))
		}
	}
	return err
}

// parser collects what the rows state.
type parser struct {
	release  *stat.Release
	days     []stat.Date
	total    *webpage.Row // the row of totals, above or below the days
	ended    bool         // it was below them
	obs      []stat.Observation
	findings []stat.Finding
}

// row turns a row into an observation for each series.
func (p *parser) row(r webpage.Row) error {
	if p.ended {
		return r.Fail(dateAt, fmt.Errorf("%s follows the row of totals: %w", decode.Quote(r.Cells[dateAt]), decode.ErrShape))
	}
	if source.IsTotal(r.Label(dateAt)) {
		if p.total != nil {
			return r.Fail(dateAt, fmt.Errorf("a second row of totals: %w", decode.ErrShape))
		}
		p.total, p.ended = &r, len(p.days) > 0
		return nil
	}
	day, mark, err := p.day(r)
	if err != nil {
		return err
	}
	p.days = append(p.days, day)
	note := strings.TrimSpace(mark + " " + source.PageNote(r, noteAt))
	for i, s := range counted {
		o, odd, err := source.PageCount(stat.Observation{Series: s, Period: stat.Day(day), Release: p.release}, r, i+1, note)
		if err != nil {
			return err
		}
		p.obs, p.findings = append(p.obs, o), append(p.findings, odd...)
	}
	if note != "" && !source.IsRevised(note) {
		p.findings = append(p.findings, stat.Finding{Code: "unknown-note", Where: r.Ref(noteAt),
			Message: fmt.Sprintf("the note %q on %s is not known; it is kept as the publisher's mark", note, day)})
	}
	return nil
}

// day reads a row's day, which must fit the day of publication and follow the row before without a
// gap, in the direction of the rows so far.
func (p *parser) day(r webpage.Row) (stat.Date, string, error) {
	d, mark, err := source.DayBefore(r, dateAt, p.release.Vintage)
	if err != nil {
		return 0, "", err
	}
	if err := source.CheckDay(d, p.release.Vintage, maxLag); err != nil {
		return 0, "", r.Fail(dateAt, err)
	}
	n := len(p.days)
	if n == 0 {
		return d, mark, nil
	}
	last, step := p.days[n-1], 1
	if n > 1 && last < p.days[0] || n == 1 && d == last.AddDays(-1) {
		step = -1
	}
	switch want := last.AddDays(step); {
	case d == want:
		return d, mark, nil
	case d == last:
		err = fmt.Errorf("%s is there twice: %w", d, decode.ErrShape)
	default:
		err = fmt.Errorf("%s follows where %s was expected: %w", d, want, decode.ErrShape)
	}
	return 0, "", r.Fail(dateAt, err)
}

// checkTotals compares the row of totals with the days.
func (p *parser) checkTotals() error {
	if p.total == nil {
		return nil
	}
	found, err := source.PageTotals(*p.total, dateAt+1, p.obs, counted...)
	p.findings = append(p.findings, found...)
	return err
}
