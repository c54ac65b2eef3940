package iommissingmigrants

import (
	"fmt"
	"maps"
	"slices"

	places "crossings/pipeline/incident"
	"crossings/pipeline/stat"
)

// cell is a route, perhaps a setting, and a month or year.
type cell struct {
	route   string
	setting string // "" for all
	period  stat.Period
}

// total is what the incidents of a cell add up to in one measure.
type total struct {
	n      int64
	rows   int
	stated int    // rows that state a number
	partly int    // rows that state no number, or only part of it
	first  string // the cell of the first row
}

func (t *total) add(c stat.Count, partly bool, at string) {
	if t.rows++; t.rows == 1 {
		t.first = at
	}
	n, known := c.Get()
	if known {
		t.n += n
		t.stated++
	}
	if !known || partly {
		t.partly++
	}
}

// count returns the sum of what is stated: figures are minimums, and so is the sum. It is missing
// if there are rows but none states a number. Without rows it is 0, because the list has all
// incidents that were recorded.
func (t *total) count() stat.Count {
	if t.rows > 0 && t.stated == 0 {
		return stat.Count{}
	}
	return stat.Known(t.n)
}

// status returns P, because the publisher keeps revising all years. It returns E if part of the sum
// is not stated, and O if nothing is.
func (t *total) status() stat.Status {
	switch {
	case !t.count().IsKnown():
		return stat.Missing
	case t.partly > 0:
		return stat.Estimated
	}
	return stat.Provisional
}

// locator names the cell of a sum's first row and how many rows follow: those of the events of the
// same route in the period. For a sum without rows it returns none, the cells that were searched.
func (t *total) locator(none string) string {
	switch t.rows {
	case 0:
		return none
	case 1:
		return t.first
	}
	return fmt.Sprintf("%s+%d more", t.first, t.rows-1)
}

// sum returns the monthly and yearly figures of each route that occurs, and of all routes together.
// If the layout has no column for routes, it returns only the latter.
//
// A route has a figure for every complete period of the file, see span: the file lists all
// incidents, so a period without one is 0. An incident with only a year is in the year's figure and
// in no month's.
func (d *decoder) sum() []stat.Observation {
	totals := map[cell]*[measures]total{}
	occurs := map[string]bool{stat.Total: true}
	for _, in := range d.incidents {
		for _, p := range periodsOf(in.period) {
			for _, c := range in.cells(p) {
				occurs[c.route] = true
				t := totals[c]
				if t == nil {
					t = new([measures]total)
					totals[c] = t
				}
				if c.setting == places.Unknown { // it may belong to either
					for _, x := range settings {
						d.lacking[cell{c.route, x.code, p}]++
					}
				}
				t[dead].add(in.dead, false, in.at.ref(d.list.column(dead)))
				t[missing].add(in.missing, false, in.at.ref(d.list.column(missing)))
				t[both].add(in.both, in.partly, in.at.ref(d.list.column(both)))
			}
		}
	}
	if isPartial(d.file.Data) {
		delete(occurs, stat.Total)
	}
	months, years := span(d.incidents, d.file.Release.Vintage)
	var out []stat.Observation
	for _, x := range d.figures(occurs) {
		periods := months
		if x.frequency == stat.Annual {
			periods = years
		}
		for _, p := range periods {
			t := totals[cellOf(x, p)]
			if t == nil {
				t = new([measures]total)
			}
			o := d.observation(x, p, t)
			if n, known := o.Value.Get(); known && n < 0 {
				d.below.add(fmt.Sprintf("%s, %.7s", o.Series.ID, p.Start))
			}
			out = append(out, o)
		}
	}
	return out
}

// figures returns the series of the routes that occur: those of the source, and those of unlisted
// routes.
func (d *decoder) figures(occurs map[string]bool) []*figure {
	var out []*figure
	tells := tellsSettings(&d.list, d.incidents)
	for i := range figures {
		if occurs[figures[i].Route] && (figures[i].Category == stat.Total || tells) {
			out = append(out, &figures[i])
		}
	}
	for _, code := range slices.Sorted(maps.Keys(d.unlisted)) {
		for _, x := range figuresOf(route{code, d.unlisted[code]}) {
			out = append(out, &x)
		}
	}
	return out
}

// observation returns a figure for a period. Dead and missing together have a range, which starts
// from the dead; if no number of dead is stated, they have none.
func (d *decoder) observation(x *figure, p stat.Period, t *[measures]total) stat.Observation {
	column := d.list.at(d.list.column(x.measure))
	none := reference(d.list.sheet, column, d.first) + ":" + reference("", column, d.last)
	sum := &t[x.measure]
	o := stat.Observation{Series: &x.Series, Period: p, Value: sum.count(), Status: sum.status(), Release: d.file.Release, Locator: sum.locator(none)}
	if found := t[dead].count(); x.measure == both && found.IsKnown() {
		o.Lower, o.Upper = bounds(found, o.Value)
	}
	n := d.lacking[cell{route: x.Route, period: p}] + d.undated[x.Route]
	if c := cellOf(x, p); c.setting != "" {
		n += d.lacking[c]
	}
	if n > 0 && o.Value.IsKnown() {
		o.Status, o.Locator = stat.Estimated, stat.Lacking(o.Locator, n)
	}
	return o
}

