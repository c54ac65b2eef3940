package yearly

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/publish/site/calendar"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Rate is the figure of a rate by year.
type Rate struct {
	Picture
	ID, Title string
	Shows     string
	Chip      string // that the source of the numerator is late or has stopped, or ""
	Sources   []content.SourceInfo
	Table     listing.Table
	Rests     []content.RowLink
}

// atSea ends the name of a rate of deaths at sea. It stands for the one of all deaths, because those on
// land are not of people who came in boats.
const atSea = "-at-sea"

// Rates returns the figures of the rates by year that have intervals and count what a topic shows.
func Rates(index *content.Index, shows func(stat.SeriesID) bool) []Rate {
	byName := map[string][]*row.Rate{}
	var names []string
	for _, r := range index.Tables.Rates {
		if r.Basis != "year" || r.Method == "" || !r.LowValue.Known && !r.HighValue.Known && r.Value.Known {
			continue // without a range it counts a part
		}
		if byName[r.Rate] == nil {
			names = append(names, r.Rate)
		}
		byName[r.Rate] = append(byName[r.Rate], r)
	}
	var out []Rate
	for _, name := range names {
		whole := strings.TrimSuffix(name, atSea)
		if name == whole && byName[name+atSea] != nil {
			continue
		}
		if total := byName[whole]; total == nil || !shows(total[0].Numerator) {
			continue
		}
		if x := rateOf(index, name, byName[name]); x.Wide != "" {
			out = append(out, x)
		}
	}
	return out
}

// rateOf makes the figure of a rate. It has no picture if fewer than two years have a value.
func rateOf(index *content.Index, name string, rows []*row.Rate) Rate {
	slices.SortFunc(rows, func(a, b *row.Rate) int { return int(a.PeriodStart - b.PeriodStart) })
	var known []*row.Rate
	for _, r := range rows {
		if r.Value.Known && r.Lower.Known && r.Upper.Known {
			known = append(known, r)
		}
	}
	if len(known) < 2 {
		return Rate{}
	}
	newest, prior := known[len(known)-1], known[len(known)-2]
	what := newest.Unit
	if strings.HasSuffix(name, atSea) {
		what = strings.Replace(what, " per ", " at sea per ", 1)
	}
	x := Rate{ID: "rate-" + name, Sources: index.SourcesOf([]stat.SeriesID{newest.Numerator, newest.Denominator}), Chip: calendar.Chip(index, index.SourceOf(newest.Numerator).ID),
		Rests: index.RowLinks([]string{row.Ref(*newest), row.Ref(*prior)})}
	x.Title = fmt.Sprintf("In %d, %s %s, against %s in %d", newest.PeriodStart.Year(), wording.Decimal(newest.Value.Value), what, wording.Decimal(prior.Value.Value), prior.PeriodStart.Year())
	interval := fmt.Sprintf("exact Poisson interval of %s %%", strconv.FormatFloat(newest.LevelPercent.Value, 'f', -1, 64))
	x.Shows = fmt.Sprintf("%s, %d to %d. Whiskers: %s, which takes each death as independent.", place(index, newest.Numerator), known[0].PeriodStart.Year(), newest.PeriodStart.Year(), interval)
	x.Table = rateTable(rows, what, interval)
	label := fmt.Sprintf("%s by year, with the %s.", what, interval)
	for _, r := range known {
		label += fmt.Sprintf(" %d: %s (%s to %s).", r.PeriodStart.Year(), wording.Decimal(r.Value.Value), wording.Decimal(r.Lower.Value), wording.Decimal(r.Upper.Value))
	}
	x.Wide, x.Narrow = drawRates(rows, wide, label), drawRates(rows, narrow, label)
	x.Key = "Deaths per arrival, not the risk of a crossing: attempts are not known. A year without a dot has too few deaths or arrivals for a rate."
	return x
}

// place says what a series counts and where, without its frequency.
func place(index *content.Index, id stat.SeriesID) string {
	title := index.Title(id)
	for _, cut := range []string{", by month", " by month"} {
		title = strings.Replace(title, cut, "", 1)
	}
	return title
}

func rateTable(rows []*row.Rate, what, interval string) listing.Table {
	number := func(n row.Number) string {
		if !n.Known {
			return wording.MarkNotAvailable
		}
		return wording.Decimal(n.Value)
	}
	t := listing.Lay("rates by year", what+", by year, with the "+interval+".", rows, listing.MaxRows,
		listing.Plain("Year", func(r *row.Rate) string { return strconv.Itoa(r.PeriodStart.Year()) }),
		listing.Main("Rate", func(r *row.Rate) string { return number(r.Value) }),
		listing.Plain("Lower limit", func(r *row.Rate) string { return number(r.Lower) }),
		listing.Plain("Upper limit", func(r *row.Rate) string { return number(r.Upper) }),
		listing.Plain("Dead or missing", func(r *row.Rate) string { return wording.Count(r.NumeratorValue) }),
		listing.Plain("Arrivals", func(r *row.Rate) string { return wording.Count(r.DenominatorValue) }))
	slices.Reverse(t.Rows)
	return t
}

// drawRates draws a dot with a whisker for each year. A year without a rate is a gap.
func drawRates(rows []*row.Rate, s shape, label string) template.HTML {
	var top float64
	for _, r := range rows {
		if r.Value.Known {
			top = max(top, r.Upper.Value)
		}
	}
	c := newCanvas(s, top, len(rows), label)
	for i, r := range rows {
		if r.Value.Known && r.Lower.Known && r.Upper.Known {
			c.whisker(i, r.Lower.Value, r.Value.Value, r.Upper.Value)
			c.after(i, r.Value.Value, wording.Decimal(r.Value.Value))
		}
		c.year(i, r.PeriodStart.Year(), len(rows))
	}
	return c.done()
}
