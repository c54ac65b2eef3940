package section

import (
	"testing"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// TestEachFigureIsInItsColumn has rows in which no two figures are the same.
func TestEachFigureIsInItsColumn(t *testing.T) {
	const id = "x:arrivals:D"
	day, n := stat.NewDate, stat.Known
	index := content.NewIndex(content.Site{Series: []stat.Series{{ID: id, Title: "Arrivals", Unit: "persons"}}, Tables: tablesOf(
		row.YearToDate{Series: id, Year: 2024, PriorStart: day(2023, 1, 3), PriorEnd: day(2023, 3, 5), Cutoff: day(2024, 3, 5), WindowStart: day(2024, 1, 1), WindowEnd: day(2024, 3, 4), Days: n(64),
			Value: n(101), Lower: n(91), Upper: n(111), PriorValue: n(202), PriorLower: n(192), PriorUpper: n(212), PriorYearValue: n(303), Change: n(-404),
			ChangePercent: row.Num(-50.5, true), SharePercent: row.Num(60.6, true), Status: stat.Estimated, Vintage: day(2024, 4, 1), Note: note.Said("a note")},
		row.YearOnYear{Series: id, Basis: "month", PeriodStart: day(2024, 2, 1), PeriodEnd: day(2024, 2, 29), Value: n(102), Lower: n(92), Upper: n(112),
			PriorValue: n(203), PriorLower: n(193), PriorUpper: n(213), Change: n(-405), ChangePercent: row.Num(-51.5, true), Status: stat.Normal, Vintage: day(2024, 4, 1)},
		row.PolicyPeriod{Policy: "a-rule", Series: id, Basis: "policy-period", PriorStart: day(2023, 1, 10), PriorEnd: day(2023, 3, 4), PeriodStart: day(2024, 1, 10), PeriodEnd: day(2024, 3, 4), Days: 55, Value: n(103), PriorValue: n(204), Change: n(-406),
			ChangePercent: row.Num(-52.5, true), Status: stat.Provisional, Vintage: day(2024, 4, 1)},
		row.Balance{Balance: "a-pact", Basis: "month", PeriodStart: day(2024, 2, 1), PeriodEnd: day(2024, 2, 29), Out: n(11), In: n(22), Difference: n(-33), Base: n(44),
			OutPercent: row.Num(55.5, true), Days: 29, OutPerDay: row.Num(6.66, true), Status: stat.Normal, Vintage: day(2024, 4, 1)},
		row.Rate{Rate: "a-rate", Numerator: id, Denominator: "x:boats:D", PeriodStart: day(2024, 2, 1), PeriodEnd: day(2024, 2, 29), Value: row.Num(12.3, true), Lower: row.Num(11.2, true), Upper: row.Num(13.4, true),
			Basis: "month", Unit: "a per b", Method: "exact-poisson", LevelPercent: row.Num(95, true), Status: stat.Normal, Vintage: day(2024, 3, 8)},
		row.Bridge{Series: id, ReferenceSeries: "y:arrivals:D", PeriodStart: day(2024, 2, 1), PeriodEnd: day(2024, 2, 29), Value: n(15), ReferenceValue: n(26), Difference: n(-37), Vintage: day(2024, 4, 1), ReferenceVintage: day(2024, 4, 2)},
		row.RevisionSummary{Series: id, Revisions: 12, Observations: 99, Withdrawn: 3, Revised: 8, RevisedPercent: row.Num(7.84, true), Silent: 5, Substantial: 4, LargestFall: -21,
			LargestRise: 34, MeanAbsoluteChange: row.Num(6.5, true), LongestLag: 77, Compared: 90, Raised: 6, Lowered: 2, MeanRevision: row.Num(1.25, true), PValue: row.Num(0.0312, true),
			Maturity: "Periods stop moving."})})
	tables, all := NewTables(index), func(stat.SeriesID) bool { return true }
	for _, c := range []struct {
		got  listing.Table
		want string
	}{
		{tables.EveryYear(id), "Year|From 1 January to the date|The same a year before|Change|Per cent|Whole of the year before|Days|Window|Window a year before|Part of its whole year, per cent|Status|Notes\n" +
			"2024|at least 101 (91 to 111)|at least 202 (192 to 212)|−404|−50.5 %|at least 303|64|1 January to 4 March 2024|3 January to 5 March 2023|60.6|estimated [e]|a note"},
		{tables.Comparisons(id)[1], "Period|Value|A year before|Change|Per cent|Status\nFebruary 2024|at least 102 (92 to 112)|at least 203 (193 to 213)|−405|−51.5 %|as published"},
		{tables.PolicyPeriods(id), "Rule|Compared|Period|Period before|Value|Before|Change|Per cent|Status|Notes\nA rule|since the rule began, with a year earlier|10 January to 4 March 2024|10 January to 4 March 2023|103|204|−406|−52.5 %|provisional [p]|none"},
		{tables.Balances(charts.Topic{Balances: []string{"a-pact"}})[0], "Period|Returned|Brought from France|Difference|All arrivals|Returned per 100 arrivals|Days|Returned per day|Status\nFebruary 2024|11|22|−33|44|55.5|29|6.66|as published"},
		{tables.Rates(all)[0], "Period|Rate|Lower limit|Upper limit\nFebruary 2024|12.3|11.2|13.4"},
		{tables.Bridges(all)[0], "Period|Figure|Reference|Figure less reference\nFebruary 2024|15|26|−37"},
		{NewRevisions(index).Summary(), "Series|Unit|Changes|Silent|Substantial|Values changed|Values withdrawn|Values stated|Per cent changed|Largest fall|Largest rise|Mean change, without signs|Longest lag, days|Periods raised|Periods lowered|Mean revision of all periods|p value of no bias|Maturity\n" +
			"Arrivals|persons|12|5|4|8|3|99|7.84|−21|+34|6.50|77|6|2|1.25|0.031|Periods stop moving."},
	} {
		if got := lines(c.got); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.got.Title, got, c.want)
		}
	}
}

func TestMaturityInWords(t *testing.T) {
	const id, never = "x:arrivals:D", "x:boats:D"
	for want, s := range map[string]row.RevisionSummary{
		"They move. Of 1,090 periods stated at least twice, releases raised 6 and lowered 2.": {Series: id, Compared: 1090, Raised: 6, Lowered: 2, Maturity: "They move."},
		"They move. Of 1 period stated at least twice, releases raised 1 and lowered 0.":      {Series: id, Compared: 1, Raised: 1, Maturity: "They move."},
		"They do not.": {Series: id, Compared: 7, Maturity: "They do not."},
	} {
		r := NewRevisions(content.NewIndex(content.Site{Tables: tablesOf(s)}))
		if got := r.Maturity(id); got != want || r.Maturity(never) != "" {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// tablesOf returns tables with a row each.
func tablesOf(rows ...row.Row) (out []*table.Table) {
	for _, r := range rows {
		t := table.New(r.Table())
		row.Add(t, r)
		out = append(out, t)
	}
	return out
}
