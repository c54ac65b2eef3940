package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crossings/charts"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/schemas"
)

// seriesPage is what the page of a series shows.
type seriesPage struct {
	stat.Series
	Waiting      []notice
	Facts        []fact
	Headlines    []statement
	Figures      []figure // the charts of the site that draw it, or one of its own
	Sections     []section
	Observations dataTable
	File         string // of all its observations, beside the page
	FileSize     string
	Cite         string
}

// fact is a line of a list of facts; Href is "" where it leads nowhere.
type fact struct{ Name, Text, Href string }

// Link returns the way to where the fact leads, from a page with the way root to
// the site's folder.
func (f fact) Link(root string) string {
	if strings.Contains(f.Href, ":") {
		return f.Href // an address of its own
	}
	return root + f.Href
}

// definition is a series with the way to its page.
type definition struct {
	stat.Series
	Href string // "" where it has none
}

func (b *builder) defined(all []stat.Series) []definition {
	var out []definition
	for _, s := range all {
		out = append(out, definition{s, b.seriesLink(s.ID)})
	}
	return out
}

// seriesFolder is where the pages of series are.
const seriesFolder = "series/"

// seriesName returns the name of the page of a series, without its ending. As in
// the folders of the lake, a tilde stands for each colon. It is an error if the
// identifier is none.
func seriesName(id stat.SeriesID) (string, error) {
	if _, _, _, _, err := id.Parse(); err != nil {
		return "", err
	}
	return seriesFolder + strings.ReplaceAll(string(id), ":", "~"), nil
}

// seriesLink returns the page of a series, or "" where it has none.
func (b *builder) seriesLink(id stat.SeriesID) string {
	if _, described := b.series[id]; !described {
		return ""
	}
	name, err := seriesName(id)
	if err != nil {
		return ""
	}
	return name + ".html"
}

// observed returns the observations of a series in order of period.
func (b *builder) observed(id stat.SeriesID) grid {
	if g := b.tables["observations"]; g.t != nil {
		return newGrid(g.t.Of(id).Held())
	}
	return grid{}
}

// seriesPage collects the page of a series.
func (b *builder) seriesPage(s stat.Series) seriesPage {
	only := func(id stat.SeriesID) bool { return id == s.ID }
	g := b.observed(s.ID)
	p := seriesPage{Series: s, Waiting: b.waiting([]string{s.Source}), Headlines: b.headlines(only), Facts: b.facts(s, g), Observations: b.observations(s, g), Cite: b.cite(s)}
	p.Figures = b.drawing(s.ID)
	sections := []section{{"year-to-date", "Year to date", "", []dataTable{b.everyYear(s.ID)}}}
	sections = append(sections,
		section{"comparisons", "Comparisons with the year before", "", b.comparisons(s.ID)},
		section{"policy-periods", "Since a rule began", "That a figure follows a rule does not say that it is its effect.", []dataTable{b.policyPeriods(s.ID)}},
		section{"records", "Records", "Zero is never a record, and equal values share a rank.", b.records(s.ID)},
		section{"rates", "Rates", "", b.rates(only)},
		section{"bridges", "Bridges", "The same fact as two statements have it. They stay apart, and nothing is scaled to fit.", b.bridges(only)},
		section{"revisions", "Revisions", "", []dataTable{b.revisionTable(b.revised(only), newestOfEach)}})
	p.Sections = filled(sections)
	return p
}

