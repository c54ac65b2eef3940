// Package ukhofranceexchange is the Home Office's monthly table of returns to
// France and transfers from France under the UK-France agreement.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/publications/the-border-security-commanders-annual-report-data.
// The agreement is in force since 2025-08-06; the first return was on
// 2025-09-18, so September 2025 is the first month with returns.
//
// Read is a CSV typed from the table, with the columns measure, period_start,
// period_end, precision, value and published:
//
//   - exchange_out has a row a month: returns, which are events.
//   - exchange_in has one row over the whole period: the persons transferred.
//     Its precision is range; nothing is allocated to months.
//
// Not read yet: the publisher's own page, an HTML table (Year, Month, In, Out,
// with the year given once and a total row). It is among the attachments of
// https://www.gov.uk/api/content/government/publications/the-border-security-commanders-annual-report-data
// and is no file that fetch can take, so that Place has no page and releases come
// in by hand.
package ukhofranceexchange

import (
	"time"

	"crossings/pipeline/decode"
	"crossings/pipeline/fetch"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

const id = "ukho-france-exchange"

// Source is the monthly exchange figures.
var Source = source.Source{
	ID:        id,
	Title:     "UK-France agreement: returns to France and transfers from France",
	Publisher: "UK Home Office",
	Licence:   "Open Government Licence v3.0",
	LicenceAt: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
	Homepage:  "https://www.gov.uk/government/publications/the-border-security-commanders-annual-report-data",
	Holds:     "Returns to France each month since September 2025, and people transferred from France since the agreement came into force on 6 August 2025.",
	Place:     fetch.Place{MaxBytes: decode.DefaultLimits.File},
	Schedule:  "40 9 * * *",
	Zone:      "Europe/London",
	// Monthly, about two weeks after the month's end.
	Every: 31, Grace: 14,
	Series:     []stat.Series{out, in},
	Cumulative: true,
	Date:       date,
	Decode:     decodeFile,
}

var (
	out = stat.NewSeries(stat.Series{Source: id, Measure: "exchange-out", Unit: "events", Flow: "removal", Kind: stat.Flow,
		RefArea: "GBR", Designation: designation,
		Title:      "Returns to France under the UK-France agreement",
		Definition: "Returns to France under the UK-France agreement, in force since 6 August 2025; the first return was on 18 September 2025. Returns are events and not distinct people: some people returned have entered again.",
	}, stat.Monthly)
	in = stat.NewSeries(stat.Series{Source: id, Measure: "exchange-in", Unit: "persons", Flow: "arrival", Kind: stat.Flow,
		RefArea: "GBR", Designation: designation,
		Title:      "People transferred from France under the UK-France agreement",
		Definition: "People brought to the UK from France under the UK-France agreement, in force since 6 August 2025. Known as one figure over the whole period; nothing is allocated to months.",
	}, stat.Monthly)
)

const designation = "provisional operational data"

// date returns what the first row says of when the table was published.
func date(name string, data []byte) (stat.Date, time.Time) {
	csv, err := decode.OpenCSV(name, data, decode.DefaultLimits)
	if err != nil {
		return 0, time.Time{}
	}
	for row, err := range csv.Rows(columns...) {
		if err != nil {
			break
		}
		y, m, d, err := row.Date(published)
		if err != nil {
			break
		}
		return stat.NewDate(y, m, d), time.Time{}
	}
	return 0, time.Time{}
}
