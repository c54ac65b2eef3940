package sitetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/source/all"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// addCharted adds made-up figures for each series and each rate that a chart names and that the site
// does not have yet. So the tests draw a chart as soon as charts.txt has it.
func addCharted(t testing.TB, s *content.Site, tables map[string]*table.Table) {
	t.Helper()
	for _, c := range s.Charts {
		for _, id := range c.Series {
			if !slices.ContainsFunc(s.Series, func(x stat.Series) bool { return x.ID == id }) {
				addFigures(t, s, tables, describe(t, c, id), "2019-01-07", "2026-05-31", plain(func(i int) int64 { return int64(100 + 7*(i%23)) }))
			}
		}
		if c.Comparison == charts.YearOnYear && !hasYears(tables["year-on-year"], c.Series[0]) { // the series began this year
			Put(tables["year-on-year"], table.Text(string(c.Series[0])), table.Text("year"), Day("2025-01-01"), Day("2025-12-31"), table.Int(700), table.Count(stat.Count{}),
				table.Count(stat.Count{}), table.Float(0, false), table.Text("P"), Day("2026-06-20"))
		}
		if c.Comparison == charts.Ranking {
			addParts(tables["breakdowns"], c)
		}
		if c.Comparison == charts.Ratio && !hasMonths(tables["rates"], c.Rate) {
			for month := range time.Month(24) {
				d := stat.NewDate(2024, 6+month, 1)
				Put(tables["rates"], table.Text(c.Rate), table.Text(string(c.Series[0])), table.Text(string(c.Series[1])), table.Day(d), table.Day(d.MonthEnd()),
					table.Float(10+float64(month), true), table.Float(0, false), table.Float(0, false), table.Text(""))
			}
		}
	}
}

// addParts adds made-up parts of a total for a ranking: more than it draws, and some of whom nothing
// is stated.
func addParts(t *table.Table, c charts.Chart) {
	basis, start, end := "year-ending", stat.NewDate(2025, 4, 1), stat.NewDate(2026, 3, 31)
	add := func(code, label string, value, prior, rank int64) {
		r := row.Breakdown{Series: c.Series[0], Dimension: c.Dimension, Code: code, Label: label, Basis: basis, PeriodStart: start, PeriodEnd: end, Value: stat.Known(value),
			PriorValue: stat.Known(prior), Change: stat.Known(value - prior), SharePercent: row.Num(float64(value)/10, true), Status: stat.Normal, Vintage: stat.NewDate(2026, 5, 28)}
		if rank > 0 {
			r.Rank = stat.Known(rank)
		}
		row.Add(t, r)
	}
	add(stat.Total, "total", 1000, 900, 0)
	for i := range int64(12) {
		add(fmt.Sprintf("x-%c", 'a'+i), fmt.Sprintf("Part %c", 'A'+i), 70-i, 60+i, i+1)
	}
	add(stat.Unknown, "unknown", 50, 0, 0)
}

// describe returns a series of a chart as its source describes it. If no source does, the series has
// what its identifier and the chart say.
func describe(t testing.TB, c charts.Chart, id stat.SeriesID) stat.Series {
	t.Helper()
	for _, x := range all.Sources {
		if found := x.FindSeries(id); found != nil {
			s := *found
			s.One, s.Many = "", "" // a headline would change what pages that the tests read begin with
			return s
		}
	}
	kind := stat.Flow
	if c.Comparison == charts.Level {
		kind = stat.Stock
	}
	s := madeUp(t, id, kind, c.Title)
	s.Unit = c.Unit
	return s
}

// hasYears reports whether the table year-on-year has a whole year of a series.
func hasYears(t *table.Table, id stat.SeriesID) bool {
	series, basis := t.Schema.Index("series"), t.Schema.Index("basis")
	return slices.ContainsFunc(t.Rows, func(row []table.Cell) bool {
		return row[series].String() == string(id) && row[basis].String() == "year"
	})
}

// hasMonths reports whether the table of rates has a month of a rate.
func hasMonths(rates *table.Table, name string) bool {
	rate, start, end := rates.Schema.Index("rate"), rates.Schema.Index("period_start"), rates.Schema.Index("period_end")
	return slices.ContainsFunc(rates.Rows, func(row []table.Cell) bool {
		first, err := stat.ParseDate(row[start].String())
		return err == nil && row[rate].String() == name && row[end].String() == first.MonthEnd().String()
	})
}

// Option is what the tests read of a chart's option.
type Option struct {
	XAxis  []struct{ Data []string }
	YAxis  []struct{ Data []string } // of bars from left to right
	Series []struct {
		Name, Type string
		Data       []*float64
	}
	Tooltip struct{ RenderMode string }
}

// Categories returns the texts of the axis that has them.
func (o Option) Categories() []string {
	if len(o.XAxis[0].Data) > 0 {
		return o.XAxis[0].Data
	}
	return o.YAxis[0].Data
}