// filled leaves out tables without rows, and sections without tables.
func filled(sections []section) []section {
	var out []section
	for _, s := range sections {
		s.Tables = slices.DeleteFunc(s.Tables, func(t dataTable) bool { return len(t.Rows) == 0 })
		if len(s.Tables) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// facts returns what a reader must know of a series before its figures.
func (b *builder) facts(s stat.Series, g grid) []fact {
	kind := "flow: counts what happened in a period, and adds up over time"
	if s.Kind == stat.Stock {
		kind = "stock: a level on a date, never added up over time"
	}
	source := b.sourceOf(s.ID)
	releases, _, err := b.releasesOf(source.ID)
	if err != nil {
		releases = ""
	}
	return []fact{
		{"Identifier", string(s.ID), ""},
		{"Unit", s.Unit, ""},
		{"Kind", kind, ""},
		{"Frequency", frequencyText(s.Frequency()), ""},
		{"Area", areaText(s.RefArea), ""},
		{"Coverage", g.coverage().text(), ""},
		{"Designation", designation(s.Designation), ""},
		{"Newest release used", wording.DateText(b.vintageOf(s.ID)), releases},
		{"Data set", source.Publisher + ", " + source.Title, source.Homepage},
		{"Licence", source.Licence, source.LicenceAt},
	}
}

// frequencyText says how often a series has a value.
func frequencyText(f stat.Frequency) string {
	codes, err := schemas.CodeList("frequency")
	if err != nil {
		return string(f)
	}
	return labelOf(codes, string(f))
}

// areaText names an area, with the code that the files have.
func areaText(code string) string {
	codes, err := schemas.CodeList("area")
	if name := labelOf(codes, code); err == nil && name != code {
		return name + " (" + code + ")"
	}
	return code
}

// coverage is the span that the observations of a series state, and the one in which
// they have a value: a publisher may state for years that there is none.
type coverage struct {
	first, last     stat.Date // zero where nothing is stated
	from, to        stat.Date // zero where there is no value
	figures, absent int       // how many have a value, and how many have none
}

// coverage returns what observations cover.
func (g grid) coverage() coverage {
	var c coverage
	for i := range g.rows() {
		start, end := g.date(i, "period_start"), g.date(i, "period_end")
		if c.first.IsZero() || start < c.first {
			c.first = start
		}
		c.last = max(c.last, end)
		if g.cell(i, "value").IsNull() {
			c.absent++
			continue
		}
		c.figures++
		if c.from.IsZero() || start < c.from {
			c.from = start
		}
		c.to = max(c.to, end)
	}
	return c
}

// text says the coverage on the page of a series.
func (c coverage) text() string {
	out := wording.Span(c.first, c.last) + ": " + counted(c.figures, "figure", "figures")
	if c.absent > 0 {
		out += ", " + counted(c.absent, "period", "periods") + " stated without one"
	}
	if c.figures > 0 && (c.from != c.first || c.to != c.last) {
		out += ". The figures are of " + wording.Span(c.from, c.to)
	}
	return out
}

// figuresSpan is the span for lists, in which a reader looks for figures.
func (c coverage) figuresSpan() string {
	if c.figures == 0 {
		return "no figure"
	}
	return wording.Span(c.from, c.to)
}

// counted writes a number of things.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return wording.Thousands(int64(n)) + " " + many
}

// newestObservations is how many observations a page lists.
const newestObservations = 60

// observations lists the newest observations of a series with their vintages.
func (b *builder) observations(s stat.Series, g grid) dataTable {
	rows := make([]int, g.rows())
	for i := range rows {
		rows[i] = g.rows() - 1 - i
	}
	left := max(len(rows)-newestObservations, 0)
	t := g.table("observations", fmt.Sprintf("%s, in %s: what the newest release states of each period, the newest first.", s.Title, s.Unit), rows[:len(rows)-left], newestObservations,
		column{head: "Period", cell: g.periods},
		column{"Value", classMain, g.ranged("value", "lower", "upper")},
		column{"Status", classText, g.statuses},
		column{"Publisher's mark", classText, g.words("publisher_mark")},
		column{"Release", classText, g.days("vintage")},
		column{"Cell in the file", classFile, g.words("locator")})
	return t
}

// drawOthers draws the series that no chart of the site draws, as their frequencies
// ask.
func (b *builder) drawOthers() error {
	b.ownOf = map[stat.SeriesID]int{}
	for _, s := range b.site.Series {
		if len(b.drawing(s.ID)) > 0 {
			continue
		}
		f, err := b.figure(ownRecord(s))
		if err != nil {
			return err
		}
		b.ownOf[s.ID] = len(b.own)
		b.own = append(b.own, f)
	}
	return nil
}

// drawing returns the charts that draw a series.
func (b *builder) drawing(id stat.SeriesID) []figure {
	var out []figure
	for i, r := range b.site.Charts {
		if slices.Contains(r.Series, id) && i < len(b.figures) && b.figures[i].Missing == "" {
			out = append(out, b.figures[i])
		}
	}
	if i, own := b.ownOf[id]; own && b.own[i].Missing == "" {
		out = append(out, b.own[i])
	}
	return led(out...)
}

// ownRecord returns the chart of a series that no record of the site draws.
func ownRecord(s stat.Series) charts.Chart {
	r := charts.Chart{ID: strings.ReplaceAll(string(s.ID), ":", "~"), Title: s.Title, Series: []stat.SeriesID{s.ID}, Unit: s.Unit, Own: true}
	switch f := s.Frequency(); {
	case s.Kind == stat.Stock:
		r.Comparison = charts.Level
	case f == stat.Weekly:
		r.Comparison, r.Window = charts.Weekly, charts.Window{N: 24, Unit: "months"}
	case f == stat.Quarterly:
		r.Comparison, r.Window = charts.QuarterOnYear, charts.Window{N: 8, Unit: "years"}
	case f == stat.Annual:
		r.Comparison = charts.YearOnYear
	default:
		r.Comparison, r.Window = charts.MonthOnYear, charts.Window{N: 36, Unit: "months"}
	}
	return r
}

// everyYear returns every year to date of a series, the newest first.
func (b *builder) everyYear(id stat.SeriesID) dataTable {
	g := b.tables["year-to-date"]
	rows := g.where("series", string(id))
	g.byDate(rows, "cutoff")
	slices.Reverse(rows)
	if len(rows) == 0 {
		return dataTable{}
	}
	caption := fmt.Sprintf("%s, in %s: from 1 January to %s of each year, aligned by calendar date, newest first.", b.title(id), b.unit(id), wording.DayMonth(g.date(rows[0], "cutoff")))
	columns := append([]column{{head: "Year", cell: g.words("year")}}, g.yearColumns()...)
	if g.has("share_percent") {
		columns = slices.Insert(columns, len(columns)-2, column{"Part of its whole year, per cent", "", g.decimals("share_percent", rows)})
	}
	return g.table("year to date", caption, rows, maxRows, columns...).anchored(g, rows)
}

// comparisons returns the newest rows of each basis of the table year-on-year.
func (b *builder) comparisons(id stat.SeriesID) []dataTable {
	g := b.tables["year-on-year"]
	own := g.where("series", string(id))
	g.byDate(own, "period_end")
	slices.Reverse(own)
	var out []dataTable
	for _, basis := range []string{"rolling-12-months", "month", "quarter", "year", "year-ending", "point"} {
		rows := slices.DeleteFunc(slices.Clone(own), func(i int) bool { return g.text(i, "basis") != basis })
		name := spaced(basis)
		t := g.table(name, fmt.Sprintf("%s: %s, in %s, beside the same a year before, newest first.", name, b.title(id), b.unit(id)), rows, newestOfEach, g.comparisonColumns()...)
		out = append(out, t.sayOnce().anchored(g, rows))
	}
	return out
}

// comparisonColumns are those of the table year-on-year for one series.
func (g grid) comparisonColumns() []column {
	return []column{
		{head: "Period", cell: g.periods},
		{"Value", classMain, g.ranged("value", "lower", "upper")},
		{"A year before", "", g.ranged("prior_value", "prior_lower", "prior_upper")},
		{"Change", "", g.changes("change")},
		{"Per cent", "", g.percents("change_percent")},
		{"Status", classText, g.statuses},
		{"Notes", classNote, g.words("note")},
	}
}

// policyPeriods returns the spans since rules began.
func (b *builder) policyPeriods(id stat.SeriesID) dataTable {
	g := b.tables["policy-periods"]
	rows := g.where("series", string(id))
	return g.table("since a rule began", "From the day on which a rule began to the cut-off, beside the same span a year earlier.", rows, maxRows,
		append([]column{{head: "Rule", cell: func(i int) string { return spaced(g.text(i, "policy")) }}}, g.comparisonColumns()...)...).anchored(g, rows)
}

// records returns the highest values of a series over its whole span, a table a
// scope. Those within single years are in the download.
func (b *builder) records(id stat.SeriesID) []dataTable {
	g := b.tables["records"]
	own := slices.DeleteFunc(g.where("series", string(id)), func(i int) bool { return strings.Contains(g.text(i, "scope"), "-in-") })
	slices.SortStableFunc(own, func(i, j int) int {
		x, _ := g.cell(i, "rank").Number()
		y, _ := g.cell(j, "rank").Number()
		return cmp.Compare(x, y)
	})
	var out []dataTable
	for _, scope := range []string{"day", "week", "month", "quarter", "year"} {
		rows := slices.DeleteFunc(slices.Clone(own), func(i int) bool { return g.text(i, "scope") != scope })
		out = append(out, g.table("Highest by "+scope, fmt.Sprintf("The highest of each %s: %s, in %s.", scope, b.title(id), b.unit(id)), rows, maxRows,
			column{head: "Rank", cell: g.words("rank")},
			column{head: "Period", class: classText, cell: g.periods},
			column{"Value", classMain, g.counts("value")},
			column{"Status", classText, g.statuses}))
	}
	return out
}

// cite says how to name a series in a text.
func (b *builder) cite(s stat.Series) string {
	source := b.sourceOf(s.ID)
	return fmt.Sprintf("%s: %s. Series %s, release of %s%s. Unofficial, derived from %s, %s (%s).%s", b.site.Title, s.Title, s.ID, wording.DateText(b.vintageOf(s.ID)),
		b.versionNote(), source.Publisher, source.Title, cmp.Or(source.Licence, "no licence stated"), b.staysAt())
}

// staysAt ends a citation with the address at which the data stay, if it is known.
func (b *builder) staysAt() string {
	if at := b.about.Permanent(); at != "" {
		return " " + at
	}
	return ""
}

// versionNote names the data version of the site, or is "" where it has none.
func (b *builder) versionNote() string {
	if b.site.Version == "" {
		return ""
	}
	return ", data version " + b.site.Version
}

// writeSeries writes the page of a series and the file of its observations.
func (w writer) writeSeries(b *builder, s stat.Series, write pageWriter) error {
	name, err := seriesName(s.ID)
	if err != nil {
		return err
	}
	body := b.seriesPage(s)
	if g := b.tables["observations"]; g.t != nil {
		data, err := csvOf(g.t.Of(s.ID))
		if err != nil {
			return err
		}
		if err := w.file(name+".csv", data); err != nil {
			return err
		}
		body.File, body.FileSize = strings.TrimPrefix(name, seriesFolder)+".csv", wording.Size(len(data))
	}
	return write(name+".html", "series.html", b.page(name+".html", s.Title, body))
}

// csvOf writes a table as CSV.
func csvOf(t *table.Table) ([]byte, error) {
	var out strings.Builder
	err := t.CSV(&out)
	return []byte(out.String()), err
}

// designation says what the publisher calls figures, if it does, and what ours are.
func designation(own string) string {
	if own == "" {
		return "unofficial, derived"
	}
	return own + ", says the publisher; what is computed from it here is unofficial, derived"
}
