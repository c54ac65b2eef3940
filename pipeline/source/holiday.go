package source

import (
	"slices"
	"sync"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

// holidays are the bank holidays of England and Wales, in order. The list is part of the program,
// so a malformed list is a fault of the program.
var holidays = sync.OnceValue(func() []stat.Date {
	list, err := schemas.Holidays("england-and-wales")
	if err != nil {
		panic(err)
	}
	days := make([]stat.Date, len(list))
	for i, h := range list {
		days[i] = stat.MustDate(h.Day)
	}
	return days
})

// bankHolidays returns how many bank holidays of England and Wales fall after one day and up to
// another. It returns zero if after is the zero date. Nothing is released on a bank holiday, so a
// release may be late by that many days.
func bankHolidays(after, until stat.Date) int {
	if after.IsZero() {
		return 0
	}
	from, _ := slices.BinarySearch(holidays(), after+1)
	to, _ := slices.BinarySearch(holidays(), until+1)
	return max(0, to-from)
}
