package section

import (
	"fmt"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/stat/note"
	"crossings/pipeline/table/row"
)

// Statement is a sentence with what a reader must know with it.
type Statement struct {
	Text, Cutoff, Status, Vintage string
	Rows                          []content.RowLink // the rows that it rests on
	Series                        stat.SeriesID
	Context                       bool // whether it states what a comparison is seen with, not the comparison
}

// Headlines returns the headlines about the series that wanted reports true for.
func Headlines(index *content.Index, wanted func(stat.SeriesID) bool) []Statement {
	var out []Statement
	for _, h := range index.Tables.Headlines {
		if wanted(h.Series) {
			out = append(out, stated(index, h))
		}
	}
	return out
}

// stated returns a headline with what a reader must know with it.
func stated(index *content.Index, h *row.Headline) Statement {
	return Statement{Text: h.Text, Cutoff: h.Cutoff.Long(), Status: wording.StatusText(h.Status), Vintage: h.Vintage.Long(),
		Rows: index.RowLinks(strings.Fields(h.Rows)), Series: h.Series, Context: strings.HasPrefix(h.Rows, "context/")}
}

// OfChart returns the sentence of a chart: the first headline on the rows that it draws, or else the
// newest row of its basis in words. It has no text if there is none.
func OfChart(index *content.Index, c charts.Chart) Statement {
	drawn := ""
	basis, onYear := c.Comparison.Basis()
	switch {
	case onYear:
		drawn = fmt.Sprintf("year-on-year/%s/%s/", c.Series[0], basis)
	case c.Comparison == charts.Cumulative:
		drawn = fmt.Sprintf("year-to-date/%s/", c.Series[0])
	case c.Comparison == charts.Ranking:
		drawn = fmt.Sprintf("breakdowns/%s/%s/", c.Series[0], c.Dimension)
	default:
		return Statement{}
	}
	for _, h := range index.Tables.Headlines {
		if h.Series == c.Series[0] && strings.HasPrefix(h.Rows, drawn) {
			return stated(index, h)
		}
	}
	if r := newestRow(index, c.Series[0], basis); r != nil {
		return say(index, r)
	}
	return Statement{}
}

// Key returns the sentence that stands for a topic: its first headline, or the newest figure of its
// first chart if that is newer than all headlines. A topic without either has the newest figure of
// its first series. The result has no text if there are no figures.
func Key(index *content.Index, t charts.Topic) Statement {
	if !t.HasFigures() {
		return Statement{}
	}
	all := Headlines(index, t.Shows)
	newest := newestCutoff(index, t)
	for _, c := range index.Site.Charts {
		basis, ok := c.Comparison.Basis()
		if c.Topic != t.ID || !ok {
			continue
		}
		if r := newestRow(index, c.Series[0], basis); r != nil && r.PeriodEnd > newest {
			return say(index, r)
		}
	}
	if len(all) > 0 {
		return all[0]
	}
	if rows := latestRows(index, index.SeriesOf(t)); len(rows) > 0 {
		return say(index, rows[0])
	}
	return Statement{}
}

// newestCutoff returns the last day of the newest headline of a topic, or zero.
func newestCutoff(index *content.Index, t charts.Topic) (newest stat.Date) {
	for _, h := range index.Tables.Headlines {
		if t.Shows(h.Series) {
			newest = max(newest, h.Cutoff)
		}
	}
	return newest
}

// say writes a row of the table year-on-year as a sentence.
func say(index *content.Index, r *row.YearOnYear) Statement {
	c := onYear(r)
	lacks, priorLacks := r.Note.Has(note.Incomplete), r.Note.Has(note.PriorIncomplete)
	text := fmt.Sprintf("%s, %s: %s", index.Title(r.Series), yearPeriod(r), atLeast(c.value.String(), lacks))
	if index.Behind(r.Series) != "" { // the date comes first
		title, _, _ := strings.Cut(index.Title(r.Series), ", by ")
		title = strings.Replace(title, ", at least", "", 1) // the figure says so
		text = fmt.Sprintf("%s: %s, %s", yearPeriod(r), title, atLeast(c.value.String(), lacks))
	}
	if unit := index.Unit(r.Series); unit != "events" { // the title says of what
		text += " " + wording.UnitText(unit)
	}
	if r.PriorValue.IsKnown() {
		text += fmt.Sprintf(", against %s a year before", atLeast(c.prior.String(), priorLacks))
		if pct := c.percent(); !strings.HasPrefix(pct, "[") {
			text += " (" + pct + ")"
		}
	}
	if r.Note.Has(note.Immature) {
		text += "; immature: later releases changed earlier figures of this age"
		if c.sameAge.IsKnown() {
			text += fmt.Sprintf("; at the same age the one before was %s", wording.Count(c.sameAge))
			if c.sameAgePercent.Known {
				text += " (" + wording.PercentText(c.sameAgePercent.Get()) + ")"
			}
		}
	}
	if lacks || priorLacks {
		text += " (" + stat.IncompleteText + ")"
	}
	return Statement{Text: text + ".", Cutoff: r.PeriodEnd.Long(), Status: wording.StatusText(r.Status), Vintage: r.Vintage.Long(),
		Rows: index.RowLinks([]string{row.Ref(*r)}), Series: r.Series}
}

// atLeast puts the words before a figure that lacks rows, unless it has them.
func atLeast(figure string, lacks bool) string {
	if lacks && !strings.HasPrefix(figure, "at least ") {
		return "at least " + figure
	}
	return figure
}
