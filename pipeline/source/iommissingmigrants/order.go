package iommissingmigrants

import (
	"crossings/pipeline/read/dayorder"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
)

// orderOf reads all dates of a file once to learn their order.
func orderOf(f source.File) (dayFirst bool, err error) {
	var v dayorder.Votes
	err = rows(f, &list{}, func(r row) error {
		next := int(decode.MonthNamed(r.text(r.list.first(month, reportedMonth))))
		if n, _, bad := r.count(r.list.first(month, reportedMonth)); next == 0 && bad == nil {
			stated, _ := n.Get()
			next = int(stated)
		}
		v.Add(r.text(r.list.first(day, reportedDay)), next)
		return nil
	})
	if err != nil {
		return false, err
	}
	return v.Order()
}
