package finding

import (
	"fmt"
	"slices"
	"time"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// Months says how many months of the newest year had more or fewer than those of the year before. It
// says nothing if two months are equal or one cannot be compared in fairness.
func Months(index *content.Index, id stat.SeriesID) Finding {
	rows := slices.DeleteFunc(index.YearOnYear.Of(id), func(r *row.YearOnYear) bool { return r.Basis != "month" || !r.Value.IsKnown() })
	if len(rows) == 0 {
		return Finding{}
	}
	slices.SortFunc(rows, func(a, b *row.YearOnYear) int { return int(a.PeriodEnd - b.PeriodEnd) })
	year := rows[len(rows)-1].PeriodStart.Year()
	rows = slices.DeleteFunc(rows, func(r *row.YearOnYear) bool { return r.PeriodStart.Year() != year })
	f := Finding{}
	var more, fewer []string
	for i, r := range rows {
		value, _ := r.Value.Get()
		prior, known := r.PriorValue.Get()
		unfair := r.Note.Has(note.Immature) || r.Note.Has(note.Incomplete) || r.Note.Has(note.PriorIncomplete)
		if !known || value == prior || unfair || r.Status == stat.Break || wording.IsRange(r.Lower, r.Upper) || r.PeriodStart.Month() != time.Month(i+1) {
			return Finding{}
		}
		f.Rows = append(f.Rows, row.Ref(*r))
		if month := r.PeriodStart.Month().String(); value > prior {
			more = append(more, month)
		} else {
			fewer = append(fewer, month)
		}
	}
	if len(rows) < 2 {
		return Finding{}
	}
	span := fmt.Sprintf("Of the %d months of %d to %s, ", len(rows), year, rows[len(rows)-1].PeriodStart.Month())
	if len(rows) == 12 {
		span = fmt.Sprintf("Of the months of %d, ", year)
	}
	f.Text = span + counted(more, fewer) + " " + Noun(index.Title(id)) + fmt.Sprintf(" than in %d", year-1)
	return f
}

// counted says which months had more or fewer.
func counted(more, fewer []string) string {
	switch {
	case len(more) == 0:
		return "all had fewer"
	case len(fewer) == 0:
		return "all had more"
	case len(more) == 1:
		return "only " + more[0] + " had more"
	case len(fewer) == 1:
		return "only " + fewer[0] + " had fewer"
	case len(fewer) >= len(more):
		return fmt.Sprintf("%d had fewer", len(fewer))
	}
	return fmt.Sprintf("%d had more", len(more))
}

// Record says the highest day of all, of the days that the table daily has.
func Record(index *content.Index, id stat.SeriesID) Finding {
	days := index.Daily.Of(id)
	if len(days) == 0 {
		return Finding{}
	}
	return busiest(index, id, "day", "since "+wording.MonthYear(days[0].Date), stat.Date.Long, Noun(index.Title(id)))
}
