// Package coast has the land of the maps of the site, and places points on it.
//
// Each frame is a part of the world in plate carrée projection, true to scale along the latitude in
// its middle: a degree of longitude is as wide, compared with a degree of latitude, as it is there.
// The lines are those of Natural Earth (public domain) as npm world-atlas has them, cut to the frame
// and simplified. They are kept in the repository, and a test makes them again.
package coast

import (
	_ "embed" // the lines
	"encoding/json"
	"math"
	"sync"
)

// Frame is the part of the world that a map shows.
type Frame struct {
	Name                     string
	West, East, South, North float64 // degrees
	Width                    float64 // of the map, in its own units
	tolerance                float64 // how far a simplified line may be from the coast, in those units
}

// The frames of the maps.
var (
	// Channel is the Strait of Dover with the coasts around it.
	Channel = Frame{Name: "channel", West: -0.45, East: 3.45, South: 50.02, North: 51.68, Width: 720, tolerance: 0.45}
	// Mediterranean is the whole Mediterranean Sea.
	Mediterranean = Frame{Name: "mediterranean", West: -8.5, East: 36.5, South: 30.2, North: 46, Width: 1100, tolerance: 0.92}
	// Atlantic is the way from the west coast of Africa to the Canary Islands.
	Atlantic = Frame{Name: "atlantic", West: -25.6, East: -6.5, South: 12, North: 34.2, Width: 640, tolerance: 0.8}
)

// Frames are all frames.
var Frames = []Frame{Channel, Mediterranean, Atlantic}

// scale returns the units of a degree of longitude and of a degree of latitude.
func (f Frame) scale() (x, y float64) {
	x = f.Width / (f.East - f.West)
	return x, x / math.Cos((f.South+f.North)/2*math.Pi/180)
}

// Height returns the height of the map in its own units.
func (f Frame) Height() float64 {
	_, y := f.scale()
	return math.Round((f.North - f.South) * y)
}

// Point returns the place of a point on the map, from its upper left corner, and whether the map
// shows it.
func (f Frame) Point(latitude, longitude float64) (x, y float64, shown bool) {
	perX, perY := f.scale()
	x, y = (longitude-f.West)*perX, (f.North-latitude)*perY
	return x, y, x >= 0 && x <= f.Width && y >= 0 && y <= f.Height()
}

// Kilometres returns the length of a unit of the map along its middle latitude, in kilometres.
func (f Frame) Kilometres() float64 {
	const meridian = 111.195 // a degree of latitude on a sphere of the mean radius
	_, y := f.scale()
	return meridian / y
}

// Lines are the land and the borders of a frame as data of SVG paths.
type Lines struct{ Land, Borders string }

//go:embed lines.json
var kept []byte

var lines = sync.OnceValue(func() map[string]Lines {
	var all map[string]Lines
	if err := json.Unmarshal(kept, &all); err != nil {
		panic(err) // a test reads the file
	}
	return all
})

// Lines returns the land and the borders of the frame.
func (f Frame) Lines() Lines { return lines()[f.Name] }
