package compare

import (
	"time"

	"crossings/pipeline/stat"
)

// Day is one day of a daily series and its running figures.
type Day struct {
	Date  stat.Date
	Value stat.Count
	// Mean7 is the mean of the seven days that end on Date. It is missing if one of them is.
	Mean7 Float
	// Cumulative is the sum from 1 January to Date. It is missing from the year's first
	// missing day. PriorCumulative is the sum by the same calendar date of the year before;
	// for 29 February, by 28 February.
	Cumulative, PriorCumulative stat.Count
	Status                      stat.Status // of Value
}

// meanDays is the length of the trailing mean: one week, so that every weekday counts once.
const meanDays = 7

// DailyPath returns every day of coverage, oldest first, including days that no observation
// states. It returns nil for a series that is not daily. A stock has neither means nor
// cumulatives. The days of a range have no values, because a range is not shared out by days.
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

// accumulate sets the running figures of consecutive days:
//
//	mean7(d)      = (value(d−6) + … + value(d)) ÷ 7
//	cumulative(d) = Σ value from 1 January of d's year to d
func accumulate(days []Day) {
	first := days[0].Date
	var year stat.Count // missing before the first 1 January in coverage
	var week int64      // the sum of the known values of the last seven days
	run := 0            // the number of known days in a row up to the day
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
			oldest, _ := days[i-meanDays].Value.Get()
			week -= oldest
		}
		if run++; !known {
			run = 0
		}
		if run >= meanDays {
			d.Mean7 = KnownFloat(float64(week) / meanDays)
		}
	}
}

// Slot is one day of a year laid out over 366 days.
type Slot struct {
	Value    stat.Count // cumulative from 1 January, missing as in Day
	Repeated bool       // 29 February of a common year, shown as [z]
}

// Slots returns the cumulative of a year by month and day. Element i is slot i+1, and 1 March
// is slot 61 in every year. In a common year, slot 60 (29 February) repeats the cumulative of
// 28 February. Days outside coverage are missing. All days are missing for a stock and for a
// series that is not daily.
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
