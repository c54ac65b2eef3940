package coast

import (
	"bytes"
	"encoding/json"
	"flag"
	"math"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write lines.json")

// TestLinesAreUpToDate makes the lines again from the package that "make build" puts in place.
func TestLinesAreUpToDate(t *testing.T) {
	world, err := os.ReadFile("../testdata/world.json")
	if err != nil {
		t.Fatalf("%v\nhint: make build puts it in place", err)
	}
	all := map[string]Lines{}
	for _, f := range Frames {
		if all[f.Name], err = Outline(world, f); err != nil {
			t.Fatal(err)
		}
	}
	made, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	made = append(made, '\n')
	if *update {
		if err := os.WriteFile("lines.json", made, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(made, kept) {
		t.Error("lines.json is not what the frames and the package give; hint: make golden")
	}
	if len(kept) > 30_000 {
		t.Errorf("lines.json has %d bytes, more than the limit of 30000", len(kept))
	}
}

// TestPoint checks where known places are drawn, and that a map is to scale in its middle.
func TestPoint(t *testing.T) {
	x, y, shown := Channel.Point(51.68, -0.45)
	if x != 0 || y != 0 || !shown {
		t.Errorf("the corner is at %g, %g, shown %t", x, y, shown)
	}
	for _, place := range [][2]float64{{51.7, 1}, {49.9, 1}, {51, -0.5}, {51, 3.5}} {
		if _, _, shown := Channel.Point(place[0], place[1]); shown {
			t.Errorf("%v is shown", place)
		}
	}
	for _, f := range Frames {
		middle := (f.South + f.North) / 2
		x1, _, _ := f.Point(middle, f.West)
		x2, _, _ := f.Point(middle, f.West+1)
		_, y1, _ := f.Point(f.North, f.West)
		_, y2, _ := f.Point(f.North-1, f.West)
		if ratio := (x2 - x1) / (y2 - y1); math.Abs(ratio-math.Cos(middle*math.Pi/180)) > 1e-9 {
			t.Errorf("%s: a degree of longitude is %g of one of latitude", f.Name, ratio)
		}
		if km := (y2 - y1) * f.Kilometres(); math.Abs(km-111.195) > 1e-9 {
			t.Errorf("%s: a degree of latitude has %g km", f.Name, km)
		}
	}
}

// square returns a world with one land: a square of two degrees, its south-west corner at 50 north and
// 1 east, and two countries in it that share a border at 2 east.
func square() []byte {
	return []byte(`{"transform":{"scale":[1,1],"translate":[0,0]},"arcs":[[[2,50],[0,2]],[[2,52],[-1,0],[0,-2],[1,0]],[[2,50],[1,0],[0,2],[-1,0]]],
"objects":{"land":{"geometries":[{"type":"MultiPolygon","arcs":[[[1,2]]]}]},
"countries":{"geometries":[{"type":"Polygon","arcs":[[0,1]]},{"type":"Polygon","arcs":[[-1,2]]}]}}}`)
}

// TestOutline cuts a square land at the edges of a frame inside it.
func TestOutline(t *testing.T) {
	f := Frame{West: 0, East: 4, South: 51, North: 53, Width: 40}
	got, err := Outline(square(), f)
	if err != nil {
		t.Fatal(err)
	}
	_, y := f.scale()
	bottom := math.Round(f.Height()*10+10*margin) / 10
	if want := "20 "; !strings.HasPrefix(got.Borders, "m"+want) || strings.Count(got.Borders, "m") != 1 {
		t.Errorf("borders are %q, not one line that begins at m%s", got.Borders, want)
	}
	if strings.Count(got.Land, "z") != 1 || !strings.Contains(got.Land, "20 0") && !strings.Contains(got.Land, "-20 0") {
		t.Errorf("the land is %q (%g a degree, edge at %g)", got.Land, y, bottom)
	}
	for _, bad := range []string{`{`, `{"objects":{"land":{"geometries":[{"type":"Point","arcs":[]}]}}}`, `{"objects":{"land":{"geometries":[{"type":"Polygon","arcs":[[7]]}]}}}`} {
		if _, err := Outline([]byte(bad), f); err == nil {
			t.Errorf("%s gives no error", bad)
		}
	}
}

// TestPath checks the steps of a path, those after a closed ring counted from its start.
func TestPath(t *testing.T) {
	var p path
	p.add([]point{{1, 2}, {1.5, 2}, {1.5, 12.04}, {1.5, 12.01}, {-0.25, 0}}, true)
	p.add([]point{{1, 2}, {3, 2}}, false)
	if got, want := p.String(), "m1 2l.5 0 0 10-1.8-12zm0 0l2 0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSimplify leaves out a corner within the tolerance, and keeps one beyond it.
func TestSimplify(t *testing.T) {
	got := simplify([]point{{0, 0}, {1, 0.1}, {2, 0}, {3, 2}, {4, 0}, {0, 0}}, 0.5)
	if len(got) != 5 || got[1] != (point{2, 0}) || got[2] != (point{3, 2}) {
		t.Errorf("got %v", got)
	}
}
