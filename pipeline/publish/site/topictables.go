package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// newestOfEach is how many rows of a rate, balance or bridge a topic page shows,
// and newestRevisions how many revisions.
const (
	newestOfEach    = 24
	newestRevisions = 10
)

// groups returns the rows that wanted wants by what key says of them, in the order
// in which they first occur, each whole years before other periods, and the
// newest first.
func (g grid) groups(wanted func(i int) bool, key func(i int) string) [][]int {
	var keys []string
	rows := map[string][]int{}
	for i := range g.rows() {
		if !wanted(i) {
			continue
		}
		k := key(i)
		if rows[k] == nil {
			keys = append(keys, k)
		}
		rows[k] = append(rows[k], i)
	}
	var out [][]int
	for _, k := range keys {
		group := rows[k]
		slices.SortStableFunc(group, func(i, j int) int {
			return cmp.Or(cmp.Compare(g.years(j), g.years(i)), cmp.Compare(g.date(j, "period_end"), g.date(i, "period_end")),
				cmp.Compare(g.date(i, "period_start"), g.date(j, "period_start")))
		})
		out = append(out, group)
	}
	return out
}

// years returns 1 for a row about a whole calendar year, else 0.
func (g grid) years(i int) int {
	start, end := g.date(i, "period_start"), g.date(i, "period_end")
	if !start.IsZero() && (stat.Period{Start: start, End: end, Precision: stat.PrecisionYear}).Validate() == nil {
		return 1
	}
	return 0
}

// grouped returns a table of each group of rows, its first rows alone.
func (g grid) grouped(groups [][]int, caption func(first int) (title, caption string), columns func(rows []int) []column) []dataTable {
	var out []dataTable
	for _, rows := range groups {
		title, text := caption(rows[0])
		t := g.table(title, text, rows, newestOfEach, columns(rows[:min(len(rows), newestOfEach)])...).sayOnce()
		if g.t.Schema.Name == "balances" { // sentences lead to its rows
			t = t.anchored(g, rows)
		}
		out = append(out, t)
	}
	return out
}

// shows reports whether a row names, in one of cols, a series that wanted wants
// and the site describes. The breakdowns that it does not describe, which
// may be thousands, are in the downloads.
func (b *builder) shows(wanted func(stat.SeriesID) bool, g grid, cols ...string) func(i int) bool {
	return func(i int) bool {
		return slices.ContainsFunc(cols, func(col string) bool {
			id := stat.SeriesID(g.text(i, col))
			_, described := b.series[id]
			return described && wanted(id)
		})
	}
}

// rates returns the ratios that a series which wanted wants is a part of.
func (b *builder) rates(wanted func(stat.SeriesID) bool) []dataTable {
	g := b.tables["rates"]
	id := func(i int, col string) stat.SeriesID { return stat.SeriesID(g.text(i, col)) }
	return g.grouped(g.groups(b.shows(wanted, g, "numerator", "denominator"), func(i int) string { return g.text(i, "rate") }),
		func(i int) (string, string) {
			num, den := id(i, "numerator"), id(i, "denominator")
			return spaced(g.text(i, "rate")), fmt.Sprintf("%s: %s, in %s, over %s, in %s. Whole years first, then the newest periods.",
				spaced(g.text(i, "rate")), b.title(num), b.unit(num), b.title(den), b.unit(den))
		},
		func(rows []int) []column {
			columns := []column{{"Period", "", g.periods}, {"Rate", classMain, g.decimals("value", rows)}}
			if slices.ContainsFunc(rows, func(i int) bool { return g.isRange(i, "lower", "upper") }) {
				columns = append(columns, column{"Lower end", "", g.decimals("lower", rows)}, column{"Upper end", "", g.decimals("upper", rows)})
			}
			return append(columns, column{"Notes", classNote, g.words("note")})
		})
}

// balanceBases say the bases of balances in words.
var balanceBases = map[string]string{"cumulative": "since it began", "month": "by month"}

// balances returns the balances that the topic names.
func (b *builder) balances(t charts.Topic) []dataTable {
	g := b.tables["balances"]
	return g.grouped(g.groups(func(i int) bool { return slices.Contains(t.Balances, g.text(i, "balance")) },
		func(i int) string { return g.text(i, "balance") + " " + g.text(i, "basis") }),
		func(i int) (string, string) {
			title := spaced(g.text(i, "balance")) + ", " + cmp.Or(balanceBases[g.text(i, "basis")], g.text(i, "basis"))
			return title, title + ". Out are returns, in events; in are people transferred; the base is all arrivals over the same days, in persons. Newest first."
		},
		func(rows []int) []column {
			return []column{
				{"Period", "", g.periods},
				{"Out", classMain, g.counts("out")},
				{"In", classMain, g.counts("in")},
				{"Out less in", "", g.changes("difference")},
				{"Base", "", g.counts("base")},
				{"Out in per cent of the base", "", g.decimals("out_percent", rows)},
				{"Days", "", g.counts("days")},
				{"Out per day", "", g.decimals("out_per_day", rows)},
				{"Status", classText, g.statuses},
				{"Notes", classNote, g.words("note")},
			}
		})
}

// bridges returns the statements of which one is of a series that wanted wants.
func (b *builder) bridges(wanted func(stat.SeriesID) bool) []dataTable {
	g := b.tables["bridges"]
	id := func(i int, col string) stat.SeriesID { return stat.SeriesID(g.text(i, col)) }
	return g.grouped(g.groups(b.shows(wanted, g, "series", "reference_series"), func(i int) string { return g.text(i, "series") + " " + g.text(i, "reference_series") }),
		func(i int) (string, string) {
			series, reference := id(i, "series"), id(i, "reference_series")
			return b.title(series) + ", beside " + b.title(reference), fmt.Sprintf("%s (%s), beside %s (%s), in %s. Whole years first, then the newest periods.",
				b.title(series), b.sourceOf(series).Title, b.title(reference), b.sourceOf(reference).Title, b.unit(series))
		},
		func([]int) []column {
			return []column{
				{"Period", "", g.periods},
				{"Figure", "", g.counts("value")},
				{"Reference", "", g.counts("reference_value")},
				{"Figure less reference", classMain, g.changes("difference")},
				{"Notes", classNote, g.words("note")},
			}
		})
}

// revisions returns the newest changes of the topic's series, and how many there
// are.
func (b *builder) revisions(t charts.Topic) section {
	rows := b.revised(func(id stat.SeriesID) bool { _, described := b.series[id]; return described && t.Shows(id) })
	s := section{ID: "revisions", Title: "Revisions", Text: fmt.Sprintf("%s values of these series differ from one release to the next.", wording.Thousands(int64(len(rows))))}
	if len(rows) == 1 {
		s.Text = "One value of these series differs from one release to the next."
	}
	s.Tables = []dataTable{b.revisionTable(rows, newestRevisions)}
	return s
}

// names are the words of identifiers that have capitals in text.
var names = map[string]string{"uk": "UK", "eu": "EU", "france": "France"}

// spaced writes a name of the tables as words that begin a sentence.
func spaced(name string) string {
	words := strings.Split(name, "-")
	for i, w := range words {
		words[i] = cmp.Or(names[w], w)
	}
	text := strings.Join(words, " ")
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
