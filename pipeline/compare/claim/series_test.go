package claim

import (
	"testing"
	"time"

	"crossings/pipeline/compare"
	"crossings/pipeline/stat"
)

// madeOf makes a series of consecutive periods; step returns the period after one.
func madeOf(t testing.TB, id stat.SeriesID, kind stat.Kind, period stat.Period, step func(stat.Period) stat.Period, values ...stat.Count) Series {
	t.Helper()
	return seriesOf(t, &stat.Series{ID: id, Kind: kind}, period, step, values...)
}

func seriesOf(t testing.TB, s *stat.Series, period stat.Period, step func(stat.Period) stat.Period, values ...stat.Count) Series {
	t.Helper()
	var list []stat.Observation
	for _, v := range values {
		o := stat.Observation{Series: s, Period: period, Value: v, Status: stat.Normal}
		if !v.IsKnown() {
			o.Status = stat.Missing
		}
		list, period = append(list, o), step(period)
	}
	p, err := compare.NewPath(s, list)
	if err != nil {
		t.Fatal(err)
	}
	return Series{Path: p, AsOf: stat.MustDate("2026-01-02")}
}

func nextDay(p stat.Period) stat.Period     { return stat.Day(p.End.AddDays(1)) }
func nextWeek(p stat.Period) stat.Period    { return stat.WeekEnding(p.End.AddDays(7)) }
func nextQuarter(p stat.Period) stat.Period { return stat.QuarterOf(p.End.AddDays(1)) }
func nextMonth(p stat.Period) stat.Period {
	y, m, _ := p.Start.YMD()
	return stat.Month(y, m+1)
}

// daily makes a daily flow from the first day on.
func daily(t testing.TB, id stat.SeriesID, first string, values ...stat.Count) Series {
	t.Helper()
	return madeOf(t, id, stat.Flow, stat.Day(stat.MustDate(first)), nextDay, values...)
}

// monthlyArrivals is channelArrivals by month.
const monthlyArrivals stat.SeriesID = "ukho-small-boats:arrivals:M"

// monthly makes a monthly flow from January of a year on.
func monthly(t *testing.T, id stat.SeriesID, year int, values ...stat.Count) Series {
	t.Helper()
	return madeOf(t, id, stat.Flow, stat.Month(year, time.January), nextMonth, values...)
}

// oneTo returns the values 1, 2, … n.
func oneTo(n int) []stat.Count {
	var list []stat.Count
	for i := range n {
		list = append(list, stat.Known(int64(i)+1))
	}
	return list
}
