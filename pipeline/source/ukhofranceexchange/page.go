package ukhofranceexchange

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// pageColumns are those of the table on the page, in the order of the constants below.
var pageColumns = decode.Columns{Above: decode.Titles, Want: []decode.Column{
	{Name: "Year", Also: []string{"Calendar year"}, Optional: true, Rare: true},
	{Name: "Month", Also: []string{"Period", "Date", "Month and year"}},
	{Name: "In", Also: []string{"Transfers in", "Transferred in", "In (transfers)", "Transfers (in)", "Transfers",
		"Transfers into the UK", "Transfers into the United Kingdom", "In (transfers into the UK)"}, Measure: true},
	{Name: "Out", Also: []string{"Returns out", "Returned", "Out (returns)", "Returns (out)", "Returns",
		"Returns to France", "Returns from the UK", "Returns from the United Kingdom", "Out (returns to France)"}, Measure: true},
	{Name: "Notes", Also: []string{"Note"}, Optional: true, Rare: true},
}}

const (
	yearAt = iota
	monthAt
	inAt
	outAt
)

// maxLag is the most days between the last day on the page and its publication; two to four weeks
// are usual.
const maxLag = 100

// span returns the first and last day that the page announces: in the headings above the table, its
// caption, or the page's address, which is the file's name; else in another heading. All that
// announce some must agree.
func span(name string, page *webpage.Page) (first, last stat.Date, err error) {
	slug := strings.TrimSuffix(path.Base(name), path.Ext(name))
	texts := []string{strings.ReplaceAll(slug, "-", " ")}
	if tables, err := page.Find(pageColumns); err == nil {
		texts = append(append(texts, tables[0].Caption), source.HeadingsAbove(page, tables[0])...)
	}
	for _, texts := range [][]string{texts, page.Headings()} {
		if first, last, err = spanIn(page, texts); err != nil || !first.IsZero() {
			return first, last, err
		}
	}
	return 0, 0, page.Fail(0, fmt.Errorf("no heading says between which days the figures are: %w", decode.ErrPeriod))
}

// spanIn returns the span that texts announce, or zero dates.
func spanIn(page *webpage.Page, texts []string) (first, last stat.Date, err error) {
	for _, text := range texts {
		from, to, err := source.Span(text)
		switch {
		case err != nil:
			return 0, 0, page.Fail(0, fmt.Errorf("title %s: %w", decode.Quote(text), err))
		case from.IsZero():
		case !first.IsZero() && (from != first || to != last):
			return 0, 0, page.Fail(0, fmt.Errorf("the title %s and another one announce different days: %w", decode.Quote(text), decode.ErrPeriod))
		default:
			first, last = from, to
		}
	}
	return first, last, nil
}

