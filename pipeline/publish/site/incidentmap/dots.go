package incidentmap

import (
	"math"
	"strconv"
)

// dots are incidents that share a path with others of the same size, period and kind: a line of no
// length with round ends is a circle, in a tenth of the bytes of one.
type dots struct {
	unit  float64
	order []dot
	lines map[dot][]byte
	ends  map[dot][2]int
}

// dot is what the marks of a path have in common.
type dot struct {
	people  int64
	period  int
	outside bool
	dead    bool
}

func newDots(unit float64) *dots {
	return &dots{unit: unit, lines: map[dot][]byte{}, ends: map[dot][2]int{}}
}

// add adds a mark for all people of an incident, and one inside it for those found dead.
func (d *dots) add(e *entry, people, dead int64) {
	d.put(dot{people, e.period, e.outside(), false}, e)
	if dead > 0 {
		d.put(dot{dead, e.period, e.outside(), true}, e)
	}
}

// put adds a mark to its path, as the step from the one before in tenths.
func (d *dots) put(k dot, e *entry) {
	if d.lines[k] == nil {
		d.order = append(d.order, k)
	}
	x, y := int(math.Round(e.x*10)), int(math.Round(e.y*10))
	from := d.ends[k]
	line := append(d.lines[k], 'm')
	line = appendTenths(line, x-from[0])
	line = append(line, ' ')
	line = appendTenths(line, y-from[1])
	d.lines[k], d.ends[k] = append(line, "h0"...), [2]int{x, y}
}

// appendTenths writes a number of tenths.
func appendTenths(line []byte, tenths int) []byte {
	return strconv.AppendFloat(line, float64(tenths)/10, 'f', -1, 64)
}

// draw draws the paths, those of more people first.
func (d *dots) draw(c *canvas) {
	for _, dead := range []bool{false, true} {
		for _, k := range d.order {
			if k.dead != dead {
				continue
			}
			class := "all"
			if dead {
				class = "dead"
			}
			out := ""
			if k.outside {
				out = " out"
			}
			c.add(`<path class="im-dot %s p%d%s" stroke-width="%s" d="%s"/>`, class, k.period, out, num(2*d.unit*math.Sqrt(float64(k.people))), d.lines[k])
		}
	}
}
