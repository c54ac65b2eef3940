package incident

import "crossings/pipeline/stat"

// anyRoute is the key of the days that a list covers on all routes.
const anyRoute = "*"

// Reach says which days a list of incidents covers, by route. A list that states all routes covers
// those too on which nothing happened.
type Reach map[string]stat.Period

// ReachOf returns what a list covers by the coverage of its figures. A series of one route covers that
// route, a group of breakdowns all routes; a total of all routes without its parts covers none.
func ReachOf(coverage []stat.Coverage) Reach {
	r := Reach{}
	for _, c := range coverage {
		route := anyRoute
		if !c.Series.IsGroup() {
			if _, _, _, d, err := c.Series.Parse(); err == nil {
				route = d.Route
			}
			if route == stat.Total {
				continue
			}
		}
		r.widen(route, c.Start, c.End)
	}
	return r
}

// widen adds days to those covered on a route.
func (r Reach) widen(route string, start, end stat.Date) {
	p, ok := r[route]
	if !ok {
		p = stat.Period{Start: start, End: end}
	}
	r[route] = stat.Period{Start: min(p.Start, start), End: max(p.End, end)}
}

// Extend adds what the incidents of the list show: its figures end with the last complete period, but
// the list covers all of its routes up to its last incident.
func (r Reach) Extend(list []Record) {
	var last stat.Date
	for _, x := range list {
		last = max(last, x.Period.Start)
		if _, all := r[anyRoute]; !all {
			r.widen(x.Route, x.Period.Start, x.Period.Start)
		}
	}
	for route, p := range r {
		r.widen(route, p.Start, last)
	}
}

// Covers reports whether the list says what happened on a route on a day. An incident of several days
// belongs to its first.
func (r Reach) Covers(route string, day stat.Date) bool {
	for _, key := range []string{anyRoute, route} {
		if p, ok := r[key]; ok && p.Start <= day && day <= p.End {
			return true
		}
	}
	return false
}

// CoversAll reports whether everything that another list may state up to a day is covered too.
func (r Reach) CoversAll(other Reach, last stat.Date) bool {
	for route, p := range other {
		if !r.Covers(route, p.Start) || !r.Covers(route, max(p.End, last)) {
			return false
		}
	}
	return true
}
