package ukhofranceexchange

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// The columns of the table on the page, and their indexes.
var pageColumns = []string{"Year", "Month", "In", "Out"}

const (
	yearAt = iota
	monthAt
	inAt
	outAt
)

// maxLag is the most days between the last day on the page and its publication; two to four weeks
// are usual.
const maxLag = 100

// announced matches the span in the page's title.
var announced = regexp.MustCompile(`between (\d{1,2} [A-Z][a-z]+ \d{4}) and (\d{1,2} [A-Z][a-z]+ \d{4})`)

// span returns the first and last day that the page's title announces.
func span(page *decode.HTML) (first, last stat.Date, err error) {
	for _, h := range page.Headings() {
		m := announced.FindStringSubmatch(h)
		if m == nil {
			continue
		}
		if first, err = source.LongDate(m[1]); err == nil {
			last, err = source.LongDate(m[2])
		}
		if err == nil && last < first {
			err = fmt.Errorf("%s is before %s: %w", m[2], m[1], decode.ErrPeriod)
		}
		if err != nil {
			return 0, 0, page.Fail(0, fmt.Errorf("title %.120q: %w", h, err))
		}
		return first, last, nil
	}
	return 0, 0, page.Fail(0, fmt.Errorf("no heading says between which days the figures are: %w", decode.ErrPeriod))
}

// line is one month of the table.
type line struct {
	row     decode.HTMLRow
	period  stat.Period
	in, out stat.Count // missing if the table has a dash or nothing
}

// column returns the count in column i, inAt or outAt.
func (x line) column(i int) stat.Count {
	if i == inAt {
		return x.in
	}
	return x.out
}

