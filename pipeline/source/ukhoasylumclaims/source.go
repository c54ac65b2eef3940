// Package ukhoasylumclaims is the Home Office's quarterly statistics of asylum claims and of initial
// decisions on them, by nationality, age, sex and outcome.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables.
// One workbook a quarter restates every quarter since 2001. Two of its datasets are read:
//
//   - claims, in the sheet "Data - Asy_D01" or "Data_Asy_D01": Year, Quarter, Nationality, Region,
//     Age, Sex, Applicant type, UASC, Location of application, and Applications or, in newer
//     releases, Claims;
//   - initial decisions, in the sheet "Data - Asy_D02" or "Data_Asy_D02": Year, Quarter,
//     Nationality, Region, Case outcome group, Case outcome, Age, Sex, Applicant type, UASC and
//     Decisions; releases to 2024 also have Case type and Host Country, and rows for resettlement.
//
// A CSV with the columns of one of them is read too. It says nothing about the other.
//
// Published are
//
//   - people who claim, in total, by place of the claim, nationality, age and sex; the claims, one
//     for each main applicant; and the claims of unaccompanied children;
//   - initial decisions, in total, by group of outcomes, by outcome, by nationality, and by
//     nationality and group; and decisions on main applicants by group;
//   - people resettled, where the release has them. They are never among initial decisions.
//
// The datasets list the combinations that occur and never state 0. A group without a row in a
// quarter, between its first and its last, is therefore 0 there.
//
// Not seen: the publisher's workbook. Its sheets and headers are known from public programs that
// read the releases of 2024 to June 2026, and its labels from tables made from the release of
// November 2024.
//
// Traps seen in these: ages and sexes are not told apart before 2009, unaccompanied children not
// before 2006, and kinds of withdrawal not before 2010, with labels such as "Total (pre-2009)",
// which are no totals of other rows; 11 rows of claims repeat the labels of an earlier one; a
// nationality may be "Refugee" or "Stateless". Dependants are missing in 2001.
package ukhoasylumclaims

import (
	"slices"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/source/ukhodetailed"
	"crossings/pipeline/stat"
)

// Source is the statistics of asylum claims and initial decisions.
var Source = family.Source(source.Source{
	Title:   "Asylum claims and initial decisions, by nationality and outcome",
	Holds:   "People who claim asylum in the UK and initial decisions on asylum claims each quarter since 2001, by nationality, age, sex, place of the claim and outcome.",
	Quality: qualityTexts,
	Most: check.Bounds{
		"asylum-cases": 1_000_000, "asylum-claims": 1_000_000, "initial-case-decisions": 1_000_000, "initial-decisions": 1_000_000,
		"resettled": 500_000, "unaccompanied-children": 200_000,
	},
	Place: ukhodetailed.Place(ukhodetailed.Claims),
	Rules: append(family.Within(&people, &claims, &children),
		check.Subset(family.SeriesID(&decisions, "refused"), family.SeriesID(&decisions, stat.Total))),
	Breakdowns: source.Breakdowns{Leads: []source.Lead{
		{Series: family.SeriesID(&people, stat.Total), Dimension: "origin", Of: "people who claimed asylum", Were: "were nationals of"},
		{Series: family.SeriesID(&decisions, stat.Total), Dimension: "origin", Of: "initial decisions on asylum claims", Were: "were on nationals of"}}},
	Bridges: []source.Bridge{
		{Series: family.SeriesID(&people, stat.Total), Reference: "ukho-asylum:asylum-claims:Q", Note: bridge},
		{Series: family.SeriesID(&decisions, stat.Total), Reference: "ukho-asylum:initial-decisions:Q", Note: bridge},
		{Series: family.SeriesID(&decisions, "refused"), Reference: "ukho-asylum:initial-refusals:Q", Note: bridge},
		{Series: family.SeriesID(&decisions, "withdrawn"), Reference: "ukho-asylum:initial-withdrawals:Q", Note: bridge},
	},
})

const bridge = "The same statistics, which may be of another release: past quarters are revised at each one, withdrawals and administrative outcomes most."

