package sitetest

import (
	"fmt"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// IncidentsSource is the data set of the made-up incidents.
const IncidentsSource = "iom-missing-migrants"

// addIncidents adds made-up incidents of three seas and twelve years: at sea, on land, off the map,
// without a place, of an unknown number, and one that may be stated twice.
func addIncidents(t *table.Table) {
	n := 0
	put := func(r row.Incident) {
		n++
		r.Incident = fmt.Sprintf("%d.X%04d", r.DateStart.Year(), n)
		r.DateEnd, r.Precision, r.Release, r.Source, r.IncidentType = r.DateStart, "day", "2025-05-05-0123456789ab", IncidentsSource, "incident"
		row.Add(t, r)
	}
	seas := []struct {
		route, country      string
		latitude, longitude float64
	}{{"english-channel", "FRA", 50.9, 1.6}, {"central-mediterranean", "LBY", 33.4, 13}, {"western-africa-atlantic", "MAR", 27.6, -14.2}}
	for _, sea := range seas {
		for i := range 60 {
			dead, missing := int64(i%7), int64(i%3*(1+i/8))
			r := row.Incident{DateStart: stat.MustDate(fmt.Sprintf("%d-%02d-11", 2014+i%12, 1+i%4)), Route: sea.route, Country: sea.country, Region: "Mediterranean",
				Latitude: row.Num(sea.latitude+float64(i%8)*0.05, true), Longitude: row.Num(sea.longitude+float64(i%11)*0.08, true),
				Dead: stat.Known(dead), Missing: stat.Known(missing), DeadAndMissing: stat.Known(dead + missing),
				Cause: "drowning", SourceQuality: stat.Known(int64(1 + i%5)), PlaceCheck: "in-waters", Setting: "at-sea"}
			switch i {
			case 5:
				r.Dead, r.Missing, r.DeadAndMissing = stat.Count{}, stat.Count{}, stat.Count{}
			case 6, 7:
				r.PlaceCheck, r.Setting, r.Cause, r.Country = "outside-waters", "elsewhere", "vehicle-accident", ""
			case 8:
				r.Latitude, r.PlaceCheck, r.Setting = row.Number{}, "no-place", "_U"
			case 9:
				r.Latitude = row.Num(70, true)
			case 10:
				r.PossibleDuplicateOf = "2024.X0012"
			}
			put(r)
		}
	}
}
