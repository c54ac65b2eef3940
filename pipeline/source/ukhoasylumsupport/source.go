// Package ukhoasylumsupport is the Home Office's quarterly statistics of people in receipt of asylum
// support, by kind of accommodation and by nationality: a stock.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables.
// One workbook a quarter restates the last day of every quarter since March 2014, in the sheet
// "Data - Asy_D09" or "Data_Asy_D09": Date (as at…), Nationality, Region, Support Type, Accommodation
// Type, UK Region / Nation (in older releases UK Region) and People. A CSV with the same columns is
// read too.
//
// Published are people in receipt of support in total, by accommodation, by nationality and by both;
// and people in hotels, which are contingency accommodation, in total and by nationality.
//
// Not seen: the publisher's workbook. Its sheets and headers are known from public programs that
// check them in the release of June 2026, and its labels from a table made from the release of
// November 2024.
//
// Traps seen in that table: hotels are told apart from December 2022, and before that section 98 has
// no accommodation, with labels such as "N/A - Section 98 (pre-2023)"; "Subsistence only" is written
// with another capital letter in one quarter; 77 rows have the labels of an earlier one, with another
// count for 76; people in hotels on 2023-09-30 are 56,042 there and 56,018 in later releases.
package ukhoasylumsupport

import (
	"slices"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/source/ukhodetailed"
	"crossings/pipeline/stat"
)

// Source is the statistics of people in receipt of asylum support.
var Source = family.Source(source.Source{
	Title:   "People in receipt of asylum support, by accommodation and nationality",
	Holds:   "People in receipt of asylum support on the last day of each quarter since March 2014, by kind of accommodation and nationality; hotels since December 2022.",
	Quality: qualityTexts,
	Most:    check.Bounds{"in-hotels": 1_000_000, "in-receipt-of-support": 2_000_000},
	Place:   ukhodetailed.Place(ukhodetailed.Support),
	Rules:   family.Within(&people, &hotels),
	Breakdowns: source.Breakdowns{Leads: []source.Lead{
		{Series: family.SeriesID(&people, stat.Total), Dimension: "origin", Of: "people in receipt of asylum support", Were: "were nationals of"}}},
	Bridges: []source.Bridge{
		{Series: family.SeriesID(&people, stat.Total), Reference: "ukho-asylum:in-receipt-of-support:Q", Note: bridge},
		{Series: family.SeriesID(&hotels, stat.Total), Reference: "ukho-asylum:in-hotels:Q", Note: bridge},
	},
})

const bridge = "The same statistics, which may be of another release: on 30 September 2023 there were 56,042 people in hotels in the releases to 2024, and 56,018 in those of 2026."

// The measures.
var (
	people = ukhodetailed.Measure{Name: "in-receipt-of-support", Unit: "persons", Title: "People in receipt of asylum support", Definition: "People in receipt of asylum support at the end of the day: housing, money or both. A level on a date, never added up over time."}
	hotels = ukhodetailed.Measure{Name: "in-hotels", Unit: "persons", Title: "People in asylum hotels", Definition: "People in contingency hotel accommodation for asylum seekers at the end of the day; from December 2022. They are among those in receipt of support. A level on a date, never added up over time."}
)

// accommodation is the column that sums are by.
var accommodation = ukhodetailed.Column{Name: "Accommodation Type", Was: []string{"Accommodation", "Type of accommodation"}, List: "accommodation", As: "category", Groups: true}

var family = ukhodetailed.Family{ID: "ukho-asylum-support", Flow: "asylum", Datasets: []*ukhodetailed.Dataset{{
	View: ukhodetailed.View{
		Sheets: ukhodetailed.Sheets("Asy_D09"),
		Columns: []ukhodetailed.Column{ukhodetailed.Nationality, ukhodetailed.Region,
			{Name: "Support Type", Was: []string{"Support sub-type"}, List: "support-type", Groups: true, Optional: true},
			accommodation,
			{Name: "UK Region / Nation", Was: []string{"UK Region"}, Wholes: ukhodetailed.WholesOfRegions, Optional: true}},
		Count: "People", CountWas: []string{"Individuals", "People in receipt of support"},
		Stock: true,
		// 77 of 82,377 rows were repeated in November 2024, one with the same count.
		Repeats: ukhodetailed.Repeats{Rows: 250, Same: 20, Adjacent: 3},
	},
	Sums: slices.Concat(
		people.Total().By(accommodation).Compare("hotel", "contingency-other", "initial", "dispersal", "other", "subsistence-only").By(ukhodetailed.Nationality).By(ukhodetailed.Nationality, accommodation),
		hotels.Total(inHotels).By(ukhodetailed.Nationality),
	),
}}}

// inHotels are the rows of people in hotels.
var inHotels = ukhodetailed.Where(accommodation, "hotel")
