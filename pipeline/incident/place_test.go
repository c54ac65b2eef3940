package incident

import (
	"math"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

func at(lat, lon float64) Place { return Place{lat, lon, true} }

// Points that any map shows to be water or land, with the shore's margin.
func TestCheck(t *testing.T) {
	for _, c := range []struct {
		where, route string
		place        Place
		want         string
	}{
		{"middle of the Strait of Dover", "english-channel", at(51.0, 1.45), InWaters},
		{"beach of Wimereux", "english-channel", at(50.77, 1.605), InWaters},
		{"off Zeebrugge", "english-channel", at(51.5, 2.9), InWaters},
		{"motorway near Calais", "english-channel", at(50.93, 1.95), OutsideWaters},
		{"Essex", "english-channel", at(51.7, 0.4), OutsideWaters},
		{"Metz", "english-channel", at(49.12, 6.18), OutsideWaters},
		{"swapped", "english-channel", at(1.45, 51.0), OutsideWaters},
		{"between Lampedusa and Libya", "central-mediterranean", at(34.2, 12.6), InWaters},
		{"middle of Sicily", "central-mediterranean", at(37.5, 14.2), OutsideWaters},
		{"Sahara", "central-mediterranean", at(28, 14), OutsideWaters},
		{"south of Crete", "central-mediterranean", at(34.3, 25), InWaters},
		{"Aegean", "central-mediterranean", at(38.5, 25.5), OutsideWaters},
		{"Aegean", "eastern-mediterranean", at(38.5, 25.5), InWaters},
		{"middle of Cyprus", "eastern-mediterranean", at(35.0, 33.0), OutsideWaters},
		{"Alboran", "western-mediterranean", at(35.9, -3.5), InWaters},
		{"Madrid", "western-mediterranean", at(40.4, -3.7), OutsideWaters},
		{"off El Hierro", "western-africa-atlantic", at(27.5, -18.2), InWaters},
		{"Caribbean", "western-africa-atlantic", at(11.2, -60.5), OutsideWaters},
		{"no place", "english-channel", Place{}, NoPlace},
		{"no waters", "us-mexico-border", at(31.7, -110.4), NotChecked},
		{"no waters, no place", "us-mexico-border", Place{}, NotChecked},
	} {
		if got := Check(c.route, c.place); got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.where, c.route, got, c.want)
		}
	}
	if !HasWaters("english-channel") || HasWaters("_X") {
		t.Error("HasWaters is wrong")
	}
}

// TestWatersAreRingsOfListedRoutes reads the file as data.
func TestWatersAreRingsOfListedRoutes(t *testing.T) {
	labels, err := schemas.CodeLabels("route")
	if err != nil {
		t.Fatal(err)
	}
	if len(waters()) != 5 {
		t.Errorf("%d routes", len(waters()))
	}
	for route, rings := range waters() {
		if labels[route] == "" {
			t.Errorf("%s is no listed route", route)
		}
		for i, r := range rings {
			if len(r) < 3 || r[0].Ring != i+1 {
				t.Errorf("%s: ring %d has %d corners and the number %d", route, i+1, len(r), r[0].Ring)
			}
			for _, v := range r {
				if math.Abs(v.Latitude) > 90 || math.Abs(v.Longitude) > 180 {
					t.Errorf("%s: %+v is not on Earth", route, v)
				}
			}
		}
	}
}

func TestSetting(t *testing.T) {
	sea, land := at(51.0, 1.45), at(50.93, 1.95)
	for _, c := range []struct {
		route, cause string
		place        Place
		want         string
	}{
		{"english-channel", "drowning", sea, AtSea},
		{"english-channel", "drowning", land, AtSea},
		{"english-channel", "drowning", Place{}, AtSea},
		{"us-mexico-border", "drowning", Place{}, AtSea},
		{"english-channel", "drowning_and_violence", land, AtSea},
		{"english-channel", "vehicle-accident", sea, Elsewhere},
		{"english-channel", "vehicle-accident_and_violence", sea, Elsewhere},
		{"central-mediterranean", "vehicle-accident", at(34.2, 12.6), AtSea},
		{"central-mediterranean", "vehicle-accident", at(37.5, 14.2), Elsewhere},
		{"english-channel", "harsh-conditions", sea, AtSea},
		{"english-channel", "harsh-conditions", land, Elsewhere},
		{"english-channel", "violence", Place{}, Unknown},
		{"us-mexico-border", "violence", at(31.7, -110.4), Unknown},
		{"english-channel", "x-drowning-maybe", Place{}, Unknown},
	} {
		if got := Setting(c.route, c.cause, c.place); got != c.want {
			t.Errorf("%s, %s, %v: %s, want %s", c.route, c.cause, c.place, got, c.want)
		}
	}
}

func TestKilometres(t *testing.T) {
	for _, c := range []struct {
		a, b Place
		want float64
	}{{at(51.1295, 1.3089), at(50.9513, 1.8587), 43.3}, {at(0, 0), at(0, 180), 20015.1}, {at(10, 20), at(10, 20), 0}, {at(0, 179.9), at(0, -179.9), 22.2}} {
		if got := Kilometres(c.a, c.b); math.Abs(got-c.want) > 0.1 {
			t.Errorf("%v to %v: %.2f km, want %.1f", c.a, c.b, got, c.want)
		}
	}
}

func TestDuplicates(t *testing.T) {
	day, next := stat.Day(stat.MustDate("2024-09-03")), stat.Day(stat.MustDate("2024-09-04"))
	base := Record{ID: "a", PartOf: "a", Period: day, Place: at(50.87, 1.56), Count: stat.Known(12)}
	with := func(id string, change func(*Record)) Record {
		r := base
		r.ID, r.PartOf = id, id
		change(&r)
		return r
	}
	for _, c := range []struct {
		name  string
		other Record
		found bool
	}{
		{"same", with("b", func(*Record) {}), true},
		{"without what parts share", with("b", func(r *Record) { r.PartOf = "" }), true},
		{"24.9 km", with("b", func(r *Record) { r.Place.Latitude += 24.9 / 111.195 }), true},
		{"25.1 km", with("b", func(r *Record) { r.Place.Latitude += 25.1 / 111.195 }), false},
		{"another day", with("b", func(r *Record) { r.Period = next }), false},
		{"a month", with("b", func(r *Record) { r.Period = stat.Month(2024, 9) }), false},
		{"another count", with("b", func(r *Record) { r.Count = stat.Known(11) }), false},
		{"unknown count", with("b", func(r *Record) { r.Count = stat.Count{} }), false},
		{"no place", with("b", func(r *Record) { r.Place.Known = false }), false},
		{"a part of the same", with("b", func(r *Record) { r.PartOf = "a" }), false},
		{"the same row", with("a", func(*Record) {}), false},
	} {
		got := Duplicates([]Record{base, c.other})
		if want := c.found; (len(got) == 2) != want || want && (got["a"][0] != "b" || got["b"][0] != "a") {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	lost := with("c", func(r *Record) { r.PartOf = "" })
	if got := Duplicates([]Record{with("b", func(r *Record) { r.PartOf = "" }), lost}); len(got) != 2 {
		t.Errorf("records that are parts of nothing: %v", got)
	}
	var many []Record
	for _, id := range strings.Fields("d b c") {
		many = append(many, with(id, func(*Record) {}))
	}
	if got := Duplicates(many); !slices.Equal(got["b"], []string{"c", "d"}) || !slices.Equal(got["d"], []string{"b", "c"}) {
		t.Errorf("three: %v", got)
	}
}
