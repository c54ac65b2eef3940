// Package months draws the months of each year as a panel of its own, all on one scale. The figures are
// those of the table year-on-year; a month that is not over is hatched.
package months

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/finding"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Panels are the months of each year of a series.
type Panels struct {
	Title string // the finding, or what is shown
	Shows string
	Rests []content.RowLink // the rows that the finding rests on
	Years []Panel           // the oldest first
	Table listing.Table     // exactly what is drawn but for the part of a month
}

// fewest is how many years there must be for panels.
const fewest = 3

// year is what is known of the months of one year.
type year struct {
	year   int
	months [12]*row.YearOnYear // nil if nothing is known
	part   int                 // the month that is not over, or 0
	value  int64               // of its days up to the last one known
}

// short returns a title without what the panels show anyway, or their label says.
func short(title string) string {
	for _, end := range []string{", by month", ", at least"} {
		title = strings.TrimSuffix(title, end)
	}
	return title
}

// New returns the panels of a series. It has no years if the series has fewer than three years of months.
func New(index *content.Index, id stat.SeriesID) Panels {
	years, last := yearsOf(index, id)
	if len(years) < fewest {
		return Panels{}
	}
	through, part := last, partOf(index, id, last)
	if n := len(years); part.part > 0 && years[n-1].year == part.year {
		years[n-1].part, years[n-1].value = part.part, part.value
	} else if part.part > 0 {
		years = append(years, part)
	}
	title := short(index.Title(id))
	first, newest := years[0].year, years[len(years)-1].year
	p := Panels{Title: title + ", month by month"}
	if f := finding.Months(index, id); f.Text != "" {
		p.Title, p.Rests = f.Text, index.RowLinks(f.Rows)
	}
	p.Shows = fmt.Sprintf("%s: %s in each month, %d to %s, on one scale.", title, wording.UnitText(index.Unit(id)), first, wording.MonthYear(through))
	if part.part > 0 {
		p.Shows += fmt.Sprintf(" %s is not over, so it is hatched.", wording.MonthYear(stat.NewDate(part.year, time.Month(part.part), 1)))
	}
	top, stopped := highest(years), index.Stopped(id)
	for _, y := range years {
		class := "past"
		switch {
		case y.year == newest && !stopped:
			class = "now"
		case y.year == newest, y.year == newest-1 && !stopped:
			class = "before"
		}
		p.Years = append(p.Years, y.panel(class, top))
	}
	p.Table = tableOf(index, id, years)
	return p
}

// yearsOf returns the years of the known months of a series in order, without gaps, and the last day of
// the newest month.
func yearsOf(index *content.Index, id stat.SeriesID) (years []year, last stat.Date) {
	byYear := map[int]*year{}
	for _, r := range index.YearOnYear.Of(id) {
		if r.Basis != "month" || !r.Value.IsKnown() {
			continue
		}
		y := r.PeriodStart.Year()
		if byYear[y] == nil {
			byYear[y] = &year{year: y}
		}
		byYear[y].months[r.PeriodStart.Month()-1] = r
		last = max(last, r.PeriodEnd)
	}
	if last.IsZero() {
		return nil, last
	}
	first := last.Year()
	for y := range byYear {
		first = min(first, y)
	}
	for y := first; y <= last.Year(); y++ {
		if byYear[y] == nil {
			byYear[y] = &year{year: y}
		}
		years = append(years, *byYear[y])
	}
	return years, last
}

// partOf returns the month after the last whole one as far as its days are known, if the series is daily.
func partOf(index *content.Index, id stat.SeriesID, last stat.Date) (y year) {
	start := last.AddDays(1)
	next := start
	for _, r := range index.Daily.Of(id) {
		if r.Date != next {
			continue
		}
		n, known := r.Value.Get()
		if !known || r.Date.MonthStart() != start {
			break
		}
		y.year, y.part, y.value = start.Year(), int(start.Month()), y.value+n
		next = next.AddDays(1)
	}
	return y
}

// highest returns the highest value of all months.
func highest(years []year) (top int64) {
	for _, y := range years {
		for _, r := range y.months {
			if r != nil {
				n, _ := r.Value.Get()
				top = max(top, n)
			}
		}
		top = max(top, y.value)
	}
	return top
}

// tableOf returns the whole months as a table, a row for each year, the newest first.
func tableOf(index *content.Index, id stat.SeriesID, years []year) listing.Table {
	t := listing.Table{Title: "Months: " + index.Title(id), Head: []string{"Year"}, Caption: fmt.Sprintf("%s, in %s, in each whole month, the newest year first.", index.Title(id), index.Unit(id))}
	for m := time.January; m <= time.December; m++ {
		t.Head = append(t.Head, m.String()[:3])
	}
	for _, y := range years {
		line := listing.Row{Name: strconv.Itoa(y.year)}
		for _, r := range y.months {
			text := wording.MarkNotAvailable
			if r != nil {
				text = wording.Count(r.Value)
			}
			line.Cells = append(line.Cells, text)
		}
		t.Rows = append(t.Rows, line)
	}
	slices.Reverse(t.Rows)
	return t
}
