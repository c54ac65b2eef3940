// Package ukhocrossingconditions is the Home Office's count of days on which crossings of the English
// Channel in small boats were assessed as likely, for sea and weather: red days.
//
// Publisher: UK Home Office, official statistics under the Open Government Licence v3.0, first
// published on 2025-06-03, at
// https://www.gov.uk/government/statistics/small-boat-arrivals-and-the-impact-of-crossing-conditions.
//
// It reads a CSV of the figures that the publication's text states, typed by hand, with the columns
// measure, period_start, period_end, value and published: red_days are spans of whole months, as
// January to April; red_days_in_year are twelve months. Figures are of the whole span, and nothing is
// shared out to months. The two overlap, so they are two series.
//
// The publication has data tables with the days by month from May 2021. The authors of this reader
// have not seen them. It assumes a workbook (ODS or XLSX) with one table that has a column of months
// and one called Red days, or Days on which crossings were assessed as likely, and reads that; any
// other table is refused. Months replace the spans that they cover. Files come by hand, because it is
// not known how the page names them.
//
// The text states arrivals in the same four spans too. They are those of the small-boats series to the
// person: 6,691, 5,946, 7,567 and 11,074 from 2022 to 2025. They are not published twice; a test of
// the starter data compares them.
package ukhocrossingconditions

import (
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
)

const id = "ukho-crossing-conditions"

// Source is the red days.
var Source = source.Source{
	ID:       id,
	Title:    "Days on which small boat crossings were assessed as likely",
	Terms:    source.HomeOffice,
	Homepage: "https://www.gov.uk/government/statistics/small-boat-arrivals-and-the-impact-of-crossing-conditions",
	Holds:    "Days on which conditions in the Channel made crossings likely (red days): January to April of 2022 to 2025, and the year ending April 2025.",
	Quality:  qualityTexts,
	Place:    origin.Place{MaxBytes: decode.DefaultLimits.File},
	Zone:     "Europe/London",
	// No frequency is promised.
	Every: 366, Grace: 366,
	Series: []stat.Series{spans, years},
	Most:   check.Bounds{"red-days": 366},
	Date:   date,
	Decode: decodeFile,
}

var (
	spans = series(stat.Monthly, "Days on which crossings were assessed as likely",
		"Days on which crossing conditions in the Channel were assessed as making crossings in small boats likely, in spans of whole months.")
	years = series(stat.Annual, "Days on which crossings were assessed as likely, in twelve months",
		"Days on which crossing conditions in the Channel were assessed as making crossings in small boats likely, in twelve months that end with the last day of a month.")
)

func series(f stat.Frequency, title, definition string) stat.Series {
	return stat.NewSeries(stat.Series{Source: id, Measure: "red-days", Unit: "days", Flow: "conditions", Kind: stat.Flow, RefArea: "GBR",
		Title: title, Definition: definition, Designation: "official statistics"}, f)
}

// date returns the day that the CSV's rows name, or that in the name of a workbook.
func date(name string, data []byte) (stat.Date, time.Time) {
	if isTable(source.File{Name: name, Data: data}) {
		return source.DateInName(name), time.Time{}
	}
	return source.DateInRows(columns, published)(name, data)
}
