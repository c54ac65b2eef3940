package wide

import (
	"fmt"

	"crossings/pipeline/stat"
)

// period is a column of a sheet: the days start to end, both included.
type period struct{ start, end stat.Date }

// heading returns the shortest name of a period in ISO 8601: a day, a whole month or year, the
// quarter as 2026-Q2, or an interval of days.
func (p period) heading() string {
	y, m, _ := p.start.YMD()
	switch {
	case p.start == p.end:
		return p.start.String()
	case p.is(stat.Year(y)):
		return fmt.Sprintf("%04d", y)
	case p.is(stat.QuarterOf(p.start)):
		return fmt.Sprintf("%04d-Q%d", y, (int(m)+2)/3)
	case p.is(stat.Month(y, m)):
		return fmt.Sprintf("%04d-%02d", y, int(m))
	}
	return p.start.String() + "/" + p.end.String()
}

func (p period) is(q stat.Period) bool { return p.start == q.Start && p.end == q.End }
