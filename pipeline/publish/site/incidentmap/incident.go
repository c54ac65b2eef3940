package incidentmap

import (
	"cmp"
	"slices"

	"crossings/pipeline/incident"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// entry is an incident as the map and the table show it: a row of the table incidents, or several that
// are parts of one incident at one place and time.
type entry struct {
	*row.Incident // the first of the rows
	dead, missing stat.Count
	people        stat.Count // dead and missing together
	rows          int
	period        int // number of its period
	x, y          float64
	onMap         bool
}

// size returns the people that the circle of an entry stands for, and how many of them were found dead.
// A row may move people from missing to dead and then has a number below zero, which has no circle. If
// only the total is known, nobody is drawn as found.
func (e *entry) size() (people, dead int64) {
	people, _ = e.people.Get()
	dead, _ = e.dead.Get()
	return max(0, people), max(0, min(dead, people))
}

// outside reports whether the place lies outside the waters of the route: on land, or wrong.
func (e *entry) outside() bool { return e.PlaceCheck == incident.OutsideWaters }

// placed reports whether the publisher states a usable place.
func (e *entry) placed() bool { return e.Latitude.Known && e.Longitude.Known }

// same is what the parts of one incident have in common.
type same struct {
	source, part, route   string
	start, end            stat.Date
	latitude, longitude   float64
	hasLatitude, hasPlace bool
}

// entries returns the incidents of rows, those with most people first.
func entries(rows []*row.Incident) []*entry {
	var out []*entry
	parts := map[same]*entry{}
	for _, r := range rows {
		key := same{r.Source, r.PartOf, r.Route, r.DateStart, r.DateEnd, r.Latitude.Value, r.Longitude.Value, r.Latitude.Known, r.Longitude.Known}
		if e := parts[key]; e != nil && r.PartOf != "" {
			e.dead, e.missing, e.people = e.dead.Add(r.Dead), e.missing.Add(r.Missing), e.people.Add(r.DeadAndMissing)
			e.rows++
			continue
		}
		e := &entry{Incident: r, dead: r.Dead, missing: r.Missing, people: r.DeadAndMissing, rows: 1}
		parts[key] = e
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b *entry) int {
		x, _ := a.size()
		y, _ := b.size()
		return cmp.Or(cmp.Compare(y, x), cmp.Compare(b.DateStart, a.DateStart), cmp.Compare(a.Incident.Incident, b.Incident.Incident))
	})
	return out
}

// tally adds up entries.
type tally struct {
	incidents             int
	people, dead, missing int64
	unknown               int // incidents without a number of people
	noPlace, offMap       int // incidents that the map does not show
	offPeople             int64
	outside, twice        int // outside the waters of the route; possibly stated twice
}

func (t *tally) add(e *entry) {
	people, known := e.people.Get()
	dead, _ := e.dead.Get()
	missing, _ := e.missing.Get()
	t.incidents++
	t.people, t.dead, t.missing = t.people+people, t.dead+dead, t.missing+missing
	if !known {
		t.unknown++
	}
	switch {
	case !e.placed():
		t.noPlace++
		t.offPeople += people
	case !e.onMap:
		t.offMap++
		t.offPeople += people
	}
	if e.outside() {
		t.outside++
	}
	if e.PossibleDuplicateOf != "" {
		t.twice++
	}
}

func tallyOf(list []*entry) tally {
	var t tally
	for _, e := range list {
		t.add(e)
	}
	return t
}
