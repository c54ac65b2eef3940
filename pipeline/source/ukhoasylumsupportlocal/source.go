// Package ukhoasylumsupportlocal is the Home Office's quarterly statistics of people in receipt of
// asylum support, by local authority: a stock.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables.
// One workbook a quarter restates the last day of every quarter since March 2014, in the sheet
// "Data - Asy_D11" or "Data_Asy_D11": Date (as at…), Support Type, UK Region / Nation (in older
// releases UK Region), Local Authority, LAD Code, Accommodation Type (once Support sub-type) and
// People. A CSV with the same columns is read too.
//
// Published are people in receipt of support, those in hotels and those in dispersal accommodation,
// in total and by local authority. Their category is the authority's ONS code. An authority without
// a row on a day is not stated; it is not known to have nobody.
//
// Not seen: the publisher's workbook. Its sheets and headers are known from public programs that
// check them in the release of June 2026, and its labels from a table made from the release of
// November 2024.
//
// Traps seen in that table: at the end of 2022 some forty rows have the right name of an authority
// and the code of another (Hull's for most of Yorkshire), so the name decides; Fife, Glasgow City and
// North Lanarkshire have other codes to 2017, and one authority is misspelled; section 4 has no
// authorities before 2018, section 98 none before December 2022, and subsistence none at four dates;
// the sum of hotels on 2023-09-30 is 56,042, where later releases of the national table state 56,018.
package ukhoasylumsupportlocal

import (
	"slices"

	"regexp"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/source/ukhodetailed"
	"crossings/pipeline/stat"
)

// Source is the statistics of asylum support by local authority.
var Source = family.Source(source.Source{
	Title:   "People in receipt of asylum support, by local authority",
	Holds:   "People in receipt of asylum support, in hotels and in dispersal accommodation on the last day of each quarter since March 2014, by local authority with its ONS code.",
	Quality: qualityTexts,
	Most:    check.Bounds{"in-dispersal": 1_000_000, "in-hotels": 1_000_000, "in-receipt-of-support": 2_000_000},
	Place:   ukhodetailed.Place(ukhodetailed.SupportLocal),
	Rules:   family.Within(&people, &hotels, &dispersal),
	Bridges: []source.Bridge{
		{Series: family.SeriesID(&people, stat.Total), Reference: "ukho-asylum-support:in-receipt-of-support:Q", Note: bridge},
		{Series: family.SeriesID(&hotels, stat.Total), Reference: "ukho-asylum-support:in-hotels:Q", Note: bridge},
	},
})

const bridge = "The same people by local authority and by nationality. The two tables of one release agree; of two releases they may differ, as when people in hotels on 30 September 2023 went from 56,042 to 56,018."

// The measures.
var (
	people    = ukhodetailed.Measure{Name: "in-receipt-of-support", Unit: "persons", Title: "People in receipt of asylum support", Definition: "People in receipt of asylum support at the end of the day: housing, money or both. A level on a date, never added up over time."}
	hotels    = ukhodetailed.Measure{Name: "in-hotels", Unit: "persons", Title: "People in asylum hotels", Definition: "People in contingency hotel accommodation for asylum seekers at the end of the day; from December 2022. They are among those in receipt of support. A level on a date, never added up over time."}
	dispersal = ukhodetailed.Measure{Name: "in-dispersal", Unit: "persons", Title: "People in dispersal accommodation", Definition: "People in longer-term housing for asylum seekers at the end of the day. They are among those in receipt of support. A level on a date, never added up over time."}
)

// The columns that sums are by, or that decide which rows count.
var (
	authority     = ukhodetailed.Column{Name: "Local Authority", List: "local-authority", Wholes: ukhodetailed.WholesOfDistricts, As: "category"}
	accommodation = ukhodetailed.Column{Name: "Accommodation Type", Was: []string{"Support sub-type"}, List: "accommodation"}
)

var family = ukhodetailed.Family{ID: "ukho-asylum-support-local", Flow: "asylum", Datasets: []*ukhodetailed.Dataset{{
	View: ukhodetailed.View{
		Sheets: ukhodetailed.Sheets("Asy_D11"),
		Columns: []ukhodetailed.Column{{Name: "Support Type", List: "support-type", Groups: true, Optional: true},
			{Name: "UK Region / Nation", Was: []string{"UK Region"}, Wholes: ukhodetailed.WholesOfRegions, Optional: true},
			authority,
			{Name: "LAD Code", Was: []string{"LTLA (ONS code)", "LA Code", "Local Authority (ONS code)", "ONS code", "Local authority code"}, List: "local-authority", CodeOf: authority.Name, Coded: regexp.MustCompile(`^[ENSW]\d{8}$`),
				Wholes: ukhodetailed.WholesOfDistricts, Optional: true},
			accommodation},
		Count: "People",
		Stock: true,
		// 2 of 21,743 rows were repeated in November 2024, with other counts.
		Repeats: ukhodetailed.Repeats{Rows: 40, Same: 15, Adjacent: 3},
	},
	Sums: slices.Concat(
		people.Total().By(authority),
		hotels.Total(inHotels).By(authority),
		dispersal.Total(inDispersal).By(authority),
	),
}}}

// Which rows count.
var (
	inHotels    = ukhodetailed.Where(accommodation, "hotel")
	inDispersal = ukhodetailed.Where(accommodation, "dispersal")
)
