package incidentmap

import "crossings/charts/coast"

// View is the map of a sea: what it shows, and how it is laid out.
type View struct {
	ID, Title string
	Where     string // "on the way across the Channel", ends a sentence
	Routes    []string
	frame     coast.Frame
	unit      float64 // radius of the circle of one person
	scale     []int64 // people of the circles in the legend, the largest first
	bar       float64 // kilometres of the bar in the legend
	legend    [2]float64
	crops     []crop
	places    []place
}

// crop is a part of the map for narrow screens, in degrees.
type crop struct {
	Title                    string // what it shows, "" if the map has only one
	West, East, South, North float64
}

// place is a name on the map. Its text ends at the point if dx is below zero, and else begins there.
type place struct {
	name                string
	latitude, longitude float64
	kind                byte // 'c' for a city with its dot, 'l' for a land, 's' for a sea
	dx, dy              float64
	wide                bool // whether only the whole map names it
}

// Views are the maps, in the order of the page.
var Views = []View{
	{
		ID: "channel", Title: "The Channel", Where: "on the way across the Channel", Routes: []string{"english-channel"},
		frame: coast.Channel, unit: 4.6, scale: []int64{30, 10, 1}, bar: 20, legend: [2]float64{24, 386},
		crops: []crop{{West: 1.05, East: 2.75, South: 50.5, North: 51.33}},
		places: []place{
			{"London", 51.507, -0.128, 'c', 8, 5, true}, {"Dover", 51.128, 1.313, 'c', -8, 0, false}, {"Hastings", 50.856, 0.573, 'c', -8, -8, true},
			{"Calais", 50.951, 1.859, 'c', 10, 20, false}, {"Dunkirk", 51.035, 2.377, 'c', 10, 16, false}, {"Boulogne", 50.726, 1.614, 'c', 12, 5, false},
			{"Ostend", 51.226, 2.916, 'c', 10, 18, true},
			{"England", 51.25, 0.25, 'l', 0, 0, true}, {"France", 50.4, 2.35, 'l', 0, 0, true}, {"Belgium", 50.98, 3.05, 'l', 0, 0, true},
		},
	},
	{
		ID: "mediterranean", Title: "The Mediterranean", Where: "on the three routes across the Mediterranean",
		Routes: []string{"central-mediterranean", "western-mediterranean", "eastern-mediterranean"},
		frame:  coast.Mediterranean, unit: 1.15, scale: []int64{1000, 100, 10}, bar: 200, legend: [2]float64{186, 396},
		crops: []crop{
			{Title: "Central part", West: 9.2, East: 20.4, South: 31.2, North: 39.4},
			{Title: "Western part", West: -8.2, East: 4.2, South: 33.6, North: 42},
			{Title: "Eastern part", West: 19.4, East: 31.6, South: 31.4, North: 41.4},
		},
		places: []place{
			{"Spain", 39.6, -3.8, 'l', 0, 0, false}, {"Morocco", 33.9, -5.6, 'l', 0, 0, true}, {"Algeria", 34.2, 3.2, 'l', 0, 0, true}, {"Tunisia", 34.6, 9.4, 'l', 0, 0, true},
			{"Libya", 31, 16.4, 'l', 0, 0, true}, {"Egypt", 30.6, 29.2, 'l', 0, 0, true}, {"Italy", 42.6, 12.6, 'l', 0, 0, true}, {"Greece", 39.3, 22, 'l', 0, 0, false},
			{"Türkiye", 38.6, 31, 'l', 0, 0, true}, {"France", 44.6, 2.6, 'l', 0, 0, true},
			{"Lampedusa", 35.5, 12.6, 'c', -8, -6, false}, {"Tripoli", 32.89, 13.19, 'c', 4, 18, false}, {"Malta", 35.9, 14.45, 'c', 8, 4, false},
			{"Gibraltar", 36.14, -5.35, 'c', 6, -6, false}, {"Lesbos", 39.2, 26.3, 'c', -8, 4, false}, {"Crete", 35.2, 24.9, 'l', 0, 0, false},
		},
	},
	{
		ID: "atlantic", Title: "The Atlantic", Where: "on the way from the west coast of Africa to the Canary Islands", Routes: []string{"western-africa-atlantic"},
		frame: coast.Atlantic, unit: 1.9, scale: []int64{200, 50, 5}, bar: 200, legend: [2]float64{24, 24},
		crops: []crop{{West: -19.2, East: -9.4, South: 20.4, North: 30.4}},
		places: []place{
			{"Canary Islands", 29.2, -16.2, 'l', 0, 0, false}, {"Morocco", 31.4, -8.2, 'l', 0, 0, true}, {"Western Sahara", 24.6, -13, 'l', 0, 0, false}, {"Mauritania", 20.4, -11.5, 'l', 0, 0, true},
			{"Senegal", 14.9, -15, 'l', 0, 0, true}, {"Cape Verde", 17.4, -24, 'l', 0, 0, true}, {"Dakhla", 23.7, -15.93, 'c', 10, 4, false}, {"Nouadhibou", 20.93, -17.03, 'c', 10, 4, false},
			{"Dakar", 14.72, -17.47, 'c', 10, 14, true},
		},
	},
}
