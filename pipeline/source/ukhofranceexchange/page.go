package ukhofranceexchange

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// pageColumns are those of a table on the page, in the order of the constants below.
var pageColumns = decode.Columns{Above: decode.Titles, Want: []decode.Column{
	{Name: "Year", Also: []string{"Calendar year"}, Optional: true, Rare: true},
	{Name: "Month", Also: []string{"Period", "Date", "Month and year", "Month/year", "Month of transfer/return", "Month of transfer or return"}},
	{Name: "In", Also: []string{"Transfers in", "Transferred in", "In (transfers)", "Transfers (in)", "Transfers", "In (people)", "People in",
		"Transfers into the UK", "Transfers to the UK", "In (transfers to the UK)", "Transfers into the United Kingdom", "In (transfers into the UK)", "Transfers from France", "Transferred from France"}, Measure: true},
	{Name: "Out", Also: []string{"Returns out", "Returned", "Out (returns)", "Returns (out)", "Returns", "Out (people)", "People out",
		"Returns to France", "Returned to France", "Returns from the UK", "Returns from the United Kingdom", "Out (returns to France)"}, Measure: true},
	{Name: "Notes", Also: []string{"Note"}, Optional: true, Rare: true, Remarks: true},
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

// decodePage reads the publisher's page: one row a month, the newest first or last, in one table or in
// one a year. The year is in each row, given once, with the month, or in the table's caption. There
// may be totals. Anything unexpected is an error with its line and column.
func decodePage(f source.File) (source.Result, error) {
	page, err := webpage.Open(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	tables, err := page.Find(pageColumns)
	if err != nil {
		return source.Result{}, err
	}
	p := pageReader{page: page, release: f.Release, findings: append(source.UnreadTables(page, len(tables)), source.ExtraColumns(tables[0].Columns, "")...)}
	if p.first, p.last, err = span(f.Name, page); err != nil {
		return source.Result{}, err
	}
	if err := source.CheckDay(p.last, f.Release.Vintage, maxLag); err != nil {
		return source.Result{}, page.Fail(0, err)
	}
	tables = withoutRepeats(tables)
	for _, t := range tables {
		if err := p.table(t, len(tables) == 1); err != nil {
			return source.Result{}, err
		}
	}
	if err := p.checkComplete(tables[0]); err != nil {
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
	months      []stat.Observation // out and in of each month, in this order
	total       *webpage.Row       // over the whole span
	totals      [2]stat.Count      // out and in
	findings    []stat.Finding
}

// counted are the columns that are read and their series, as in months and totals.
var counted = []struct {
	at     int
	series *stat.Series
}{{outAt, &out}, {inAt, &in}}

// figure reads a figure; an empty cell is one that is not stated.
func figure(r webpage.Row, i int) (decode.Figure, error) {
	if text, whole := r.Plain(i); whole && text == "" {
		return decode.Figure{Absent: decode.NotAvailable}, nil
	}
	return r.Figure(i)
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

// checkComplete sorts the months and checks that each one up to the end of the span is there once. The
// first may be later than the span begins.
func (p *pageReader) checkComplete(t webpage.Table) error {
	if len(p.months) == 0 {
		return p.page.Fail(t.Line, fmt.Errorf("the table has no months: %w", decode.ErrShape))
	}
	slices.SortStableFunc(p.months, func(a, b stat.Observation) int { return int(a.Period.Start - b.Period.Start) })
	want := p.months[0].Period.Start
	for i := 0; i < len(p.months); i += len(counted) {
		switch start := p.months[i].Period.Start; {
		case start > want:
			return p.page.Fail(t.Line, fmt.Errorf("%s follows where the month of %s was expected: %w", start, want, decode.ErrShape))
		case start < want:
			return p.page.Fail(t.Line, fmt.Errorf("the month of %s is there twice, at %s and %s: %w", start, p.months[i-1].Locator, p.months[i].Locator, decode.ErrShape))
		}
		want = p.months[i].Period.End.AddDays(1)
	}
	if end := want.AddDays(-1); end != p.last {
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
