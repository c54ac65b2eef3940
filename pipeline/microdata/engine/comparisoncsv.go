package engine

import (
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"
	"strconv"

	"crossings/pipeline/atomicfile"
)

// flushAt is the number of bytes of rows written at a time: few enough to be still in the cache
// when the system copies them.
const flushAt = 128 << 10

// csvWriter is the state of one worker while it writes a month: sums by key.
type csvWriter struct {
	ytd, prior, seven []int64
	middles           []fixedText // what follows the persons of a row: the years to date and their comparison
	out               []byte
	at                int // offset of the next row in out
	index             []uint32
}

// fixedText is a text that is copied with the bytes behind it: copying a fixed number of bytes
// takes less time than finding out how many there are.
type fixedText struct {
	bytes [96]byte // of a middle: four numbers of up to 20 bytes and five commas
	n     int
}

// put copies the text to an offset of out, where there is room for all bytes, and returns the
// offset after the text.
func (t *fixedText) put(out []byte, at int) int {
	*(*[len(t.bytes)]byte)(out[at:]) = t.bytes
	return at + t.n
}

// write writes the comparisons of a month. A day is compared with the same day of the month a year
// before. 29 February has none, so its comparison stays the one of the 28th.
func (c *comparer) write(worker int, m month) error {
	r := &c.writers[worker]
	n := len(c.keys)
	now, prior, last := c.sums[m], c.sums[month{m.year - 1, m.month}], c.sums[m.before()]
	r.ytd, r.prior, r.seven = sized(r.ytd, n), sized(r.prior, n), sized(r.seven, n)
	clear(r.ytd)
	clear(r.prior)
	clear(r.seven)
	copy(r.ytd, c.carryover(m.before(), m.year))
	copy(r.prior, c.carryover(month{m.year - 1, m.month}.before(), m.year-1))
	lastDays := m.before().days()
	for d := lastDays - 7; d < lastDays; d++ {
		add(r.seven, last[d*n:])
	}
	f, err := atomicfile.Create(local(c.dir, m.path()))
	if err != nil {
		return err
	}
	r.middles = sized(r.middles, n)
	r.out = sized(r.out, flushAt+c.longest)
	r.at = copy(r.out, c.header)
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
			fresh := d == 0 || day == c.first
			if err := c.day(r, f, m, d, now[d*n:][:n], prior[d*n:][:n], fresh); err != nil {
				f.Abort()
				return err
			}
		}
	}
	if _, err := f.Write(r.out[:r.at]); err != nil {
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

// prefixRoom is the capacity that every prefix has. Most are shorter.
const prefixRoom = 48

// putPrefix copies a prefix to an offset of out, and returns the offset after it.
func putPrefix(out []byte, at int, prefix []byte) int {
	if len(prefix) > prefixRoom {
		return at + copy(out[at:], prefix)
	}
	*(*[prefixRoom]byte)(out[at:]) = [prefixRoom]byte(prefix[:prefixRoom])
	return at + len(prefix)
}

// day appends the rows of one day, d days into the month. It makes room for a whole row first, so
// that nothing within the row has to check. A key with neither persons nor any on the same day of
// the year before has the middle of the day before, unless fresh is set: most keys on most days.
func (c *comparer) day(r *csvWriter, f io.Writer, m month, d int, sums, prior []int64, fresh bool) error {
	date := [10]byte(fmt.Appendf(nil, "%s-%02d", m.name(), d+1))
	covered, compared := month{m.year, 1}.start() >= c.first, month{m.year - 1, 1}.start() >= c.first
	n := len(sums)
	prior, ytd, before, seven := prior[:n], r.ytd[:n], r.prior[:n], r.seven[:n]
	middles, prefixes := r.middles[:n], c.prefixes[:n]
	out, at := r.out, r.at
	for k, v := range sums {
		if at > flushAt {
			if _, err := f.Write(out[:at]); err != nil {
				return err
			}
			at = 0
		}
		*(*[10]byte)(out[at:]) = date
		at = putPrefix(out, at+len(date), prefixes[k])
		at = putInt(out, at, v)
		middle := &middles[k]
		if v|prior[k] != 0 || fresh {
			middle.compare(covered, compared, ytd[k], before[k])
		}
		at = middle.put(out, at)
		at = putInt(out, at, seven[k]*1000/7)
		out[at] = '\n'
		at++
	}
	r.at = at
	return nil
}

// compare sets t to the year to date and its comparison, as far as the years are covered.
func (t *fixedText) compare(covered, compared bool, ytd, prior int64) {
	out, at := t.bytes[:], 1
	out[0] = ','
	if covered {
		at = putInt(out, at, ytd)
	}
	if compared {
		t.n = putPrior(out, at, ytd, prior)
		return
	}
	t.n = at + copy(out[at:], ",,,,")
}

// putPrior appends the year before, the difference and the percentage, separated and surrounded by
// commas.
func putPrior(out []byte, at int, ytd, prior int64) int {
	out[at] = ','
	at = putInt(out, at+1, prior)
	out[at] = ','
	at = putInt(out, at+1, ytd-prior)
	out[at] = ','
	at++
	if prior > 0 {
		at = putInt(out, at, (ytd-prior)*10000/prior)
	}
	out[at] = ','
	return at + 1
}

// digits are the numbers below 10,000 as text: four bytes with the first digit lowest and zeros
// after the last. The table is built at every start, so building it must be cheap.
var digits = func() (table [10000]uint32) {
	for v := range table {
		text, rest := uint32(0), v
		for {
			text, rest = text<<8|uint32('0'+rest%10), rest/10
			if rest == 0 {
				break
			}
		}
		table[v] = text
	}
	return table
}()

// putInt writes v at an offset of out and returns the offset after it. Most numbers have at most
// four digits; they are looked up without a branch on their length.
func putInt(out []byte, at int, v int64) int {
	if v < 0 && v != -v { // the least number cannot be negated
		out[at] = '-'
		at, v = at+1, -v
	}
	switch {
	case uint64(v) < 10000:
		text := digits[v]
		binary.LittleEndian.PutUint32(out[at:], text)
		return at + (bits.Len32(text)+7)/8
	case uint64(v) < 1e8:
		q := v / 10000
		at = putInt(out, at, q)
		binary.LittleEndian.PutUint32(out[at:], padded4(v-10000*q))
		return at + 4
	}
	return at + copy(out[at:], strconv.AppendInt(nil, v, 10))
}

// padded4 is digits padded with leading zeros.
func padded4(v int64) uint32 {
	text := digits[v]
	missing := 4 - (bits.Len32(text)+7)/8
	return text<<(8*missing) | 0x30303030&(1<<(8*missing)-1)
}
