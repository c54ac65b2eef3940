// Package frontexdetections is the monthly count of illegal border-crossings detected between
// crossing points at the external borders of the European Union and the Schengen area, by route,
// type of border and nationality.
//
// Publisher: Frontex, from what member states report, at
// https://www.frontex.europa.eu/what-we-do/monitoring-and-risk-analysis/migratory-map/. These are
// detections and not persons: one person may be detected on several routes, and often is, above all
// on the eastern Mediterranean and then the western Balkan route.
//
// The publisher's workbook (XLSX) is read: the sheet Detections_of_IBC, below a blank row Route |
// Border Type | Nationality and a column for each month, JAN2009 to the newest, with a row for each
// combination, and the names of countries in English. Earlier releases call the second column Border
// type or inland; that of 2018 has BorderLocation and NationalityLong, and days of the sheet as
// months. The map's page links to it by a name that has the day of publication. Some report that the
// site answers 403 to programs; we send our own name, and releases can be added by hand.
//
// In the workbook 0 is no detection: the copy of 2026-09-02 has a number in 899 of 900 rows of its
// newest month, and public programs add up whole columns of earlier ones without leaving blanks out.
// So a blank cell, or a mark, is no zero: the figure is missing, and so are its sums. If more than 1 %
// of the cells are blank, the release waits. Zeros by nationality are not observations.
//
// A CSV rewritten from the workbook by a third party is read too, with the columns route, type (Land,
// Sea), nat (nationality), t (first day of the month) and n. It lists only combinations that occur, so
// both forms give the same observations. It is added by hand.
//
// The release date is in the file's name, or given with --released.
//
// Traps seen: OOO, OOS and STL among the nationalities of the CSV are not ISO codes (apparently: not
// specified, unspecified sub-Saharan, stateless); 556,345 of the 1,822,102 detections of 2015 have
// OOO. The workbook's own files have not been seen by the authors of this reader; its shape is known
// from public programs that read it.
package frontexdetections

import (
	"regexp"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
)

const id = "frontex-detections"

// Source is the monthly detections.
var Source = source.Source{
	ID:       id,
	Title:    "Illegal border-crossings detected at the EU's external borders",
	Terms:    source.Terms{Publisher: "Frontex", Licence: "Reuse authorised with acknowledgement of the source", LicenceAt: "https://www.frontex.europa.eu/legal-notice/"},
	Homepage: "https://www.frontex.europa.eu/what-we-do/monitoring-and-risk-analysis/migratory-map/",
	Holds:    "Detections of illegal border-crossing each month since 2009, by route, type of border and nationality. Detections, not persons.",
	Quality:  qualityTexts,
	Place:    mapPage("https://www.frontex.europa.eu/what-we-do/monitoring-and-risk-analysis/migratory-map/"),
	// An earlier address of the page, which programs still ask.
	Fallbacks: []origin.Place{mapPage("https://www.frontex.europa.eu/along-eu-borders/migratory-map/")},
	Schedule:  "20 11 * * *",
	Zone:      "Europe/Warsaw",
	// Monthly, about two weeks after the month's end; sometimes a month is left out.
	Every: 31, Grace: 31,
	Series: declared(),
	Breakdowns: source.Breakdowns{
		Occurring: []string{"category", "origin", "route"}, // zeros are not observations
		Cells:     []string{"category", "origin", "route"},
		Leads:     []source.Lead{{Series: series(stat.AllTotal).ID, Dimension: "origin", Of: "illegal border-crossings detected at the EU's external borders", Were: "were of nationals of"}},
	},
	Cumulative:  true,
	Most:        check.Bounds{"detections": 10_000_000},
	Date:        func(name string, _ []byte) (stat.Date, time.Time) { return source.DateInName(name), time.Time{} },
	Decode:      decodeFile,
	MaxExcluded: maxExcluded,
}

// mapPage is the place of the workbook behind a link of a page.
func mapPage(address string) origin.Place {
	return origin.Place{
		Web:       address,
		Link:      regexp.MustCompile(`(?i)^/assets/Migratory_routes/.*Detections[_ -]of[_ -]IBC[^/]*\.xlsx$`),
		MediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		Hosts:     []string{"www.frontex.europa.eu", "frontex.europa.eu"},
		MaxBytes:  decode.DefaultLimits.File,
	}
}

// routes are the codes of the publisher's routes with their names in a title. A test compares them
// with the labels.
var routes = []struct{ code, name string }{
	{"albania-greece-circular", "circular route from Albania to Greece"}, {"black-sea", "Black Sea route"},
	{"central-mediterranean", "central Mediterranean route"}, {"eastern-borders", "eastern borders route"},
	{"eastern-mediterranean", "eastern Mediterranean route"}, {"other", "other routes"}, {"western-africa-atlantic", "western African route"},
	{"western-balkans", "western Balkan route"}, {"western-mediterranean", "western Mediterranean route"}}

// declared returns the series that are compared over time: all detections, and those of each route.
func declared() []stat.Series {
	all := []stat.Series{series(stat.AllTotal)}
	for _, r := range routes {
		d := stat.AllTotal
		d.Route = r.code
		all = append(all, series(d))
	}
	return all
}

func series(d stat.Dimensions) stat.Series {
	title := "Detections at the EU's external borders"
	for _, r := range routes {
		if d.Route == r.code {
			title += ", " + r.name
		}
	}
	return stat.NewSeries(stat.Series{Source: id, Measure: "detections", Unit: "events", Flow: "arrival", Kind: stat.Flow, RefArea: area,
		Dimensions: d, Title: title, Designation: "provisional operational data",
		Definition: "Illegal border-crossings detected between crossing points at the external borders of the European Union and the Schengen area, as member states report them to Frontex. Detections and not persons: who is detected twice counts twice. Undetected crossings, and entries at crossing points, are not counted.",
	}, stat.Monthly)
}

// area is the code for the external borders as a whole.
const area = "EUE"
