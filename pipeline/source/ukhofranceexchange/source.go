// Package ukhofranceexchange is the Home Office's table of returns to France and transfers from
// France under the UK-France agreement, by month. It comes out once a year, in July.
//
// Publisher: UK Home Office, under the Open Government Licence v3.0, at
// https://www.gov.uk/government/publications/the-border-security-commanders-annual-report-data. The
// agreement has been in force since 2025-08-06. The first return was on 2025-09-18, so September
// 2025 is the first month with returns.
//
// Two layouts are read:
//
//   - The publisher's page, which is among the attachments of
//     https://www.gov.uk/api/content/government/publications/the-border-security-commanders-annual-report-data,
//     a new one with each annual report: an HTML table Year, Month, IN, OUT, headers in bold, with
//     the year in every row, or given once, and a row of totals. The title and the address give the
//     first and last day. A first or last month that the span cuts is a range: August 2025 is 6 to
//     31 August.
//   - A CSV typed from that table, with the columns measure, period_start, period_end, precision,
//     value and published.
//
// Returns (OUT, exchange_out) have one row a month; they are events. Transfers (IN, exchange_in)
// are by month on the page of 16 July 2026. Where they are known only as one figure over the whole
// span, their precision is range, and nothing is allocated to months. The CSV of the same day has
// them so, and begins in September 2025; its returns are those of the page, month by month.
package ukhofranceexchange

import (
	"regexp"
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
)

const id = "ukho-france-exchange"

// Source is the exchange figures.
var Source = source.Source{
	ID:       id,
	Title:    "UK-France agreement: returns to France and transfers from France",
	Terms:    source.HomeOffice,
	Homepage: "https://www.gov.uk/government/publications/the-border-security-commanders-annual-report-data",
	Holds:    "Returns to France and people transferred from France each month since the agreement came into force on 6 August 2025, where the publisher states months.",
	Quality:  qualityTexts,
	Place: origin.Place{
		Page:   "https://www.gov.uk/api/content/government/publications/the-border-security-commanders-annual-report-data",
		Search: "UK-France agreement returns", SearchTitle: regexp.MustCompile(`(?i)border security command|france`),
		Title:     regexp.MustCompile(`(?i)\breturns\b.*\bUK.France agreement`),
		MediaType: "text/html",
		Newest:    true,
		Hosts:     []string{"www.gov.uk"},
		MaxBytes:  8 << 20,
	},
	Schedule: "40 9 * * *",
	Zone:     "Europe/London",
	Poll:     source.PollHomeOffice,
	// With the annual report, in July.
	Every: 365, Grace: 45,
	Series: []stat.Series{out, in},
	Balances: []source.Balance{{ID: "uk-france-exchange", Name: "the UK-France agreement", Out: out.ID, In: in.ID, Base: arrivals, Since: inForce,
		OutWords: [2]string{"return to France", "returns to France"}, InWords: [2]string{"person transferred from France", "people transferred from France"},
		BaseWords: "people arrived in small boats"}},
	Rates:      []source.Rate{{Name: "exchange-returns-per-arrival", Unit: "returns per arrival", Numerator: out.ID, Denominator: arrivals}},
	Cumulative: true,
	Most:       check.Bounds{"exchange-in": 200_000, "exchange-out": 200_000},
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
		Definition: "People brought to the UK from France under the UK-France agreement, in force since 6 August 2025. Stated by month, or as one figure over the whole period; nothing is allocated to months.",
	}, stat.Monthly)
)

// arrivals is the series against which returns are measured.
const arrivals = "ukho-small-boats:arrivals:D"

// inForce is the day on which the agreement came into force.
var inForce = stat.MustDate("2025-08-06")

const designation = "provisional operational data"

// date returns when the page was published, or the date in the first row of the CSV.
func date(name string, data []byte) (stat.Date, time.Time) {
	if isPage(name) {
		page, err := webpage.Open(name, data, decode.DefaultLimits)
		if err != nil {
			return 0, time.Time{}
		}
		// If the title cannot be read, the last day is unknown.
		_, last, _ := span(name, page)
		return source.PageDate(name, page, last)
	}
	return source.DateInRows(columns, published)(name, data)
}
