package figure

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/plot"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// leapSlot is the index of 29 February in a year of 366 days.
const leapSlot = 59

// yearPath is the running sum of one year, keyed by month and day.
type yearPath struct {
	year  int
	slots [366]slot
}

// slot is the running sum on one month and day.
type slot struct {
	n        int64
	known    bool
	repeated bool // 29 February of a common year
	status   stat.Status
}

// text writes the slot for people.
func (s slot) text(all statusSet) string {
	switch {
	case s.repeated && s.known:
		return all.mark(wording.Thousands(s.n), s.status) + " " + wording.MarkNotApplicable
	case s.repeated:
		return wording.MarkNotApplicable
	case !s.known:
		return wording.MarkNotAvailable
	}
	return all.mark(wording.Thousands(s.n), s.status)
}

// cumulative draws the running sum of every year over 366 days.
func cumulative(index *content.Index, c charts.Chart) drawing {
	paths, cutoff := yearPaths(index, c.Series[0])
	if n := c.Window.Months() / 12; n > 0 && len(paths) > n {
		paths = paths[len(paths)-n:]
	}
	if len(paths) == 0 {
		return drawing{}
	}
	d := drawing{cutoff: cutoff, statuses: statusSet{}, plot: cumulativePlot(paths, c.Unit)}
	for _, p := range paths {
		for _, s := range p.slots {
			if s.known {
				d.statuses.add(s.status)
			}
		}
	}
	first, last := paths[0].year, paths[len(paths)-1].year
	title := index.Title(c.Series[0])
	d.shows = fmt.Sprintf("%s: running total from 1 January of each year, %d to %d, in %s. The years are aligned by calendar date.", title, first, last, index.Unit(c.Series[0]))
	d.says = onSameDate(paths[max(len(paths)-2, 0):], cutoff)
	d.alt = fmt.Sprintf("Line chart. %s, running total from 1 January of each year. %s", title, onSameDate(paths, cutoff))
	d.table = cumulativeTable(paths, cutoff, d.statuses, allSlots())
	d.table.Caption = fmt.Sprintf("%s, running total from 1 January to each date, by year.%s%s", title, d.statuses.sentence(), repeatedNote)
	extract := cumulativeTable(paths, cutoff, d.statuses, monthEnds(cutoff))
	extract.Title = "Extract: " + extract.Title
	extract.Caption = fmt.Sprintf("Extract, month ends and cut-off only. %s, running total from 1 January to each date, by year.%s%s", title, d.statuses.sentence(), repeatedNote)
	d.extract = &extract
	return d
}

const repeatedNote = " Where a year has no 29 February, the figure of 28 February is repeated and marked " + wording.MarkNotApplicable + "."

// yearPaths returns the years that have figures, oldest first, and the last day with one.
func yearPaths(index *content.Index, id stat.SeriesID) ([]*yearPath, stat.Date) {
	rows := index.Daily.Of(id)
	slices.SortStableFunc(rows, func(a, b *row.Day) int { return cmp.Compare(a.Date, b.Date) })
	years := map[int]*yearPath{}
	var cutoff stat.Date
	worst := map[int]stat.Status{} // of the year so far
	for _, r := range rows {
		n, known := r.Cumulative.Get()
		if !known {
			continue
		}
		y := r.Date.Year()
		if years[y] == nil {
			years[y] = &yearPath{year: y}
		}
		worst[y] = stat.Worst(worst[y], r.Status)
		years[y].slots[r.Date.Slot()-1] = slot{n: n, known: true, status: worst[y]}
		cutoff = max(cutoff, r.Date)
	}
	var paths []*yearPath
	for _, y := range slices.Sorted(maps.Keys(years)) {
		p := years[y]
		if !stat.IsLeap(y) {
			p.slots[leapSlot] = p.slots[leapSlot-1]
			p.slots[leapSlot].repeated = true
		}
		paths = append(paths, p)
	}
	return paths, cutoff
}

// cumulativePlot draws the latest year strong, the year before in ink, and older years as context. Each
// line has its year at its end.
func cumulativePlot(paths []*yearPath, unit string) plot.Plot {
	p := plot.Plot{Unit: unit, EndLabels: true}
	for i := range 366 {
		p.Categories = append(p.Categories, slotName(i))
	}
	for i, y := range paths {
		t := plot.Trace{Name: strconv.Itoa(y.year), Colour: plot.Faint, Width: 1.5, Dash: "solid"}
		switch len(paths) - i {
		case 1:
			t.Colour, t.Width = plot.Strong, 3.5
		case 2:
			t.Colour, t.Width = plot.Ink, 2.2
		}
		for _, s := range y.slots {
			if s.known {
				t.Values = append(t.Values, s.n)
			} else {
				t.Values = append(t.Values, nil)
			}
		}
		p.Traces = append(p.Traces, t)
	}
	return p
}

// cumulativeTable lists the slots, the latest year first.
func cumulativeTable(paths []*yearPath, cutoff stat.Date, all statusSet, slots []int) listing.Table {
	t := listing.Table{Title: "Running total by date and year", Head: []string{"Date"}}
	for _, p := range slices.Backward(paths) {
		t.Head = append(t.Head, strconv.Itoa(p.year))
	}
	for _, i := range slots {
		row := listing.Row{Name: slotName(i)}
		if i == cutoff.Slot()-1 {
			row.Name += " (cut-off)"
		}
		for _, p := range slices.Backward(paths) {
			row.Cells = append(row.Cells, p.slots[i].text(all))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// onSameDate says the totals by the cut-off's month and day, latest year first, because a part of a
// year is never compared with a whole one.
func onSameDate(paths []*yearPath, cutoff stat.Date) string {
	var parts []string
	for _, p := range slices.Backward(paths) {
		if s := p.slots[cutoff.Slot()-1]; s.known {
			parts = append(parts, fmt.Sprintf("%s in %d", wording.Thousands(s.n), p.year))
		}
	}
	return "By " + wording.DayMonth(cutoff) + ": " + strings.Join(parts, ", ") + "."
}

// slotDay returns the day of a slot in a leap year.
func slotDay(i int) stat.Date { return stat.NewDate(2024, time.January, 1).AddDays(i) }

func slotName(i int) string { return wording.DayMonth(slotDay(i)) }

func allSlots() []int {
	slots := make([]int, 366)
	for i := range slots {
		slots[i] = i
	}
	return slots
}

// monthEnds returns the slots of the last day of each month and of the cut-off.
func monthEnds(cutoff stat.Date) []int {
	slots := []int{cutoff.Slot() - 1}
	for m := time.January; m <= time.December; m++ {
		slots = append(slots, stat.NewDate(2024, m, 1).MonthEnd().Slot()-1)
	}
	slices.Sort(slots)
	return slices.Compact(slots)
}
