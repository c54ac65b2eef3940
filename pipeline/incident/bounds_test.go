package incident

import (
	"math"
	"testing"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

func corner(route string, number int, lat, lon float64) schemas.Vertex {
	return schemas.Vertex{Route: route, Ring: number, Latitude: lat, Longitude: lon}
}

// TestRingsOf has routes of one ring each, and one of two.
func TestRingsOf(t *testing.T) {
	got := ringsOf([]schemas.Vertex{corner("a", 1, 0, 0), corner("a", 1, 0, 1), corner("b", 1, 5, 5), corner("b", 2, 6, 6), corner("b", 2, 6, 7)})
	if len(got) != 2 || len(got["a"]) != 1 || len(got["a"][0]) != 2 || len(got["b"]) != 2 || len(got["b"][0]) != 1 || len(got["b"][1]) != 2 {
		t.Errorf("%v", got)
	}
}

// TestInside has a triangle with a slanted side, on which the longitude is twice the latitude.
func TestInside(t *testing.T) {
	triangle := []ring{{corner("a", 1, 10, 20), corner("a", 1, 30, 60), corner("a", 1, 30, 20)}}
	for _, c := range []struct {
		p    Place
		want bool
	}{
		{at(20, 39.9), true}, {at(20, 40.1), false}, {at(12, 23.9), true}, {at(12, 24.1), false}, {at(28, 55.9), true}, {at(28, 56.1), false},
		{at(20, 20.1), true}, {at(20, 19.9), false}, {at(9.9, 20.1), false}, {at(30.1, 30), false},
		{at(20, 40), false}, {at(20, 20), true}, // the right side is out, the left is in
	} {
		if got := inside(triangle, c.p); got != c.want {
			t.Errorf("%v: %t", c.p, got)
		}
	}
}

// TestLongDistances compares with distances by the angle between two vectors.
func TestLongDistances(t *testing.T) {
	for _, c := range []struct{ a, b Place }{{at(51.5, -0.1), at(-33.9, 151.2)}, {at(60, 10), at(-20, 80)}, {at(10, 20), at(-50, -100)}, {at(80, 0), at(70, 90)}, {at(36, 5), at(45, 30)}} {
		vector := func(p Place) (x, y, z float64) {
			lat, lon := p.Latitude*math.Pi/180, p.Longitude*math.Pi/180
			return math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)
		}
		x, y, z := vector(c.a)
		u, v, w := vector(c.b)
		if got, want := Kilometres(c.a, c.b), earth*math.Acos(x*u+y*v+z*w); math.Abs(got-want) > 0.01 {
			t.Errorf("%v to %v: %.2f km, want %.2f", c.a, c.b, got, want)
		}
	}
}

// TestOppositePlaces has places on opposite sides of the earth, where rounding may exceed the sine
// of a right angle.
func TestOppositePlaces(t *testing.T) {
	for lat := -89.9; lat < 90; lat += 0.37 {
		for lon := -180.0; lon < 0; lon += 3.1 {
			if got := Kilometres(at(lat, lon), at(-lat, lon+180)); math.Abs(got-math.Pi*earth) > 0.01 {
				t.Fatalf("%v %v: %v km", lat, lon, got)
			}
		}
	}
}

// TestNearIsIncluded moves a place until it is exactly as far away as a duplicate may be.
func TestNearIsIncluded(t *testing.T) {
	from, to := at(0, 0), at(near/(earth*math.Pi/180), 0)
	for range 100 {
		to.Latitude = math.Nextafter(to.Latitude, 0)
	}
	for range 200 {
		if to.Latitude = math.Nextafter(to.Latitude, 1); Kilometres(from, to) == near {
			break
		}
	}
	if got := Kilometres(from, to); got != near {
		t.Fatalf("no place is at %d km, the last at %v", near, got)
	}
	day := stat.Day(stat.MustDate("2024-09-03"))
	if got := Duplicates([]Record{{ID: "a", Period: day, Place: from, Count: stat.Known(1)}, {ID: "b", Period: day, Place: to, Count: stat.Known(1)}}); len(got) != 2 {
		t.Errorf("%v", got)
	}
}

// TestNotComparable has pairs that agree in what they lack.
func TestNotComparable(t *testing.T) {
	day := stat.Day(stat.MustDate("2024-09-03"))
	for name, list := range map[string][]Record{
		"unknown counts": {{ID: "a", Period: day, Place: at(1, 2)}, {ID: "b", Period: day, Place: at(1, 2)}},
		"months":         {{ID: "a", Period: stat.Month(2024, 9), Place: at(1, 2), Count: stat.Known(1)}, {ID: "b", Period: stat.Month(2024, 9), Place: at(1, 2), Count: stat.Known(1)}},
		"one identifier": {{ID: "a", Period: day, Place: at(1, 2), Count: stat.Known(1)}, {ID: "a", Period: day, Place: at(1, 2), Count: stat.Known(1)}},
	} {
		if got := Duplicates(list); len(got) != 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
}
