package ukhosmallboatsday

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// maxLag is the most days between a day and the page that states it; one was usual.
const maxLag = 14

var (
	// period matches the sentence that says which day the page states, in Words.
	period = regexp.MustCompile(`24[ -]hours? period,?(?: from)? \d\d:?\d\d(?: ?hours| ?hrs)?(?: to |-)\d\d:?\d\d(?: ?hours| ?hrs)?,?(?: on| of| for)? ?(.+?)(?: \([^()]*\))?$`)
	// figure matches a sentence with a figure.
	figure = regexp.MustCompile(`(?i)^number of ([^:]+?)(:| [-–—] )`)
	// legacy matches the notice of the page's end.
	legacy = regexp.MustCompile(`(?i)\bthis is a legacy page\b`)
)

// knownBy are words before the reason of an uncontrolled landing.
var knownBy = regexp.MustCompile(` known by the (?:mod|ministry of defence) to be`)

// counted returns the series that a sentence counts, or nil.
func counted(what string) *stat.Series {
	words := knownBy.ReplaceAllString(decode.Words(what), "")
	for _, s := range []*stat.Series{&arrivals, &boats, &landings} {
		if source.CountsSmallBoats(s.Measure, words) {
			return s
		}
	}
	return nil
}

// decodeFile reads the sentences. Anything unexpected is an error with its line, and no result
// comes with it.
func decodeFile(f source.File) (source.Result, error) {
	page, err := webpage.Open(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	p := parser{name: f.Name, page: page, release: f.Release, findings: source.UnreadTables(page, 0)}
	for i, x := range page.Texts() {
		if err := p.text(i, x); err != nil {
			return source.Result{}, err
		}
	}
	days, err := p.byDay()
	if err != nil {
		return source.Result{}, err
	}
	for _, d := range days {
		if err := p.state(d); err != nil {
			return source.Result{}, err
		}
	}
	return source.Result{Observations: p.obs, Findings: p.findings}, nil
}

// parser collects what the sentences state.
type parser struct {
	name     string
	page     *webpage.Page
	release  *stat.Release
	days     []day
	before   []sentence // figures before the first day
	obs      []stat.Observation
	findings []stat.Finding
}

// day is a day that the page states, and the figures that follow it.
type day struct {
	date    stat.Date
	line    int
	figures []sentence
}

// sentence is one with a figure: text i of the page.
type sentence struct {
	i, line   int
	what, sep string // "boats detected", ":"
	series    *stat.Series
}

// text reads block i of the page.
func (p *parser) text(i int, x webpage.Text) error {
	if legacy.MatchString(x.Text) {
		return &decode.Error{File: p.name, Line: x.Line, Page: true, Err: fmt.Errorf("legacy page, no longer updated: %w", decode.ErrShape),
			Hint: "nothing is missing: the page ended in January 2023, and the daily figures since are those of ukho-small-boats-last7days"}
	}
	if m := period.FindStringSubmatch(decode.Words(x.Text)); m != nil {
		return p.stated(x.Line, m[1])
	}
	m := figure.FindStringSubmatch(x.Text)
	if m == nil {
		return nil
	}
	s := sentence{i, x.Line, m[1], m[2], counted(m[1])}
	switch n := len(p.days); {
	case s.series == nil:
		p.findings = append(p.findings, stat.Finding{Code: "unknown-figure", Where: where(s.line),
			Message: fmt.Sprintf("the page states the number of %s, which is not read", decode.Quote(s.what))})
	case n == 0:
		p.before = append(p.before, s)
	default:
		p.days[n-1].figures = append(p.days[n-1].figures, s)
	}
	return nil
}

// stated reads a day that the page states.
func (p *parser) stated(line int, text string) error {
	date, err := source.LongDate(text)
	if err == nil {
		err = source.CheckDay(date, p.release.Vintage, maxLag)
	}
	if err != nil {
		return p.page.Fail(line, err)
	}
	if n := len(p.days); n > 0 && p.days[n-1].date == date && p.days[n-1].figures == nil {
		return nil // said twice
	}
	p.days = append(p.days, day{date: date, line: line})
	return nil
}

// byDay returns the days with their figures. Figures before the day are of it if the page states
// only one.
func (p *parser) byDay() ([]day, error) {
	switch n := len(p.days); {
	case n == 1:
		p.days[0].figures = append(p.before, p.days[0].figures...)
	case n > 1 && p.before != nil:
		s := p.before[0]
		return nil, p.page.Fail(s.line, fmt.Errorf("number of %s before the day that it is of: %w", s.what, decode.ErrShape))
	case n == 0:
		p.days = []day{{figures: p.before}}
		return nil, p.complete(p.days[0])
	}
	for i, d := range p.days {
		if slices.ContainsFunc(p.days[:i], func(e day) bool { return e.date == d.date }) {
			return nil, p.page.Fail(d.line, fmt.Errorf("%s is there twice: %w", d.date, decode.ErrShape))
		}
		if err := p.complete(d); err != nil {
			return nil, err
		}
	}
	return p.days, nil
}

// state turns the figures of a day into observations.
func (p *parser) state(d day) error {
	for _, s := range d.figures {
		f, err := p.page.TextFigure(p.figureAt(s))
		if err != nil {
			return p.page.Fail(s.line, fmt.Errorf("number of %s: %w", s.what, err))
		}
		o, odd := source.Stated(stat.Observation{Series: s.series, Period: stat.Day(d.date), Release: p.release, Locator: where(s.line)}, f)
		p.obs, p.findings = append(p.obs, o), append(p.findings, odd...)
	}
	return nil
}

// figureAt returns the text with the figure of a sentence, and what the figure follows. It is in
// the next text if nothing follows the colon, as in a list of terms.
func (p *parser) figureAt(s sentence) (i int, after string) {
	texts := p.page.Texts()
	_, rest, _ := strings.Cut(texts[s.i].Text, s.sep)
	if strings.TrimSpace(rest) != "" || s.i+1 == len(texts) {
		return s.i, s.sep
	}
	if _, err := decode.FigureText(texts[s.i+1].Text); err != nil {
		return s.i, s.sep
	}
	return s.i + 1, ""
}

func where(line int) string { return fmt.Sprintf("line %d", line) }

// complete returns an error for a day that lacks what each page stated of one, or has it twice.
func (p *parser) complete(d day) error {
	at := map[*stat.Series]int{}
	for _, s := range d.figures {
		if at[s.series] != 0 {
			return p.page.Fail(s.line, fmt.Errorf("a second figure for %s after that of line %d: %w", s.series.Measure, at[s.series], decode.ErrShape))
		}
		at[s.series] = s.line
	}
	var missing []string
	for _, m := range []struct {
		is   bool
		what string
	}{{d.date.IsZero(), "day"}, {at[&arrivals] == 0, "number of migrants"}, {at[&boats] == 0, "number of boats"}} {
		if m.is {
			missing = append(missing, m.what)
		}
	}
	if missing == nil {
		return nil
	}
	of := ""
	if !d.date.IsZero() && len(p.days) > 1 {
		of = " of " + d.date.String()
	}
	return p.page.Fail(d.line, fmt.Errorf("the page states no %s%s: %w", strings.Join(missing, ", no "), of, decode.ErrShape))
}