// decodePage reads the publisher's page: one row a month, with the year in every row or given once,
// and a row of totals if there is one. Anything unexpected is an error with its line and column.
func decodePage(f source.File) (source.Result, error) {
	page, err := webpage.Open(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	table, findings, err := source.PageTable(page, pageColumns)
	if err != nil {
		return source.Result{}, err
	}
	p := pageReader{page: page, release: f.Release, findings: findings}
	if p.first, p.last, err = span(f.Name, page); err != nil {
		return source.Result{}, err
	}
	if err := source.CheckDay(p.last, f.Release.Vintage, maxLag); err != nil {
		return source.Result{}, page.Fail(0, err)
	}
	for _, r := range table.Rows {
		if err := p.row(r); err != nil {
			return source.Result{}, err
		}
	}
	if err := p.checkComplete(table); err != nil {
		return source.Result{}, err
	}
	return source.Result{Observations: p.observations(), Findings: append(p.findings, p.unstated()...), Notes: notes(page)}, nil
}

// dated matches texts that differ in every release and say nothing of the figures.
var dated = regexp.MustCompile(`(?i)^(?:(?:first |last )?(?:published|updated)\b.*|©.*) \d{4}$`)

// notes returns the texts of the page, without those that say when it was published and what days it
// covers.
func notes(page *webpage.Page) []stat.Note {
	var text strings.Builder
	for _, x := range page.Texts() {
		if first, _, err := source.Span(x.Text); err == nil && first.IsZero() && !dated.MatchString(x.Text) {
			text.WriteString(x.Text + "\n")
		}
	}
	return []stat.Note{{Where: "text of the page", Text: text.String()}}
}

// pageReader collects what the rows state.
type pageReader struct {
	page        *webpage.Page
	release     *stat.Release
	first, last stat.Date          // the span in the title
	year        int                // the last one given
	months      []stat.Observation // out and in of each month, in this order
	total       *webpage.Row
	totals      [2]stat.Count // out and in
	findings    []stat.Finding
}

// counted are the columns that are read and their series, as in months and totals.
var counted = []struct {
	at     int
	series *stat.Series
}{{outAt, &out}, {inAt, &in}}

// totalOf matches the label of a row of totals, in Words. It may be of one year.
var totalOf = regexp.MustCompile(`^(?:(?:grand |overall |sub-?)?totals?(?: to date)?(?:,? (?:for |in )?(\d{4}))?|(\d{4}) (?:sub-?)?total)$`)

// totalSince matches the label of totals since a day.
var totalSince = regexp.MustCompile(`^totals? (?:since|from) (.+)$`)

// stated reports whether a row has a cell of its own, with text, for a count.
func stated(r webpage.Row) bool {
	for _, c := range counted {
		if r.Cells[c.at] != "" && !r.Covered[c.at] {
			return true
		}
	}
	return false
}

// fourDigits matches a year.
var fourDigits = regexp.MustCompile(`^\d{4}$`)

// row reads a month or totals.
func (p *pageReader) row(r webpage.Row) error {
	if p.total != nil {
		return r.Fail(monthAt, fmt.Errorf("%s follows the row of totals: %w", decode.Quote(r.Cells[monthAt]), decode.ErrShape))
	}
	if year := r.Label(monthAt); fourDigits.MatchString(year) && !stated(r) {
		p.year, _ = strconv.Atoi(year) // a row above the months of a year
		return nil
	}
	for _, at := range []int{yearAt, monthAt} {
		if since := totalSince.FindStringSubmatch(decode.Words(r.Label(at))); since != nil {
			if day, err := source.LongDate(since[1]); err == nil && day == p.first {
				return p.sums(r, "")
			}
		}
		if m := totalOf.FindStringSubmatch(decode.Words(r.Label(at))); m != nil {
			return p.sums(r, m[1]+m[2]+fourDigits.FindString(r.Label(yearAt)))
		}
	}
	period, err := p.period(r)
	if err != nil {
		return err
	}
	for _, c := range counted {
		f, err := figure(r, c.at)
		if err != nil {
			return err
		}
		o, odd := source.Stated(stat.Observation{Series: c.series, Period: period, Release: p.release, Locator: r.Ref(c.at)}, f)
		if o.Value.IsKnown() { // unstated reports the others
			p.findings = append(p.findings, odd...)
		}
		p.months = append(p.months, o)
	}
	return nil
}

// figure reads a figure; an empty cell is one that is not stated.
func figure(r webpage.Row, i int) (decode.Figure, error) {
	if text, whole := r.Plain(i); whole && text == "" {
		return decode.Figure{Absent: decode.NotAvailable}, nil
	}
	return r.Figure(i)
}

// sums reads a row of totals and compares it with the months above: all of them, or those of a year.
func (p *pageReader) sums(r webpage.Row, year string) error {
	months := p.months
	if year == "" {
		p.total = &r
	} else {
		months = nil
		for _, o := range p.months {
			if strconv.Itoa(o.Period.Start.Year()) == year {
				months = append(months, o)
			}
		}
	}
	for i, c := range counted {
		f, err := figure(r, c.at)
		if err != nil {
			return err
		}
		if f.Absent != decode.Stated {
			continue
		}
		if year == "" {
			p.totals[i] = stat.Known(f.N)
		}
		if p.byMonth(c.series) {
			p.findings = append(p.findings, source.TotalDiffers(c.series, months, stat.Known(f.N), r.Ref(c.at))...)
		}
	}
	return nil
}

// byMonth reports whether the table has a series by month.
func (p *pageReader) byMonth(s *stat.Series) bool {
	for _, o := range p.months {
		if o.Series == s && o.Value.IsKnown() {
			return true
		}
	}
	return false
}

// period reads the month of a row, which must follow the one before and be within the span in the
// title. The first and last month are cut to that span.
func (p *pageReader) period(r webpage.Row) (stat.Period, error) {
	month, err := p.month(r)
	if err != nil {
		return month, err
	}
	if n := len(p.months); n > 0 {
		if want := p.months[n-1].Period.End.AddDays(1); month.Start != want {
			return month, r.Fail(monthAt, fmt.Errorf("%s follows where the month of %s was expected: %w", month.Start, want, decode.ErrShape))
		}
	}
	if month.End < p.first || month.Start > p.last {
		return month, r.Fail(monthAt, fmt.Errorf("the month of %s is outside %s to %s, which the title announces: %w", month.Start, p.first, p.last, decode.ErrPeriod))
	}
	if month.Start >= p.first && month.End <= p.last {
		return month, nil
	}
	return stat.Period{Start: max(month.Start, p.first), End: min(month.End, p.last), Precision: stat.PrecisionRange}, nil
}

// monthForm matches a month, and its year if the same cell has it, in Words.
var monthForm = regexp.MustCompile(`^([a-z]+)\.?(?:[ -](\d{4}))?$`)

// month reads the year and month of a row. The year may be given once, with the first of its months,
// or together with the month.
func (p *pageReader) month(r webpage.Row) (stat.Period, error) {
	year, m := decode.Words(r.Label(yearAt)), monthForm.FindStringSubmatch(decode.Words(r.Label(monthAt)))
	if m == nil {
		return stat.Period{}, r.Fail(monthAt, fmt.Errorf("%s of the year %d is %w", decode.Quote(r.Cells[monthAt]), p.year, decode.ErrPeriod))
	}
	for _, s := range []string{year, m[2]} {
		if s == "" {
			continue
		}
		y, err := strconv.Atoi(s)
		if err != nil || len(s) != 4 || year != "" && year != s {
			return stat.Period{}, r.Fail(yearAt, fmt.Errorf("%s is %w", decode.Quote(s), decode.ErrPeriod))
		}
		p.year = y
	}
	day, err := source.LongDate(fmt.Sprintf("1 %s %04d", m[1], p.year))
	if err != nil {
		return stat.Period{}, r.Fail(monthAt, fmt.Errorf("%s of the year %d is %w", decode.Quote(r.Cells[monthAt]), p.year, decode.ErrPeriod))
	}
	y, month, _ := day.YMD()
	return stat.Month(y, month), nil
}

// checkComplete checks that the table reaches the end of its span.
func (p *pageReader) checkComplete(t webpage.Table) error {
	if len(p.months) == 0 {
		return p.page.Fail(t.Line, fmt.Errorf("the table has no months: %w", decode.ErrShape))
	}
	if end := p.months[len(p.months)-1].Period.End; end != p.last {
		return p.page.Fail(t.Line, fmt.Errorf("the months end on %s, the title says %s: %w", end, p.last, decode.ErrShape))
	}
	for i, c := range counted {
		if !p.byMonth(c.series) && !p.totals[i].IsKnown() {
			return p.page.Fail(t.Line, fmt.Errorf("column %q has neither months nor a total: %w", pageColumns.Want[c.at].Name, decode.ErrCount))
		}
	}
	return nil
}

// observations returns the months. A series that the table gives only as a total is one observation
// over the whole span, and nothing is allocated to months.
func (p *pageReader) observations() []stat.Observation {
	var list []stat.Observation
	for _, o := range p.months {
		if p.byMonth(o.Series) {
			list = append(list, o)
		}
	}
	for i, c := range counted {
		if !p.byMonth(c.series) {
			list = append(list, stat.Observation{Series: c.series, Period: stat.Period{Start: p.first, End: p.last, Precision: stat.PrecisionRange},
				Value: p.totals[i], Status: stat.Provisional, Release: p.release, Locator: p.total.Ref(c.at)})
		}
	}
	return list
}

// unstated are the findings about months without a count in a series that has some. An empty cell
// has no mark that says so, and cells may have moved, so the release waits.
func (p *pageReader) unstated() []stat.Finding {
	var out []stat.Finding
	for _, o := range p.months {
		if !o.Value.IsKnown() && p.byMonth(o.Series) {
			f := source.NotStated(o)
			if o.Mark == "" {
				f.Severity, f.Message = stat.SeverityError, fmt.Sprintf("the cell with %s of %s is empty, those of other months are not", o.Series.Measure, o.Period.Start)
			}
			out = append(out, f)
		}
	}
	return out
}
