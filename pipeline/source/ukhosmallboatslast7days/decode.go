package ukhosmallboatslast7days

import (
	"errors"
	"fmt"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// columns is the header of the table.
var columns = []string{"Date", "Migrants arrived", "Boats arrived", "Boats involved in uncontrolled landings", "Notes"}

// counted are the series of the columns between the date and the notes.
var counted = []*stat.Series{&arrivals, &boats, &landings}

const (
	rows = 7 // in the table, below its header
	// maxLag is three times as many days as a page has been known to lag, plus the days that it
	// goes back.
	maxLag = 9 + rows
)

// decodeFile reads the seven rows. Anything unexpected is an error with its line and column, and no
// result comes with it.
func decodeFile(f source.File) (source.Result, error) {
	page, err := decode.OpenHTML(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	table, err := page.Table(columns...)
	if err != nil {
		return source.Result{}, unrendered(page, err)
	}
	if n := len(table.Rows) - 1; n > rows {
		return source.Result{}, page.Fail(table.Rows[rows+1].Line, fmt.Errorf("%d rows where the page has always had %d: %w", n, rows, decode.ErrShape))
	} else if n < rows {
		return source.Result{}, page.Fail(table.Line, fmt.Errorf("%d rows where the page has always had %d: %w", n, rows, decode.ErrShape))
	}
	var obs []stat.Observation
	findings := source.UnknownTables(page)
	var last stat.Date
	for _, r := range table.Rows[1:] {
		if last, err = day(r, last, f.Release.Vintage); err != nil {
			return source.Result{}, err
		}
		stated, odd, err := row(r, last, f.Release)
		if err != nil {
			return source.Result{}, err
		}
		obs, findings = append(obs, stated...), append(findings, odd...)
	}
	return source.Result{Observations: obs, Findings: findings}, nil
}

// unrendered returns the error about a table without a header. It says where the markup of the
// header is instead.
func unrendered(page *decode.HTML, err error) error {
	if !errors.Is(err, decode.ErrHeader) {
		return err
	}
	for _, x := range page.Texts() {
		if strings.HasPrefix(x.Text, "| "+columns[0]+" |") {
			return page.Fail(x.Line, fmt.Errorf("the page's markup failed to render: the table's header stands in the text as %.60q: %w", x.Text, decode.ErrHeader))
		}
	}
	return err
}

// day reads a row's day, which must fit the day of publication and follow the row before without a
// gap. last is zero before the first row.
func day(r decode.HTMLRow, last, released stat.Date) (stat.Date, error) {
	d, err := source.PageDay(r, 0)
	if err != nil {
		return 0, err
	}
	err = source.CheckDay(d, released, maxLag)
	switch {
	case err != nil:
	case last.IsZero() || d == last.AddDays(1):
		return d, nil
	case d == last:
		err = fmt.Errorf("%s is there twice: %w", d, decode.ErrShape)
	default:
		err = fmt.Errorf("%s follows where %s was expected: %w", d, last.AddDays(1), decode.ErrShape)
	}
	return 0, r.Fail(0, err)
}

// row turns a row into an observation for each series.
func row(r decode.HTMLRow, d stat.Date, release *stat.Release) (obs []stat.Observation, findings []stat.Finding, err error) {
	note := r.Cells[len(columns)-1]
	for i, s := range counted {
		o, known, err := source.PageCount(stat.Observation{Series: s, Period: stat.Day(d), Release: release}, r, i+1, note)
		if err != nil {
			return nil, nil, err
		}
		if !known {
			findings = append(findings, source.UnknownMark(o, o.Mark))
		}
		obs = append(obs, o)
	}
	if note != "" && !source.IsRevised(note) {
		findings = append(findings, stat.Finding{Code: "unknown-note", Where: r.Ref(len(columns) - 1),
			Message: fmt.Sprintf("the note %q on %s is not known; it is kept as the publisher's mark", note, d)})
	}
	return obs, findings, nil
}
