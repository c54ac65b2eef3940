// Package ukhoagedisputes is the Home Office's quarterly statistics of age disputes: people who claim
// to be children and are not believed, and what is found in the end.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables.
// One workbook a quarter restates every quarter since 2010: Year, Quarter, Nationality, Region,
// Raised or resolved, Raised type / Resolved outcome, Age disputes. A CSV with these columns is read
// too.
//
// Published are disputes raised, in total, by whether the claim is of the same quarter, and by
// nationality; and disputes resolved, in total, by result, by nationality and by both. A dispute may
// be resolved in a later quarter than it is raised, so the two are never subtracted.
//
// Not seen: the publisher's workbook. Its columns and labels are taken from a table made from the
// release of November 2023; its sheet is assumed to be "Data - Age_D01" or "Data_Age_D01", and any
// sheet with these columns is taken.
//
// Traps seen in that table: six rows have the labels of an earlier one, two with its count; the
// smallest count is 1, so that a combination without a row has no disputes.
package ukhoagedisputes

import (
	"slices"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/source/ukhodetailed"
)

// Source is the statistics of age disputes.
var Source = family.Source(source.Source{
	Title:   "Age disputes, raised and resolved",
	Holds:   "Disputes about the age of people who claim to be children, raised and resolved each quarter since 2010, by result and nationality.",
	Quality: qualityTexts,
	Most:    check.Bounds{"age-disputes-raised": 100_000, "age-disputes-resolved": 100_000},
	Place:   ukhodetailed.Place(ukhodetailed.AgeDisputes),
})

// The measures.
var (
	raised   = ukhodetailed.Measure{Name: "age-disputes-raised", Unit: "events", Title: "Age disputes raised", Definition: "Cases in the quarter in which the age of a person who claims to be a child is disputed."}
	resolved = ukhodetailed.Measure{Name: "age-disputes-resolved", Unit: "events", Title: "Age disputes resolved", Definition: "Cases in the quarter in which a disputed age is decided, whenever it was disputed: under 18, or 18 and over."}
)

// The columns that decide which rows count.
var (
	stage  = ukhodetailed.Column{Name: "Raised or resolved", List: "dispute-stage", Groups: true}
	result = ukhodetailed.Column{Name: "Raised type / Resolved outcome", List: "dispute-result", As: "category", Groups: true}
)

// Which rows count.
var (
	isRaised   = ukhodetailed.Where(stage, "raised")
	isResolved = ukhodetailed.Where(stage, "resolved")
)

var family = ukhodetailed.Family{ID: "ukho-age-disputes", Flow: "asylum", Datasets: []*ukhodetailed.Dataset{{
	View: ukhodetailed.View{
		Sheets:  ukhodetailed.Sheets("Age_D01", "Asy_D05"),
		Columns: []ukhodetailed.Column{ukhodetailed.Nationality, ukhodetailed.Region, stage, result},
		Count:   "Age disputes", CountWas: []string{"Disputes"},
		// 6 of 3,815 rows were repeated in November 2023, two with the same count.
		Repeats: ukhodetailed.Repeats{Rows: 25, Same: 12, Adjacent: 2},
	},
	Sums: slices.Concat(
		raised.Total(isRaised).By(result).Compare("claim-in-quarter", "existing-claim").By(ukhodetailed.Nationality),
		resolved.Total(isResolved).By(result).Compare("under-18", "18-plus").By(ukhodetailed.Nationality).By(ukhodetailed.Nationality, result),
	),
}}}
