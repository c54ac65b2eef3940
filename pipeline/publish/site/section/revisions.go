package section

import (
	"fmt"
	"slices"

	"crossings/charts"
	"crossings/pipeline/publish/site/changes"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/listing"
	"crossings/pipeline/publish/site/wording"
	"crossings/pipeline/stat"
)

// Revisions makes tables of what releases changed.
type Revisions struct{ index *content.Index }

// NewRevisions returns the revisions of a site.
func NewRevisions(index *content.Index) Revisions { return Revisions{index} }

// newestRevisions is how many revisions a topic page shows.
const newestRevisions = 10

// OfTopic returns the newest changes of the topic's series, and how many there are.
func (r Revisions) OfTopic(t charts.Topic) Section {
	rows := changes.Of(r.index, func(id stat.SeriesID) bool { return r.index.Described(id) && t.Shows(id) })
	text := fmt.Sprintf("%s values of these series differ from one release to the next.", wording.Thousands(int64(len(rows))))
	if len(rows) == 1 {
		text = "One value of these series differs from one release to the next."
	}
	return New("revisions", "Revisions", text, r.Newest(rows, newestRevisions))
}

// OfSeries returns the newest changes of a series.
func (r Revisions) OfSeries(id stat.SeriesID) listing.Table {
	return r.Newest(changes.Of(r.index, func(other stat.SeriesID) bool { return other == id }), newestOfEach)
}

// Newest lists the first limit of revisions. rows are the newest first.
func (r Revisions) Newest(rows []int, limit int) listing.Table {
	g := r.index.Table("revisions")
	return bySeries(r.index, g, "revisions", "The newest revisions. One that the publisher did not mark is silent; one is substantial that changes a headline's direction, rank or rounded value."+
		" Withdrawn means that the release does not state the figure any more, none that it states that there is none.", rows, limit,
		listing.Text("Period", listing.Periods(g)),
		listing.Plain("Before", listing.Counts(g, "old_value")),
		listing.Main("After", changes.After(g)),
		listing.Plain("Change", listing.Changes(g, "change")),
		listing.Text("Release before", listing.Days(g, "old_vintage")),
		listing.Text("Release after", listing.Days(g, "new_vintage")),
		listing.Text("Marked or silent", changes.Marked(g)),
		listing.Text("Substantial", listing.YesNo(g, "substantial")))
}

// Summary returns how often, how much and how late the series that the site describes were changed,
// in the order of the site.
func (r Revisions) Summary() listing.Table {
	g := r.index.Table("revision-summary")
	var rows []int
	for _, s := range r.index.Site.Series {
		rows = append(rows, g.Of(s.ID)...)
	}
	columns := append(seriesColumns(r.index, g),
		listing.Main("Changes", listing.Counts(g, "revisions")),
		listing.Plain("Silent", listing.Counts(g, "silent")),
		listing.Plain("Substantial", listing.Counts(g, "substantial")),
		listing.Plain("Values changed", listing.Counts(g, "revised")),
		listing.Plain("Values withdrawn", listing.Counts(g, "withdrawn")),
		listing.Plain("Values stated", listing.Counts(g, "observations")),
		listing.Plain("Per cent changed", listing.Decimals(g, "revised_percent", rows)),
		listing.Plain("Largest fall", listing.Changes(g, "largest_fall")),
		listing.Plain("Largest rise", listing.Changes(g, "largest_rise")),
		listing.Plain("Mean change, without signs", listing.Decimals(g, "mean_absolute_change", rows)),
		listing.Plain("Longest lag, days", listing.Counts(g, "longest_lag")))
	t := listing.Lay(g, "how often, how much and how late", "The changes of each series over all releases. The lag is the most days from the end of a period to the release that changed its value.",
		rows, listing.MaxRows, columns...)
	t.Named = true
	return t
}

// Claims lists the numbers of claims whose window has had another value since.
func (r Revisions) Claims() listing.Table {
	g := r.index.Table("claims")
	if !g.Has("changed") {
		return listing.Table{}
	}
	rows := g.Where("changed", "true")
	g.SortByDate(rows, "revised_on")
	slices.Reverse(rows)
	return listing.Lay(g, "claims revised", "Numbers of claims that rest on a value that a release has changed since. The newest change comes first.", rows, listing.MaxRows,
		listing.Plain("Said on", listing.Days(g, "on")),
		listing.Text("As written", listing.Words(g, "number_text")),
		listing.Text("Series", func(i int) string { return r.index.Title(g.Series(i)) }),
		listing.Text("From and to", func(i int) string { return wording.PeriodText(g.Date(i, "window_start"), g.Date(i, "window_end")) }),
		listing.Plain("Value then", listing.Counts(g, "value")),
		listing.Main("Value now", listing.Counts(g, "value_now")),
		listing.Text("Changed by the release of", listing.Days(g, "revised_on")))
}
