package charts

import (
	_ "embed" // charts.txt
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/stat"
)

//go:embed charts.txt
var text string

// Comparison is what a chart compares, and so the form in which it is drawn.
type Comparison string

// The comparisons that can be drawn.
const (
	// Cumulative draws the running sum of every year over 366 days.
	Cumulative Comparison = "cumulative"
	// Daily draws every day and the trailing seven-day mean.
	Daily Comparison = "daily"
	// MonthOnYear draws every whole month next to the same month a year earlier.
	MonthOnYear Comparison = "month-on-year"
	// QuarterOnYear draws every whole quarter next to the same quarter a year earlier.
	QuarterOnYear Comparison = "quarter-on-year"
	// YearOnYear draws every whole year next to the year before.
	YearOnYear Comparison = "year-on-year"
	// Weekly draws every week.
	Weekly Comparison = "weekly"
	// Level draws a stock on its dates.
	Level Comparison = "level"
	// Ratio draws the ratio of two series month by month.
	Ratio Comparison = "ratio"
	// Vintages draws what one release after the other stated of the same periods. The site makes these
	// charts by itself, for the series that are revised most.
	Vintages Comparison = "vintages"
	// RevisionMap draws which release changed which period, also by itself.
	RevisionMap Comparison = "revision-map"
	// Ranking draws the largest parts of a total in its newest twelve months, or on its newest date,
	// next to the same a year earlier.
	Ranking Comparison = "ranking"
)

// bases are the bases of the table year-on-year whose rows comparisons draw.
var bases = map[Comparison]string{MonthOnYear: "month", QuarterOnYear: "quarter", YearOnYear: "year", Level: "point"}

// Basis returns the basis of the rows that the comparison draws of the table year-on-year. ok is false
// if it draws another table.
func (c Comparison) Basis() (code string, ok bool) { code, ok = bases[c]; return code, ok }

// rule says which charts a comparison allows.
type rule struct {
	series      int              // number of series
	frequencies []stat.Frequency // allowed for the series: only those that fill the periods drawn
	units       []string         // allowed for the window
	unlimited   bool             // the window may be left out
	events      bool             // events may be marked
}

// frequencies lists the frequencies that fill whole months, quarters and years.
var frequencies = []stat.Frequency{stat.Daily, stat.Monthly, stat.Quarterly, stat.Annual}

var rules = map[Comparison]rule{
	Cumulative:    {1, frequencies[:1], []string{"years"}, true, false},
	Daily:         {1, frequencies[:1], []string{"days"}, false, true},
	MonthOnYear:   {1, frequencies[:2], []string{"months", "years"}, false, true},
	QuarterOnYear: {1, frequencies[:3], []string{"months", "years"}, false, false},
	YearOnYear:    {1, frequencies, []string{"years"}, true, false},
	Weekly:        {1, []stat.Frequency{stat.Weekly}, []string{"months", "years"}, false, true},
	Level:         {1, append([]stat.Frequency{stat.Weekly}, frequencies...), []string{"months", "years"}, true, true},
	Ratio:         {2, frequencies[:2], []string{"months", "years"}, false, false},
	Ranking:       {1, frequencies, nil, true, false},
}

// Window is how far back a chart reaches from its last figure, such as 24
// months. The zero value means no limit.
type Window struct {
	N    int    // 0 means no limit
	Unit string // "days", "months" or "years"
}

// Months returns the length in months. It is 0 for a window of days or without limit.
func (w Window) Months() int {
	switch w.Unit {
	case "months":
		return w.N
	case "years":
		return 12 * w.N
	}
	return 0
}

// Chart describes one chart.
type Chart struct {
	ID         string // permanent, because addresses contain it
	Title      string
	Series     []stat.SeriesID // one series, or the numerator and denominator of a ratio
	Comparison Comparison
	Window     Window
	Rate       string // name in the table rates; "" unless Comparison is Ratio
	Dimension  string // what the total is broken down by; "" unless Comparison is Ranking
	Unit       string // of the vertical axis
	Topic      string // id of the topic page that shows the chart, or ""
	Events     bool   // mark events
	Front      bool   // the front page is about its series, and draws the first such chart
	Own        bool   // the chart belongs to the page of its series and is not in charts.txt
	Files      bool   // such a chart has files to take away, as all others have
	Note       string // a sentence shown with the chart, or ""
	Issue      string // address of the discussion that led to the chart, or ""
}

// Load returns the charts of the embedded charts.txt, in the file's order. A
// chart that names a topic missing from topics.txt is an error.
func Load() ([]Chart, error) {
	charts, err := Parse("charts.txt", text)
	if err != nil {
		return nil, err
	}
	topics, err := LoadTopics()
	if err != nil {
		return nil, err
	}
	for _, c := range charts {
		if c.Topic != "" && !slices.ContainsFunc(topics, func(t Topic) bool { return t.ID == c.Topic }) {
			return nil, fmt.Errorf("charts.txt: chart %s: topics.txt has no topic %q", c.ID, c.Topic)
		}
	}
	return charts, nil
}

// keys lists the keys of charts.txt.
var keys = []string{"id", "title", "series", "comparison", "window", "rate", "dimension", "unit", "topic", "front", "events", "note", "issue"}

// Parse reads charts from a text. Errors call the text by name. Parse does not check
// that the topics exist.
func Parse(name, text string) ([]Chart, error) {
	return parse(name, text, keys, entry.chart)
}

