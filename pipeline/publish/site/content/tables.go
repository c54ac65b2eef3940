package content

import (
	"slices"

	"crossings/pipeline/stat"
	"crossings/pipeline/table"
	"crossings/pipeline/table/row"
)

// Tables has the rows of the published tables that pages show, each table in its order. A table that
// the site lacks has no rows. Nobody changes a row.
type Tables struct {
	Headlines     []*row.Headline
	YearToDate    Rows[row.YearToDate]
	YearOnYear    Rows[row.YearOnYear]
	PolicyPeriods Rows[row.PolicyPeriod]
	Context       Rows[row.Context]
	Daily         Rows[row.Day]
	Records       Rows[row.Record]
	Rates         []*row.Rate
	Balances      []*row.Balance
	Bridges       []*row.Bridge
	Revisions     []*row.Revision
	Summaries     Rows[row.RevisionSummary]
	Vintages      Rows[row.Vintage]
	Claims        []*row.Claim
	ReleaseList   []*row.Release
	SourceStates  []*row.Source
	Quality       []*row.Quality
}

// read reads the tables of a site by their names.
func read(published map[string]*table.Table) Tables {
	return Tables{
		Headlines:     rowsOf[row.Headline](published),
		YearToDate:    newRows(rowsOf[row.YearToDate](published), func(r *row.YearToDate) stat.SeriesID { return r.Series }),
		YearOnYear:    newRows(rowsOf[row.YearOnYear](published), func(r *row.YearOnYear) stat.SeriesID { return r.Series }),
		PolicyPeriods: newRows(rowsOf[row.PolicyPeriod](published), func(r *row.PolicyPeriod) stat.SeriesID { return r.Series }),
		Context:       newRows(rowsOf[row.Context](published), func(r *row.Context) stat.SeriesID { return r.Series }),
		Daily:         newRows(rowsOf[row.Day](published), func(r *row.Day) stat.SeriesID { return r.Series }),
		Records:       newRows(rowsOf[row.Record](published), func(r *row.Record) stat.SeriesID { return r.Series }),
		Rates:         rowsOf[row.Rate](published),
		Balances:      rowsOf[row.Balance](published),
		Bridges:       rowsOf[row.Bridge](published),
		Revisions:     rowsOf[row.Revision](published),
		Summaries:     newRows(rowsOf[row.RevisionSummary](published), func(r *row.RevisionSummary) stat.SeriesID { return r.Series }),
		Vintages:      newRows(rowsOf[row.Vintage](published), func(r *row.Vintage) stat.SeriesID { return r.Series }),
		Claims:        rowsOf[row.Claim](published),
		ReleaseList:   rowsOf[row.Release](published),
		SourceStates:  rowsOf[row.Source](published),
		Quality:       rowsOf[row.Quality](published),
	}
}

// rowsOf returns the rows of one of the tables.
func rowsOf[R row.Row](published map[string]*table.Table) []*R {
	var r R
	return pointers(row.All[R](published[r.Table()]))
}

func pointers[R any](list []R) []*R {
	out := make([]*R, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}

// vintages returns the newest vintage that the tables state of each series.
func (t Tables) vintages() map[stat.SeriesID]stat.Date {
	out := map[stat.SeriesID]stat.Date{}
	see := func(id stat.SeriesID, vintage stat.Date) { out[id] = max(out[id], vintage) }
	for _, r := range t.Headlines {
		see(r.Series, r.Vintage)
	}
	for _, r := range t.YearToDate.all {
		see(r.Series, r.Vintage)
	}
	for _, r := range t.YearOnYear.all {
		if r.Value.IsKnown() { // a period outside coverage rests on no release
			see(r.Series, r.Vintage)
		}
	}
	for _, r := range t.PolicyPeriods.all {
		see(r.Series, r.Vintage)
	}
	for _, r := range t.Context.all {
		see(r.Series, r.Vintage)
	}
	for _, r := range t.Bridges {
		see(r.Series, r.Vintage)
	}
	return out
}

// Rows are the rows of a published table that can be found by their series.
type Rows[R any] struct {
	all      []*R
	bySeries map[stat.SeriesID][]*R
}

func newRows[R any](all []*R, series func(*R) stat.SeriesID) Rows[R] {
	out := Rows[R]{all, map[stat.SeriesID][]*R{}}
	for _, r := range all {
		out.bySeries[series(r)] = append(out.bySeries[series(r)], r)
	}
	return out
}

// Of returns the rows about a series in their order. The caller may change the slice.
func (r Rows[R]) Of(id stat.SeriesID) []*R { return slices.Clone(r.bySeries[id]) }

// KnownDays returns the days of a series up to the last one with a figure.
func KnownDays(x *Index, id stat.SeriesID) []*row.Day {
	rows := x.Daily.Of(id)
	for len(rows) > 0 && !rows[len(rows)-1].Value.IsKnown() {
		rows = rows[:len(rows)-1]
	}
	return rows
}
