package iommissingmigrants

import (
	"slices"
	"strings"

	places "crossings/pipeline/incident"
	"crossings/pipeline/stat"
)

// The measures, in the order of a cell's sums.
const (
	dead = iota
	missing
	both
	measures
)

var measureCodes = [measures]string{"dead", "missing", "dead-and-missing"}

// route is a code of the list of routes and its name. The codes for no route have no name.
type route struct{ code, name string }

// routes are those that the publisher's labels stand for. A test compares them with
// schemas/labels/route.csv and schemas/codelists/route.csv.
var routes = []route{
	{code: stat.Total},
	{"afghanistan-to-iran", "Afghanistan to Iran"},
	{"belarus-eu-border", "Belarus-EU border"},
	{"caribbean-to-central-america", "Caribbean to Central America"},
	{"caribbean-to-us", "Caribbean to the US"},
	{"central-america-to-us", "Central America to the US"},
	{"central-mediterranean", "central Mediterranean"},
	{"darien", "Darien"},
	{"dominican-republic-to-puerto-rico", "Dominican Republic to Puerto Rico"},
	{"drc-to-uganda", "DRC to Uganda"},
	{"eastern-mediterranean", "eastern Mediterranean"},
	{"eastern-route-ehoa", "eastern route to and from the Horn of Africa"},
	{englishChannel, "English Channel"},
	{"haiti-to-dominican-republic", "Haiti to the Dominican Republic"},
	{"horn-of-africa", "Horn of Africa"},
	{"iran-to-turkiye", "Iran to Türkiye"},
	{"italy-to-france", "Italy to France"},
	{"malaysia-to-indonesia", "Malaysia to Indonesia"},
	{"northern-route-ehoa", "northern route from the Horn of Africa"},
	{"sahara-desert", "Sahara Desert"},
	{"sea-to-mayotte", "sea crossings to Mayotte"},
	{"southern-africa", "route to southern Africa"},
	{"syria-to-turkiye", "Syria to Türkiye"},
	{"turkiye-to-europe-land", "Türkiye-Europe land route"},
	{"ukraine-to-europe", "Ukraine to Europe"},
	{"us-mexico-border", "US-Mexico border"},
	{"venezuela-to-caribbean", "Venezuela to the Caribbean"},
	{"western-africa-atlantic", "western Africa and Atlantic"},
	{"western-balkans", "western Balkans"},
	{"western-mediterranean", "western Mediterranean"},
	{code: "_O"},
	{code: "_X"},
}

// englishChannel is the code of the route across the Channel.
const englishChannel = "english-channel"

// where returns the route as the end of a phrase: "people found dead …".
func (r route) where() string {
	switch r.code {
	case "_O":
		return "where several routes are named"
	case "_X":
		return "where no route is stated"
	case stat.Total:
		return "on all routes together"
	case englishChannel:
		return "in the Channel"
	case "central-mediterranean", "eastern-mediterranean", "western-mediterranean":
		return "in the " + r.name
	case "western-africa-atlantic":
		return "between western Africa and the Canaries"
	}
	return "on the route " + r.name
}

// figure is a series with its measure and frequency.
type figure struct {
	stat.Series
	measure   int
	frequency stat.Frequency
}

// settings are the settings of incidents, as categories of the routes with a rate, with their words
// in titles. An incident is in neither if its cause and its place do not tell.
var settings = []struct{ code, words string }{{places.AtSea, ", at sea"}, {places.Elsewhere, ", on land or in vehicles"}}

// hasSettings reports whether the figures of a route are also stated by setting.
func hasSettings(route string) bool { return route != stat.Total && slices.Contains(leading, route) }

// figures are those of each route, measure and frequency.
var figures = allFigures()

func allFigures() []figure {
	var out []figure
	for _, r := range routes {
		out = append(out, figuresOf(r)...)
	}
	return out
}

// figuresOf returns the figures of one route. They share no memory.
func figuresOf(r route) []figure {
	var out []figure
	for m := range measures {
		for _, f := range []stat.Frequency{stat.Monthly, stat.Annual} {
			s := series(m, r, f)
			out = append(out, figure{s, m, f})
			if !hasSettings(r.code) {
				continue
			}
			for _, x := range settings {
				out = append(out, figure{bySetting(s, x.code, x.words, f), m, f})
			}
		}
	}
	return out
}

// bySetting returns the series of the incidents in one setting.
func bySetting(s stat.Series, code, words string, f stat.Frequency) stat.Series {
	s.Category, s.One, s.Many = code, "", ""
	by := map[stat.Frequency]string{stat.Monthly: ", by month", stat.Annual: ", by year"}[f]
	s.Title = strings.TrimSuffix(s.Title, by) + words + by
	s.Definition += " Only incidents in this setting: people who drowned, or died in the waters of the route or on its shore, are at sea; those killed by vehicles on the way across the Channel, and others elsewhere, are not."
	return stat.NewSeries(s, f)
}

func allSeries() []stat.Series {
	out := make([]stat.Series, len(figures))
	for i, x := range figures {
		out[i] = x.Series
	}
	return out
}

// leading are the routes that are weighed by themselves: those with a rate, and all routes
// together.
var leading = []string{stat.Total, englishChannel, "central-mediterranean"}

// wholes returns the series that others are weighed against. People move from missing to dead when
// they are found, so each of the two is weighed against both; the small routes are weighed against
// all of them.
func wholes() map[stat.SeriesID]stat.SeriesID {
	out := map[stat.SeriesID]stat.SeriesID{}
	for _, x := range figures {
		d := x.Dimensions
		d.Category = stat.Total
		if !slices.Contains(leading, d.Route) {
			d.Route = stat.Total
		}
		if whole := stat.NewSeriesID(id, measureCodes[both], x.frequency, d); whole != x.ID {
			out[x.ID] = whole
		}
	}
	return out
}

// series returns a series. What is counted does not depend on the route, which is in the title. The
// Channel's definition also has a warning.
func series(measure int, r route, f stat.Frequency) stat.Series {
	s := stat.Series{Source: id, Measure: measureCodes[measure], Unit: "persons", Flow: "fatality", Kind: stat.Flow, RefArea: stat.Total,
		Dimensions: stat.Dimensions{Route: r.code}, Designation: "records of incidents, minimum figures"}
	switch measure {
	case dead:
		s.Title = "People found dead " + r.where()
		s.Definition = "People found dead during migration, as recorded by IOM's Missing Migrants Project: its incidents added up. A minimum, for many deaths are never reported."
	case missing:
		s.Title = "People missing and presumed dead " + r.where()
		s.Definition = "People missing and presumed dead during migration, as recorded by IOM's Missing Migrants Project: the lowest estimates of its incidents added up. A minimum, for many deaths are never reported."
	case both:
		s.Title = "People dead or missing " + r.where() + ", at least"
		s.Definition = "People found dead, and missing and presumed dead, during migration, as recorded by IOM's Missing Migrants Project: at least this many. The lower end counts those found dead, the upper end both."
	}
	if f == stat.Monthly {
		s.Title += ", by month"
		s.Definition += " Incidents with only a year are in the yearly figures only."
	} else {
		s.Title += ", by year"
	}
	if r.code == englishChannel && measure == both && f == stat.Monthly {
		s.One, s.Many = "person has died or gone missing on the way across the Channel", "people have died or gone missing on the way across the Channel"
	}
	if r.code == englishChannel {
		s.Definition += " The publisher has renamed this route, from English Channel to the UK to Mainland Europe to the UK. Since then it covers deaths on land on the way to the UK too: releases before and after do not compare."
	}
	return stat.NewSeries(s, f)
}
