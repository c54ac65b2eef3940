package finding

import (
	"strings"
	"testing"
	"time"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// TestFindingsOfMonths has the months of 2026 from January on, each next to 10 of 2025: a digit is a
// value, x is missing.
func TestFindingsOfMonths(t *testing.T) {
	say := func(values string, change func(r *row.YearOnYear)) string {
		tbl := table.New("year-on-year")
		for i, c := range values {
			per := stat.Month(2026, time.Month(i+1))
			r := row.YearOnYear{Series: id, Basis: "month", PeriodStart: per.Start, PeriodEnd: per.End, PriorValue: stat.Known(5), Status: stat.Normal, Vintage: per.End}
			if c != 'x' {
				r.Value = stat.Known(int64(c - '0'))
			}
			if i == 1 && change != nil {
				change(&r)
			}
			row.Add(tbl, r)
		}
		s := stat.Series{ID: id, Source: "a-b", Title: "Arrivals, weekly", Unit: "persons"}
		return Months(content.NewIndex(content.Site{Series: []stat.Series{s}, Tables: []*table.Table{tbl}}), id).Text
	}
	for values, want := range map[string]string{
		"12345": "", "1234": "Of the 4 months of 2026 to April, all had fewer arrivals than in 2025", "678": "Of the 3 months of 2026 to March, all had more arrivals than in 2025",
		"1291": "Of the 4 months of 2026 to April, only March had more arrivals than in 2025", "8889": "Of the 4 months of 2026 to April, all had more arrivals than in 2025",
		"8819": "Of the 4 months of 2026 to April, only March had fewer arrivals than in 2025", "118891": "Of the 6 months of 2026 to June, 3 had fewer arrivals than in 2025",
		"11888": "Of the 5 months of 2026 to May, 3 had more arrivals than in 2025", "111111111111": "Of the months of 2026, all had fewer arrivals than in 2025", "1": "", "1x1": "", "xx": "",
	} {
		if got := say(values, nil); got != want {
			t.Errorf("%s: got %q\nwant %q", values, got, want)
		}
	}
	for name, change := range map[string]func(r *row.YearOnYear){
		"immature": func(r *row.YearOnYear) { r.Note = note.List{{Code: note.Immature}} },
		"lacking":  func(r *row.YearOnYear) { r.Note = note.List{{Code: note.Incomplete}} },
		"break":    func(r *row.YearOnYear) { r.Status = stat.Break },
		"at least": func(r *row.YearOnYear) { r.Lower, r.Upper = stat.Known(1), stat.Known(2) },
		"nothing":  func(r *row.YearOnYear) { r.PriorValue = stat.Count{} },
	} {
		if got := say("1234", change); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestFindingsOfRecords(t *testing.T) {
	say := func(dates ...string) string {
		records, daily := table.New("records"), table.New("daily")
		row.Add(daily, row.Day{Series: id, Date: stat.MustDate("2018-01-01"), Value: stat.Known(1), Status: stat.Normal})
		for _, d := range dates {
			row.Add(records, row.Record{Series: id, Scope: "day", Rank: 1, PeriodStart: stat.MustDate(d), PeriodEnd: stat.MustDate(d), Value: stat.Known(9), Status: stat.Normal})
		}
		s := stat.Series{ID: id, Source: "a-b", Title: "Arrivals"}
		return Record(content.NewIndex(content.Site{Series: []stat.Series{s}, Tables: []*table.Table{records, daily}}), id).Text
	}
	for want, dates := range map[string]string{
		"": "", "The busiest day since January 2018 was 3 September 2022, with 9 arrivals": "2022-09-03",
		"The busiest days since January 2018 were 3 September 2022 and 4 September 2023, with 9 arrivals each": "2022-09-03 2023-09-04",
	} {
		if got := say(strings.Fields(dates)...); got != want {
			t.Errorf("got %q\nwant %q", got, want)
		}
	}
	if got := say("2022-09-03", "2022-09-04", "2022-09-05"); got != "" {
		t.Errorf("three days: %q", got)
	}
}