// The measures.
var (
	people        = ukhodetailed.Measure{Name: "asylum-claims", Unit: "persons", Title: "People who claim asylum", Definition: "People who claimed asylum in the UK in the quarter, dependants included; the figures for 2001 leave dependants out."}
	claims        = ukhodetailed.Measure{Name: "asylum-cases", Unit: "cases", Title: "Asylum claims, without dependants", Definition: "Asylum claims made in the UK in the quarter, one for each main applicant. Cases and not people."}
	children      = ukhodetailed.Measure{Name: "unaccompanied-children", Unit: "persons", Title: "Unaccompanied children who claim asylum", Definition: "Children without an adult responsible for them who claimed asylum in the UK in the quarter; from 2006. Some are found later to be adults."}
	decisions     = ukhodetailed.Measure{Name: "initial-decisions", Unit: "decisions", Title: "Initial decisions on asylum claims", Definition: "Initial outcomes of asylum claims in the quarter, one for each person, dependants included: grants, refusals, withdrawals and administrative outcomes. Some are changed on appeal."}
	caseDecisions = ukhodetailed.Measure{Name: "initial-case-decisions", Unit: "cases", Title: "Initial decisions on asylum claims, without dependants", Definition: "Initial outcomes of asylum claims in the quarter, one for each main applicant. Cases and not people."}
	resettled     = ukhodetailed.Measure{Name: "resettled", Unit: "persons", Title: "People resettled", Definition: "People brought to the UK by resettlement and relocation schemes in the quarter, as far as the release states them with decisions. Not decisions on claims."}
)

// The columns that sums are by, or that decide which rows count.
var (
	age       = ukhodetailed.Column{Name: "Age", Was: []string{"Age group"}, List: "age", As: "age", Optional: true}
	sex       = ukhodetailed.Column{Name: "Sex", List: "sex", As: "sex", Optional: true}
	applicant = ukhodetailed.Column{Name: "Applicant type", List: "applicant-type", Groups: true}
	uasc      = ukhodetailed.Column{Name: "UASC", List: "uasc", Optional: true}
	location  = ukhodetailed.Column{Name: "Location of application", Was: []string{"Location of claim", "Claim location"}, List: "claim-location", As: "category", Optional: true}
	caseType  = ukhodetailed.Column{Name: "Case type", List: "case-type", Groups: true, Optional: true}
	group     = ukhodetailed.Column{Name: "Case outcome group", List: "case-outcome", As: "category", Groups: true}
	outcome   = ukhodetailed.Column{Name: "Case outcome", List: "case-outcome", As: "category", PartOf: group.Name}
)

// Which rows count.
var (
	main          = ukhodetailed.Where(applicant, "main-applicant")
	unaccompanied = ukhodetailed.Where(uasc, "uasc")
	asylum        = ukhodetailed.Only{Column: caseType.Name, Codes: []string{"asylum"}, OrAbsent: true}
	resettle      = ukhodetailed.Where(caseType, "resettlement")
)

// groups are the groups of outcomes.
var groups = []string{"grant-of-protection", "grant-of-other-leave", "refused", "withdrawn", "administrative"}

var family = ukhodetailed.Family{ID: "ukho-asylum-claims", Flow: "asylum", Datasets: []*ukhodetailed.Dataset{&claimed, &decided}}

// applicants are the columns on the people of both datasets.
var applicants = []ukhodetailed.Column{ukhodetailed.Nationality, ukhodetailed.Region, age, sex, applicant, uasc}

// claimed is the dataset of claims.
var claimed = ukhodetailed.Dataset{
	View: ukhodetailed.View{
		Sheets:  ukhodetailed.Sheets("Asy_D01"),
		Columns: append(slices.Clone(applicants), location),
		Count:   "Applications", CountWas: []string{"Claims", "Asylum claims", "Asylum applications"},
		Optional: true,
		// 11 of 75,785 rows were repeated in November 2024, 5 with the same count.
		Repeats: ukhodetailed.Repeats{Rows: 60, Same: 25, Adjacent: 3},
	},
	Sums: slices.Concat(
		people.Total().By(location).Compare("at-port", "in-country").By(ukhodetailed.Nationality).By(age).By(sex),
		claims.Total(main).By(ukhodetailed.Nationality),
		children.Total(unaccompanied).By(ukhodetailed.Nationality),
	),
}

// decided is the dataset of initial decisions.
var decided = ukhodetailed.Dataset{
	View: ukhodetailed.View{
		Sheets: ukhodetailed.Sheets("Asy_D02"),
		Columns: append(slices.Clone(applicants), caseType, group, outcome,
			ukhodetailed.Column{Name: "Host Country", Optional: true}),
		Count: "Decisions", CountWas: []string{"Initial decisions", "Outcomes"},
		Optional: true,
		// None of 125,009 rows was repeated in November 2024.
		Repeats: ukhodetailed.Repeats{Rows: 50, Same: 20, Adjacent: 3},
	},
	Sums: slices.Concat(
		decisions.Total(asylum).By(group).Compare(groups...).By(outcome).By(ukhodetailed.Nationality).By(ukhodetailed.Nationality, group),
		caseDecisions.Total(asylum, main).By(group).Compare(groups...),
		resettled.Total(resettle).By(ukhodetailed.Nationality),
	),
}
