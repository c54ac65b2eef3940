package schemas

import "path"

// Holiday is a day on which publishers release nothing.
type Holiday struct {
	Day  string // ISO 8601 date
	Name string
}

// Holidays returns the public holidays of a country or region, sorted by day. It is an error if
// the region has no list or its file is malformed.
func Holidays(region string) ([]Holiday, error) {
	return list(path.Join("holidays", region+".csv"), "day,name", func(r []string) Holiday { return Holiday{r[0], r[1]} })
}
