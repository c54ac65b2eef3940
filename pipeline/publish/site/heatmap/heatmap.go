// Package heatmap draws the days of a year as a calendar, a column for each week. The figures are those
// of the table daily; the chart of the same days has them as a table.
package heatmap

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// levels are the lowest values of the classes of colour. Zero has a class of its own, and a day
// without a figure has none.
var levels = []int64{0, 1, 100, 250, 500}

// Calendar is a year of days and the year before.
type Calendar struct {
	Title   string // the finding, or what is shown
	Shows   string
	Text    string // the highest day ever, or ""
	Classes []Class
	Years   []Year // the newest first
}

// Class is a colour with the values that it stands for.
type Class struct{ Name, Label string }

// Year is a picture of one year.
type Year struct {
	Year    int
	Picture template.HTML
}

// New returns the calendar of the newest year of a daily series and of the year before. It has no
// years if there are no figures.
func New(index *content.Index, id stat.SeriesID) Calendar {
	byYear := map[int][]*row.Day{}
	newest := 0
	var last stat.Date
	for _, r := range index.Daily.Of(id) {
		byYear[r.Date.Year()] = append(byYear[r.Date.Year()], r)
		if r.Value.IsKnown() && r.Date > last {
			newest, last = r.Date.Year(), r.Date
		}
	}
	if newest == 0 {
		return Calendar{}
	}
	c := Calendar{Title: index.Title(id) + ", day by day", Shows: fmt.Sprintf("%s on each day of %d, to %s, and of %d. A column is a week, Monday to Sunday.", index.Title(id), newest, wording.DayMonth(last), newest-1)}
	for i, low := range levels {
		label := wording.Thousands(low) + " or more"
		switch {
		case low == 0:
			label = "none"
		case i+1 < len(levels):
			label = wording.Thousands(low) + " to " + wording.Thousands(levels[i+1]-1)
		}
		c.Classes = append(c.Classes, Class{fmt.Sprintf("level-%d", i), label})
	}
	for _, y := range []int{newest, newest - 1} {
		if len(byYear[y]) > 0 {
			c.Years = append(c.Years, Year{y, draw(y, byYear[y], y == newest && !index.Stopped(id))})
		}
	}
	c.say(index, id, newest)
	return c
}

// say writes the highest day of the year and the highest ever from the table records.
func (c *Calendar) say(index *content.Index, id stat.SeriesID, year int) {
	for _, r := range index.Tables.Records.Of(id) {
		if r.Rank != 1 || !r.Value.IsKnown() {
			continue
		}
		switch r.Scope {
		case fmt.Sprintf("day-in-%d", year):
			c.Title = fmt.Sprintf("The busiest day of %d was %s, with %s", year, wording.DayMonth(r.PeriodStart), wording.Count(r.Value))
		case "day":
			c.Text = fmt.Sprintf("The highest of any day: %s on %s.", wording.Count(r.Value), r.PeriodStart.Long())
		}
	}
}

// The sizes of a picture in its own units.
const (
	cell   = 11
	pitch  = 13
	left   = 30
	top    = 16
	width  = left + 54*pitch
	height = top + 7*pitch
)

// draw draws the days of one year. Each class of colour is one path.
func draw(year int, days []*row.Day, now bool) template.HTML {
	first := stat.NewDate(year, time.January, 1)
	offset := (int(first.Weekday()) + 6) % 7 // Monday is the first row
	place := func(d stat.Date) (x, y int) {
		n := int(d-first) + offset
		return left + n/7*pitch, top + n%7*pitch
	}
	high := highest(days)
	paths := squares(year, days, place)
	palette := "past"
	if now {
		palette = "now"
	}
	var out strings.Builder
	fmt.Fprintf(&out, `<svg class="calendar %s" viewBox="0 0 %d %d" role="img" aria-label="%s">`, palette, width, height, template.HTMLEscapeString(alt(year, high)))
	for m := time.January; m <= time.December; m++ {
		x, _ := place(stat.NewDate(year, m, 1).AddDays(6))
		fmt.Fprintf(&out, `<text x="%d" y="11">%s</text>`, x, m.String()[:3])
	}
	for i, name := range []string{"Mon", "", "Wed", "", "Fri", "", "Sun"} {
		if name != "" {
			fmt.Fprintf(&out, `<text x="0" y="%d">%s</text>`, top+i*pitch+10, name)
		}
	}
	for i := range paths {
		name := fmt.Sprintf("level-%d", i)
		if i == len(paths)-1 {
			name = "unknown"
		}
		if paths[i].Len() > 0 {
			fmt.Fprintf(&out, `<path class="%s" d="%s"/>`, name, paths[i].String())
		}
	}
	if n, ok := dayValue(high); ok && n > 0 {
		x, y := place(high.Date)
		fmt.Fprintf(&out, `<rect class="high" x="%d" y="%d" width="%d" height="%d"/>`, x-1, y-1, cell+2, cell+2)
	}
	out.WriteString("</svg>")
	return template.HTML(out.String()) // numbers and fixed words; the label is escaped
}

// squares returns a path for each class of colour, and at last that of the days without a figure.
func squares(year int, days []*row.Day, place func(stat.Date) (x, y int)) []strings.Builder {
	paths := make([]strings.Builder, len(levels)+1)
	known := map[stat.Date]int64{}
	for _, r := range days {
		if n, ok := r.Value.Get(); ok {
			known[r.Date] = n
		}
	}
	for d := stat.NewDate(year, time.January, 1); d.Year() == year; d = d.AddDays(1) {
		x, y := place(d)
		class := len(paths) - 1
		if n, ok := known[d]; ok {
			class = levelOf(n)
		}
		fmt.Fprintf(&paths[class], "M%d %dh%dv%dh-%dz", x, y, cell, cell, cell)
	}
	return paths
}

// highest returns the first day with the highest figure, or nil.
func highest(days []*row.Day) (high *row.Day) {
	for _, r := range days {
		best, _ := dayValue(high)
		if n, ok := r.Value.Get(); ok && (high == nil || n > best) {
			high = r
		}
	}
	return high
}

// dayValue returns the figure of a day, if there is one.
func dayValue(r *row.Day) (int64, bool) {
	if r == nil {
		return 0, false
	}
	return r.Value.Get()
}

// levelOf returns the class of a value.
func levelOf(n int64) int {
	level := 0
	for i, low := range levels {
		if n >= low {
			level = i
		}
	}
	return level
}

// alt says what the picture shows to those who do not see it.
func alt(year int, high *row.Day) string {
	text := fmt.Sprintf("Calendar of the days of %d.", year)
	if n, ok := dayValue(high); ok {
		text += fmt.Sprintf(" Highest: %s on %s.", wording.Thousands(n), wording.DayMonth(high.Date))
	}
	return text
}
