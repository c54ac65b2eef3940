package schemas

import "path"

// Holiday is a day on which publishers release nothing.
type Holiday struct {
	Day  string // ISO 8601
	Name string
}

// Holidays returns the public holidays of a country or region, in order of their days.
// A region that has no list, or whose file is malformed, is an error.
func Holidays(region string) ([]Holiday, error) {
	rows, _, err := read(path.Join("holidays", region+".csv"), "day,name")
	if err != nil {
		return nil, err
	}
	out := make([]Holiday, len(rows))
	for i, r := range rows {
		out[i] = Holiday{r[0], r[1]}
	}
	return out, nil
}
