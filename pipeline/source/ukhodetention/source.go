// Package ukhodetention is the Home Office's quarterly statistics of immigration detention: entries
// and exits, which are flows, and people in detention on the last day of a quarter, a stock.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables.
// One workbook a quarter restates every quarter since 2010, in three datasets:
//
//   - entries, in the sheet "Data - Det_D01" or "Data_Det_D01": Year, Quarter, Nationality, Region,
//     Sex, Age, First place of detention, Entering;
//   - people in detention, in "Data - Det_D02" or "Data_Det_D02": Date (as at…), Nationality, Region,
//     Sex, Age, Current place of detention, Length of detention, People;
//   - exits, in "Data - Det_D03" or "Data_Det_D03": Year, Quarter, Nationality, Region, Sex, Age,
//     Reason for leaving detention, Length of detention, Leaving.
//
// A CSV with the columns of one of them is read too. It says nothing about the others.
//
// Published are entries, in total, by nationality, sex and age; people in detention, in total, by
// length of detention, nationality, sex and age; and exits, in total, by reason, by nationality and
// by both. Places of detention are not read.
//
// Entries and exits are events: a person may be detained more than once in a quarter.
//
// Not seen: the publisher's workbook. Its sheets and headers are known from public programs that
// read the releases of 2023 to March 2026, and its labels from tables made from the release of
// February 2024. In one of them fourteen rows are above the header.
//
// Traps seen in these tables: 135 rows of entries repeat the labels of an earlier one, 46 with its
// count; lengths have a letter before them that orders them; some people in detention have no sex,
// age or length ("Not available").
package ukhodetention

import (
	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/source/ukhodetailed"
)

// Source is the statistics of immigration detention.
var Source = family.Source(source.Source{
	Title:   "Immigration detention: entries, people in detention, and exits by reason",
	Holds:   "Entries into immigration detention and exits from it each quarter since 2010, by nationality and reason, and people in detention on the last day of each quarter, by length of detention.",
	Quality: qualityTexts,
	Most:    check.Bounds{"detention-entries": 500_000, "detention-exits": 500_000, "in-detention": 100_000},
	Place:   ukhodetailed.Place(ukhodetailed.Detention),
})

// The measures.
var (
	entries  = ukhodetailed.Measure{Name: "detention-entries", Unit: "events", Title: "Entries into immigration detention", Definition: "Entries into immigration detention in the quarter. Events and not persons: who is detained twice counts twice."}
	detained = ukhodetailed.Measure{Name: "in-detention", Unit: "persons", Title: "People in immigration detention", Definition: "People in immigration detention at the end of the day, in removal centres, short-term holding facilities and prisons. A level on a date, never added up over time."}
	exits    = ukhodetailed.Measure{Name: "detention-exits", Unit: "events", Title: "Exits from immigration detention", Definition: "Ends of a stay in immigration detention in the quarter, by the reason: returned from the UK, released on bail, granted leave, or another. Events and not persons."}
)

// The columns that sums are by, or that decide which rows count.
var (
	sex    = ukhodetailed.Column{Name: "Sex", List: "sex", As: "sex", Optional: true}
	age    = ukhodetailed.Column{Name: "Age", Was: []string{"Age group"}, List: "age", As: "age", Optional: true}
	length = ukhodetailed.Column{Name: "Length of detention", List: "detention-length", As: "category"}
	reason = ukhodetailed.Column{Name: "Reason for leaving detention", Was: []string{"Reason for leaving"}, List: "exit-reason", As: "category", Groups: true}
)

// with returns the columns on the people of all three datasets, and others.
func with(others ...ukhodetailed.Column) []ukhodetailed.Column {
	return append([]ukhodetailed.Column{ukhodetailed.Nationality, ukhodetailed.Region, sex, age}, others...)
}

// people returns the sums that all three datasets have.
func people(m *ukhodetailed.Measure) ukhodetailed.Sums {
	return m.Total().By(ukhodetailed.Nationality).By(sex).By(age)
}

// lengths are the lengths of detention.
var lengths = []string{"3-days-or-less", "4-to-7-days", "8-to-14-days", "15-to-28-days", "29-days-to-under-2-months", "2-months-to-under-3-months",
	"3-months-to-under-4-months", "4-months-to-under-6-months", "6-months-to-under-12-months", "12-months-to-under-18-months"}

// reasons are the reasons for leaving detention.
var reasons = []string{"returned", "bail-secretary-of-state", "bail-judge", "granted-leave", "other"}

var family = ukhodetailed.Family{ID: "ukho-detention", Flow: "removal", Datasets: []*ukhodetailed.Dataset{{
	View: ukhodetailed.View{
		Sheets:   ukhodetailed.Sheets("Det_D01"),
		Columns:  with(ukhodetailed.Column{Name: "First place of detention", Optional: true}),
		Count:    "Entering",
		Optional: true,
		// 135 of 73,718 rows were repeated in February 2024, 46 with the same count.
		Repeats: ukhodetailed.Repeats{Rows: 400, Same: 140, Adjacent: 5},
	},
	Sums: people(&entries),
}, {
	View: ukhodetailed.View{
		Sheets:   ukhodetailed.Sheets("Det_D02"),
		Columns:  with(ukhodetailed.Column{Name: "Current place of detention", Optional: true}, length),
		Count:    "People",
		Stock:    true,
		Optional: true,
		// 1 of 79,185 rows was repeated in February 2024.
		Repeats: ukhodetailed.Repeats{Rows: 60, Same: 20, Adjacent: 3},
	},
	Sums: people(&detained).By(length).Compare(lengths...),
}, {
	View: ukhodetailed.View{
		Sheets: ukhodetailed.Sheets("Det_D03"),
		Columns: with(ukhodetailed.Column{Name: "Last place of detention", Optional: true}, ukhodetailed.Column{Name: length.Name, Optional: true},
			reason),
		Count:    "Leaving",
		Optional: true,
		// None of 106,906 rows was repeated in February 2024.
		Repeats: ukhodetailed.Repeats{Rows: 60, Same: 20, Adjacent: 3},
	},
	Sums: people(&exits).By(reason).Compare(reasons...).By(ukhodetailed.Nationality, reason),
}}}
