package iommissingmigrants

import (
	"fmt"
	"strconv"
	"testing"

	"crossings/pipeline/source"
)

// TestSwappedCoordinates checks that a place with its longitude first is left out, if the other places
// of its country say so, and that no other place is.
func TestSwappedCoordinates(t *testing.T) {
	in := func(country, place string) values {
		return values{"Country of Incident": country, "Coordinates": place}
	}
	places := func(swapped int) (list []values) {
		for i := range 40 {
			place := fmt.Sprintf("%d.5, %d.25", 14+i%3, 43+i%4)
			if i < swapped {
				place = fmt.Sprintf("%d.25, %d.5", 43+i%4, 14+i%3)
			}
			list = append(list, in("Yemen", place))
		}
		return list
	}
	others := []values{in("Yemen", "12.6, 54.0"), in("Yemen", "24.0, 31.0"), in("", "43.2, 17.2"), in("Egypt", "43.2, 17.2")}
	for _, c := range []struct{ swapped, lost int }{{0, 0}, {1, 1}, {5, 5}, {19, 0}} {
		r, err := decodeRows(t, "2024", append(places(c.swapped), others...)...)
		if err != nil || len(r.Excluded) != 0 {
			t.Fatalf("rejects %+v, error %v", r.Excluded, err)
		}
		lost := 0
		for i := range 44 {
			e := event(t, r, strconv.Itoa(i+1))
			if e["latitude"] == "" {
				lost++
				if i >= c.swapped || e["longitude"] != "" || e["dead"] != "1" {
					t.Errorf("%d swapped: incident %d has lost its place: %v", c.swapped, i+1, e)
				}
			}
		}
		if told := has(r, "swapped-coordinates"); lost != c.lost || told != (c.lost > 0) {
			t.Errorf("%d swapped: %d lost, want %d; findings %+v", c.swapped, lost, c.lost, r.Findings)
		}
	}
}

func has(r source.Result, code string) bool {
	for _, f := range r.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}

// TestLongitudeFirst checks that no place is published of a list whose longitudes come first: only
// those beyond 90 degrees show it.
func TestLongitudeFirst(t *testing.T) {
	list := func(beyond int) (out []values) {
		for i := range 20 {
			place := "14.5, 35.5"
			if i < beyond {
				place = "-110.3, 31.6"
			}
			out = append(out, values{"Coordinates": place, "Country of Incident": ""})
		}
		return out
	}
	for beyond, placed := range map[int]int{0: 20, 1: 19, 2: 0, 8: 0} {
		r, err := decodeRows(t, "2024", list(beyond)...)
		if err != nil || len(r.Excluded) != 0 {
			t.Fatalf("rejects %+v, error %v", r.Excluded, err)
		}
		got := 0
		for i := range 20 {
			if event(t, r, strconv.Itoa(i+1))["latitude"] != "" {
				got++
			}
		}
		if got != placed || has(r, "longitude-first") != (placed == 0) || has(r, "bad-coordinates") != (beyond > 0) {
			t.Errorf("%d beyond: %d places, want %d; findings %+v", beyond, got, placed, r.Findings)
		}
	}
}
