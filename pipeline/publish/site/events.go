package site

import (
	"fmt"
	"strings"

	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/stat"
)

// markedEvent is an event as it is listed below a chart that marks it.
type markedEvent struct {
	Label                     string // beside its mark in the chart
	Date, Title, Source, Note string
}

// mark adds to a drawing the events that fall within it, and returns them, oldest
// first. Those that fall on one category share a mark.
func (b *builder) mark(d *drawing) []markedEvent {
	var out []markedEvent
	var texts []string
	for _, e := range b.site.Events {
		i, ok := d.category(e.Date)
		if !ok {
			continue
		}
		m := markedEvent{eventLabel(len(out)), e.Date.Long(), e.Title, e.Source, e.Note}
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

// category returns the place of a day on the axis: that of the period that it is
// in, or of the first date of a stock that is not before it. A day outside has
// none.
func (d *drawing) category(day stat.Date) (int, bool) {
	if len(d.days) == 0 || day < d.days[0] || day > d.cutoff {
		return 0, false
	}
	i := 0
	for i+1 < len(d.days) && d.days[i+1] <= day {
		i++
	}
	if d.stock && d.days[i] < day {
		i++ // there is one: the last date is the cut-off
	}
	return i, true
}

// eventLabel names the events of a chart by letters, which have room where words
// have not, and by numbers after the last of them.
func eventLabel(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return fmt.Sprint(i + 1)
}
