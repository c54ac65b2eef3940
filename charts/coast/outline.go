package coast

import (
	"encoding/json"
	"fmt"
	"math"
)

// point is a place in units of a map.
type point struct{ x, y float64 }

// topology is a world as TopoJSON: lines that geometries share, named by their numbers.
type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]int // each corner but the first as the step from the one before
	Objects   struct {
		Countries, Land struct{ Geometries []geometry }
	}
}

// geometry is a land: a Polygon is a list of rings, a MultiPolygon a list of those. A ring is a list of
// arcs; ^n is arc n in the other direction.
type geometry struct {
	Type string
	Arcs json.RawMessage
}

// rings returns the rings of a geometry.
func (g geometry) rings() ([][]int, error) {
	var polygons [][][]int
	var err error
	switch g.Type {
	case "MultiPolygon":
		err = json.Unmarshal(g.Arcs, &polygons)
	case "Polygon":
		polygons = make([][][]int, 1)
		err = json.Unmarshal(g.Arcs, &polygons[0])
	default:
		err = fmt.Errorf("geometry of type %q", g.Type)
	}
	var rings [][]int
	for _, p := range polygons {
		rings = append(rings, p...)
	}
	return rings, err
}

// In units of a map.
const (
	smallest = 1.5 // area of the smallest island that is drawn
	margin   = 6   // how far land is drawn beyond the edge, so that the edge is no coast
)

// Outline returns the land and the borders of a frame. world is the file countries-10m.json of npm
// world-atlas.
func Outline(world []byte, f Frame) (Lines, error) {
	var t topology
	if err := json.Unmarshal(world, &t); err != nil {
		return Lines{}, fmt.Errorf("world: %w", err)
	}
	var land, borders path
	for _, g := range t.Objects.Land.Geometries {
		rings, err := g.rings()
		if err != nil {
			return Lines{}, err
		}
		for _, ring := range rings {
			line, err := t.line(f, ring)
			if err != nil {
				return Lines{}, err
			}
			if cut := simplify(clip(line, f), f.tolerance); len(cut) > 2 && area(cut) >= smallest {
				land.add(cut, true)
			}
		}
	}
	shared, err := t.shared()
	if err != nil {
		return Lines{}, err
	}
	for _, arc := range shared {
		line, err := t.line(f, []int{arc})
		if err != nil {
			return Lines{}, err
		}
		for _, part := range inside(line, f) {
			borders.add(simplify(part, f.tolerance), false)
		}
	}
	return Lines{land.String(), borders.String()}, nil
}

// shared returns the arcs that two countries have in common, in order.
func (t topology) shared() ([]int, error) {
	uses := make([]int, len(t.Arcs))
	for _, g := range t.Objects.Countries.Geometries {
		rings, err := g.rings()
		if err != nil {
			return nil, err
		}
		for _, ring := range rings {
			for _, arc := range ring {
				uses[max(arc, ^arc)]++
			}
		}
	}
	var out []int
	for arc, n := range uses {
		if n > 1 {
			out = append(out, arc)
		}
	}
	return out, nil
}

// line returns the corners of a list of arcs on the map of a frame.
func (t topology) line(f Frame, arcs []int) ([]point, error) {
	var out []point
	for _, n := range arcs {
		number := max(n, ^n)
		if number >= len(t.Arcs) {
			return nil, fmt.Errorf("arc %d of %d", number, len(t.Arcs))
		}
		var corners []point
		x, y := 0, 0
		for _, step := range t.Arcs[number] {
			x, y = x+step[0], y+step[1]
			longitude, latitude := t.degrees(x, y)
			px, py, _ := f.Point(latitude, longitude)
			corners = append(corners, point{px, py})
		}
		if n < 0 {
			for i, j := 0, len(corners)-1; i < j; i, j = i+1, j-1 {
				corners[i], corners[j] = corners[j], corners[i]
			}
		}
		if len(out) > 0 && len(corners) > 0 {
			corners = corners[1:] // the last one of the arc before
		}
		out = append(out, corners...)
	}
	return out, nil
}

// degrees returns the place of a corner. The conversions keep the compiler from fusing the product with
// the sum, which could differ between machines.
func (t topology) degrees(x, y int) (longitude, latitude float64) {
	return float64(float64(x)*t.Transform.Scale[0]) + t.Transform.Translate[0], float64(float64(y)*t.Transform.Scale[1]) + t.Transform.Translate[1]
}

// area returns the area inside a ring.
func area(ring []point) float64 {
	sum, a := 0.0, ring[len(ring)-1]
	for _, b := range ring {
		sum += float64(a.x*b.y) - float64(b.x*a.y)
		a = b
	}
	return math.Abs(sum) / 2
}
