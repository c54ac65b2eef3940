package section

import (
	"cmp"
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// grouped returns a table for each group of rows. groups are as newestGroups returns them; caption
// returns the title and the caption of a group by its first row, and columns are made from the rows
// that are shown.
func grouped[R row.Row](groups [][]*R, caption func(first *R) (title, caption string), columns func(rows []*R) []listing.Column[R]) []listing.Table {
	var out []listing.Table
	for _, rows := range groups {
		title, text := caption(rows[0])
		out = append(out, listing.Lay(title, text, rows, newestOfEach, columns(rows[:min(len(rows), newestOfEach)])...).SayOnce())
	}
	return out
}

// newestGroups returns the rows that wanted reports true for in groups by key, in the order in which
// the groups first occur. In a group, whole years come before other periods, and the newest first.
func newestGroups[R any](all []*R, wanted func(*R) bool, key func(*R) string, period func(*R) stat.Period) [][]*R {
	var out [][]*R
	place := map[string]int{}
	for _, r := range all {
		if !wanted(r) {
			continue
		}
		n, ok := place[key(r)]
		if !ok {
			n = len(out)
			place[key(r)], out = n, append(out, nil)
		}
		out[n] = append(out[n], r)
	}
	for _, group := range out {
		slices.SortStableFunc(group, func(a, b *R) int {
			x, y := period(a), period(b)
			return cmp.Or(cmp.Compare(wholeYear(y), wholeYear(x)), cmp.Compare(y.End, x.End), cmp.Compare(x.Start, y.Start))
		})
	}
	return out
}

// wholeYear returns 1 for a whole calendar year, else 0.
func wholeYear(p stat.Period) int {
	if !p.Start.IsZero() && (stat.Period{Start: p.Start, End: p.End, Precision: stat.PrecisionYear}).Validate() == nil {
		return 1
	}
	return 0
}

// names reports whether one of the series is described by the site and wanted. The downloads also
// have the breakdowns, which may be thousands.
func (t Tables) names(wanted func(stat.SeriesID) bool, ids ...stat.SeriesID) bool {
	return slices.ContainsFunc(ids, func(id stat.SeriesID) bool { return t.index.Described(id) && wanted(id) })
}

// Rates returns the ratios that have a part that wanted reports true for. Weeks are only in the
// download.
func (t Tables) Rates(wanted func(stat.SeriesID) bool) []listing.Table {
	period := func(r *row.Rate) stat.Period { return stat.Period{Start: r.PeriodStart, End: r.PeriodEnd} }
	groups := newestGroups(t.index.Tables.Rates, func(r *row.Rate) bool {
		return r.Basis != "week" && t.names(wanted, r.Numerator, r.Denominator)
	}, func(r *row.Rate) string { return r.Rate }, period)
	return grouped(groups,
		func(r *row.Rate) (string, string) {
			name := wording.Called(r.Rate)
			return name, fmt.Sprintf("%s: %s, in %s, over %s, in %s%s. Whole years first, then the newest periods.",
				name, t.index.Title(r.Numerator), t.index.Unit(r.Numerator), t.index.Title(r.Denominator), t.index.Unit(r.Denominator), limitsOf(r))
		},
		func(rows []*row.Rate) []listing.Column[row.Rate] {
			columns := []listing.Column[row.Rate]{
				listing.Plain("Period", func(r *row.Rate) string { return wording.PeriodText(r.PeriodStart, r.PeriodEnd) }),
				listing.Main("Rate", listing.Decimals(rows, func(r *row.Rate) row.Number { return r.Value })),
			}
			if slices.ContainsFunc(rows, func(r *row.Rate) bool { return r.Lower.Known && r.Upper.Known }) {
				columns = append(columns,
					listing.Plain("Lower limit", listing.Decimals(rows, func(r *row.Rate) row.Number { return r.Lower })),
					listing.Plain("Upper limit", listing.Decimals(rows, func(r *row.Rate) row.Number { return r.Upper })))
			}
			return append(columns, listing.Notes(func(r *row.Rate) note.List { return r.Note }))
		})
}

// limitsOf says what the limits of a rate are, or "" if it has none.
func limitsOf(r *row.Rate) string {
	if !r.LevelPercent.Known {
		return ""
	}
	return fmt.Sprintf(", as %s with the exact Poisson interval of %g per cent", r.Unit, r.LevelPercent.Value)
}

// balanceBases say the bases of balances in words.
var balanceBases = map[string]string{"cumulative": "since it began", "month": "by month"}

// Balances returns the balances that the topic names. Sentences lead to their rows.
func (t Tables) Balances(topic charts.Topic) []listing.Table {
	period := func(r *row.Balance) stat.Period { return stat.Period{Start: r.PeriodStart, End: r.PeriodEnd} }
	groups := newestGroups(t.index.Tables.Balances, func(r *row.Balance) bool { return slices.Contains(topic.Balances, r.Balance) },
		func(r *row.Balance) string { return r.Balance + " " + r.Basis }, period)
	out := grouped(groups,
		func(r *row.Balance) (string, string) {
			title := wording.Called(r.Balance) + ", " + cmp.Or(balanceBases[r.Basis], r.Basis)
			return title, title + ". Returns and people brought here over the same days as all arrivals in small boats. One person may be returned twice. Newest first."
		}, balanceColumns)
	for i, rows := range groups {
		out[i] = listing.Anchored(out[i], rows)
	}
	return out
}

func balanceColumns(rows []*row.Balance) []listing.Column[row.Balance] {
	return []listing.Column[row.Balance]{
		listing.Plain("Period", func(r *row.Balance) string { return wording.PeriodText(r.PeriodStart, r.PeriodEnd) }),
		listing.Main("Returned", func(r *row.Balance) string { return wording.Count(r.Out) }),
		listing.Main("Brought from France", func(r *row.Balance) string { return wording.Count(r.In) }),
		listing.Plain("Difference", func(r *row.Balance) string { return wording.Change(r.Difference) }),
		listing.Plain("All arrivals", func(r *row.Balance) string { return wording.Count(r.Base) }),
		listing.Plain("Returned per 100 arrivals", listing.Decimals(rows, func(r *row.Balance) row.Number { return r.OutPercent })),
		listing.Plain("Days", func(r *row.Balance) string { return wording.Thousands(int64(r.Days)) }),
		listing.Plain("Returned per day", listing.Decimals(rows, func(r *row.Balance) row.Number { return r.OutPerDay })),
		listing.Text("Status", func(r *row.Balance) string { return wording.Marked(r.Status) }),
		listing.Notes(func(r *row.Balance) note.List { return r.Note }),
	}
}

// Bridges returns the comparisons of two statements of one fact. At least one of the two is about a
// series that wanted reports true for.
func (t Tables) Bridges(wanted func(stat.SeriesID) bool) []listing.Table {
	period := func(r *row.Bridge) stat.Period { return stat.Period{Start: r.PeriodStart, End: r.PeriodEnd} }
	groups := newestGroups(t.index.Tables.Bridges, func(r *row.Bridge) bool { return t.names(wanted, r.Series, r.ReferenceSeries) },
		func(r *row.Bridge) string { return string(r.Series + " " + r.ReferenceSeries) }, period)
	return grouped(groups,
		func(r *row.Bridge) (string, string) {
			title, reference := t.index.Title(r.Series), t.index.Title(r.ReferenceSeries)
			return title + ", compared with " + reference, fmt.Sprintf("%s (%s), compared with %s (%s), in %s. Whole years first, then the newest periods.",
				title, t.index.SourceOf(r.Series).Title, reference, t.index.SourceOf(r.ReferenceSeries).Title, t.index.Unit(r.Series))
		},
		func([]*row.Bridge) []listing.Column[row.Bridge] {
			return []listing.Column[row.Bridge]{
				listing.Plain("Period", func(r *row.Bridge) string { return wording.PeriodText(r.PeriodStart, r.PeriodEnd) }),
				listing.Plain("Figure", func(r *row.Bridge) string { return wording.Count(r.Value) }),
				listing.Plain("Reference", func(r *row.Bridge) string { return wording.Count(r.ReferenceValue) }),
				listing.Main("Figure less reference", func(r *row.Bridge) string { return wording.Change(r.Difference) }),
				listing.Notes(func(r *row.Bridge) note.List { return r.Note }),
			}
		})
}
