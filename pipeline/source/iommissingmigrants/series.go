package iommissingmigrants

import (
	"fmt"

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

// route is a code of the list of routes and its name in a sentence.
type route struct{ code, name string }

// routes are those that the publisher's labels stand for. A test compares them
// with schemas/labels/route.csv and schemas/codelists/route.csv.
var routes = []route{
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
	{"_O", "several routes"},
	{"_X", "not stated"},
	{stat.Total, "total"},
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
	}
	return "on the route " + r.name
}

// frequencies are those of the sums.
var frequencies = []stat.Frequency{stat.Monthly, stat.Annual}

// allSeries returns the series of each measure, route and frequency.
func allSeries() []stat.Series {
	var out []stat.Series
	for _, r := range routes {
		for m := range measures {
			for _, f := range frequencies {
				out = append(out, series(m, r, f))
			}
		}
	}
	return out
}

func series(measure int, r route, f stat.Frequency) stat.Series {
	const recorded = "as recorded by IOM's Missing Migrants Project, added up over its incidents. A minimum: many deaths are never reported."
	s := stat.Series{Source: id, Measure: measureCodes[measure], Unit: "persons", Flow: "fatality", Kind: stat.Flow, RefArea: stat.Total,
		Dimensions: stat.Dimensions{Route: r.code}, Designation: "records of incidents, minimum figures"}
	switch measure {
	case dead:
		s.Title = "People found dead " + r.where()
		s.Definition = fmt.Sprintf("People found dead %s, %s", r.where(), recorded)
	case missing:
		s.Title = "People missing and presumed dead " + r.where()
		s.Definition = fmt.Sprintf("People missing and presumed dead %s, the lowest estimate of each incident, %s", r.where(), recorded)
	case both:
		s.Title = "People dead or missing " + r.where() + ", at least"
		s.Definition = fmt.Sprintf("At least this many people dead or missing %s, %s The range is from those found dead alone to dead and missing together.", r.where(), recorded)
	}
	if f == stat.Monthly {
		s.Title += ", by month"
		s.Definition += " Incidents of which the year alone is known are in the yearly figures only."
	} else {
		s.Title += ", by year"
	}
	if r.code == englishChannel {
		s.Definition += " The publisher renamed the route from English Channel to the UK to Mainland Europe to the UK; since then deaths on land on the way to the UK are counted too, so that releases before and after do not compare."
	}
	return stat.NewSeries(s, f)
}
