package render

import (
	"slices"
	"strings"

	"crossings/pipeline/stat"
	"crossings/schemas"
)

// frontPage is what the front page shows.
type frontPage struct {
	Headlines  []statement // the first is the lead
	YearToDate yearToDate
	Figures    []figure
	Sources    []sourceRow
	Marks      []string // shorthand of the sources' table
	Series     []stat.Series
	Downloads  []download
}

// statement is a sentence with what it must not stand without.
type statement struct {
	Text, Cutoff, Status, Vintage string
	Rows                          []string // the rows that it rests on
}

// sourceRow is a data set with its state.
type sourceRow struct {
	SourceInfo
	State, LastRelease, Coverage, Findings string
}

// front collects the front page, and returns its figures also for the pages of
// their own.
func (b *builder) front() (frontPage, []figure, error) {
	f := frontPage{Headlines: b.headlines(), YearToDate: b.yearToDate(), Downloads: b.downloads}
	var err error
	if f.Sources, err = b.sourceRows(); err != nil {
		return f, nil, err
	}
	for _, s := range f.Sources {
		f.Marks = append(f.Marks, s.State, s.LastRelease, s.Coverage, s.Findings)
	}
	f.Marks = explained(f.Marks...)
	for _, r := range b.site.Charts {
		fig, err := b.figure(r)
		if err != nil {
			return f, nil, err
		}
		f.Figures = append(f.Figures, fig)
	}
	f.Series = b.shown()
	return f, f.Figures, nil
}

func (b *builder) headlines() []statement {
	g := b.tables["headlines"]
	var out []statement
	for i := range g.rows() {
		out = append(out, statement{Text: g.text(i, "text"), Cutoff: g.date(i, "cutoff").Long(), Status: statusText(g.status(i)),
			Vintage: g.date(i, "vintage").Long(), Rows: strings.Fields(g.text(i, "rows"))})
	}
	return out
}

// shown returns the series that headlines and charts are about, in the order of
// the site.
func (b *builder) shown() []stat.Series {
	var ids []string
	g := b.tables["headlines"]
	for i := range g.rows() {
		ids = append(ids, g.text(i, "series"))
	}
	for _, r := range b.site.Charts {
		for _, id := range r.Series {
			ids = append(ids, string(id))
		}
	}
	var out []stat.Series
	for _, s := range b.site.Series {
		if slices.Contains(ids, string(s.ID)) {
			out = append(out, s)
		}
	}
	return out
}

// sourceRows returns all data sets with what the table sources says of each.
func (b *builder) sourceRows() ([]sourceRow, error) {
	codes, err := schemas.CodeList("source-state")
	if err != nil {
		return nil, err
	}
	label := func(state string) string {
		for _, c := range codes {
			if c.Code == state {
				return c.Label
			}
		}
		return state
	}
	g := b.tables["sources"]
	var out []sourceRow
	for _, s := range b.site.Sources {
		row := sourceRow{s, markNotAvailable, markNotAvailable, markNotAvailable, markNotAvailable}
		for _, i := range g.where("source", s.ID) {
			row.State, row.LastRelease = label(g.text(i, "state")), dateText(g.date(i, "last_release"))
			row.Coverage = span(g.date(i, "coverage_start"), g.date(i, "coverage_end"))
			row.Findings = countText(g.cell(i, "findings"), stat.Missing)
		}
		out = append(out, row)
	}
	return out, nil
}
