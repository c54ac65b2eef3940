// Package ukhoreturns is the Home Office's quarterly statistics of returns from the UK, by type of
// return and destination, and of returns of foreign national offenders.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables.
// One workbook a quarter restates every quarter since 2004, and since 2010 for offenders. Two of
// its datasets are read:
//
//   - by destination, in the sheet "Data - Ret_D02" or "Data_Ret_D02": Year, Quarter, Return type
//     group, Return type, Return destination, Return destination region, Number of returns;
//   - of offenders, in the sheet "Data - Ret_D03" or "Data_Ret_D03": Year, Quarter, Nationality,
//     Region, Return destination group, Number of foreign national offender returns.
//
// They are recognised by their columns, which may be in another order. The other datasets are not
// read: they count the same returns by nationality, sex and age (D01), or the same offenders by
// destination (D04). A CSV made from one of the two datasets, with an additional column Date, is
// read too. It is a release of one measure and says nothing about the other.
//
// Published are
//
//   - every cell as in the datasets;
//   - the sum of each group of types, of each type, of all offenders, and of offenders by group of
//     destinations. They are compared over time, except for the types that are not in use in every
//     release's last quarter: comparisons shown next to each other end on one day, and these types
//     would end them all years ago;
//   - each group by destination.
//
// There is no sum over the groups: people refused entry at a port who departed, half of all
// returns, never lived in the UK.
//
// The datasets list the combinations that occur and never state a 0: the smallest count in the four
// files of 2023 is 1. A group without a row in a quarter is therefore 0 there, and so is a type
// between its first row and its last. Before and after them a type may not have been in use
// (enforced removals are distinguished by detention from 2010), and nothing is stated.
//
// Traps seen, in the releases of 2023: some combinations are there twice in a quarter with
// different numbers, and the publisher's totals are their sum (43 rows in May, 77 in November, none
// in August); a type is written with another capital letter until 2018; refusals at ports from the
// end of 2022 had no type until November; earlier years change with each release, enforced returns
// of 2022 from 3,860 in May to 3,866 and 3,875, voluntary ones by a hundred at a time.
package ukhoreturns

import (
	"strings"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/source/ukhodetailed"
	"crossings/pipeline/stat"
)

const id = "ukho-returns"

// Source is the quarterly statistics of returns.
var Source = ukhodetailed.Describe(source.Source{
	ID:      id,
	Title:   "Returns from the UK, quarterly",
	Holds:   "Returns from the UK each quarter since 2004 by type and destination: enforced, voluntary, and refused at port; and since 2010 returns of foreign national offenders by nationality, which are among them.",
	Quality: qualityTexts,
	Place:   ukhodetailed.Place(ukhodetailed.Returns),
	Series:  declared(),
	Kinds:   true,
	Breakdowns: source.Breakdowns{
		Cells: []string{"category", "origin"}, // of offenders
		Leads: []source.Lead{
			{Series: ofReturns(by("enforced")).ID, Dimension: "destination", Of: "enforced returns", Were: "were to"},
			{Series: ofReturns(by("voluntary")).ID, Dimension: "destination", Of: "voluntary returns", Were: "were to"},
			{Series: ofOffenders(by(stat.Total)).ID, Dimension: "origin", Of: "returns of foreign national offenders", Were: "were of nationals of"},
		},
	},
	Most:   check.Bounds{"offender-returns": 200_000, "returns": 1_000_000},
	Decode: decodeFile,
})

// The measures.
const (
	returns         = "returns"
	offenderReturns = "offender-returns"
)

// category is a code of return-type or offender-destination, with its title and definition.
type category struct {
	code, title, definition string
	closed                  bool // no longer used, or used off and on
}

