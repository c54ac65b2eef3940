package charts

import (
	_ "embed" // charts.txt
	"fmt"
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
	// Ratio draws the ratio of two series month by month.
	Ratio Comparison = "ratio"
)

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
	Note       string // a sentence shown with the chart, or ""
	Issue      string // address of the discussion that it came from, or ""
}

// Load returns the records of the embedded charts.txt, in the file's order.
func Load() ([]Record, error) { return Parse("charts.txt", text) }

// seriesFrequency is that of the series that every comparison takes.
const seriesFrequency = stat.Daily

// record returns the block as a validated Record.
func (b block) record() (Record, error) {
	r := Record{ID: b.value("id"), Title: b.value("title"), Comparison: Comparison(b.value("comparison")),
		Rate: b.value("rate"), Unit: b.value("unit"), Note: b.value("note"), Issue: b.value("issue")}
	for _, key := range []string{"id", "title", "series", "comparison", "unit"} {
		if b.value(key) == "" {
			return r, b.errorf("", "%s is missing", key)
		}
	}
	if !isKebab(r.ID) {
		return r, b.errorf("id", "id %q is not lower-case words joined by hyphens", r.ID)
	}
	for _, id := range strings.Fields(b.value("series")) {
		s := stat.SeriesID(id)
		if _, _, _, _, err := s.Parse(); err != nil {
			return r, b.errorf("series", "%v", err)
		}
		if s.Frequency() != seriesFrequency {
			return r, b.errorf("series", "series %q is not daily", id)
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
	series, units := 1, "months years"
	switch r.Comparison {
	case Cumulative:
		units = "years"
	case Daily:
		units = "days"
	case MonthOnYear:
	case Ratio:
		series = 2
	default:
		return b.errorf("comparison", "comparison %q is not one of cumulative, daily, month-on-year, ratio", r.Comparison)
	}
	if len(r.Series) != series {
		return b.errorf("series", "%s takes %d series, not %d", r.Comparison, series, len(r.Series))
	}
	if r.Window.N == 0 && r.Comparison != Cumulative {
		return b.errorf("", "window is missing")
	}
	if r.Window.N != 0 && !strings.Contains(units, r.Window.Unit) {
		return b.errorf("window", "%s takes a window of %s", r.Comparison, strings.ReplaceAll(units, " ", " or "))
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

// isKebab reports whether s is lower-case words of letters and digits joined by
// single hyphens, safe as a file name.
func isKebab(s string) bool {
	for _, word := range strings.Split(s, "-") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return true
}
