package mirror

import (
	"strings"
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/weekly"
	"crossings/pipeline/stat"
)

// State is one of the two states of the publishers' servers.
type State int

const (
	Before State = iota // every source has a release
	After               // every source has a newer one
)

// Day returns a day after the releases of a state.
func (s State) Day() stat.Date {
	return [...]stat.Date{stat.MustDate("2026-06-20"), stat.MustDate("2026-08-28")}[s]
}

// published is how the publishers write the day of their quarterly releases.
func (s State) published() string { return [...]string{"21 May 2026", "27 August 2026"}[s] }

// yearEnding is how they write the last month of the figures.
func (s State) yearEnding() string { return [...]string{"March 2026", "June 2026"}[s] }

// sources puts what a source is read from at its addresses, made from fixtures. Any other source
// with a place has it in its own folder; see putFolder.
var sources = map[string]func(t testing.TB, s *Server, state State){
	"ukho-small-boats":           smallBoats,
	"ukho-small-boats-last7days": lastSevenDays,
	"ukho-small-boats-weekly":    weeklySummary,
	"ukho-france-exchange":       exchange,
	"ukho-asylum-claims":         immigrationSystem,
	"ukho-asylum-awaiting":       immigrationSystem,
	"ukho-asylum-support":        immigrationSystem,
	"ukho-asylum-support-local":  immigrationSystem,
	"ukho-detention":             immigrationSystem,
	"ukho-age-disputes":          immigrationSystem,
	"ukho-small-boat-asylum":     immigrationSystem,
	"ukho-illegal-entry":         immigrationSystem,
	"ukho-returns":               immigrationSystem,
	"it-interior-landings":       italy,
	"frontex-detections":         frontex,
	"iom-missing-migrants":       iom,
}

// Put makes the servers serve a state of the sources with these IDs, and nothing else.
func (s *Server) Put(t testing.TB, state State, ids ...string) {
	t.Helper()
	s.clear()
	for _, id := range ids {
		if put := sources[id]; put != nil {
			put(t, s, state)
		} else {
			s.putFolder(t, id, state)
		}
	}
}

const smallBoatsPage = "/government/publications/migrants-detected-crossing-the-english-channel-in-small-boats"

// smallBoats puts the publication with the weekly time series, and its two pages in their places.
func smallBoats(t testing.TB, s *Server, state State) {
	f := weekly.Short(t, [...]string{"2026-06-19", "2026-06-26"}[state])
	s.document(t, document{Path: smallBoatsPage, Title: "Small boat activity in the English Channel", Kind: "transparency",
		Updated: state.Day().String() + "T09:30:00+01:00", Attachments: []attachment{
			{Title: "Small boat arrivals: last 7 days", Name: "migrants-detected-crossing-the-english-channel-in-small-boats-last-7-days"},
			{Title: "Weekly summary of small boat arrivals and preventions", Name: "weekly-summary-of-small-boat-arrivals-and-preventions"},
			{Title: "Small boat arrivals and preventions: time series", Name: f.Name, Type: ods, Data: f.Data},
		}})
}

func lastSevenDays(t testing.TB, s *Server, state State) {
	f := sourcetest.LastSevenDays(t, state.Day())
	s.page(t, site+smallBoatsPage+"/migrants-detected-crossing-the-english-channel-in-small-boats-last-7-days", html, f.Data)
}

// weeklySummary puts the page of a week: the fixture, or the same of the week after.
func weeklySummary(t testing.TB, s *Server, state State) {
	f := sourcetest.Load(t, "ukho-small-boats-weekly", "2026-06-23.html")
	page := string(f.Data)
	if state == Before {
		page = sourcetest.Replace(t, page, -1, "23 June 2026", "16 June 2026", "2026-06-23", "2026-06-16", "14 June 2026", "7 June 2026")
	}
	s.page(t, site+smallBoatsPage+"/weekly-summary-of-small-boat-arrivals-and-preventions", html, []byte(page))
}

// italy puts the extraction with the reports to a day.
func italy(t testing.TB, s *Server, state State) {
	f := sourcetest.ItalianReports(stat.MustDate("2025-01-01"), state.Day())
	s.page(t, "https://raw.githubusercontent.com/ondata/liberiamoli-tutti/main/sbarchi-migranti/dati/sbarchi-per-giorno.csv", text, f.Data)
}

// iom puts the workbook with all incidents. Before the newer release it lacks the last.
func iom(t testing.TB, s *Server, state State) {
	book := sourcetest.Load(t, "iom-missing-migrants", "Missing_Migrants_Global_Figures_allData_2025-05-05.xlsx").Data
	if state == Before {
		book = sourcetest.EditPart(t, book, "xl/worksheets/sheet1.xml", func(text string) string {
			return text[:strings.LastIndex(text, "<row ")] + "</sheetData></worksheet>"
		})
	}
	s.page(t, "https://missingmigrants.iom.int/sites/g/files/tmzbdl601/files/report-migrant-incident/Missing_Migrants_Global_Figures_allData.xlsx", xlsx, book)
}

// exchange puts the page on the agreement with France, which has another address each time: the
// fixture, or the same without its last two months.
func exchange(t testing.TB, s *Server, state State) {
	const base = "/government/publications/the-border-security-commanders-annual-report-data"
	page := string(sourcetest.Load(t, "ukho-france-exchange", "2026-07-16.html").Data)
	last, on := "30 June 2026", "2026-07-16"
	if state == Before {
		last, on = "30 April 2026", "2026-05-14"
		page = sourcetest.Replace(t, page, -1, "30 June 2026", last, "2026-07-16", on, "16 July 2026", "14 May 2026", "1,117", "581", "1,087", "605")
		from, to := strings.Index(page, "<tr><td><strong>2026</strong></td><td>May"), strings.Index(page, "<tr><td><strong>Total")
		if from < 0 || to < from {
			t.Fatal("the fixture has other rows")
		}
		page = page[:from] + page[to:]
	}
	s.document(t, document{Path: base, Title: "The Border Security Commander’s Annual Report: data", Kind: "transparency", Updated: on + "T09:30:00+01:00",
		Attachments: []attachment{
			{Title: "Disruptions and arrests for organised immigration crime activity", Name: "disruptions-and-arrests-for-oic"},
			{Title: "Transfers into and returns from the United Kingdom under the UK-France Agreement on the Prevention of Dangerous Journeys, between 6 August 2025 and " + last + " ",
				Name: "transfers-into-and-returns-from-the-united-kingdom-between-6-august-2025-and-30", Data: []byte(page)},
		}})
}
