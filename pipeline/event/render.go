package event

import (
	"fmt"
	"io"
	"strconv"

	"crossings/pipeline/atomicfile"
)

// flushAt is how many bytes of rows are written at a time: few enough to be
// still in the cache when the system copies them.
const flushAt = 128 << 10

// renderer is one worker's state while it writes a month: sums by key.
type renderer struct {
	ytd, prior, seven []int64
	out               []byte
	index             []uint32
}

// write writes the comparisons of a month. A day is compared with the same
// place in the month of the year before; 29 February has none there, so that
// what is compared stays what it was on the 28th.
func (c *comparer) write(worker int, m month) error {
	r := &c.rendering[worker]
	n := len(c.keys)
	now, prior, last := c.sums[m], c.sums[month{m.year - 1, m.month}], c.sums[m.before()]
	r.ytd, r.prior, r.seven = sized(r.ytd, n), sized(r.prior, n), sized(r.seven, n)
	clear(r.ytd)
	clear(r.prior)
	clear(r.seven)
	copy(r.ytd, c.carry(m.before(), m.year))
	copy(r.prior, c.carry(month{m.year - 1, m.month}.before(), m.year-1))
	lastDays := m.before().days()
	for d := lastDays - 7; d < lastDays; d++ {
		add(r.seven, last[d*n:])
	}
	f, err := atomicfile.Create(local(c.dir, m.path()))
	if err != nil {
		return err
	}
	r.out = append(r.out[:0], c.header...)
	for d := range m.days() {
		add(r.ytd, now[d*n:])
		add(r.prior, prior[d*n:])
		add(r.seven, now[d*n:])
		if d >= 7 {
			subtract(r.seven, now[(d-7)*n:])
		} else {
			subtract(r.seven, last[(lastDays+d-7)*n:])
		}
		if day := m.start() + int64(d); day >= c.first && day <= c.last {
			if err := c.day(r, f, m, d, now[d*n:][:n]); err != nil {
				f.Abort()
				return err
			}
		}
	}
	if _, err := f.Write(r.out); err != nil {
		f.Abort()
		return err
	}
	return f.Commit(c.durable)
}

func subtract(to, sums []int64) {
	for i, v := range sums[:len(to)] {
		to[i] -= v
	}
}

func add(to, sums []int64) {
	for i, v := range sums[:len(to)] {
		to[i] += v
	}
}

// day appends the rows of one day, d days into the month.
func (c *comparer) day(r *renderer, f io.Writer, m month, d int, sums []int64) error {
	date := fmt.Appendf(nil, "%s-%02d", m.name(), d+1)
	covered, prior := month{m.year, 1}.start() >= c.first, month{m.year - 1, 1}.start() >= c.first
	out := r.out
	for k, v := range sums {
		if len(out) > flushAt {
			if _, err := f.Write(out); err != nil {
				return err
			}
			out = out[:0]
		}
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
	return nil
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
