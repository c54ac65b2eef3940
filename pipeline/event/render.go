package event

import (
	"strconv"

	"crossings/pipeline/atomicfile"
)

// firstSlot is the place of the first day of each month in a year of 366 days.
var firstSlot = [13]int{1: 0, 2: 31, 3: 60, 4: 91, 5: 121, 6: 152, 7: 182, 8: 213, 9: 244, 10: 274, 11: 305, 12: 335}

const leapSlot = 59 // 29 February

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// yearStart returns the days from 1970 to 1 January of a year.
func yearStart(year int) int64 {
	y := int64(year - 1)
	return y*365 + y/4 - y/100 + y/400 - 719162
}

// slotOf returns the place of a day in its year of 366 days.
func slotOf(day int64, year int) int {
	slot := int(day - yearStart(year))
	if slot >= leapSlot && !leap(year) {
		slot++
	}
	return slot
}

// dayOf is slotOf turned round.
func dayOf(year, slot int) int64 {
	if slot > leapSlot && !leap(year) {
		slot--
	}
	return yearStart(year) + int64(slot)
}

// renderer is one worker's state while it writes a month: sums by key.
type renderer struct {
	ytd, prior, seven []int64
	out               []byte
}

// write writes the comparisons of a month.
func (c *comparer) write(worker int, m month) error {
	r := &c.rendering[worker]
	n := len(c.keys)
	now, before := c.years[m.year], c.years[m.year-1]
	r.ytd, r.prior, r.seven = sized(r.ytd, n), sized(r.prior, n), sized(r.seven, n)
	start := firstSlot[m.month]
	c.begin(r, m, start)
	r.out = append(r.out[:0], c.header...)
	end := 366
	if m.month < 12 {
		end = firstSlot[m.month+1]
	}
	for slot := start; slot < end; slot++ {
		if slot == leapSlot && !leap(m.year) {
			// The day before, 28 February, had 28 February to be compared with.
			// What the year before had on the 29th counts from 1 March on.
			add(r.prior, before[slot*n:])
			continue
		}
		day := dayOf(m.year, slot)
		add(r.ytd, now[slot*n:])
		add(r.seven, now[slot*n:])
		c.subtract(r.seven, day-7)
		if slot != leapSlot {
			add(r.prior, before[slot*n:])
		}
		if day >= c.first && day <= c.last {
			c.day(r, m.year, slot, now[slot*n:][:n])
		}
	}
	path := m.path()
	f, err := atomicfile.Create(local(c.dir, path))
	if err != nil {
		return err
	}
	if _, err := f.Write(r.out); err != nil {
		f.Abort()
		return err
	}
	if err := f.Commit(c.durable); err != nil {
		return err
	}
	return nil
}

// begin sums up what is before the month: the year to date, the same of the
// year before, and the last seven days.
func (c *comparer) begin(r *renderer, m month, start int) {
	n := len(c.keys)
	clear(r.ytd)
	clear(r.prior)
	clear(r.seven)
	for slot := range start {
		add(r.ytd, c.years[m.year][slot*n:])
		add(r.prior, c.years[m.year-1][slot*n:])
	}
	first := dayOf(m.year, start)
	for day := first - 7; day < first; day++ {
		if sums := c.sums(day); sums != nil {
			add(r.seven, sums)
		}
	}
}

// sums returns the sums of a day of the year that is written or the one before.
func (c *comparer) sums(day int64) []int64 {
	year := monthOf(day).year
	sums := c.years[year]
	if sums == nil {
		return nil
	}
	return sums[slotOf(day, year)*len(c.keys):]
}

func (c *comparer) subtract(to []int64, day int64) {
	if sums := c.sums(day); sums != nil {
		for i, v := range sums[:len(to)] {
			to[i] -= v
		}
	}
}

func add(to, sums []int64) {
	for i, v := range sums[:len(to)] {
		to[i] += v
	}
}

// day appends the rows of one day.
func (c *comparer) day(r *renderer, year, slot int, sums []int64) {
	day := dayOf(year, slot)
	date := appendDate(nil, day)
	covered, prior := yearStart(year) >= c.first, yearStart(year-1) >= c.first
	out := r.out
	for k, v := range sums {
		out = append(out, date...)
		out = append(out, c.prefixes[k]...)
		out = appendInt(out, v)
		out = append(out, ',')
		if covered {
			out = appendInt(out, r.ytd[k])
		}
		if prior {
			out = appendPrior(out, r.ytd[k], r.prior[k])
		} else {
			out = append(out, ",,,,"...)
		}
		out = appendInt(out, r.seven[k]*1000/7)
		out = append(out, '\n')
	}
	r.out = out
}

// appendPrior appends the year before, the difference and the percentage, each with a comma
// around it.
func appendPrior(out []byte, ytd, prior int64) []byte {
	out = append(out, ',')
	out = appendInt(out, prior)
	out = append(out, ',')
	out = appendInt(out, ytd-prior)
	out = append(out, ',')
	if prior > 0 {
		out = appendInt(out, (ytd-prior)*10000/prior)
	}
	return append(out, ',')
}

// appendDate appends a day as YYYY-MM-DD.
func appendDate(b []byte, day int64) []byte {
	m := monthOf(day)
	d := int(day-dayOf(m.year, firstSlot[m.month])) + 1
	return append(b, byte('0'+m.year/1000), byte('0'+m.year/100%10), byte('0'+m.year/10%10), byte('0'+m.year%10), '-',
		byte('0'+m.month/10), byte('0'+m.month%10), '-', byte('0'+d/10), byte('0'+d%10))
}

const twoDigits = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"

// appendInt is strconv.AppendInt with a short way for the numbers of four digits and
// fewer that most are.
func appendInt(b []byte, v int64) []byte {
	if v < 0 {
		if v == -v { // the least number has no opposite
			return strconv.AppendInt(b, v, 10)
		}
		b, v = append(b, '-'), -v
	}
	switch {
	case v < 10:
		return append(b, byte('0'+v))
	case v < 100:
		return append(b, twoDigits[2*v], twoDigits[2*v+1])
	case v < 1000:
		q := v / 100
		r := v - 100*q
		return append(b, byte('0'+q), twoDigits[2*r], twoDigits[2*r+1])
	case v < 10000:
		q := v / 100
		r := v - 100*q
		return append(b, twoDigits[2*q], twoDigits[2*q+1], twoDigits[2*r], twoDigits[2*r+1])
	}
	return strconv.AppendInt(b, v, 10)
}
