// Package yearly draws figures of years that are ranges, with the part of the year that is not over,
// and rates of years with their intervals. Both are pictures without the chart library: every number in
// them is a cell of a published table.
package yearly

import (
	"fmt"
	"html/template"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Picture is one picture in two shapes, for wide and for narrow columns, with what its marks mean.
type Picture struct {
	Wide, Narrow template.HTML // "" if there is nothing to draw
	Key          string
}

// year is a year of a series.
type year struct {
	year         int
	lower, value stat.Count // people found dead, and these and the missing, which is the upper end
	sameDate     stat.Count // the value to the date to which the part year is known
	part         bool       // whether the year is known only to a date
}

// String says the figure with its range.
func (y year) String() string {
	return wording.Figure{Value: y.value, Lower: y.lower, Upper: y.value, AtLeast: true}.String()
}

// Years draws the whole years of a series of ranges. The newest year, if the series of its months knows
// a part of it, is hatched, and each other year has a line at the same date.
func Years(index *content.Index, id stat.SeriesID) Picture {
	var all []year
	for _, r := range index.YearOnYear.Of(id) {
		if r.Basis == "year" && r.Value.IsKnown() && wording.IsRange(r.Lower, r.Upper) {
			if r.Upper != r.Value {
				return Picture{} // the pale part would not end at the value
			}
			all = append(all, year{year: r.PeriodStart.Year(), lower: r.Lower, value: r.Value})
		}
	}
	if len(all) == 0 {
		return Picture{}
	}
	last := all[len(all)-1]
	part := addPart(index, &all, stat.SeriesID(strings.Replace(string(id), ":A", ":M", 1)))
	p := Picture{Key: fmt.Sprintf("%d: %s. ", last.year, last) + "Solid: found dead. Pale: missing and presumed dead. Neither end is an estimate of all deaths."}
	label := fmt.Sprintf("%s: whole years from %d to %d.", index.Title(id), all[0].year, all[len(all)-1].year)
	if part != nil {
		to := wording.DayMonth(part.Cutoff)
		p.Key += fmt.Sprintf(" Hatched: %d, known only to %s. Line across a year: its value to %s.", part.Year, to, to)
		label = fmt.Sprintf("%s: whole years from %d to %d, and %d to %s.", index.Title(id), all[0].year, part.Year-1, part.Year, to)
	}
	for _, y := range all {
		label += fmt.Sprintf(" %d: %s.", y.year, y)
	}
	p.Wide, p.Narrow = drawYears(all, wide, label), drawYears(all, narrow, label)
	return p
}

// addPart adds the newest year to date to whole years, and to these their values to the same date. It
// returns the row of the part year, or nil if no year is known in part.
func addPart(index *content.Index, all *[]year, months stat.SeriesID) *row.YearToDate {
	rows := index.YearToDate.Of(months)
	if len(rows) == 0 {
		return nil
	}
	newest := rows[0]
	for _, r := range rows {
		if r.Year > newest.Year {
			newest = r
		}
	}
	last := (*all)[len(*all)-1].year
	if newest.Year != last+1 || !newest.Value.IsKnown() || newest.Cutoff == stat.Year(newest.Year).End {
		return nil
	}
	for _, r := range rows {
		for i := range *all {
			if (*all)[i].year == r.Year {
				(*all)[i].sameDate = r.Value
			}
		}
	}
	*all = append(*all, year{year: newest.Year, lower: newest.Lower, value: newest.Value, part: true})
	return newest
}

// drawYears draws years as bars from zero: solid to the lower end, pale to the value.
func drawYears(all []year, s shape, label string) template.HTML {
	var top int64
	for _, y := range all {
		n, _ := y.value.Get()
		top = max(top, n)
	}
	c := newCanvas(s, float64(top), len(all), label)
	for i, y := range all {
		value, _ := y.value.Get()
		lower, known := y.lower.Get()
		if !known {
			lower = value
		}
		if y.part {
			c.hatched(i, float64(value))
		} else {
			c.bar(i, float64(lower), float64(value), "missing")
			c.bar(i, 0, float64(lower), "dead")
		}
		if n, known := y.sameDate.Get(); known {
			c.across(i, float64(n))
		}
		c.label(i, float64(value), wording.Thousands(value))
		c.year(i, y.year, len(all))
	}
	return c.done()
}
