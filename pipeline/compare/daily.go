package compare

import (
	"time"

	"crossings/pipeline/stat"
)

// Day is one day of a daily series with its running figures.
type Day struct {
	Date  stat.Date
	Value stat.Count
	// Mean7 is the trailing mean of the seven days ending on Date, missing
	// where one of them is.
	Mean7 Float
	// Cumulative is the sum from 1 January to Date, missing from the year's
	// first missing day on. PriorCumulative is that of the same calendar date
	// of the year before; 29 February takes 28 February's.
	Cumulative, PriorCumulative stat.Count
	Status                      stat.Status // of Value
}

// meanDays is the length of the trailing mean, a week whatever day it ends on.
const meanDays = 7

// DailyPath returns every day of coverage, oldest first, days that the
// observations leave out included. It returns nil for a series that is not
// daily. A stock has neither means nor cumulatives. The days of a range have
// no value of their own: nothing is allocated to them.
func DailyPath(p *Path) []Day {
	first, last := p.Coverage()
	if p.freq != stat.Daily || first.IsZero() {
		return nil
	}
	out := make([]Day, last-first+1)
	for i := range out {
		out[i] = Day{Date: first.AddDays(i), Status: stat.Missing}
	}
	for _, o := range p.obs {
		if o.Period.Days() == 1 {
			day := &out[o.Period.Start-first]
			day.Value, day.Status = o.Value, o.Status
		}
	}
	if !p.isStock() {
		accumulate(out)
	}
	return out
}

// accumulate fills in the running figures of consecutive days:
//
//	mean7(d)      = (value(d−6) + … + value(d)) ÷ 7
//	cumulative(d) = Σ value from 1 January of d's year to d
func accumulate(days []Day) {
	first := days[0].Date
	var year stat.Count // missing until a 1 January is in coverage
	var week int64      // the sum of the known values of the last seven days
	run := 0            // known days in a row up to the day
	for i := range days {
		d := &days[i]
		if _, m, day := d.Date.YMD(); m == time.January && day == 1 {
			year = stat.Known(0)
		}
		year = year.Add(d.Value)
		d.Cumulative = year
		if before := d.Date.AddYears(-1); before >= first {
			d.PriorCumulative = days[before-first].Cumulative
		}
		n, known := d.Value.Get()
		week += n
		if i >= meanDays {
			gone, _ := days[i-meanDays].Value.Get()
			week -= gone
		}
		if run++; !known {
			run = 0
		}
		if run >= meanDays {
			d.Mean7 = KnownFloat(float64(week) / meanDays)
		}
	}
}

// Slot is one place of a year of 366 days.
type Slot struct {
	Value    stat.Count // cumulative from 1 January, missing as in Day
	Repeated bool       // 29 February of a common year, shown as [z]
}

// Slots returns the cumulative of a year keyed by month and day: element i is
// slot i+1, and 1 March is slot 61 in every year. In a common year slot 60, the
// 29 February that it does not have, repeats 28 February's cumulative. Days
// outside coverage are missing, as is all of a series that is not daily or a
// stock.
func Slots(p *Path, year int) [366]Slot {
	var out [366]Slot
	whole := stat.Year(year)
	cumulative := stat.Known(0)
	for d := whole.Start; d <= whole.End; d++ {
		value, _ := p.on(d)
		if p.freq != stat.Daily || p.isStock() {
			value = stat.Count{}
		}
		cumulative = cumulative.Add(value)
		out[d.Slot()-1].Value = cumulative
	}
	if leap := stat.NewDate(2024, time.February, 29).Slot() - 1; !stat.IsLeap(year) {
		out[leap] = Slot{Value: out[leap-1].Value, Repeated: true}
	}
	return out
}
