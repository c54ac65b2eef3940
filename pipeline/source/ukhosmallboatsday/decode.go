package ukhosmallboatsday

import (
	"fmt"
	"regexp"
	"strings"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

// maxLag is the most days between a day and the page that states it; one was usual.
const maxLag = 14

var (
	// period matches the sentence that says which day the page states.
	period = regexp.MustCompile(`for the 24-hour period 00:00 to 23:59 (\S+ \S+ \S+?)\.?$`)
	// figure matches a sentence with a figure.
	figure = regexp.MustCompile(`^Number of ([^:]+):`)
	// legacy matches the notice of the page's end.
	legacy = regexp.MustCompile(`(?i)\bthis is a legacy page\b`)
)

// counted are the series by what their sentence counts.
var counted = map[string]*stat.Series{
	"migrants detected in small boats": &arrivals,
	"boats detected":                   &boats,
	"boats known by the MOD to be involved in uncontrolled landings": &landings,
}

// decodeFile reads the sentences. Anything unexpected is an error with its line, and no result
// comes with it.
func decodeFile(f source.File) (source.Result, error) {
	page, err := decode.OpenHTML(f.Name, f.Data, decode.DefaultLimits)
	if err != nil {
		return source.Result{}, err
	}
	p := parser{name: f.Name, page: page, release: f.Release, findings: source.UnknownTables(page), at: map[*stat.Series]int{}}
	for i, x := range page.Texts() {
		if err := p.text(i, x); err != nil {
			return source.Result{}, err
		}
	}
	if err := p.checkComplete(); err != nil {
		return source.Result{}, err
	}
	return source.Result{Observations: p.obs, Findings: p.findings}, nil
}

// parser collects what the sentences state.
type parser struct {
	name     string
	page     *decode.HTML
	release  *stat.Release
	day      stat.Date
	obs      []stat.Observation
	findings []stat.Finding
	at       map[*stat.Series]int // line of the sentence of each series
}

// text reads block i of the page.
func (p *parser) text(i int, x decode.HTMLText) error {
	if legacy.MatchString(x.Text) {
		return &decode.Error{File: p.name, Line: x.Line, Page: true, Err: fmt.Errorf("legacy page, no longer updated: %w", decode.ErrShape),
			Hint: "nothing is missing: the page ended in January 2023, and the daily figures since are those of ukho-small-boats-last7days"}
	}
	if m := period.FindStringSubmatch(x.Text); m != nil {
		return p.stated(x.Line, m[1])
	}
	if m := figure.FindStringSubmatch(x.Text); m != nil {
		return p.figure(i, x.Line, m[1])
	}
	return nil
}

// stated reads the day that the page states.
func (p *parser) stated(line int, text string) error {
	day, err := source.LongDate(text)
	switch {
	case err != nil:
	case !p.day.IsZero():
		err = fmt.Errorf("a second day, %s after %s: %w", day, p.day, decode.ErrShape)
	default:
		err = source.CheckDay(day, p.release.Vintage, maxLag)
	}
	if err != nil {
		return p.page.Fail(line, err)
	}
	p.day = day
	return nil
}

// figure reads the figure in block i.
func (p *parser) figure(i, line int, what string) error {
	s := counted[what]
	if s == nil {
		p.findings = append(p.findings, stat.Finding{Code: "unknown-figure", Where: where(line),
			Message: fmt.Sprintf("the page states the number of %.80q, which is not read", what)})
		return nil
	}
	if p.at[s] != 0 {
		return p.page.Fail(line, fmt.Errorf("a second figure for %s after that of line %d: %w", s.Measure, p.at[s], decode.ErrShape))
	}
	if p.day.IsZero() {
		return p.page.Fail(line, fmt.Errorf("number of %s before the day that it is of: %w", what, decode.ErrShape))
	}
	p.at[s] = line
	n, mark, err := p.page.TextCount(i, ":")
	if err != nil {
		return p.page.Fail(line, fmt.Errorf("number of %s: %w", what, err))
	}
	revised, known := source.MarkOf(mark)
	o := stat.Observation{Series: s, Period: stat.Day(p.day), Value: stat.Known(n), Status: stat.Provisional,
		Mark: mark, Revised: revised, Release: p.release, Locator: where(line)}
	if !known {
		p.findings = append(p.findings, source.UnknownMark(o, mark))
	}
	p.obs = append(p.obs, o)
	return nil
}

func where(line int) string { return fmt.Sprintf("line %d", line) }

// checkComplete returns an error for a page that lacks what each page stated.
func (p *parser) checkComplete() error {
	var missing []string
	for _, m := range []struct {
		is   bool
		what string
	}{{p.day.IsZero(), "day"}, {p.at[&arrivals] == 0, "number of migrants"}, {p.at[&boats] == 0, "number of boats"}} {
		if m.is {
			missing = append(missing, m.what)
		}
	}
	if missing == nil {
		return nil
	}
	return p.page.Fail(0, fmt.Errorf("the page states no %s: %w", strings.Join(missing, ", no "), decode.ErrShape))
}
