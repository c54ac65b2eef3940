// Package iommissingmigrants is the list of incidents in which people died or went missing on the
// way, kept by the Missing Migrants Project of the International Organization for Migration (IOM).
//
// Publisher: IOM, under CC BY 4.0 (attribute), at https://missingmigrants.iom.int/downloads. The
// whole list is one workbook at an address that does not change, or a CSV of the same rows. Each
// release restates all of it.
//
// A file is read in four steps. Its columns are found by the words of their headers, in any order;
// see the list wanted. Each row becomes an incident, or is excluded with a reason. The incidents are
// kept as records. They are added up by route, month and year, for the complete months and years
// between the first incident and the last.
//
// Strict are: the columns with the identifier, the date, the dead, the missing, and the route or
// region must be there; two headers may not mean the same; a further column with counts stops the
// file, another one is a finding.
//
// What is counted: dead are bodies found; missing is the lowest estimate of people presumed dead.
// Both are minimums. Dead and missing is their sum, with the range from the dead only to both. If
// nobody was found, the publisher leaves the cell blank, but writes 0 in the CSV of the same
// release. A blank is worked out from the total if the file has one, so that both forms state the
// same, and otherwise stays unknown.
//
// When: a date may be a day, a month, a year or a span, in one column or two. An incident counts in
// each month and year that holds the whole of its date. One that spans the turn of a year counts in
// none, and is in the table of incidents only. In dates like 05/11/2015 the order of day and month is
// that of the whole file: some day is past the twelfth, or the month stands next to it. If nothing
// tells, the file is refused.
//
// The website also exports a single year. If more years are known, such a file does not restate
// them and waits.
//
// Traps seen, by file:
//
//   - 2016-12-22, from the map: times in UTC whose day is the one of the later lists; free wordings of
//     routes.
//   - 2017 (vintage not stated, incidents to 2017-05-31): a CSV in Windows-1252 with HXL tags as its
//     header, like a comment at first sight; no total, no month, nationalities in
//     free words, a word for quality. It has no column for routes, so it states figures for all
//     routes together and none by route.
//   - 2020-01-08: Web ID as the key, dates like January 05, 2020; 2020-01-18, a copy: dates like
//     13-Jan-20, two columns more, perhaps commas in numbers. Causes in 273 free wordings, no line end
//     after the last row.
//   - 2022-05-14: POINT (longitude latitude); 15 blank dates; 14 dates that contradict the month
//     next to them; one ID that is a number.
//   - 2024-11-27: latitude, longitude in one cell; 14 blank dates; 13 dates that contradict the
//     month, most with day and month swapped; 32 negative numbers of missing, which correct another
//     row, and 11 of survivors; 168 places with latitude and longitude swapped.
//   - 2026-05-06, from the website: the month before the day, with the weekday, which proves the
//     order; no total, no type of incident.
//
// Routes are renamed between releases. English Channel to the UK had become Mainland Europe to the
// UK by 2026, and includes deaths on land since. Both are the route english-channel, and a finding
// says that the series has a break there.
package iommissingmigrants

import (
	"time"

	places "crossings/pipeline/incident"
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
)

const id = "iom-missing-migrants"

