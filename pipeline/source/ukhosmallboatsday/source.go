// Package ukhosmallboatsday is the page of daily arrivals in small boats of 2022: one day, as
// prose.
//
// Publisher: UK Ministry of Defence, for the Home Office's figures, under the Open Government
// Licence v3.0. The page was rewritten each morning from 15 April 2022 to 31 January 2023 and
// stated the day before: "…for the 24-hour period 00:00 to 23:59 25 May 2022", "Number of migrants
// detected in small boats: 1,295", then boats and, from the summer on, boats in uncontrolled
// landings.
//
// The source is retired: there is nothing to fetch, and its Place is empty. Pages captured at the
// time are added by hand. The source is kept because it has the figures as first stated. A third of
// them were changed later: 22 August 2022 is 1,295 here and 1,137 in the end, 3 September 960 here
// and 1,305 in the end.
//
// Traps seen: from February 2023 on the page says that it is a legacy page and has no figures, and
// it is served for years; in the days before, it has no figures and does not say so. A page may
// state two days, each above its figures (26 September 2022: 25 and 24 September). Captures before
// July 2022 have no time stamp, and show the day of their last change in the text.
package ukhosmallboatsday

import (
	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/read/webpage"
	"crossings/pipeline/source"
	"crossings/pipeline/stat"
)

const id = "ukho-small-boats-day"

// Source is the page of one day.
var Source = source.Source{
	ID:       id,
	Title:    "Small boats crossing the English Channel: daily page, 2022",
	Terms:    source.MinistryOfDefence,
	Homepage: "https://www.gov.uk/government/statistical-data-sets/migrants-detected-crossing-the-english-channel-in-small-boats",
	Holds:    "People and boats detected in small boats on single days of 2022 and January 2023, as first stated. Retired in February 2023.",
	Quality:  qualityTexts,
	// Retired: without an address nothing is fetched.
	Place:    source.GovUKPage(""),
	Schedule: "30 9 * * *",
	Zone:     "Europe/London",
	Every:    1, Grace: 5,
	Retired:    stat.MustDate("2023-02-01"),
	Series:     []stat.Series{arrivals, boats, landings},
	Restates:   "ukho-small-boats",
	BridgeNote: "The page stated a day once, on the morning after; the weekly time series has the figure as it was corrected later.",
	Rules:      []check.Rule{check.Subset(landings.ID, boats.ID)},
	Limits:     check.Limits{Revision: 0.1, AtLeast: 200, Growth: 3, Changed: 0.1, Reworded: 0.01}, // days of none and of hundreds follow one another
	Pairs:      []check.Pair{check.PeoplePerBoat},
	Most:       check.Bounds{"arrivals": 500_000, "boats": 20_000, "uncontrolled-landings": 20_000},
	Date:       source.PageDateOf(lastDay),
	Decode:     decodeFile,
}

// The series, in the order of the sentences.
var (
	arrivals = source.FirstStated(id, "arrivals", "persons", "People arriving in small boats, first stated",
		"People detected on arrival in the UK, or detected in the Channel and brought to the UK, in small boats, as stated on the morning after. Undetected crossings, larger vessels and people hidden in vehicles are not counted.")
	boats = source.FirstStated(id, "boats", "boats", "Small boats arriving, first stated",
		"Small boats detected, as stated on the morning after.")
	landings = source.FirstStated(id, "uncontrolled-landings", "boats", "Small boats in uncontrolled landings, first stated",
		"Boats that the Ministry of Defence knew to have landed without interception, as stated on the morning after. A subset of boats, never added to them.")
)

// lastDay returns the last day of the page's figures, or the zero date.
func lastDay(page *webpage.Page) (last stat.Date) {
	for _, x := range page.Texts() {
		if m := period.FindStringSubmatch(decode.Words(x.Text)); m != nil {
			if d, err := source.LongDate(m[1]); err == nil {
				last = max(last, d)
			}
		}
	}
	return last
}
