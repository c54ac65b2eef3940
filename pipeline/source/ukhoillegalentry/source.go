// Package ukhoillegalentry is the Home Office's quarterly statistics of people detected entering
// the UK by irregular routes, by method of entry, nationality, sex and age.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables.
// One workbook a quarter restates every quarter since 2018. Its first dataset is read, in the sheet
// "Data - Irr_D01" (until 2025) or "Data_IER_D01": Year, Quarter, Method of entry, Nationality,
// Region, Sex, Age Group, Number of detections. The other datasets, on asylum claims and modern
// slavery, are not read. A CSV made from the same dataset, with an additional column Date, is read
// too.
//
// Published are
//
//   - every cell as in the dataset;
//   - all detections, and those by each method; only these are compared over time;
//   - detections in small boats by nationality, by sex and by age.
//
// The dataset lists the combinations that occur and never states a 0: in the three releases of 2023
// the smallest count is 1. A method without a row in a quarter is therefore 0 there. A cell without
// a row is not stated.
//
// Traps seen, in these releases: the date of a row is the quarter's first day in one CSV and its
// last in the other; small boats of 2022 are 45,755 in May and 45,774 from August, those of 2020
// are 8,466 while the weekly series has 8,462; for some people (2,576 in May, 4,763 in August)
// nationality, sex and age are recorded only later, so breakdowns of the last quarters change while
// the totals stay; the workbook of 23 November was saved again on the 30th under that date.
package ukhoillegalentry

import (
	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/source/ukhodetailed"
	"crossings/pipeline/stat"
)

const id = "ukho-illegal-entry"

// Source is the quarterly statistics of irregular entry.
var Source = ukhodetailed.Describe(source.Source{
	ID:      id,
	Title:   "People detected entering the UK by irregular routes, quarterly",
	Holds:   "People detected entering the UK irregularly each quarter since 2018, by method of entry, nationality, sex and age; small boats are one of four methods.",
	Quality: qualityTexts,
	Place:   ukhodetailed.Place(ukhodetailed.IllegalEntry),
	Series:  declared(),
	Wholes:  wholes(),
	Breakdowns: source.Breakdowns{
		Cells: []string{"age", "category", "origin", "sex"},
		Leads: []source.Lead{{Series: series(by(smallBoat)).ID, Dimension: "origin", Of: "people detected arriving in small boats", Were: "were nationals of"}},
	},
	Bridges: []source.Bridge{{
		Series: stat.NewSeriesID(id, measure, stat.Quarterly, by(smallBoat)), Reference: "ukho-small-boats:arrivals:D",
		Note: "The quarterly statistics are counted later, from the case-working systems in which each arrival is recorded, and are corrected with these; the daily figures come from the operation itself.",
	}},
	Most:   check.Bounds{"detections": 500_000},
	Decode: decodeFile,
})

const measure = "detections"

// smallBoat is the code of the method of entry.
const smallBoat = "small-boat"

// methods are the codes of the methods of entry, with their titles and definitions.
var methods = []struct{ code, title, definition string }{
	{"air", "Inadequately documented air arrivals", "People who meant to enter by air without papers or with false ones. Honest mistakes, and people stopped before they boarded, are not counted. From management information, to be read with care."},
	{"in-country", "Irregular entrants detected in the UK", "People found in the UK, outside the controlled area of a port, within 72 hours of an entry that is believed irregular. Finds at Dover, Cheriton and St Pancras are among them. From management information, to be read with care."},
	{smallBoat, "People arriving in small boats, official statistics", "People detected on arrival in the UK, or detected in the Channel and brought to the UK, in small boats. The same people as in ukho-small-boats, but counted in the quarterly official statistics: the two stay apart and differ a little."},
	{"uk-port", "Irregular entrants detected at UK ports", "People found at a port as they try to enter irregularly, such as in a lorry or container. Finds at ports whose UK checks are made abroad, and people stopped before they left, are not among them. From management information, to be read with care."},
}

// by returns the breakdown by a method of entry.
func by(method string) stat.Dimensions {
	d := stat.AllTotal
	d.Category = method
	return d
}

// declared returns the series that are compared over time.
func declared() []stat.Series {
	all := []stat.Series{series(stat.AllTotal)}
	for _, m := range methods {
		all = append(all, series(by(m.code)))
	}
	return all
}

// wholes returns the series that others are weighed against: small boats by themselves, the other
// methods as parts of all detections.
func wholes() map[stat.SeriesID]stat.SeriesID {
	out := map[stat.SeriesID]stat.SeriesID{}
	for _, m := range methods {
		if m.code != smallBoat {
			out[series(by(m.code)).ID] = series(stat.AllTotal).ID
		}
	}
	return out
}

// series describes a breakdown.
func series(d stat.Dimensions) stat.Series {
	s := stat.Series{Source: id, Measure: measure, Unit: "persons", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR", Dimensions: d,
		Title: "People detected entering by irregular routes", Designation: "official statistics",
		Definition: "People detected entering the UK in small boats, by air without proper documents, at ports, or in the country soon after. Not all irregular entry: who is not detected, or enters by another route, is not counted."}
	for _, m := range methods {
		if d.Category == m.code {
			s.Title, s.Definition = m.title, m.definition
		}
	}
	for _, x := range []struct{ name, code string }{{"nationality", d.Origin}, {"sex", d.Sex}, {"age", d.Age}} {
		if x.code != stat.Total {
			s.Title += ", " + x.name + " " + x.code
		}
	}
	return stat.NewSeries(s, stat.Quarterly)
}
