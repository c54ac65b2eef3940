// Package itinteriorlandings is the Italian interior ministry's count of people landed each day, as
// stated by its reports in the middle and at the end of each month.
//
// Publisher: Italian Ministry of the Interior, Department of Public Security, in PDF reports. Their
// tables are extracted by the association onData in the project Liberiamoli tutti, under CC BY 4.0,
// at https://github.com/ondata/liberiamoli-tutti/tree/main/sbarchi-migranti. Attribution as it
// asks: "Liberiamoli tutti!", https://datibenecomune.substack.com/.
//
// The file sbarchi-per-giorno.csv is read: Data (the day), Valore (people landed), Note, Fonte and
// Data_Report. It has every report since September 2019, each with the days of its month, so the
// file states many releases; the day of the report is the vintage. The file nazionalita.csv
// (nationalities) is not accepted: it states totals of the year so far, without the days.
//
// The extraction is dead: the newest report in it is that of 2025-09-15, though the repository is
// alive. The ministry goes on with its reports, as PDF files, which are not read. No maintained
// extraction of them with a known format was found in public repositories; one that exists begins
// in 2017 and states months, in a database. The second place serves the same file from a copy of the
// repository, for when the first is blocked; a maintained successor belongs before it. UNHCR republishes
// the ministry's daily figures as a CSV. They are another publisher's figures, and come in as a table
// of one's own, by the layout docs/examples/unhcr-italy.json.
//
// Traps seen, in the file that ends with the report of 2025-09-15:
//
//   - A mid-month report lists the rest of the month as 0. These 1,095 rows are not zeros and are
//     left out. Some of them are empty, seven name days that do not exist (2025-02-31), and one
//     reads 0[VALORE]0.
//   - The day ends at 08:00, so the day of the report itself is incomplete and is often revised by
//     the next report: 48 of 158 revisions. One report (2022-12-31) says that its days end at
//     24:00.
//   - Every month has two reports except September 2019 and July 2021, whose mid-month report is
//     not in the file.
package itinteriorlandings

import (
	"time"

	"crossings/pipeline/read/check"
	"crossings/pipeline/read/decode"
	"crossings/pipeline/source"
	"crossings/pipeline/source/origin"
	"crossings/pipeline/stat"
)

const id = "it-interior-landings"

// Source is the daily landings by report.
var Source = source.Source{
	ID:       id,
	Title:    "Sea landings in Italy, by day and report",
	Terms:    source.Terms{Publisher: "Italian Ministry of the Interior, extracted by onData (Liberiamoli tutti)", Licence: "Creative Commons Attribution 4.0 International", LicenceAt: "https://creativecommons.org/licenses/by/4.0/"},
	Homepage: "https://github.com/ondata/liberiamoli-tutti/tree/main/sbarchi-migranti",
	Holds:    "People landed in Italy each day since September 2019, as each report of the middle and the end of a month states them.",
	Quality:  qualityTexts,
	Place: origin.Place{
		Address:   "https://raw.githubusercontent.com/ondata/liberiamoli-tutti/main/sbarchi-migranti/dati/sbarchi-per-giorno.csv",
		MediaType: "text/csv",
		Hosts:     []string{"raw.githubusercontent.com"},
		MaxBytes:  decode.DefaultLimits.File,
	},
	Fallbacks: []origin.Place{{
		Address:   "https://cdn.jsdelivr.net/gh/ondata/liberiamoli-tutti@main/sbarchi-migranti/dati/sbarchi-per-giorno.csv",
		MediaType: "text/csv",
		Hosts:     []string{"cdn.jsdelivr.net"},
		MaxBytes:  decode.DefaultLimits.File,
	}},
	Schedule: "20 10 * * *",
	Zone:     "Europe/Rome",
	// A report every half month, extracted some days later.
	Every: 16, Grace: 16,
	// The report of 30 September 2025 is the first that was not extracted.
	Dead:   stat.MustDate("2025-10-01"),
	Series: []stat.Series{arrivals},
	Time:   check.Time{OwnDay: true, FillsAhead: true},
	Most:   check.Bounds{"arrivals": 2_000_000},
	Date:   date,
	Decode: decodeFile,
}

var arrivals = stat.NewSeries(stat.Series{Source: id, Measure: "arrivals", Unit: "persons", Flow: "arrival", Kind: stat.Flow,
	RefArea: "ITA", Designation: "provisional operational data",
	Title:      "People landed in Italy",
	Definition: "People landed on the Italian coast, by day of landing. The day ends at 08:00, so that a report's own day is not whole; one report, of 31 December 2022, says 24:00. Provisional: later reports of the same month revise earlier days.",
}, stat.Daily)

// date returns the day of the newest report in the file.
func date(name string, data []byte) (newest stat.Date, stamp time.Time) {
	csv, err := decode.OpenCSV(name, data, decode.DefaultLimits)
	if err != nil {
		return 0, time.Time{}
	}
	for row, err := range csv.Table(columns).Rows() {
		if err != nil {
			return 0, time.Time{}
		}
		if day, err := source.RowDay(row, report); err == nil {
			newest = max(newest, day)
		}
	}
	return newest, time.Time{}
}
