// Package ukhosmallboatsweekly is the weekly summary of arrivals in small boats, a web page with
// two layouts.
//
// Publisher: UK Home Office, until January 2023 the Ministry of Defence, under the Open Government
// Licence v3.0.
//
//   - New, since 2024: one page at
//     https://www.gov.uk/government/publications/migrants-detected-crossing-the-english-channel-in-small-boats/weekly-summary-of-small-boat-arrivals-and-preventions,
//     rewritten each week, usually on Tuesday, nine days after the Sunday that ends the week. One
//     row: Migrants arrived, Boats arrived, Migrants prevented, Events prevented. The week is in
//     the heading above: "Week ending 14 June 2026". The caption, another heading or a column may
//     say it too; places that differ are refused. Two weeks are read if each says which it is.
//   - Old, April 2022 to January 2023: a separate page for each week, one row a day: Date, Migrants
//     detected, Boats detected. The first and last day are in the page's title, the month or year
//     given once: "18 to 24 April 2022". These pages are not fetched; they are added by hand.
//
// Traps seen: counts with a mark, "389 [r]"; double spaces in dates; a page that spans two years; a
// page of four days (14 to 17 April 2022); old pages that say they were updated on a day before
// they were published, or that have no time stamp at all: see source.PageDate.
package ukhosmallboatsweekly

import (
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

const id = "ukho-small-boats-weekly"

const address = "https://www.gov.uk/government/publications/migrants-detected-crossing-the-english-channel-in-small-boats/weekly-summary-of-small-boat-arrivals-and-preventions"

// Source is the weekly summary.
var Source = source.Source{
	ID:       id,
	Title:    "Small boats crossing the English Channel: weekly summary",
	Terms:    source.HomeOffice,
	Homepage: address,
	Holds:    "People and boats arriving in small boats and departures prevented in the week that each summary states; days of 2022 from its older form.",
	Quality:  qualityTexts,
	Place:    source.GovUKPage(address),
	Schedule: "20 16 * * *",
	Zone:     "Europe/London",
	Poll:     source.PollHomeOffice,
	Every:    7, Grace: 7,
	Series:     []stat.Series{arrivalsD, boatsD, arrivalsW, boatsW, preventedW, preventionsW},
	Restates:   "ukho-small-boats",
	BridgeNote: "The summary states a week once; the weekly time series states it again with each release and may correct it.",
	Limits:     check.Limits{Revision: 0.1, AtLeast: 100, Growth: 3, Changed: 0.1, Reworded: 0.01}, // a calm week follows weeks of none
	Rules:      []check.Rule{check.AtMost(preventionsW.ID, preventedW.ID, 10)},                     // as in ukho-small-boats
	Pairs:      []check.Pair{check.PeoplePerBoat},
	Most:       check.Bounds{"arrivals": 500_000, "boats": 20_000, "prevented-persons": 500_000, "prevention-events": 20_000},
	Date:       source.PageDateOf(lastDay),
	Decode:     decodeFile,
}

// The series of the old layout, by day, and of the new one, by week.
var (
	arrivalsD    = series("arrivals", stat.Daily)
	boatsD       = series("boats", stat.Daily)
	arrivalsW    = series("arrivals", stat.Weekly)
	boatsW       = series("boats", stat.Weekly)
	preventedW   = series("prevented-persons", stat.Weekly)
	preventionsW = series("prevention-events", stat.Weekly)
)

// series returns the series of a measure, with what all of them share.
func series(measure string, f stat.Frequency) stat.Series {
	s := stat.Series{Source: id, Measure: measure, Unit: "persons", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR",
		Designation: "provisional operational data"}
	switch measure {
	case "arrivals":
		s.Title = "People arriving in small boats"
		s.Definition = "People detected on arrival in the UK, or detected in the Channel and brought to the UK, in small boats, as the weekly summary states them. Undetected crossings, larger vessels and people hidden in vehicles are not counted."
	case "boats":
		s.Title, s.Unit = "Small boats arriving", "boats"
		s.Definition = "Small boats detected, those in uncontrolled landings included, as the weekly summary states them."
	case "prevented-persons":
		s.Title, s.Flow = "People prevented from crossing", "prevention"
		s.Definition = "French operational estimate of people prevented from leaving France or returned to it, as the weekly summary states it. Never added to arrivals, and not people who never came."
	case "prevention-events":
		s.Title, s.Unit, s.Flow = "Prevention events", "events", "prevention"
		s.Definition = "French operational estimate of events in which a departure was prevented, finds of equipment and arrests included, as the weekly summary states it."
	}
	s.Title += map[stat.Frequency]string{stat.Daily: ", weekly summary, daily", stat.Weekly: ", weekly summary"}[f]
	return stat.NewSeries(s, f)
}

// lastDay returns the last day of the page's figures, or the zero date.
func lastDay(page *webpage.Page) (last stat.Date) {
	if tables, err := page.Find(columnsW); err == nil {
		for _, t := range tables {
			for _, r := range t.Rows {
				end, _ := weekOf(page, t, r, len(tables) == 1) // the decoder reports a missing one
				last = max(last, end)
			}
		}
	} else if t, _, err := source.PageTable(page, columnsD); err == nil {
		last = source.LastDay(t)
	}
	return last
}