// Source is the list of incidents.
var Source = source.Source{
	ID:       id,
	Title:    "People who died or went missing on the way, by incident",
	Terms:    source.Terms{Publisher: "International Organization for Migration (IOM), Missing Migrants Project", Licence: "CC BY 4.0", LicenceAt: "https://creativecommons.org/licenses/by/4.0/"},
	Homepage: "https://missingmigrants.iom.int/downloads",
	Holds:    "Incidents since 2014 in which people died or went missing during migration, with place, route and cause; dead and missing by month and year, for each route and all together.",
	Quality: source.Quality{Users: "To know at least how many people died or went missing on each route. The figures are minimum counts, not estimates of all deaths.", Coverage: "Many deaths are never reported, above all on land and on routes without rescue.",
		Accuracy: "Each incident rests on sources of five levels of quality, from one media report to several humanitarian actors. Deaths that nobody reports are missing.", Comparability: "The publisher renames routes. English Channel to the UK became Mainland Europe to the UK, which covers deaths on land too.",
		Seasonal: "Deaths are few and uneven, and one incident may be a third of a year's figure. Comparisons are with the same months of the year before.", Revisions: "The list is restated as a whole, and incidents are added and corrected years later. The publisher announces no revisions."},
	Place: origin.Place{
		Address:   "https://missingmigrants.iom.int/sites/g/files/tmzbdl601/files/report-migrant-incident/Missing_Migrants_Global_Figures_allData.xlsx",
		MediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		Hosts:     []string{"missingmigrants.iom.int"},
		MaxBytes:  decode.DefaultLimits.File,
	},
	Fallbacks: []origin.Place{{ // the same rows as a CSV
		Address:   "https://missingmigrants.iom.int/sites/g/files/tmzbdl601/files/report-migrant-incident/Missing_Migrants_Global_Figures_allData.csv",
		MediaType: "text/csv",
		Hosts:     []string{"missingmigrants.iom.int"},
		MaxBytes:  decode.DefaultLimits.File,
	}},
	Schedule: "10 8 * * *",
	Zone:     "Europe/Berlin", // IOM's Global Migration Data Analysis Centre
	// Updated as incidents come in, at no fixed interval.
	Every: 31, Grace: 31,
	Series:     allSeries(),
	Breakdowns: source.Breakdowns{Occurring: []string{"route"}}, // a list of incidents
	Rates:      perArrival(),
	Totals:     bySettings(),
	Cumulative: true,
	Partial:    isPartial,
	// Each release changes a little in every year, and entries come in for a year. The only text is
	// the header, which differs between the layouts.
	Limits:      check.Limits{Revision: 0.2, AtLeast: 50, Growth: 3, Late: 365},
	Wholes:      wholes(),
	Most:        check.Bounds{"dead": 100_000, "dead-and-missing": 200_000, "missing": 100_000},
	Date:        date,
	Decode:      decodeFile,
	MaxExcluded: 100,
	Reader:      3,
}

// units are those of the rates of a measure.
var units = [measures]string{dead: "people found dead per 1,000 arrivals", both: "people dead or missing per 1,000 arrivals"}

// perArrival are deaths per 1,000 arrivals, for the routes whose arrivals another source counts.
// The dead, and the dead and missing, are the two ends of the range. Arrivals are not attempts,
// whose number nobody knows.
func perArrival() []source.Rate {
	var out []source.Rate
	for _, x := range []struct {
		route, note string
		arrivals    stat.SeriesID
	}{{englishChannel, "deaths by all means of crossing, lorries among them; arrivals in small boats alone", "ukho-small-boats:arrivals:D"},
		{"central-mediterranean", "deaths on the whole route; arrivals in Italy alone", "it-interior-landings:arrivals:D"}} {
		for _, m := range []int{dead, both} {
			d := stat.AllTotal
			d.Route = x.route
			name := measureCodes[m] + "-per-1000-arrivals-" + x.route
			out = append(out, source.Rate{Name: name, PerThousand: true, Unit: units[m], Note: x.note,
				Numerator: stat.NewSeriesID(id, measureCodes[m], stat.Monthly, d), Denominator: x.arrivals})
			d.Category = places.AtSea
			out = append(out, source.Rate{Name: name + "-at-sea", PerThousand: true, Unit: units[m], Note: "only deaths at sea; " + name + " has those on land and in vehicles too",
				Numerator: stat.NewSeriesID(id, measureCodes[m], stat.Monthly, d), Denominator: x.arrivals})
		}
	}
	return out
}

// bySettings are the figures of the routes with a rate, and their parts by setting.
func bySettings() []source.Total {
	var out []source.Total
	for _, route := range leading {
		if !hasSettings(route) {
			continue
		}
		for _, m := range []int{dead, both} {
			d := stat.AllTotal
			d.Route = route
			x := source.Total{Series: stat.NewSeriesID(id, measureCodes[m], stat.Monthly, d), Note: "what is left over are incidents whose cause and place do not tell the setting"}
			for _, s := range settings {
				d.Category = s.code
				x.Parts = append(x.Parts, stat.NewSeriesID(id, measureCodes[m], stat.Monthly, d))
			}
			out = append(out, x)
		}
	}
	return out
}

// date returns the release date in the file's name, or that of the workbook's own time stamp: the
// website makes a new file for each release. A CSV states no date. One that is some months old must
// be added with its day, or it is dated today; the finding ends-early warns of that.
func date(name string, data []byte) (stat.Date, time.Time) {
	released := source.DateInName(name)
	if !isWorkbook(name, data) {
		return dateOfList(released, data)
	}
	x, err := spreadsheet.OpenXLSX(name, data, decode.DefaultLimits)
	if err != nil {
		return released, time.Time{}
	}
	stamp, stated := x.Modified()
	if released.IsZero() && stated {
		released = stat.DateOf(stamp)
	}
	return released, stamp
}
