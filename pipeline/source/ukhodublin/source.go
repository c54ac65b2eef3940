// Package ukhodublin is the Home Office's statistics of requests and transfers under the Dublin
// regulation, by member state and article, of 2015 to 2020.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables.
// A CSV is read that has Date, Year, Quarter, Member State, In / Out, Request / Transfer, Article and
// Count, and a workbook with these columns.
//
// Published are requests to and by the UK and transfers to and from the UK, each in total, by member
// state and by article. The member state is the origin of those into the UK, and the destination of
// those out of it. Requests and transfers are never added up: a transfer follows a request.
//
// The UK left the regulation at the end of 2020, so there are no newer figures and the files come by
// hand. What came after it, decisions that a claim is inadmissible, is published in summary tables and
// is not read.
//
// Not seen: the publisher's workbook. Its columns are taken from a CSV made from it, its sheet is
// assumed to be "Data - Dub_D01", and the day from which the source has ended, 2021-05-27, is that of
// the first quarterly release without new figures.
//
// Traps seen in that CSV: two rows have the labels of an earlier one, with other counts; Norway and
// Switzerland are member states there. Many cells are 1.
package ukhodublin

import (
	"slices"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/source/ukhodetailed"
	"crossings/pipeline/stat"
)

// Source is the statistics under the Dublin regulation.
var Source = family.Source(source.Source{
	Title:   "Requests and transfers under the Dublin regulation, 2015 to 2020",
	Holds:   "Requests and transfers of asylum applicants between the UK and other states under the Dublin regulation each quarter of 2015 to 2020, by state and article.",
	Quality: qualityTexts,
	Most:    check.Bounds{"dublin-requests-in": 200_000, "dublin-requests-out": 200_000, "dublin-transfers-in": 100_000, "dublin-transfers-out": 100_000},
	Place:   origin.Place{MaxBytes: ukhodetailed.MaxBytes},
	Retired: stat.MustDate("2021-05-27"),
})

// The measures.
var (
	requestsIn   = ukhodetailed.Measure{Name: "dublin-requests-in", Unit: "events", Title: "Requests to the UK under the Dublin regulation", Definition: "Requests of other states in the quarter that the UK take an asylum applicant under the Dublin regulation. Requests and not persons."}
	requestsOut  = ukhodetailed.Measure{Name: "dublin-requests-out", Unit: "events", Title: "Requests by the UK under the Dublin regulation", Definition: "Requests of the UK in the quarter that another state take an asylum applicant under the Dublin regulation. Requests and not persons."}
	transfersIn  = ukhodetailed.Measure{Name: "dublin-transfers-in", Unit: "events", Title: "Transfers to the UK under the Dublin regulation", Definition: "Transfers of asylum applicants to the UK in the quarter under the Dublin regulation."}
	transfersOut = ukhodetailed.Measure{Name: "dublin-transfers-out", Unit: "events", Title: "Transfers from the UK under the Dublin regulation", Definition: "Transfers of asylum applicants from the UK in the quarter under the Dublin regulation."}
)

// The columns that sums are by, or that decide which rows count.
var (
	state     = ukhodetailed.Column{Name: "Member State", List: "area", As: "destination"}
	direction = ukhodetailed.Column{Name: "In / Out", List: "dublin-direction", Groups: true}
	step      = ukhodetailed.Column{Name: "Request / Transfer", List: "dublin-step", Groups: true}
	article   = ukhodetailed.Column{Name: "Article", List: "dublin-article", As: "category", Optional: true}
)

var family = ukhodetailed.Family{ID: "ukho-dublin", Flow: "asylum", Datasets: []*ukhodetailed.Dataset{{
	View: ukhodetailed.View{
		Sheets: ukhodetailed.Sheets("Dub_D01"),
		Columns: []ukhodetailed.Column{state, direction,
			step, article},
		Count: "Count", CountWas: []string{"Number"},
		// 2 of 3,508 rows were repeated, with other counts.
		Repeats: ukhodetailed.Repeats{Rows: 20, Same: 10, Adjacent: 2},
	},
	Sums: slices.Concat(
		sums(&requestsIn, "in", "request", "origin"), sums(&requestsOut, "out", "request", "destination"),
		sums(&transfersIn, "in", "transfer", "origin"), sums(&transfersOut, "out", "transfer", "destination")),
}}}

// sums returns the sums of a measure: in total, by member state and by article.
func sums(m *ukhodetailed.Measure, in, of, as string) ukhodetailed.Sums {
	return m.Total(ukhodetailed.Where(direction, in), ukhodetailed.Where(step, of)).By(state).As(as).By(article)
}
