// Package ukhoasylum is the Home Office's quarterly statistics of the asylum system: claims and
// initial decisions, which are flows, and people awaiting a decision, in receipt of support and in
// hotels, which are stocks.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/collections/immigration-statistics-quarterly-release.
//
// A CSV of the figures of its detailed datasets is read, with the columns measure, kind,
// period_start, period_end, precision, value and published. It has one row for each measure and
// quarter, one measure after the other. The period of a flow is the quarter, that of a stock its
// last day. Each release restates the whole history. Place has no page: the datasets are several
// workbooks, which are not read yet, so releases are added by hand.
//
// Traps seen, in the release of 2026-02-26: claims exclude dependants in 2001 and include them from
// 2002 (71,027 and 103,081); from 2020 initial decisions are more than grants, refusals and
// withdrawals together; awaiting a decision are people, while the publisher's prose often gives
// cases (175,457 people and 134,046 cases on 2023-06-30).
package ukhoasylum

import (
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
)

const id = "ukho-asylum"

// Source is the quarterly statistics.
var Source = source.Source{
	ID:       id,
	Title:    "Asylum claims, initial decisions, and people in the UK asylum system",
	Terms:    source.HomeOffice,
	Homepage: "https://www.gov.uk/government/collections/immigration-statistics-quarterly-release",
	Holds:    "Asylum claims and initial decisions each quarter since 2001; people awaiting a decision since June 2010, in receipt of support since March 2014 and in hotels since December 2022, on the last day of each quarter.",
	Quality:  qualityTexts,
	Place:    origin.Place{MaxBytes: decode.DefaultLimits.File},
	Schedule: "40 9 * * *",
	Zone:     "Europe/London",
	Poll:     source.PollHomeOffice,
	// Quarterly, on a Thursday about eight weeks after the quarter's end.
	Every: 91, Grace: 14,
	Series: []stat.Series{claims, decisions, grants, refusals, withdrawals, awaiting, supported, hotels},
	Totals: []source.Total{{Series: decisions.ID, Parts: []stat.SeriesID{grants.ID, refusals.ID, withdrawals.ID},
		Note: "Initial outcomes that are none of the three, such as administrative ones, are in the total alone."}},
	Cumulative: true,
	Rules: []check.Rule{
		check.Subset(grants.ID, decisions.ID),
		check.Subset(refusals.ID, decisions.ID),
		check.Subset(withdrawals.ID, decisions.ID),
		check.Subset(hotels.ID, supported.ID),
	},
	Most: check.Bounds{
		"asylum-claims": 1_000_000, "awaiting-initial-decision": 2_000_000, "in-hotels": 1_000_000, "in-receipt-of-support": 2_000_000,
		"initial-decisions": 1_000_000, "initial-grants": 1_000_000, "initial-refusals": 1_000_000, "initial-withdrawals": 1_000_000,
	},
	Date:   source.DateInRows(columns, published),
	Decode: decodeFile,
}

// The series, in the order of the file.
var (
	claims = flow("asylum-claims", "persons", "Asylum claims",
		"People who claimed asylum in the UK in the quarter, dependants included; the figures for 2001 leave dependants out.")
	decisions = flow("initial-decisions", "decisions", "Initial decisions on asylum claims",
		"Initial outcomes of asylum claims in the quarter, withdrawals included. From 2020 they include outcomes that are neither grants, refusals nor withdrawals, so that these three do not add up to them.")
	grants = flow("initial-grants", "decisions", "Initial grants",
		"Initial decisions in the quarter that grant protection or other leave. A part of initial decisions.")
	refusals = flow("initial-refusals", "decisions", "Initial refusals",
		"Initial decisions in the quarter that refuse the claim. A part of initial decisions; some are changed on appeal.")
	withdrawals = flow("initial-withdrawals", "decisions", "Withdrawals of asylum claims",
		"Asylum claims withdrawn in the quarter before an initial decision. Counted among initial decisions.")
	awaiting = stock("awaiting-initial-decision", "People awaiting an initial decision",
		"People, dependants included, whose asylum claim awaits an initial decision at the end of the day. People and not cases; there are fewer cases. A level on a date, never added up over time.")
	supported = stock("in-receipt-of-support", "People in receipt of asylum support",
		"People in receipt of asylum support at the end of the day, those in hotels included. A level on a date, never added up over time.")
	hotels = stock("in-hotels", "People in asylum hotels",
		"People in contingency hotel accommodation for asylum seekers at the end of the day. A level on a date, never added up over time.")
)

func flow(measure, unit, title, definition string) stat.Series {
	return series(stat.Series{Measure: measure, Unit: unit, Kind: stat.Flow, Title: title, Definition: definition})
}

func stock(measure, title, definition string) stat.Series {
	return series(stat.Series{Measure: measure, Unit: "persons", Kind: stat.Stock, Title: title, Definition: definition})
}

// series sets what all series share.
func series(s stat.Series) stat.Series {
	s.Source, s.Flow, s.RefArea, s.Designation = id, "asylum", "GBR", "official statistics"
	return stat.NewSeries(s, stat.Quarterly)
}
