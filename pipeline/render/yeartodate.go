package render

import (
	"cmp"
	"slices"
	"strings"

	"crossings/pipeline/stat"
)

// yearToDate is the table of that name for the series of the lead.
type yearToDate struct {
	Series, Unit string
	Cutoff       string // "25 June"
	Rows         []yearRow
	Marks        []string // the shorthand that it uses
}

// yearRow is one year up to the cut-off's month and day. Whole, the whole of the
// year before, never stands without Before.
type yearRow struct {
	Year, Window, Days, Value, Before, Change, Percent, Whole, Status, Note string
}

// yearToDate returns the table of the series that the first headline is about,
// else of the first chart's, newest year first.
func (b *builder) yearToDate() yearToDate {
	g := b.tables["year-to-date"]
	id := b.leadSeries()
	y := yearToDate{Series: b.title(id), Unit: b.unit(id)}
	rows := g.where("series", string(id))
	g.byDate(rows, "cutoff")
	var texts []string
	for _, i := range slices.Backward(rows) {
		if y.Cutoff == "" {
			y.Cutoff = dayMonth(g.date(i, "cutoff"))
		}
		r := g.yearRow(i)
		y.Rows = append(y.Rows, r)
		texts = append(texts, r.Window, r.Days, r.Value, r.Before, r.Change, r.Percent, r.Whole, r.Status)
	}
	y.Marks = explained(texts...)
	return y
}

// leadSeries returns the series of the first headline, else of the first chart.
func (b *builder) leadSeries() stat.SeriesID {
	if g := b.tables["headlines"]; g.rows() > 0 {
		return stat.SeriesID(g.text(0, "series"))
	}
	if len(b.site.Charts) > 0 {
		return b.site.Charts[0].Series[0]
	}
	return ""
}

// yearRow writes row i of the table year-to-date for people.
func (g grid) yearRow(i int) yearRow {
	status, note := g.status(i), g.text(i, "note")
	r := yearRow{Year: g.text(i, "year"), Window: span(g.date(i, "window_start"), g.date(i, "window_end")),
		Days: countText(g.cell(i, "days"), stat.Missing), Value: countText(g.cell(i, "value"), status),
		Before: countText(g.cell(i, "prior_value"), stat.Missing), Change: markNotAvailable, Percent: markNotAvailable,
		Whole: markNotAvailable, Status: status.Label(), Note: cmp.Or(note, "none")}
	if m := caveat(status); m != "" {
		r.Status += " " + m
	}
	if n, known := g.cell(i, "change").Number(); known {
		r.Change = signed(int64(n))
	}
	if f, known := g.cell(i, "change_percent").Number(); known {
		r.Percent = percent(f)
	} else if r.Before != markNotAvailable && strings.Contains(note, "low base") {
		r.Percent = markLowBase
	}
	if r.Before != markNotAvailable {
		r.Whole = countText(g.cell(i, "prior_year_value"), stat.Missing)
	}
	return r
}
