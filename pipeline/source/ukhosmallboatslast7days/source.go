// Package ukhosmallboatslast7days is the Home Office's page of the last seven days of arrivals in
// small boats.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/publications/migrants-detected-crossing-the-english-channel-in-small-boats/migrants-detected-crossing-the-english-channel-in-small-boats-last-7-days.
// The page is rewritten on most days. Its last day is usually the day before, but two or three days
// earlier after a holiday.
//
//   - One table, seven rows: Date, Migrants arrived, Boats arrived, Boats involved in uncontrolled
//     landings, Notes. Columns in another order, a day more or less, the newest day first, and a row
//     of totals are read too; a gap between the days is refused.
//   - An empty note is a no-break space; "Revised" is the only other note seen.
//   - A count that is not stated, such as [x], is missing. It has never been seen.
//
// Traps seen, all of them served with status 200: on 8 March 2026 the markup of the header failed
// to render; on 21 and 22 April 2026 the row of 20 April says 2025. Both pages are invalid, and the
// next page is right again. At weekends the page may gain a day without a new date (1, 7 and 8
// March, 19 April 2026): see source.PageDate. 10 July 2026 is 225 at first and 255, "Revised", from
// 13 July, while the weekly time series never marks it. Two captures of one release differ in a
// token of the page's form, and so in their hash.
package ukhosmallboatslast7days

import (
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

const id = "ukho-small-boats-last7days"

// address is where the page has been since February 2023.
const address = "https://www.gov.uk/government/publications/migrants-detected-crossing-the-english-channel-in-small-boats/migrants-detected-crossing-the-english-channel-in-small-boats-last-7-days"

// Source is the page of the last seven days.
var Source = source.Source{
	ID:       id,
	Title:    "Small boats crossing the English Channel: last seven days",
	Terms:    source.HomeOffice,
	Homepage: address,
	Holds:    "People and boats arriving in small boats on each of the last seven days, as first stated.",
	Quality:  qualityTexts,
	Place:    source.GovUKPage(address),
	// Written between 8:00 and 15:30, later on working days than at weekends.
	Schedule: "10 16 * * *",
	Zone:     "Europe/London",
	Poll:     source.PollHomeOffice,
	Every:    1, Grace: 5,
	Series:     []stat.Series{arrivals, boats, landings},
	Restates:   "ukho-small-boats",
	BridgeNote: "The daily page states a day first, from operational records; the weekly time series states it again and may correct it.",
	Rules:      []check.Rule{check.Subset(landings.ID, boats.ID)},
	Pairs:      []check.Pair{check.PeoplePerBoat},
	Most:       check.Bounds{"arrivals": 500_000, "boats": 20_000, "uncontrolled-landings": 20_000},
	Date:       source.PageDateOf(lastDay),
	Decode:     decodeFile,
}

// The series, in the order of the table's columns.
var (
	arrivals = source.FirstStated(id, "arrivals", "persons", "People arriving in small boats, last seven days",
		"People detected on arrival in the UK, or detected in the Channel and brought to the UK, in small boats, as the daily page first states them. Undetected crossings, larger vessels and people hidden in vehicles are not counted.")
	boats = source.FirstStated(id, "boats", "boats", "Small boats arriving, last seven days",
		"Small boats detected, those in uncontrolled landings included, as the daily page first states them.")
	landings = source.FirstStated(id, "uncontrolled-landings", "boats", "Small boats in uncontrolled landings, last seven days",
		"Boats recorded as arriving in the UK without interception, as the daily page first states them. A subset of boats, never added to them.")
)

// lastDay returns the last day of the page's figures, or the zero date.
func lastDay(page *webpage.Page) (last stat.Date) {
	if t, _, err := source.PageTable(page, columns); err == nil {
		last = source.LastDay(t)
	}
	return last
}
