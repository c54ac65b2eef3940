package coast

import (
	"math"
	"strconv"
)

// edge is a side of the rectangle around a map. distance is above zero inside.
type edge func(point) float64

// edges returns the four sides of a map with its margin.
func edges(f Frame) []edge {
	return []edge{
		func(p point) float64 { return p.x + margin },
		func(p point) float64 { return f.Width + margin - p.x },
		func(p point) float64 { return p.y + margin },
		func(p point) float64 { return f.Height() + margin - p.y },
	}
}

// clip cuts a ring to the map, by the method of Sutherland and Hodgman. Where a ring leaves the map and
// comes back, it follows the edge, which the margin hides.
func clip(ring []point, f Frame) []point {
	for _, distance := range edges(f) {
		if len(ring) == 0 {
			return nil
		}
		var out []point
		a := ring[len(ring)-1]
		for _, b := range ring {
			if (distance(a) >= 0) != (distance(b) >= 0) {
				out = append(out, crossing(a, b, distance))
			}
			if distance(b) >= 0 {
				out = append(out, b)
			}
			a = b
		}
		ring = out
	}
	return ring
}

// crossing returns where a line meets an edge.
func crossing(a, b point, distance edge) point {
	part := distance(a) / (distance(a) - distance(b))
	return point{a.x + float64(part*(b.x-a.x)), a.y + float64(part*(b.y-a.y))}
}

// inside returns the parts of a line on the map, each with a corner beyond its ends.
func inside(line []point, f Frame) (parts [][]point) {
	sides := edges(f)
	in := func(p point) bool {
		for _, distance := range sides {
			if distance(p) < 0 {
				return false
			}
		}
		return true
	}
	var part []point
	for i, p := range line {
		switch {
		case in(p):
			if len(part) == 0 && i > 0 {
				part = append(part, line[i-1])
			}
			part = append(part, p)
		case len(part) > 0:
			parts, part = append(parts, append(part, p)), nil
		}
	}
	if len(part) > 1 {
		parts = append(parts, part)
	}
	return parts
}

// simplify leaves out the corners that are closer than the tolerance to the line without them, by the
// method of Douglas and Peucker.
func simplify(line []point, tolerance float64) []point {
	if len(line) < 3 {
		return line
	}
	far, worst := 0, tolerance
	a, b := line[0], line[len(line)-1]
	for i, p := range line[1 : len(line)-1] {
		if d := away(p, a, b); d > worst {
			far, worst = i+1, d
		}
	}
	if far == 0 {
		return []point{a, b}
	}
	first := simplify(line[:far+1], tolerance)
	return append(first[:len(first)-1:len(first)-1], simplify(line[far:], tolerance)...)
}

// away returns the distance of a point from the line between two others.
func away(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	length := float64(dx*dx) + float64(dy*dy)
	part := 0.0
	if length > 0 {
		part = max(0, min(1, (float64((p.x-a.x)*dx)+float64((p.y-a.y)*dy))/length))
	}
	return math.Hypot(p.x-a.x-float64(part*dx), p.y-a.y-float64(part*dy))
}

// path is the data of an SVG path in tenths of a unit, as steps from corner to corner.
type path struct {
	data []byte
	x, y int // where it ends
}

// String returns the data.
func (p *path) String() string { return string(p.data) }

// add adds a line. A closed one ends where it begins.
func (p *path) add(line []point, closed bool) {
	startX, startY := 0, 0
	for i, corner := range line {
		x, y := int(math.Round(corner.x*10)), int(math.Round(corner.y*10))
		dx, dy := x-p.x, y-p.y
		if i > 0 && dx == 0 && dy == 0 {
			continue
		}
		switch i {
		case 0:
			p.data = append(p.data, 'm')
		case 1:
			p.data = append(p.data, 'l')
		default:
			p.number(dx, true)
			p.number(dy, true)
			p.x, p.y = x, y
			continue
		}
		p.number(dx, false)
		p.number(dy, true)
		p.x, p.y = x, y
		if i == 0 {
			startX, startY = x, y
		}
	}
	if closed {
		p.data, p.x, p.y = append(p.data, 'z'), startX, startY
	}
}

// number adds tenths, with a space before it if it needs one.
func (p *path) number(tenths int, spaced bool) {
	if tenths < 0 {
		p.data, tenths, spaced = append(p.data, '-'), -tenths, false
	}
	if spaced {
		p.data = append(p.data, ' ')
	}
	if whole := tenths / 10; whole > 0 || tenths == 0 {
		p.data = strconv.AppendInt(p.data, int64(whole), 10)
	}
	if rest := tenths % 10; rest > 0 {
		p.data = append(p.data, '.', byte('0'+rest))
	}
}