// types are the groups of returns, each followed by its types.
var types = []category{
	{"enforced", "Enforced returns", "Returns that the Home Office enforces: removals and deportations from detention or not, and other departures from detention.", false},
	{"enforced.removals", "Enforced removals, to 2009", "Enforced removals of the years to 2009, in which those from detention are not told apart.", true},
	{"enforced.from-detention", "Enforced removals from detention", "People removed straight from detention; from 2010.", false},
	{"enforced.non-detained", "Enforced removals, not from detention", "People removed by enforcement who were not in detention; from 2010.", false},
	{"enforced.other-from-detention", "Other returns from detention", "People who left detention and the UK in another way than by removal; from 2010.", false},
	{"voluntary", "Voluntary returns", "People without a right to stay who left by themselves, with help or without. Found late in part, so that past quarters rise with each release.", false},
	{"voluntary.assisted", "Assisted returns", "People who left with financial or practical help.", false},
	{"voluntary.controlled", "Controlled returns", "People who left at their own expense, with the authorities overseeing it.", false},
	{"voluntary.other-verified", "Other verified returns", "People found afterwards to have left, by matching records; past quarters rise with each release.", false},
	{"refused-at-port", "Refused entry at port and departed", "People refused entry at a port who then departed. Not returns of people who lived in the UK, and so never added to the other groups.", false},
	{"refused-at-port.uk-ports", "Departed from UK ports", "People refused entry at a port in the UK who then departed; from 2007.", true},
	{"refused-at-port.juxtaposed", "Departed from juxtaposed controls", "People refused entry at UK controls abroad; from 2007.", true},
	{"refused-at-port.not-available", "Departed, port not available", "People refused entry of whom the release does not say at which kind of port.", true},
	{"refused-at-port.pre-2007", "Refused entry and departed, to 2006", "People refused entry at a port in the years to 2006, in which the kinds of port are not told apart.", true},
}

// offenders are all returns of offenders, followed by the groups of destinations.
var offenders = []category{
	{stat.Total, "Returns of foreign national offenders", "To any destination.", false},
	{"home-country", "Returns of foreign national offenders to their home country", "To the country of nationality.", false},
	{"eu-member-state", "Returns of foreign national offenders to another EU member state", "To a member state of the European Union that is not the country of nationality.", false},
	{"other-country", "Returns of foreign national offenders to another country", "To a third country.", false},
}

// declared returns the series that are compared over time.
func declared() []stat.Series {
	var all []stat.Series
	for _, x := range types {
		if !x.closed {
			all = append(all, ofReturns(by(x.code)))
		}
	}
	for _, x := range offenders {
		all = append(all, ofOffenders(by(x.code)))
	}
	return all
}

// by returns the breakdown by a category.
func by(category string) stat.Dimensions {
	d := stat.AllTotal
	d.Category = category
	return d
}

// ofReturns describes a breakdown of returns.
func ofReturns(d stat.Dimensions) stat.Series {
	x := find(types, d.Category)
	text := x.definition + " Events and not persons: who is returned twice counts twice."
	if group := groupOf(d.Category); group != d.Category {
		text += " A part of " + strings.ToLower(find(types, group).title) + "."
	}
	for _, b := range breaks {
		text += " " + b.reason
	}
	return complete(stat.Series{Measure: returns, Dimensions: d, Title: x.title, Definition: text})
}

// groupOf returns the group of a type of return; a group is its own.
func groupOf(code string) string {
	group, _, _ := strings.Cut(code, ".")
	return group
}

// ofOffenders describes a breakdown of returns of offenders.
func ofOffenders(d stat.Dimensions) stat.Series {
	x := find(offenders, d.Category)
	return complete(stat.Series{Measure: offenderReturns, Dimensions: d, Title: x.title,
		Definition: "Returns of people who are not British and were convicted of a crime, from 2010. " + x.definition +
			" Events and not persons. They are among the enforced, voluntary and port returns, another view of them, and are never added to these."})
}

// find returns the category with a code. Codes that are not described, which a code list may gain,
// have no texts.
func find(list []category, code string) category {
	for _, x := range list {
		if x.code == code {
			return x
		}
	}
	return category{code: code, title: "Returns, " + code}
}

// complete sets what all series share.
func complete(s stat.Series) stat.Series {
	s.Source, s.Unit, s.Flow, s.Kind, s.RefArea, s.Designation = id, "events", "removal", stat.Flow, "GBR", "official statistics"
	if s.Origin != stat.Total {
		s.Title += ", nationality " + s.Origin
	}
	if s.Destination != stat.Total {
		s.Title += ", to " + s.Destination
	}
	return stat.NewSeries(s, stat.Quarterly)
}
