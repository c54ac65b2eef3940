package figure

import (
	"fmt"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/stat"
)

// Event is an event as it is listed below a chart that marks it.
type Event struct {
	Label                     string // next to its mark in the chart
	Date, Title, Source, Note string
}

// mark adds to a drawing the events that fall within it, and returns them, oldest first. Events in
// one category share a mark.
func (d *drawing) mark(events []charts.Event) []Event {
	var out []Event
	var texts []string
	for _, e := range events {
		i, ok := d.category(e.Date)
		if !ok {
			continue
		}
		m := Event{eventLabel(len(out)), e.Date.Long(), e.Title, e.Source, e.Note}
		out, texts = append(out, m), append(texts, fmt.Sprintf("%s, %s, %s", m.Label, m.Date, m.Title))
		if n := len(d.plot.Marks); n > 0 && d.plot.Marks[n-1].Category == i {
			d.plot.Marks[n-1].Label += ", " + m.Label
			continue
		}
		d.plot.Marks = append(d.plot.Marks, plot.Mark{Category: i, Label: m.Label})
	}
	if len(out) > 0 {
		d.alt += " Dashed lines mark: " + strings.Join(texts, "; ") + "."
	}
	return out
}

// category returns the place of a day on the axis: that of the period that it is in, or of the first
// date of a stock that is not before it. A day outside the axis has none.
func (d *drawing) category(day stat.Date) (int, bool) {
	if len(d.days) == 0 || day < d.days[0] || day > d.cutoff {
		return 0, false
	}
	i := 0
	for i+1 < len(d.days) && d.days[i+1] <= day {
		i++
	}
	if d.stock && d.days[i] < day {
		i++ // it exists, since the last date is the cut-off
	}
	return i, true
}

// eventLabel names the events of a chart by letters, which take less room than words, and by numbers
// after the last letter.
func eventLabel(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return fmt.Sprint(i + 1)
}
