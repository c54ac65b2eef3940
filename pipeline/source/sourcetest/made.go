package sourcetest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"crossings/pipeline/stat"
)

// Table returns a CSV file with a header and rows.
func Table(name, header string, rows ...string) File {
	return File{Name: name, Data: []byte(header + "\r\n" + strings.Join(rows, "\r\n") + "\r\n")}
}

// IllegalEntry returns two small releases of ukho-illegal-entry. They have the figures of one
// series as published, except for a wrong digit: the second release moves arrivals by air in the
// first quarter of 2023 from 739 to 1416, and with them all detections beyond the limits.
func IllegalEntry() [2]File {
	const header = "Date,Year,Quarter,Method of entry,Nationality,Region,Sex,Age Group,Number of detections"
	release := func(name string, last time.Time, air int) File {
		var rows []string
		for q := time.Date(2022, 3, 31, 0, 0, 0, 0, time.UTC); !q.After(last); q = quarterAfter(q) {
			for method, n := range map[string]int{"Inadequately documented air arrivals": byAir(q, air), "Small boat arrivals": 3793,
				"Recorded detections at UK ports": 60, "Recorded detections in the UK": 301} {
				rows = append(rows, fmt.Sprintf("%s,%d,%d,%s,Afghanistan,Asia Central,Male,25 to 39,%d", q.Format(time.DateOnly), q.Year(), (q.Month()+2)/3, method, n))
			}
		}
		return Table(name, header, sorted(rows)...)
	}
	return [2]File{
		release("irregular_migration_2023-05-31.csv", time.Date(2023, 3, 31, 0, 0, 0, 0, time.UTC), 739),
		release("irregular_migration_2023-08-24.csv", time.Date(2023, 6, 30, 0, 0, 0, 0, time.UTC), 1416),
	}
}

// byAir is the number of arrivals by air that a release states for a quarter. Only 2023 is
// restated.
func byAir(q time.Time, of2023 int) int {
	if q.Year() < 2023 {
		return 900
	}
	return of2023
}

// quarterAfter returns the last day of the quarter after the one that q ends.
func quarterAfter(q time.Time) time.Time { return q.AddDate(0, 0, 1).AddDate(0, 3, -1) }

func sorted(rows []string) []string {
	slices.Sort(rows)
	return rows
}

// ItalianReports returns it-interior-landings as of a day: a report on the 15th and at the end of
// each month from first on, with the days of the month so far.
func ItalianReports(first, today stat.Date) File {
	var rows []string
	for from := first.MonthStart(); ; {
		y, m, _ := from.YMD()
		report := stat.NewDate(y, m, 15)
		if from > report {
			report = from.MonthEnd()
		}
		if report >= today {
			return Table("sbarchi-per-giorno.csv", "Data,Valore,Note,Fonte,Data_Report", rows...)
		}
		for d := report.MonthStart(); d <= report; d++ {
			rows = append(rows, fmt.Sprintf("%s,%d,*,text,%s", d, Landings(first, d), report))
		}
		from = report + 1
	}
}

// Landings is the number that ItalianReports has for a day.
func Landings(first, day stat.Date) int { return int(day-first)*37%400 + 1 }

// pageDay matches a day as a page writes it, and pageStamp the day of a time stamp.
var (
	pageDay   = regexp.MustCompile(`\b\d\d? July 2026\b`)
	pageStamp = regexp.MustCompile(`2026-07-\d\d`)
)

// LastSevenDays returns ukho-small-boats-last7days as published on a day: the fixture of
// 15 July 2026 with all its days moved, and the same figures.
func LastSevenDays(t testing.TB, day stat.Date) File {
	t.Helper()
	page := string(Load(t, "ukho-small-boats-last7days", "2026-07-15.html").Data)
	by := int(day - stat.MustDate("2026-07-15"))
	move := func(layout string) func(string) string {
		return func(s string) string {
			d, err := time.Parse(layout, s)
			if err != nil {
				t.Fatal(err)
			}
			return d.AddDate(0, 0, by).Format(layout)
		}
	}
	page = pageDay.ReplaceAllStringFunc(page, move("2 January 2006"))
	page = pageStamp.ReplaceAllStringFunc(page, move(time.DateOnly))
	return File{Name: day.String() + ".html", Data: []byte(page)}
}
