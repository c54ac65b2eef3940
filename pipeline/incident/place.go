// Package incident says what the fields of an incident imply: whether its place lies in the waters
// of its route, whether people died at sea, and which rows may state one incident twice. It adds
// up nothing and changes nothing. It is pure.
package incident

import (
	"math"
	"slices"
	"strings"
	"sync"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

// Place is where an incident happened, in degrees north and east.
type Place struct {
	Latitude, Longitude float64
	Known               bool
}

// The answers of Check: codes of the list place-check.
const (
	InWaters      = "in-waters"
	OutsideWaters = "outside-waters"
	NoPlace       = "no-place"
	NotChecked    = "not-checked" // the route has no waters
)

// The settings: codes of the list incident-setting.
const (
	AtSea     = "at-sea"
	Elsewhere = "elsewhere"
	Unknown   = "_U"
)

// ring is a closed line of corners.
type ring []schemas.Vertex

// waters returns the rings of each route. A test reads the file, so its error stops tests first.
var waters = sync.OnceValue(func() map[string][]ring {
	all, err := schemas.Waters()
	if err != nil {
		panic(err)
	}
	return ringsOf(all)
})

// ringsOf returns the rings of each route. all has the corners of a ring one after the other.
func ringsOf(all []schemas.Vertex) map[string][]ring {
	out := map[string][]ring{}
	for i, v := range all {
		if i == 0 || all[i-1].Route != v.Route || all[i-1].Ring != v.Ring {
			out[v.Route] = append(out[v.Route], nil)
		}
		last := len(out[v.Route]) - 1
		out[v.Route][last] = append(out[v.Route][last], v)
	}
	return out
}

// HasWaters reports whether places of a route are checked.
func HasWaters(route string) bool { return waters()[route] != nil }

// Check says whether a place is in the waters of a route. An incident outside them is kept: it may
// have happened on land, or its place may be wrong.
func Check(route string, p Place) string {
	switch rings := waters()[route]; {
	case rings == nil:
		return NotChecked
	case !p.Known:
		return NoPlace
	case inside(rings, p):
		return InWaters
	}
	return OutsideWaters
}

// inside reports whether a place is inside an odd number of rings.
func inside(rings []ring, p Place) bool {
	in := false
	for _, r := range rings {
		a := r[len(r)-1]
		for _, b := range r {
			if (a.Latitude > p.Latitude) != (b.Latitude > p.Latitude) {
				// The conversion keeps the compiler from fusing the product with the sum, which
				// could differ between machines.
				step := float64((p.Latitude - a.Latitude) / (b.Latitude - a.Latitude) * (b.Longitude - a.Longitude))
				if p.Longitude < a.Longitude+step {
					in = !in
				}
			}
			a = b
		}
	}
	return in
}

// The causes of death that tell the setting.
const (
	drowning = "drowning"
	vehicle  = "vehicle-accident"
)

// onRoads are the routes on which deaths by vehicle are those of lorries, trains and roads. Ports and
// roads lie within the margin of the shore there, so the place does not tell. Elsewhere people also
// suffocate or are crushed in the hold of a boat, which has the same cause.
var onRoads = map[string]bool{"english-channel": true}

// Setting says whether people died at sea, which includes the shore: by the cause if it is drowning,
// or a vehicle on a route of onRoads, otherwise by the place. A cause may name several.
func Setting(route, cause string, p Place) string {
	causes := strings.Split(cause, "_and_")
	switch {
	case slices.Contains(causes, drowning):
		return AtSea
	case onRoads[route] && slices.Contains(causes, vehicle):
		return Elsewhere
	}
	switch Check(route, p) {
	case InWaters:
		return AtSea
	case OutsideWaters:
		return Elsewhere
	}
	return Unknown
}

// earth is the mean radius of the earth in kilometres.
const earth = 6371.0088

// Kilometres returns the distance between two places along the surface of the earth.
func Kilometres(a, b Place) float64 {
	rad := math.Pi / 180
	north, east := (b.Latitude-a.Latitude)*rad/2, (b.Longitude-a.Longitude)*rad/2
	h := float64(math.Sin(north)*math.Sin(north)) + float64(math.Cos(a.Latitude*rad)*math.Cos(b.Latitude*rad)*math.Sin(east)*math.Sin(east))
	return 2 * earth * math.Asin(math.Sqrt(min(1, h)))
}

// near is how far apart two statements of one incident may be, in kilometres.
const near = 25

// Record is what Duplicates compares of an incident.
type Record struct {
	ID     string
	Route  string
	PartOf string // what the parts of a split incident share, or ""
	Period stat.Period
	Place  Place
	Count  stat.Count // dead and missing
}

// Duplicates returns the identifiers of the other records that may state the same incident, sorted,
// by identifier: of the same day, within 25 km, with the same count. Parts of one split incident
// are no duplicates of each other. Nothing is merged: two boats may be lost on one day.
func Duplicates(list []Record) map[string][]string {
	byDay := map[stat.Date][]Record{}
	for _, r := range list {
		if r.Period.Start == r.Period.End && r.Place.Known && r.Count.IsKnown() {
			byDay[r.Period.Start] = append(byDay[r.Period.Start], r)
		}
	}
	out := map[string][]string{}
	for _, same := range byDay {
		for i, a := range same {
			for _, b := range same[i+1:] {
				if a.ID != b.ID && a.Count == b.Count && (a.PartOf == "" || a.PartOf != b.PartOf) && Kilometres(a.Place, b.Place) <= near {
					out[a.ID], out[b.ID] = append(out[a.ID], b.ID), append(out[b.ID], a.ID)
				}
			}
		}
	}
	for _, ids := range out {
		slices.Sort(ids)
	}
	return out
}
