// Package ukhosmallboats is the Home Office's weekly time series of people detected crossing the
// English Channel in small boats.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/publications/migrants-detected-crossing-the-english-channel-in-small-boats.
// One ODS file a week, usually on Friday, restates every day since 2018-01-01.
//
//   - Sheet SB_01 has one row a day: people, boats, boats in uncontrolled landings.
//   - Sheet SB_02 has one row a week, named by the Sunday that ends it, with the same columns and
//     the French figures on preventions.
//   - Both sheets have had their header in row 1. It is found in any order below title rows, and
//     further columns are findings. A dash means not available, and so may [x].
//
// Traps seen, November 2025 to June 2026: the file's name and its folder change with each release,
// and from May 2026 the name has no date; filler cells repeat to the end of the sheet, 16,384 by
// 1,048,576; "Revised" in the Notes column stays for ever and says neither when nor by how much;
// one correction has no mark (uncontrolled landings in the week ending 2026-02-15, 5 and then 0,
// while the daily sheet always said 0).
package ukhosmallboats

import (
	"regexp"
	"slices"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/spreadsheet"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
)

const (
	id          = "ukho-small-boats"
	designation = "provisional operational data"
	mediaType   = "application/vnd.oasis.opendocument.spreadsheet"
)

// Source is the weekly time series.
var Source = source.Source{
	ID:       id,
	Title:    "Small boats crossing the English Channel: weekly time series",
	Terms:    source.HomeOffice,
	Homepage: "https://www.gov.uk/government/publications/migrants-detected-crossing-the-english-channel-in-small-boats",
	Holds:    "People and boats detected in small boats each day and week since 2018, and departures prevented each week since May 2024.",
	Quality:  qualityTexts,
	Place: origin.Place{
		Page:   "https://www.gov.uk/api/content/government/publications/migrants-detected-crossing-the-english-channel-in-small-boats",
		Search: "small boats time series", SearchTitle: regexp.MustCompile(`(?i)small boats|english channel`),
		Title:     regexp.MustCompile(`(?i)time series`),
		MediaType: mediaType,
		Hosts:     []string{"www.gov.uk", "assets.publishing.service.gov.uk"},
		MaxBytes:  decode.DefaultLimits.File,
	},
	Schedule: "40 9 * * *",
	Zone:     "Europe/London",
	Poll:     source.PollHomeOffice,
	// Weekly on Friday. The release before New Year has come as late as twelve days after the one
	// before it.
	Every: 7, Grace: 5,
	Series: []stat.Series{arrivalsD, boatsD, landingsD, arrivalsW, boatsW, landingsW, preventedW, preventionsW},
	Rates:  []source.Rate{{Name: "persons-per-boat", Unit: "people per boat", Numerator: arrivalsD.ID, Denominator: boatsD.ID}},
	Contexts: []source.Context{
		{ID: "days-assessed-as-likely", Series: arrivalsD.ID, By: "ukho-crossing-conditions:red-days:M", Per: "per such day",
			Words: [2]string{"day was assessed as likely for crossings", "days were assessed as likely for crossings"}},
		{ID: "days-with-arrivals", Series: arrivalsD.ID, Per: "per such day", Words: [2]string{"day had arrivals", "days had arrivals"}},
		{ID: "boats", Series: arrivalsD.ID, By: boatsD.ID, Per: "per boat", Words: [2]string{"boat arrived", "boats arrived"}},
	},
	Cumulative: true,
	// None of 26 real releases moves a value by as much. The largest change, of 78 people prevented
	// in a week, was undone five weeks later.
	Limits: check.Limits{Revision: 0.1, AtLeast: 100, Growth: 3, Changed: 0.1, Reworded: 0.01},
	Rules: []check.Rule{
		check.SumsTo(arrivalsW.ID, arrivalsD.ID),
		check.SumsTo(boatsW.ID, boatsD.ID),
		check.SumsTo(landingsW.ID, landingsD.ID),
		check.Subset(landingsD.ID, boatsD.ID),
		check.Subset(landingsW.ID, boatsW.ID),
		// In 6 of 112 weeks there were more events than people, by at most 3: finds of equipment.
		check.AtMost(preventionsW.ID, preventedW.ID, 10),
	},
	Pairs:  []check.Pair{check.PeoplePerBoat},
	Most:   check.Bounds{"arrivals": 500_000, "boats": 20_000, "prevented-persons": 500_000, "prevention-events": 20_000, "uncontrolled-landings": 20_000},
	Date:   date,
	Decode: func(f source.File) (source.Result, error) { return decodeFile(f, begin) },
}

