package schemas

import (
	"fmt"
	"strconv"
)

// Vertex is a corner of a ring around the waters of a route.
type Vertex struct {
	Route               string
	Ring                int
	Latitude, Longitude float64 // degrees north and east
}

// Waters returns the corners of all rings, in the file's order. A place inside an odd number of a
// route's rings is in its waters. It is an error if the file is malformed.
func Waters() ([]Vertex, error) {
	rows, _, err := read("waters/waters.csv", "route,ring,latitude,longitude")
	if err != nil {
		return nil, err
	}
	out := make([]Vertex, len(rows))
	for i, r := range rows {
		ring, bad := strconv.Atoi(r[1])
		lat, noLat := strconv.ParseFloat(r[2], 64)
		lon, noLon := strconv.ParseFloat(r[3], 64)
		if bad != nil || noLat != nil || noLon != nil {
			return nil, fmt.Errorf("waters: %v is not a route, a ring and a place", r)
		}
		out[i] = Vertex{r[0], ring, lat, lon}
	}
	return out, nil
}
