package finding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/pipeline/publish/site/breakdown"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// maxTied is how many equal leaders a finding names.
const maxTied = 2

// busiestDay says the highest day of the newest year from the table records.
func (s sayer) busiestDay(series stat.SeriesID) Finding {
	rows := content.KnownDays(s.index, series)
	if len(rows) == 0 {
		return Finding{}
	}
	last := rows[len(rows)-1].Date
	span := fmt.Sprintf("of %d", last.Year())
	if last != stat.Year(last.Year()).End {
		span += " to " + wording.DayMonth(last)
	}
	return busiest(s.index, series, fmt.Sprintf("day-in-%d", last.Year()), span, wording.DayMonth, s.noun)
}

// busiest says the highest day of a scope of the table records, and in which span that is.
func busiest(index *content.Index, series stat.SeriesID, scope, span string, day func(stat.Date) string, noun string) Finding {
	first := slices.DeleteFunc(index.Tables.Records.Of(series), func(r *row.Record) bool {
		return r.Scope != scope || r.Rank != 1 || !r.Value.IsKnown()
	})
	if len(first) == 0 || len(first) > maxTied {
		return Finding{}
	}
	var days []string
	f := Finding{}
	for _, r := range first {
		days, f.Rows = append(days, day(r.PeriodStart)), append(f.Rows, row.Ref(*r))
	}
	form := "The busiest day %s was %s, with %s %s"
	if len(days) > 1 {
		form = "The busiest days %s were %s, with %s %s each"
	}
	f.Text = fmt.Sprintf(form, span, strings.Join(days, " and "), wording.Count(first[0].Value), noun)
	return f
}

// rate says the newest month of a rate next to the same a year before.
func (s sayer) rate(name string) Finding {
	var months []*row.Rate
	for _, r := range s.index.Rates {
		if r.Rate == name && r.Basis == "month" && r.Value.Known {
			months = append(months, r)
		}
	}
	if len(months) == 0 {
		return Finding{}
	}
	r := slices.MaxFunc(months, func(a, b *row.Rate) int { return cmp.Compare(a.PeriodEnd, b.PeriodEnd) })
	at := slices.IndexFunc(months, func(x *row.Rate) bool { return x.PeriodStart == r.PeriodStart.AddYears(-1) })
	if at < 0 || r.Note.Has(note.LowBase) || months[at].Note.Has(note.LowBase) {
		return Finding{}
	}
	before := months[at]
	places := listing.Places([]row.Number{r.Value, before.Value})
	value, prior := wording.Fixed(r.Value.Value, places), wording.Fixed(before.Value.Value, places)
	way := "up from"
	switch {
	case value == prior:
		way = "the same as"
		prior = ""
	case r.Value.Value < before.Value.Value:
		way = "down from"
	}
	rest := strings.Join(strings.Fields(fmt.Sprintf(", %s %s %s", way, prior, wording.During(before.PeriodStart, before.PeriodEnd))), " ")
	return s.found(value+" "+cmp.Or(r.Unit, s.noun), wording.During(r.PeriodStart, r.PeriodEnd), rest, *r, *before)
}

// largest says the largest part of a total. Nothing is said if more than two parts share the first
// rank, or if as much is not stated as the first part has.
func (s sayer) largest(series stat.SeriesID, dimension string) Finding {
	rows := content.NewestParts(s.index, series, dimension)
	if len(rows) == 0 || !rows[0].Value.IsKnown() || rows[0].Code != stat.Total {
		return Finding{}
	}
	total := rows[0]
	var first []*row.Breakdown
	var unstated int64
	for _, r := range rows[1:] {
		n, known := r.Value.Get()
		switch rank, ranked := r.Rank.Get(); {
		case ranked && rank == 1 && known && n > 0:
			first = append(first, r)
		case known && breakdown.Unstated(r):
			unstated += n
		}
	}
	if len(first) == 0 || len(first) > maxTied || !first[0].SharePercent.Known {
		return Finding{}
	}
	if n, _ := first[0].Value.Get(); unstated >= n {
		return Finding{}
	}
	var names, refs = []string{}, []row.Row{}
	for _, r := range first {
		names, refs = append(names, r.Label), append(refs, *r)
	}
	when := newest(total)
	share := wording.Decimal(first[0].SharePercent.Value) + " %"
	rest := ", with " + share
	if len(first) > 1 {
		rest += " each"
	}
	if dimension == "sex" && len(first) == 1 {
		rest = "" // the share comes first
	}
	return s.found(leading(dimension, names, share), when, rest, refs...)
}

// newest says when the newest parts of a total were counted.
func newest(total *row.Breakdown) string {
	switch total.Basis {
	case "point":
		return "on " + total.PeriodEnd.Long()
	case "year-ending":
		return "in the year to " + wording.MonthYear(total.PeriodEnd)
	}
	return wording.During(total.PeriodStart, total.PeriodEnd)
}

// leading says which parts come first, as people say it of the dimension.
func leading(dimension string, names []string, share string) string {
	s, is := "", "was"
	if len(names) > 1 {
		s, is = "s", "were"
	}
	all := strings.Join(names, " and ")
	switch dimension {
	case "origin":
		return "nationals of " + all + " were the largest group" + s
	case "destination":
		return all + " " + is + " the most common destination" + s
	case "sex":
		if s == "" {
			return share + " were " + all
		}
	case "age":
		for i, n := range names {
			names[i] = "people aged " + n
			if strings.HasPrefix(n, "under") {
				names[i] = "people " + n
			}
		}
		return strings.Join(names, " and ") + " were the largest age group" + s
	}
	return "the largest group" + s + " " + is + " " + all
}