// Since returns the source as if the publisher's sheets began on a day. The tests of the whole
// pipeline use such shorter files, because most need no older figures.
func Since(first stat.Date) *source.Source {
	s := Source
	s.Decode = func(f source.File) (source.Result, error) { return decodeFile(f, first) }
	return &s
}

// The series, as in the sheets.
var (
	arrivalsD    = series("arrivals", stat.Daily)
	boatsD       = series("boats", stat.Daily)
	landingsD    = series("uncontrolled-landings", stat.Daily)
	arrivalsW    = series("arrivals", stat.Weekly)
	boatsW       = series("boats", stat.Weekly)
	landingsW    = series("uncontrolled-landings", stat.Weekly)
	preventedW   = series("prevented-persons", stat.Weekly)
	preventionsW = series("prevention-events", stat.Weekly)
)

// series returns the series of a measure, with what all of them share.
func series(measure string, f stat.Frequency) stat.Series {
	s := stat.Series{Source: id, Measure: measure, Unit: "persons", Flow: "arrival", Kind: stat.Flow, RefArea: "GBR", Designation: designation}
	switch measure {
	case "arrivals":
		s.Title = "People arriving in small boats"
		s.One, s.Many = "person has arrived in a small boat", "people have arrived in small boats"
		s.Definition = "People detected on arrival in the UK, or detected in the Channel and brought to the UK, in small boats. Undetected crossings, larger vessels and people hidden in vehicles are not counted."
	case "boats":
		s.Title, s.Unit = "Small boats arriving", "boats"
		s.One, s.Many = "small boat has arrived", "small boats have arrived"
		s.Definition = "Small boats detected, those in uncontrolled landings included."
	case "uncontrolled-landings":
		s.Title, s.Unit = "Small boats in uncontrolled landings", "boats"
		s.Definition = "Boats recorded as arriving in the UK without interception. A subset of boats, never added to them; from 2023."
	case "prevented-persons":
		s.Title, s.Flow = "People prevented from crossing", "prevention"
		s.One, s.Many = "person has been prevented from crossing", "people have been prevented from crossing"
		s.Definition = "French operational estimate of people prevented from leaving France or returned to it. Never added to arrivals, and not people who never came; from the week ending 2024-05-05."
	case "prevention-events":
		s.Title, s.Unit, s.Flow = "Prevention events", "events", "prevention"
		s.Definition = "French operational estimate of events in which a departure was prevented, finds of equipment and arrests included; from the week ending 2024-05-05."
	}
	if f == stat.Weekly {
		s.Title += ", weekly"
		if slices.Contains([]string{"arrivals", "boats"}, measure) {
			s.One, s.Many = "", "" // sentences are about the daily series, which goes back further
		}
	}
	return stat.NewSeries(s, f)
}

// date returns the release date in the file's name, or that of the document's own time stamp: the
// publisher saves the file on the day of release.
func date(name string, data []byte) (stat.Date, time.Time) {
	released := source.DateInName(name)
	var stamp time.Time
	if ods, err := spreadsheet.OpenODS(name, data, decode.DefaultLimits); err == nil {
		if t, ok := ods.Modified(); ok {
			stamp = t
			if released.IsZero() {
				released = stat.DateOf(t)
			}
		}
	}
	return released, stamp
}