// lacks records the sums that an excluded row belongs to: those of the months and years in its date
// and in the columns next to it, which may contradict each other. If these name no period, the row
// belongs to all periods.
func (d *decoder) lacks(r row) {
	months := map[stat.Period]bool{}
	y, m, err := d.yearAndMonth(r)
	if p, bad := d.dates.period(r.text(r.list.first(day, reportedDay)), partial{y: y, m: m}); bad == nil {
		for _, p := range periodsOf(p) {
			months[p] = true
		}
	}
	if err == nil && y > 0 {
		months[stat.Year(y)] = true
		if m > 0 {
			months[stat.Month(y, m)] = true
		}
	}
	routes := []string{stat.Total}
	if r.list.has(migrationRoute) {
		if got, err := d.listOf("route").Open(r.label(migrationRoute)); err == nil {
			routes = append(routes, got.Code)
		}
	}
	for _, route := range routes {
		if len(months) == 0 {
			d.undated[route]++
		}
		for p := range months {
			d.lacking[cell{route: route, period: p}]++
		}
	}
}

// column returns the field that a measure is read from. Layouts without a total have dead and
// missing in adjacent columns.
func (l *list) column(measure int) field {
	switch {
	case measure == missing:
		return numMissing
	case measure == both && l.has(numTotal):
		return numTotal
	}
	return numDead
}

// routes returns the routes that an incident counts in: all together and, if the layout has a
// column for it, its own. A blank cell of that column states that there is no route; a missing
// column states nothing.
func (in incident) routes() []string {
	if !in.at.list.has(migrationRoute) {
		return []string{stat.Total}
	}
	return []string{in.route, stat.Total}
}

// cells returns the cells that an incident counts in for a period.
func (in incident) cells(p stat.Period) (out []cell) {
	for _, route := range in.routes() {
		out = append(out, cell{route, "", p})
		if !hasSettings(route) {
			continue
		}
		place := places.Place{Latitude: in.lat, Longitude: in.lon, Known: in.placed}
		out = append(out, cell{route, places.Setting(route, in.cause, place), p})
	}
	return out
}

// placeless is the share of incidents, in per cent, that may lack a usable place. With more of them
// the figures by setting would be those of another list, and are not stated.
const placeless = 5

// tellsSettings reports whether the list has causes, and places of nearly all incidents.
func tellsSettings(l *list, incidents []incident) bool {
	without := 0
	for _, in := range incidents {
		if !in.placed {
			without++
		}
	}
	return l.has(cause) && 100*without <= placeless*len(incidents)
}

// cellOf returns the cell of a figure for a period.
func cellOf(x *figure, p stat.Period) cell {
	if x.Category == stat.Total {
		return cell{x.Route, "", p}
	}
	return cell{x.Route, x.Category, p}
}

// periodsOf returns the month and the year that hold the whole of a date, which may be none.
func periodsOf(p stat.Period) (out []stat.Period) {
	y, m, _ := p.Start.YMD()
	for _, larger := range []stat.Period{stat.Month(y, m), stat.Year(y)} {
		if larger.Contains(p) {
			out = append(out, larger)
		}
	}
	return out
}

// ends returns the first and the last incident with more than a year, or nil. An incident with only
// a month counts as of the first day of the month.
func ends(incidents []incident) (first, last *incident) {
	for i := range incidents {
		in := &incidents[i]
		if in.period.Precision == stat.PrecisionYear {
			continue
		}
		if first == nil || in.period.Start < first.period.Start {
			first = in
		}
		if last == nil || in.period.Start > last.period.Start {
			last = in
		}
	}
	return first, last
}

// span returns the months and years for which a file is complete: from the month of its first
// incident to the last one that was over before its last incident, and before the release. The
// month of the last incident is not complete: later incidents are not in the file, which may have
// been released much later. A year is complete if its twelve months are.
func span(incidents []incident, vintage stat.Date) (months, years []stat.Period) {
	earliest, latest := ends(incidents)
	if earliest == nil {
		return nil, nil
	}
	first, last := earliest.period.Start, min(latest.period.Start, vintage)
	for start := first.MonthStart(); start.MonthEnd() < last; start = start.MonthEnd().AddDays(1) {
		y, m, _ := start.YMD()
		months = append(months, stat.Month(y, m))
	}
	for y := first.Year(); stat.Year(y).End < last; y++ {
		if stat.Year(y).Start >= first.MonthStart() {
			years = append(years, stat.Year(y))
		}
	}
	return months, years
}
