// Package iommissingmigrants is the list of incidents in which people died or
// went missing on the way, kept by the Missing Migrants Project of the
// International Organization for Migration (IOM).
//
// Publisher: IOM, under CC BY 4.0 (attribute), at
// https://missingmigrants.iom.int/downloads. The whole list is one workbook at an
// address that does not change, or a CSV of the same rows; each release restates
// all of it.
//
//  1. generation.go knows the five headers that the list has had, and finds the
//     one of a file by its names alone;
//  2. open.go turns the workbook or the CSV into rows;
//  3. decode.go and values.go turn each row into an incident, or reject it;
//  4. sums.go adds the incidents up by route, month and year;
//  5. events.go keeps the incidents themselves.
//
// What is counted. Dead are bodies found, missing the lowest estimate of people
// presumed dead. Both are minimums. Dead and missing is their sum, with the range
// from dead alone to both. The publisher leaves a cell blank where nobody was
// found, and in the CSV of the same release writes 0; a blank is worked out from
// the total where the file gives one, and else stays unknown.
//
// Traps seen, by file:
//
//   - 2017 (vintage not stated, incidents to 2017-05-31): a CSV in Windows-1252 with
//     HXL tags for a header, of which the first begins like a remark; no route, no
//     total, no month, nationalities in free words, and for quality a word.
//   - 2020-01-18: Web ID for a key, 13-Jan-20, commas between thousands, causes
//     in 273 free wordings, no line end after the last row.
//   - 2022-05-14: POINT (longitude latitude); 15 blank dates; 14 dates that
//     contradict the month beside them; one ID that is a number.
//   - 2024-11-27: latitude, longitude in one cell; 14 blank dates; 13 dates that
//     contradict the month, most with day and month swapped; 32 negative numbers
//     of missing, which correct a sister row, and 11 of survivors.
//   - 2026-05-06, from the website: the month before the day, with the weekday,
//     which proves the order; no total, no type of incident.
//
// Routes are renamed between releases. English Channel to the UK is Mainland
// Europe to the UK by 2026 and covers deaths on land since; both are the route
// english-channel, and a finding says that the series is broken there.
package iommissingmigrants

import (
	"time"

	"crossings/pipeline/decode"
	"crossings/pipeline/fetch"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

const id = "iom-missing-migrants"

// Source is the list of incidents.
var Source = source.Source{
	ID:        id,
	Title:     "People who died or went missing on the way, by incident",
	Publisher: "International Organization for Migration (IOM), Missing Migrants Project",
	Licence:   "CC BY 4.0",
	LicenceAt: "https://creativecommons.org/licenses/by/4.0/",
	Homepage:  "https://missingmigrants.iom.int/downloads",
	Holds:     "Incidents since 2014 in which people died or went missing during migration, with place, route and cause; dead and missing by month and year, for each route and all together.",
	Place: fetch.Place{
		Address:   "https://missingmigrants.iom.int/sites/g/files/tmzbdl601/files/report-migrant-incident/Missing_Migrants_Global_Figures_allData.xlsx",
		MediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		Hosts:     []string{"missingmigrants.iom.int"},
		MaxBytes:  decode.DefaultLimits.File,
	},
	Schedule: "10 8 * * *",
	Zone:     "Europe/Berlin", // IOM's Global Migration Data Analysis Centre
	// Renewed as incidents come in, at no fixed interval.
	Every: 31, Grace: 31,
	Series:     allSeries(),
	Cumulative: true,
	Date:       date,
	Decode:     decodeFile,
	MaxRejects: 100,
	Reader:     1,
}

// date takes the release date from the file's name, else from the workbook's own
// time stamp: the website makes the file anew for each release. A CSV states
// none.
func date(name string, data []byte) (stat.Date, time.Time) {
	released := source.DateInName(name)
	if !isWorkbook(name, data) {
		return released, time.Time{}
	}
	x, err := decode.OpenXLSX(name, data, decode.DefaultLimits)
	if err != nil {
		return released, time.Time{}
	}
	stamp, stated := x.Modified()
	if released.IsZero() && stated {
		released = stat.DateOf(stamp)
	}
	return released, stamp
}