// decodePage reads the publisher's page: one row a month, with the year given once, and a row of
// totals. Anything unexpected is an error with its line and column.
func decodePage(f source.File) (source.Result, error) {
	page, err := decode.OpenHTML(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	table, err := page.SpannedTable(pageColumns...)
	if err != nil {
		return source.Result{}, err
	}
	p := pageReader{page: page, release: f.Release}
	if p.first, p.last, err = span(page); err != nil {
		return source.Result{}, err
	}
	if err := source.CheckDay(p.last, f.Release.Vintage, maxLag); err != nil {
		return source.Result{}, page.Fail(0, err)
	}
	for _, r := range table.Rows[1:] {
		if err := p.row(r); err != nil {
			return source.Result{}, err
		}
	}
	if err := p.checkComplete(table); err != nil {
		return source.Result{}, err
	}
	result := source.Result{Observations: p.observations(), Findings: source.UnknownTables(page)}
	result.Findings = append(result.Findings, p.sums()...)
	for _, x := range page.Texts() {
		if !announced.MatchString(x.Text) { // the title differs in every release
			p.notes.WriteString(x.Text + "\n")
		}
	}
	result.Notes = []stat.Note{{Where: "text of the page", Text: p.notes.String()}}
	return result, nil
}

// pageReader collects what the rows state.
type pageReader struct {
	page        *decode.HTML
	release     *stat.Release
	first, last stat.Date // the span in the title
	year        int       // the last one given
	lines       []line
	total       *line
	notes       strings.Builder
}

func (p *pageReader) row(r decode.HTMLRow) error {
	if n := len(r.Cells); n != len(pageColumns) {
		return p.page.Fail(r.Line, fmt.Errorf("%d cells where the header has %d columns: %w", n, len(pageColumns), decode.ErrShape))
	}
	if p.total != nil {
		return r.Fail(monthAt, fmt.Errorf("%q follows the row of totals: %w", r.Cells[monthAt], decode.ErrShape))
	}
	x := line{row: r}
	var err error
	if x.in, err = count(r, inAt); err != nil {
		return err
	}
	if x.out, err = count(r, outAt); err != nil {
		return err
	}
	if strings.EqualFold(r.Cells[yearAt], "Total") || strings.EqualFold(r.Cells[monthAt], "Total") {
		p.total = &x
		return nil
	}
	if x.period, err = p.period(r); err != nil {
		return err
	}
	p.lines = append(p.lines, x)
	return nil
}

// count reads a count; a dash or an empty cell means none.
func count(r decode.HTMLRow, i int) (stat.Count, error) {
	if text, whole := r.Plain(i); whole && (text == "" || text == "-") {
		return stat.Count{}, nil
	}
	n, mark, err := r.Count(i)
	if err == nil && mark != "" {
		err = r.Fail(i, fmt.Errorf("the mark %q is not known: %w", mark, decode.ErrCount))
	}
	return stat.Known(n), err
}

// period reads the month of a row, which must follow the one before and be within the span in the
// title. The last month ends with that span.
func (p *pageReader) period(r decode.HTMLRow) (stat.Period, error) {
	if s := r.Cells[yearAt]; s != "" {
		y, err := strconv.Atoi(s)
		if err != nil || len(s) != 4 {
			return stat.Period{}, r.Fail(yearAt, fmt.Errorf("%.20q is %w", s, decode.ErrPeriod))
		}
		p.year = y
	}
	t, err := time.Parse("January 2006", fmt.Sprintf("%s %04d", r.Cells[monthAt], p.year))
	if err != nil {
		return stat.Period{}, r.Fail(monthAt, fmt.Errorf("%.20q of the year %d is %w", r.Cells[monthAt], p.year, decode.ErrPeriod))
	}
	month := stat.Month(t.Year(), t.Month())
	if n := len(p.lines); n > 0 {
		if want := p.lines[n-1].period.End.AddDays(1); month.Start != want {
			return month, r.Fail(monthAt, fmt.Errorf("%s follows where the month of %s was expected: %w", month.Start, want, decode.ErrShape))
		}
	}
	if month.End < p.first || month.Start > p.last {
		return month, r.Fail(monthAt, fmt.Errorf("the month of %s is outside %s to %s, which the title announces: %w", month.Start, p.first, p.last, decode.ErrPeriod))
	}
	if p.last < month.End {
		return stat.Period{Start: month.Start, End: p.last, Precision: stat.PrecisionRange}, nil
	}
	return month, nil
}

// checkComplete checks that the table reaches the end of its span and has its totals.
func (p *pageReader) checkComplete(t decode.HTMLTable) error {
	switch {
	case p.total == nil:
		return p.page.Fail(t.Line, fmt.Errorf("the table has no row of totals, it may be cut short: %w", decode.ErrShape))
	case len(p.lines) == 0:
		return p.page.Fail(t.Line, fmt.Errorf("the table has no months: %w", decode.ErrShape))
	case p.lines[len(p.lines)-1].period.End != p.last:
		return p.page.Fail(t.Line, fmt.Errorf("the months end on %s, the title says %s: %w", p.lines[len(p.lines)-1].period.End, p.last, decode.ErrShape))
	case !p.total.in.IsKnown() || !p.total.out.IsKnown():
		return p.page.Fail(p.total.row.Line, fmt.Errorf("a total is missing: %w", decode.ErrCount))
	}
	return nil
}

// observations returns the months. If the table gives transfers only as a total, that is one
// observation over the whole span, and nothing is allocated to months.
func (p *pageReader) observations() []stat.Observation {
	var list []stat.Observation
	monthly := false
	for _, x := range p.lines {
		monthly = monthly || x.in.IsKnown()
	}
	for _, x := range p.lines {
		list = append(list, p.observation(&out, x.period, x.out, x.row.Ref(outAt)))
		if monthly {
			list = append(list, p.observation(&in, x.period, x.in, x.row.Ref(inAt)))
		}
	}
	if !monthly {
		whole := stat.Period{Start: p.first, End: p.last, Precision: stat.PrecisionRange}
		list = append(list, p.observation(&in, whole, p.total.in, p.total.row.Ref(inAt)))
	}
	return list
}

func (p *pageReader) observation(s *stat.Series, per stat.Period, n stat.Count, at string) stat.Observation {
	o := stat.Observation{Series: s, Period: per, Value: n, Status: stat.Provisional, Release: p.release, Locator: at}
	if !n.IsKnown() {
		o.Status = stat.Missing
	}
	return o
}

// sums compares the months with the totals below them.
func (p *pageReader) sums() []stat.Finding {
	var found []stat.Finding
	for _, i := range []int{inAt, outAt} {
		sum := stat.Known(0)
		for _, x := range p.lines {
			sum = sum.Add(x.column(i))
		}
		if total := p.total.column(i); sum.IsKnown() && sum != total {
			found = append(found, stat.Finding{Code: "sum-differs", Where: p.total.row.Ref(i),
				Message: fmt.Sprintf("the total of column %q is %s, but the months add up to %s", pageColumns[i], total, sum)})
		}
	}
	return found
}
