package section

import (
	"fmt"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/figure"
	"crossings/pipeline/publish/site/grid"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// Statement is a sentence with what a reader must know with it.
type Statement struct {
	Text, Cutoff, Status, Vintage string
	Rows                          []content.RowLink // the rows that it rests on
}

// Headlines returns the headlines about the series that wanted reports true for.
func Headlines(index *content.Index, wanted func(stat.SeriesID) bool) []Statement {
	g := index.Table("headlines")
	var out []Statement
	for _, i := range g.All() {
		if wanted(g.Series(i)) {
			out = append(out, Statement{Text: g.Text(i, "text"), Cutoff: g.Date(i, "cutoff").Long(), Status: wording.StatusText(g.Status(i)),
				Vintage: g.Date(i, "vintage").Long(), Rows: index.RowLinks(strings.Fields(g.Text(i, "rows")))})
		}
	}
	return out
}

// Key returns the sentence that stands for a topic: its first headline. A topic without headlines
// has the newest figure of its first chart, or else of its first series. The result has no text if
// there are no figures.
func Key(index *content.Index, t charts.Topic) Statement {
	if !t.HasFigures() {
		return Statement{}
	}
	if all := Headlines(index, t.Shows); len(all) > 0 {
		return all[0]
	}
	g := index.Table("year-on-year")
	for _, c := range index.Site.Charts {
		basis, ok := figure.Basis(c.Comparison)
		if c.Topic != t.ID || !ok {
			continue
		}
		if i, ok := newestRow(g, c.Series[0], basis); ok {
			return say(index, i)
		}
	}
	if rows := latestRows(g, index.SeriesOf(t)); len(rows) > 0 {
		return say(index, rows[0])
	}
	return Statement{}
}

// say writes a row of the table year-on-year as a sentence.
func say(index *content.Index, i int) Statement {
	g := index.Table("year-on-year")
	id := g.Series(i)
	lacks, priorLacks := incomplete(g, i)
	text := fmt.Sprintf("%s, %s: %s %s", index.Title(id), listing.Periods(g)(i), atLeast(listing.Value(g)(i), lacks), index.Unit(id))
	if !g.IsNull(i, "prior_value") {
		text += fmt.Sprintf(", against %s a year before", atLeast(listing.Prior(g)(i), priorLacks))
		if pct := listing.Percents(g, "change_percent")(i); !strings.HasPrefix(pct, "[") {
			text += " (" + pct + ")"
		}
	}
	if lacks || priorLacks {
		text += " (" + stat.IncompleteText + ")"
	}
	return Statement{Text: text + ".", Cutoff: g.Date(i, "period_end").Long(), Status: wording.StatusText(g.Status(i)), Vintage: g.Date(i, "vintage").Long(),
		Rows: index.RowLinks([]string{g.Ref(i)})}
}

// incomplete reports whether the note on a row says that its value, and that of the year before,
// lack rows.
func incomplete(g grid.Grid, i int) (value, prior bool) {
	for _, note := range strings.Split(g.Text(i, "note"), "; ") {
		value, prior = value || note == "incomplete", prior || note == "prior value: incomplete"
	}
	return value, prior
}

// atLeast puts the words before a figure that lacks rows, unless it has them.
func atLeast(figure string, lacks bool) string {
	if lacks && !strings.HasPrefix(figure, "at least ") {
		return "at least " + figure
	}
	return figure
}