// chart returns the block as a validated Record.
func (e entry) chart() (Chart, error) {
	c := Chart{ID: e.value("id"), Title: e.value("title"), Comparison: Comparison(e.value("comparison")), Rate: e.value("rate"), Dimension: e.value("dimension"),
		Unit: e.value("unit"), Topic: e.value("topic"), Note: e.value("note"), Issue: e.value("issue")}
	if err := e.require("id", "title", "series", "comparison", "unit"); err != nil {
		return c, err
	}
	switch front := e.value("front"); front {
	case "", "yes":
		c.Front = front == "yes" || c.Topic == ""
	default:
		return c, e.errorf("front", "front is %q; it can only be yes", front)
	}
	switch events := e.value("events"); events {
	case "", "yes":
		c.Events = events == "yes"
	default:
		return c, e.errorf("events", "events is %q; it can only be yes", events)
	}
	for _, id := range strings.Fields(e.value("series")) {
		s := stat.SeriesID(id)
		if _, _, _, _, err := s.Parse(); err != nil {
			return c, e.errorf("series", "%v", err)
		}
		c.Series = append(c.Series, s)
	}
	var err error
	if c.Window, err = parseWindow(e.value("window")); err != nil {
		if allowed, ok := rules[c.Comparison]; ok && allowed.units != nil {
			err = fmt.Errorf("%w; %s takes a window of %s, such as 24 %s", err, c.Comparison, strings.Join(allowed.units, " or "), allowed.units[0])
		}
		return c, e.errorf("window", "%w", err)
	}
	return c, e.check(c)
}

// check returns an error if the comparison does not allow a field of the chart.
func (e entry) check(c Chart) error {
	allowed, ok := rules[c.Comparison]
	if !ok {
		return e.errorf("comparison", "comparison %q is not one of cumulative, daily, month-on-year, quarter-on-year, year-on-year, weekly, level, ratio, ranking", c.Comparison)
	}
	if len(c.Series) != allowed.series {
		return e.errorf("series", "%s takes %d series, not %d", c.Comparison, allowed.series, len(c.Series))
	}
	for _, s := range c.Series {
		if !slices.Contains(allowed.frequencies, s.Frequency()) {
			return e.errorf("series", "series %q is %s, and %s draws only %s series%s", s, s.Frequency().Word(), c.Comparison, joined(allowed.frequencies), insteadOf(c.Comparison, s.Frequency()))
		}
	}
	if c.Window.N == 0 && !allowed.unlimited {
		return e.errorf("", "window is missing")
	}
	if c.Window.N != 0 && allowed.units == nil {
		return e.errorf("window", "%s takes no window", c.Comparison)
	}
	if c.Window.N != 0 && !slices.Contains(allowed.units, c.Window.Unit) {
		return e.errorf("window", "%s takes a window of %s", c.Comparison, strings.Join(allowed.units, " or "))
	}
	if c.Events && !allowed.events {
		return e.errorf("events", "%s cannot mark events", c.Comparison)
	}
	if c.Comparison == Ratio && c.Rate == "" {
		return e.errorf("", "rate is missing")
	}
	if c.Comparison != Ratio && c.Rate != "" {
		return e.errorf("rate", "%s takes no rate", c.Comparison)
	}
	return e.checkDimension(c)
}

// checkDimension returns an error if a ranking lacks its dimension, or another chart has one.
func (e entry) checkDimension(c Chart) error {
	switch {
	case c.Comparison != Ranking && c.Dimension != "":
		return e.errorf("dimension", "%s takes no dimension", c.Comparison)
	case c.Comparison != Ranking:
		return nil
	case c.Dimension == "":
		return e.errorf("", "dimension is missing")
	case new(stat.Dimensions).Field(c.Dimension) == nil:
		return e.errorf("dimension", "dimension %q is not one of age, category, destination, origin, route, sex", c.Dimension)
	}
	return nil
}

// joined lists frequencies in words.
func joined(list []stat.Frequency) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Word())
	}
	return strings.Join(out, " or ")
}

// insteadOf says what draws a series that c cannot draw because of its frequency.
func insteadOf(c Comparison, f stat.Frequency) string {
	switch {
	case c == Ratio:
		return ""
	case f == stat.Weekly && c == Daily:
		return "; use weekly"
	case f == stat.Weekly:
		return "; weeks straddle months and years, so use weekly"
	case f == stat.Daily:
		return "; use daily, or the weekly series if the source has one"
	case f == stat.Monthly:
		return "; use month-on-year, or level for a stock"
	case f == stat.Quarterly:
		return "; use quarter-on-year, or level for a stock"
	}
	return "; use year-on-year, or level for a stock"
}

// parseWindow reads a window such as "24 months". An empty text means no limit. The
// longest is 36,600 of any unit, a hundred years of days, so no sum with it overflows.
func parseWindow(s string) (Window, error) {
	if s == "" {
		return Window{}, nil
	}
	count, unit, _ := strings.Cut(s, " ")
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 || n > 36600 {
		return Window{}, fmt.Errorf("window %q does not begin with a number from 1 to 36600", s)
	}
	switch unit {
	case "day", "month", "year":
		unit += "s"
	case "days", "months", "years":
	default:
		return Window{}, fmt.Errorf("window %q has another unit than days, months or years", s)
	}
	return Window{n, unit}, nil
}
