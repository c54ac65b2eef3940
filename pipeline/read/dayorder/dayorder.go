// Package dayorder finds out whether the dates of a file have the day or the month first. One date such
// as 05/11/2015 does not say; all of them together mostly do.
package dayorder

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"crossings/pipeline/read/decode"
)

// ErrOrder means that it is not certain whether the day or the month comes first.
var ErrOrder = errors.New("day and month cannot be told apart")

// slashes matches a date such as 05/11/2015 without a weekday.
var slashes = regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})\b`)

// Votes are what the dates of a file say about their order.
type Votes struct {
	dayFirst, monthFirst int // dates that only this order allows
	likely               int // dates whose month next to them fits only the day first, less those that fit only the month first
}

// Add adds what a date says. next is the month that another column states, or 0.
func (v *Votes) Add(text string, next int) {
	m := slashes.FindStringSubmatch(text)
	if m == nil {
		return
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	switch {
	case a > 12 && b <= 12:
		v.dayFirst++
	case b > 12 && a <= 12:
		v.monthFirst++
	case a != b && next == b:
		v.likely++
	case a != b && next == a:
		v.likely--
	}
}

// most is the share of dates, in per cent, that may contradict the order of the others.
const most = 2

// Order returns whether the day comes first.
func (v Votes) Order() (dayFirst bool, err error) {
	few := (v.dayFirst + v.monthFirst) * most / 100
	switch {
	case v.dayFirst > 0 && v.monthFirst <= few:
		return true, nil
	case v.monthFirst > 0 && v.dayFirst <= few:
		return false, nil
	case v.dayFirst+v.monthFirst > 0:
		return false, fmt.Errorf("%d dates have the day first and %d the month: %w: %w", v.dayFirst, v.monthFirst, ErrOrder, decode.ErrPeriod)
	case v.likely != 0:
		return v.likely > 0, nil
	}
	return false, fmt.Errorf("no date of the file says which of the two comes first: %w: %w", ErrOrder, decode.ErrPeriod)
}
