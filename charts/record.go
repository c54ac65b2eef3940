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

// Comparison says what a chart sets side by side.
type Comparison string

// The comparisons that can be drawn.
const (
	// Cumulative draws the running sum of every year over 366 days.
	Cumulative Comparison = "cumulative"
	// Daily draws every day with its trailing seven-day mean.
	Daily Comparison = "daily"
	// MonthOnYear draws every whole month beside the same month a year earlier.
	MonthOnYear Comparison = "month-on-year"
	// QuarterOnYear does so quarter by quarter.
	QuarterOnYear Comparison = "quarter-on-year"
	// YearOnYear draws every whole year beside the year before.
	YearOnYear Comparison = "year-on-year"
	// Weekly draws every week.
	Weekly Comparison = "weekly"
	// Level draws a stock on its dates.
	Level Comparison = "level"
	// Ratio draws the ratio of two series month by month.
	Ratio Comparison = "ratio"
)

// rule is what a comparison takes.
type rule struct {
	series      int              // how many
	frequencies []stat.Frequency // of the series; weeks and coarser ones do not fill the periods
	units       []string         // of the window
	unlimited   bool             // whether the window may be left out
	events      bool             // whether events can be marked
}

// frequencies are those that fill whole months, quarters and years.
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
}

// Window is how far back a chart reaches from its last figure, such as 24
// months. The zero value is no limit.
type Window struct {
	N    int    // above zero, or 0 for no limit
	Unit string // "days", "months" or "years"
}

// Months returns the length in months, or 0 for a window of days or without limit.
func (w Window) Months() int {
	switch w.Unit {
	case "months":
		return w.N
	case "years":
		return 12 * w.N
	}
	return 0
}

// Record is one chart.
type Record struct {
	ID         string // permanent: it is in addresses
	Title      string
	Series     []stat.SeriesID // one, or numerator and denominator of a ratio
	Comparison Comparison
	Window     Window
	Rate       string // name in the table rates; "" unless Comparison is Ratio
	Unit       string // of the vertical axis
	Topic      string // id of the topic page that shows it, or ""
	Events     bool   // whether events are marked
	Front      bool   // whether the front page shows it
	Own        bool   // whether it is the chart of a series page alone, and no record of charts.txt
	Note       string // a sentence shown with the chart, or ""
	Issue      string // address of the discussion that it came from, or ""
}

// Load returns the records of the embedded charts.txt, in the file's order. It
// is an error if one names a topic that topics.txt does not have.
func Load() ([]Record, error) {
	records, err := Parse("charts.txt", text)
	if err != nil {
		return nil, err
	}
	topics, err := LoadTopics()
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		if r.Topic != "" && !slices.ContainsFunc(topics, func(t Topic) bool { return t.ID == r.Topic }) {
			return nil, fmt.Errorf("charts.txt: chart %s: topics.txt has no topic %q", r.ID, r.Topic)
		}
	}
	return records, nil
}

// keys are those that a record may have.
var keys = []string{"id", "title", "series", "comparison", "window", "rate", "unit", "topic", "front", "events", "note", "issue"}

// Parse reads charts from a text; name stands for it in errors. That a topic
// exists is not checked.
func Parse(name, text string) ([]Record, error) {
	return parse(name, text, keys, block.record)
}

// record returns the block as a validated Record.
func (b block) record() (Record, error) {
	r := Record{ID: b.value("id"), Title: b.value("title"), Comparison: Comparison(b.value("comparison")), Rate: b.value("rate"),
		Unit: b.value("unit"), Topic: b.value("topic"), Note: b.value("note"), Issue: b.value("issue")}
	if err := b.require("id", "title", "series", "comparison", "unit"); err != nil {
		return r, err
	}
	switch front := b.value("front"); front {
	case "", "yes":
		r.Front = front == "yes" || r.Topic == ""
	default:
		return r, b.errorf("front", "front is %q and not yes", front)
	}
	switch events := b.value("events"); events {
	case "", "yes":
		r.Events = events == "yes"
	default:
		return r, b.errorf("events", "events is %q and not yes", events)
	}
	for _, id := range strings.Fields(b.value("series")) {
		s := stat.SeriesID(id)
		if _, _, _, _, err := s.Parse(); err != nil {
			return r, b.errorf("series", "%v", err)
		}
		r.Series = append(r.Series, s)
	}
	var err error
	if r.Window, err = parseWindow(b.value("window")); err != nil {
		return r, b.errorf("window", "%v", err)
	}
	return r, b.check(r)
}

// check reports fields that do not go together.
func (b block) check(r Record) error {
	c, ok := rules[r.Comparison]
	if !ok {
		return b.errorf("comparison", "comparison %q is not one of cumulative, daily, month-on-year, quarter-on-year, year-on-year, weekly, level, ratio", r.Comparison)
	}
	if len(r.Series) != c.series {
		return b.errorf("series", "%s takes %d series, not %d", r.Comparison, c.series, len(r.Series))
	}
	for _, s := range r.Series {
		if !slices.Contains(c.frequencies, s.Frequency()) {
			return b.errorf("series", "series %q has frequency %s, and %s takes %v", s, s.Frequency(), r.Comparison, c.frequencies)
		}
	}
	if r.Window.N == 0 && !c.unlimited {
		return b.errorf("", "window is missing")
	}
	if r.Window.N != 0 && !slices.Contains(c.units, r.Window.Unit) {
		return b.errorf("window", "%s takes a window of %s", r.Comparison, strings.Join(c.units, " or "))
	}
	if r.Events && !c.events {
		return b.errorf("events", "%s marks no events", r.Comparison)
	}
	if r.Comparison == Ratio && r.Rate == "" {
		return b.errorf("", "rate is missing")
	}
	if r.Comparison != Ratio && r.Rate != "" {
		return b.errorf("rate", "%s takes no rate", r.Comparison)
	}
	return nil
}

// parseWindow reads "24 months"; "" is no limit. The longest is 36,600 of any
// unit, a hundred years of days, so that no sum with it can overflow.
func parseWindow(s string) (Window, error) {
	if s == "" {
		return Window{}, nil
	}
	count, unit, _ := strings.Cut(s, " ")
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 || n > 36600 {
		return Window{}, fmt.Errorf("window %q does not begin with a number of 1 to 36600", s)
	}
	switch unit {
	case "day", "month", "year":
		unit += "s"
	case "days", "months", "years":
	default:
		return Window{}, fmt.Errorf("window %q is not in days, months or years", s)
	}
	return Window{n, unit}, nil
}
