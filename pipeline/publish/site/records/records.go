// Package records lists the highest periods of a series from the table records, and the longest runs of
// days without any from the table daily.
package records

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/finding"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
)

// Records are the records of a series.
type Records struct {
	Title  string            // the finding, or what is shown
	Rests  []content.RowLink // the rows that the finding rests on
	Tables []listing.Table
}

// shown is how many ranks a table on a page of several has, and runs how many runs.
const (
	shown = 5
	runs  = 3
)

// saidOnce begins what a caption says of every row.
const saidOnce = " Of every row"

// New returns the records of a daily series. It has no tables if there are none.
func New(index *content.Index, id stat.SeriesID) Records {
	rows := content.KnownDays(index, id)
	if len(rows) == 0 {
		return Records{}
	}
	year := rows[len(rows)-1].Date.Year()
	r := Records{Title: "Records: " + index.Title(id)}
	for _, x := range [][2]string{{"day", "Busiest days"}, {fmt.Sprintf("day-in-%d", year), fmt.Sprintf("Busiest days of %d", year)}, {"week", "Busiest weeks"}, {"month", "Busiest months"}} {
		t := Highest(index, id, x[0], x[1], shown)
		t.Caption, _, _ = strings.Cut(t.Caption, saidOnce) // the page says the status once
		r.add(t)
	}
	noun := finding.Noun(index.Title(id))
	all := Runs(rows)
	r.add(runTable("Longest without", fmt.Sprintf("The longest runs of days in a row without %s.", noun), all))
	own := slices.DeleteFunc(slices.Clone(all), func(x Run) bool { return x.Last.Year() != year })
	r.add(runTable(fmt.Sprintf("Longest without in %d", year), fmt.Sprintf("The longest runs of days in a row without %s that ended in %d.", noun, year), own))
	if f := finding.Record(index, id); f.Text != "" && len(r.Tables) > 0 {
		r.Title, r.Rests = f.Text, index.RowLinks(f.Rows)
	}
	return r
}

// open is how many tables a page shows at once.
const open = 2

// Open returns the tables that a page shows at once.
func (r Records) Open() []listing.Table { return r.Tables[:min(open, len(r.Tables))] }

// Folded returns the tables that a page shows when a reader asks for them.
func (r Records) Folded() []listing.Table { return r.Tables[len(r.Open()):] }

// add adds a table that has rows.
func (r *Records) add(t listing.Table) {
	if len(t.Rows) > 0 {
		r.Tables = append(r.Tables, t)
	}
}

// Highest returns the highest periods of a scope of the table records, ranks up to limit. Equal values
// share a rank, and all are listed.
func Highest(index *content.Index, id stat.SeriesID, scope, title string, limit int) listing.Table {
	rows := slices.DeleteFunc(index.Tables.Records.Of(id), func(r *row.Record) bool { return r.Scope != scope || r.Rank > limit })
	slices.SortStableFunc(rows, func(a, b *row.Record) int { return cmp.Compare(a.Rank, b.Rank) })
	t := listing.Lay(title, fmt.Sprintf("%s: %s, in %s.", title, index.Title(id), index.Unit(id)), rows, listing.MaxRows,
		listing.Plain("Rank", func(r *row.Record) string { return strconv.Itoa(r.Rank) }),
		listing.Text("Period", func(r *row.Record) string { return wording.PeriodText(r.PeriodStart, r.PeriodEnd) }),
		listing.Main("Value", func(r *row.Record) string { return wording.CountText(r.Value, r.Status) }),
		listing.Text("Status", func(r *row.Record) string { return wording.Marked(r.Status) }))
	return t.SayOnce()
}

// Run is a run of days that each have the value zero.
type Run struct{ First, Last stat.Date }

// Days returns how many days the run has.
func (r Run) Days() int { return int(r.Last-r.First) + 1 }

// Runs returns the runs of zeros of two days or more, the longest first, and of one length the newest. A
// day without a figure, or not in the table, ends a run: missing is not zero.
func Runs(rows []*row.Day) []Run {
	var out []Run
	var open *Run
	for _, r := range rows {
		n, known := r.Value.Get()
		switch {
		case !known || n != 0:
			open = nil
		case open != nil && r.Date == open.Last.AddDays(1):
			open.Last = r.Date
		default:
			out = append(out, Run{r.Date, r.Date})
			open = &out[len(out)-1]
		}
	}
	out = slices.DeleteFunc(out, func(r Run) bool { return r.Days() < 2 })
	slices.SortStableFunc(out, func(a, b Run) int { return cmp.Or(cmp.Compare(b.Days(), a.Days()), cmp.Compare(b.First, a.First)) })
	return out
}

// runTable lists the longest runs. Equal lengths share a rank, and all are listed.
func runTable(title, caption string, all []Run) listing.Table {
	t := listing.Table{Title: title, Caption: caption, Head: []string{"Rank", "Period", "Days"}, Classes: []string{"", listing.ClassText, listing.ClassMain}}
	rank := 0
	for i, r := range all {
		if i == 0 || r.Days() != all[i-1].Days() {
			rank = i + 1
		}
		if rank > runs {
			break
		}
		t.Rows = append(t.Rows, listing.Row{Name: strconv.Itoa(rank), Cells: []string{wording.PeriodText(r.First, r.Last), strconv.Itoa(r.Days())}})
	}
	return t
}
