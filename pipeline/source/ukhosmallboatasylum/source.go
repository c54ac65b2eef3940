// Package ukhosmallboatasylum is the Home Office's quarterly statistics of people who arrived in
// small boats, by whether they claimed asylum and by the outcome of the claim.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables.
// They are two datasets of the workbook that ukho-illegal-entry reads, with every quarter since 2018:
//
//   - claims, in the sheet "Data - Irr_D02" or "Data_IER_D02": Year, Quarter, Asylum application (in
//     newer releases Asylum claim), Nationality, Region, Applicant type, UASC, Sex, Age Group, and
//     Applications (Arrivals);
//   - outcomes, in the sheet "Data - Irr_D03" or "Data_IER_D03": the same columns with Asylum Case
//     Outcome and Asylum Case Outcome Group for the first, and Decisions (Outcomes).
//
// A CSV with the columns of one of them is read too. It says nothing about the other.
//
// Published are arrivals in total, by whether they claimed, by nationality and by both; and the
// outcomes of those who claimed in total, by group, by outcome, by nationality and by nationality and
// group.
//
// The quarter is that of the arrival, not of the claim or decision. Outcomes of past quarters change
// with each release, as claims are decided: most people of the last quarters await a decision.
//
// Seen are the publisher's workbook of November 2023 and CSVs made from the release of August 2023.
// None of their rows is repeated. In the workbook 45,574 people of 2022 are matched, 41,194 of them
// with a claim, and as many have an outcome or await one. Not seen: a workbook of 2024 or later. Its
// sheets and headers are known from public programs that read the release of June 2026.
package ukhosmallboatasylum

import (
	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/source/ukhodetailed"
	"crossings/pipeline/stat"
)

// Source is the statistics of small boats and asylum.
var Source = family.Source(source.Source{
	Title:   "Asylum claims of people who arrived in small boats, and their outcomes",
	Holds:   "People who arrived in small boats each quarter since 2018, by whether they claimed asylum, by the first outcome of the claim, and by nationality.",
	Quality: qualityTexts,
	Most:    check.Bounds{"arrivals": 500_000, "claim-outcomes": 1_000_000},
	Place:   ukhodetailed.Place(ukhodetailed.IllegalEntry),
	Rules: []check.Rule{
		check.Subset(family.SeriesID(&arrivals, "claim"), family.SeriesID(&arrivals, stat.Total)),
		check.Subset(family.SeriesID(&outcomes, "refused"), family.SeriesID(&outcomes, stat.Total)),
	},
	Breakdowns: source.Breakdowns{Leads: []source.Lead{
		{Series: family.SeriesID(&arrivals, "claim"), Dimension: "origin", Of: "people who arrived in small boats and claimed asylum", Were: "were nationals of"}}},
	Bridges: []source.Bridge{
		{Series: family.SeriesID(&arrivals, stat.Total), Reference: "ukho-illegal-entry:detections:Q:category=small-boat",
			Note: "The same people, as far as their records could be matched with those of the asylum system. The figures for claims are extracted on another day and may lack some arrivals."},
		{Series: family.SeriesID(&outcomes, stat.Total), Reference: family.SeriesID(&arrivals, "claim"),
			Note: "People with a claim, in the dataset of outcomes and in that of claims. The two agree in each release."},
	},
})

// The measures.
var (
	arrivals = ukhodetailed.Measure{Name: "arrivals", Unit: "persons", Title: "People who arrived in small boats, matched with asylum records", Definition: "People who arrived in the UK in small boats in the quarter, dependants included. A claim counts if it was made within 14 days of the arrival."}
	outcomes = ukhodetailed.Measure{Name: "claim-outcomes", Unit: "persons", Title: "People who arrived in small boats and claimed asylum", Definition: "People who arrived in the UK in small boats in the quarter and claimed asylum within 14 days, by the first outcome of the claim when the release was made. The quarter is that of the arrival: outcomes of past quarters change with each release, as claims are decided. Some outcomes are changed on appeal."}
)

// The columns that sums are by, or that decide which rows count.
var (
	claim   = ukhodetailed.Column{Name: "Asylum application", Was: []string{"Asylum claim"}, List: "asylum-claim", As: "category", Groups: true}
	group   = ukhodetailed.Column{Name: "Asylum Case Outcome Group", List: "case-outcome", As: "category", Groups: true}
	outcome = ukhodetailed.Column{Name: "Asylum Case Outcome", List: "case-outcome", As: "category", PartOf: group.Name}
)

// people are the columns on the people of both datasets.
var people = []ukhodetailed.Column{ukhodetailed.Nationality, ukhodetailed.Region,
	{Name: "Applicant type", List: "applicant-type", Groups: true, Optional: true}, {Name: "UASC", List: "uasc", Optional: true},
	{Name: "Sex", List: "sex", As: "sex", Optional: true}, {Name: "Age Group", Was: []string{"Age"}, List: "age", As: "age", Optional: true}}

var family = ukhodetailed.Family{ID: "ukho-small-boat-asylum", Flow: "asylum", Datasets: []*ukhodetailed.Dataset{{
	View: ukhodetailed.View{
		Sheets: ukhodetailed.Sheets("Irr_D02", "IER_D02"),
		Columns: append([]ukhodetailed.Column{claim},
			people...),
		Count: "Applications", CountWas: []string{"Arrivals", "Claims"},
		Optional: true,
		Repeats:  ukhodetailed.Repeats{Rows: 40, Same: 20, Adjacent: 2},
	},
	Sums: arrivals.Total().By(claim).Compare("claim", "no-claim").By(ukhodetailed.Nationality).By(ukhodetailed.Nationality, claim),
}, {
	View: ukhodetailed.View{
		Sheets: ukhodetailed.Sheets("Irr_D03", "IER_D03"),
		Columns: append([]ukhodetailed.Column{outcome,
			group}, people...),
		Count: "Decisions", CountWas: []string{"Outcomes"},
		Optional: true,
		Repeats:  ukhodetailed.Repeats{Rows: 40, Same: 20, Adjacent: 2},
	},
	Sums: outcomes.Total().By(group).Compare("grant-of-protection", "grant-of-other-leave", "refused", "withdrawn", "administrative", "awaiting-initial-decision").By(outcome).By(ukhodetailed.Nationality).By(ukhodetailed.Nationality, group),
}}}
