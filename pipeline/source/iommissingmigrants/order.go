package iommissingmigrants

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
)

// errOrder means that it is not certain whether the day or the month comes first.
var errOrder = errors.New("day and month cannot be told apart")

// slashes matches a date such as 05/11/2015 without a weekday.
var slashes = regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})\b`)

// votes are what the dates of a file say about their order.
type votes struct {
	dayFirst, monthFirst int // dates that only this order allows
	likely               int // dates whose month next to them fits only the day first, less those that fit only the month first
}

// add adds what a date says. next is the month that another column states, or 0.
func (v *votes) add(text string, next int) {
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

// order returns whether the day comes first.
func (v votes) order() (dayFirst bool, err error) {
	few := (v.dayFirst + v.monthFirst) * most / 100
	switch {
	case v.dayFirst > 0 && v.monthFirst <= few:
		return true, nil
	case v.monthFirst > 0 && v.dayFirst <= few:
		return false, nil
	case v.dayFirst+v.monthFirst > 0:
		return false, fmt.Errorf("%d dates have the day first and %d the month: %w: %w", v.dayFirst, v.monthFirst, errOrder, decode.ErrPeriod)
	case v.likely != 0:
		return v.likely > 0, nil
	}
	return false, fmt.Errorf("no date of the file says which of the two comes first: %w: %w", errOrder, decode.ErrPeriod)
}

// orderOf reads all dates of a file once to learn their order.
func orderOf(f source.File) (dayFirst bool, err error) {
	var v votes
	err = rows(f, &list{}, func(r row) error {
		next := int(decode.MonthNamed(r.text(r.list.first(month, reportedMonth))))
		if n, _, bad := r.count(r.list.first(month, reportedMonth)); next == 0 && bad == nil {
			stated, _ := n.Get()
			next = int(stated)
		}
		v.add(r.text(r.list.first(day, reportedDay)), next)
		return nil
	})
	if err != nil {
		return false, err
	}
	return v.order()
}
