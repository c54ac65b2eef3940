// Package ukhoasylumawaiting is the Home Office's quarterly statistics of people whose asylum claim
// awaits a decision, by how long they have waited and by nationality: a stock.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables.
// One workbook a quarter restates the last day of every quarter since June 2010, in the sheet
// "Data - Asy_D03" or "Data_Asy_D03": Date (as at…), Nationality, Region, Applicant type,
// Application stage, Duration, and Applications or, in newer releases, Claims. A CSV with the same
// columns is read too.
//
// Published are
//
//   - people who await an initial decision, in total, by duration, by nationality and by both;
//   - the cases that they are in, one for each main applicant, in the same way;
//   - people who await further review, in total and by nationality.
//
// People and cases are both called the backlog: on 2023-06-30 there were 175,457 people in 134,046
// cases. Further review is another stage, and the two are not added up.
//
// Not seen: the publisher's workbook. Its sheets and headers are known from public programs that
// read the releases to June 2026, and its labels from a CSV made from the release of November 2024.
// Headers that differ in typography, order or further columns are read; a further stage waits for a
// person.
//
// Traps seen in that CSV: the stage is written with another capital letter in some quarters; 50
// rows have the labels of an earlier one, with other counts for 33 of them, and the publisher's
// totals are their sums; further review has no rows from the end of 2023.
package ukhoasylumawaiting

import (
	"slices"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/source/ukhodetailed"
	"crossings/pipeline/stat"
)

// Source is the statistics of people who await a decision.
var Source = family.Source(source.Source{
	Title:   "People awaiting a decision on their asylum claim",
	Holds:   "People and cases awaiting an initial decision on an asylum claim on the last day of each quarter since June 2010, by duration and nationality; and people awaiting further review.",
	Quality: qualityTexts,
	Most:    check.Bounds{"awaiting-further-review": 1_000_000, "awaiting-initial-decision": 2_000_000, "cases-awaiting-initial-decision": 2_000_000},
	Place:   ukhodetailed.Place(ukhodetailed.Awaiting),
	Rules:   family.Within(&people, &cases),
	Breakdowns: source.Breakdowns{Leads: []source.Lead{
		{Series: family.SeriesID(&people, stat.Total), Dimension: "origin", Of: "people awaiting an initial decision", Were: "were nationals of"}}},
	Bridges: []source.Bridge{{
		Series: family.SeriesID(&people, stat.Total), Reference: "ukho-asylum:awaiting-initial-decision:Q",
		Note: "The same statistics, which may be of another release: past quarters are revised at each one.",
	}},
})

// The measures.
var (
	people = ukhodetailed.Measure{Name: "awaiting-initial-decision", Unit: "persons", Title: "People awaiting an initial decision", Definition: "People, dependants included, whose asylum claim awaits an initial decision at the end of the day. People and not cases; there are fewer cases. A level on a date, never added up over time."}
	cases  = ukhodetailed.Measure{Name: "cases-awaiting-initial-decision", Unit: "cases", Title: "Asylum cases awaiting an initial decision", Definition: "Asylum claims that await an initial decision at the end of the day, one for each main applicant, without dependants. Cases and not people. A level on a date, never added up over time."}
	review = ukhodetailed.Measure{Name: "awaiting-further-review", Unit: "persons", Title: "People awaiting further review of their asylum claim", Definition: "People, dependants included, whose asylum claim was decided once and is looked at again at the end of the day. They are not among those who await an initial decision. A level on a date, never added up over time."}
)

// The columns that decide which rows count.
var (
	applicant = ukhodetailed.Column{Name: "Applicant type", List: "applicant-type", Groups: true}
	stage     = ukhodetailed.Column{Name: "Application stage", Was: []string{"Claim stage"}, List: "application-stage", Groups: true}
	duration  = ukhodetailed.Column{Name: "Duration", List: "claim-duration", As: "category"}
)

// durations are the durations that are compared over time.
var durations = []string{"up-to-6-months", "over-6-months"}

var family = ukhodetailed.Family{ID: "ukho-asylum-awaiting", Flow: "asylum", Datasets: []*ukhodetailed.Dataset{{
	View: ukhodetailed.View{
		Sheets: ukhodetailed.Sheets("Asy_D03"),
		Columns: []ukhodetailed.Column{ukhodetailed.Nationality, ukhodetailed.Region,
			applicant,
			stage, duration},
		Count: "Applications", CountWas: []string{"Claims", "People"},
		Stock: true,
		// 50 of 35,092 rows were repeated in the release of November 2024, 17 with the same count
		// and one right below another. The ceilings are about thrice that.
		Repeats: ukhodetailed.Repeats{Rows: 150, Same: 50, Adjacent: 3},
	},
	Sums: slices.Concat(sums(&people, initial), sums(&cases, initial, main), review.Total(further).By(ukhodetailed.Nationality)),
}}}

// Which rows count.
var (
	initial = ukhodetailed.Where(stage, "initial-decision")
	further = ukhodetailed.Where(stage, "further-review")
	main    = ukhodetailed.Where(applicant, "main-applicant")
)

// sums returns the sums of a measure: in total, by duration, by nationality and by both.
func sums(m *ukhodetailed.Measure, only ...ukhodetailed.Only) ukhodetailed.Sums {
	return m.Total(only...).By(duration).Compare(durations...).By(ukhodetailed.Nationality).By(ukhodetailed.Nationality, duration)
}
